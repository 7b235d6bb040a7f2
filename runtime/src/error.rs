//! Everything that can go wrong, and what a caller may ask about it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::auth::AuthError;
use crate::response::{self, Header};
use crate::transport::TransportError;

mod any;
mod body;
mod details;
mod kind;
mod parse;
mod sample;
mod service;
mod setup;

pub use self::any::AnyError;
pub use self::body::ErrorBody;
pub(crate) use self::details::Details;
pub use self::kind::ErrorKind;
pub use self::parse::ParseError;
pub use self::sample::{ErrorSample, SampleError};
pub use self::service::{ErrorParts, NoError, ServiceError};
pub use self::setup::{BuildError, CredentialsError};

/// Why a call did not give what its document promises.
///
/// `E` is the operation's own error type: one variant for each status the document lists.
/// Neither `Display` nor `Debug` shows a credential or a parameter's value. Of the answer's body,
/// `Debug` shows a documented error as it was decoded, and `Display` nothing.
///
/// ```
/// # use specwright_runtime::{Error, NoError};
/// # fn look(err: Error<NoError>) {
/// match err.as_service() {
///     Some(documented) => println!("the service says no: {documented}"),
///     None if err.may_have_reached_server() => println!("it may have happened all the same"),
///     None => println!("nothing happened: {err}"),
/// }
/// # }
/// ```
pub struct Error<E> {
    details: Box<Details>,
    service: Option<Box<E>>,
}

impl<E> Error<E> {
    /// A failure that is not one of the operation's documented errors.
    pub(crate) fn undocumented(details: Box<Details>) -> Self {
        Self { details, service: None }
    }

    /// An error the document lists for the operation.
    pub(crate) fn documented(details: Box<Details>, service: E) -> Self {
        Self { details, service: Some(Box::new(service)) }
    }

    /// What sort of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.details.kind
    }

    /// The documented error, chosen by status and never guessed from the body's shape.
    #[must_use]
    pub fn as_service(&self) -> Option<&E> {
        self.service.as_deref()
    }

    /// The documented error by value.
    ///
    /// # Errors
    /// Gives the error back when it is of any other kind.
    pub fn into_service(self) -> Result<E, Self> {
        match self.service {
            Some(service) => Ok(*service),
            None => Err(self),
        }
    }

    /// The status of the answer, if there was one. Inside an envelope, the inner status.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.details.status
    }

    /// The name the API gives to the failure, if its document says where that stands
    /// (`x-specwright-error-code`) and it is one word there.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details.code.as_deref()
    }

    /// The headers of the answer; empty if there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.details.headers
    }

    /// A header that the document describes; `None` if it is not there or is not what the document
    /// says.
    #[must_use]
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Option<H> {
        header.read(&self.details.headers)
    }

    /// The body of the answer, if one was read to its end.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        self.details.bytes.as_ref()
    }

    /// How long the server asks to wait before the next attempt (RFC 9110, section 10.2.3), at
    /// most a day.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.details.retry_after()
    }

    /// Since when, or from when on, what was called is deprecated (`Deprecation`, RFC 9745), if the
    /// server says so.
    #[must_use]
    pub fn deprecation(&self) -> Option<Timestamp> {
        response::deprecation(&self.details.headers)
    }

    /// When what was called is expected to be gone (`Sunset`, RFC 8594), if the server says so.
    #[must_use]
    pub fn sunset(&self) -> Option<Timestamp> {
        response::sunset(&self.details.headers)
    }

    /// Whether the server may have acted on the call.
    ///
    /// False only when that is certain not to be so: the call was refused before it was sent, no
    /// connection was made, or all that was sent was turned away with a 401 and the next try never
    /// got out. After several attempts it is about all of them.
    #[must_use]
    pub fn may_have_reached_server(&self) -> bool {
        self.details.reached
    }

    /// How many requests the call sent, those that a login needed included and those for tokens
    /// not.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.details.attempts
    }

    /// Whether a time limit ran out, of whatever sort.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.details.timeout
    }

    /// Whether no connection could be made, to the server or to where it sends for a token.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.details.connect
    }

    /// The failure below HTTP, if that is what happened.
    #[must_use]
    pub fn as_transport(&self) -> Option<&TransportError> {
        self.details.as_transport()
    }

    /// Why logging in failed, if that is what happened: its
    /// [`kind`](crate::auth::AuthError::kind) tells a refusal from trouble at the token endpoint.
    #[must_use]
    pub fn as_auth(&self) -> Option<&AuthError> {
        self.details.as_auth()
    }

    /// The operation's id in its document.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.details.operation_id()
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.debug(f, "Error", self.service.as_ref().map(|e| e as &dyn fmt::Debug))
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    /// What stands behind it. A documented error is no link of the chain, since its status is said
    /// already; [`as_service`](Self::as_service) has it.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.service {
            Some(service) => service.source(),
            None => self.details.source(),
        }
    }
}

#[cfg(test)]
mod tests;
