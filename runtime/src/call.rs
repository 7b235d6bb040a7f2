//! A call that is being put together: what generated methods fill in before `send`.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::body::{Body, Multipart};
use crate::client::Core;
use crate::codegen::{Answers, Operation};
use crate::error::ServiceError;
use crate::response::{self, Response, ResponseFuture};

mod encoded;
mod param;
pub(crate) mod path;
pub(crate) mod query;
mod style;
mod tree;

pub use self::param::Param;
pub use self::style::Style;

/// One call of one operation.
///
/// Setters never fail. A value that cannot be sent is remembered, and the call comes out of `send`
/// as [`ErrorKind::Build`](crate::ErrorKind::Build) without anything having left the program.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    // Boxed, because every setter of every generated operation moves a call.
    parts: Box<Parts>,
}

/// What a call consists of.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(&'static str, path::Value)>,
    /// A parameter's name and all it contributes to the query, percent-encoded.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    /// A cookie's name and all it contributes to `Cookie`, encoded.
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) body: Option<Body>,
    pub(crate) form: Option<Multipart>,
    /// What the body is, where the operation leaves a choice.
    pub(crate) content_type: Option<&'static str>,
    pub(crate) envelope: bool,
    pub(crate) timeout: Option<Duration>,
    /// The first argument that was refused, in words that do not repeat its value.
    pub(crate) refused: Option<String>,
}

impl Call {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        let parts = Parts {
            core,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: None,
            form: None,
            content_type: None,
            envelope: false,
            timeout: None,
            refused: None,
        };
        Self { parts: Box::new(parts) }
    }

    /// Fills in a parameter of the path, as one segment or a part of one.
    pub fn path(mut self, name: &'static str, value: impl Param) -> Self {
        self.parts.path.push((name, path::Value::Text(value.to_param())));
        self
    }

    /// Sets a query parameter; setting it again replaces it.
    pub fn query(mut self, name: &'static str, value: impl Param) -> Self {
        self.set_query(name, query::pair(name, &value.to_param()));
        self
    }

    /// Sets a query parameter to a list: repeated (`a=1&a=2`) where it explodes, else joined by
    /// commas (OpenAPI 3.0.3, style `form`). An empty list sends nothing.
    pub fn query_list<I>(mut self, name: &'static str, values: I, explode: bool) -> Self
    where
        I: IntoIterator,
        I::Item: Param,
    {
        let values: Vec<String> = values.into_iter().map(|value| value.to_param()).collect();
        self.set_query(name, query::list(name, &values, explode));
        self
    }

    /// Sets a header parameter.
    pub fn header(mut self, name: &'static str, value: impl Param) -> Self {
        // Bytes above 127 are obs-text (RFC 9110, section 5.5): legal, and what UTF-8 needs.
        let value = HeaderValue::from_bytes(value.to_param().as_bytes());
        match (HeaderName::from_bytes(name.as_bytes()), value) {
            (Ok(name), Ok(value)) => return self.header_value(name, value),
            (Err(_), _) => self.refuse(format!("`{name}` is no header name")),
            (_, Err(_)) => self.refuse(format!("header `{name}` holds a control character")),
        }
        self
    }

    /// Sets any header of this call. It wins over what the client or the operation would send.
    /// Those that say where a request goes or where it ends are refused.
    pub fn header_value(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(&name) {
            self.refuse(format!("header `{name}` is the transport's own"));
        } else {
            self.parts.headers.insert(name, value);
        }
        self
    }

    /// Limits this call as a whole, logging in included, instead of the client's own limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.parts.timeout = Some(limit);
        self
    }

    /// Asks for the answer in an envelope, which is taken off again, or says that none is wanted.
    pub fn envelope(mut self, envelope: bool) -> Self {
        let Some(fields) = self.parts.operation.envelope_fields() else {
            self.refuse("the operation has no envelope".to_owned());
            return self;
        };
        self.parts.envelope = envelope;
        self.query(fields.parameter, envelope)
    }

    /// Sets the body, encoded as JSON now.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.parts.body = Some(Body::from(bytes)),
            // serde_json only passes on what a type's own encoding says, which may quote a value.
            Err(_) => self.refuse("the body cannot be written as JSON".to_owned()),
        }
        self
    }

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

    pub(crate) fn into_parts(self) -> Box<Parts> {
        self.parts
    }

    fn set_query(&mut self, name: &'static str, encoded: String) {
        let query = &mut self.parts.query;
        query.retain(|(set, _)| *set != name);
        if !encoded.is_empty() {
            query.push((name, encoded));
        }
    }

    fn refuse(&mut self, reason: String) {
        self.parts.refused.get_or_insert(reason);
    }
}

impl fmt::Debug for Call {
    /// Names the operation; its arguments may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.parts.operation.id())
            .finish_non_exhaustive()
    }
}
