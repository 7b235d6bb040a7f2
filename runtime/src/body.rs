//! What a call sends, where it is not JSON: bytes, streams, forms of several parts.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{BodyStream, RequestBody, TransportError};

mod lent;
mod multipart;

pub(crate) use self::multipart::value_parts;
pub use self::multipart::{Multipart, Part};

/// A request body of bytes: complete, or a stream.
///
/// A stream can be sent once. A call that needs it a second time, because it was cloned, fails
/// before anything leaves the program, and one that has sent some of it is not repeated. So prefer
/// bytes where they fit into memory.
#[derive(Clone)]
pub struct Body {
    data: Data,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Data {
    Bytes(Bytes),
    Stream(lent::Slot),
}

impl Body {
    /// A body that is produced while it is sent. If the stream fails, so does the call.
    #[must_use]
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let stream: BodyStream = Box::pin(Checked { stream: Box::pin(stream) });
        Self { data: Data::Stream(Arc::new(Mutex::new(Some(stream)))), media_type: None }
    }

    /// The media type to send instead of the operation's: necessary where the document leaves it
    /// open, as in `image/*`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// Whether the body can be sent now: bytes always, a stream as long as nobody has taken it.
    pub(crate) fn is_there(&self) -> bool {
        match &self.data {
            Data::Bytes(_) => true,
            Data::Stream(slot) => lent::is_there(slot),
        }
    }

    /// What the transport sends; `None` if the stream is gone. A stream of which nothing is read
    /// comes back when the transport drops it.
    pub(crate) fn take(&self) -> Option<RequestBody> {
        match &self.data {
            Data::Bytes(bytes) => Some(RequestBody::Bytes(bytes.clone())),
            Data::Stream(slot) => lent::take(slot).map(RequestBody::Stream),
        }
    }

    /// The bytes, unless it is a stream.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes),
            Data::Stream(_) => None,
        }
    }
}

impl fmt::Debug for Body {
    /// Prints the kind and the size, never the contents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.data {
            Data::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Data::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { data: Data::Bytes(bytes), media_type: None }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The caller's stream, with our errors.
struct Checked<S> {
    stream: Pin<Box<S>>,
}

impl<S, E> Stream for Checked<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.stream.as_mut().poll_next(cx);
        next.map(|chunk| chunk.map(|chunk| chunk.map_err(TransportError::exchange)))
    }
}
