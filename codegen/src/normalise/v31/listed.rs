//! An `enum` whose values have names and descriptions, as 3.1 writes it: alternatives that are
//! one value each.
//!
//! ```yaml
//! Gear:
//!   type: integer
//!   oneOf: [{const: 1, title: FIRST}, {const: 2, title: SECOND, deprecated: true}]
//! ```
//! becomes
//! ```yaml
//! Gear:
//!   type: integer
//!   enum: [1, 2]
//!   x-enum-varnames: [FIRST, SECOND]
//!   x-enum-deprecated: [false, true]
//! ```

use serde_json::{Map, Value, json};

use super::moves::Within;

/// Makes an `enum` of alternatives that are one value each.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let others = ["enum", "allOf", "discriminator", "properties", "$ref"];
    if others.iter().any(|key| map.contains_key(*key)) {
        return;
    }
    let word = match (map.contains_key("oneOf"), map.contains_key("anyOf")) {
        (true, false) => "oneOf",
        (false, true) => "anyOf",
        _ => return,
    };
    let Some(members) = map.get(word).and_then(Value::as_array) else { return };
    let mut values = Vec::with_capacity(members.len());
    let (mut names, mut descriptions, mut deprecated) = (Vec::new(), Vec::new(), Vec::new());
    let mut null = false;
    let mut places = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        let Some(value) = only_value(member) else { return };
        if value.is_null() {
            null = true;
            continue;
        }
        let word = |key: &str| member.get(key).and_then(Value::as_str).unwrap_or_default();
        values.push(value.clone());
        places.push(index.to_string());
        names.push(word("title").to_owned());
        descriptions.push(word("description").to_owned());
        deprecated.push(member.get("deprecated") == Some(&Value::Bool(true)));
    }
    let is_same = |pair: &[Value]| pair[0].is_string() == pair[1].is_string();
    if values.is_empty() || !values.windows(2).all(is_same) {
        return;
    }
    moves.note(&["enum"], &[word]);
    for (index, place) in places.iter().enumerate() {
        moves.note(&["enum", &index.to_string()], &[word, place]);
    }
    map.shift_remove(word);
    map.insert("enum".to_owned(), Value::Array(values));
    for (key, words) in [("x-enum-varnames", names), ("x-enum-descriptions", descriptions)] {
        if words.iter().any(|word| !word.is_empty()) && !map.contains_key(key) {
            map.insert(key.to_owned(), json!(words));
        }
    }
    if deprecated.contains(&true) && !map.contains_key("x-enum-deprecated") {
        map.insert("x-enum-deprecated".to_owned(), json!(deprecated));
    }
    if null {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// The text, number or null that is all that a schema allows, if it says nothing else of it.
fn only_value(schema: &Value) -> Option<&Value> {
    let map = schema.as_object()?;
    let is_silent = |key: &str| {
        matches!(
            key,
            "enum" | "type" | "nullable" | "title" | "description" | "format" | "deprecated"
        ) || matches!(key, "example" | "examples" | "$comment")
            || key.starts_with("x-")
    };
    let [value] = map.get("enum")?.as_array()?.as_slice() else { return None };
    let fits = value.is_string() || value.is_i64() || value.is_u64() || value.is_null();
    (fits && map.keys().all(|key| is_silent(key))).then_some(value)
}
