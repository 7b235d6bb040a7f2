//! Starting something and waiting for it, as one.

use std::fmt;
use std::future::Future;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Limit, Manner, Pace, WaitError, WaitReason, Waiter};
use crate::call::Call;
use crate::clock;
use crate::error::{AnyError, Details, ErrorKind, ServiceError};
use crate::response::ResponseFuture;
use crate::transport::BoxFuture;

/// A call that starts something, which answers with `A`, and the wait for it behind the call.
///
/// Nothing is sent before [`wait`](Self::wait). Dropping the future of that ends the wait; what was
/// started goes on.
#[must_use = "a call does nothing until `wait` is awaited"]
pub struct Started<A, T, O = T> {
    call: Call,
    start: BoxFuture<'static, Result<A, AnyError>>,
    next: Next<A, T, O>,
    manner: Manner<T>,
}

/// What to wait for once the call has its answer; `None` if the answer does not have what it takes.
type Next<A, T, O> = fn(&Call, &A) -> Option<Waiter<T, O>>;

/// Begins with the call that `start` is.
pub fn started<A, E, T, O>(
    call: Call,
    start: ResponseFuture<A, E>,
    next: Next<A, T, O>,
) -> Started<A, T, O>
where
    A: 'static,
    E: ServiceError,
{
    let start = Box::pin(async move { start.await.map_err(AnyError::from) });
    Started { call, start, next, manner: Manner::new() }
}

impl<A, T: Send, O: Send> Started<A, T, O> {
    /// Looks for what was started where the call's own answer was lost: where it may have reached the
    /// server and no answer of the API says that it was refused (a 4xx). What `find` gives is taken
    /// for the answer; it fails with the error that it was given if there is nothing.
    ///
    /// A call that starts something is not repeated by itself, because it might start it twice.
    pub fn or_find<F>(self, find: impl FnOnce(AnyError) -> F + Send + 'static) -> Self
    where
        A: Send + 'static,
        F: Future<Output = Result<A, AnyError>> + Send + 'static,
    {
        let start = self.start;
        let start = Box::pin(async move {
            match start.await {
                Err(error) if may_have_started(&error) => find(error).await,
                other => other,
            }
        });
        Self { start, ..self }
    }

    /// How long to wait between two questions, as [`Waiter::poll_every`].
    pub fn poll_every(mut self, bounds: RangeInclusive<Duration>) -> Self {
        self.manner.pace = Pace::between(*bounds.start(), *bounds.end());
        self
    }

    /// Shows each state that comes, as [`Waiter::on_update`].
    pub fn on_update(mut self, watch: impl FnMut(&T) + Send + 'static) -> Self {
        self.manner.watch = Some(Box::new(watch));
        self
    }

    /// Makes the call, then waits, both for no longer than `max`.
    ///
    /// # Errors
    /// The call has failed, what is waited for has failed, or the time is up; with the last state.
    pub async fn wait(self, max: Duration) -> Result<O, WaitError<T>> {
        let limit = Limit::from_now(max);
        let waiter = self.begin(limit).await?;
        waiter.until(limit).await.map_err(WaitError::after_start)
    }

    /// What to wait for, once the call has its answer.
    async fn begin(self, limit: Limit) -> Result<Waiter<T, O>, WaitError<T>> {
        let operation = self.call.operation();
        let failed = |reason| WaitError::new(reason, Some(operation), None);
        let answer = match limit.until {
            Some(until) => clock::timeout_at(until, self.start).await,
            None => Ok(self.start.await),
        };
        let answer = answer.map_err(|_| failed(WaitReason::TimedOut(limit.max)))?;
        let answer = answer.map_err(|error| failed(WaitReason::Call(error)))?;
        let Some(waiter) = (self.next)(&self.call, &answer) else {
            let mut details = Details::new(ErrorKind::Decode, Some(operation));
            details.reached = true;
            let details = details.because("it lacks what is needed to ask how it goes on");
            return Err(failed(WaitReason::Call(AnyError::of(details))));
        };
        Ok(Waiter { manner: self.manner, ..waiter })
    }
}

/// Whether what the call was to start may be there although it failed.
fn may_have_started(error: &AnyError) -> bool {
    error.may_have_reached_server()
        && !error.status().is_some_and(|status| status.is_client_error())
}

impl<A, T, O> fmt::Debug for Started<A, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Started")
            .field("call", &self.call)
            .field("pace", &self.manner.pace)
            .finish_non_exhaustive()
    }
}
