//! Chooses operations on the raw tree, after every reference of the whole document was checked.
//!
//! What nobody chose is checked for syntax, keys and references and for nothing else: a document
//! of 540 operations need not be perfect to give a client for one of them.

mod nearest;
mod operations;
mod prune;
mod references;

pub use self::operations::{Operation, operations};

use crate::diagnostics::Diagnostics;
use crate::normalise;
use crate::source::Source;

/// Which operations the output has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Their `operationId`s; none means all operations and all components.
    pub operations: Vec<String>,
}

/// Checks every reference of the document, then leaves what the selection reaches, in document
/// order. Of versions the generator does not read, only that much is said.
///
/// # Errors
/// References that lead nowhere, out of the document or in a circle; operations that it does not
/// have.
pub fn select(source: Source, selection: &Selection) -> Result<(Source, Diagnostics), Diagnostics> {
    let located = |mut diagnostics: Diagnostics| {
        diagnostics.locate(&source);
        diagnostics.sort();
        diagnostics
    };
    normalise::check_version(&source).map_err(|d| located(d.into()))?;
    let warnings = references::check(&source.root).into_result().map_err(located)?;
    if selection.operations.is_empty() {
        return Ok((source, warnings));
    }
    let chosen = operations::chosen(&source.root, &selection.operations).map_err(located)?;
    let root = prune::prune(&source.root, &chosen).map_err(located)?;
    Ok((source.with_root(root), warnings))
}

#[cfg(test)]
mod tests;
