//! Numbers with the digits that the files have: a tree keeps 17 of a fraction, and none of the last of
//! a whole number beyond 64 bits.

use serde_json::{Number, Value};

use crate::pointer::Pointer;
use crate::source::Source;

/// The texts of the fractions of a tree, in the order in which they stand there. Asked for each number
/// of the tree, in that order.
#[derive(Debug, Default)]
pub(super) struct Decimals(std::vec::IntoIter<Option<String>>);

impl Decimals {
    /// Those of a tree, as the files of `source` have them; `root` has the same places.
    pub(super) fn of(source: &Source, root: &Value) -> Self {
        let mut found = Vec::new();
        collect(root, &Pointer::root(), &mut found);
        let pointers: Vec<&Pointer> = found.iter().map(|(at, _)| at).collect();
        let texts = source.scalars(&pointers).into_iter();
        let texts = texts.zip(&found).map(|(text, (_, number))| {
            // What an overlay or another version has put there is not in the text.
            text.filter(|text| text.parse() == Ok(*number)).and_then(|text| spelled(&text))
        });
        Self(texts.collect::<Vec<_>>().into_iter())
    }

    /// The text of the next number of the tree.
    pub(super) fn text(&mut self, number: &Number) -> String {
        let shortest = number.to_string();
        if !number.is_f64() {
            return shortest;
        }
        self.0.next().flatten().or_else(|| spelled(&shortest)).unwrap_or(shortest)
    }
}

fn collect(value: &Value, at: &Pointer, found: &mut Vec<(Pointer, f64)>) {
    match value {
        Value::Number(number) if number.is_f64() => {
            found.extend(number.as_f64().map(|number| (at.clone(), number)));
        }
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(_, value)| has_number(value)) {
                collect(value, &at.push(key), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| has_number(item)) {
                collect(item, &at.index(index), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether there can be one: pointers are made for these alone.
fn has_number(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_)) || value.is_f64()
}

/// A number as JSON (RFC 8259, section 6) and every YAML have it: a digit on either side of the point,
/// one before an exponent, which has a sign (the types of YAML 1.1: `1e3` is a text there).
fn spelled(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (mantissa, exponent) = match lower.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (lower.as_str(), None),
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, exponent.map(|_| "")),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    if !has_digits || !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return None;
    }
    let or_zero = |digits: &str| if digits.is_empty() { "0".to_owned() } else { digits.to_owned() };
    let mut out = format!("{sign}{}", or_zero(whole.trim_start_matches('0')));
    if let Some(fraction) = fraction {
        out = format!("{out}.{}", or_zero(fraction));
    }
    if let Some(exponent) = exponent {
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(digits) => ('-', digits),
            None => ('+', exponent.strip_prefix('+').unwrap_or(exponent)),
        };
        if digits.is_empty() || !is_digits(digits) {
            return None;
        }
        out = format!("{out}e{sign}{digits}");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_for_every_reader() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(spelled(text).as_deref(), expected, "{text}");
            if let Some(expected) = expected {
                assert_eq!(text.parse::<f64>(), expected.parse(), "{text}");
                serde_json::from_str::<f64>(expected).unwrap();
            }
        };
        check("1.10", Some("1.10"));
        check("0.1000000000000000055511151231257827", Some("0.1000000000000000055511151231257827"));
        check("123456789012345678901234567890", Some("123456789012345678901234567890"));
        check("-1e300", Some("-1.0e+300"));
        check("1E-7", Some("1.0e-7"));
        check("2.5e+10", Some("2.5e+10"));
        check(".5", Some("0.5"));
        check("+1.", Some("1.0"));
        check("-007.5", Some("-7.5"));
        for text in ["", ".", "e5", "1e", "1e+", "1_000.5", ".inf", "0x1p3", "1.2.3"] {
            check(text, None);
        }
    }
}
