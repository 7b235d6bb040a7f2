//! Bodies one behind the other.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{Body, own};
use crate::transport::{BodyStream, RequestBody, TransportError};

/// Takes each body when its turn comes.
pub(super) struct Chain {
    bodies: Arc<[Body]>,
    next: usize,
    open: Option<BodyStream>,
}

impl Chain {
    pub(super) fn new(bodies: &Arc<[Body]>) -> Self {
        Self { bodies: Arc::clone(bodies), next: 0, open: None }
    }
}

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(stream) = &mut self.open {
                match stream.as_mut().poll_next(cx) {
                    Poll::Ready(None) => self.open = None,
                    other => return other,
                }
            }
            let Some(body) = self.bodies.get(self.next) else { return Poll::Ready(None) };
            match body.take() {
                Some(RequestBody::Bytes(bytes)) => {
                    self.next += 1;
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(RequestBody::Stream(stream)) => self.open = Some(stream),
                Some(RequestBody::Empty) => {}
                None => return Poll::Ready(Some(Err(own::failed("a stream was sent before")))),
            }
            self.next += 1;
        }
    }
}
