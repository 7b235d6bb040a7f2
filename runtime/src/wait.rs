//! Waiting: asking again and again until something is so.
//!
//! A document says by `x-specwright-waiter` which answers of an operation end the wait, and generated
//! code hands over the call and a function that judges an answer. How often to ask, for how long and
//! what the server has a say in is here, in one loop that no type of any document touches (`run`).

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::clock::Instant;
use crate::error::{AnyError, ServiceError};
use crate::exchange::Outcome;
use crate::response::{self, Response};

mod error;
mod pace;
mod run;
mod started;

pub use self::error::{WaitError, WaitReason};
use self::pace::Pace;
use self::run::{Ended, Step};
pub use self::started::{Started, started};

/// What an answer means for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not yet; also what nobody has heard of.
    Pending,
    /// What is waited for.
    Reached,
    /// It will never come.
    Failed,
}

/// A wait that is being put together: for a state of `T`, which [`wait`](Self::wait) gives as `O`.
///
/// Nothing is sent before `wait`, and dropping its future ends the wait.
///
/// Each time it asks is a call like any other: it has the client's time limits, and what usually
/// passes is tried again as its [`RetryPolicy`](crate::RetryPolicy) says. A call that fails all the
/// same ends the wait.
#[must_use = "nothing is waited for until `wait` is awaited"]
pub struct Waiter<T, O = T> {
    call: Call,
    look: Look<T, O>,
    manner: Manner<T>,
}

/// Is shown states.
type Watch<T> = Box<dyn FnMut(&T) + Send>;

/// Judges an answer.
type Look<T, O> = Box<dyn Fn(Outcome) -> Seen<T, O> + Send + Sync>;

/// An answer, judged.
enum Seen<T, O> {
    State(Response<T>, Progress, fn(T) -> Option<O>),
    /// What is waited for, without a state.
    There(O),
    Broken(AnyError),
}

/// How somebody wants to wait.
struct Manner<T> {
    pace: Pace,
    watch: Option<Watch<T>>,
}

impl<T> Manner<T> {
    const fn new() -> Self {
        Self { pace: Pace::new(), watch: None }
    }
}

impl Call {
    /// Waits until `judge` is content with the answer, which is JSON.
    pub fn wait_json<T, E>(self, judge: fn(&T) -> Progress) -> Waiter<T>
    where
        T: DeserializeOwned + 'static,
        E: ServiceError,
    {
        let look = move |outcome| match response::json::<T, E>(outcome) {
            Ok(answer) => {
                let progress = judge(answer.body());
                Seen::State(answer, progress, Some)
            }
            Err(error) => Seen::Broken(error.into()),
        };
        Waiter { call: self, look: Box::new(look), manner: Manner::new() }
    }

    /// Waits until the answer, which is JSON so far, has this status and is none of the operation's
    /// successes: until something is gone, for one.
    pub fn wait_json_for_status<T, E>(self, status: u16) -> Waiter<T, ()>
    where
        T: DeserializeOwned + 'static,
        E: ServiceError,
    {
        let look = move |outcome| match response::json::<T, E>(outcome) {
            Ok(answer) => Seen::State(answer, Progress::Pending, |_| None),
            Err(error) if error.status().is_some_and(|got| got.as_u16() == status) => {
                Seen::There(())
            }
            Err(error) => Seen::Broken(error.into()),
        };
        Waiter { call: self, look: Box::new(look), manner: Manner::new() }
    }
}

impl<T: Send, O: Send> Waiter<T, O> {
    /// How long to wait between two questions: at least the one, at most the other, 5 seconds and a
    /// minute unless set. The pauses grow and are partly chance, so that programs that began together
    /// do not ask together. A `Retry-After` of an answer (RFC 9110, section 10.2.3) is kept to even
    /// where it is longer.
    pub fn poll_every(mut self, bounds: RangeInclusive<Duration>) -> Self {
        self.manner.pace = Pace::between(*bounds.start(), *bounds.end());
        self
    }

    /// Shows each state that comes, the last one included.
    pub fn on_update(mut self, watch: impl FnMut(&T) + Send + 'static) -> Self {
        self.manner.watch = Some(Box::new(watch));
        self
    }

    /// Asks at once, then again and again, and for no longer than `max`.
    ///
    /// # Errors
    /// What is waited for has failed, a call has failed, or the time is up; with the last state.
    pub async fn wait(self, max: Duration) -> Result<O, WaitError<T>> {
        self.until(Limit::from_now(max)).await
    }

    async fn until(mut self, limit: Limit) -> Result<O, WaitError<T>> {
        let operation = self.call.operation();
        let mut last = None;
        let mut reached = None;
        let mut refused = None;
        let (look, watch) = (&self.look, &mut self.manner.watch);
        let mut step = |outcome| match look(outcome) {
            Seen::State(answer, progress, finish) => {
                let asked = answer.retry_after();
                let state = answer.into_inner();
                if let Some(watch) = watch {
                    watch(&state);
                }
                match progress {
                    Progress::Pending => {
                        last = Some(state);
                        return Step::Again(asked);
                    }
                    Progress::Reached => reached = finish(state),
                    Progress::Failed => {
                        last = Some(state);
                        refused = Some(WaitReason::Failed);
                    }
                }
                Step::Stop
            }
            Seen::There(what) => {
                reached = Some(what);
                Step::Stop
            }
            Seen::Broken(error) => {
                refused = Some(WaitReason::Call(error));
                Step::Stop
            }
        };
        let ended = run::run(self.call, self.manner.pace, limit, &mut step).await;
        match (ended, reached, refused) {
            (Ended::Stopped, Some(what), _) => Ok(what),
            (Ended::Stopped, None, Some(reason)) => {
                Err(WaitError::new(reason, Some(operation), last))
            }
            (Ended::Stopped, None, None) | (Ended::TimedOut, ..) => {
                Err(WaitError::new(WaitReason::TimedOut(limit.max), Some(operation), last))
            }
        }
    }
}

/// How long somebody wants to wait, and until when that is.
#[derive(Clone, Copy)]
struct Limit {
    max: Duration,
    /// `None` where no clock goes that far.
    until: Option<Instant>,
}

impl Limit {
    fn from_now(max: Duration) -> Self {
        Self { max, until: Instant::now().checked_add(max) }
    }

    fn left(self) -> Duration {
        self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()))
    }
}

impl<T, O> fmt::Debug for Waiter<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("call", &self.call)
            .field("pace", &self.manner.pace)
            .finish_non_exhaustive()
    }
}
