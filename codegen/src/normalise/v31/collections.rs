//! Lists and maps: `prefixItems`, `patternProperties` and what is left over by either.
//!
//! ```yaml
//! Range: {type: array, prefixItems: [{type: integer}, {type: string}], items: false}
//! Files: {type: object, patternProperties: {'\.rs$': {type: string}}}
//! ```
//! becomes
//! ```yaml
//! Range: {type: array, items: {anyOf: [{type: integer}, {type: string}]}, maxItems: 2}
//! Files: {type: object, additionalProperties: {type: string}}
//! ```

use serde_json::{Map, Value, json};

/// Rewrites the keywords for items and properties that 3.0 does not have.
pub(super) fn rewrite(map: &mut Map<String, Value>) {
    pattern_properties(map);
    tuple(map);
    unevaluated(map);
    // A boolean is left where `items` held one.
    if let Some(Value::Bool(_)) = map.get("items") {
        map.insert("items".to_owned(), json!({}));
    }
}

/// A list whose items are of any of the kinds that its places have. What may follow them belongs
/// to these too; if that is anything, each item may be.
fn tuple(map: &mut Map<String, Value>) {
    let Some(Value::Array(places)) = map.get("prefixItems") else { return };
    let (mut kinds, count) = (places.clone(), places.len());
    let most =
        map.get("maxItems").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
    let is_full = most.is_some_and(|most| most <= count);
    match map.get("items") {
        Some(rest) if is_nothing(rest) => {
            map.entry("maxItems").or_insert_with(|| json!(count));
        }
        _ if is_full => {}
        Some(rest) => kinds.push(rest.clone()),
        None => kinds.push(json!({})),
    }
    map.insert("items".to_owned(), any_of(kinds));
    map.entry("type").or_insert_with(|| json!("array"));
}

/// The keys of a map are any text; that its values are of some kind is what can be said.
fn pattern_properties(map: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = map.get("patternProperties") else { return };
    if patterns.is_empty() {
        return;
    }
    let mut kinds: Vec<Value> = patterns.values().cloned().collect();
    if let Some(rest @ Value::Object(_)) = map.get("additionalProperties")
        && !is_nothing(rest)
    {
        kinds.push(rest.clone());
    }
    map.insert("additionalProperties".to_owned(), any_of(kinds));
    map.entry("type").or_insert_with(|| json!("object"));
}

/// What no other keyword has seen is what 3.0 calls additional; that there may be none of it says
/// nothing about the values there are.
fn unevaluated(map: &mut Map<String, Value>) {
    let pairs = [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")];
    for (unevaluated, known) in pairs {
        match map.get(unevaluated) {
            Some(rest @ (Value::Object(_) | Value::Bool(true)))
                if !is_nothing(rest) && !map.contains_key(known) =>
            {
                let rest = rest.clone();
                map.insert(known.to_owned(), rest);
            }
            _ => {}
        }
    }
}

/// The schema that allows nothing, before and after it was rewritten.
fn is_nothing(schema: &Value) -> bool {
    *schema == Value::Bool(false) || *schema == json!({"not": {}})
}

/// One schema for values of several; anything, if one of them allows that.
fn any_of(kinds: Vec<Value>) -> Value {
    let mut distinct: Vec<Value> = Vec::with_capacity(kinds.len());
    for kind in kinds {
        if kind == json!({}) || kind == Value::Bool(true) {
            return json!({});
        }
        if !distinct.contains(&kind) {
            distinct.push(kind);
        }
    }
    match distinct.len() {
        1 => distinct.remove(0),
        _ => json!({"anyOf": distinct}),
    }
}
