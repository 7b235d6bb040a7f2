//! The attempts of a call: repeated for a login, and where the retry policy allows it.

use std::time::Duration;

use http::StatusCode;

use super::progress::Progress;
use super::{Answer, Login, Prepared, attempt, envelope, is_success, trace};
use crate::client::{Limits, Shared};
use crate::clock::{self, Instant};
use crate::error::{Details, ErrorKind};
use crate::response;
use crate::retry::RetryPolicy;
use crate::retry::verdict::{self, Ended};
use crate::stream::Item;

/// At most this many repeats after a 401: an answered digest probe, and one stale nonce.
const MAX_REPLAYS: u8 = 2;

/// What stays the same from one attempt of a call to the next.
pub(super) struct Exchange<'a> {
    pub(super) client: &'a Shared,
    pub(super) prepared: Prepared,
    pub(super) login: Login<'a>,
    pub(super) limits: Limits,
    pub(super) policy: &'a RetryPolicy,
    pub(super) streamed: bool,
    pub(super) events: (Item, Option<&'static str>),
    pub(super) enveloped: bool,
    pub(super) is_rest: bool,
}

impl Exchange<'_> {
    /// Tries until there is nothing to gain from another attempt.
    pub(super) async fn run(&self, progress: &mut Progress) -> Result<Answer, Box<Details>> {
        let deadline = self.limits.call.and_then(|limit| Instant::now().checked_add(limit));
        let mut tried = 0;
        loop {
            tried += 1;
            let result = match self.once(progress).await {
                Ok(answer) if self.enveloped => envelope::unwrap(answer),
                other => other,
            };
            let Some(pause) = self.pause(tried, &result, deadline) else {
                return result;
            };
            progress.next();
            trace::waits(pause);
            clock::sleep(pause).await;
        }
    }

    /// Sends, and sends again as long as the login scheme has something to say to a 401.
    async fn once(&self, progress: &mut Progress) -> Result<Answer, Box<Details>> {
        let (client, prepared, login) = (self.client, &self.prepared, &self.login);
        let operation = prepared.operation;
        let mut replays = MAX_REPLAYS;
        loop {
            let outgoing = login.authorize(client, prepared).await?;
            let (request, probe) = (outgoing.request, outgoing.probe);
            let copy = || (request.headers().clone(), request.uri().clone());
            let kept = login.takes_challenges().then(copy);

            let streamed = self.streamed && !probe;
            let result = attempt::send(self, request, streamed, progress).await;

            // The 401's body does not matter if the scheme wants to go on: it may have been cut off.
            if let (Some((StatusCode::UNAUTHORIZED, head)), Some((sent, uri)), true) =
                (&progress.head, kept, replays > 0 && prepared.can_be_sent())
            {
                let head = head.clone();
                // Turned away: until the next try, the server has done nothing.
                progress.set_reached(false);
                if login.challenged(client, prepared, &sent, &head, &uri).await? {
                    progress.next();
                    replays -= 1;
                    continue;
                }
                progress.set_reached(true);
            }
            let answer = result?;
            if probe && (answer.status.is_success() || operation.is_success(answer.status)) {
                let reason = "a request without its body, sent to be asked for a login, was taken";
                return Err(Details::answered(ErrorKind::NotChallenged, answer).because(reason));
            }
            return Ok(answer);
        }
    }

    /// How long to wait before the next attempt; `None` if this was the last one.
    fn pause(
        &self,
        tried: u32,
        result: &Result<Answer, Box<Details>>,
        deadline: Option<Instant>,
    ) -> Option<Duration> {
        if tried >= self.policy.attempts() || !self.prepared.can_be_sent() {
            return None;
        }
        let (ended, asked) = self.ended(result)?;
        if !verdict::may_repeat(self.prepared.operation.method(), ended, self.policy) {
            return None;
        }
        let pause = self.policy.pause(tried, asked, fastrand::f64())?;
        let in_time = deadline.is_none_or(|at| at.duration_since(Instant::now()) > pause);
        (in_time && self.client.budget.spend()).then_some(pause)
    }

    /// How the attempt ended, and how long the server asks to wait; `None` where another attempt
    /// would bring nothing: after a success, and after a failure that would only come again.
    fn ended(&self, result: &Result<Answer, Box<Details>>) -> Option<(Ended, Option<Duration>)> {
        match result {
            Ok(answer) if is_success(self.prepared.operation, self.is_rest, answer.status) => None,
            Ok(answer) => {
                let asked = response::retry_after(&answer.headers);
                let asks_to_wait = asked.is_some();
                Some((Ended::Answered { status: answer.status, asks_to_wait }, asked))
            }
            Err(details) if details.lasting => None,
            Err(details) => Some((Ended::Failed(details.kind), None)),
        }
    }
}
