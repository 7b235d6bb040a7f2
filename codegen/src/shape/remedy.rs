//! What to do about values that are not of the kind their key wants.

use serde_json::Value;

use super::kinds::is_beyond;
use super::{Object, Shape, fields};

/// An object is due.
pub(crate) fn as_mapping(value: &Value, object: Object) -> String {
    let known = fields(object);
    let key = known.iter().find(|field| field.required).or(known.first());
    match key {
        Some(field) if !value.is_array() => {
            format!("write its keys and their values, such as `{}: …`", field.key)
        }
        Some(_) | None => of(Shape::ValueMap, value).to_owned(),
    }
}

/// A value of this shape is due.
pub(crate) fn of(shape: Shape, value: &Value) -> &'static str {
    match shape {
        Shape::Flag => "write `true` or `false`, without quotation marks",
        Shape::FlagOrSchema => "write `true`, `false` or the members of a schema",
        Shape::Number | Shape::Count if is_beyond(value) => {
            "take it out, where there is no such limit"
        }
        Shape::Number | Shape::Count => "write a number, without quotation marks",
        Shape::Text if value.is_number() || value.is_boolean() => "put quotation marks around it",
        Shape::Text => "write one text",
        Shape::Texts | Shape::Values | Shape::List(_) => {
            "begin each element with `- `, or put brackets around them: `[…]`"
        }
        Shape::ValueMap | Shape::TextMap | Shape::Map(_) | Shape::One(_) | Shape::Anything => {
            "write members, each with a key of its own: `name: …`"
        }
    }
}
