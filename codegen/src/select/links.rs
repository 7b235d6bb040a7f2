//! Links: the operation that each names is one of the document (OpenAPI 3.0.3, Link Object).
//!
//! Nothing is called because of a link, so one that leads nowhere stops nobody. It is told all the
//! same: the documentation of the client would send its reader to an operation that is not there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::operations::path_item;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child};
use crate::source::Source;

/// Tells of the links of `chosen` that name no operation of the `whole` document, of which operations
/// may be left out.
pub(super) fn check(chosen: &Value, whole: &Source) -> Diagnostics {
    let mut links = Vec::new();
    collect(chosen, Object::Document, &Trail::Start(&Pointer::root()), &mut links);
    let mut ids = BTreeSet::new();
    if !links.is_empty() {
        name_all(&whole.root, &mut ids);
    }
    let mut diagnostics = Diagnostics::new();
    for (link, at) in links {
        let text = |key: &str| link.get(key).and_then(Value::as_str);
        if let Some(id) = text("operationId").filter(|id| !ids.contains(id)) {
            let meant = did_you_mean(id, ids.iter().copied());
            diagnostics.push(warning(id, meant, &at.push("operationId")));
        }
        if let Some(reference) = text("operationRef").filter(|text| is_astray(text, whole)) {
            let written = whole.origins().reference(reference);
            diagnostics.push(warning(&written, None, &at.push("operationRef")));
        }
    }
    diagnostics
}

/// The links with their places. There is none in a schema, and most of a document is schemas.
fn collect<'v>(
    value: &'v Value,
    object: Object,
    trail: &Trail<'_>,
    links: &mut Vec<(&'v Value, Pointer)>,
) {
    if object == Object::Link && value.is_object() {
        links.push((value, trail.pointer()));
    }
    if object != Object::Schema {
        for_each_child(value, object, trail, &mut |value, object, trail| {
            collect(value, object, trail, links);
        });
    }
}

/// Every `operationId`, wherever an operation stands by now: versions that came later have places for
/// them that the grammar does not know, and to say of one that it is not there would be false.
fn name_all<'v>(value: &'v Value, ids: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            ids.extend(map.get("operationId").and_then(Value::as_str));
            let others = map
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "links" | "schema" | "schemas"));
            others.for_each(|(_, value)| name_all(value, ids));
        }
        Value::Array(list) => list.iter().for_each(|value| name_all(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a reference into this document leads to no operation. What is in another one nobody knows.
fn is_astray(reference: &str, whole: &Source) -> bool {
    if !reference.starts_with('#') {
        return false;
    }
    let Some(written) = Pointer::from_reference(reference) else { return true };
    let root = &whole.root;
    let at = whole.origins().destination(&written, root).unwrap_or(written);
    let tokens: Vec<String> = at.tokens().collect();
    let found = match tokens.as_slice() {
        // The path item may be a reference.
        [paths, path, method] if paths == "paths" => {
            let item = root.get("paths").and_then(|paths| paths.get(path));
            item.and_then(|item| path_item(root, item)).and_then(|item| item.get(method))
        }
        _ => at.lookup(root),
    };
    !found.is_some_and(Value::is_object)
}

fn warning(written: &str, meant: Option<String>, at: &Pointer) -> Diagnostic {
    let message = format!("the link leads to no operation: the document has no `{written}`");
    let help = "name an operation of the document, or take the link out; it is documented as it is";
    let warning = Diagnostic::warning(Code::UnresolvedReference, message).at(at);
    warning.help(meant.unwrap_or_else(|| help.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;
    use crate::load::{Limits, load};
    use crate::source::Memory;

    #[test]
    fn a_link_names_an_operation_of_the_document() {
        for (link, expected) in [
            ("{operationId: getPet}", None),
            ("{operationId: petArrived}", None),
            ("{operationId: getPets}", Some("did you mean `getPet`?")),
            ("{operationId: walk}", Some("name an operation")),
            ("{operationRef: '#/paths/~1pets/get'}", None),
            ("{operationRef: '#/paths/~1pets/put'}", Some("name an operation")),
            // The path item is a reference.
            ("{operationRef: '#/paths/~1same/get'}", None),
            ("{operationRef: '#/paths/~1nowhere/get'}", Some("name an operation")),
            ("{operationRef: '#pets'}", Some("name an operation")),
            ("{operationRef: 'other.yaml#/paths/~1pets/get'}", None),
            ("{$ref: '#/components/links/Far'}", None),
        ] {
            let text = format!(
                "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/pets: {{get: \
                 {{operationId: getPet, responses: {{200: {{description: A., links: {{A: {link}}}}}}}, \
                 callbacks: {{c: {{'{{$url}}': {{post: {{operationId: petArrived}}}}}}}}}}}}, \
                 /same: {{$ref: '#/paths/~1pets'}}}}}}"
            );
            let files = Memory::default().with("a.yaml", text.as_str());
            let source = load(&files, Path::new("a.yaml"), Limits::default()).unwrap();
            let found = check(&source.root, &source);
            let help = found.iter().next().and_then(|one| one.help.as_deref());
            match (help, expected) {
                (None, None) => {}
                (Some(help), Some(begin)) => assert!(help.starts_with(begin), "{link}: {help}"),
                other => panic!("{link}: {other:?}"),
            }
        }
    }
}
