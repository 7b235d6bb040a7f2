//! The future of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::call::Call;
use crate::error::Error;
use crate::exchange::{self, Outcome};
use crate::transport::BoxFuture;

/// A call on its way. Nothing is sent before it is polled, and dropping it gives the call up; the
/// server may have acted on it all the same.
///
/// It needs a tokio runtime with its clock enabled, or a browser.
#[must_use = "a call does nothing until it is awaited"]
pub struct ResponseFuture<T, E> {
    progress: Progress,
    finish: fn(Outcome) -> Result<T, Error<E>>,
}

/// A call that nobody has polled yet can still be looked at: a mock expects it.
enum Progress {
    Ready(Option<Call>),
    Running(BoxFuture<'static, Outcome>),
}

impl Progress {
    // Not generic, so that it is compiled once.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Outcome> {
        if let Self::Ready(call) = self {
            if let Some(call) = call.take() {
                *self = Self::Running(exchange::start(call));
            }
        }
        match self {
            Self::Running(outcome) => outcome.as_mut().poll(cx),
            // Taken and started at once, just above.
            Self::Ready(_) => Poll::Pending,
        }
    }
}

impl<T, E> ResponseFuture<T, E> {
    pub(crate) fn new(call: Call, finish: fn(Outcome) -> Result<T, Error<E>>) -> Self {
        Self { progress: Progress::Ready(Some(call)), finish }
    }
}

#[cfg(feature = "test-util")]
impl<T, E> ResponseFuture<T, E> {
    /// The call, unless it is on its way.
    pub(crate) fn into_call(self) -> Option<Call> {
        match self.progress {
            Progress::Ready(call) => call,
            Progress::Running(_) => None,
        }
    }
}

impl<T, E> Future for ResponseFuture<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let finish = self.finish;
        self.progress.poll(cx).map(finish)
    }
}

impl<T, E> fmt::Debug for ResponseFuture<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
