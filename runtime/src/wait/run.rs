//! The loop of every wait. Nothing in it is generic, so it is compiled once, in this crate.

use std::time::Duration;

use super::Limit;
use super::pace::Pace;
use crate::call::Call;
use crate::clock;
use crate::exchange::{self, Outcome};
use crate::transport::BoxFuture;

/// What to do after an answer.
pub(super) enum Step {
    /// Ask again, no sooner than the server wants.
    Again(Option<Duration>),
    /// There is nothing more to ask.
    Stop,
}

/// How the loop ended.
pub(super) enum Ended {
    /// The step said so.
    Stopped,
    /// The limit did.
    TimedOut,
}

/// Makes the call again and again until `step` is content or the time is up. Boxed, so that the
/// futures of callers stay small.
pub(super) fn run<'a>(
    call: Call,
    pace: Pace,
    limit: Limit,
    step: &'a mut (dyn FnMut(Outcome) -> Step + Send),
) -> BoxFuture<'a, Ended> {
    Box::pin(async move {
        let asking = ask(call, pace, limit, step);
        match limit.until {
            Some(until) => clock::timeout_at(until, asking).await.unwrap_or(Ended::TimedOut),
            None => asking.await,
        }
    })
}

async fn ask(
    call: Call,
    pace: Pace,
    limit: Limit,
    step: &mut (dyn FnMut(Outcome) -> Step + Send),
) -> Ended {
    let mut asked = 0u32;
    loop {
        let outcome = exchange::start(call.clone()).await;
        let Step::Again(floor) = step(outcome) else { return Ended::Stopped };
        asked = asked.saturating_add(1);
        let pause = pace.pause(asked, floor, limit.left(), fastrand::f64());
        let Some(pause) = pause else { return Ended::TimedOut };
        clock::sleep(pause).await;
    }
}
