//! How an operation's error type is made from an answer.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::ErrorBody;

/// An operation's error type: one variant for each status its document lists.
///
/// Implemented by the derive of the same name in generated code.
pub trait ServiceError: std::error::Error + Sized + Send + Sync + 'static {
    /// The variant for the answer's status.
    ///
    /// # Errors
    /// Gives the parts back when no variant is for that status.
    fn decode(parts: ErrorParts) -> Result<Self, ErrorParts>;
}

/// The answer an error type is made from: its status, and its body in the form a variant wants.
pub struct ErrorParts {
    status: u16,
    bytes: Bytes,
}

impl ErrorParts {
    /// The parts of an answer.
    pub fn new(status: u16, bytes: impl Into<Bytes>) -> Self {
        Self { status, bytes: bytes.into() }
    }

    /// The status. Inside an envelope, the inner status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(self) -> ErrorBody<T> {
        ErrorBody::from_bytes(self.bytes)
    }

    /// The body as UTF-8 text.
    #[must_use]
    pub fn text(self) -> ErrorBody<String> {
        ErrorBody::from_result(crate::decode::utf8(&self.bytes), self.bytes)
    }

    /// The body as it is.
    #[must_use]
    pub fn bytes(self) -> ErrorBody<Bytes> {
        ErrorBody::from_result(Ok(self.bytes.clone()), self.bytes)
    }

    /// A status for which the document lists no body; what came is kept in
    /// [`ErrorBody::bytes`].
    #[must_use]
    pub fn empty(self) -> ErrorBody<()> {
        ErrorBody::from_result(Ok(()), self.bytes)
    }
}

impl fmt::Debug for ErrorParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorParts")
            .field("status", &self.status)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// The error type of an operation whose document lists no error. It has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl fmt::Display for NoError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for NoError {}

impl ServiceError for NoError {
    fn decode(parts: ErrorParts) -> Result<Self, ErrorParts> {
        Err(parts)
    }
}
