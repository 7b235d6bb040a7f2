//! `in: querystring` of 3.2: the query as a whole, as a form (OpenAPI 3.2 section 4.12).
//!
//! ```yaml
//! parameters:
//!   - name: all
//!     in: querystring
//!     content:
//!       application/x-www-form-urlencoded: {schema: {properties: {a: {type: string}}, required: [a]}}
//! ```
//! becomes
//! ```yaml
//! parameters: [{name: a, in: query, required: true, schema: {type: string}}]
//! ```
//! A query that is no form of declared properties cannot be sent.

use serde_json::{Map, Value, json};

use super::walk;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::Object;

const FORM: &str = "application/x-www-form-urlencoded";

/// Makes a parameter of each property of a query that is written as a form.
pub(super) fn rewrite(root: &mut Value) -> Diagnostics {
    let schemas = root.pointer("/components/schemas").cloned().unwrap_or(Value::Null);
    walk::each_mut(root, Object::Document, &mut |value, object| {
        if !matches!(object, Object::Operation | Object::PathItem) {
            return;
        }
        let Some(Value::Array(list)) = value.get_mut("parameters") else { return };
        let whole = std::mem::take(list).into_iter();
        *list = whole
            .flat_map(|parameter| each_of(&parameter, &schemas).unwrap_or_else(|| vec![parameter]))
            .collect();
    });
    let mut diagnostics = Diagnostics::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        if object == Object::Parameter && is_whole(value) {
            let message = "a query as a whole can be sent if it is a form with declared properties";
            let error = Diagnostic::error(Code::UnsupportedParameter, message).at(at);
            diagnostics.push(error.help("write each of its parts as a parameter in `query`"));
        }
    });
    diagnostics
}

fn is_whole(parameter: &Value) -> bool {
    parameter.get("in").is_some_and(|place| place == "querystring")
}

fn each_of(parameter: &Value, schemas: &Value) -> Option<Vec<Value>> {
    let content = parameter.get("content").filter(|_| is_whole(parameter))?;
    let media = content.get(FORM)?;
    let schema = behind(media.get("schema")?, schemas)?;
    let properties = schema.get("properties")?.as_object()?;
    let composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.contains_key(*key));
    if composed || media.get("encoding").is_some() {
        return None;
    }
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let one = |(name, schema): (&String, &Value)| {
        let mut one = json!({"name": name, "in": "query", "required": is_required(name)});
        one["schema"] = schema.clone();
        if let Some(words) = schema.get("description").filter(|words| words.is_string()) {
            one["description"] = words.clone();
        }
        one
    };
    Some(properties.iter().map(one).collect())
}

/// The schema behind a reference to a component.
fn behind<'v>(schema: &'v Value, schemas: &'v Value) -> Option<&'v Map<String, Value>> {
    let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
        return schema.as_object();
    };
    let target = Pointer::from_reference(reference)?;
    target.parent().filter(|at| at.as_str() == "/components/schemas")?;
    schemas.get(target.last()?)?.as_object()
}
