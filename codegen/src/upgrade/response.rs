//! Responses: `schema` and `produces` become `content`.

use serde_json::{Map, Value, json};

use super::{Upgrade, is_extension};
use crate::pointer::Pointer;

impl<'s> Upgrade<'s> {
    pub(super) fn shared_responses(
        &mut self,
        all: &'s Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        let produces = self.produces.clone();
        let converted = all.iter().map(|(name, response)| {
            let (from, to) = (from.push(name), to.push(name));
            (name.clone(), self.response(response, &produces, &from, &to))
        });
        Value::Object(converted.collect())
    }

    /// The responses of an operation, with its own media types if it has some. A shared response
    /// has those of the document, so that one of other media types is a copy.
    pub(super) fn responses(
        &mut self,
        responses: &'s Map<String, Value>,
        own: Option<&[&str]>,
        at: &Pointer,
    ) -> Value {
        let shared = self.produces.clone();
        let all = own.unwrap_or(&shared);
        // The list is the operation's, and means its answers before its errors.
        let json: Vec<&str> = all.iter().copied().filter(|name| name.contains("json")).collect();
        let mut converted = Map::new();
        for (status, response) in responses {
            let is_answer = status.starts_with('2') || json.is_empty();
            let produces = if is_answer { all } else { json.as_slice() };
            let to = at.push(status);
            let found = self.resolve(response, &to);
            let is_copy = own.is_some_and(|own| own != shared.as_slice());
            let response = if is_copy && found.value.get("schema").is_some() {
                self.response(found.value, produces, &found.at, &to)
            } else {
                self.response(response, produces, &to, &to)
            };
            converted.insert(status.clone(), response);
        }
        Value::Object(converted)
    }

    fn response(
        &mut self,
        value: &'s Value,
        produces: &[&str],
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        self.moved(to, from);
        let Value::Object(response) = value else { return value.clone() };
        let mut converted = Map::new();
        for (key, value) in response {
            let value = match (key.as_str(), value) {
                ("headers", Value::Object(headers)) => {
                    let at = |place: &Pointer, name: &str| place.push(key).push(name);
                    let header = |(name, header): (&String, &'s Value)| {
                        let header = self.header(header, &at(from, name), &at(to, name));
                        (name.clone(), header)
                    };
                    Value::Object(headers.iter().map(header).collect())
                }
                ("schema", schema) => {
                    let content = self.answer(schema, produces, from, to);
                    converted.insert("content".to_owned(), content);
                    continue;
                }
                ("$ref" | "description" | "headers", value) => value.clone(),
                (key, value) if is_extension(key) => value.clone(),
                _ => continue,
            };
            converted.insert(key.clone(), value);
        }
        Value::Object(converted)
    }

    /// A body of these media types. A file is bytes whatever they are, and JSON, which documents
    /// state once for all operations, is not meant for it.
    fn answer(&mut self, schema: &Value, produces: &[&str], from: &Pointer, to: &Pointer) -> Value {
        let usual = ["application/json"];
        if schema.get("type").is_none_or(|kind| kind != "file") {
            let media_types = if produces.is_empty() { &usual[..] } else { produces };
            return self.content(Some(schema), media_types, from, to);
        }
        let mut media_types: Vec<&str> =
            produces.iter().copied().filter(|name| !name.contains("json")).collect();
        if media_types.is_empty() {
            media_types.push("*/*");
        }
        let bytes = json!({"type": "string", "format": "binary"});
        self.content(Some(&bytes), &media_types, from, to)
    }
}
