//! What 3.1 changed outside of schemas: a document may do without `paths` and an operation without
//! `responses`, path items may be components, and a client may log in by its certificate.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::moves::{Moves, Within};
use super::{query_string, walk, write_out};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::Framing;
use crate::pointer::Pointer;
use crate::shape::{Object, Trail};

/// Rewrites all but the schemas.
pub(super) fn rewrite(root: &mut Value, moves: &mut Moves) -> Diagnostics {
    if let Value::Object(map) = root
        && map.get("paths").is_none_or(Value::is_null)
    {
        // Section 4.8.1: `paths`, `components` or `webhooks`.
        map.insert("paths".to_owned(), Value::Object(Map::new()));
    }
    let mut diagnostics = write_out::rewrite(root);
    diagnostics.extend(query_string::rewrite(root));
    let certificates = certificates(root);
    let start = Pointer::root();
    let start = Trail::Start(&start);
    let visit = &mut |value: &mut Value, object, at: &Trail<'_>| match (value, object) {
        (Value::Object(map), Object::Operation) => {
            map.entry("responses").or_insert_with(|| Value::Object(Map::new()));
        }
        // OpenAPI 3.2 section 4.17: the description may be missing.
        (Value::Object(map), Object::Response) if !map.contains_key("$ref") => {
            map.entry("description").or_insert_with(|| Value::String(String::new()));
            list_items(map, &mut moves.within(at));
        }
        (Value::Object(map), Object::SecurityRequirement) => {
            map.retain(|name, _| !certificates.contains(name));
        }
        _ => {}
    };
    walk::each_mut_at(root, Object::Document, &start, visit);
    let schemes = root.pointer_mut("/components/securitySchemes").and_then(Value::as_object_mut);
    schemes.into_iter().for_each(|all| all.retain(|name, _| !certificates.contains(name)));
    by_certificate(&certificates).into_iter().for_each(|one| diagnostics.push(one));
    diagnostics
}

/// OpenAPI 3.2 section 4.14.3: what `itemSchema` says of each value of a stream is what a list
/// would say of its items.
fn list_items(response: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let content = response.get_mut("content").and_then(Value::as_object_mut);
    for (name, media) in content.into_iter().flatten() {
        let Some(media) = media.as_object_mut().filter(|_| Framing::of(name).is_some()) else {
            continue;
        };
        if let Some(items) = media.remove("itemSchema") {
            media.insert("schema".to_owned(), json!({"type": "array", "items": items}));
            let media = ["content", name, "itemSchema"];
            moves.note(&["content", name, "schema"], &media);
            moves.note(&["content", name, "schema", "items"], &media);
        }
    }
}

/// The security schemes of type `mutualTLS`.
fn certificates(root: &Value) -> BTreeSet<String> {
    let all = root.pointer("/components/securitySchemes").and_then(Value::as_object);
    let schemes = all.into_iter().flatten();
    let is_tls = |scheme: &Value| scheme.get("type").is_some_and(|kind| kind == "mutualTLS");
    schemes.filter(|(_, scheme)| is_tls(scheme)).map(|(name, _)| name.clone()).collect()
}

/// The connection shows the certificate, before there is a request to put anything in.
fn by_certificate(names: &BTreeSet<String>) -> Option<Diagnostic> {
    let name = names.first()?;
    let at = Pointer::root().push("components").push("securitySchemes").push(name);
    let message = "a login by certificate (`mutualTLS`) has no credential type";
    let help = "give the client a transport whose connections show the certificate";
    Some(Diagnostic::warning(Code::Ignored, message).at(&at).help(help))
}
