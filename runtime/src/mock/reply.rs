//! An answer of the mock, as the wire has it.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;

use super::{Sent, broken};
use crate::transport::{ResponseBody, TransportError};

/// An answer by status, headers and body: for what no type of the operation has, such as a proxy's
/// page, a body that breaks off, or a status that the document does not know.
///
/// ```
/// use specwright_runtime::mock::Reply;
///
/// let page = Reply::new(502).header("content-type", "text/html").body("<h1>Bad gateway</h1>");
/// let half = Reply::new(200).body(r#"{"id": "#).broken_off();
/// ```
#[derive(Clone)]
#[must_use = "a reply is given to an expectation"]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    /// What arrives, each after a pause.
    chunks: VecDeque<(Duration, Bytes)>,
    broken_off: bool,
    delay: Duration,
    /// It comes in the envelope that a call may have asked for.
    pub(super) typed: bool,
}

impl Reply {
    /// An answer of this status, without a body.
    ///
    /// # Panics
    /// The status is none: it has not three digits.
    #[track_caller]
    pub fn new(status: u16) -> Self {
        let headers = HeaderMap::new();
        let (chunks, delay) = (VecDeque::new(), Duration::ZERO);
        let status = status_of(status);
        Self { status, headers, chunks, broken_off: false, delay, typed: false }
    }

    /// Sets a header.
    ///
    /// # Panics
    /// It is none.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => drop(self.headers.append(name, value)),
            (Err(_), _) => broken(&format!("`{name}` is no name of a header")),
            (_, Err(_)) => broken(&format!("header `{name}` cannot have this value")),
        }
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.chunks.clear();
        self.chunk(body)
    }

    /// Sets the body to `value` as JSON, and says so unless there is a `Content-Type` already.
    ///
    /// # Panics
    /// The value cannot be written.
    #[track_caller]
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        let json = HeaderValue::from_static("application/json");
        self.headers.entry(CONTENT_TYPE).or_insert(json);
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body(bytes),
            Err(error) => broken(&format!("the body cannot be written as JSON: {error}")),
        }
    }

    /// Adds to the body, as a piece that arrives by itself.
    pub fn chunk(self, chunk: impl Into<Bytes>) -> Self {
        self.chunk_after(Duration::ZERO, chunk)
    }

    /// Adds to the body what arrives after a pause.
    pub fn chunk_after(mut self, pause: Duration, chunk: impl Into<Bytes>) -> Self {
        self.chunks.push_back((pause, chunk.into()));
        self
    }

    /// Behind its last chunk the body breaks off.
    pub fn broken_off(mut self) -> Self {
        self.broken_off = true;
        self
    }

    /// The answer takes this long. With tokio's clock paused, no time passes.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    #[track_caller]
    pub(super) fn status(mut self, status: u16) -> Self {
        self.status = status_of(status);
        self
    }

    pub(super) async fn give(self, sent: &Sent) -> Result<Response<ResponseBody>, TransportError> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let reply = if self.typed { self.in_envelope(sent) } else { self };
        let body = Body { chunks: reply.chunks, broken_off: reply.broken_off, pause: None };
        let mut response = Response::new(ResponseBody::from_stream(body));
        *response.status_mut() = reply.status;
        *response.headers_mut() = reply.headers;
        Ok(response)
    }

    /// The answer as the server wraps it, if the call has asked for that.
    fn in_envelope(self, sent: &Sent) -> Self {
        let fields = sent.asked.as_deref().and_then(|asked| asked.operation.envelope_fields());
        let Some(fields) = fields else { return self };
        if sent.query(fields.parameter).as_deref() != Some("true") {
            return self;
        }
        let content: Vec<u8> = self.chunks.iter().flat_map(|(_, chunk)| chunk.to_vec()).collect();
        let content = if content.is_empty() { &b"null"[..] } else { &content };
        let name = |name: &str| serde_json::Value::from(name).to_string();
        let status = self.status.as_u16();
        let mut body = format!("{{{}:{status},{}:", name(fields.status), name(fields.content));
        body.push_str(&String::from_utf8_lossy(content));
        body.push('}');
        self.status(200).body(body)
    }
}

impl fmt::Debug for Reply {
    /// Header names only, as of every answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("chunks", &self.chunks.len())
            .finish_non_exhaustive()
    }
}

#[track_caller]
fn status_of(status: u16) -> StatusCode {
    match StatusCode::from_u16(status) {
        Ok(status) => status,
        Err(_) => broken(&format!("{status} is no status")),
    }
}

/// A body that arrives in pieces.
struct Body {
    chunks: VecDeque<(Duration, Bytes)>,
    broken_off: bool,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some((pause, _)) = self.chunks.front() else {
            let broken_off = std::mem::take(&mut self.broken_off);
            return Poll::Ready(broken_off.then(|| Err(TransportError::body("as the test wants"))));
        };
        if !pause.is_zero() {
            let pause = *pause;
            let sleep = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            ready!(sleep.as_mut().poll(cx));
            self.pause = None;
        }
        Poll::Ready(self.chunks.pop_front().map(|(_, chunk)| Ok(chunk)))
    }
}
