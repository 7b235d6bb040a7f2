//! A file that is sent.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::own;
use crate::transport::{BodyStream, BoxFuture, TransportError};

/// How much of a file is in memory at one time.
const PIECE: usize = 64 * 1024;

/// A file that is opened each time it is sent, and its length.
#[derive(Clone)]
pub(super) struct Source {
    path: Arc<Path>,
    length: u64,
}

impl Source {
    pub(super) fn new(path: PathBuf) -> io::Result<Self> {
        let about = std::fs::metadata(&path)?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        Ok(Self { path: path.into(), length: about.len() })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn open(&self) -> BodyStream {
        let path = Arc::clone(&self.path);
        let opening: BoxFuture<'static, _> = Box::pin(async move { File::open(path).await });
        let state = State::Opening(opening);
        Box::pin(Reading { state, left: self.length, piece: Vec::new() })
    }
}

/// A file on its way.
struct Reading {
    state: State,
    /// How many bytes are still to come.
    left: u64,
    /// Where the next of them go.
    piece: Vec<u8>,
}

enum State {
    Opening(BoxFuture<'static, io::Result<File>>),
    Open(File),
    Over,
}

impl Reading {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        if let State::Opening(opening) = &mut self.state {
            self.state = State::Open(ready!(opening.as_mut().poll(cx))?);
        }
        let State::Open(file) = &mut self.state else { return Poll::Ready(Ok(None)) };
        if self.left == 0 {
            return Poll::Ready(Ok(None));
        }
        self.piece.resize(usize::try_from(self.left).unwrap_or(PIECE).min(PIECE), 0);
        let mut buffer = ReadBuf::new(&mut self.piece);
        ready!(Pin::new(file).poll_read(cx, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            let reason = format!("the file has become {} bytes shorter", self.left);
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::UnexpectedEof, reason)));
        }
        self.left -= read as u64;
        let mut piece = std::mem::take(&mut self.piece);
        piece.truncate(read);
        Poll::Ready(Ok(Some(piece.into())))
    }
}

impl Stream for Reading {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.poll(cx));
        if !matches!(next, Ok(Some(_))) {
            self.state = State::Over;
        }
        Poll::Ready(next.map_err(own::failed).transpose())
    }
}
