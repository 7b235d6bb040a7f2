//! What every error knows, whatever its operation. Not generic, so that it is compiled once.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::ErrorKind;
use crate::auth::AuthError;
use crate::codegen::Operation;
use crate::exchange::Answer;
use crate::transport::TransportError;

/// The part of an error that does not depend on the operation's error type.
pub(crate) struct Details {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Option<Bytes>,
    /// Our own words on what is wrong; holds no value of the call and nothing of the body.
    pub(crate) detail: Option<String>,
    pub(crate) source: Option<Box<dyn std::error::Error + Send + Sync>>,
    pub(crate) reached: bool,
    /// How many requests were sent.
    pub(crate) attempts: u32,
    /// The name the API gives to the failure.
    pub(crate) code: Option<String>,
    pub(crate) timeout: bool,
    pub(crate) connect: bool,
    /// Whether another attempt would end the same way.
    pub(crate) lasting: bool,
    /// How long whoever refused asks to wait, if the answer's own headers do not say it.
    pub(crate) retry_after: Option<Duration>,
}

impl Details {
    pub(crate) fn new(kind: ErrorKind, operation: Option<&'static Operation>) -> Box<Self> {
        Box::new(Self {
            kind,
            operation,
            status: None,
            headers: HeaderMap::new(),
            bytes: None,
            detail: None,
            source: None,
            reached: false,
            attempts: 0,
            code: None,
            timeout: false,
            connect: kind == ErrorKind::Connect,
            lasting: false,
            retry_after: None,
        })
    }

    /// A failure that rests on a complete answer.
    pub(crate) fn answered(kind: ErrorKind, answer: Answer) -> Box<Self> {
        let mut details = Self::new(kind, Some(answer.operation));
        details.status = Some(answer.status);
        details.attempts = answer.attempts;
        details.code = answer.code;
        details.headers = answer.headers;
        details.bytes = Some(answer.bytes);
        details.reached = true;
        details
    }

    pub(crate) fn because(mut self: Box<Self>, detail: impl Into<String>) -> Box<Self> {
        self.detail = Some(detail.into());
        self
    }

    pub(crate) fn caused_by(
        mut self: Box<Self>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Box<Self> {
        self.source = Some(source.into());
        self
    }

    /// A login that failed, perhaps at another place than the operation's server.
    pub(crate) fn login(operation: &'static Operation, error: AuthError) -> Box<Self> {
        Self::of_login(Some(operation), error)
    }

    /// A login that failed outside a call, such as giving back a token.
    pub(crate) fn without_call(error: AuthError) -> Box<Self> {
        Self::of_login(None, error)
    }

    fn of_login(operation: Option<&'static Operation>, error: AuthError) -> Box<Self> {
        let mut details = Self::new(ErrorKind::Auth, operation);
        details.timeout = error.is_timeout();
        details.connect = error.is_connect();
        details.retry_after = error.retry_after();
        details.caused_by(error)
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after.or_else(|| crate::response::retry_after(&self.headers))
    }

    pub(crate) fn operation_id(&self) -> &'static str {
        self.operation.map_or("", Operation::id)
    }

    pub(crate) fn as_auth(&self) -> Option<&AuthError> {
        self.source.as_deref()?.downcast_ref()
    }

    pub(crate) fn as_transport(&self) -> Option<&TransportError> {
        self.source.as_deref()?.downcast_ref()
    }

    /// What stands behind what `Display` says. A failure below HTTP says the same in other words, so
    /// that it is left out of the chain for what stands behind it.
    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.as_transport() {
            // Why it was refused is in the detail.
            Some(transport) if transport.is_refused() => None,
            Some(transport) => std::error::Error::source(transport),
            None => self.source.as_deref().map(|source| source as _),
        }
    }

    /// `Debug` for the public errors: header names without values, the body's size only.
    pub(crate) fn debug(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: &str,
        service: Option<&dyn fmt::Debug>,
    ) -> fmt::Result {
        let mut out = f.debug_struct(name);
        out.field("kind", &self.kind).field("operation", &self.operation_id());
        if let Some(status) = self.status {
            out.field("status", &status.as_u16());
            out.field("headers", &self.headers.keys().collect::<Vec<_>>());
        }
        if let Some(code) = &self.code {
            out.field("code", code);
        }
        if let Some(bytes) = &self.bytes {
            out.field("bytes", &bytes.len());
        }
        if let Some(detail) = &self.detail {
            out.field("detail", detail);
        }
        if let Some(service) = service {
            out.field("service", service);
        }
        if let Some(source) = &self.source {
            out.field("source", source);
        }
        out.field("attempts", &self.attempts);
        out.field("may_have_reached_server", &self.reached).finish()
    }
}

impl fmt::Display for Details {
    /// Method, path template, status, code, kind, reason: never a value, never the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.operation, &self.detail) {
            (Some(operation), _) => write!(f, "{} {}: ", operation.method(), operation.path())?,
            // Without a call there is only the reason.
            (None, Some(detail)) => return f.write_str(detail),
            (None, None) => {}
        }
        if let Some(status) = self.status {
            status.fmt(f)?;
            if let Some(code) = &self.code {
                write!(f, ": {code}")?;
            }
            // Of a documented error that is all.
            if self.kind == ErrorKind::Service && self.detail.is_none() {
                return Ok(());
            }
            f.write_str(": ")?;
        }
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}
