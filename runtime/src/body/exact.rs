//! A stream whose length is announced before it is sent.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::own;
use crate::transport::{BodyStream, TransportError};

/// As many bytes as were announced, or a failure.
///
/// The last chunk waits for the end of the stream. Who sends stops at the announced length, so that
/// what is too long would be cut off without anybody's knowing, and taken for the whole.
pub(super) struct Exact {
    stream: BodyStream,
    left: u64,
    last: Option<Bytes>,
}

impl Exact {
    pub(super) fn new(stream: BodyStream, length: u64) -> Self {
        Self { stream, left: length, last: None }
    }
}

impl Stream for Exact {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(chunk) = ready!(self.stream.as_mut().poll_next(cx)) else {
                let missing = std::mem::take(&mut self.left);
                return Poll::Ready(match missing {
                    0 => self.last.take().map(Ok),
                    _ => Some(Err(own::failed(format!("it ended {missing} bytes too early")))),
                });
            };
            let chunk = match chunk {
                Ok(chunk) if chunk.is_empty() => continue,
                Ok(chunk) => chunk,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let Some(left) = self.left.checked_sub(chunk.len() as u64) else {
                return Poll::Ready(Some(Err(own::failed("it is longer than was announced"))));
            };
            self.left = left;
            if left > 0 {
                return Poll::Ready(Some(Ok(chunk)));
            }
            self.last = Some(chunk);
        }
    }
}
