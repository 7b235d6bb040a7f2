//! `if`, `then`, `else` and `dependentSchemas`: what holds under a condition.
//!
//! A type of Rust has no conditions. The properties that a condition brings along are declared
//! without it, as ones that may be missing; one that several conditions describe is what any of them
//! says, since each value follows some of them only.
//!
//! ```yaml
//! then: {properties: {size: {type: integer}}}
//! else: {properties: {size: {type: string}}}
//! ```
//! becomes `properties: {size: {anyOf: [{type: integer}, {type: string}]}}`.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::collections::{Kind, any_of, is_nothing};
use super::moves::Within;

/// Declares the properties that only hold under a condition.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let mut branches: Vec<(Vec<&str>, &Value)> =
        ["then", "else"].into_iter().filter_map(|key| Some((vec![key], map.get(key)?))).collect();
    let dependent = map.get("dependentSchemas").and_then(Value::as_object);
    let dependent = dependent.into_iter().flatten();
    branches.extend(dependent.map(|(key, schema)| (vec!["dependentSchemas", key], schema)));
    // In the order of the document.
    let mut found: Vec<(String, Vec<Kind>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let known = map.get("properties").and_then(Value::as_object);
    for (way, schema) in branches {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if known.is_some_and(|known| known.contains_key(name)) {
                continue;
            }
            let from = way.iter().copied().chain(["properties", name]).map(str::to_owned).collect();
            let kind = Kind { schema: schema.clone(), from };
            let place = *places.entry(name).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, kinds)) => kinds.push(kind),
                None => found.push((name.clone(), vec![kind])),
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let declared = found.into_iter().map(|(name, mut kinds)| {
        // Where a condition forbids a property, there is no value of it.
        if kinds.iter().any(|kind| !is_nothing(&kind.schema)) {
            kinds.retain(|kind| !is_nothing(&kind.schema));
        }
        let schema = any_of(&["properties", &name], kinds, moves);
        (name, schema)
    });
    let declared: Vec<(String, Value)> = declared.collect();
    let known = map.entry("properties").or_insert_with(|| json!({}));
    let Value::Object(known) = known else { return };
    known.extend(declared);
}
