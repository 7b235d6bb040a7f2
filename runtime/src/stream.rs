//! Answers that are many values, one after another, each as soon as it is there: server-sent
//! events, and JSON that follows JSON.
//!
//! The head of such an answer is awaited like any other, with the limits, logins and repeats of a
//! call. From there on nothing is sent again, and the only limits are one on the bytes of a single
//! value and one on the silence between two chunks. Dropping the stream closes the connection.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::decode;
use crate::error::AnyError;
use crate::exchange::Answer;

mod event;
mod events;
mod frames;
mod item;
mod lines;
mod media;

pub use self::event::Event;
use self::frames::{Frames, Framing};
pub use self::item::Item;
pub(crate) use self::media::check;

/// Server-sent events (`text/event-stream`), read as `T`.
///
/// What `T` is made of is the document's choice: the data of an event, or the event as a whole.
/// An event that cannot be read is an error that keeps its data in
/// [`bytes`](AnyError::bytes), and the stream goes on behind it. An answer that breaks off is an
/// error too, and the last item.
///
/// ```
/// # use specwright_runtime::{AnyError, EventStream};
/// # async fn look(events: EventStream<String>) -> Result<(), AnyError> {
/// let mut events = events.until("[DONE]");
/// while let Some(text) = events.try_next().await? {
///     println!("{text}");
/// }
/// # Ok(()) }
/// ```
#[must_use = "a stream does nothing unless it is read"]
pub struct EventStream<T = Event> {
    frames: Frames,
    item: Item,
    until: Option<String>,
    value: PhantomData<fn() -> T>,
}

impl<T> EventStream<T> {
    pub(crate) fn new(answer: Answer, item: Item, until: Option<&str>) -> Self {
        let frames = Frames::new(answer, Framing::Events);
        Self { frames, item, until: until.map(str::to_owned), value: PhantomData }
    }

    /// Ends the stream before an event whose data is exactly this, such as `[DONE]`.
    pub fn until(mut self, data: impl Into<String>) -> Self {
        self.until = Some(data.into());
        self
    }

    /// The rest of the stream, read as another type: for documents that describe another than
    /// what their server sends.
    pub fn of<U>(self) -> EventStream<U> {
        let item = self.item;
        self.reading(item)
    }

    /// The rest of the stream as the events themselves, with their names and undecoded data.
    pub fn events(self) -> EventStream<Event> {
        self.reading(Item::WholeText)
    }

    /// The id of the last event that had one, which a later call can give as `Last-Event-ID`.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.frames.last_event_id()
    }

    /// How long the server wants callers to wait before they connect again, if it has said so.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    fn reading<U>(self, item: Item) -> EventStream<U> {
        EventStream { frames: self.frames, item, until: self.until, value: PhantomData }
    }
}

impl<T: DeserializeOwned> EventStream<T> {
    /// The next event, or `None` at the end.
    ///
    /// # Errors
    /// The event is not what the document says, or the answer broke off, fell silent, or holds an
    /// event that is too large.
    pub async fn try_next(&mut self) -> Result<Option<T>, AnyError> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, AnyError>>> {
        let Some(next) = std::task::ready!(self.frames.poll(cx, self.until.as_deref())) else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(next.map_err(AnyError::of).and_then(|frame| {
            let json = self.item.json(&frame);
            json.and_then(|json| decode::json(&json, false))
                .map_err(|reason| self.frames.undecodable(frame, reason))
        })))
    }
}

impl<T: DeserializeOwned> Stream for EventStream<T> {
    type Item = Result<T, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// Values of JSON, one a line (`application/x-ndjson` and its like) or each behind a record
/// separator (`application/json-seq`, RFC 7464).
///
/// A value that cannot be read is an error that keeps it in [`bytes`](AnyError::bytes), and the
/// stream goes on behind it. An answer that breaks off is an error too, and the last item.
#[must_use = "a stream does nothing unless it is read"]
pub struct JsonStream<T> {
    frames: Frames,
    value: PhantomData<fn() -> T>,
}

impl<T> JsonStream<T> {
    pub(crate) fn lines(answer: Answer) -> Self {
        Self { frames: Frames::new(answer, Framing::Lines), value: PhantomData }
    }

    pub(crate) fn sequence(answer: Answer) -> Self {
        Self { frames: Frames::new(answer, Framing::Sequence), value: PhantomData }
    }

    /// The rest of the stream, read as another type: for documents that describe another than
    /// what their server sends.
    pub fn of<U>(self) -> JsonStream<U> {
        JsonStream { frames: self.frames, value: PhantomData }
    }
}

impl<T: DeserializeOwned> JsonStream<T> {
    /// The next value, or `None` at the end.
    ///
    /// # Errors
    /// The value is not what the document says, or the answer broke off, fell silent, or holds a
    /// value that is too large.
    pub async fn try_next(&mut self) -> Result<Option<T>, AnyError> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, AnyError>>> {
        let Some(next) = std::task::ready!(self.frames.poll(cx, None)) else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(next.map_err(AnyError::of).and_then(|frame| {
            decode::json(&frame.data, false)
                .map_err(|reason| self.frames.undecodable(frame, reason))
        })))
    }
}

impl<T: DeserializeOwned> Stream for JsonStream<T> {
    type Item = Result<T, AnyError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream").finish_non_exhaustive()
    }
}

/// One value, before anyone looked at its type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Frame {
    data: Bytes,
    name: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
}
