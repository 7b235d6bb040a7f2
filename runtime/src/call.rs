//! A call that is being put together: what generated methods fill in before `send`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::body::{Body, Multipart};
use crate::client::Core;
use crate::codegen::Operation;
use crate::pages::Followed;
use crate::stream::Item;

mod encoded;
mod options;
mod param;
pub(crate) mod path;
pub(crate) mod plain;
pub(crate) mod query;
mod send;
mod style;
pub(crate) mod tree;

pub use self::options::CallOptions;
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
    /// Where the call goes instead, with all of its query.
    pub(crate) followed: Option<Followed>,
    pub(crate) body: Option<Body>,
    pub(crate) form: Option<Multipart>,
    /// What the body is, where the operation leaves a choice.
    pub(crate) content_type: Option<&'static str>,
    /// What the answer should be, where it is not what the operation usually accepts.
    pub(crate) accept: Option<&'static str>,
    /// A success is handed over as it arrives.
    pub(crate) streamed: bool,
    /// A success is a download, which may be taken up again.
    pub(crate) download: bool,
    /// The call asks for the rest of a download.
    pub(crate) is_rest: bool,
    /// What of the answer's events is the value, and which data ends them.
    pub(crate) events: (Item, Option<&'static str>),
    pub(crate) envelope: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) options: Option<Arc<CallOptions>>,
    /// The first argument that was refused, in words that do not repeat its value.
    pub(crate) refused: Option<String>,
}

impl Call {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        let options = core.options();
        let (headers, refused) = match options.as_deref() {
            Some(options) => (options.headers.clone(), options.refused.clone()),
            None => (HeaderMap::new(), None),
        };
        let parts = Parts {
            core,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers,
            cookies: Vec::new(),
            followed: None,
            body: None,
            form: None,
            content_type: None,
            accept: None,
            streamed: false,
            download: false,
            is_rest: false,
            events: (Item::Data, None),
            envelope: false,
            timeout: None,
            options,
            refused,
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
        if options::is_framing(&name) {
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

    /// Asks for another media type than the operation usually does.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.parts.accept = Some(media_types);
        self
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

    /// What calls are made of that go on from this one: its client, with the same options.
    #[must_use]
    pub fn core(&self) -> &Core {
        &self.parts.core
    }

    /// The text of a parameter of the path, as it was given.
    #[must_use]
    pub fn given(&self, name: &str) -> &str {
        let mut values = self.parts.path.iter();
        match values.find(|(known, _)| *known == name) {
            Some((_, path::Value::Text(text))) => text,
            Some((_, path::Value::Encoded(_))) | None => "",
        }
    }

    /// Sets a query parameter that the caller may have set.
    pub(crate) fn replace_query(&mut self, name: &'static str, value: &str) {
        self.set_query(name, query::pair(name, value));
    }

    /// All that a parameter contributes to the query.
    pub(crate) fn query_of(&self, name: &str) -> Option<&str> {
        let mut query = self.parts.query.iter();
        query.find(|(known, _)| *known == name).map(|(_, encoded)| encoded.as_str())
    }

    /// Goes where a link of an answer leads, which has the parameters of the query in it.
    pub(crate) fn follow(&mut self, link: Followed) {
        self.parts.followed = Some(link);
    }

    pub(crate) fn as_parts(&self) -> &Parts {
        &self.parts
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.parts.operation
    }

    pub(crate) fn from_parts(parts: Box<Parts>) -> Self {
        Self { parts }
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
