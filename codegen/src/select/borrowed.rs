//! Path items that are references: what is wrong with them is wrong where they are written.
//!
//! ```yaml
//! paths:
//!   /old: {$ref: '#/paths/~1new'}
//!   /new: {get: {parameters: [{name: page, in: qeury}]}}
//! ```
//! has two operations, and one fault in line 3.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Moves what is told of written out path items, and has no location yet, to where the text is. What
/// concerns the operation as a whole may be so for the one path alone; if it is not, it is told
/// already. What a client calls an operation differs by path, though it is written once: that is the
/// reference's doing, and told there. A path item with operations beside its reference is none of these:
/// `assemble` has merged it.
pub(crate) fn move_to_source(diagnostics: &mut Diagnostics, root: &Value) {
    let items = borrowed(root);
    if items.is_empty() {
        return;
    }
    let open = diagnostics.iter().filter(|one| is_open(one));
    let told: BTreeSet<_> =
        open.map(|one| (one.code, one.message.clone(), one.pointer.clone())).collect();
    let all = std::mem::take(diagnostics).into_iter();
    let moved = all.filter_map(|mut one| {
        if let Some(item) = one.pointer.as_ref().filter(|_| is_of_one_path(&one)).and_then(item_of)
            && items.contains_key(&item)
        {
            one.pointer = Some(item.push("$ref"));
            return Some(one);
        }
        let found = one.pointer.as_ref().filter(|_| is_open(&one));
        let Some((source, is_inside)) = found.and_then(|at| source_of(at, &items)) else {
            return Some(one);
        };
        let at_source = (one.code, one.message, Some(source));
        if told.contains(&at_source) {
            return None;
        }
        let (_, message, source) = at_source;
        one.message = message;
        if is_inside {
            one.pointer = source;
        }
        Some(one)
    });
    diagnostics.extend(moved.collect::<Vec<_>>());
}

fn is_open(one: &Diagnostic) -> bool {
    one.location.is_none() && !is_about_names(one)
}

fn is_of_one_path(one: &Diagnostic) -> bool {
    one.location.is_none() && is_about_names(one)
}

fn is_about_names(one: &Diagnostic) -> bool {
    matches!(one.code, Code::RepeatedOperationId | Code::NameCollision)
}

/// The path item that a place is in.
fn item_of(at: &Pointer) -> Option<Pointer> {
    let mut tokens = at.tokens();
    let (paths, path) = (tokens.next()?, tokens.next()?);
    Some(Pointer::root().push(&paths).push(&path))
}

/// The path items that are references, each with the end of those.
fn borrowed(root: &Value) -> BTreeMap<Pointer, Pointer> {
    let paths = Pointer::root().push("paths");
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    items.filter_map(|(path, item)| Some((paths.push(path), end(root, item)?))).collect()
}

fn end<'v>(root: &'v Value, mut item: &'v Value) -> Option<Pointer> {
    let (mut end, mut seen) = (None, BTreeSet::new());
    while let Some(reference) = item.get("$ref").and_then(Value::as_str) {
        if !seen.insert(reference) {
            return None;
        }
        let target = Pointer::from_reference(reference)?;
        item = target.lookup(root)?;
        end = Some(target);
    }
    end
}

/// The same place at the source, and whether it is inside of an operation or a list of the item.
fn source_of(at: &Pointer, items: &BTreeMap<Pointer, Pointer>) -> Option<(Pointer, bool)> {
    let mut tokens = at.tokens();
    let item = tokens.by_ref().take(2).fold(Pointer::root(), |item, token| item.push(&token));
    let rest = at.as_str().strip_prefix(item.as_str())?;
    Some((items.get(&item)?.join(rest), tokens.count() > 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fault_is_told_where_it_is_written() {
        let root = json!({"paths": {
            "/a": {"$ref": "#/paths/~1b"},
            "/b": {"$ref": "#/paths/~1c"},
            "/c": {"get": {}},
            "/d": {"$ref": "#/paths/~1d"},
        }});
        let mut all = Diagnostics::new();
        for (at, message) in [
            ("/paths/~1a/get/parameters/0", "inside"),
            ("/paths/~1c/get/parameters/0", "inside"),
            ("/paths/~1b/get/responses/200", "alone"),
            ("/paths/~1a/get", "whole"),
            ("/paths/~1c/get", "whole"),
            ("/paths/~1b/get", "of this path"),
            ("/paths/~1d/get/responses", "circle"),
        ] {
            all.push(
                Diagnostic::error(Code::InvalidDocument, message).at(&Pointer::parse(at).unwrap()),
            );
        }
        let twice = Pointer::parse("/paths/~1a/get/operationId").unwrap();
        all.push(Diagnostic::warning(Code::RepeatedOperationId, "twice").at(&twice));
        move_to_source(&mut all, &root);
        let told: Vec<String> = all
            .iter()
            .map(|one| format!("{} {}", one.pointer.clone().unwrap(), one.message))
            .collect();
        assert_eq!(
            told,
            [
                "/paths/~1c/get/parameters/0 inside",
                "/paths/~1c/get/responses/200 alone",
                "/paths/~1c/get whole",
                "/paths/~1b/get of this path",
                "/paths/~1d/get/responses circle",
                "/paths/~1a/$ref twice",
            ]
        );
    }
}
