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
        Shape::Count if value.is_number() => "write a whole number, 0 or more",
        Shape::Number | Shape::Count if has_zeros(value) => "leave out the zeros in front of it",
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

/// Whether a text is a number but for zeros in front, which YAML 1.2 and JSON do not take for one.
fn has_zeros(value: &Value) -> bool {
    let text = value.as_str().map(|text| text.strip_prefix(['-', '+']).unwrap_or(text));
    text.is_some_and(|text| {
        text.len() > 1
            && text.starts_with('0')
            && text.chars().all(|one| one.is_ascii_digit() || one == '.')
            && !text.starts_with("0.")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_to_do_depends_on_what_is_there() {
        for (shape, value, expected) in [
            (Shape::Count, json!(1.5), "write a whole number, 0 or more"),
            (Shape::Count, json!(-1), "write a whole number, 0 or more"),
            (Shape::Number, json!("012"), "leave out the zeros in front of it"),
            (Shape::Count, json!("-07"), "leave out the zeros in front of it"),
            (Shape::Count, json!("3"), "write a number, without quotation marks"),
            (Shape::Number, json!("0.5"), "write a number, without quotation marks"),
            (Shape::Number, json!("many"), "write a number, without quotation marks"),
            (Shape::Count, json!(1e300), "take it out, where there is no such limit"),
        ] {
            assert_eq!(of(shape, &value), expected, "{value}");
        }
    }
}
