//! A request that reached the mock.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Asked, difference};
use crate::decode;
use crate::error::ParseError;
use crate::transport::Attempt;

/// A request as it was sent: a call, a repeat of one, or a request for a token.
#[derive(Clone)]
pub struct Sent {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    pub(super) asked: Option<Arc<Asked>>,
    attempt: u32,
}

impl Sent {
    pub(super) fn new(head: &http::request::Parts, body: Bytes) -> Self {
        Self {
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            body,
            asked: head.extensions.get::<Arc<Asked>>().cloned(),
            attempt: head.extensions.get::<Attempt>().map_or(1, |attempt| attempt.number),
        }
    }

    /// The operation's id in its document; `None` if the request is no call.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.asked.as_deref().map(|asked| asked.operation.id())
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URI, with all that a login has added.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The path of the URI, percent-encoded.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The value of a parameter of the path, by its name in the document.
    #[must_use]
    pub fn path_value(&self, name: &str) -> Option<&str> {
        let mut values = self.asked.as_deref()?.path.iter();
        values.find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a query parameter, by its name in the document.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.uri.query()?.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }

    /// The first value of a header, if it is a text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty if there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON. What a client only sends has no `Deserialize`, unless it was generated with
    /// `both-directions`: [`is_json`](Self::is_json) compares those.
    ///
    /// # Errors
    /// Says where the body is not what `T` wants.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ParseError> {
        decode::parse(&self.body)
    }

    /// Whether the body is `value` as JSON, whatever the order of properties.
    #[must_use]
    pub fn is_json<T: Serialize + ?Sized>(&self, value: &T) -> bool {
        let sent = serde_json::from_slice::<Value>(&self.body);
        matches!((sent, serde_json::to_value(value)), (Ok(sent), Ok(value)) if sent == value)
    }

    /// Which request of its call it was, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// `takeSnapshot (POST /groups/32b6)`.
    pub(super) fn title(&self) -> String {
        let path = difference::path_and_query(&self.uri);
        difference::title(self.operation(), &self.method, &path)
    }
}

impl fmt::Debug for Sent {
    /// Neither headers nor the body: a test that logs in sends secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("operation", &self.operation())
            .field("method", &self.method)
            .field("path", &self.path())
            .field("attempt", &self.attempt)
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}
