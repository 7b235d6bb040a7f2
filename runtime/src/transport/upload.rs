//! Whether a server takes what is sent to it: a transport that could send no more asks for no more.
//!
//! How much has left this machine only its system knows. What is seen here is that the transport takes
//! another piece, which it does when there is room behind it: it and the system hold some hundred KiB. While
//! the body itself has nothing to give, nobody waits for the server, and neither after its last piece, when
//! the limit of the attempt is all there is.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Request;
use http::header::CONTENT_LENGTH;

use super::{BodyStream, RequestBody, TransportError};
use crate::clock::{self, Instant};

/// How much is handed over at once: of more it would not be seen whether it moves.
const PIECE: usize = 64 * 1024;

/// A body that is being sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Upload(Arc<Mutex<Option<Instant>>>);

impl Upload {
    /// Watches the body of a request, if it is one that may stall.
    ///
    /// Bytes stay bytes for transports that look at them; ours finds this in the extensions.
    pub(super) fn of(request: &mut Request<RequestBody>) -> Option<Self> {
        match std::mem::replace(request.body_mut(), RequestBody::Empty) {
            RequestBody::Stream(stream) => {
                let upload = Self::default();
                let length = request.headers().get(CONTENT_LENGTH);
                let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
                *request.body_mut() = RequestBody::Stream(upload.watch(stream, length));
                Some(upload)
            }
            RequestBody::Bytes(bytes) => {
                let is_long = bytes.len() > PIECE;
                *request.body_mut() = RequestBody::Bytes(bytes);
                is_long.then(|| {
                    let upload = Self::default();
                    request.extensions_mut().insert(upload.clone());
                    upload
                })
            }
            RequestBody::Empty => None,
        }
    }

    /// A body that says when its pieces are taken.
    fn watch(&self, stream: BodyStream, length: Option<u64>) -> BodyStream {
        let (upload, rest) = (self.clone(), Bytes::new());
        Box::pin(Watched { stream: Some(stream), rest, sent: 0, length, upload })
    }

    /// Bytes that are all there, in pieces that are watched.
    #[cfg(feature = "reqwest")]
    pub(super) fn pieces(&self, bytes: Bytes) -> BodyStream {
        let (upload, length) = (self.clone(), Some(bytes.len() as u64));
        Box::pin(Watched { stream: None, rest: bytes, sent: 0, length, upload })
    }

    /// Ends when nothing more was taken for so long, though there is more.
    pub(super) async fn stalled(&self, limit: Duration) {
        let mut pause = limit;
        loop {
            clock::sleep(pause).await;
            let waited = self.waiting().map(|since| since.elapsed()).unwrap_or_default();
            match limit.checked_sub(waited) {
                Some(left) if !left.is_zero() => pause = left,
                _ => return,
            }
        }
    }

    /// Since when there is a piece to take.
    fn waiting(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Watched {
    /// Where more comes from; nothing where `rest` is all of it.
    stream: Option<BodyStream>,
    /// What was given and is not handed over yet.
    rest: Bytes,
    sent: u64,
    length: Option<u64>,
    upload: Upload,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // Who asks has room; whether there is something is for the body to say.
        *self.upload.waiting() = None;
        if self.rest.is_empty() {
            let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
            match ready!(stream.as_mut().poll_next(cx)) {
                Some(Ok(chunk)) => self.rest = chunk,
                end => return Poll::Ready(end),
            }
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        self.sent += length as u64;
        // After the last one nobody may ask again: its length was said before.
        if self.length.is_none_or(|length| self.sent < length) {
            *self.upload.waiting() = Some(Instant::now());
        }
        Poll::Ready(Some(Ok(piece)))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        *self.upload.waiting() = None;
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Waker;

    use super::*;
    use crate::transport::ResponseBody;

    const LIMIT: Duration = Duration::from_secs(5);

    fn request(body: RequestBody, length: Option<u64>) -> Request<RequestBody> {
        let mut request = Request::new(body);
        if let Some(length) = length {
            request.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        request
    }

    fn streamed(size: usize) -> RequestBody {
        RequestBody::Stream(Box::pin(ResponseBody::from_bytes(vec![0; size])))
    }

    /// Whether it stalls, seen after twice the time it takes.
    async fn stalls(upload: &Upload) -> bool {
        clock::timeout(2 * LIMIT, upload.stalled(LIMIT)).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn it_stalls_while_there_is_more_and_nobody_asks() {
        for length in [None, Some(3 * PIECE as u64)] {
            let mut request = request(streamed(3 * PIECE), length);
            let upload = Upload::of(&mut request).unwrap();
            let RequestBody::Stream(mut stream) = request.into_body() else { panic!() };
            assert!(!stalls(&upload).await, "nobody has begun");
            for piece in 0..3 {
                let next = poll_fn(|cx| stream.as_mut().poll_next(cx)).await;
                assert_eq!(next.unwrap().unwrap().len(), PIECE);
                // Without a length the end has to be asked for.
                let has_more = piece < 2 || length.is_none();
                assert_eq!(stalls(&upload).await, has_more, "{piece} {length:?}");
            }
            assert!(poll_fn(|cx| stream.as_mut().poll_next(cx)).await.is_none());
            assert!(!stalls(&upload).await, "it has ended");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_has_nothing_to_give_does_not() {
        struct Silent;
        impl Stream for Silent {
            type Item = Result<Bytes, TransportError>;
            fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                Poll::Pending
            }
        }
        let mut request = request(RequestBody::Stream(Box::pin(Silent)), None);
        let upload = Upload::of(&mut request).unwrap();
        let RequestBody::Stream(mut stream) = request.into_body() else { panic!() };
        let mut cx = Context::from_waker(Waker::noop());
        assert!(stream.as_mut().poll_next(&mut cx).is_pending());
        assert!(!stalls(&upload).await);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_given_up_does_not() {
        let mut request = request(streamed(3 * PIECE), None);
        let upload = Upload::of(&mut request).unwrap();
        let RequestBody::Stream(mut stream) = request.into_body() else { panic!() };
        poll_fn(|cx| stream.as_mut().poll_next(cx)).await.unwrap().unwrap();
        drop(stream);
        assert!(!stalls(&upload).await);
    }

    #[test]
    fn what_is_small_or_nothing_is_not_watched() {
        assert!(Upload::of(&mut request(RequestBody::Empty, None)).is_none());
        let bytes = |size| RequestBody::Bytes(Bytes::from(vec![0; size]));
        assert!(Upload::of(&mut request(bytes(PIECE), None)).is_none());
        assert!(Upload::of(&mut request(bytes(PIECE + 1), None)).is_some());
    }
}
