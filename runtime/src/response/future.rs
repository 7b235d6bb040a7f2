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
/// It needs a tokio runtime with its clock enabled.
#[must_use = "a call does nothing until it is awaited"]
pub struct ResponseFuture<T, E> {
    outcome: BoxFuture<'static, Outcome>,
    finish: fn(Outcome) -> Result<T, Error<E>>,
}

impl<T, E> ResponseFuture<T, E> {
    pub(crate) fn new(call: Call, finish: fn(Outcome) -> Result<T, Error<E>>) -> Self {
        Self { outcome: exchange::start(call), finish }
    }
}

impl<T, E> Future for ResponseFuture<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let finish = self.finish;
        self.outcome.as_mut().poll(cx).map(finish)
    }
}

impl<T, E> fmt::Debug for ResponseFuture<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
