//! How far a call has come; outlives an attempt that is cut off by a time limit.

use std::sync::atomic::{AtomicBool, Ordering};

use http::{HeaderMap, StatusCode};

use crate::error::Details;

#[derive(Default)]
pub(super) struct Progress {
    /// The server may have acted on the current attempt.
    pub(super) reached: AtomicBool,
    /// The head of the current attempt's answer, until that is whole.
    pub(super) head: Option<(StatusCode, HeaderMap)>,
    /// The server may have acted on an earlier attempt.
    before: bool,
    /// How many requests have been sent.
    pub(super) sent: u32,
}

impl Progress {
    /// Says whether the server may have acted on the current attempt.
    pub(super) fn set_reached(&self, reached: bool) {
        self.reached.store(reached, Ordering::Relaxed);
    }

    /// Turns to the next attempt, and keeps in mind what the last one may have done.
    pub(super) fn next(&mut self) {
        self.before |= self.reached.load(Ordering::Relaxed);
        self.set_reached(false);
        self.head = None;
    }

    /// The headers of a whole answer. Of a 401 they stay here too, for the login to look at.
    pub(super) fn headers(&mut self) -> HeaderMap {
        match &self.head {
            Some((StatusCode::UNAUTHORIZED, headers)) => headers.clone(),
            Some(_) | None => self.head.take().map(|(_, headers)| headers).unwrap_or_default(),
        }
    }

    /// Adds what is known about the answer and the attempts to a failure.
    pub(super) fn complete(&mut self, mut details: Box<Details>) -> Box<Details> {
        details.reached |= self.before || self.reached.load(Ordering::Relaxed);
        details.attempts = self.sent;
        if details.status.is_none() {
            if let Some((status, headers)) = self.head.take() {
                details.status = Some(status);
                details.headers = headers;
            }
        }
        details
    }
}
