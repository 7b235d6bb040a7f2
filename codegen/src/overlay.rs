//! Overlays: changes to a document that are kept beside it (Overlay Specification 1.0 and 1.1).
//!
//! ```yaml
//! overlay: 1.0.0
//! info: {title: What to wait for, version: 1.0.0}
//! actions:
//!   - target: $.paths['/snapshots'].post
//!     update:
//!       x-specwright-waiter: {name: snapshotCompleted, …}
//! ```
//! In: the document with all of its files. Out: the same with every action done, in order, each part of
//! it knowing the file it comes from, so that messages about it name the overlay. A target that
//! matches nothing is an error: the document has changed, or was never as somebody thought.

mod actions;
mod apply;

use std::path::PathBuf;

use self::actions::Action;
use crate::diagnostics::Diagnostics;
use crate::load::{self, Limits};
use crate::source::{Files, Source};

/// Does what the overlays say, in their order.
///
/// # Errors
/// Overlays that cannot be read or do not fit the document, all of it at once, located.
pub(crate) fn apply(
    files: &dyn Files,
    source: Source,
    overlays: &[PathBuf],
    limits: Limits,
) -> Result<(Source, Diagnostics), Diagnostics> {
    let (source, told) = look(files, source, overlays, limits);
    Ok((source, told.into_result()?))
}

/// [`apply`] for who decides what is an error: what could be done is done.
pub(crate) fn look(
    files: &dyn Files,
    mut source: Source,
    overlays: &[PathBuf],
    limits: Limits,
) -> (Source, Diagnostics) {
    let mut all = Diagnostics::default();
    for path in overlays {
        let overlay = match load::look(files, path, limits) {
            Ok((overlay, errors)) => {
                all.extend(errors);
                overlay
            }
            Err(errors) => {
                all.extend(errors);
                continue;
            }
        };
        let (actions, mut found) = actions::read(&overlay.root);
        source = patch(&source, &overlay, &actions, &mut found);
        found.locate(&overlay);
        all.extend(found);
    }
    (source, all)
}

fn patch(
    source: &Source,
    overlay: &Source,
    actions: &[Action<'_>],
    found: &mut Diagnostics,
) -> Source {
    let mut parts = source.parts().clone();
    let file = parts.add(overlay.as_part());
    let mut patch = apply::Patch::new(source.root.clone(), parts, file);
    for action in actions {
        if let Err(problem) = patch.act(action) {
            found.push(problem);
        }
    }
    let (root, parts) = patch.into_parts();
    source.patched(root, parts)
}

#[cfg(test)]
mod tests;
