//! An expectation as the mock keeps it: what it is for, and the answers that are left.

use std::collections::VecDeque;
use std::panic::Location;

use super::answer::Answer;
use super::sent::Sent;
use super::wanted::Wanted;

/// A call that is expected, and what comes back.
pub(super) struct Rule {
    pub(super) wanted: Wanted,
    /// Where the test wrote it down.
    pub(super) at: &'static Location<'static>,
    answers: VecDeque<Planned>,
    /// What met it.
    pub(super) sent: Vec<Sent>,
}

/// An answer, and how often it is given.
struct Planned {
    answer: Answer,
    times: Times,
}

#[derive(Clone, Copy)]
enum Times {
    /// So often, and no less.
    Exactly(usize),
    /// As often as it is asked for, which may be never.
    Any,
}

impl Rule {
    pub(super) fn new(wanted: Wanted, at: &'static Location<'static>) -> Self {
        Self { wanted, at, answers: VecDeque::new(), sent: Vec::new() }
    }

    pub(super) fn push(&mut self, answer: Answer) {
        self.answers.push_back(Planned { answer, times: Times::Exactly(1) });
    }

    /// The answer that was written down last.
    pub(super) fn last(&mut self) -> Option<&mut Answer> {
        self.answers.back_mut().map(|planned| &mut planned.answer)
    }

    /// The last answer, `times` times; as often as it takes if `None`.
    pub(super) fn repeat_last(&mut self, times: Option<usize>) -> bool {
        let Some(last) = self.answers.back_mut() else { return false };
        last.times = times.map_or(Times::Any, Times::Exactly);
        true
    }

    pub(super) fn has_answer(&self) -> bool {
        self.answers.iter().any(|planned| !matches!(planned.times, Times::Exactly(0)))
    }

    /// How many calls are still missing.
    pub(super) fn missing(&self) -> usize {
        let left = self.answers.iter().map(|planned| match planned.times {
            Times::Exactly(times) => times,
            Times::Any => 0,
        });
        left.sum()
    }

    pub(super) fn is_for(&self, sent: &Sent) -> bool {
        self.wanted.is_of(sent) && self.wanted.differences(sent).is_empty()
    }

    /// Meets the expectation once.
    pub(super) fn next_answer(&mut self, sent: &Sent) -> Option<Answer> {
        while self.answers.front().is_some_and(|next| matches!(next.times, Times::Exactly(0))) {
            self.answers.pop_front();
        }
        let next = self.answers.front_mut()?;
        if let Times::Exactly(times) = &mut next.times {
            *times -= 1;
        }
        self.sent.push(sent.clone());
        Some(next.answer.clone())
    }
}
