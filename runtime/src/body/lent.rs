//! A stream that comes back if nobody has begun to read it: a call that found no connection can
//! then be sent again, and one that was half sent cannot.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BodyStream, TransportError};

/// Where a stream waits to be sent.
pub(super) type Slot = Arc<Mutex<Option<BodyStream>>>;

/// A place with a stream in it.
#[cfg_attr(
    all(target_family = "wasm", target_os = "unknown"),
    expect(
        clippy::arc_with_non_send_sync,
        reason = "a browser has one thread, and elsewhere it is both"
    )
)]
pub(super) fn slot(stream: BodyStream) -> Slot {
    Arc::new(Mutex::new(Some(stream)))
}

pub(super) fn is_there(slot: &Slot) -> bool {
    lock(slot).is_some()
}

/// The stream, on loan.
pub(super) fn take(slot: &Slot) -> Option<BodyStream> {
    let stream = lock(slot).take()?;
    Some(Box::pin(Lent { stream: Some(stream), begun: false, slot: Arc::clone(slot) }))
}

struct Lent {
    stream: Option<BodyStream>,
    begun: bool,
    slot: Slot,
}

impl Stream for Lent {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.begun = true;
        match &mut self.stream {
            Some(stream) => stream.as_mut().poll_next(cx),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.begun {
            *lock(&self.slot) = self.stream.take();
        }
    }
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<BodyStream>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::ResponseBody;

    fn slot() -> Slot {
        super::slot(Box::pin(ResponseBody::from_bytes("x")))
    }

    #[test]
    fn what_nobody_has_read_comes_back() {
        let slot = slot();
        let lent = take(&slot);
        assert!(!is_there(&slot) && take(&slot).is_none());
        drop(lent);
        assert!(is_there(&slot));
    }

    #[tokio::test]
    async fn what_somebody_has_begun_does_not() {
        let slot = slot();
        let mut body = ResponseBody::from_stream(take(&slot).unwrap());
        assert_eq!(body.chunk().await.unwrap().as_deref(), Some(&b"x"[..]));
        drop(body);
        assert!(!is_there(&slot));
    }
}
