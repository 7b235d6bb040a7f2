//! Defaults as constants, where the type has constants.

use serde_json::Value;

use super::build::Context;
use super::types::{Scalar, Type};
use super::{ConstValue, Constant, docs};
use crate::ir::{Kind, SchemaId};
use crate::names::Side;

/// The constant for the default of a field; nothing where there is none, or none that a constant
/// can be: dates and lists are made at run time, and the field's documentation has them.
pub(super) fn constant(
    context: &Context<'_>,
    schema: SchemaId,
    name: &str,
    field: &str,
) -> Option<Constant> {
    let default = context.api.default(schema)?;
    let (ty, value) = typed(context, schema, default)?;
    let docs = vec![format!("The server's default for {}.", docs::field_link(field))];
    let looks_famous = looks_famous(&value);
    Some(Constant { docs, name: name.to_owned(), ty, value, looks_famous })
}

fn typed(context: &Context<'_>, schema: SchemaId, default: &Value) -> Option<(Type, ConstValue)> {
    let ty = context.value_type(schema, Side::Plain);
    let variants = context.names.variants(context.api.resolve(schema));
    let variant =
        |position: Option<usize>| Some(ConstValue::Variant(variants.get(position?)?.clone()));
    let kind = &context.api.resolved(schema).kind;
    let listed = matches!(kind, Kind::Enum(_) | Kind::IntegerEnum(_));
    let checked = !listed && matches!(ty, Type::Named(_));
    let value = match kind {
        // A checked type is made at run time.
        _ if checked => return None,
        Kind::Boolean => ConstValue::Bool(default.as_bool()?),
        Kind::Integer(_) => ConstValue::Integer(digits(default)?),
        Kind::Number(_) if ty != Type::Scalar(Scalar::Decimal) => {
            ConstValue::Float(default.as_f64()?)
        }
        Kind::String(_) if ty == Type::string() => {
            let text = ConstValue::Text(default.as_str()?.to_owned());
            return Some((Type::StaticStr, text));
        }
        Kind::Enum(values) => {
            variant(values.iter().position(|one| Some(one.wire.as_str()) == default.as_str()))?
        }
        Kind::IntegerEnum(numbers) => {
            let digits = digits(default)?;
            variant(numbers.values.iter().position(|one| one.wire == digits))?
        }
        Kind::Number(_)
        | Kind::String(_)
        | Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => return None,
    };
    Some((ty, value))
}

/// No constant of mathematics is recognised by less than three digits.
fn looks_famous(value: &ConstValue) -> bool {
    let ConstValue::Float(value) = value else { return false };
    let digits = value.to_string();
    let digits = digits.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit);
    digits.count() >= 3
}

/// A whole number, one written with a fraction of zero included.
fn digits(value: &Value) -> Option<String> {
    match value.as_i64() {
        Some(number) => Some(number.to_string()),
        None if value.is_u64() => Some(value.to_string()),
        None => value.as_f64().map(|number| format!("{number:.0}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{ConstValue, looks_famous};

    #[test]
    #[expect(clippy::approx_constant, reason = "that is what it is about")]
    fn pi_is_famous_and_a_half_is_not() {
        for (value, expected) in [(3.14, true), (-0.693, true), (0.5, false), (0.05, false)] {
            assert_eq!(looks_famous(&ConstValue::Float(value)), expected, "{value}");
        }
    }
}
