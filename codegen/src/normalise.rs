//! From the raw tree to the typed document.
//!
//! openapiv3 reads a sound 3.0 document well and anything else badly: it panics on some numbers,
//! turns schemas it cannot place into `Any`, and says little about what it cannot read. So the
//! tree is put right where its meaning is clear (`repair`), freed of faults that need not stop a
//! run (`mend`), compared with the specification (`check`), and only then handed over.

mod check;
mod hooks;
mod mend;
mod repair;
mod siblings;
mod v31;
mod version;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::parallel;
use crate::pointer::Pointer;
use crate::source::Source;

pub use self::hooks::Document;
pub(crate) use self::hooks::{Cause, Hook};
pub(crate) use self::repair::{EXACT, restore_texts};
pub(crate) use self::v31::{CONTENT, TUPLE, upgrade};
use self::version::Version;

/// Reads the tree as OpenAPI 3.0, and uses it up: a large document need not be in memory twice. The
/// caller locates what is told, together with its own.
///
/// # Errors
/// Another version, or whatever in the tree is not what the OpenAPI specification says; all of it
/// at once.
pub fn normalise(mut source: Source) -> Result<(Document, Diagnostics), Diagnostics> {
    let (version, named) = (version::check(&source)?, version::named(&source));
    let mut root = std::mem::take(&mut source.root);
    let mut diagnostics = repair::repair(&source, &mut root);
    diagnostics.extend(hooks::reduce(&mut root));
    diagnostics.extend(mend::mend(&mut root));
    diagnostics.extend(check::check(&root));
    diagnostics.extend(siblings::keep(&mut root));
    if version == Version::V31 {
        diagnostics.extend(v31::report(&root));
    }
    let beside = match version {
        Version::V30 => BTreeMap::new(),
        Version::V31 => siblings::descriptions(&root),
    };
    let warnings = diagnostics.into_result()?;
    let hooks = hooks::take(&mut root)?;
    let openapi = deserialize(root).map_err(|error| left_over(&error))?;
    Ok((Document { openapi, beside, hooks, version: named }, warnings))
}

/// Whether the document is of a version that is read.
///
/// # Errors
/// It is of another, or says none; located.
pub(crate) fn check_version(source: &Source) -> Result<(), Diagnostics> {
    let checked = version::check(source).map(drop);
    checked.map_err(|error| {
        let mut diagnostics = Diagnostics::from(error);
        diagnostics.locate(source);
        diagnostics
    })
}

/// openapiv3 takes tens of kilobytes of stack for each level of a schema, and a caller may be on a
/// thread that has little to spare. Texts move from the tree into what is made of it.
fn deserialize<T: DeserializeOwned + Send>(
    root: Value,
) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let root = Mutex::new(root);
    let work = || {
        let mut root = root.lock().unwrap_or_else(PoisonError::into_inner);
        serde_path_to_error::deserialize(std::mem::take(&mut *root))
    };
    parallel::beside(work, || ()).0
}

/// What the checks above should have caught; openapiv3's own words are better than none.
fn left_over(error: &serde_path_to_error::Error<serde_json::Error>) -> Diagnostic {
    use serde_path_to_error::Segment;
    let pointer = error.path().iter().fold(Pointer::root(), |pointer, segment| match segment {
        Segment::Seq { index } => pointer.index(*index),
        Segment::Map { key } => pointer.push(key),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    });
    Diagnostic::error(Code::InvalidDocument, error.inner().to_string()).at(&pointer)
}

#[cfg(test)]
mod tests;
