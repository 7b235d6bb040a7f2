//! What is waited for: an operation with a waiter is on its way at first, and there after so many
//! polls.
//!
//! This is all that the server remembers: how often each path was asked, and what has begun since. A
//! call of an operation that begins a wait begins the count again, and says how it ends: well, unless the
//! call or whoever began the server wants it to fail.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::problem::{Problem, Violation};
use super::schema::Checks;
use super::steps::{Change, Part, amend};
use super::tree::Place;
use crate::ir::{Api, Awaited, FieldPath, Goal};
use crate::pointer::Pointer;

/// So many paths are counted; then it begins anew, so that nobody can fill the memory.
const MOST: usize = 10_000;
/// Asks for a wait that fails.
const WAIT: &str = "x-specwright-wait";

/// The waits of a document.
#[derive(Default)]
pub(super) struct Waits {
    polls: u32,
    /// Whether all of them fail that can.
    fail: bool,
    /// What can be waited for, with the operation to ask.
    known: Vec<(Pointer, Goal)>,
    /// What begins one of them.
    starts: Vec<(Pointer, usize)>,
    kept: Mutex<Kept>,
}

/// What is kept between requests.
#[derive(Default)]
struct Kept {
    /// Of each operation that is asked, what began last, and whether it is to fail.
    begun: BTreeMap<String, (usize, bool)>,
    /// How often it was asked, by operation and path.
    asked: BTreeMap<(String, String), u32>,
}

/// How far what is asked for is.
pub(super) struct Look<'w> {
    is_there: bool,
    /// Whether it ends in a failure.
    fails: bool,
    states: Vec<(&'w FieldPath, &'w [Awaited], &'w [Awaited])>,
    /// The status that is waited for, where it has come.
    pub(super) status: Option<StatusCode>,
}

impl Waits {
    /// Of an API whose operations are there after so many polls; `fail` says that they fail then.
    pub(super) fn new(api: &Api, polls: u32, fail: bool) -> Self {
        let at = |index: usize| api.operations[index].at.clone();
        let known = api.waiters.iter().map(|one| (at(one.operation), one.goal.clone())).collect();
        let starts = api.starts.iter().map(|start| (at(start.operation), start.waiter)).collect();
        Self { polls, fail, known, starts, kept: Mutex::default() }
    }

    /// Whether a request wants what it waits for to fail.
    ///
    /// # Errors
    /// It wants something else, or nothing that the operation begins or tells of can fail: a test that
    /// misspells its wish must not pass.
    pub(super) fn wish(&self, operation: &Pointer, headers: &HeaderMap) -> Result<bool, Problem> {
        let Some(text) = headers.get(WAIT) else { return Ok(false) };
        let begun = self.starts.iter().filter(|(start, _)| start == operation);
        let begun = begun.map(|(_, waiter)| &self.known[*waiter].1);
        let told = self.known.iter().filter(|(at, _)| at == operation).map(|(_, goal)| goal);
        let can_fail = |goal: &Goal| state(goal).is_some_and(|(_, _, failed)| !failed.is_empty());
        let message = if text != "fail" {
            "is not `fail`, which is all that can be asked for"
        } else if begun.chain(told).any(can_fail) {
            return Ok(true);
        } else {
            "asks for the failure of a wait, and there is none here that can fail"
        };
        let (place, message) = (WAIT.to_owned(), message.to_owned());
        let violation = Violation { part: "header", place, message, rule: Some(operation.clone()) };
        Err(Problem::new(StatusCode::BAD_REQUEST, "No such wait").because(violation))
    }

    /// An operation has answered: what it begins has begun, perhaps to fail.
    pub(super) fn begin(&self, operation: &Pointer, fails: bool) {
        let mut kept = self.lock();
        for (_, waiter) in self.starts.iter().filter(|(start, _)| start == operation) {
            let asked = self.known[*waiter].0.as_str();
            kept.begun.insert(asked.to_owned(), (*waiter, fails));
            kept.asked.retain(|(known, _), _| known != asked);
        }
    }

    /// An operation is asked: how far what it tells of is, if that can be waited for. `fails` says that
    /// this request wants it to fail.
    pub(super) fn look(&self, operation: &Pointer, path: &str, fails: bool) -> Option<Look<'_>> {
        let mine = || self.known.iter().enumerate().filter(|(_, (at, _))| at == operation);
        mine().next()?;
        let mut kept = self.lock();
        if kept.asked.len() >= MOST {
            kept.asked.clear();
        }
        let key = (operation.as_str().to_owned(), path.to_owned());
        let count = kept.asked.entry(key).or_insert(0);
        *count = count.saturating_add(1);
        let is_there = *count >= self.polls;
        let begun = kept.begun.get(operation.as_str()).copied();
        drop(kept);
        let fails = fails || self.fail || begun.is_some_and(|(_, fails)| fails);
        let begun = begun.map(|(waiter, _)| waiter);
        let states: Vec<_> = mine().filter_map(|(_, (_, goal))| state(goal)).collect();
        let awaited = match begun.map(|waiter| &self.known[waiter].1) {
            Some(Goal::Status(status)) => Some(*status),
            Some(Goal::State { .. }) => None,
            // What nobody has begun, and there is nothing else to wait for.
            None if states.is_empty() => mine().find_map(|(_, (_, goal))| match goal {
                Goal::Status(status) => Some(*status),
                Goal::State { .. } => None,
            }),
            None => None,
        };
        let status = awaited.filter(|_| is_there).and_then(|code| StatusCode::from_u16(code).ok());
        // What began last has the last word on a field that others wait for too.
        let last = begun.and_then(|waiter| state(&self.known[waiter].1));
        Some(Look { is_there, fails, states: states.into_iter().chain(last).collect(), status })
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn state(goal: &Goal) -> Option<(&FieldPath, &[Awaited], &[Awaited])> {
    match goal {
        Goal::State { field, reached, failed } => Some((field, reached, failed)),
        Goal::Status(_) => None,
    }
}

impl Look<'_> {
    /// Writes into an answer how far it is, as far as its schema allows.
    pub(super) fn write(&self, checks: &Checks, value: &mut Value, schema: &Place<'_>) {
        for (field, reached, failed) in &self.states {
            let (reached, failed) = (values(reached), values(failed));
            let mut probe = value.clone();
            let Some(part) = Part::of(&mut probe, schema).field(field) else { continue };
            // Where nothing can fail, it ends well.
            let ends = if self.fails && !failed.is_empty() { &failed } else { &reached };
            let wanted = if self.is_there {
                if ends.contains(part.value) {
                    continue;
                }
                ends.clone()
            } else {
                let is_open = |value: &Value| !reached.contains(value) && !failed.contains(value);
                if !part.value.is_null() && is_open(part.value) {
                    continue;
                }
                let mut open: Vec<Value> =
                    part.inner(&["enum"]).as_array().cloned().unwrap_or_default();
                open.extend([json!("pending"), json!(false), json!(true)]);
                open.retain(|value| !value.is_null() && is_open(value));
                // A field that has no value for being on its way is at the end at once: at the one
                // that is to come.
                if !ends.contains(part.value) {
                    open.extend(ends.iter().cloned());
                }
                open
            };
            let change = |wanted: Value| {
                let change = move |value: &mut Value| {
                    if let Some(part) = Part::of(value, schema).field(field) {
                        *part.value = wanted;
                    }
                };
                Box::new(change) as Change<'_>
            };
            amend(checks, value, schema, wanted.into_iter().map(change));
        }
    }
}

fn values(awaited: &[Awaited]) -> Vec<Value> {
    let value = |one: &Awaited| match one {
        Awaited::Text(text) => json!(text),
        Awaited::Flag(flag) => json!(flag),
    };
    awaited.iter().map(value).collect()
}
