//! Lists and maps: `prefixItems`, `patternProperties` and what is left over by either.
//!
//! ```yaml
//! Range: {type: array, prefixItems: [{type: integer}, {type: string}], items: false}
//! Point: {type: array, prefixItems: [{type: number}, {type: number}], minItems: 2, maxItems: 2}
//! Files: {type: object, patternProperties: {'\.rs$': {type: string}}, additionalProperties: false}
//! Notes: {type: object, patternProperties: {'^n': {type: string}}}
//! ```
//! becomes
//! ```yaml
//! Range: {type: array, items: {anyOf: [{type: integer}, {type: string}]}, maxItems: 2}
//! Point: {type: array, items: {anyOf: [{type: number}, {type: number}]}, x-specwright-tuple: true}
//! Files: {type: object, additionalProperties: {type: string}}
//! Notes: {type: object, additionalProperties: {}}
//! ```
//! because a key that no pattern matches may have any value, unless the document says otherwise.

use std::mem;

use serde_json::{Map, Value, json};

use super::moves::Within;

/// The mark of a list whose `items` is a choice of one schema for each of its places. It is in no
/// document: 3.0 has no word for it, and `lower` reads it.
pub(crate) const TUPLE: &str = "x-specwright-tuple";
/// The longest tuple that Rust compares and prints.
const LONGEST: usize = 12;

const ADDITIONAL: &str = "additionalProperties";

/// A schema of some of the values of a list or map, and the keys below which it is written.
pub(super) struct Kind {
    pub(super) schema: Value,
    pub(super) from: Vec<String>,
}

impl Kind {
    fn place((index, schema): (usize, Value)) -> Self {
        Self { schema, from: vec!["prefixItems".to_owned(), index.to_string()] }
    }
}

/// Rewrites the keywords for items and properties that 3.0 does not have.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    pattern_properties(map, moves);
    tuple(map, moves);
    unevaluated(map, moves);
    // A boolean is left where `items` held one.
    if let Some(Value::Bool(_)) = map.get("items") {
        map.insert("items".to_owned(), json!({}));
    }
}

/// A tuple, if each place has a value and nothing follows; else a list whose items are of any of the
/// kinds that its places have. What may follow them belongs to these too; if that is anything, each
/// item may be.
fn tuple(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let Some(Value::Array(places)) = map.get("prefixItems") else { return };
    if !is_list(map.get("type")) {
        return;
    }
    let count = places.len();
    let places: Vec<Value> = match map.get_mut("prefixItems") {
        Some(Value::Array(places)) => places.iter_mut().map(moved).collect(),
        _ => return,
    };
    let most = map.get("maxItems").and_then(whole).and_then(|most| usize::try_from(most).ok());
    let is_full = most.is_some_and(|most| most <= count);
    let is_closed = is_full || map.get("items").is_some_and(is_nothing);
    let least = map.get("minItems").and_then(whole);
    if is_closed && least == u64::try_from(count).ok() && (1..=LONGEST).contains(&count) {
        for said in ["prefixItems", "minItems", "maxItems"] {
            map.shift_remove(said);
        }
        for index in (0..count).map(|index| index.to_string()) {
            moves.note(&["items", "anyOf", &index], &["prefixItems", &index]);
        }
        map.insert("items".to_owned(), json!({"anyOf": places}));
        map.insert(TUPLE.to_owned(), Value::Bool(true));
        // Without a type other values are allowed too; nobody means that.
        map.entry("type").or_insert_with(|| json!("array"));
        return;
    }
    let mut kinds: Vec<Kind> = places.into_iter().enumerate().map(Kind::place).collect();
    match map.get("items") {
        Some(rest) if is_nothing(rest) => {
            map.entry("maxItems").or_insert_with(|| json!(count));
        }
        _ if is_full => {}
        Some(_) => {
            let schema = map.get_mut("items").map(mem::take).unwrap_or_default();
            kinds.push(Kind { schema, from: vec!["items".to_owned()] });
        }
        None => kinds.push(Kind { schema: json!({}), from: Vec::new() }),
    }
    map.insert("items".to_owned(), any_of(&["items"], kinds, moves));
    map.entry("type").or_insert_with(|| json!("array"));
}

/// Whether values may be lists, perhaps among others.
pub(super) fn is_list(said: Option<&Value>) -> bool {
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

/// Whether a list that was rewritten has a value at each place and nothing behind them, and is
/// too long for a tuple all the same.
pub(super) fn is_long(schema: &Value) -> bool {
    let places = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
    let is_all = |key: &str| schema.get(key).and_then(whole) == u64::try_from(places).ok();
    places > LONGEST && is_all("minItems") && is_all("maxItems")
}

/// The keys of a map are any text; that its values are of some kind is what can be said. What the
/// patterns say nothing of is what `additionalProperties` says, and without it any value (JSON Schema
/// 2020-12, section 10.3.2.3).
fn pattern_properties(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let patterns = map.get("patternProperties").and_then(Value::as_object);
    if patterns.is_none_or(Map::is_empty) {
        return;
    }
    let rest = match rest_of(map).map(|(key, rest)| (key, is_nothing(rest))) {
        None => Some(Kind { schema: json!({}), from: Vec::new() }),
        Some((_, true)) => None,
        Some((key, false)) => {
            let schema = map.get_mut(key).map(moved).unwrap_or_default();
            Some(Kind { schema, from: vec![key.to_owned()] })
        }
    };
    let pattern = |(key, schema): (&String, &mut Value)| Kind {
        schema: moved(schema),
        from: vec!["patternProperties".to_owned(), key.clone()],
    };
    let patterns = map.get_mut("patternProperties").and_then(Value::as_object_mut);
    let mut kinds: Vec<Kind> = patterns.into_iter().flatten().map(pattern).chain(rest).collect();
    // A key that no pattern allows is not there.
    if kinds.iter().any(|kind| !is_nothing(&kind.schema)) {
        kinds.retain(|kind| !is_nothing(&kind.schema));
    }
    map.insert(ADDITIONAL.to_owned(), any_of(&[ADDITIONAL], kinds, moves));
    map.entry("type").or_insert_with(|| json!("object"));
}

/// What a map says of the keys that none of its patterns matches, and where: the schema that allows
/// nothing, where there are none.
fn rest_of(map: &Map<String, Value>) -> Option<(&'static str, &Value)> {
    const NOTHING: &Value = &Value::Bool(false);
    let mut patterns = map.get("patternProperties").and_then(Value::as_object)?.keys();
    if patterns.any(|pattern| is_every_key(pattern)) {
        return Some((ADDITIONAL, NOTHING));
    }
    let mut said = [ADDITIONAL, "unevaluatedProperties"].into_iter();
    said.find_map(|key| Some((key, map.get(key)?)))
}

/// Whether a pattern is one of those that people write for any key. A line break and the empty key,
/// which some of them leave out, are the key of nothing.
fn is_every_key(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    matches!(inner, ".*" | ".+") || matches!(pattern, "" | "^" | "$" | ".")
}

/// Whether a map that was rewritten has untyped values for want of a word about the keys that its
/// patterns do not match.
pub(super) fn is_open(schema: &Value) -> bool {
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let mut patterns = patterns.into_iter().flatten();
    schema.get(ADDITIONAL) == Some(&json!({})) && patterns.all(|(_, schema)| *schema != json!({}))
}

/// What no other keyword has seen is what 3.0 calls additional; that there may be none of it says
/// nothing about the values there are.
fn unevaluated(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let pairs = [("unevaluatedProperties", ADDITIONAL), ("unevaluatedItems", "items")];
    for (unevaluated, known) in pairs {
        let is_known = map.contains_key(known);
        match map.get_mut(unevaluated) {
            Some(rest @ (Value::Object(_) | Value::Bool(true)))
                if !is_nothing(rest) && !is_known =>
            {
                let rest = moved(rest);
                map.insert(known.to_owned(), rest);
                moves.note(&[known], &[unevaluated]);
            }
            _ => {}
        }
    }
}

/// Takes a schema to where 3.0 has it. The keyword stays, to be told; that the schema is not there twice
/// is what keeps schemas within schemas from doubling at each level.
pub(super) fn moved(schema: &mut Value) -> Value {
    let left = if is_nothing(schema) {
        Value::Bool(false)
    } else if *schema == json!({}) {
        json!({})
    } else {
        Value::Bool(true)
    };
    mem::replace(schema, left)
}

/// The schema that allows nothing, before and after it was rewritten.
pub(super) fn is_nothing(schema: &Value) -> bool {
    *schema == Value::Bool(false) || *schema == json!({"not": {}})
}

/// One schema for values of several, to be put at `place`; anything, if one of them allows that.
pub(super) fn any_of(place: &[&str], kinds: Vec<Kind>, moves: &mut Within<'_>) -> Value {
    let mut distinct: Vec<Kind> = Vec::with_capacity(kinds.len());
    for kind in kinds {
        if kind.schema == json!({}) || kind.schema == Value::Bool(true) {
            return json!({});
        }
        if !distinct.iter().any(|known| known.schema == kind.schema) {
            distinct.push(kind);
        }
    }
    let is_one = distinct.len() == 1;
    // What was at the place itself makes room for the others.
    let (first, others): (Vec<_>, Vec<_>) =
        distinct.iter().enumerate().partition(|(_, kind)| kind.from == place);
    for (index, kind) in first.into_iter().chain(others) {
        let from: Vec<&str> = kind.from.iter().map(String::as_str).collect();
        let index = index.to_string();
        let within: &[&str] = if is_one { &[] } else { &["anyOf", &index] };
        moves.note(&[place, within].concat(), &from);
    }
    let mut schemas: Vec<Value> = distinct.into_iter().map(|kind| kind.schema).collect();
    if is_one { schemas.remove(0) } else { json!({"anyOf": schemas}) }
}
