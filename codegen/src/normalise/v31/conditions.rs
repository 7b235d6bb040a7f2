//! `if`, `then`, `else` and `dependentSchemas`: what holds under a condition.
//!
//! A type of Rust has no conditions. The properties that a condition brings along are declared
//! without it, as ones that may be missing.

use serde_json::{Map, Value};

use super::moves::Within;

/// Declares the properties that only hold under a condition.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let mut branches: Vec<(Vec<&str>, &Value)> =
        ["then", "else"].into_iter().filter_map(|key| Some((vec![key], map.get(key)?))).collect();
    let dependent = map.get("dependentSchemas").and_then(Value::as_object);
    let dependent = dependent.into_iter().flatten();
    branches.extend(dependent.map(|(key, schema)| (vec!["dependentSchemas", key], schema)));
    let mut found: Vec<(String, Value)> = Vec::new();
    let known = map.get("properties").and_then(Value::as_object);
    for (way, schema) in branches {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            let is_known = known.is_some_and(|known| known.contains_key(name));
            if is_known || found.iter().any(|(known, _)| known == name) {
                continue;
            }
            let from: Vec<&str> = way.iter().copied().chain(["properties", name]).collect();
            moves.note(&["properties", name], &from);
            // `{then: {properties: {a: {}}}}` says nothing about a value, and `not` nothing to keep.
            found.push((name.clone(), schema.clone()));
        }
    }
    if found.is_empty() {
        return;
    }
    let known = map.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(known) = known else { return };
    known.extend(found);
}
