//! A document beside itself, under other names.

use serde_json::{Map, Value};

/// So many copies of a document in one: each has its own paths, operations, tags and components.
pub(super) fn joined(document: &Value, number: usize) -> Value {
    let mut all = document.clone();
    for copy in 1..number {
        let mut more = document.clone();
        rename(&mut more, copy);
        for section in ["paths", "tags", "components"] {
            if let Some(more) = more.get_mut(section).map(Value::take) {
                join(&mut all[section], more);
            }
        }
    }
    all
}

/// Puts what is in one collection behind what is in another. Components are one level deeper.
fn join(all: &mut Value, more: Value) {
    match (all, more) {
        (Value::Object(all), Value::Object(more)) => {
            for (key, value) in more {
                match all.get_mut(&key) {
                    Some(known) => join(known, value),
                    None => drop(all.insert(key, value)),
                }
            }
        }
        (Value::Array(all), Value::Array(more)) => all.extend(more),
        _ => {}
    }
}

fn rename(document: &mut Value, copy: usize) {
    let schemes = document.pointer("/components/securitySchemes").cloned();
    references(document, copy);
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        *paths = std::mem::take(paths)
            .into_iter()
            .map(|(path, mut item)| {
                operations(&mut item, copy);
                (format!("/copy{copy}{path}"), item)
            })
            .collect();
    }
    for tag in document.get_mut("tags").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(Value::String(name)) = tag.get_mut("name") {
            suffix(name, copy);
        }
    }
    if let Some(Value::Object(components)) = document.get_mut("components") {
        for section in components.values_mut().filter_map(Value::as_object_mut) {
            *section = renamed(std::mem::take(section), copy);
        }
        // A way to log in is the same for all.
        if let Some(schemes) = schemes {
            components.insert("securitySchemes".to_owned(), schemes);
        }
    }
}

fn renamed(section: Map<String, Value>, copy: usize) -> Map<String, Value> {
    let entry = |(mut name, value): (String, Value)| {
        suffix(&mut name, copy);
        (name, value)
    };
    section.into_iter().map(entry).collect()
}

fn operations(item: &mut Value, copy: usize) {
    for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(Value::String(id)) = operation.get_mut("operationId") {
            suffix(id, copy);
        }
        let tags = operation.get_mut("tags").and_then(Value::as_array_mut);
        for tag in tags.into_iter().flatten() {
            if let Value::String(name) = tag {
                suffix(name, copy);
            }
        }
    }
}

/// References lead into the copy they stand in. Those to a part of a component do not.
fn references(value: &mut Value, copy: usize) {
    match value {
        Value::String(text) => {
            let tokens = text.split('/').count();
            let is_scheme = text.starts_with("#/components/securitySchemes/");
            if text.starts_with("#/components/") && tokens == 4 && !is_scheme {
                suffix(text, copy);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| references(one, copy)),
        Value::Object(map) => map.values_mut().for_each(|one| references(one, copy)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn suffix(name: &mut String, copy: usize) {
    name.push_str(&format!("Copy{copy}"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::joined;

    #[test]
    fn copies_have_their_own_names() {
        let document = json!({
            "tags": [{"name": "a"}],
            "paths": {"/a": {"get": {"operationId": "a", "tags": ["a"], "responses": {"200":
                {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
            "components": {"schemas": {"A": {"type": "string"}}, "securitySchemes": {"S": {}}},
        });
        let all = joined(&document, 2);
        let at = |pointer: &str| all.pointer(pointer).unwrap().clone();
        assert_eq!(at("/paths/~1copy1~1a/get/operationId"), "aCopy1");
        assert_eq!(at("/tags"), json!([{"name": "a"}, {"name": "aCopy1"}]));
        assert_eq!(
            at("/components/schemas"),
            json!({"A": {"type": "string"}, "ACopy1": {"type": "string"}})
        );
        assert_eq!(at("/components/securitySchemes"), json!({"S": {}}));
        let schema = "/get/responses/200/content/application~1json/schema/$ref";
        assert_eq!(at(&format!("/paths/~1a{schema}")), "#/components/schemas/A");
        assert_eq!(at(&format!("/paths/~1copy1~1a{schema}")), "#/components/schemas/ACopy1");
    }
}
