//! What an answer is good for next.

use crate::pointer::Pointer;

/// An operation to call with what an answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// What the document calls it.
    pub(crate) name: String,
    /// The operation.
    pub(crate) target: LinkTarget,
    /// Its parameters, each with the value or expression to give.
    pub(crate) parameters: Vec<(String, String)>,
    /// The value or expression to send.
    pub(crate) body: Option<String>,
    /// The URL where it is called, if not where the document has it.
    pub(crate) server: Option<String>,
    /// Prose.
    pub(crate) description: Option<String>,
}

/// The operation that a link means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// The one with this `operationId`.
    Id(String),
    /// The one at this place.
    At(Pointer),
    /// One of another document.
    Elsewhere(String),
}
