//! The ends of a call, one for each form that its answer may have.

use bytes::Bytes;

use super::Call;
use crate::codegen::Answers;
use crate::download::Download;
use crate::error::{Error, ServiceError};
use crate::exchange::Outcome;
use crate::response::{self, Response, ResponseFuture};
use crate::stream::{EventStream, Item, JsonStream};
use crate::transport::ResponseBody;

impl Call {
    /// Sends the call; the answer is JSON.
    pub fn send_json<T, E>(self) -> ResponseFuture<T, E>
    where
        T: serde::de::DeserializeOwned,
        E: ServiceError,
    {
        ResponseFuture::new(self, response::json_body::<T, E>)
    }

    /// As [`send_json`](Self::send_json), with status and headers.
    pub fn send_json_with_metadata<T, E>(self) -> ResponseFuture<Response<T>, E>
    where
        T: serde::de::DeserializeOwned,
        E: ServiceError,
    {
        ResponseFuture::new(self, response::json::<T, E>)
    }

    /// Sends the call; the answer is UTF-8 text.
    pub fn send_text<E: ServiceError>(self) -> ResponseFuture<String, E> {
        ResponseFuture::new(self, response::text_body::<E>)
    }

    /// As [`send_text`](Self::send_text), with status and headers.
    pub fn send_text_with_metadata<E: ServiceError>(self) -> ResponseFuture<Response<String>, E> {
        ResponseFuture::new(self, response::text::<E>)
    }

    /// Sends the call; the answer is bytes of any sort.
    pub fn send_bytes<E: ServiceError>(self) -> ResponseFuture<Bytes, E> {
        ResponseFuture::new(self, response::bytes_body::<E>)
    }

    /// As [`send_bytes`](Self::send_bytes), with status and headers.
    pub fn send_bytes_with_metadata<E: ServiceError>(self) -> ResponseFuture<Response<Bytes>, E> {
        ResponseFuture::new(self, response::bytes::<E>)
    }

    /// Sends the call; a success has nothing to say. A body that comes anyway is dropped.
    pub fn send_empty<E: ServiceError>(self) -> ResponseFuture<(), E> {
        ResponseFuture::new(self, response::empty_body::<E>)
    }

    /// As [`send_empty`](Self::send_empty), with status and headers.
    pub fn send_empty_with_metadata<E: ServiceError>(self) -> ResponseFuture<Response<()>, E> {
        ResponseFuture::new(self, response::empty::<E>)
    }

    /// Sends the call; the answer is one of several.
    pub fn send_one_of<T: Answers, E: ServiceError>(self) -> ResponseFuture<T, E> {
        ResponseFuture::new(self, response::one_of_body::<T, E>)
    }

    /// As [`send_one_of`](Self::send_one_of), with status and headers.
    pub fn send_one_of_with_metadata<T: Answers, E: ServiceError>(
        self,
    ) -> ResponseFuture<Response<T>, E> {
        ResponseFuture::new(self, response::one_of::<T, E>)
    }

    /// Sends the call; a success is handed over as soon as its head is there, whatever its size.
    /// The limits of time end there too; an error is read whole, as always. What older output calls;
    /// newer gives a [`Download`].
    pub fn send_stream<E: ServiceError>(mut self) -> ResponseFuture<Response<ResponseBody>, E> {
        self.parts.streamed = true;
        ResponseFuture::new(self, response::as_it_arrives::<E>)
    }

    /// Sends the call; a success is handed over as it arrives, to be read or kept.
    pub fn send_download<E: ServiceError>(mut self) -> ResponseFuture<Response<Download>, E> {
        self.parts.download = true;
        self.streamed(response::download::<E>)
    }

    /// Says what of the answer's events is the value, and which data ends them.
    pub fn events(mut self, item: Item, until: Option<&'static str>) -> Self {
        self.parts.events = (item, until);
        self
    }

    /// Sends the call; the answer is events, each read as `T`.
    pub fn send_events<T, E: ServiceError>(self) -> ResponseFuture<EventStream<T>, E> {
        self.streamed(response::events_body::<T, E>)
    }

    /// As [`send_events`](Self::send_events), with status and headers.
    pub fn send_events_with_metadata<T, E: ServiceError>(
        self,
    ) -> ResponseFuture<Response<EventStream<T>>, E> {
        self.streamed(response::events::<T, E>)
    }

    /// Sends the call; the answer is a `T` on each of its lines.
    pub fn send_lines<T, E: ServiceError>(self) -> ResponseFuture<JsonStream<T>, E> {
        self.streamed(response::lines_body::<T, E>)
    }

    /// As [`send_lines`](Self::send_lines), with status and headers.
    pub fn send_lines_with_metadata<T, E: ServiceError>(
        self,
    ) -> ResponseFuture<Response<JsonStream<T>>, E> {
        self.streamed(response::lines::<T, E>)
    }

    /// Sends the call; the answer is a `T` behind each of its record separators (RFC 7464).
    pub fn send_sequence<T, E: ServiceError>(self) -> ResponseFuture<JsonStream<T>, E> {
        self.streamed(response::sequence_body::<T, E>)
    }

    /// As [`send_sequence`](Self::send_sequence), with status and headers.
    pub fn send_sequence_with_metadata<T, E: ServiceError>(
        self,
    ) -> ResponseFuture<Response<JsonStream<T>>, E> {
        self.streamed(response::sequence::<T, E>)
    }

    fn streamed<T, E>(
        mut self,
        finish: fn(Outcome) -> Result<T, Error<E>>,
    ) -> ResponseFuture<T, E> {
        self.parts.streamed = true;
        ResponseFuture::new(self, finish)
    }
}
