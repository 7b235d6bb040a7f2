//! Defaults: what the server takes for a value that is not sent.
//!
//! They are looked at when every schema has its kind, for an alias has the kind of its target. One
//! that the kind or the rules do not allow stays in the documentation, where a reader may make sense of it.

use serde_json::Value;

use super::Lowerer;
use super::contradictions::broken;
use crate::checked::matches;
use crate::diagnostics::Code;
use crate::ir::{Constraint, Kind, NumberFormat, SchemaId, StringFormat, Untyped};

impl Lowerer<'_> {
    /// Takes away every default that is not a value of its schema or breaks its rules, with a warning.
    pub(super) fn check_defaults(&mut self) {
        for id in (0..self.schemas.len()).map(SchemaId) {
            let Some(value) = self.schemas[id.0].default.take() else { continue };
            let rules = self.all_rules_of(id);
            let broken_rule = || {
                let broken = |rule| broken(&value, rule).or_else(|| unmatched(&value, rule));
                rules.iter().find_map(broken)
            };
            match problem(&value, self.kind_of(id)).or_else(broken_rule) {
                None => self.schemas[id.0].default = Some(value),
                Some(problem) => {
                    // That of what it is another name for is not the default here.
                    let is_alias = matches!(self.schemas[id.0].kind, Kind::Alias(_));
                    self.schemas[id.0].default = is_alias.then_some(Value::Null);
                    let at = self.schemas[id.0].at.push("default");
                    self.warn(
                        Code::Ignored,
                        format!("the default is {problem}: it is documented only"),
                        &at,
                        "make it a value of its schema",
                    );
                }
            }
        }
    }
}

/// How a text does not match a pattern; nothing where the pattern cannot be tried.
fn unmatched(value: &Value, rule: &Constraint) -> Option<&'static str> {
    let (Constraint::Pattern(pattern), Some(text)) = (rule, value.as_str()) else { return None };
    (matches(pattern, text) == Some(false)).then_some("no text that `pattern` matches")
}

/// What is wrong with a value, if anything is.
pub(super) fn problem(value: &Value, kind: &Kind) -> Option<&'static str> {
    let (fits, expected) = match kind {
        Kind::Any(Untyped::AnyObject) => (value.is_object(), "no object"),
        Kind::Any(_) | Kind::Alias(_) | Kind::Union(_) | Kind::Foreign(_) => return None,
        Kind::Boolean => (value.is_boolean(), "neither true nor false"),
        Kind::Integer(format) => {
            let whole = whole(value);
            if whole.is_some_and(|whole| !format.range().contains(&whole)) {
                return Some("beyond its format");
            }
            (whole.is_some(), "no whole number")
        }
        Kind::Number(format) => {
            let number = value.as_f64();
            // A single that is no number any more would be one of the constants of the output.
            let beyond =
                |number: f64| *format == NumberFormat::Float && !(number as f32).is_finite();
            if number.is_some_and(beyond) {
                return Some("beyond its format");
            }
            // What no double holds has been read as a text.
            let written = value.as_str().and_then(|text| text.parse().ok());
            if written.is_some_and(|number: f64| number.is_infinite()) {
                return Some("beyond what a number of 64 bits holds");
            }
            (number.is_some(), "no number")
        }
        Kind::String(format) => match value.as_str() {
            Some(text) if !is_of(*format, text) => return Some("no text of its format"),
            text => (text.is_some(), "no text"),
        },
        Kind::Enum(values) => {
            let listed = |text: &str| values.iter().any(|one| one.wire == text);
            (value.as_str().is_some_and(listed), "none of the listed values")
        }
        Kind::IntegerEnum(numbers) => {
            let listed = |number: i128| {
                let digits = number.to_string();
                numbers.values.iter().any(|one| one.wire == digits)
            };
            (whole(value).is_some_and(listed), "none of the listed values")
        }
        Kind::Array(_) | Kind::Tuple(_) => (value.is_array(), "no list"),
        Kind::Object(object) => match value.as_object() {
            Some(members) => {
                let mut required = object.properties.iter().filter(|property| property.required);
                let has_all = required.all(|property| members.contains_key(&property.wire));
                (has_all, "an object without a property that is required")
            }
            None => (false, "no object"),
        },
        Kind::Map(_) => (value.is_object(), "no object"),
    };
    (!fits).then_some(expected)
}

/// Whether a text may be one of a format, as far as its look tells (RFC 3339, section 5.6; RFC 9562,
/// section 4).
fn is_of(format: StringFormat, text: &str) -> bool {
    match format {
        StringFormat::Date => is_date(text),
        StringFormat::DateTime => text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| {
            is_date(date) && time.starts_with(|first: char| first.is_ascii_digit())
        }),
        StringFormat::Uuid => text.chars().filter(char::is_ascii_hexdigit).count() >= 32,
        StringFormat::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        StringFormat::Plain | StringFormat::Base64 | StringFormat::Secret => true,
    }
}

fn is_date(text: &str) -> bool {
    let is_number = |part: &str, length: usize, most: u16| {
        part.len() == length && part.parse().is_ok_and(|number: u16| (1..=most).contains(&number))
    };
    let mut parts = text.split('-');
    let year = parts.next().is_some_and(|year| year == "0000" || is_number(year, 4, 9999));
    let month = parts.next().is_some_and(|month| is_number(month, 2, 12));
    let day = parts.next().is_some_and(|day| is_number(day, 2, 31));
    year && month && day && parts.next().is_none()
}

/// The integer that a value is, one with a fraction of zero included.
fn whole(value: &Value) -> Option<i128> {
    let float = value.as_f64().filter(|number| number.fract() == 0.0);
    value.as_i64().map(i128::from).or(value.as_u64().map(i128::from)).or(float.map(|f| f as i128))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{problem, unmatched};
    use crate::ir::{
        Constraint, IntegerFormat, Kind, NumberFormat, Object, Property, SchemaId, StringFormat,
        Untyped,
    };
    use crate::pointer::Pointer;

    #[test]
    fn defaults_match_their_patterns() {
        for (pattern, value, is_one) in [
            ("^a+$", json!("aa"), true),
            ("^a+$", json!("b"), false),
            // Anywhere in the text (JSON Schema Validation, section 6.3.3).
            ("a", json!("bab"), true),
            ("^\\d{2}$", json!("7"), false),
            // Of numbers it says nothing, and neither do expressions that are not understood.
            ("^a+$", json!(7), true),
            ("(?=a)", json!("b"), true),
            ("[", json!("b"), true),
        ] {
            let rule = Constraint::Pattern(pattern.to_owned());
            assert_eq!(unmatched(&value, &rule).is_none(), is_one, "{pattern} {value}");
        }
    }

    #[test]
    fn defaults_of_every_kind() {
        let byte = Kind::Integer(IntegerFormat::UInt8);
        let number = Kind::Number(NumberFormat::Double);
        let text = Kind::String(StringFormat::Plain);
        let [date, time, uuid, address] =
            [StringFormat::Date, StringFormat::DateTime, StringFormat::Uuid, StringFormat::Ipv4]
                .map(Kind::String);
        let a = Property {
            wire: "a".to_owned(),
            at: Pointer::root(),
            schema: SchemaId(0),
            required: true,
        };
        let object = Kind::Object(Object { properties: vec![a], additional: None });
        for (value, kind, expected) in [
            (json!(255), &byte, None),
            (json!(7.0), &byte, None),
            (json!(256), &byte, Some("beyond its format")),
            (json!(-1), &byte, Some("beyond its format")),
            (json!(1e300), &byte, Some("beyond its format")),
            (json!(0.5), &byte, Some("no whole number")),
            (json!("7"), &byte, Some("no whole number")),
            (json!(7), &number, None),
            (json!("1e400"), &number, Some("beyond what a number of 64 bits holds")),
            (json!("many"), &number, Some("no number")),
            (json!("a"), &text, None),
            (json!(5), &text, Some("no text")),
            (json!("soon"), &date, Some("no text of its format")),
            (json!("2026-13-01"), &date, Some("no text of its format")),
            (json!("2026-12-01"), &date, None),
            (json!("2026-12-01T00:00:00Z"), &time, None),
            (json!("now"), &time, Some("no text of its format")),
            (json!("00000000-0000-0000-0000-000000000000"), &uuid, None),
            (json!("0"), &uuid, Some("no text of its format")),
            (json!("127.0.0.1"), &address, None),
            (json!("localhost"), &address, Some("no text of its format")),
            (json!({}), &object, Some("an object without a property that is required")),
            (json!({"a": null}), &object, None),
            (json!([]), &object, Some("no object")),
            (json!([]), &Kind::Any(Untyped::AnyObject), Some("no object")),
            (json!("true"), &Kind::Boolean, Some("neither true nor false")),
        ] {
            assert_eq!(problem(&value, kind), expected, "{value}");
        }
    }
}
