//! How a request leaves the program: the [`Transport`] trait and the bodies that cross it.
//!
//! A transport sends exactly one request and gives back exactly one answer. It follows no
//! redirect, undoes no compression and repeats nothing: those decisions belong to the call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed stream of body chunks.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// Sends one HTTP request and returns its answer, head first, body as a stream.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request`. The URI is absolute.
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;
}

/// What is sent: nothing, bytes that can be sent again, or a stream that cannot.
pub enum RequestBody {
    /// No body at all.
    Empty,
    /// Bytes, replayable.
    Bytes(Bytes),
    /// A one-shot stream.
    Stream(BodyStream),
}

/// What is received, as a stream of chunks.
pub struct ResponseBody {
    stream: BodyStream,
}

/// Where an exchange broke off; decides whether the server may have seen the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportPhase {
    /// No connection was made: the server has seen nothing.
    Connect,
    /// The connection stood; how much the server saw is unknown.
    Exchange,
    /// The head of the answer had arrived; its body did not end well.
    Body,
}

/// A failure below HTTP.
#[derive(Debug)]
pub struct TransportError {
    phase: TransportPhase,
    timeout: bool,
    source: Box<dyn std::error::Error + Send + Sync>,
}
