//! `type` as a list, `type: "null"` and `const`.
//!
//! ```yaml
//! Id: {type: [string, integer, "null"], maxLength: 9}
//! ```
//! becomes
//! ```yaml
//! Id: {nullable: true, anyOf: [{type: string, maxLength: 9}, {type: integer}]}
//! ```

use serde_json::{Map, Value, json};

use super::collections::TUPLE;
use super::moves::Within;
use super::schema::CONTENT;

/// The mark of a schema whose `type` and listed values disagree on null, with what `type` says: it is in no
/// document, and `left_over` reads it.
pub(super) const NULL: &str = "x-specwright-null";
/// Null is all that the type allows, and other values are listed.
pub(super) const ALL: &str = "all";
/// Null is all that is listed, and the type does not allow it.
pub(super) const NONE: &str = "none";

/// Brings what says the type of a value into the words of 3.0.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    if let Some(only) = map.shift_remove("const") {
        beside_constant(map, &only, moves);
        map.insert("enum".to_owned(), json!([only]));
        moves.note(&["enum"], &["const"]);
        moves.note(&["enum", "0"], &["const"]);
    }
    let Some(mut names) = names(map) else { return };
    let had = names.len();
    names.retain(|name| name != "null");
    let has_null = had > names.len();
    if let Some(listed) = map.get("enum").and_then(Value::as_array).filter(|all| !all.is_empty()) {
        let mark = match (has_null, names.is_empty()) {
            (true, true) if listed.iter().any(|value| !value.is_null()) => Some(ALL),
            (false, false) if listed.iter().all(Value::is_null) && !is_nullable(map) => Some(NONE),
            _ => None,
        };
        if let Some(mark) = mark {
            map.insert(NULL.to_owned(), json!(mark));
        }
    }
    if has_null {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    // A whole number is a number.
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    match names.as_slice() {
        // OpenAPI 3.0 spells null as an enum.
        [] if had > 0 => {
            map.shift_remove("type");
            map.insert("enum".to_owned(), json!([null]));
        }
        [] => {
            map.shift_remove("type");
        }
        [one] => {
            map.insert("type".to_owned(), Value::String(one.clone()));
        }
        several => split(map, several, moves),
    }
}

/// The word of 3.0, which documents of 3.1 still have.
fn is_nullable(map: &Map<String, Value>) -> bool {
    map.get("nullable") == Some(&Value::Bool(true))
}

/// Both `const` and `enum` hold (JSON Schema validation, section 6.1): where the list has not the one value,
/// it stays as a member of its own, and `lower` tells that no value is both.
fn beside_constant(map: &mut Map<String, Value>, only: &Value, moves: &mut Within<'_>) {
    let has_other = |listed: &Value| listed.as_array().is_some_and(|all| !all.contains(only));
    if !map.get("enum").is_some_and(has_other) {
        return;
    }
    let Some(listed) = map.shift_remove("enum") else { return };
    if let Value::Array(all) = map.entry("allOf").or_insert_with(|| json!([])) {
        moves.note(&["allOf", &all.len().to_string(), "enum"], &["enum"]);
        all.push(json!({"enum": listed}));
    }
}

/// The types that are named; `None` if there is none, or something that is no name of a type.
fn names(map: &Map<String, Value>) -> Option<Vec<String>> {
    match map.get("type")? {
        Value::String(name) => Some(vec![name.clone()]),
        Value::Array(list) => {
            let mut names = Vec::with_capacity(list.len());
            for name in list {
                let name = name.as_str()?;
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
            Some(names)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// Makes an alternative of each type, with the keywords that concern it. Where the schema has
/// alternatives or parts already, those say the type themselves.
fn split(map: &mut Map<String, Value>, names: &[String], moves: &mut Within<'_>) {
    map.shift_remove("type");
    if ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| map.contains_key(*key)) {
        return;
    }
    let is_everything = ["string", "number", "boolean", "object", "array"]
        .iter()
        .all(|name| names.iter().any(|known| known == name));
    let says_more = map.keys().any(|key| specific(key));
    if is_everything && !says_more {
        return;
    }
    let values = map.get("enum").and_then(Value::as_array).cloned();
    // A value of none of the types is told where the first of them lists it.
    let is_none_of =
        |value: &Value| !value.is_null() && !names.iter().any(|name| is_a(value, name));
    let mut alternatives = Vec::with_capacity(names.len());
    for name in names {
        let mut alternative = Map::new();
        alternative.insert("type".to_owned(), Value::String(name.clone()));
        let mut places: Vec<usize> = Vec::new();
        if let Some(values) = &values {
            let all = || values.iter().enumerate();
            let mut mine: Vec<(usize, &Value)> = all().filter(|(_, v)| is_a(v, name)).collect();
            if mine.is_empty() {
                continue;
            }
            if alternatives.is_empty() {
                mine.extend(all().filter(|(_, value)| is_none_of(value)));
            }
            places.extend(mine.iter().map(|(place, _)| *place));
            let mine = mine.into_iter().map(|(_, value)| value.clone()).collect();
            alternative.insert("enum".to_owned(), Value::Array(mine));
        }
        let own = map.iter().filter(|(key, value)| concerns(key, value, name));
        alternative.extend(own.map(|(key, value)| (key.clone(), value.clone())));
        let index = alternatives.len().to_string();
        moves.note(&["anyOf", &index], &[]);
        for key in alternative.keys().filter(|key| map.get(*key).is_some_and(holds_more)) {
            moves.note(&["anyOf", &index, key], &[key]);
        }
        // Each value has a place of its own, which is another one here.
        for (here, place) in places.iter().enumerate().filter(|(here, place)| here != *place) {
            let (here, place) = (here.to_string(), place.to_string());
            moves.note(&["anyOf", &index, "enum", &here], &["enum", &place]);
        }
        alternatives.push(Value::Object(alternative));
    }
    if let (true, Some(first)) = (alternatives.is_empty(), names.first()) {
        // No value is of any of the types, which is told of one type as of several.
        map.insert("type".to_owned(), Value::String(first.clone()));
        return;
    }
    if values.is_some_and(|values| values.iter().any(Value::is_null)) {
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    map.retain(|key, _| !specific(key) && key != "enum");
    map.insert("anyOf".to_owned(), Value::Array(alternatives));
}

/// Whether something may have moved within a value.
fn holds_more(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn is_a(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            let is_whole = || number.as_f64().is_some_and(|number| number.fract() == 0.0);
            name == "number" || (name == "integer" && is_whole())
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// The types whose values a keyword restricts (JSON Schema validation, sections 6 and 7).
fn types_of(key: &str) -> &'static [&'static str] {
    match key {
        CONTENT | "maxLength" | "minLength" | "pattern" | "contentEncoding"
        | "contentMediaType" | "contentSchema" => &["string"],
        "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" | "multipleOf" => {
            &["number", "integer"]
        }
        TUPLE | "items" | "prefixItems" | "maxItems" | "minItems" | "uniqueItems" | "contains"
        | "minContains" | "maxContains" | "unevaluatedItems" => &["array"],
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "maxProperties"
        | "minProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => &["object"],
        "format" => &["string", "number", "integer"],
        _ => &[],
    }
}

fn specific(key: &str) -> bool {
    !types_of(key).is_empty()
}

fn concerns(key: &str, value: &Value, name: &str) -> bool {
    if key == "format" {
        let format = value.as_str().unwrap_or_default();
        let is_numeric = matches!(format, "float" | "double" | "decimal")
            || format.trim_start_matches('u').starts_with("int");
        return if is_numeric { matches!(name, "number" | "integer") } else { name == "string" };
    }
    types_of(key).contains(&name)
}
