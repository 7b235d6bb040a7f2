//! What a test says of a call that it expects.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::answer::{Answer, Failure};
use super::rule::Rule;
use super::{MockTransport, Reply, Sent, broken, values};
use crate::codegen::v1::{Sample, SampleError};
use crate::stream::{EventStream, JsonStream};
use crate::transport::TransportError;

/// A call that is expected, and its answers: `T` is what it gives, `E` its documented errors.
///
/// Each answer is for one request, and they are given in the order in which they are written down. So
/// a call that is repeated takes several of them. Without an answer nothing is expected.
pub struct Expectation<T, E> {
    mock: MockTransport,
    index: usize,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Expectation<T, E> {
    pub(super) fn new(mock: MockTransport, index: usize) -> Self {
        Self { mock, index, types: PhantomData }
    }

    /// Expects the operation, whatever its arguments.
    pub fn any_arguments(self) -> Self {
        self.change(|rule| rule.wanted.any_arguments());
        self
    }

    /// Expects path, query and body, whatever headers and cookies the call has: for ids that chance
    /// makes.
    pub fn any_headers(self) -> Self {
        self.change(|rule| rule.wanted.any_headers());
        self
    }

    /// Expects path, query and headers, whatever the body.
    pub fn any_body(self) -> Self {
        self.change(|rule| rule.wanted.any_body());
        self
    }

    /// Expects that `condition` holds as well.
    pub fn matching(self, condition: impl Fn(&Sent) -> bool + Send + Sync + 'static) -> Self {
        self.change(|rule| rule.wanted.also(Arc::new(condition)));
        self
    }

    /// Answers with `value`, under the first success that the document lists.
    ///
    /// # Panics
    /// The value cannot be written.
    #[track_caller]
    pub fn then(self, value: T) -> Self
    where
        T: Sample,
    {
        let reply = self.change(|rule| values::single(&rule.wanted, &value));
        self.typed(reply)
    }

    /// Answers with a documented error, under its status: the first there is, where several lead to
    /// it.
    ///
    /// # Panics
    /// The error cannot be written.
    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "as `then`")]
    pub fn then_error(self, error: E) -> Self
    where
        E: SampleError,
    {
        let sample = error.sample();
        let mut reply = Reply::new(sample.status);
        if let Some(media_type) = sample.media_type {
            reply = reply.header("content-type", media_type);
        }
        reply.typed = true;
        self.typed(sample.body.map(|body| reply.body(body)))
    }

    /// Answers with this status, these headers and this body.
    pub fn then_reply(self, reply: Reply) -> Self {
        self.push(Answer::Reply(reply))
    }

    /// Answers with what `answer` makes of the request.
    pub fn then_with(self, answer: impl Fn(&Sent) -> Reply + Send + Sync + 'static) -> Self {
        self.push(Answer::By(Arc::new(answer)))
    }

    /// Does not answer. With [`TransportError::connect`] nothing has reached the server, with
    /// [`TransportError::exchange`] it may have acted on the request.
    #[allow(clippy::needless_pass_by_value, reason = "as `then`")]
    pub fn then_failure(self, error: TransportError) -> Self {
        self.push(Answer::Failure(Failure::of(&error)))
    }

    /// Does not answer, and does not fail: the call's own limit of time ends it.
    pub fn then_silence(self) -> Self {
        self.push(Answer::Silence)
    }

    /// Gives the last answer so many times in all.
    ///
    /// # Panics
    /// There is none.
    #[track_caller]
    pub fn times(self, times: usize) -> Self {
        self.repeat(Some(times))
    }

    /// Gives the last answer from there on, as often as it is asked for, be it never.
    ///
    /// # Panics
    /// There is none.
    #[track_caller]
    pub fn always(self) -> Self {
        self.repeat(None)
    }

    /// Adds a header to the last answer.
    ///
    /// # Panics
    /// It is none, or there is no such answer.
    #[track_caller]
    pub fn with_header(self, name: &str, value: &str) -> Self {
        self.last(|reply| reply.header(name, value))
    }

    /// Gives the last answer another status.
    ///
    /// # Panics
    /// It is none, or there is no such answer.
    #[track_caller]
    pub fn with_status(self, status: u16) -> Self {
        self.last(|reply| reply.status(status))
    }

    /// Lets the last answer take this long. With tokio's clock paused, no time passes.
    ///
    /// # Panics
    /// There is no such answer.
    #[track_caller]
    pub fn after(self, delay: Duration) -> Self {
        self.last(|reply| reply.after(delay))
    }

    /// The requests that have met this expectation, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.change(|rule| rule.sent.clone())
    }

    #[track_caller]
    fn typed(self, reply: Result<Reply, String>) -> Self {
        match reply {
            Ok(reply) => self.then_reply(reply),
            Err(reason) => broken(&format!("the answer cannot be written: {reason}")),
        }
    }

    fn push(self, answer: Answer) -> Self {
        self.change(|rule| rule.push(answer));
        self
    }

    #[track_caller]
    fn repeat(self, times: Option<usize>) -> Self {
        if !self.change(|rule| rule.repeat_last(times)) {
            broken("there is no answer yet that could be repeated");
        }
        self
    }

    #[track_caller]
    fn last(self, change: impl FnOnce(Reply) -> Reply) -> Self {
        let last = self.change(|rule| match rule.last() {
            Some(Answer::Reply(reply)) => Some(reply.clone()),
            Some(Answer::Failure(_) | Answer::Silence | Answer::By(_)) | None => None,
        });
        let Some(reply) = last else { broken("the last answer has no status and no headers") };
        let changed = change(reply);
        self.change(|rule| {
            if let Some(last) = rule.last() {
                *last = Answer::Reply(changed);
            }
        });
        self
    }

    /// Nothing of a test's own runs while the mock is locked.
    fn change<R>(&self, change: impl FnOnce(&mut Rule) -> R) -> R {
        change(&mut self.mock.lock().rules[self.index])
    }
}

impl<T: Sample, E> Expectation<EventStream<T>, E> {
    /// Answers with these events, each as soon as the one before is read, and then ends.
    ///
    /// # Panics
    /// One cannot be written.
    #[track_caller]
    pub fn then_events(self, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        let reply = self.change(|rule| values::events(&rule.wanted, values));
        self.typed(reply)
    }
}

impl<T: Sample, E> Expectation<JsonStream<T>, E> {
    /// Answers with these values, each as soon as the one before is read, and then ends.
    ///
    /// # Panics
    /// One cannot be written.
    #[track_caller]
    pub fn then_values(self, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        let reply = self.change(|rule| values::stream(&rule.wanted, values));
        self.typed(reply)
    }
}

impl<T, E> fmt::Debug for Expectation<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wanted, missing) = self.change(|rule| (rule.wanted.to_string(), rule.missing()));
        f.debug_struct("Expectation").field("wanted", &wanted).field("missing", &missing).finish()
    }
}
