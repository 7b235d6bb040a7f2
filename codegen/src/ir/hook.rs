//! What the API sends to its users.

use super::{Docs, SchemaId};
use crate::pointer::Pointer;

/// A request that the API makes, by what its body holds.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// What the document calls it.
    pub(crate) name: String,
    /// Who makes it happen.
    pub(crate) cause: Cause,
    /// The schema of the JSON it brings.
    pub(crate) payload: SchemaId,
    /// Prose.
    pub(crate) docs: Docs,
}

/// Why the API makes a request.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// Something happened.
    Webhook,
    /// An operation asked for it.
    Callback {
        /// The expression that gives the URL, from request and answer of the operation.
        expression: String,
        /// The operations that ask for it, by their position.
        owners: Vec<usize>,
    },
}
