//! What a request has to be for an expectation to be met.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;

use super::{Asked, Sent, difference};
use crate::call::Call;
use crate::codegen::Operation;
use crate::exchange;
use crate::stream::Item;

/// A condition of the test's own.
pub(super) type Condition = Arc<dyn Fn(&Sent) -> bool + Send + Sync>;

/// A call as it has to be.
pub(super) struct Wanted {
    operation: Option<&'static Operation>,
    method: Method,
    /// Path and query, or the path alone of a request that is no call.
    target: String,
    arguments: Option<Arguments>,
    conditions: Vec<Condition>,
    accept: Option<&'static str>,
    events: (Item, Option<&'static str>),
}

/// All that a call says beside its operation.
struct Arguments {
    asked: Asked,
    any_headers: bool,
    body: Content,
}

enum Content {
    /// These bytes, or JSON that means the same.
    Exactly(Bytes),
    /// A stream, or a form with a boundary that differs each time.
    Anything,
}

impl Wanted {
    /// The call.
    ///
    /// # Errors
    /// Says why it could not be sent.
    pub(super) fn call(call: Call) -> Result<Self, String> {
        let parts = *call.into_parts();
        if let Some(reason) = parts.refused {
            return Err(reason);
        }
        let uri = exchange::uri(&parts)?;
        let body = match (&parts.form, &parts.body) {
            (Some(_), _) => Content::Anything,
            (None, None) => Content::Exactly(Bytes::new()),
            (None, Some(body)) => body.bytes().cloned().map_or(Content::Anything, Content::Exactly),
        };
        let operation = parts.operation;
        Ok(Self {
            operation: Some(operation),
            method: operation.method().clone(),
            target: difference::path_and_query(&uri),
            arguments: Some(Arguments { asked: Asked::new(&parts, uri), any_headers: false, body }),
            conditions: Vec::new(),
            accept: parts.accept.or(operation.accepted()),
            events: parts.events,
        })
    }

    /// Any request to `path`.
    pub(super) fn request(method: Method, path: String) -> Self {
        Self {
            operation: None,
            method,
            target: path,
            arguments: None,
            conditions: Vec::new(),
            accept: None,
            events: (Item::Data, None),
        }
    }

    /// Whatever the arguments.
    pub(super) fn any_arguments(&mut self) {
        self.arguments = None;
    }

    /// Whatever the body.
    pub(super) fn any_body(&mut self) {
        if let Some(arguments) = &mut self.arguments {
            arguments.body = Content::Anything;
        }
    }

    /// Whatever the call's own headers and cookies.
    pub(super) fn any_headers(&mut self) {
        if let Some(arguments) = &mut self.arguments {
            arguments.any_headers = true;
        }
    }

    pub(super) fn also(&mut self, condition: Condition) {
        self.conditions.push(condition);
    }

    /// Whether `sent` is a call of the operation, or a request of this method and path.
    pub(super) fn is_of(&self, sent: &Sent) -> bool {
        match (self.operation, &sent.asked) {
            (Some(operation), Some(asked)) => std::ptr::eq(operation, asked.operation),
            (Some(_), None) => false,
            (None, _) => self.method == *sent.method() && self.target == sent.path(),
        }
    }

    /// What of `sent`, which [`is_of`](Self::is_of) the operation, is not as it has to be.
    pub(super) fn differences(&self, sent: &Sent) -> Vec<String> {
        let mut told = match (&self.arguments, &sent.asked) {
            (Some(arguments), Some(asked)) => arguments.differences(asked, sent.body()),
            (Some(_) | None, _) => Vec::new(),
        };
        if !self.conditions.iter().all(|condition| condition(sent)) {
            told.push("the condition given to `matching` does not hold".to_owned());
        }
        told
    }

    /// What the call accepts: the media type of JSON among it if there is one.
    pub(super) fn media_type(&self) -> Option<&'static str> {
        let bare = |text: &'static str| text.split(';').next().unwrap_or_default().trim();
        let mut all = self.accept?.split(',').map(bare);
        let first = all.clone().next();
        all.find(|text| text.contains("json")).or(first).filter(|text| !text.contains('*'))
    }

    /// What of an event is a value, and the data that ends them.
    pub(super) fn events(&self) -> (Item, Option<&'static str>) {
        self.events
    }

    /// The first status that the document makes a success: 200, if it does not say.
    pub(super) fn success(&self) -> u16 {
        self.operation.map_or(200, Operation::first_success)
    }
}

impl Arguments {
    fn differences(&self, sent: &Asked, body: &[u8]) -> Vec<String> {
        let wanted = &self.asked;
        let mut told = Vec::new();
        if wanted.uri.path() != sent.uri.path() {
            told.push(format!("path: expected {}, sent {}", wanted.uri.path(), sent.uri.path()));
        }
        told.extend(difference::queries(wanted.uri.query(), sent.uri.query()));
        if !self.any_headers {
            told.extend(difference::headers(&wanted.headers, &sent.headers));
            told.extend(difference::cookies(&wanted.cookies, &sent.cookies));
        }
        if let Content::Exactly(wanted) = &self.body {
            told.extend(difference::bodies(wanted, body));
        }
        told
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = match (self.operation, &self.arguments) {
            (Some(operation), None) => operation.path(),
            (Some(_) | None, _) => &self.target,
        };
        f.write_str(&difference::title(self.operation.map(Operation::id), &self.method, target))
    }
}
