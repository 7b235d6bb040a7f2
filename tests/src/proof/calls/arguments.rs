//! The arguments of a call: values drawn for the parameters of the document, by the names the client
//! gives them.

use serde_json::{Map, Value, json};

use crate::draw::{Drawer, Way};
use crate::drive::{Callable, OperationUnderTest, bare};
use crate::judge::{Operation, Parameter, is_json};

/// How often a value is drawn again that a request cannot hold.
const TRIES: usize = 50;

/// What a call is given.
pub(super) struct Given<'d> {
    /// By the client's names.
    pub(super) arguments: Value,
    /// By the document's.
    pub(super) values: Vec<(&'d Parameter<'d>, Value)>,
    /// Media type and value.
    pub(super) body: Option<(String, Value)>,
}

impl<'d> Given<'d> {
    /// Draws arguments: of what is optional nothing for number 0, all for number 1.
    pub(super) fn draw(
        drawer: &Drawer<'_>,
        under_test: &OperationUnderTest,
        operation: &'d Operation<'d>,
        callable: &Callable,
        number: usize,
    ) -> Result<Self, String> {
        let mut given = Self { arguments: json!({}), values: Vec::new(), body: None };
        let mut arguments = Map::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if !parameter.required && !wanted(number, index) {
                continue;
            }
            let Some(name) = name_of(parameter.name, callable)? else {
                // The client may leave out what is optional; the method would not compile without
                // what is required.
                continue;
            };
            let key = format!("{} {}", under_test.pointer, parameter.name);
            let drawn = sendable(drawer, parameter, &key, number);
            if let Some(value) = drawn {
                arguments.insert(name, value.clone());
                given.values.push((parameter, value));
            } else if parameter.required {
                return Err(format!("no value for `{}` can be sent", parameter.name));
            }
        }
        if operation.needs_body() || wanted(number, 1) {
            given.body = body(drawer, under_test, operation, number)?;
            if let Some((_, value)) = &given.body {
                let name = callable.takes.iter().find(|name| *name == "body");
                let name = name.ok_or("the body is taken in parts")?;
                arguments.insert(name.clone(), value.clone());
            }
        }
        given.arguments = Value::Object(arguments);
        Ok(given)
    }
}

/// Place, style and shape of a parameter, as one line.
pub(super) fn style(parameter: &Parameter<'_>) -> String {
    let kind = parameter.schema.get("type").and_then(Value::as_str).unwrap_or("reference");
    let explode = if parameter.explode { ", exploded" } else { "" };
    let style = parameter.content.unwrap_or(parameter.style);
    format!("{} {style}{explode} {kind}", parameter.place)
}

fn is_plain(c: &char) -> bool {
    c.is_ascii_alphanumeric() || "-.:_".contains(*c)
}

fn wanted(number: usize, index: usize) -> bool {
    match number {
        0 => false,
        1 => true,
        _ => (number + index).is_multiple_of(2),
    }
}

/// The client's name for a parameter: the same letters and digits.
fn name_of(wire: &str, callable: &Callable) -> Result<Option<String>, String> {
    let alike: Vec<&String> =
        callable.takes.iter().filter(|name| bare(name) == bare(wire)).collect();
    match alike.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some((*only).clone())),
        _ => Err(format!("`{wire}` has several names that look like it")),
    }
}

/// A value that a request can hold in the place of the parameter.
fn sendable(
    drawer: &Drawer<'_>,
    parameter: &Parameter<'_>,
    key: &str,
    number: usize,
) -> Option<Value> {
    (0..TRIES).find_map(|try_| {
        let drawn = drawer.draw_of(&parameter.schema, key, Way::Sent, number + try_ * 1000)?;
        let drawn = if parameter.place == "header" || parameter.place == "cookie" {
            plain(drawn)
        } else {
            drawn
        };
        fits(&drawn, parameter).then_some(drawn)
    })
}

/// A header holds visible ASCII; what else a document means by a text there nobody knows.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().filter(is_plain).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
        other => other,
    }
}

/// What a style puts between values, where nobody could tell it from the same within them.
fn delimiter(parameter: &Parameter<'_>) -> Option<char> {
    match (parameter.style, parameter.explode) {
        ("spaceDelimited", false) => Some(' '),
        ("pipeDelimited", false) => Some('|'),
        ("label", true) => Some('.'),
        _ => (parameter.place == "header" && parameter.content.is_none()).then_some(','),
    }
}

/// Whether a text, or a number, of a list or an object has it.
fn holds(value: &Value, delimiter: char) -> bool {
    let is_within = |value: &Value| match value {
        Value::String(text) => text.contains(delimiter),
        other => other.to_string().contains(delimiter),
    };
    match value {
        Value::Array(items) => items.iter().any(is_within),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.contains(delimiter) || is_within(value))
        }
        _ => false,
    }
}

/// Null has no spelling outside JSON, an empty list or text none in some places, a path may not climb, and
/// what stands between values not within them.
fn fits(value: &Value, parameter: &Parameter<'_>) -> bool {
    if delimiter(parameter).is_some_and(|delimiter| holds(value, delimiter)) {
        return false;
    }
    if parameter.content.is_some() {
        return true;
    }
    let bound = parameter.place != "query";
    match value {
        Value::Null => false,
        Value::String(text) => !bound || !matches!(text.as_str(), "" | "." | ".."),
        Value::Array(items) => {
            let single = |one: &Value| !one.is_array() && !one.is_object();
            !items.is_empty() && items.iter().all(|one| single(one) && fits(one, parameter))
        }
        Value::Object(members) => {
            !members.is_empty() && members.values().all(|one| fits(one, parameter))
        }
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Whether a text is one for the client: in another charset it is the caller's bytes.
fn is_utf_8(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    !media_type.contains("charset=") || media_type.contains("charset=utf-8")
}

/// The body under the media type the client says it sends.
fn body(
    drawer: &Drawer<'_>,
    under_test: &OperationUnderTest,
    operation: &Operation<'_>,
    number: usize,
) -> Result<Option<(String, Value)>, String> {
    let Some(media_type) = under_test.sends.first() else { return Ok(None) };
    let Some(schema) = operation.body(media_type) else {
        return Err(format!("the body `{media_type}` has no schema"));
    };
    let key = format!("{} body", under_test.pointer);
    let value = if is_json(media_type) {
        drawer.draw_of(schema, &key, Way::Sent, number).ok_or("the body has no finite instance")?
    } else if media_type.starts_with("text/") && is_utf_8(media_type) {
        json!(format!("text {number}, of \u{fc}nic\u{f6}de"))
    } else if media_type.starts_with("multipart/") || media_type.contains("urlencoded") {
        return Err(format!("forms are not drawn: {media_type}"));
    } else {
        json!([0, 31, 139, number])
    };
    Ok(Some((media_type.clone(), value)))
}
