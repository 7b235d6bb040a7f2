//! Values that have a type of the user's own.

use super::Kind;

/// A schema whose values have a type that the user has already.
#[derive(Clone, Debug)]
pub(crate) struct Foreign {
    /// By which of the user's entries.
    pub(crate) by: By,
    /// What the document says that they are, which still tells them from others.
    pub(crate) instead: Box<Kind>,
}

/// What an entry of the user's is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// The texts and numbers of a format.
    Format(String),
    /// The schema at a JSON pointer into the document.
    Place(String),
}
