//! Which operations the document has, and which of them were chosen.

use std::collections::BTreeSet;

use serde_json::Value;

use super::nearest::nearest;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// The methods a path item has a key for (OpenAPI 3.0.3 section 4.7.9).
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One operation as `list` shows it; the same document order everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation<'v> {
    /// The key of its path item.
    pub path: &'v str,
    /// The key of the operation in its path item, in lower case.
    pub method: &'v str,
    /// Its `operationId`.
    pub id: Option<&'v str>,
    /// Its tags.
    pub tags: Vec<&'v str>,
}

/// All operations of a document, in document order. A path item may be a reference.
pub fn operations(root: &Value) -> Vec<Operation<'_>> {
    let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let mut operations = Vec::new();
    for (path, item) in paths.filter(|(path, _)| path.starts_with('/')) {
        for (method, operation) in path_item(root, item).into_iter().flatten() {
            if METHODS.contains(&method.as_str()) && operation.is_object() {
                let id = operation.get("operationId").and_then(Value::as_str);
                let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
                let tags = tags.filter_map(Value::as_str).collect();
                operations.push(Operation { path, method, id, tags });
            }
        }
    }
    operations
}

/// The path item behind its references; they have been checked, yet a tree that was not may go in
/// a circle.
pub(super) fn path_item<'v>(
    root: &'v Value,
    mut item: &'v Value,
) -> Option<&'v serde_json::Map<String, Value>> {
    let mut seen = BTreeSet::new();
    while let Some(reference) = item.get("$ref").and_then(Value::as_str) {
        if !seen.insert(reference) {
            return None;
        }
        item = Pointer::from_reference(reference)?.lookup(root)?;
    }
    item.as_object()
}

/// The operations with the given ids.
pub(super) fn chosen<'v>(
    root: &'v Value,
    ids: &[String],
) -> Result<Vec<Operation<'v>>, Diagnostics> {
    let all = operations(root);
    let known: BTreeSet<&str> = all.iter().filter_map(|operation| operation.id).collect();
    let unknown: Diagnostics = ids
        .iter()
        .filter(|id| !known.contains(id.as_str()))
        .map(|id| unknown_operation(id, &known))
        .collect();
    unknown.into_result()?;
    let is_chosen = |id: &str| ids.iter().any(|chosen| chosen == id);
    Ok(all.into_iter().filter(|operation| operation.id.is_some_and(is_chosen)).collect())
}

fn unknown_operation(id: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let message = format!("the document has no operation `{id}`");
    let near = nearest(id, known.iter().copied(), 3);
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    let help = match near.as_slice() {
        [] => "`specwright list` shows the operations of a document".to_owned(),
        [one] => format!("did you mean {one}?"),
        [others @ .., last] => format!("did you mean {} or {last}?", others.join(", ")),
    };
    Diagnostic::error(Code::UnknownOperation, message).at(&Pointer::root().push("paths")).help(help)
}
