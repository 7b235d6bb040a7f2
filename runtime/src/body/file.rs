//! A file that is sent.

use std::io::{self, Read as _};
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

/// A file that is opened each time it is sent, and its length, if it is one that has such.
#[derive(Clone)]
pub(super) struct Source {
    path: Arc<Path>,
    length: Option<u64>,
}

impl Source {
    pub(super) fn new(path: PathBuf) -> io::Result<Self> {
        let length = length(&path).map_err(|error| named(&path, error))?;
        Ok(Self { path: path.into(), length })
    }

    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    pub(super) fn open(&self) -> BodyStream {
        let path = Arc::clone(&self.path);
        let opening: BoxFuture<'static, _> = Box::pin(async move { File::open(path).await });
        let (state, path) = (State::Opening(opening), Arc::clone(&self.path));
        Box::pin(Reading { path, state, left: self.length, piece: Vec::new() })
    }
}

/// How many bytes a file has. What a system makes up when it is read (`/proc`) calls itself a file of
/// no bytes, which only the reading disproves; how many come nobody knows before.
fn length(path: &Path) -> io::Result<Option<u64>> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    let is_made_up = about.len() == 0 && std::fs::File::open(path)?.read(&mut [0])? > 0;
    Ok((!is_made_up).then_some(about.len()))
}

/// The same failure, which says of which file.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

/// A file on its way.
struct Reading {
    path: Arc<Path>,
    state: State,
    /// How many bytes are still to come, if that is known.
    left: Option<u64>,
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
        if self.left == Some(0) {
            return Poll::Ready(Ok(None));
        }
        let wanted = self.left.and_then(|left| usize::try_from(left).ok());
        self.piece.resize(wanted.unwrap_or(PIECE).min(PIECE), 0);
        let mut buffer = ReadBuf::new(&mut self.piece);
        ready!(Pin::new(file).poll_read(cx, &mut buffer))?;
        let read = buffer.filled().len();
        match &mut self.left {
            None if read == 0 => return Poll::Ready(Ok(None)),
            None => {}
            Some(left) if read == 0 => {
                let reason = format!("the file has become {left} bytes shorter");
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::UnexpectedEof, reason)));
            }
            Some(left) => *left -= read as u64,
        }
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
        let next = next.map_err(|error| own::failed(named(&self.path, error)));
        Poll::Ready(next.transpose())
    }
}
