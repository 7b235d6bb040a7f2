//! One error type for all operations of a client.

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::{BuildError, CredentialsError, Details, Error, ErrorKind, ParseError, ServiceError};
use crate::auth::AuthError;
use crate::response::{self, Header};
use crate::transport::TransportError;

/// An error of any operation, of building the client, of a login, of a webhook or of the system: what
/// `?` turns the others into.
pub struct AnyError {
    details: Box<Details>,
    service: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AnyError {
    /// A failure behind the head of an answer, which no operation documents.
    pub(crate) fn of(details: Box<Details>) -> Self {
        Self { details, service: None }
    }

    /// The server has acted on something that this is about.
    pub(crate) fn set_reached(&mut self) {
        self.details.reached = true;
    }

    /// What sort of failure this is. A client that could not be built is
    /// [`ErrorKind::Build`], credentials that were not found are [`ErrorKind::Auth`], and the body of
    /// a webhook that is not what the document says is [`ErrorKind::Decode`].
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.details.kind
    }

    /// The documented error, if it is of operation error type `E`.
    #[must_use]
    pub fn as_service<E: ServiceError>(&self) -> Option<&E> {
        self.service.as_ref()?.downcast_ref()
    }

    /// The documented error by value.
    ///
    /// # Errors
    /// Gives the error back when it is of any other type or kind.
    pub fn into_service<E: ServiceError>(self) -> Result<E, Self> {
        match self.service.map(|service| service.downcast::<E>()) {
            Some(Ok(service)) => Ok(*service),
            Some(Err(service)) => Err(Self { details: self.details, service: Some(service) }),
            None => Err(Self { details: self.details, service: None }),
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

    /// How long the server asks to wait, as [`Error::retry_after`].
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

    /// Whether the server may have acted on the call, as [`Error::may_have_reached_server`].
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

    /// Why logging in failed, if that is what happened.
    #[must_use]
    pub fn as_auth(&self) -> Option<&AuthError> {
        self.details.as_auth()
    }

    /// The operation's id in its document; empty if there was no call.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.details.operation_id()
    }
}

impl<E: ServiceError> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        let service =
            error.service.map(|service| -> Box<dyn std::error::Error + Send + Sync> { service });
        Self { details: error.details, service }
    }
}

impl From<BuildError> for AnyError {
    fn from(error: BuildError) -> Self {
        let (message, source) = error.into_parts();
        let mut details = Details::new(ErrorKind::Build, None).because(message);
        details.source = source;
        Self { details, service: None }
    }
}

impl From<CredentialsError> for AnyError {
    fn from(error: CredentialsError) -> Self {
        let details = Details::new(ErrorKind::Auth, None).because(error.to_string());
        Self { details, service: None }
    }
}

impl From<ParseError> for AnyError {
    fn from(error: ParseError) -> Self {
        Self::of(Details::new(ErrorKind::Decode, None).because(error.to_string()))
    }
}

impl From<AuthError> for AnyError {
    fn from(error: AuthError) -> Self {
        Self::of(Details::without_call(error))
    }
}

impl From<io::Error> for AnyError {
    /// A file that is to be sent and cannot be opened, a thread that the system does not give.
    fn from(error: io::Error) -> Self {
        Self::of(Details::new(ErrorKind::Io, None).because(error.to_string()).caused_by(error))
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.fmt(f)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = self.service.as_ref().map(|service| service as &dyn fmt::Debug);
        self.details.debug(f, "AnyError", service)
    }
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.service {
            Some(service) => service.source(),
            None => self.details.source(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;

    /// `?` has what the system refuses as any other error.
    #[test]
    fn a_file_that_is_not_there_is_an_error_of_the_client() {
        fn body() -> Result<Body, AnyError> {
            Ok(Body::from_file("no such file")?)
        }
        let error = body().err().unwrap();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Io, ""));
        let source = std::error::Error::source(&error).and_then(|one| one.downcast_ref());
        assert_eq!(source.map(io::Error::kind), Some(io::ErrorKind::NotFound), "{error}");
        assert!(!error.may_have_reached_server());
    }
}
