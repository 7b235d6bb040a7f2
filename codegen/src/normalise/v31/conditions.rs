//! `if`, `then`, `else` and `dependentSchemas`: what holds under a condition.
//!
//! A type of Rust has no conditions. The properties that a condition brings along are declared
//! without it, as ones that may be missing.

use serde_json::{Map, Value};

/// Declares the properties that only hold under a condition.
pub(super) fn rewrite(map: &mut Map<String, Value>) {
    let mut found: Vec<(String, Value)> = Vec::new();
    let dependent = map.get("dependentSchemas").and_then(Value::as_object);
    let dependent = dependent.into_iter().flatten().map(|(_, schema)| schema);
    let branches = ["then", "else"].into_iter().filter_map(|key| map.get(key));
    let conditional = branches.chain(dependent).filter_map(|schema| schema.get("properties"));
    for (name, schema) in conditional.filter_map(Value::as_object).flatten() {
        found.push((name.clone(), schema.clone()));
    }
    if found.is_empty() {
        return;
    }
    let known = map.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(known) = known else { return };
    for (name, schema) in found {
        // `{then: {properties: {a: {}}}}` says nothing about a value, and `not` nothing to keep.
        known.entry(name).or_insert(schema);
    }
}
