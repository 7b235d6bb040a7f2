//! From the raw tree to the typed document.
//!
//! openapiv3's types hold a sound 3.0 document well and anything else badly: some numbers are none to
//! them, and a schema they cannot place is an `Any`. So the tree is put right where its meaning is clear
//! (`repair`), freed of faults that need not stop a run (`mend`), compared with the specification
//! (`check`), and only then moved into them (`typed`).

mod added;
mod check;
mod hooks;
mod mend;
mod repair;
mod siblings;
mod typed;
mod v31;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::assemble;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::shape_at;
use crate::source::Source;

pub(crate) use self::added::Added;
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
    diagnostics.extend(mend::mend(&mut root, version));
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
    let nameless = nameless(&source, &root);
    let hooks = hooks::take(&mut root)?;
    let added = added::of(&root, version);
    let openapi = typed::document(root).map_err(|unfit| left_over(&unfit, &Pointer::root()))?;
    Ok((Document { openapi, beside, hooks, added, nameless, version: named }, warnings))
}

/// The components that stand elsewhere in the document, within a schema or an operation, and have a name
/// that is made of the way there. Outside of these the key of a schema is what it is called.
fn nameless(source: &Source, root: &Value) -> BTreeSet<String> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let is_made_up = |name: &&String| {
        let place = Pointer::root().below(["components", "schemas", name.as_str()]);
        let Some(written) = source.written_here(&place) else { return false };
        let keeps_key = written.tokens().last().is_none_or(|key| key == **name);
        // A number stands behind a name that is another one's too.
        let ways = [Some(v31::way_to(&written)), assemble::way_to(&written)];
        let mut ways = ways.into_iter().flatten().filter(|way| !way.is_empty());
        let is_way = ways.any(|way| name.starts_with(way.as_str()));
        shape_at(&written).is_some() && !keeps_key && is_way
    };
    schemas.into_iter().flat_map(|all| all.keys()).filter(is_made_up).cloned().collect()
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

/// What the checks above should have caught.
fn left_over(unfit: &typed::Unfit, of: &Pointer) -> Diagnostic {
    Diagnostic::error(Code::InvalidDocument, unfit.message.clone()).at(&unfit.below(of))
}

#[cfg(test)]
mod tests;
