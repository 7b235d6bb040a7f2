//! Security definitions are security schemes.

use serde_json::{Map, Value, json};

use super::{Upgrade, is_extension};
use crate::pointer::Pointer;

impl<'s> Upgrade<'s> {
    pub(super) fn schemes(
        &mut self,
        all: &'s Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
    ) -> Value {
        let converted = all.iter().map(|(name, scheme)| {
            let scheme = match scheme.get("type").and_then(Value::as_str) {
                Some("basic") => basic(scheme),
                Some("oauth2") => self.oauth2(scheme, &from.push(name), &to.push(name)),
                _ => scheme.clone(),
            };
            (name.clone(), scheme)
        });
        Value::Object(converted.collect())
    }

    /// One flow of a scheme; the document has a scheme for each.
    fn oauth2(&mut self, scheme: &Value, from: &Pointer, to: &Pointer) -> Value {
        let flow = match scheme.get("flow").and_then(Value::as_str) {
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            Some(flow) => flow,
            None => return scheme.clone(),
        };
        self.moved(&to.push("flows").push(flow), from);
        let part = |keys: &[&str]| -> Map<String, Value> {
            let parts = keys.iter().filter_map(|&key| Some((key, scheme.get(key)?)));
            parts.map(|(key, value)| (key.to_owned(), value.clone())).collect()
        };
        let mut details = part(&["authorizationUrl", "tokenUrl", "scopes"]);
        details.entry("scopes").or_insert_with(|| json!({}));
        if let Some(Value::Object(scopes)) = details.get_mut("scopes") {
            // Extensions may stand among them.
            scopes.retain(|name, _| !name.starts_with("x-"));
        }
        let mut converted = described(scheme, "oauth2");
        converted.insert("flows".to_owned(), json!({flow: details}));
        Value::Object(converted)
    }
}

fn basic(scheme: &Value) -> Value {
    let mut converted = described(scheme, "http");
    converted.insert("scheme".to_owned(), json!("basic"));
    Value::Object(converted)
}

/// A scheme of this type with what the old one says in words and extensions.
fn described(scheme: &Value, kind: &str) -> Map<String, Value> {
    let members = scheme.as_object().into_iter().flatten();
    let mut converted: Map<String, Value> = members
        .filter(|(key, _)| *key == "description" || is_extension(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    converted.insert("type".to_owned(), json!(kind));
    converted
}
