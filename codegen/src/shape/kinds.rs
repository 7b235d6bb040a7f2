//! Which JSON values a shape takes.

use serde_json::Value;

use super::Shape;

impl Shape {
    /// What the shape wants, if the value is something else. Objects of the specification are
    /// looked at by themselves.
    pub(crate) fn refuses(self, value: &Value) -> Option<&'static str> {
        let (fits, expected) = match self {
            Self::Anything | Self::One(_) => return None,
            Self::FlagOrSchema => {
                (value.is_boolean() || value.is_object(), "`true`, `false` or a schema")
            }
            Self::Flag => (value.is_boolean(), "`true` or `false`"),
            Self::Number if value.is_string() && is_beyond(value) => {
                (false, "a number that 64 bits can hold")
            }
            Self::Count if is_beyond(value) => (false, "a whole number of up to 64 bits"),
            Self::Number => (value.is_number(), "a number"),
            Self::Count => (value.is_u64(), "a whole number that is not negative"),
            Self::Text => (value.is_string(), "text"),
            Self::Texts => {
                let texts = value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
                (texts, "a list of text")
            }
            Self::Values | Self::List(_) => (value.is_array(), "a list"),
            Self::ValueMap | Self::Map(_) => (value.is_object(), "a mapping"),
            Self::TextMap => {
                let texts = value.as_object().is_some_and(|map| map.values().all(Value::is_string));
                (texts, "a mapping to text")
            }
        };
        (!fits).then_some(expected)
    }
}

/// Whether a value is a number that is larger than its kind is here: a count has 64 bits, and what
/// no double holds has been read as a text.
pub(crate) fn is_beyond(value: &Value) -> bool {
    const COUNTS: f64 = 18_446_744_073_709_551_616.0;
    match value {
        Value::Number(number) if number.is_u64() => false,
        Value::Number(number) => number.as_f64().is_some_and(|number| number >= COUNTS),
        Value::String(text) => {
            let has_digits = text.ends_with(|one: char| one.is_ascii_digit());
            has_digits && text.parse().is_ok_and(|number: f64| number.is_infinite())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

/// What a value is called in a message.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_that_are_too_large_are_said_to_be() {
        for (shape, value, expected) in [
            (Shape::Count, json!(18_446_744_073_709_551_616.0), {
                Some("a whole number of up to 64 bits")
            }),
            (Shape::Count, json!(u64::MAX), None),
            (Shape::Count, json!(-1), Some("a whole number that is not negative")),
            (Shape::Number, json!("1e400"), Some("a number that 64 bits can hold")),
            (Shape::Number, json!(1e300), None),
            (Shape::Number, json!("inf"), Some("a number")),
        ] {
            assert_eq!(shape.refuses(&value), expected, "{value}");
        }
    }
}
