//! The data of server-sent events that is a text which holds JSON.
//!
//! ```yaml
//! text/event-stream:
//!   itemSchema:
//!     properties: {data: {type: string, contentMediaType: application/json, contentSchema: {…}}}
//! ```
//! On the wire of an event all data is text, so that this is what a stream of JSON says with
//! `data: {…}` (OpenAPI 3.2 section 4.14.4): the schema of the content takes the place of the text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::moves::{Moves, path};
use super::walk;
use crate::ir::Framing;
use crate::pointer::Pointer;
use crate::shape::Object;

/// Puts the schemas of contents in the place of the data of events. A component that is not only
/// an event of streams is left as it is.
pub(super) fn rewrite(root: &mut Value, moves: &mut Moves) {
    let mut open = streams(root);
    let mut events = BTreeSet::new();
    let mut used: BTreeMap<Pointer, usize> = BTreeMap::new();
    while let Some(at) = open.pop() {
        let Some(Value::Object(schema)) = at.lookup(root) else { continue };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let Some(target) = Pointer::from_reference(target) else { continue };
            *used.entry(target.clone()).or_default() += 1;
            if used[&target] == 1 {
                open.push(target);
            }
            continue;
        }
        for word in ["allOf", "oneOf", "anyOf"] {
            let members = schema.get(word).and_then(Value::as_array).map_or(0, Vec::len);
            open.extend((0..members).map(|index| at.push(word).index(index)));
        }
        events.insert(at);
    }
    let all = references(root);
    let elsewhere = |target: &Pointer| all.get(target) > used.get(target);
    let shared: Vec<Pointer> = used.keys().filter(|target| elsewhere(target)).cloned().collect();
    for at in events {
        let is_shared = |target: &Pointer| at.as_str().starts_with(target.as_str());
        if shared.iter().any(is_shared) {
            continue;
        }
        for place in [at.clone(), at.push("properties").push("data")] {
            if let Some(Value::Object(text)) = root.pointer_mut(place.as_str())
                && unwrap(text)
            {
                moves.note(place, &Pointer::root(), path(&["contentSchema"]));
            }
        }
    }
}

/// The schemas of the values of all streams of events.
fn streams(root: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        let framing = Framing::of(&at.last().unwrap_or_default());
        if object != Object::MediaType || !matches!(framing, Some(Framing::Events(_))) {
            return;
        }
        let at = at.push("schema");
        let is_list = at.lookup(root).is_some_and(|schema| schema.get("items").is_some());
        if value.get("schema").is_some() {
            found.push(if is_list { at.push("items") } else { at });
        }
    });
    found
}

/// How often each schema is referred to.
fn references(root: &Value) -> BTreeMap<Pointer, usize> {
    let mut found = BTreeMap::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, _| {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.filter(|_| object == Object::Schema);
        if let Some(target) = target.and_then(Pointer::from_reference) {
            *found.entry(target).or_default() += 1;
        }
    });
    found
}

/// Replaces a text of JSON by what it holds; false if it is something else. What the text says of
/// itself in words is said of its content where that says nothing.
fn unwrap(text: &mut Map<String, Value>) -> bool {
    let word = |key: &str| text.get(key).and_then(Value::as_str);
    let is_json = word("contentMediaType").is_some_and(is_json);
    let is_text = text.get("type").is_none_or(|name| name == "string");
    if !is_json || !is_text || word("contentEncoding").is_some() {
        return false;
    }
    let Some(Value::Object(content)) = text.get("contentSchema").cloned() else { return false };
    let words = std::mem::replace(text, content);
    for key in ["title", "description", "deprecated"] {
        if let (Some(said), false) = (words.get(key), text.contains_key("$ref")) {
            text.entry(key).or_insert_with(|| said.clone());
        }
    }
    true
}

fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json")
}
