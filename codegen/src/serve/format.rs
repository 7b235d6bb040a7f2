//! What a format says of a value: the formats that mean one thing (the registry of formats of OpenAPI),
//! so that what a generated client has a type for (ADR 0018) is what is sent and answered.
//!
//! `date`, `date-time`, `time`, `ipv4`, `ipv6`, `email`, `hostname`, `uri`, `json-pointer` and their like
//! are the checker's own. `duration` is not looked at, which means different things to different servers.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jsonschema::ValidationOptions;
use serde_json::{Map, Value, json};

use super::Direction;
use super::told::AT;
use crate::ir::Constraint;
use crate::lower::{integer_format_named, widened};
use crate::pointer::Pointer;

/// Adds the formats of texts that the checker does not know.
pub(super) fn of_texts(
    options: ValidationOptions<'_>,
    direction: Direction,
) -> ValidationOptions<'_> {
    let options = options.with_format("uuid", is_uuid);
    match direction {
        Direction::Request => options.with_format("byte", is_base64),
        // Clients take any text for it, since some servers send other.
        Direction::Answer => options,
    }
}

/// The numbers of the format, as a schema of its own; nothing where the type is another.
pub(super) fn of_numbers(map: &Map<String, Value>, at: Option<&Pointer>) -> Option<Value> {
    let format = map.get("format")?.as_str()?;
    let (least, most) = match map.get("type")?.as_str()? {
        "integer" => {
            let range = widened(integer_format_named(format)?, &bounds(map)).range();
            let number = |bound: &i128| -> Option<Value> {
                i64::try_from(*bound)
                    .map(Value::from)
                    .or(u64::try_from(*bound).map(Value::from))
                    .ok()
            };
            (number(range.start())?, number(range.end())?)
        }
        "number" if format == "float" => (json!(f32::MIN), json!(f32::MAX)),
        _ => return None,
    };
    let mut written = json!({"minimum": least, "maximum": most});
    if let Some(at) = at {
        written[AT] = json!(at.push("format").as_str());
    }
    Some(written)
}

/// What is written beside a format: it says which numbers there are, where it goes beyond that.
fn bounds(map: &Map<String, Value>) -> Vec<Constraint> {
    let digits = |key: &str| map.get(key).filter(|bound| bound.is_number()).map(Value::to_string);
    let is_set = |key: &str| map.get(key) == Some(&Value::Bool(true));
    let least = digits("minimum").map(|text| Constraint::Minimum(text, is_set("exclusiveMinimum")));
    let most = digits("maximum").map(|text| Constraint::Maximum(text, is_set("exclusiveMaximum")));
    least.into_iter().chain(most).collect()
}

/// As it is written (RFC 9562, section 4).
fn is_uuid(text: &str) -> bool {
    let is_part = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_part)
}

/// RFC 4648, section 4.
fn is_base64(text: &str) -> bool {
    BASE64_STANDARD.decode(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::schema::Checks;

    #[test]
    fn a_format_is_part_of_what_a_schema_says() {
        let (checks, _) = Checks::new(&Value::Null);
        let fits = |schema: &str, value: &Value, direction| {
            let schema: Value = serde_yaml::from_str(schema).unwrap();
            checks.fits(&Value::Null, &schema, direction, value)
        };
        let check = |schema: &str, good: Value, bad: Value| {
            for direction in [Direction::Request, Direction::Answer] {
                assert!(fits(schema, &good, direction), "{schema}: {good}");
                assert!(!fits(schema, &bad, direction), "{schema}: {bad}");
            }
        };
        check("{type: integer, format: int32}", json!(i32::MAX), json!(1_u64 << 31));
        check("{type: integer, format: int32}", json!(i32::MIN), json!(-1_i64 << 32));
        check("{type: integer, format: int64}", json!(i64::MAX), json!(1_u64 << 63));
        check("{type: integer, format: u-int64}", json!(u64::MAX), json!(-1));
        check("{type: integer, format: uint8, nullable: true}", Value::Null, json!(256));
        check(
            "{type: integer, format: int32, maximum: 9999999999}",
            json!(9_999_999_999_i64),
            json!(10_000_000_000_i64),
        );
        check("{type: integer, format: uint8, minimum: -1}", json!(-1), json!(-2));
        check("{type: integer}", json!(1_u64 << 63), json!("1"));
        check("{type: number, format: float}", json!(3e38), json!(4e38));
        check("{type: number, format: double}", json!(4e38), json!("1"));
        let uuid = "123E4567-e89b-42d3-a456-426614174000";
        check("{type: string, format: uuid}", json!(uuid), json!(uuid.replace('-', "")));
        check("{type: string, format: uuid}", json!(uuid), json!(uuid.replace('E', "g")));
        check("{type: string, format: date}", json!("2024-02-29"), json!("2023-02-29"));
        check("{type: string, format: duration}", json!("90 minutes"), json!(1));
        // Numbers whose fraction is zero are whole (JSON Schema, section 6.1.1).
        check("{type: integer, minimum: 3}", json!(3.0), json!(3.5));
        check("{type: integer, minimum: 3, exclusiveMinimum: true}", json!(4.0), json!(3.0));
        check("{type: integer, maximum: 3, exclusiveMaximum: true}", json!(2.0), json!(3.0));
        let byte = "{type: string, format: byte}";
        assert!(fits(byte, &json!("dGV4dA=="), Direction::Request));
        assert!(!fits(byte, &json!("dGV4dA"), Direction::Request));
        assert!(fits(byte, &json!("dGV4dA"), Direction::Answer));
    }
}
