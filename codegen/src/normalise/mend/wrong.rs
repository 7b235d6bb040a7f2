//! Values that are not of the kind their key wants.

use serde_json::Value;

use super::{Edit, Mender};
use crate::shape::{Object, Shape, Trail, fields, remedy};

/// How it is said that a value is not of its kind.
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) expected: &'static str,
    pub(super) help: &'static str,
}

impl Mender {
    pub(super) fn wrong(
        &mut self,
        value: &Value,
        shape: Shape,
        object: Object,
        key: &str,
        trail: &Trail<'_>,
    ) {
        let Some(expected) = shape.refuses(value) else { return };
        let what = format!("`{key}` in {}", object.name());
        let help = remedy::of(shape, value);
        if let (Shape::Flag, Some(flag)) = (shape, spelled_out(value)) {
            self.tell(format!("{what} has to be {expected}, not text"), help, trail);
            self.edit(trail, Edit::Set(flag.into()));
        } else if is_one_of_list(value, shape) {
            let message = format!("{what} has to be {expected}: this one is taken for all of it");
            self.tell(message, help, trail);
            self.edit(trail, Edit::Set(Value::Array(vec![value.clone()])));
        } else if (object, key) == (Object::OAuthFlow, "scopes") {
            self.tell(format!("{what} has to be {expected}"), help, trail);
            self.edit(trail, Edit::Set(serde_json::json!({})));
        } else if object == Object::Schema {
            self.wrong_in_schema(value, key, &Wrong { what, expected, help }, trail);
        } else if only_describes(object, key) {
            self.leave_out(&what, expected, help, trail);
        }
    }
}

/// A boolean in quotation marks.
fn spelled_out(value: &Value) -> Option<bool> {
    value.as_str()?.parse().ok()
}

/// An object where a list of such objects is due, with everything that one needs.
fn is_one_of_list(value: &Value, shape: Shape) -> bool {
    let (Value::Object(map), Shape::List(object)) = (value, shape) else { return false };
    let mut needed = fields(object).iter().filter(|field| field.required).peekable();
    needed.peek().is_some() && needed.all(|field| map.contains_key(field.key))
}

/// Whether a call is the same without the key. Without a server the client asks for one.
fn only_describes(object: Object, key: &str) -> bool {
    match key {
        "description" | "summary" => object != Object::Response || key != "description",
        "examples" | "deprecated" | "allowEmptyValue" | "bearerFormat" | "termsOfService" => true,
        "servers" => true,
        "tags" => object == Object::Operation,
        "mapping" => object == Object::Discriminator,
        _ => matches!(object, Object::Contact | Object::Example | Object::Xml),
    }
}
