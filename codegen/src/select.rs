//! Chooses operations on the raw tree, and checks every reference of what is left.
//!
//! What nobody chose is checked for syntax and keys and for nothing else: a document
//! of 540 operations need not be perfect to give a client for one of them.

mod borrowed;
mod labels;
mod links;
mod operations;
mod prune;
mod references;
mod versions;

pub(crate) use self::borrowed::move_to_source;
pub(crate) use self::labels::check as check_labels;
pub(crate) use self::operations::METHODS;
pub use self::operations::{Operation, operations};

use serde_json::Value;

use crate::diagnostics::Diagnostics;
use crate::normalise;
use crate::source::Source;
pub use crate::versions::{Choice, Versions};

/// Which operations the output has: whatever any of the lists names, or all if all are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Operations by `operationId`.
    pub operations: Vec<String>,
    /// Operations by tag.
    pub tags: Vec<String>,
    /// Operations by path: globs in which `*` stays within a segment and `**` does not.
    pub paths: Vec<String>,
    /// The version of each operation, where the document has several.
    pub versions: Versions,
    /// What it names and the document does not have is a note rather than an error.
    pub may_be_stale: bool,
}

impl Selection {
    /// Nothing is chosen: all operations and all components are meant.
    pub(crate) fn is_everything(&self) -> bool {
        self.operations.is_empty() && self.tags.is_empty() && self.paths.is_empty()
    }
}

/// Leaves what the selection reaches, in document order, and checks every reference of it. Of
/// versions the generator does not read, only that much is said. The caller locates what is told.
///
/// # Errors
/// References that lead nowhere, out of the document or in a circle; operations that it does not
/// have.
pub fn select(
    source: &Source,
    selection: &Selection,
) -> Result<(Source, Diagnostics), Diagnostics> {
    let (reduced, found) = look(source, selection)?;
    Ok((reduced, found.into_result()?))
}

/// [`select`] for who wants to know what else is wrong where the version that is asked for is that of
/// nothing: it is an error among what is told, and what is left is as sound as without the wish.
pub(crate) fn look(
    source: &Source,
    selection: &Selection,
) -> Result<(Source, Diagnostics), Diagnostics> {
    normalise::check_version(source)?;
    let (mut root, mut warnings) = choose(source, selection)?;
    let found = references::check(&mut root, source);
    warnings.extend(found);
    warnings.extend(links::check(&root, source));
    let mut warnings = warnings.into_result()?;
    prune::write_out(&mut root);
    let found = versions::pin(&mut root, &selection.versions)?;
    let found = if selection.may_be_stale { found.lenient() } else { found };
    warnings.extend(found);
    Ok((source.with_root(root), warnings))
}

/// The operations that a selection names, all of them if it names none, in document order.
///
/// # Errors
/// Operations that the document does not have.
pub fn chosen<'v>(
    root: &'v Value,
    selection: &Selection,
) -> Result<Vec<Operation<'v>>, Diagnostics> {
    if selection.is_everything() {
        return Ok(operations(root));
    }
    operations::chosen(root, selection).map(|(chosen, _)| chosen)
}

/// The tree with the chosen operations and what they reach, unchecked.
///
/// # Errors
/// Operations that the document does not have, and references to what is not chosen.
pub(crate) fn narrow(source: &Source, selection: &Selection) -> Result<Value, Diagnostics> {
    choose(source, selection).map(|(root, _)| root)
}

/// [`narrow`], with what is told of a choice that stands.
fn choose(source: &Source, selection: &Selection) -> Result<(Value, Diagnostics), Diagnostics> {
    if selection.is_everything() {
        return Ok((source.root.clone(), Diagnostics::default()));
    }
    let (chosen, told) = operations::chosen(&source.root, selection)?;
    Ok((prune::prune(&source.root, &chosen)?, told))
}

#[cfg(test)]
mod tests;
