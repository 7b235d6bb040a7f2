//! What the specification demands and a document does not have.

use serde_json::{Map, Value, json};

use super::{Edit, Mender};
use crate::faults::PLACEHOLDER;
use crate::shape::{Object, Trail, fields};

/// What becomes of an object that lacks a key.
enum Remedy {
    /// This stands in for it.
    Assume(Value),
    /// The object says nothing without it.
    LeaveOut,
    /// Nobody can know.
    Refuse,
}

impl Mender {
    pub(super) fn absent(&mut self, map: &Map<String, Value>, object: Object, trail: &Trail<'_>) {
        for field in fields(object).iter().filter(|field| field.required) {
            if map.contains_key(field.key) {
                continue;
            }
            let needs = format!("{} needs `{}`", object.name(), field.key);
            let help = format!("add the key `{}`", field.key);
            match remedy(object, field.key) {
                Remedy::Assume(value) => {
                    let is_asked = value == PLACEHOLDER;
                    let what = if is_asked { ": clients ask for its value" } else { "" };
                    self.tell(format!("{needs}{what}"), help, trail);
                    self.edit(trail, Edit::Insert(field.key, value));
                }
                Remedy::LeaveOut => {
                    self.tell(format!("{needs}: it is left out"), help, trail);
                    self.edit(trail, Edit::Remove);
                }
                Remedy::Refuse => {}
            }
        }
    }
}

fn remedy(object: Object, key: &str) -> Remedy {
    match (object, key) {
        (Object::Document, "info") => {
            Remedy::Assume(json!({"title": "Untitled API", "version": "0"}))
        }
        (Object::Info, "title") => Remedy::Assume("Untitled API".into()),
        (Object::Info, "version") => Remedy::Assume("0".into()),
        (Object::Response, "description") | (Object::Tag, "name") => Remedy::Assume("".into()),
        // An operation that says nothing of its answers has some: their bytes.
        (Object::Operation, "responses") => Remedy::Assume(json!({
            "2XX": {"description": "", "content": {"*/*": {}}},
        })),
        (Object::OAuthFlow, "scopes") => Remedy::Assume(json!({})),
        // In OpenAPI 3.1 a document may do without.
        (Object::Document, "paths") => Remedy::Assume(json!({})),
        // None of the values that it may have is the usual one.
        (Object::ServerVariable, "default") => Remedy::Assume(PLACEHOLDER.into()),
        // Without a server the client asks for a base URL.
        (Object::License | Object::ExternalDocs | Object::Discriminator | Object::Server, _) => {
            Remedy::LeaveOut
        }
        _ => Remedy::Refuse,
    }
}
