//! How a request leaves the program: the [`Transport`] trait and the bodies that cross it.
//!
//! A transport sends exactly one request and gives back exactly one answer. It follows no
//! redirect, undoes no compression and repeats nothing: those decisions belong to the call.

use std::fmt;

mod body;
mod error;
mod middleware;
#[cfg(feature = "reqwest")]
mod reqwest;
mod sending;
#[cfg(feature = "reqwest")]
mod tls;
mod upload;

pub use self::body::{CollectError, RequestBody, ResponseBody};
pub use self::error::{TransportError, TransportPhase};
pub use self::middleware::{Attempt, Middleware, Next};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::sending::{BodyStream, BoxFuture, MaybeSend};

/// Sends one HTTP request and returns its answer, head first, body as a stream.
///
/// An implementation must not follow redirects, decompress, or send anything twice, and its errors
/// must not print the request: URIs and headers carry credentials.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `request`. The URI is absolute.
    ///
    /// Dropping the returned future abandons the exchange; that is how timeouts work.
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>;
}
