//! Answers in pages: the methods that read them, as they are printed.

use super::SendMethod;
use super::types::Type;

/// The methods of a call whose answers come in pages.
#[derive(Clone, Debug)]
pub(crate) struct Paged {
    /// The method that gives the items of all pages.
    pub(crate) items: SendMethod,
    /// The method that gives the pages.
    pub(crate) pages: SendMethod,
    /// A page.
    pub(crate) page: Type,
    /// An item.
    pub(crate) item: Type,
    /// The way from a page to the list of its items.
    pub(crate) way: Vec<Taken>,
    /// How one page leads to the next.
    pub(crate) paging: crate::ir::Paging,
}

/// A field out of which a value is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The field is the value.
    Value(String),
    /// An `Option` of it.
    Maybe(String),
    /// A `Nullable` of it.
    ThreeState(String),
}
