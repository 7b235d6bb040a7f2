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
