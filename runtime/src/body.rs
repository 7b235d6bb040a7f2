//! What a call sends, where it is not JSON: bytes, streams, forms of several parts.

use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::io;
#[cfg(not(target_family = "wasm"))]
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;

use self::chain::Chain;
use self::exact::Exact;
use self::own::Checked;
use self::progress::Listener;
use crate::transport::{MaybeSend, RequestBody};

mod chain;
mod exact;
#[cfg(not(target_family = "wasm"))]
mod file;
mod lent;
mod multipart;
mod own;
mod progress;

pub(crate) use self::multipart::value_parts;
pub use self::multipart::{Multipart, Part};
pub(crate) use self::own::is_own;

/// A request body of bytes: complete, a file, or a stream.
///
/// Bytes and files can be sent again, which a login or a repeat may need. A stream can be sent once:
/// a call that needs it a second time, because it was cloned, fails before anything leaves the
/// program, and one that has sent some of it is not repeated.
///
/// Sending counts in the time that a call and its attempts may take. What takes longer wants other
/// limits:
///
/// ```no_run
/// # use specwright_runtime::{Body, CallOptions};
/// # use std::time::Duration;
/// # fn main() -> std::io::Result<()> {
/// let dump = Body::from_file("dump.gz")?
///     .on_progress(|done, total| println!("{done} of {total:?}"));
/// let slow = CallOptions::new().attempt_timeout(None).timeout(Duration::from_secs(3600));
/// // client.with_options(slow).replace_file().body(dump).send().await?
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Body {
    data: Data,
    media_type: Option<String>,
    listener: Option<Listener>,
}

#[derive(Clone)]
enum Data {
    Bytes(Bytes),
    /// A stream, and how many bytes it has if that is known.
    Stream(lent::Slot, Option<u64>),
    #[cfg(not(target_family = "wasm"))]
    File(file::Source),
    /// One behind the other.
    Several(Arc<[Body]>),
}

impl Body {
    /// A body that is produced while it is sent. If the stream fails, so does the call.
    #[must_use]
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::streamed(stream, None)
    }

    /// A body that is produced while it is sent, and has `length` bytes: some servers want to know
    /// before they take any. A stream of more or fewer bytes fails the call.
    #[must_use]
    pub fn from_sized_stream<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::streamed(stream, Some(length))
    }

    fn streamed<S, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Data::Stream(lent::slot(Box::pin(Checked::new(stream))), length).into()
    }

    /// The contents of a file, a piece at a time. It is opened each time it is sent, and has as many
    /// bytes as it has now: of one that grows the beginning is sent, and one that is shorter by then
    /// fails the call. What the system makes up when it is read, as in `/proc`, is sent without a length.
    ///
    /// # Errors
    /// It is not there, or something else than a file. The error names the path.
    #[cfg(not(target_family = "wasm"))]
    pub fn from_file(path: impl Into<PathBuf>) -> io::Result<Self> {
        Ok(Data::File(file::Source::new(path.into())?).into())
    }

    /// Bodies one behind the other, as one.
    fn chained(bodies: Vec<Self>) -> Self {
        Data::Several(bodies.into()).into()
    }

    /// Calls `listener` for each piece that is handed to the transport, with the number of bytes so far
    /// and that of all, if it is known. When the body is sent again it begins anew.
    ///
    /// It is called by whoever sends, in between: what takes long in it holds up the sending. If it
    /// panics, the call fails.
    #[must_use]
    pub fn on_progress(
        mut self,
        listener: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.listener = Some(Listener::new(listener));
        self
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

    /// Whether the body can be sent now: a stream only as long as nobody has taken it.
    pub(crate) fn is_there(&self) -> bool {
        match &self.data {
            Data::Bytes(_) => true,
            Data::Stream(slot, _) => lent::is_there(slot),
            #[cfg(not(target_family = "wasm"))]
            Data::File(_) => true,
            Data::Several(bodies) => bodies.iter().all(Self::is_there),
        }
    }

    /// How many bytes it has, if that is known before it is sent.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes.len() as u64),
            Data::Stream(_, length) => *length,
            #[cfg(not(target_family = "wasm"))]
            Data::File(source) => source.length(),
            Data::Several(bodies) => bodies.iter().map(Self::length).sum(),
        }
    }

    /// What the transport sends; `None` if the stream is gone. A stream of which nothing is read
    /// comes back when the transport drops it.
    pub(crate) fn take(&self) -> Option<RequestBody> {
        let body = match &self.data {
            Data::Bytes(bytes) => RequestBody::Bytes(bytes.clone()),
            Data::Stream(slot, length) => {
                let stream = lent::take(slot)?;
                RequestBody::Stream(match length {
                    Some(length) => Box::pin(Exact::new(stream, *length)),
                    None => stream,
                })
            }
            #[cfg(not(target_family = "wasm"))]
            Data::File(source) => RequestBody::Stream(source.open()),
            Data::Several(bodies) => RequestBody::Stream(Box::pin(Chain::new(bodies))),
        };
        Some(match &self.listener {
            Some(listener) => listener.watch(body, self.length()),
            None => body,
        })
    }

    /// The bytes, if it is nothing else.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.data {
            Data::Bytes(bytes) => Some(bytes),
            #[cfg(not(target_family = "wasm"))]
            Data::File(_) => None,
            Data::Stream(..) | Data::Several(_) => None,
        }
    }

    /// Whether somebody hears how it is sent.
    fn is_watched(&self) -> bool {
        self.listener.is_some()
    }
}

impl fmt::Debug for Body {
    /// Prints the kind and the size, never the contents nor where they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.data {
            Data::Bytes(bytes) => return write!(f, "Body({} bytes)", bytes.len()),
            Data::Stream(..) => "stream",
            #[cfg(not(target_family = "wasm"))]
            Data::File(_) => "file",
            Data::Several(_) => "parts",
        };
        match self.length() {
            Some(length) => write!(f, "Body({kind} of {length} bytes)"),
            None => write!(f, "Body({kind})"),
        }
    }
}

impl From<Data> for Body {
    fn from(data: Data) -> Self {
        Self { data, media_type: None, listener: None }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Data::Bytes(bytes).into()
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
