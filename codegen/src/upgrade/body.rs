//! Parameters in the body and in forms are request bodies.

use serde_json::{Map, Value, json};

use super::parameter::{List, place};
use super::{Found, Upgrade, is_extension};
use crate::pointer::Pointer;

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

impl<'s> Upgrade<'s> {
    /// The body parameters of the document.
    pub(super) fn shared_bodies(
        &mut self,
        all: &'s Map<String, Value>,
        from: &Pointer,
    ) -> Map<String, Value> {
        let section = Pointer::root().push("components").push("requestBodies");
        let consumes = self.consumes.clone();
        let mut bodies = Map::new();
        for (name, parameter) in all {
            let found = self.resolve(parameter, &from.push(name));
            if place(found.value) == Some("body") {
                let to = section.push(name);
                self.moved(&to, &from.push(name));
                bodies.insert(name.clone(), self.body(&found, &consumes, &to));
            }
        }
        bodies
    }

    /// The request body that a body parameter is, once for each media type.
    pub(super) fn body(&mut self, found: &Found<'s>, consumes: &[&str], to: &Pointer) -> Value {
        self.moved(to, &found.at);
        let Value::Object(parameter) = found.value else { return found.value.clone() };
        let usual = ["application/json"];
        let media_types = if consumes.is_empty() { &usual[..] } else { consumes };
        let content = self.content(parameter.get("schema"), media_types, &found.at, to);
        let kept = |key: &str| matches!(key, "description" | "required") || is_extension(key);
        let mut body: Map<String, Value> = parameter
            .iter()
            .filter(|(key, _)| kept(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        body.insert("content".to_owned(), content);
        Value::Object(body)
    }

    /// The same schema for each media type.
    pub(super) fn content(
        &mut self,
        schema: Option<&Value>,
        media_types: &[&str],
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        let mut content = Map::new();
        for media_type in media_types {
            let at = to.push("content").push(media_type);
            self.moved(&at, from);
            self.moved(&at.push("schema"), &from.push("schema"));
            let media = schema.map_or_else(|| json!({}), |schema| json!({"schema": schema}));
            content.insert((*media_type).to_owned(), media);
        }
        Value::Object(content)
    }

    /// The request body that the form parameters make together.
    pub(super) fn form(&mut self, fields: &[Found<'s>], consumes: &[&str], to: &Pointer) -> Value {
        if let Some(first) = fields.first() {
            self.moved(to, &first.at);
        }
        let has_file = fields.iter().any(|field| is_file(field.value));
        let forms = [URL_ENCODED, MULTIPART];
        let mut media_types: Vec<&str> =
            consumes.iter().copied().filter(|name| forms.contains(name)).collect();
        // A file can only be sent in parts.
        media_types.retain(|name| !has_file || *name == MULTIPART);
        if media_types.is_empty() {
            media_types.push(if has_file { MULTIPART } else { URL_ENCODED });
        }
        for field in fields {
            if let Value::Object(parameter) = field.value {
                self.untyped(parameter, &field.at);
            }
        }
        let mut content = Map::new();
        for name in media_types {
            let media = self.form_media(fields, name, &to.push("content").push(name));
            content.insert(name.to_owned(), media);
        }
        let is_required = fields.iter().any(|field| is_required(field.value));
        json!({"required": is_required, "content": content})
    }

    fn form_media(&mut self, fields: &[Found<'s>], media_type: &str, to: &Pointer) -> Value {
        let at = to.push("schema").push("properties");
        let (mut properties, mut encoding) = (Map::new(), Map::new());
        let mut required: Vec<&str> = Vec::new();
        for field in fields {
            let Value::Object(parameter) = field.value else { continue };
            let Some(name) = parameter.get("name").and_then(Value::as_str) else { continue };
            self.moved(&at.push(name), &field.at);
            let list = list_of(parameter, media_type);
            let mut schema = self.value_schema(parameter, &list, &field.at);
            if let (Some(text), Value::Object(schema)) = (parameter.get("description"), &mut schema)
            {
                schema.insert("description".to_owned(), text.clone());
            }
            properties.insert(name.to_owned(), schema);
            if is_required(field.value) {
                required.push(name);
            }
            if let (List::Styled { style, explode }, true) = (list, media_type == URL_ENCODED) {
                let style = style.unwrap_or("form");
                encoding.insert(name.to_owned(), json!({"style": style, "explode": explode}));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if encoding.is_empty() {
            json!({"schema": schema})
        } else {
            json!({"schema": schema, "encoding": encoding})
        }
    }
}

/// In parts, a list is a part for each value or one text: parts have no styles.
fn list_of(parameter: &Map<String, Value>, media_type: &str) -> List {
    let is_repeated = parameter.get("collectionFormat").is_some_and(|format| format == "multi");
    let of_files = parameter.get("items").is_some_and(is_file);
    match media_type {
        MULTIPART if of_files => List::No,
        MULTIPART if !is_repeated => List::of(parameter, "part"),
        _ => List::of(parameter, "formData"),
    }
}

fn is_file(value: &Value) -> bool {
    value.get("type").is_some_and(|kind| kind == "file") || value.get("items").is_some_and(is_file)
}

fn is_required(parameter: &Value) -> bool {
    parameter.get("required") == Some(&Value::Bool(true))
}
