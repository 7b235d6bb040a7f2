//! `allOf` as one schema, as far as a value has to know.

use serde_json::{Map, Value, json};

use crate::serve::tree::target;

/// A schema may be made of itself.
const DEEPEST: usize = 32;

/// The schema with what its `allOf` says beside what it says itself. In an `allOf` of its own are then the
/// choices besides its first.
pub(in crate::serve) fn flatten(root: &Value, schema: &Value) -> Map<String, Value> {
    let mut flat = Map::new();
    add(root, schema, &mut flat, 0);
    flat
}

fn add(root: &Value, schema: &Value, flat: &mut Map<String, Value>, depth: usize) {
    let schema = target(root, schema).map_or(schema, |(found, _)| found);
    let Value::Object(map) = schema else { return };
    if depth > DEEPEST {
        return;
    }
    for part in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        add(root, part, flat, depth + 1);
    }
    for (key, value) in map {
        match (key.as_str(), flat.get_mut(key)) {
            ("allOf", _) => {}
            ("properties", Some(Value::Object(known))) => properties(known, value),
            ("required", Some(Value::Array(known))) => {
                known.extend(value.as_array().into_iter().flatten().cloned());
            }
            // A value is one of each.
            ("oneOf" | "anyOf", Some(known)) if known != value => {
                let others = flat.entry("allOf").or_insert_with(|| json!([]));
                let others = others.as_array_mut().into_iter();
                others.for_each(|others| others.push(json!({key: value})));
            }
            ("enum", Some(Value::Array(known))) => {
                known.retain(|one| value.as_array().is_some_and(|all| all.contains(one)));
            }
            (key, Some(known)) if key.starts_with("min") => {
                if value.as_f64() > known.as_f64() {
                    *known = value.clone();
                }
            }
            (key, Some(known)) if key.starts_with("max") => {
                if value.as_f64() < known.as_f64() {
                    *known = value.clone();
                }
            }
            // That a part is a base with variants says nothing of what is made of it.
            ("discriminator", _) if depth > 0 => {}
            _ => {
                flat.insert(key.clone(), value.clone());
            }
        }
    }
}

/// A property that two parts describe is what both say.
fn properties(known: &mut Map<String, Value>, more: &Value) {
    for (name, property) in more.as_object().into_iter().flatten() {
        let both = match known.get(name) {
            Some(before) if before != property => json!({"allOf": [before, property]}),
            _ => property.clone(),
        };
        known.insert(name.clone(), both);
    }
}
