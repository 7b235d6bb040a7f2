//! What became of every place of the document that the output carries: which have a type, which
//! stayed JSON, and why.
//!
//! In: the `ir`, facts and names. Out: a [`Census`]. A place is where a value stands: a
//! property, an item of a list, a parameter, a body. It is counted once, at its JSON pointer,
//! however many items of the output it ends up in; what is not generated does not count. Nothing is
//! decided here, and nothing later depends on it.

mod entries;
mod walk;

pub use entries::{Cause, Census, OperationEntry, Travel, TypeEntry, UntypedPlace, What};
pub(crate) use walk::take;

#[cfg(test)]
mod tests;
