//! How a documented error is written as the server would: the way back of [`ServiceError`].
//!
//! [`ServiceError`]: super::ServiceError

use bytes::Bytes;
use serde::Serialize;

use super::{ErrorBody, NoError};

/// An error that a mock can answer with; the derive of `ServiceError` implements it with the feature
/// `test-util`.
pub trait SampleError {
    /// The answer that is read as this error.
    fn sample(&self) -> ErrorSample;
}

/// The answer behind an error.
pub struct ErrorSample {
    /// The status, or the first of those that are read as this error.
    pub status: u16,
    /// The body, or why it cannot be written.
    pub body: Result<Bytes, String>,
    /// What the body is, if it is something.
    pub media_type: Option<&'static str>,
}

impl ErrorSample {
    /// A body of JSON: the bytes if there are any, else the value.
    pub fn json<T: Serialize>(status: u16, bytes: &Bytes, value: Option<T>) -> Self {
        let body = match value {
            Some(value) if bytes.is_empty() => {
                serde_json::to_vec(&value).map(Bytes::from).map_err(|error| error.to_string())
            }
            Some(_) | None => Ok(bytes.clone()),
        };
        Self { status, body, media_type: Some("application/json") }
    }

    /// A body of text.
    #[must_use]
    pub fn text(status: u16, body: &ErrorBody<String>) -> Self {
        let text = body.get().filter(|_| body.bytes().is_empty());
        let bytes = text.map_or_else(|| body.bytes().clone(), |text| text.clone().into());
        Self { status, body: Ok(bytes), media_type: Some("text/plain; charset=utf-8") }
    }

    /// A body of any sort.
    #[must_use]
    pub fn bytes(status: u16, body: &ErrorBody<Bytes>) -> Self {
        let bytes = body.get().filter(|_| body.bytes().is_empty());
        let bytes = bytes.unwrap_or(body.bytes()).clone();
        Self { status, body: Ok(bytes), media_type: None }
    }

    /// No body, unless the error has kept one.
    #[must_use]
    pub fn empty(status: u16, body: &ErrorBody<()>) -> Self {
        Self { status, body: Ok(body.bytes().clone()), media_type: None }
    }

    /// An error for which the others leave no status.
    #[must_use]
    pub fn unreachable() -> Self {
        let reason = "no status is read as this error".to_owned();
        Self { status: 500, body: Err(reason), media_type: None }
    }
}

impl SampleError for NoError {
    fn sample(&self) -> ErrorSample {
        match *self {}
    }
}
