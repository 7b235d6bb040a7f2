//! A body that arrived by another road than as an answer.

use std::fmt;

/// Why the body of a webhook or callback is not what the document says.
///
/// It says where, and never quotes what was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    detail: String,
}

impl ParseError {
    pub(crate) fn new(detail: String) -> Self {
        Self { detail }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body is not what the document says: {}", self.detail)
    }
}

impl std::error::Error for ParseError {}
