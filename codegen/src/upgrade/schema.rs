//! Schemas, which stay where they are, and references, which follow what they refer to.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child};
use crate::source::Origins;

/// Rewrites every schema and every reference of a tree that is arranged as 3.0 has it.
pub(super) fn rewrite(root: &mut Value, origins: &mut Origins) {
    for at in places(root, |object, _| object == Object::Schema) {
        if let Some(Value::Object(schema)) = root.pointer_mut(at.as_str()) {
            keywords(schema);
            alternatives(schema, &at, origins);
        }
    }
    let is_reference =
        |object: Object, value: &Value| object.may_be_reference() && value.get("$ref").is_some();
    for at in places(root, is_reference) {
        let at = at.push("$ref");
        let written = at.lookup(root).and_then(Value::as_str);
        let pointer = written.and_then(Pointer::from_reference);
        let target = pointer.and_then(|pointer| origins.destination(&pointer, root));
        // One that leads nowhere is reported as it is written.
        if let (Some(target), Some(value)) = (target, root.pointer_mut(at.as_str())) {
            *value = Value::String(target.to_reference());
        }
    }
}

/// Where the wanted objects stand, those within others first.
fn places(root: &Value, is_wanted: impl Fn(Object, &Value) -> bool) -> Vec<Pointer> {
    fn visit(
        value: &Value,
        object: Object,
        trail: &Trail<'_>,
        is_wanted: &dyn Fn(Object, &Value) -> bool,
        found: &mut Vec<Pointer>,
    ) {
        if is_wanted(object, value) {
            found.push(trail.pointer());
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            visit(value, object, trail, is_wanted, found);
        });
        // JSON Schema has lists of schemas here, for tuples.
        if let (Object::Schema, Some(Value::Array(items))) = (object, value.get("items")) {
            let trail = Trail::Key(trail, "items");
            for (index, item) in items.iter().enumerate() {
                visit(item, object, &Trail::Index(&trail, index), is_wanted, found);
            }
        }
    }
    let mut found = Vec::new();
    let start = Pointer::root();
    visit(root, Object::Document, &Trail::Start(&start), &is_wanted, &mut found);
    found.reverse();
    found
}

/// Keywords that have another name or form in 3.0.
fn keywords(schema: &mut Map<String, Value>) {
    if let Some(nullable) = schema.shift_remove("x-nullable") {
        schema.entry("nullable").or_insert(nullable);
    }
    if let Some(discriminator @ Value::String(_)) = schema.get_mut("discriminator") {
        *discriminator = json!({"propertyName": discriminator});
    }
    if schema.get("type").is_some_and(|kind| kind == "file") {
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
}

/// What JSON Schema has and Swagger 2.0 has not, honoured as it is meant: several types, `null`
/// among them, and a list of schemas as `items`, by which documents without `anyOf` mean it.
fn alternatives(schema: &mut Map<String, Value>, at: &Pointer, origins: &mut Origins) {
    if let Some(Value::Array(list)) = schema.get("items") {
        let list = list.clone();
        let from = origins.of(&at.push("items"));
        if schema.get("type").is_some_and(has_array) {
            origins.insert(at.push("items").push("anyOf"), from);
            let mut items = json!({"anyOf": list});
            if let Value::Object(items) = &mut items {
                without_null(items);
            }
            schema.insert("items".to_owned(), items);
        } else {
            origins.insert(at.push("anyOf"), from);
            schema.shift_remove("items");
            schema.insert("anyOf".to_owned(), Value::Array(list));
            without_null(schema);
        }
    }
    let Some(Value::Array(types)) = schema.get("type") else { return };
    let is_null = |kind: &Value| kind == "null" || kind.is_null();
    let nullable = types.iter().any(is_null);
    let types: Vec<Value> = types.iter().filter(|kind| !is_null(kind)).cloned().collect();
    if nullable {
        schema.insert("nullable".to_owned(), json!(true));
    }
    match <[Value; 1]>::try_from(types) {
        Ok([only]) => {
            schema.insert("type".to_owned(), only);
        }
        Err(types) => {
            schema.shift_remove("type");
            if !types.is_empty() && !schema.contains_key("anyOf") {
                several(schema, types, at, origins);
            }
        }
    }
}

fn has_array(kind: &Value) -> bool {
    kind == "array" || kind.as_array().is_some_and(|types| types.iter().any(has_array))
}

/// An alternative that is nothing but `null` makes the schema nullable; one that is left alone
/// stays an alternative, since `allOf` would add to it what stands beside.
fn without_null(schema: &mut Map<String, Value>) {
    let Some(Value::Array(list)) = schema.get_mut("anyOf") else { return };
    let before = list.len();
    list.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
    let (left, had_null) = (list.len(), list.len() < before);
    if left == 0 {
        schema.shift_remove("anyOf");
    }
    if had_null {
        schema.insert("nullable".to_owned(), json!(true));
    }
}

/// One alternative for each type, with the keywords that speak of it; the others stay.
fn several(
    schema: &mut Map<String, Value>,
    types: Vec<Value>,
    at: &Pointer,
    origins: &mut Origins,
) {
    let from = origins.of(at);
    let mut alternatives = Vec::with_capacity(types.len());
    let mut taken = Vec::new();
    for (index, kind) in types.into_iter().enumerate() {
        origins.insert(at.push("anyOf").index(index), from.clone());
        let mut one = Map::new();
        for key in keywords_of(kind.as_str().unwrap_or_default()) {
            if let Some(value) = schema.get(*key) {
                one.insert((*key).to_owned(), value.clone());
                taken.push(*key);
            }
        }
        if kind == "array" {
            one.entry("items").or_insert_with(|| json!({}));
        }
        one.insert("type".to_owned(), kind);
        alternatives.push(Value::Object(one));
    }
    for key in taken {
        schema.shift_remove(key);
    }
    schema.insert("anyOf".to_owned(), Value::Array(alternatives));
}

/// The keywords that only say something of values of this type (JSON Schema, section 5).
fn keywords_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "object" => &[
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "discriminator",
        ],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "string" => &["format", "pattern", "minLength", "maxLength"],
        "integer" | "number" => {
            &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
        }
        _ => &[],
    }
}
