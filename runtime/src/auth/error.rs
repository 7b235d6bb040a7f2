//! Why a login failed.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::transport::{TransportError, TransportPhase};

/// What went wrong with a login, for code that decides what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The credentials as given cannot be used: a token with a line break, a token URL that is no
    /// URL, a request to another origin than the client's. Nothing was sent.
    Configuration,
    /// The server refuses the credentials.
    Rejected,
    /// Too many token requests (429); see [`AuthError::retry_after`].
    RateLimited,
    /// The token endpoint knows the client and gives it no token (403 `access_denied`), for
    /// instance because the account has too many live tokens.
    AccessDenied,
    /// The token endpoint is in trouble (5xx).
    Unavailable,
    /// No complete answer came from the token endpoint.
    Transport,
    /// The store of tokens cannot be read or written.
    Store,
    /// The answer or the challenge breaks its own rules.
    Malformed,
    /// The server asks for something that is refused by name, such as `qop=auth-int`.
    Unsupported,
}

/// A login that failed.
///
/// Neither this error nor anything it holds contains a secret, a token, or the body of an answer.
#[derive(Clone, Debug)]
pub struct AuthError {
    inner: Box<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    kind: AuthErrorKind,
    message: Cow<'static, str>,
    status: Option<StatusCode>,
    code: Option<Box<str>>,
    retry_after: Option<Duration>,
    retryable: bool,
    transport: Option<Arc<TransportError>>,
}

impl AuthError {
    /// An error of `kind`; `message` is shown to people and must not contain a secret.
    pub fn new(kind: AuthErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                message: message.into(),
                status: None,
                code: None,
                retry_after: None,
                retryable: false,
                transport: None,
            }),
        }
    }

    /// Adds the status of the answer that told so.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.inner.status = Some(status);
        self
    }

    /// Adds how long the server asks to wait.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        self.inner.retry_after = delay;
        self
    }

    /// Says that the same login may succeed later.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.inner.retryable = true;
        self
    }

    pub(super) fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(AuthErrorKind::Configuration, message)
    }

    pub(super) fn malformed(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(AuthErrorKind::Malformed, message)
    }

    pub(super) fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(AuthErrorKind::Unsupported, message)
    }

    /// Asking for a token twice does no harm, so a failed exchange may be repeated if that helps.
    pub(super) fn transport(error: TransportError) -> Self {
        let mut out = Self::new(AuthErrorKind::Transport, "the token request failed");
        out.inner.retryable = !error.is_lasting();
        out.inner.transport = Some(Arc::new(error));
        out
    }

    pub(super) fn with_code(mut self, code: Option<Box<str>>) -> Self {
        self.inner.code = code;
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> AuthErrorKind {
        self.inner.kind
    }

    /// The status of the token endpoint's answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// The `error` of an OAuth answer (RFC 6749, section 5.2), such as `invalid_client`.
    ///
    /// Only a short word of lower-case letters and underscores is kept.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// How long the server asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// Whether the same login may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.inner.retryable
    }

    /// Whether a time limit was the reason.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.transport_error().is_some_and(TransportError::is_timeout)
    }

    /// Whether no connection to the token endpoint could be made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.transport_error().is_some_and(|error| error.phase() == TransportPhase::Connect)
    }

    /// The failure below HTTP, when that was the reason.
    #[must_use]
    pub fn transport_error(&self) -> Option<&TransportError> {
        self.inner.transport.as_deref()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)?;
        match (self.inner.status, self.code()) {
            (Some(status), Some(code)) => write!(f, " (status {}, {code})", status.as_u16())?,
            (Some(status), None) => write!(f, " (status {})", status.as_u16())?,
            (None, Some(code)) => write!(f, " ({code})")?,
            (None, None) => {}
        }
        match self.inner.retry_after {
            Some(delay) => write!(f, ", to be tried again after {} s", delay.as_secs()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for AuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.transport_error().map(|error| error as &(dyn std::error::Error + 'static))
    }
}
