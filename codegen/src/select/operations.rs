//! Which operations the document has, and which of them were chosen.

use std::collections::BTreeSet;

use glob::{MatchOptions, Pattern};
use serde_json::Value;

use super::Selection;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::{did_you_mean, nearest};
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

/// The operations that any part of the selection names, with what is told of them: a part that names
/// none is an error, unless the selection may be stale.
pub(super) fn chosen<'v>(
    root: &'v Value,
    selection: &Selection,
) -> Result<(Vec<Operation<'v>>, Diagnostics), Diagnostics> {
    let all = operations(root);
    let mut problems = Diagnostics::default();
    let ids: BTreeSet<&str> = all.iter().filter_map(|operation| operation.id).collect();
    for id in selection.operations.iter().filter(|id| !ids.contains(id.as_str())) {
        let told = unknown("operation", id, &ids);
        let told = match called(id, &all) {
            Some(help) => told.help(help),
            None => told,
        };
        problems.push(told.about("operations", Some(id)).stale());
    }
    let tags: BTreeSet<&str> = all.iter().flat_map(|operation| &operation.tags).copied().collect();
    for tag in selection.tags.iter().filter(|tag| !tags.contains(tag.as_str())) {
        problems.push(unknown("tag", tag, &tags).about("tags", Some(tag)).stale());
    }
    let mut patterns = Vec::with_capacity(selection.paths.len());
    for glob in &selection.paths {
        match Pattern::new(glob) {
            Ok(pattern) if all.iter().any(|operation| matches(&pattern, operation.path)) => {
                patterns.push(pattern);
            }
            Ok(_) => {
                let message = format!("no path of the document matches `{glob}`");
                let help = meant(glob, &all).unwrap_or_else(|| {
                    "`*` stands for what is within one segment, `**` for any number of them"
                        .to_owned()
                });
                problems.push(refused(message, &help).about("paths", Some(glob)).stale());
            }
            Err(error) => {
                let told = refused(format!("`{glob}` is no pattern: {error}"), "mend it");
                problems.push(told.about("paths", Some(glob)));
            }
        }
    }
    if selection.may_be_stale {
        problems = problems.lenient();
    }
    let told = problems.into_result()?;
    let is_chosen = |operation: &Operation<'_>| {
        operation.id.is_some_and(|id| selection.operations.iter().any(|chosen| chosen == id))
            || operation.tags.iter().any(|tag| selection.tags.iter().any(|chosen| chosen == tag))
            || patterns.iter().any(|pattern| matches(pattern, operation.path))
    };
    Ok((all.into_iter().filter(is_chosen).collect(), told))
}

fn matches(pattern: &Pattern, path: &str) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    pattern.matches_with(path, options)
}

/// What to say of an operation that is named by its path, with its method or without.
fn called(name: &str, all: &[Operation<'_>]) -> Option<String> {
    let (method, path) = match name.split_once(' ') {
        Some((method, path)) => (Some(method), path.trim()),
        None => (None, name),
    };
    let is_it = |one: &&Operation<'_>| {
        one.path == path && method.is_none_or(|method| one.method.eq_ignore_ascii_case(method))
    };
    let one = all.iter().find(is_it)?;
    Some(match (method.and(one.id), method) {
        (Some(id), _) => format!("an operation goes by its `operationId`: did you mean `{id}`?"),
        (None, Some(_)) => {
            format!("it has no `operationId`: choose it by its path, `{path}`, in `paths`")
        }
        (None, None) => format!("that is a path: write `{path}` in `paths`"),
    })
}

/// The pattern that was meant: with the slash that paths begin with, or a path that looks like it.
fn meant(glob: &str, all: &[Operation<'_>]) -> Option<String> {
    let rooted = format!("/{}", glob.trim_matches('/'));
    let fits = Pattern::new(&rooted)
        .is_ok_and(|pattern| all.iter().any(|operation| matches(&pattern, operation.path)));
    if fits {
        return Some(format!("did you mean `{rooted}`?"));
    }
    did_you_mean(glob, all.iter().map(|operation| operation.path)).filter(|_| !glob.contains('*'))
}

fn refused(message: String, help: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownOperation, message).at(&Pointer::root().push("paths")).help(help)
}

fn unknown(what: &str, id: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let message = format!("the document has no {what} `{id}`");
    let near = nearest(id, known.iter().copied(), 3);
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    let help = match near.as_slice() {
        [] => "`specwright list` shows the operations of a document".to_owned(),
        [one] => format!("did you mean {one}?"),
        [others @ .., last] => format!("did you mean {} or {last}?", others.join(", ")),
    };
    refused(message, &help)
}
