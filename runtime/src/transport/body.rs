//! The bodies that cross a transport, and reading an answer under a cap.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::{BodyStream, MaybeSend, TransportError};

/// What is sent: nothing, bytes that can be sent again, or a stream that cannot.
#[non_exhaustive]
pub enum RequestBody {
    /// No body at all.
    Empty,
    /// Bytes, replayable.
    Bytes(Bytes),
    /// A one-shot stream. Where its length is known the request has a `Content-Length`, which is
    /// sent as it is; the stream has exactly as many bytes, or fails.
    Stream(BodyStream),
}

impl fmt::Debug for RequestBody {
    /// Prints the kind and the size, never the contents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

/// What is received, as a stream of chunks.
pub struct ResponseBody {
    stream: BodyStream,
}

impl ResponseBody {
    /// A body without a single byte.
    #[must_use]
    pub fn empty() -> Self {
        Self::from_bytes(Bytes::new())
    }

    /// A body that is already here, as one chunk. Mock transports answer with it.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::from_stream(Once { chunk: (!bytes.is_empty()).then_some(bytes) })
    }

    /// A body that arrives in pieces.
    #[must_use]
    pub fn from_stream<S>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static,
    {
        Self { stream: Box::pin(stream) }
    }

    /// The next chunk, or `None` at the end of the body.
    ///
    /// # Errors
    /// The body broke off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|cx| self.stream.as_mut().poll_next(cx)).await.transpose()
    }

    /// Reads the whole body, as long as it has at most `cap` bytes.
    ///
    /// Memory grows with what arrives, never with what a `Content-Length` announces, and reading
    /// stops with the first chunk that goes over.
    ///
    /// # Errors
    /// The body is larger than `cap`, or broke off.
    pub async fn collect(mut self, cap: u64) -> Result<Bytes, CollectError> {
        let Some(first) = self.chunk_within(cap, 0).await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk_within(cap, first.len()).await? else { return Ok(first) };
        let mut whole = BytesMut::from(&first[..]);
        whole.extend_from_slice(&second);
        while let Some(chunk) = self.chunk_within(cap, whole.len()).await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    async fn chunk_within(&mut self, cap: u64, held: usize) -> Result<Option<Bytes>, CollectError> {
        let Some(chunk) = self.chunk().await.map_err(CollectError::Transport)? else {
            return Ok(None);
        };
        let total = held as u64 + chunk.len() as u64;
        if total > cap { Err(CollectError::TooLarge { cap }) } else { Ok(Some(chunk)) }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.as_mut().poll_next(cx)
    }
}

/// A stream of at most one chunk.
struct Once {
    chunk: Option<Bytes>,
}

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.chunk.take().map(Ok))
    }
}

/// Why [`ResponseBody::collect`] gave up.
#[derive(Debug)]
#[non_exhaustive]
pub enum CollectError {
    /// The body has more bytes than allowed.
    TooLarge {
        /// The largest number of bytes that was allowed.
        cap: u64,
    },
    /// The body broke off.
    Transport(TransportError),
}

impl fmt::Display for CollectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { cap } => write!(f, "the answer has more than {cap} bytes"),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CollectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Transport(error) => error.source(),
        }
    }
}
