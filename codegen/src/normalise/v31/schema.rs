//! One schema of 3.1 after the other, each after those it holds.

use serde_json::{Map, Value, json};

use super::moves::{Moves, Within};
use super::{collections, conditions, listed, types, walk};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, shape_of};

/// Rewrites every schema of the document.
pub(super) fn rewrite(root: &mut Value, moves: &mut Moves) {
    let start = Pointer::root();
    walk::each_mut_at(root, Object::Document, &Trail::Start(&start), &mut |value, object, at| {
        if object == Object::Schema {
            schema(value, &mut moves.within(at));
        }
    });
}

fn schema(value: &mut Value, moves: &mut Within<'_>) {
    match value {
        // JSON Schema 2020-12 core, section 4.3.2.
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({"not": {}}),
        Value::Object(map) => {
            bounds(map, moves);
            content(map);
            conditions::rewrite(map, moves);
            collections::rewrite(map, moves);
            types::rewrite(map, moves);
            listed::rewrite(map, moves);
            beside_reference(map, moves);
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
    }
}

/// `exclusiveMinimum: 3` → `minimum: 3, exclusiveMinimum: true`, if that is the stronger bound.
/// The flags of 3.0 are left as they are.
fn bounds(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(number) = map.get(exclusive).filter(|value| value.is_number()) else { continue };
        let number = number.clone();
        let is_weaker = match (number.as_f64(), map.get(bound).and_then(Value::as_f64)) {
            (Some(number), Some(other)) if bound == "minimum" => number < other,
            (Some(number), Some(other)) => number > other,
            _ => false,
        };
        if is_weaker {
            map.shift_remove(exclusive);
        } else {
            map.insert(bound.to_owned(), number);
            moves.note(&[bound], &[exclusive]);
            map.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
}

/// The mark of what `contentMediaType` says, for which 3.0 has no word: `lower` reads it.
pub(crate) const CONTENT: &str = "x-specwright-content";

/// Formats of 3.0 that 3.1 says with other keywords (OpenAPI 3.1.1 section 4.4.4).
fn content(map: &mut Map<String, Value>) {
    // Of bytes that are nothing more the format says so.
    let says =
        |media: &&Value| media.as_str().is_some_and(|name| name != "application/octet-stream");
    if let Some(media) = map.get("contentMediaType").filter(says).cloned() {
        map.insert(CONTENT.to_owned(), media);
    }
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64"), _) => "byte",
        (Some(other), _) => other,
        (None, Some(media)) if is_binary(media) => "binary",
        (None, _) => return,
    };
    let format = Value::String(format.to_owned());
    map.entry("type").or_insert_with(|| Value::String("string".to_owned()));
    map.entry("format").or_insert(format);
}

/// Whether values of a media type are no text.
fn is_binary(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = name.starts_with("text/")
        || ["json", "xml", "yaml", "x-www-form-urlencoded", "javascript"]
            .iter()
            .any(|kind| name.ends_with(kind));
    !is_text
}

/// In 3.1 what stands beside a `$ref` counts: all of it is true of the value.
fn beside_reference(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let counts = |key: &String| {
        key != "$ref"
            && !matches!(key.as_str(), "example" | "xml")
            && shape_of(Object::Schema, key).is_some()
    };
    if !map.get("$ref").is_some_and(Value::is_string) || !map.keys().any(counts) {
        return;
    }
    let Some(reference) = map.shift_remove("$ref") else { return };
    let all = map.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        moves.note(&["allOf", &all.len().to_string()], &[]);
        all.push(json!({"$ref": reference}));
    }
}
