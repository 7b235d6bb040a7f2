//! Telling how much of a body is sent.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::own;
use crate::transport::{BodyStream, RequestBody, TransportError};

/// How much of bytes that are all there is handed over at once, so that there is something to tell.
const PIECE: usize = 64 * 1024;

/// Who hears how many bytes are sent, and how many there are if that is known.
#[derive(Clone)]
pub(super) struct Listener(Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl Listener {
    pub(super) fn new(listener: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// The same body, which tells how much of it is sent.
    pub(super) fn watch(&self, body: RequestBody, total: Option<u64>) -> RequestBody {
        let stream: BodyStream = match body {
            RequestBody::Empty => return RequestBody::Empty,
            RequestBody::Bytes(bytes) => Box::pin(Pieces(bytes)),
            RequestBody::Stream(stream) => stream,
        };
        RequestBody::Stream(Box::pin(Watched { stream, done: 0, total, listener: self.clone() }))
    }

    /// A panic would end the connection, which is a task of its own, and the call would only know that
    /// it is gone.
    fn tell(&self, done: u64, total: Option<u64>) -> Result<(), TransportError> {
        let told = catch_unwind(AssertUnwindSafe(|| (self.0)(done, total)));
        told.map_err(|_| own::failed("what listens to its progress panicked"))
    }
}

struct Watched {
    stream: BodyStream,
    done: u64,
    total: Option<u64>,
    listener: Listener,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.stream.as_mut().poll_next(cx));
        Poll::Ready(match next {
            Some(Ok(chunk)) => {
                self.done += chunk.len() as u64;
                Some(self.listener.tell(self.done, self.total).map(|()| chunk))
            }
            other => other,
        })
    }
}

/// Bytes that are all there, a piece at a time.
struct Pieces(Bytes);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}
