//! Schemas whose values are one text, one number or one truth value: their formats, and the lists
//! that an `enum` makes of them.
//!
//! ```yaml
//! Gear: {type: integer, enum: [1, 2, -1], x-enum-varnames: [first, second, reverse]}
//! ```
//! becomes an `IntegerEnum` of three values with names of the document's choice.

use serde_json::Value;

use super::Lowerer;
use super::keywords::{Keywords, TypeName};
use super::listed::{Listed, listed};
use super::schema::Site;
use super::whole::{beyond, widened};
use crate::diagnostics::Code;
use crate::ir::{
    Constraint, EnumValue, IntegerEnum, IntegerFormat, Kind, NumberFormat, StringFormat, Untyped,
};

impl Lowerer<'_> {
    /// The kind of a schema of a scalar type.
    pub(super) fn scalar(
        &mut self,
        declared: TypeName,
        keywords: &Keywords<'_>,
        site: &Site,
    ) -> Kind {
        let found = if keywords.values.is_empty() { None } else { kind_of_all(&keywords.values) };
        let name = match found {
            Some(found) if !agrees(found, declared) => {
                self.warn_of_type(declared, found, keywords, site);
                found
            }
            _ => declared,
        };
        let format = keywords.format.as_deref();
        match (name, found) {
            (TypeName::String, Some(TypeName::String)) => Kind::Enum(self.listed(keywords, site)),
            (TypeName::Integer, Some(TypeName::Integer)) => {
                let values = self.listed(keywords, site);
                self.warn_of_format(&values, keywords, site);
                self.warn_of_bound(keywords, site);
                match is_unsigned(&values, integer_format(keywords)) {
                    Some(unsigned) => Kind::IntegerEnum(IntegerEnum { values, unsigned }),
                    None => {
                        self.warn_of_width(site);
                        Kind::Number(NumberFormat::Decimal)
                    }
                }
            }
            (TypeName::Integer, _) => {
                self.warn_of_bound(keywords, site);
                Kind::Integer(integer_format(keywords))
            }
            (TypeName::Number, Some(TypeName::Integer | TypeName::Number))
                if !keywords.digits.is_empty() =>
            {
                self.warn_of_digits(keywords, site);
                Kind::Number(NumberFormat::Decimal)
            }
            (TypeName::Number, _) => Kind::Number(number_format(format)),
            (TypeName::Boolean, _) => Kind::Boolean,
            (TypeName::String | TypeName::Object | TypeName::Array, _) => {
                Kind::String(string_format(format))
            }
        }
    }

    fn listed(&mut self, keywords: &Keywords<'_>, site: &Site) -> Vec<EnumValue> {
        let Listed { values, unfit } = listed(keywords);
        if let Some(key) = unfit {
            self.warn(
                Code::Ignored,
                format!("`{key}` does not go with the values of `enum`"),
                &site.at.push(key),
                "it is a list of texts, one for each value, or a mapping from value to text",
            );
        }
        values
    }

    /// Values that the format does not hold: an enum of numbers has the width of all of them.
    fn warn_of_format(&mut self, values: &[EnumValue], keywords: &Keywords<'_>, site: &Site) {
        let Some(name) = keywords.format.as_deref() else { return };
        let Some(format) = integer_format_named(name) else { return };
        let range = format.range();
        let is_beyond =
            |one: &&EnumValue| one.wire.parse().is_ok_and(|value: i128| !range.contains(&value));
        if let Some(first) = values.iter().find(is_beyond) {
            self.warn(
                Code::FaultyDocument,
                format!("`enum` lists {}, which is no number of `format: {name}`", first.wire),
                &site.at.push("enum").index(first.index),
                "the value counts; make `format` one that holds it, or take it out",
            );
        }
    }

    /// Values of which some have a sign, and others are beyond what a number with a sign holds.
    fn warn_of_width(&mut self, site: &Site) {
        self.warn(
            Code::Ignored,
            "`enum` lists numbers below 0 beside ones beyond 63 bits, which no type of 64 bits holds: all are \
             taken for numbers of any size",
            &site.at.push("enum"),
            "take one of them out, or make them texts",
        );
    }

    /// Values with digits that a double does not have: read as one they would be others.
    fn warn_of_digits(&mut self, keywords: &Keywords<'_>, site: &Site) {
        let Some((index, text)) = keywords.digits.first_key_value() else { return };
        self.warn(
            Code::Ignored,
            format!(
                "`enum` lists {text}, whose digits no double keeps: all are taken for numbers of any size"
            ),
            &site.at.push("enum").index(*index),
            "take it out, or make them texts",
        );
    }

    /// A bound that the format does not reach, where another type holds what the bounds allow, or none does.
    fn warn_of_bound(&mut self, keywords: &Keywords<'_>, site: &Site) {
        let wide = integer_format(keywords);
        if let Some((key, bound)) = beyond(wide, &keywords.constraints) {
            let range = wide.range();
            self.warn(
                Code::Ignored,
                format!(
                    "`{key}` is {bound}, and a whole number here goes from {} to {}: what is beyond that is \
                     not read",
                    range.start(),
                    range.end(),
                ),
                &site.at.push(key),
                "`type: number` with `format: decimal` holds any number; or correct the bound",
            );
            return;
        }
        let Some(name) = keywords.format.as_deref() else { return };
        let Some(format) = integer_format_named(name) else { return };
        if wide == format {
            return;
        }
        if let Some((key, bound)) = beyond(format, &keywords.constraints) {
            self.warn(
                Code::FaultyDocument,
                format!("`{key}` is {bound}, which is no number of `format: {name}`"),
                &site.at.push(key),
                "the bound counts, and the type is wider; make `format` one that holds it, or correct the \
                 bound",
            );
        }
    }

    /// The values are what the server sends, whatever `type` says.
    fn warn_of_type(
        &mut self,
        declared: TypeName,
        found: TypeName,
        keywords: &Keywords<'_>,
        site: &Site,
    ) {
        if let (TypeName::Integer, TypeName::Number) = (declared, found) {
            self.warn_of_fractions(keywords, site);
            return;
        }
        self.warn(
            Code::Ignored,
            format!(
                "`type` says {}, but each value of `enum` is {}: that is what it is taken for",
                word(declared),
                word(found)
            ),
            &site.at.push("enum"),
            "make `type` say what the values are",
        );
    }

    /// Values of an `enum` of whole numbers that make all of them numbers.
    fn warn_of_fractions(&mut self, keywords: &Keywords<'_>, site: &Site) {
        let is_one = |(index, value): &(usize, &Value)| {
            value.is_f64() && !keywords.digits.contains_key(index)
        };
        let Some((index, value)) = keywords.values.iter().enumerate().find(is_one) else {
            return;
        };
        let text = keywords.written_values().swap_remove(index);
        let is_whole = value.as_f64().is_some_and(|number| number.fract() == 0.0);
        let what = if is_whole { "beyond whole numbers of 64 bits" } else { "no whole number" };
        self.warn(
            Code::Ignored,
            format!("`type` says a whole number, and `enum` lists {text}, which is {what}: all are taken for \
                     numbers"),
            &site.at.push("enum").index(index),
            "take it out, or make `type` say what the values are",
        );
    }
}

/// The type that all values have, null aside.
pub(super) fn kind_of_all(values: &[Value]) -> Option<TypeName> {
    let mut kinds = values.iter().filter_map(kind);
    let first = kinds.next()?;
    let joined = kinds.try_fold(first, |all, one| match (all, one) {
        _ if all == one => Some(all),
        (TypeName::Integer | TypeName::Number, TypeName::Integer | TypeName::Number) => {
            Some(TypeName::Number)
        }
        _ => None,
    });
    joined.filter(|name| !matches!(name, TypeName::Object | TypeName::Array))
}

fn kind(value: &Value) -> Option<TypeName> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(TypeName::Boolean),
        Value::Number(number) if number.is_f64() => Some(TypeName::Number),
        Value::Number(_) => Some(TypeName::Integer),
        Value::String(_) => Some(TypeName::String),
        Value::Array(_) => Some(TypeName::Array),
        Value::Object(_) => Some(TypeName::Object),
    }
}

/// Whether values of one type may stand where another is declared: a whole number is a number.
fn agrees(found: TypeName, declared: TypeName) -> bool {
    found == declared || (found, declared) == (TypeName::Integer, TypeName::Number)
}

fn word(name: TypeName) -> &'static str {
    match name {
        TypeName::String => "text",
        TypeName::Number => "a number",
        TypeName::Integer => "a whole number",
        TypeName::Boolean => "true or false",
        TypeName::Object => "an object",
        TypeName::Array => "a list",
    }
}

/// The format, as wide as the bounds ask for, and without one what they ask for: a maximum beyond 63 bits is
/// common for a counter whose format nobody wrote down.
fn integer_format(keywords: &Keywords<'_>) -> IntegerFormat {
    let rules = &keywords.constraints;
    let named = keywords.format.as_deref().and_then(integer_format_named);
    named.map(|format| widened(format, rules)).unwrap_or_else(|| {
        let is_large =
            |value: &Value| value.as_u64().is_some_and(|value| i64::try_from(value).is_err());
        match keywords.values.iter().any(is_large) {
            true => IntegerFormat::UInt64,
            false => widened(IntegerFormat::Int64, rules),
        }
    })
}

/// Whether the values of an enum are those of a type without a sign; nothing where no type of 64 bits holds
/// them all.
pub(super) fn is_unsigned(values: &[EnumValue], format: IntegerFormat) -> Option<bool> {
    let is = |test: fn(i128) -> bool| values.iter().any(|one| one.wire.parse().is_ok_and(test));
    match (is(|value| value < 0), is(|value| value > i64::MAX.into())) {
        (true, true) => None,
        (true, false) => Some(false),
        (false, true) => Some(true),
        (false, false) => Some(format == IntegerFormat::UInt64),
    }
}

/// `uint` and `int` are words of servers that do not say how wide they are; some write `u-int32`.
pub(crate) fn integer_format_named(name: &str) -> Option<IntegerFormat> {
    Some(match name.replace('-', "").as_str() {
        "int8" => IntegerFormat::Int8,
        "int16" => IntegerFormat::Int16,
        "int32" => IntegerFormat::Int32,
        "int64" | "int" => IntegerFormat::Int64,
        "uint8" => IntegerFormat::UInt8,
        "uint16" => IntegerFormat::UInt16,
        "uint32" => IntegerFormat::UInt32,
        "uint64" | "uint" => IntegerFormat::UInt64,
        _ => return None,
    })
}

fn number_format(format: Option<&str>) -> NumberFormat {
    match format {
        Some("float") => NumberFormat::Float,
        Some("decimal") => NumberFormat::Decimal,
        _ => NumberFormat::Double,
    }
}

/// A format has a type only where that type takes every text of the format and gives it back as
/// the same value (ADR 0018).
pub(super) fn string_format(format: Option<&str>) -> StringFormat {
    match format {
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("uuid") => StringFormat::Uuid,
        Some("ipv4") => StringFormat::Ipv4,
        Some("byte") => StringFormat::Base64,
        Some("password") => StringFormat::Secret,
        _ => StringFormat::Plain,
    }
}

/// The format, where the type does not say it already.
pub(super) fn unsaid_format(kind: &Kind, format: Option<&str>) -> Option<String> {
    let name = format?;
    let said = match kind {
        Kind::Integer(_) | Kind::IntegerEnum(_) => integer_format_named(name).is_some(),
        Kind::Number(_) => matches!(name, "float" | "double" | "decimal"),
        Kind::String(format) => *format != StringFormat::Plain,
        // A format alone says something of a value whose type is given elsewhere.
        Kind::Boolean
        | Kind::Enum(_)
        | Kind::Any(Untyped::DocumentSays | Untyped::AnyObject)
        | Kind::Alias(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_) => false,
        Kind::Any(Untyped::Fault(_) | Untyped::Unsupported(_))
        | Kind::Union(_)
        | Kind::Foreign(_) => true,
    };
    (!said && !name.is_empty()).then(|| name.to_owned())
}

/// The values of an `enum`, where the type does not say them.
pub(super) fn unsaid_values(kind: &Kind, keywords: &Keywords<'_>) -> Option<Constraint> {
    let said = matches!(kind, Kind::Enum(_) | Kind::IntegerEnum(_)) || keywords.values.is_empty();
    (!said).then(|| Constraint::OneOf(keywords.written_values()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ir::SchemaId;

    fn integer(format: Option<&str>, rules: &[Constraint]) -> IntegerFormat {
        let format = format.map(str::to_owned);
        integer_format(&Keywords { format, constraints: rules.to_vec(), ..Keywords::default() })
    }

    #[test]
    fn integers_are_as_wide_as_they_need() {
        let least = |text: &str| Constraint::Minimum(text.to_owned(), false);
        let most = |text: &str| Constraint::Maximum(text.to_owned(), false);
        let below = |text: &str| Constraint::Maximum(text.to_owned(), true);
        let beyond = "18446744073709552000";
        for (format, rules, expected) in [
            (None, vec![], IntegerFormat::Int64),
            (None, vec![least("0")], IntegerFormat::Int64),
            (None, vec![least("0"), most(beyond)], IntegerFormat::UInt64),
            (None, vec![least("-1"), most(beyond)], IntegerFormat::Int64),
            (None, vec![most(beyond)], IntegerFormat::Int64),
            // More than any type has.
            (None, vec![least("0"), most("1e40")], IntegerFormat::UInt64),
            (None, vec![least("0"), most(&format!("1{}", "0".repeat(40)))], IntegerFormat::UInt64),
            // What a format does not reach.
            (Some("int64"), vec![least("0"), most(beyond)], IntegerFormat::UInt64),
            (Some("int64"), vec![most(beyond)], IntegerFormat::Int64),
            (Some("int32"), vec![most("4294967295")], IntegerFormat::Int64),
            (Some("int32"), vec![least("0"), most("18446744073709551615")], IntegerFormat::UInt64),
            (Some("int32"), vec![least("-2147483649")], IntegerFormat::Int64),
            (Some("int32"), vec![least("3e9")], IntegerFormat::Int64),
            (Some("uint8"), vec![most("300")], IntegerFormat::Int64),
            (Some("uint32"), vec![most("-5")], IntegerFormat::Int64),
            (Some("int64"), vec![least("1e19")], IntegerFormat::UInt64),
            (Some("uint64"), vec![least("-1")], IntegerFormat::Int64),
            (Some("int32"), vec![least("-1"), most("1e40")], IntegerFormat::Int64),
            (Some("uint64"), vec![least("-1"), most("1e40")], IntegerFormat::UInt64),
            // As far as it reaches, or as a double has that.
            (Some("int32"), vec![least("-2147483648"), most("2147483647")], IntegerFormat::Int32),
            (Some("int64"), vec![least("0"), most("9223372036854776000")], IntegerFormat::Int64),
            (Some("uint64"), vec![least("0"), most(beyond)], IntegerFormat::UInt64),
            (Some("int32"), vec![below("2147483648")], IntegerFormat::Int32),
            (Some("int32"), vec![below("2147483648.5")], IntegerFormat::Int64),
            (Some("u-int32"), vec![], IntegerFormat::UInt32),
            (Some("uint"), vec![], IntegerFormat::UInt64),
            (Some("unix-time"), vec![], IntegerFormat::Int64),
        ] {
            assert_eq!(integer(format, &rules), expected, "{format:?} {rules:?}");
        }
    }

    #[test]
    fn the_type_of_all_values() {
        for (values, expected) in [
            (json!([1, 2, null]), Some(TypeName::Integer)),
            (json!([1, 2.5]), Some(TypeName::Number)),
            (json!(["a"]), Some(TypeName::String)),
            (json!([true]), Some(TypeName::Boolean)),
            (json!(["a", 1]), None),
            (json!([{}]), None),
            (json!([null]), None),
            (json!([]), None),
        ] {
            let list: &[Value] = values.as_array().map_or(&[], Vec::as_slice);
            assert_eq!(kind_of_all(list), expected, "{values}");
        }
    }

    #[test]
    fn formats_are_documented_where_the_type_does_not_say_them() {
        let text = Kind::String(StringFormat::Plain);
        let integer = Kind::Integer(IntegerFormat::Int32);
        for (kind, format, expected) in [
            (&text, "uri", Some("uri")),
            (&text, "", None),
            (&Kind::String(StringFormat::Date), "date", None),
            (&integer, "int32", None),
            (&Kind::Array(SchemaId(0)), "csv", Some("csv")),
            (&Kind::Alias(SchemaId(0)), "csv", Some("csv")),
            (&Kind::Any(Untyped::Unsupported(String::new())), "csv", None),
            (&integer, "unix-time", Some("unix-time")),
            (&Kind::Boolean, "flag", Some("flag")),
            (&Kind::Number(NumberFormat::Double), "int64", Some("int64")),
        ] {
            assert_eq!(unsaid_format(kind, Some(format)).as_deref(), expected, "{format}");
        }
    }
}
