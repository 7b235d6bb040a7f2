//! The body of a documented error.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::decode;

/// The body of a documented error: decoded where it is what the document says, and its bytes in
/// any case.
///
/// A 404 that carries a proxy's HTML page stays a 404; [`get`](Self::get) is `None` then.
#[derive(Clone)]
pub struct ErrorBody<T> {
    value: Option<T>,
    bytes: Bytes,
    decode_error: Option<String>,
}

impl<T> ErrorBody<T> {
    /// A body that holds `value`, for tests: its bytes are empty.
    pub fn new(value: T) -> Self {
        Self { value: Some(value), bytes: Bytes::new(), decode_error: None }
    }

    /// Decodes JSON.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self
    where
        T: DeserializeOwned,
    {
        let bytes = bytes.into();
        Self::from_result(decode::json(&bytes, false), bytes)
    }

    pub(super) fn from_result(result: Result<T, String>, bytes: Bytes) -> Self {
        match result {
            Ok(value) => Self { value: Some(value), bytes, decode_error: None },
            Err(reason) => Self { value: None, bytes, decode_error: Some(reason) },
        }
    }

    /// The decoded body, unless it is not what the document says.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The decoded body by value.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        self.value
    }

    /// The body as it was received.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Why [`get`](Self::get) is `None`: the place in the body, never what stands there.
    #[must_use]
    pub fn decode_error(&self) -> Option<&str> {
        self.decode_error.as_deref()
    }
}

impl<T: fmt::Debug> fmt::Debug for ErrorBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBody")
            .field("value", &self.value)
            .field("bytes", &self.bytes.len())
            .field("decode_error", &self.decode_error)
            .finish()
    }
}
