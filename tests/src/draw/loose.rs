//! Whether a schema says anything about a value.

use serde_json::{Value, json};

use super::merge::Merged;
use super::raw::Raw;

/// How deep alternatives are looked into.
const DEEPEST: usize = 8;

/// Whether a schema allows any value, or any object. Prose and constraints alone say nothing about a
/// type, nor does an `enum` of null alone, which is how OpenAPI 3.0 spells null.
pub fn is_loose(raw: &Raw, schema: &Value) -> bool {
    loose(raw, schema, DEEPEST)
}

fn loose(raw: &Raw, schema: &Value, depth: usize) -> bool {
    if schema == &Value::Bool(true) {
        return true;
    }
    let merged = Merged::of(raw, schema);
    let says = |key: &str, nothing: &Value| merged.get(key).is_some_and(|value| value != nothing);
    let speaks = says("type", &json!("object"))
        || says("properties", &json!({}))
        || says("additionalProperties", &json!(true))
        || says("enum", &json!([null]))
        || (merged.get("items").is_some() && merged.get("type").is_none());
    // One alternative that allows anything leaves nothing for the others to say.
    let chooses = depth > 0
        && merged
            .choices
            .iter()
            .any(|choice| choice.alternatives.iter().all(|one| !loose(raw, one, depth - 1)));
    !speaks && !chooses
}
