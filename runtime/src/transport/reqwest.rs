//! The transport used by default: reqwest, tamed.

use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response};

use super::upload::Upload;
use super::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError, tls};
use crate::auth::is_loopback;
use crate::error::BuildError;

/// Sends requests with a [`reqwest::Client`] that follows no redirect, undoes no compression and
/// repeats nothing.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
    direct: Option<Direct>,
}

/// What sends to this machine where the client itself may use a proxy: one that is meant for the
/// network would bring the request, with its secrets, to another machine's loopback.
///
/// A token URL or an operation's own server may be on loopback while the client's server is not.
/// That is rare and setting up a client costs time, so it is made when it is first needed; of
/// reqwest's own settings, because the caller's can be used for one client only.
#[derive(Clone)]
struct Direct {
    client: Arc<OnceLock<::reqwest::Client>>,
    connect_timeout: Option<Duration>,
}

impl ReqwestTransport {
    /// A transport from the caller's own settings: certificates, proxies, pools, addresses.
    ///
    /// Redirects, decompression and reqwest's own repeats are switched off whatever the caller
    /// chose.
    ///
    /// # Errors
    /// reqwest refuses the settings, for instance because no TLS is compiled in. With the feature
    /// `rustls-no-provider` and no other TLS, the program has installed no provider yet.
    pub fn new(builder: ::reqwest::ClientBuilder) -> Result<Self, BuildError> {
        Ok(Self { client: tame(builder)?, direct: None })
    }

    /// The transport of a client for one server. If that is on `loopback`, no proxy is used for
    /// anything; else only not for what goes to loopback all the same.
    pub(crate) fn for_server(
        builder: ::reqwest::ClientBuilder,
        connect_timeout: Option<Duration>,
        loopback: bool,
    ) -> Result<Self, BuildError> {
        let builder = limit_connecting(builder, connect_timeout);
        if loopback {
            return Self::new(builder.no_proxy());
        }
        let direct = Direct { client: Arc::default(), connect_timeout };
        Ok(Self { client: tame(builder)?, direct: Some(direct) })
    }

    /// Which client sends to `url`.
    fn client_for(&self, url: &url::Url) -> Result<&::reqwest::Client, TransportError> {
        match &self.direct {
            Some(direct) if is_loopback(url) => direct.client(),
            Some(_) | None => Ok(&self.client),
        }
    }
}

impl Direct {
    fn client(&self) -> Result<&::reqwest::Client, TransportError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let builder = limit_connecting(::reqwest::Client::builder(), self.connect_timeout);
        let made = tame(builder.no_proxy()).map_err(TransportError::connect)?;
        Ok(self.client.get_or_init(|| made))
    }
}

fn limit_connecting(
    builder: ::reqwest::ClientBuilder,
    limit: Option<Duration>,
) -> ::reqwest::ClientBuilder {
    match limit {
        Some(limit) => builder.connect_timeout(limit),
        None => builder,
    }
}

/// A client without redirects, decompression and repeats.
fn tame(builder: ::reqwest::ClientBuilder) -> Result<::reqwest::Client, BuildError> {
    tls::check_provider()?;
    builder
        .redirect(::reqwest::redirect::Policy::none())
        .retry(::reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .build()
        .map_err(BuildError::http_client)
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
            let client = self.client_for(request.url())?;
            let answer = client.execute(request).await.map_err(before_answer)?;
            Ok(receive(answer))
        })
    }
}

/// The room that is made for the text of a URI.
const USUAL_URI: usize = 256;

/// Our request as reqwest's. A URI that reqwest cannot read was never sent.
fn convert(request: Request<RequestBody>) -> Result<::reqwest::Request, TransportError> {
    let (mut head, body) = request.into_parts();
    let upload = head.extensions.remove::<Upload>();
    // As much as most take; a URI does not say how long it is.
    let mut text = String::with_capacity(USUAL_URI);
    let _ = write!(text, "{}", head.uri);
    let url = url::Url::parse(&text).map_err(TransportError::connect)?;
    let mut out = ::reqwest::Request::new(head.method, url);
    *out.headers_mut() = head.headers;
    match body {
        RequestBody::Empty => announce_nothing(&mut out),
        RequestBody::Bytes(bytes) => {
            *out.body_mut() = Some(match upload {
                // What comes in pieces does not say how much it is (RFC 9112, section 6.2).
                Some(upload) => {
                    out.headers_mut().insert(CONTENT_LENGTH, (bytes.len() as u64).into());
                    ::reqwest::Body::wrap_stream(upload.pieces(bytes))
                }
                None => bytes.into(),
            });
        }
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
