//! The transport used by default: reqwest, tamed.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response};

use super::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError, tls};
use crate::error::BuildError;

/// Sends requests with a [`reqwest::Client`] that follows no redirect, undoes no compression and
/// repeats nothing.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// A transport from the caller's own settings: certificates, proxies, pools, addresses.
    ///
    /// Redirects, decompression and reqwest's own repeats are switched off whatever the caller
    /// chose.
    ///
    /// # Errors
    /// reqwest refuses the settings, for instance because no TLS is compiled in.
    pub fn new(builder: ::reqwest::ClientBuilder) -> Result<Self, BuildError> {
        let client = builder
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .build()
            .map_err(BuildError::http_client)?;
        Ok(Self { client })
    }

    /// The transport of a client for one server. If that is on `loopback`, no proxy is used: one
    /// that is meant for the network would send the call to another machine's loopback.
    pub(crate) fn for_server(
        builder: ::reqwest::ClientBuilder,
        connect_timeout: Option<Duration>,
        loopback: bool,
    ) -> Result<Self, BuildError> {
        let builder = match connect_timeout {
            Some(limit) => builder.connect_timeout(limit),
            None => builder,
        };
        Self::new(if loopback { builder.no_proxy() } else { builder })
    }
}

impl fmt::Debug for ReqwestTransport {
    /// reqwest prints default headers and proxies, which may hold secrets; this does not.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let request = convert(request)?;
            let answer = self.client.execute(request).await.map_err(before_answer)?;
            Ok(receive(answer))
        })
    }
}

/// Our request as reqwest's. A URI that reqwest cannot read was never sent.
fn convert(request: Request<RequestBody>) -> Result<::reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let url = url::Url::parse(&head.uri.to_string()).map_err(TransportError::connect)?;
    let mut out = ::reqwest::Request::new(head.method, url);
    *out.headers_mut() = head.headers;
    match body {
        RequestBody::Empty => announce_nothing(&mut out),
        RequestBody::Bytes(bytes) => *out.body_mut() = Some(bytes.into()),
        RequestBody::Stream(stream) => {
            *out.body_mut() = Some(::reqwest::Body::wrap_stream(stream));
        }
    }
    Ok(out)
}

/// A method that usually has a body says so when there is none (RFC 9110, section 8.6); some
/// servers answer 411 otherwise.
fn announce_nothing(request: &mut ::reqwest::Request) {
    if matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn receive(mut answer: ::reqwest::Response) -> Response<ResponseBody> {
    let status = answer.status();
    let version = answer.version();
    let headers = std::mem::take(answer.headers_mut());
    let body = ResponseBody::from_stream(Chunks { inner: Box::pin(answer.bytes_stream()) });
    let mut out = Response::new(body);
    *out.status_mut() = status;
    *out.version_mut() = version;
    *out.headers_mut() = headers;
    out
}

/// reqwest's errors print the URL, whose values are the caller's: they lose it here.
fn before_answer(error: ::reqwest::Error) -> TransportError {
    let timeout = error.is_timeout();
    let unsent = error.is_connect() || error.is_builder();
    let lasting = unsent && tls::is_refused(&error);
    let error = error.without_url();
    let mapped =
        if unsent { TransportError::connect(error) } else { TransportError::exchange(error) };
    let mapped = if lasting { mapped.lasting() } else { mapped };
    if timeout { mapped.timed_out() } else { mapped }
}

fn in_body(error: ::reqwest::Error) -> TransportError {
    let timeout = error.is_timeout();
    let mapped = TransportError::body(error.without_url());
    if timeout { mapped.timed_out() } else { mapped }
}

/// The answer's body with our errors.
struct Chunks {
    inner: Pin<Box<dyn Stream<Item = Result<Bytes, ::reqwest::Error>> + Send>>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.inner.as_mut().poll_next(cx).map(|chunk| chunk.map(|chunk| chunk.map_err(in_body)))
    }
}
