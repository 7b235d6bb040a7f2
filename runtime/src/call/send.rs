//! The ends of a call, one for each form that its answer may have.

use bytes::Bytes;

use super::Call;
use crate::codegen::Answers;
use crate::error::ServiceError;
use crate::response::{self, Response, ResponseFuture};
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
    /// The limits of time end there too; an error is read whole, as always.
    pub fn send_stream<E: ServiceError>(mut self) -> ResponseFuture<Response<ResponseBody>, E> {
        self.parts.streamed = true;
        ResponseFuture::new(self, response::stream::<E>)
    }
}
