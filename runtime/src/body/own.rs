//! Failures of what the program itself gives to be sent, which are not those of the connection.

use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::TransportError;

/// What was to be sent could not be had.
#[derive(Debug)]
struct Unreadable(Box<dyn Error + Send + Sync>);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body that was to be sent failed")
    }
}

impl Error for Unreadable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// A failure of the body, as a stream of it tells the transport.
pub(super) fn failed(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::exchange(Unreadable(source.into()))
}

/// Whether the body is what failed, whatever the transport makes of it.
pub(crate) fn is_own(error: &TransportError) -> bool {
    let first: &(dyn Error + 'static) = error;
    successors(Some(first), |error| (*error).source()).any(|error| error.is::<Unreadable>())
}

/// The caller's stream, with our errors.
pub(super) struct Checked<S> {
    stream: Pin<Box<S>>,
}

impl<S> Checked<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream: Box::pin(stream) }
    }
}

impl<S, E> Stream for Checked<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.as_mut().poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map_err(failed)))
    }
}
