//! Lists and maps: `prefixItems`, `patternProperties` and what is left over by either.
//!
//! ```yaml
//! Range: {type: array, prefixItems: [{type: integer}, {type: string}], items: false}
//! Point: {type: array, prefixItems: [{type: number}, {type: number}], minItems: 2, maxItems: 2}
//! Files: {type: object, patternProperties: {'\.rs$': {type: string}}}
//! ```
//! becomes
//! ```yaml
//! Range: {type: array, items: {anyOf: [{type: integer}, {type: string}]}, maxItems: 2}
//! Point: {type: array, items: {anyOf: [{type: number}, {type: number}]}, x-specwright-tuple: true}
//! Files: {type: object, additionalProperties: {type: string}}
//! ```

use serde_json::{Map, Value, json};

/// The mark of a list whose `items` is a choice of one schema for each of its places. It is in no
/// document: 3.0 has no word for it, and `lower` reads it.
pub(crate) const TUPLE: &str = "x-specwright-tuple";
/// The longest tuple that Rust compares and prints.
const LONGEST: usize = 12;

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

/// A tuple, if each place has a value and nothing follows; else a list whose items are of any of the
/// kinds that its places have. What may follow them belongs to these too; if that is anything, each
/// item may be.
fn tuple(map: &mut Map<String, Value>) {
    let Some(Value::Array(places)) = map.get("prefixItems") else { return };
    let (mut kinds, count) = (places.clone(), places.len());
    let most = map.get("maxItems").and_then(whole).and_then(|most| usize::try_from(most).ok());
    let is_full = most.is_some_and(|most| most <= count);
    let is_closed = is_full || map.get("items").is_some_and(is_nothing);
    let least = map.get("minItems").and_then(whole);
    if is_closed
        && least == u64::try_from(count).ok()
        && (1..=LONGEST).contains(&count)
        && is_list(map.get("type"))
    {
        for said in ["prefixItems", "minItems", "maxItems"] {
            map.shift_remove(said);
        }
        map.insert("items".to_owned(), json!({"anyOf": kinds}));
        map.insert(TUPLE.to_owned(), Value::Bool(true));
        // Without a type other values are allowed too; nobody means that.
        map.entry("type").or_insert_with(|| json!("array"));
        return;
    }
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

/// Whether values may be lists, perhaps among others.
fn is_list(said: Option<&Value>) -> bool {
    match said {
        None => true,
        Some(Value::Array(types)) => types.contains(&json!("array")),
        Some(one) => *one == "array",
    }
}

/// A number without a fraction, however it is written: 2.0 is one (JSON Schema 2020-12, section
/// 6.1.1 of the validation vocabulary).
fn whole(number: &Value) -> Option<u64> {
    number.as_u64().or_else(|| {
        let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
        // A text of digits, so that nothing is rounded on the way.
        format!("{number:.0}").parse().ok()
    })
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
