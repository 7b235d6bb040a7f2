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

use std::collections::{HashMap, HashSet};
use std::mem;

use serde_json::{Map, Value, json};

use super::collections::{Kind, any_of, is_nothing};
use super::moves::Within;

/// Declares the properties that only hold under a condition.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let known: HashSet<String> = keys_of(map.get("properties")).map(str::to_owned).collect();
    let mut ways: Vec<Vec<&str>> = vec![vec!["then"], vec!["else"]];
    let dependent: Vec<String> = keys_of(map.get("dependentSchemas")).map(str::to_owned).collect();
    ways.extend(dependent.iter().map(|key| vec!["dependentSchemas", key]));
    // In the order of the document.
    let mut found: Vec<(String, Vec<Kind>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for way in ways {
        for (name, schema) in taken(map, &way, &known) {
            let from =
                way.iter().copied().chain(["properties", &name]).map(str::to_owned).collect();
            let kind = Kind { schema, from };
            let place = *places.entry(name.clone()).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, kinds)) => kinds.push(kind),
                None => found.push((name, vec![kind])),
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

/// The properties of a branch that the schema itself does not have, which move out of it.
fn taken(
    map: &mut Map<String, Value>,
    way: &[&str],
    known: &HashSet<String>,
) -> Map<String, Value> {
    let Some((first, rest)) = way.split_first() else { return Map::new() };
    let mut branch = map.get_mut(*first);
    for key in rest {
        branch = branch.and_then(|branch| branch.get_mut(*key));
    }
    let properties = branch.and_then(|branch| branch.get_mut("properties"));
    let Some(Value::Object(properties)) = properties else { return Map::new() };
    let (own, taken) =
        mem::take(properties).into_iter().partition(|(name, _)| known.contains(name));
    *properties = own;
    taken
}

fn keys_of(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
}
