//! An answer that is too large to be held, or of which somebody wants to see how it comes.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use tokio::io::AsyncWrite;

use crate::arrival::Arrival;
use crate::error::{AnyError, Details, ErrorKind};
use crate::exchange::Answer;

#[cfg(not(target_family = "wasm"))]
mod draft;
mod resumption;

pub(crate) use self::resumption::{Chance, Resumption};
use self::resumption::{Mark, Rest};

/// Hears how many bytes have come, and how many there are if the server says so.
type Listener = Box<dyn FnMut(u64, Option<u64>) + Send>;

/// The body of a success as it arrives, whatever its size: chunks of bytes, or a copy of them.
///
/// Until its head is there such an answer is a call like any other. Then nothing is sent again: one
/// that breaks off is an error, and begins anew with another call, since not every server gives out the
/// rest of what was begun. Of those that do it is asked for where
/// [`CallOptions::resume_downloads`](crate::CallOptions::resume_downloads) says so. No cap counts its bytes, and it may take as long as it takes, but be silent
/// no longer than [`idle_timeout`](crate::ClientBuilder::idle_timeout) says. Dropping it closes the
/// connection.
///
/// The bytes are those that the server sends. What is compressed stays so: a media type such as
/// `application/gzip` is what the document promises. The client asks for no `Content-Encoding` and undoes
/// none, so that an answer which has one is an error, as is one of a media type that the document does not
/// list for the operation, such as a proxy's page. Who sets `Accept-Encoding` or `Accept` for a call gets
/// what comes of it.
///
/// ```no_run
/// # use specwright_runtime::{AnyError, Download, Response};
/// # async fn keep(answer: Response<Download>) -> Result<(), AnyError> {
/// let log = answer.into_inner(); // client.download_log(…).send_stream().await?
/// let log = log.on_progress(|done, total| println!("{done} of {total:?}"));
/// let bytes = log.write_to("mongodb.gz").await?;
/// # Ok(()) }
/// ```
#[must_use = "a download does nothing unless it is read"]
pub struct Download {
    arrival: Arrival,
    received: u64,
    listener: Option<Listener>,
    /// How it is taken up again if it breaks off, or why it is not; nothing where nobody wants it.
    resumption: Option<Result<(Box<Resumption>, Mark), &'static str>>,
    /// The rest that has been asked for, and the failure behind that.
    awaited: Option<(Rest, Box<Details>)>,
    /// Where the bytes of a rest end, by its own words.
    end: Option<u64>,
}

impl Download {
    pub(crate) fn new(mut answer: Answer) -> Self {
        let length = length(&answer.headers);
        let resumption = answer.resumption.take();
        let resumption = resumption.map(|how| Ok((how?, Mark::of(&answer, length)?)));
        let arrival = Arrival::new(answer);
        Self { arrival, received: 0, listener: None, resumption, awaited: None, end: None }
    }

    /// How many bytes there are in all, if the server says so (`Content-Length`). One that it sends in
    /// chunks ends with the last of them, whatever it says (RFC 9112, section 6.3).
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        length(self.arrival.headers())
    }

    /// The media type, if the server gives one, with its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.arrival.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes have been given out.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Calls `listener` for each chunk, with the number of bytes so far and with [`length`].
    ///
    /// It is called by whoever reads, in between: what takes long in it holds up the reading.
    ///
    /// [`length`]: Self::length
    pub fn on_progress(mut self, listener: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    /// The answer broke off or fell silent, and is not taken up again. Nothing comes after that.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, AnyError> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    /// Writes all that comes to `writer` and flushes it; gives the number of bytes.
    ///
    /// ```no_run
    /// # use specwright_runtime::{AnyError, Download};
    /// # async fn read(download: Download) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut table = Vec::new();
    /// download.copy_to(&mut table).await?;
    /// // A CSV has rows of texts, and means what its program knows: `csv = "1"`.
    /// for row in csv::Reader::from_reader(&table[..]).deserialize::<(String, f64)>() {
    ///     let (item, cents) = row?;
    /// #   let _ = (item, cents);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The answer broke off or fell silent; or writing failed, which is [`ErrorKind::Io`].
    pub async fn copy_to<W>(mut self, writer: &mut W) -> Result<u64, AnyError>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        self.pour(writer, None).await?;
        Ok(self.received)
    }

    /// Writes all that comes to a file, and gives the number of bytes.
    ///
    /// The file is there whole or not at all: it is written beside its place, under a name that begins
    /// with a dot and ends in `.part`, and moved there at the end, in place of a file that may be there
    /// already. If it fails or is given up, what has come is removed. A place that holds something
    /// else than a file is an error; [`copy_to`](Self::copy_to) writes anywhere.
    ///
    /// # Errors
    /// The answer broke off or fell silent; or writing failed, which is [`ErrorKind::Io`].
    #[cfg(not(target_family = "wasm"))]
    pub async fn write_to(self, path: impl AsRef<Path>) -> Result<u64, AnyError> {
        self.write(path.as_ref()).await
    }

    #[cfg(not(target_family = "wasm"))]
    async fn write(mut self, path: &Path) -> Result<u64, AnyError> {
        let draft = draft::Draft::beside(path).await;
        let mut draft = draft.map_err(|error| self.unwritten(error, Some(path)))?;
        self.pour(draft.file(), Some(path)).await?;
        draft.finish().await.map_err(|error| self.unwritten(error, Some(path)))?;
        Ok(self.received)
    }

    async fn pour<W>(&mut self, writer: &mut W, path: Option<&Path>) -> Result<(), AnyError>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        while let Some(chunk) = self.chunk().await? {
            let mut rest = &chunk[..];
            while !rest.is_empty() {
                let written = poll_fn(|cx| Pin::new(&mut *writer).poll_write(cx, rest)).await;
                let written = written.and_then(|count| match rest.get(count..) {
                    Some(left) if count > 0 => Ok(left),
                    Some(_) | None => Err(io::ErrorKind::WriteZero.into()),
                });
                rest = written.map_err(|error| self.unwritten(error, path))?;
            }
        }
        let flushed = poll_fn(|cx| Pin::new(&mut *writer).poll_flush(cx)).await;
        flushed.map_err(|error| self.unwritten(error, path))?;
        Ok(())
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, AnyError>>> {
        let next = ready!(self.bytes(cx));
        if let Some(Ok(chunk)) = &next {
            self.received += chunk.len() as u64;
            let (done, total) = (self.received, self.length());
            if let Some(listener) = &mut self.listener {
                listener(done, total);
            }
        }
        Poll::Ready(next.map(|chunk| chunk.map_err(AnyError::of)))
    }

    /// The next chunk, be it of the first answer or of one with the rest.
    fn bytes(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Box<Details>>>> {
        loop {
            if let Some((rest, _)) = &mut self.awaited {
                let rest = ready!(rest.as_mut().poll(cx));
                let Some((_, broken)) = self.awaited.take() else { return Poll::Ready(None) };
                match rest {
                    Ok((answer, end)) => {
                        self.arrival.go_on(answer);
                        self.end = Some(end);
                    }
                    Err(reason) => return Poll::Ready(Some(Err(also(broken, &reason)))),
                }
            }
            let broken = match ready!(self.arrival.poll(cx)) {
                Some(Err(broken)) => broken,
                // HTTP is content with a body of any length in chunks.
                None if self.end.take().is_some_and(|end| end != self.received) => {
                    let details = self.arrival.details(ErrorKind::Truncated);
                    let reason = "the rest has another length than it says";
                    return Poll::Ready(Some(Err(details.because(reason))));
                }
                other => return Poll::Ready(other),
            };
            let received = self.received;
            let why = match &mut self.resumption {
                None => return Poll::Ready(Some(Err(broken))),
                Some(Err(why)) => format!("it is not taken up again: {why}"),
                Some(Ok((how, mark))) => match how.rest(mark, received) {
                    Some(rest) => {
                        self.awaited = Some((rest, broken));
                        continue;
                    }
                    None => format!("`resume_downloads` allows {}, and no more", how.tried()),
                },
            };
            return Poll::Ready(Some(Err(also(broken, &why))));
        }
    }

    /// What has come cannot be kept, which is nobody's fault but this machine's.
    fn unwritten(&self, error: io::Error, path: Option<&Path>) -> AnyError {
        let details = self.arrival.details(ErrorKind::Io);
        let mut reason = "what arrived could not be written".to_owned();
        if let Some(path) = path {
            reason += &format!(" to `{}`", path.display());
        }
        AnyError::of(details.because(reason).caused_by(error))
    }
}

/// A failure, with why nothing could be done about it.
fn also(broken: Box<Details>, why: &str) -> Box<Details> {
    let before = broken.detail.as_ref().map(|before| format!("{before}; ")).unwrap_or_default();
    broken.because(format!("{before}{why}"))
}

fn length(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

impl Stream for Download {
    type Item = Result<Bytes, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
