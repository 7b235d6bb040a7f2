//! Values that are not of the kind their key wants.

use serde_json::Value;

use super::{Edit, Mender};
use crate::shape::{Object, Shape, Trail};

impl Mender {
    pub(super) fn wrong(
        &mut self,
        value: &Value,
        shape: Shape,
        object: Object,
        key: &str,
        trail: &Trail<'_>,
    ) {
        let Some(expected) = expected(value, shape) else { return };
        let what = format!("`{key}` in {}", object.name());
        if let (Shape::Flag, Some(flag)) = (shape, spelled_out(value)) {
            self.tell(format!("{what} is {expected}, not text"), trail);
            self.edit(trail, Edit::Set(flag.into()));
        } else if object == Object::Schema {
            self.wrong_in_schema(value, key, &what, expected, trail);
        } else if only_describes(object, key) {
            self.leave_out(&what, expected, trail);
        }
    }
}

/// What the shape wants, if the value is something else. Objects of the specification are visited
/// by themselves.
fn expected(value: &Value, shape: Shape) -> Option<&'static str> {
    let (fits, expected) = match shape {
        Shape::Anything | Shape::One(_) => return None,
        Shape::FlagOrSchema => {
            (value.is_boolean() || value.is_object(), "`true`, `false` or a schema")
        }
        Shape::Flag => (value.is_boolean(), "`true` or `false`"),
        Shape::Number => (value.is_number(), "a number"),
        Shape::Count => (value.is_u64(), "a whole number that is not negative"),
        Shape::Text => (value.is_string(), "text"),
        Shape::Texts => {
            let texts = value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
            (texts, "a list of text")
        }
        Shape::Values | Shape::List(_) => (value.is_array(), "a list"),
        Shape::ValueMap | Shape::Map(_) => (value.is_object(), "a mapping"),
        Shape::TextMap => {
            let texts = value.as_object().is_some_and(|map| map.values().all(Value::is_string));
            (texts, "a mapping to text")
        }
    };
    (!fits).then_some(expected)
}

/// A boolean in quotation marks.
fn spelled_out(value: &Value) -> Option<bool> {
    value.as_str()?.parse().ok()
}

/// Whether a call is the same without the key.
fn only_describes(object: Object, key: &str) -> bool {
    match key {
        "description" | "summary" => object != Object::Response || key != "description",
        "examples" | "deprecated" | "allowEmptyValue" | "bearerFormat" | "termsOfService" => true,
        "tags" => object == Object::Operation,
        "mapping" => object == Object::Discriminator,
        _ => matches!(object, Object::Contact | Object::Example | Object::Xml),
    }
}
