//! A body that is kept while it passes.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BodyStream, TransportError};

/// What of a body has passed.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) bytes: Vec<u8>,
    pub(super) broken_off: bool,
}

/// Where it is kept, for who sent the body to look at.
pub(super) type Kept = Arc<Mutex<Seen>>;

/// What is done once the body has ended, or nobody reads it any more.
type Then = Box<dyn FnOnce(Seen) + Send>;

/// The body on its way.
pub(super) struct Tee {
    stream: BodyStream,
    kept: Kept,
    /// One byte more than this is kept, to tell that there were more.
    cap: u64,
    then: Option<Then>,
}

impl Tee {
    pub(super) fn new(stream: BodyStream, kept: Kept, cap: u64, then: Option<Then>) -> Self {
        Self { stream, kept, cap, then }
    }

    fn keep(&self, chunk: &[u8]) {
        let mut kept = lock(&self.kept);
        let room = self.cap.saturating_add(1).saturating_sub(kept.bytes.len() as u64);
        let room = usize::try_from(room).unwrap_or(usize::MAX).min(chunk.len());
        kept.bytes.extend_from_slice(&chunk[..room]);
    }

    fn end(&mut self, broken_off: bool) {
        if let Some(then) = self.then.take() {
            let mut seen = lock(&self.kept).clone();
            seen.broken_off = broken_off;
            then(seen);
        }
    }
}

impl Stream for Tee {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.stream.as_mut().poll_next(cx);
        match &next {
            Poll::Ready(Some(Ok(chunk))) => self.keep(chunk),
            Poll::Ready(Some(Err(_))) => self.end(true),
            Poll::Ready(None) => self.end(false),
            Poll::Pending => {}
        }
        next
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        self.end(true);
    }
}

pub(super) fn lock(kept: &Kept) -> std::sync::MutexGuard<'_, Seen> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
