//! Text that arrived by another road than as an answer.

use std::fmt;

/// Why the body of a webhook or callback, or the data of an event, is not what it should be.
///
/// It says where, and never quotes what was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    what: &'static str,
    detail: String,
}

impl ParseError {
    /// A body that is not what the document says.
    pub(crate) fn of_body(detail: String) -> Self {
        Self { what: "the body is not what the document says", detail }
    }

    /// The data of an event that is not what the caller wants it to be.
    pub(crate) fn of_event(detail: String) -> Self {
        Self { what: "the data of the event is not what is wanted", detail }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.detail)
    }
}

impl std::error::Error for ParseError {}
