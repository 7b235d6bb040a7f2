//! Defaults: what the server takes for a value that is not sent.
//!
//! They are looked at when every schema has its kind, for an alias has the kind of its target. One
//! that the kind or the rules do not allow stays in the documentation, where a reader may make sense of it.

use serde_json::Value;

use super::Lowerer;
use super::contradictions::broken;
use crate::diagnostics::Code;
use crate::ir::{Kind, NumberFormat, SchemaId};

impl Lowerer<'_> {
    /// Takes away every default that is not a value of its schema or breaks its rules, with a warning.
    pub(super) fn check_defaults(&mut self) {
        for id in (0..self.schemas.len()).map(SchemaId) {
            let Some(value) = self.schemas[id.0].default.take() else { continue };
            let rules = self.all_rules_of(id);
            let broken_rule = || rules.iter().find_map(|rule| broken(&value, rule));
            match problem(&value, self.kind_of(id)).or_else(broken_rule) {
                None => self.schemas[id.0].default = Some(value),
                Some(problem) => {
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

/// What is wrong with a value, if anything is.
pub(super) fn problem(value: &Value, kind: &Kind) -> Option<&'static str> {
    let (fits, expected) = match kind {
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
            (number.is_some(), "no number")
        }
        Kind::String(_) => (value.is_string(), "no text"),
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
        Kind::Map(_) | Kind::Object(_) => (value.is_object(), "no object"),
    };
    (!fits).then_some(expected)
}

/// The integer that a value is, one with a fraction of zero included.
fn whole(value: &Value) -> Option<i128> {
    let float = value.as_f64().filter(|number| number.fract() == 0.0);
    value.as_i64().map(i128::from).or(value.as_u64().map(i128::from)).or(float.map(|f| f as i128))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::problem;
    use crate::ir::{IntegerFormat, Kind, NumberFormat, StringFormat};

    #[test]
    fn defaults_of_every_kind() {
        let byte = Kind::Integer(IntegerFormat::UInt8);
        let number = Kind::Number(NumberFormat::Double);
        let text = Kind::String(StringFormat::Plain);
        for (value, kind, expected) in [
            (json!(255), &byte, None),
            (json!(7.0), &byte, None),
            (json!(256), &byte, Some("beyond its format")),
            (json!(-1), &byte, Some("beyond its format")),
            (json!(1e300), &byte, Some("beyond its format")),
            (json!(0.5), &byte, Some("no whole number")),
            (json!("7"), &byte, Some("no whole number")),
            (json!(7), &number, None),
            (json!("a"), &text, None),
            (json!(5), &text, Some("no text")),
            (json!("true"), &Kind::Boolean, Some("neither true nor false")),
        ] {
            assert_eq!(problem(&value, kind), expected, "{value}");
        }
    }
}
