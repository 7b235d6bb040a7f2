//! Every key of the document is one that the specification knows, or is reported.
//!
//! In: the document as it is written, before anything is moved or mended, so that places and words
//! are its author's. Out: warnings. The generator reads what it knows, so that a key that is
//! misspelt, stands in the wrong object or belongs to another version would otherwise vanish
//! without a word, together with all that is below it.
//!
//! ```yaml
//! Widget: {type: object, propertys: {size: {type: integer}}, const: 5}
//! ```
//! has an `unknown-key` (did you mean `properties`?) and, in a document of 3.0, a `misplaced-key`,
//! which is one of OpenAPI 3.1. Extensions (`x-…`) and what the specification leaves to the
//! document, such as examples, are not looked into.

mod report;
mod unknown;
mod walk;

use std::collections::BTreeSet;

use serde_json::Value;

use self::report::Report;
use self::walk::Walk;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::select::METHODS;
use crate::shape::Dialect;
use crate::source::Source;

/// Warnings for all keys that nothing reads and all values that are not what their keys want, with
/// their places. A document of a version that is not read has none.
pub(crate) fn check(source: &Source) -> Diagnostics {
    let Some(dialect) = Dialect::of(&source.root) else { return Diagnostics::new() };
    let mut report = Report::new(dialect);
    Walk::new(dialect, &mut |fate, trail| report.note(&fate, trail)).document(&source.root);
    let mut diagnostics = report.finish();
    diagnostics.locate(source);
    diagnostics
}

/// Drops the warnings about operations and components that the choice of operations does not
/// reach: `reduced` has only those that it does.
pub(crate) fn keep_reached(diagnostics: &mut Diagnostics, source: &Source, reduced: &Value) {
    diagnostics.retain(|diagnostic| {
        let Some(written) = &diagnostic.pointer else { return true };
        // What is said of may itself be gone; the operation or component that holds it is not.
        let place = (1..=3).rev().find_map(|depth| {
            let holder = head(written, depth);
            source.origins().destination(&holder, &source.root)
        });
        place.is_none_or(|place| is_reached(&place, &source.root, reduced))
    });
}

fn is_reached(place: &Pointer, whole: &Value, reduced: &Value) -> bool {
    let tokens: Vec<String> = place.tokens().take(3).collect();
    // One that is a reference has been written out, and lost what stood beside that.
    let is_reference = || head(place, 2).push("$ref").lookup(whole).is_some();
    let depth = match tokens.as_slice() {
        [paths, _, method]
            if paths == "paths" && METHODS.contains(&method.as_str()) && !is_reference() =>
        {
            3
        }
        [paths, _, ..] if paths == "paths" => 2,
        [components, _, _] if components == "components" => 3,
        _ => return true,
    };
    head(place, depth).lookup(reduced).is_some()
}

/// The first tokens of a pointer.
fn head(pointer: &Pointer, depth: usize) -> Pointer {
    pointer.tokens().take(depth).fold(Pointer::root(), |at, token| at.push(&token))
}

/// Drops a warning of this stage where a later one speaks of the same place: that one knows what
/// became of it.
pub(crate) fn yield_to_others(diagnostics: &mut Diagnostics) {
    let is_ours = |diagnostic: &Diagnostic| {
        matches!(diagnostic.code, Code::UnknownKey | Code::MisplacedKey | Code::WrongValue)
    };
    let speaks_of_value = |diagnostic: &Diagnostic| {
        matches!(diagnostic.code, Code::FaultyDocument | Code::InvalidDocument)
    };
    let others: Vec<&Diagnostic> = diagnostics.iter().filter(|one| !is_ours(one)).collect();
    let places: BTreeSet<Pointer> = others.iter().filter_map(|one| one.pointer.clone()).collect();
    let values = others.iter().filter(|one| speaks_of_value(one));
    let values: BTreeSet<Pointer> = values.filter_map(|one| one.pointer.clone()).collect();
    diagnostics.retain(|diagnostic| {
        let Some(pointer) = diagnostic.pointer.as_ref().filter(|_| is_ours(diagnostic)) else {
            return true;
        };
        let is_wrong = diagnostic.code == Code::WrongValue;
        let holder = pointer.parent().filter(|_| is_wrong);
        !places.contains(pointer) && holder.is_none_or(|holder| !values.contains(&holder))
    });
}

#[cfg(test)]
mod tests;
