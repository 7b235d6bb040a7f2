//! Unions without a discriminator: alternatives told apart by what they are made of.
//!
//! The value is read whole, then the alternatives are tried, the most fitting first. Which one fits
//! is a matter of JSON's types, of properties that hold one of a few values, and of how many of an
//! object's properties an alternative declares. So a value with a property that only one
//! alternative has goes to that one, wherever it stands in the document.

use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected};
use serde_json::{Map, Number as JsonNumber, Value};

use super::lenient::{Lenient, Number};

/// A union whose alternatives are told apart by shape.
pub trait Shaped: Sized {
    /// What each alternative takes, in the order of the document.
    const ALTERNATIVES: &'static [Alternative];

    /// The alternative at `index`, if `value` is one.
    fn attempt(index: usize, value: &Value) -> Option<Self>;

    /// The variant that keeps any other value; without one, the value comes back.
    fn other(value: Value) -> Result<Self, Value>;
}

/// What an alternative takes.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    kind: Kind,
    constants: &'static [(&'static str, &'static [&'static str])],
    values: &'static [(&'static str, &'static [Constant])],
}

/// A value that a property always has. Numbers are compared as such, however they are written: `1` and
/// `1.0` are one (RFC 8259, section 6).
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(&'static str),
    /// A list or an object, as JSON.
    Json(&'static str),
}

impl Constant {
    fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Boolean(own), Value::Bool(other)) => own == *other,
            (Self::Text(own), Value::String(other)) => own == other,
            (Self::Integer(own), Value::Number(other)) => match whole(other) {
                Some(other) => own == other,
                None => other.as_f64() == Some(own as f64),
            },
            (Self::Number(own), Value::Number(other)) => other.as_f64() == Some(own),
            (Self::Json(own), Value::Array(_) | Value::Object(_)) => {
                serde_json::from_str(own).is_ok_and(|own: Value| is_same(&own, value))
            }
            _ => false,
        }
    }
}

/// Whether two values are one as JSON, in which neither the order of properties nor how a number is
/// written counts (JSON Schema, section 4.2.2).
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => match (whole(one), whole(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64() == other.as_f64(),
        },
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| is_same(value, other))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

/// A number that is written as a whole one.
fn whole(number: &JsonNumber) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Number,
    Boolean,
    List,
    Object { fields: &'static [&'static str], open: bool },
}

impl Alternative {
    /// A text.
    pub const TEXT: Self = Self::new(Kind::Text);
    /// A number, whole or not.
    pub const NUMBER: Self = Self::new(Kind::Number);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self::new(Kind::Boolean);
    /// A list.
    pub const LIST: Self = Self::new(Kind::List);

    /// An object that declares these properties; an open one keeps all others too.
    #[must_use]
    pub const fn object(fields: &'static [&'static str], open: bool) -> Self {
        Self::new(Kind::Object { fields, open })
    }

    /// Properties that hold one of these texts, if they are there.
    #[must_use]
    pub const fn only(
        mut self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.constants = constants;
        self
    }

    /// Properties that hold one of these values, if they are there.
    #[must_use]
    pub const fn only_values(
        mut self,
        values: &'static [(&'static str, &'static [Constant])],
    ) -> Self {
        self.values = values;
        self
    }

    const fn new(kind: Kind) -> Self {
        Self { kind, constants: &[], values: &[] }
    }

    /// How well `value` fits, less being better; nothing if it cannot be this alternative.
    fn misfit(&self, value: &Value) -> Option<Misfit> {
        match (self.kind, value) {
            (Kind::Text, Value::String(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::List, Value::Array(_)) => Some(Misfit::default()),
            (Kind::Object { fields, open }, Value::Object(object)) => {
                self.misfit_of(object, fields, open)
            }
            _ => None,
        }
    }

    fn misfit_of(
        &self,
        object: &Map<String, Value>,
        fields: &[&str],
        open: bool,
    ) -> Option<Misfit> {
        let mut confirmed = 0;
        for (name, texts) in self.constants {
            match object.get(*name) {
                Some(Value::String(text)) if texts.contains(&text.as_str()) => confirmed += 1,
                Some(_) => return None,
                None => {}
            }
        }
        for (name, values) in self.values {
            match object.get(*name) {
                Some(found) if values.iter().any(|one| one.is(found)) => confirmed += 1,
                Some(_) => return None,
                None => {}
            }
        }
        let undeclared = object.keys().filter(|name| !fields.contains(&name.as_str())).count();
        let strange = !open && !object.is_empty() && undeclared == object.len();
        (!strange).then_some(Misfit {
            unconfirmed: self.constants.len() + self.values.len() - confirmed,
            undeclared: if open { 0 } else { undeclared },
            open: open && undeclared > 0,
        })
    }
}

/// Ordered by what counts most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Misfit {
    /// Properties that would have told, and are not there.
    unconfirmed: usize,
    /// Properties that would be lost.
    undeclared: usize,
    /// Whether it fits only because anything does.
    open: bool,
}

/// Deserializes a `T` from any value.
///
/// # Errors
/// The value cannot be read, or is no alternative of a union that keeps no others.
pub fn decode_shape<'de, T: Shaped, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let value = serde::Deserialize::deserialize(from)?;
    let all = T::ALTERNATIVES.iter().enumerate();
    let mut fitting: Vec<(Misfit, usize)> =
        all.filter_map(|(index, one)| Some((one.misfit(&value)?, index))).collect();
    fitting.sort_unstable();
    match fitting.into_iter().find_map(|(_, index)| T::attempt(index, &value)) {
        Some(found) => Ok(found),
        None => T::other(value).map_err(|_| {
            D::Error::invalid_value(Unexpected::Other("value"), &"one of the alternatives")
        }),
    }
}

/// The value as a `T`, if it is one.
pub fn attempt<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Like [`attempt`], for what has rules of its own: of an integer, servers send `7.0` too.
pub fn attempt_int<T: Number>(value: &Value) -> Option<T> {
    serde::Deserialize::deserialize(value).ok().map(|Lenient(value)| value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CLOSED: Alternative = Alternative::object(&["type", "a"], false);

    #[test]
    fn kinds_exclude() {
        assert!(Alternative::TEXT.misfit(&json!("x")).is_some());
        assert!(Alternative::TEXT.misfit(&json!(1)).is_none());
        assert!(Alternative::NUMBER.misfit(&json!(1.5)).is_some());
        assert!(Alternative::LIST.misfit(&json!({})).is_none());
        assert!(CLOSED.misfit(&json!([])).is_none());
    }

    #[test]
    fn undeclared_properties_count() {
        let undeclared = |value| CLOSED.misfit(&value).map(|misfit| misfit.undeclared);
        assert_eq!(undeclared(json!({})), Some(0));
        assert_eq!(undeclared(json!({"a": 1, "b": 2})), Some(1));
        assert_eq!(undeclared(json!({"b": 2})), None, "nothing of it is declared");
    }

    #[test]
    fn constants_exclude_and_confirm() {
        let one = CLOSED.only(&[("type", &["x", "y"])]);
        let unconfirmed = |value| one.misfit(&value).map(|misfit| misfit.unconfirmed);
        assert_eq!(unconfirmed(json!({"type": "y"})), Some(0));
        assert_eq!(unconfirmed(json!({"a": 1})), Some(1));
        assert_eq!(unconfirmed(json!({"type": "z"})), None);
        assert_eq!(unconfirmed(json!({"type": 1})), None);
    }

    #[test]
    fn constants_are_compared_as_values() {
        let check = |constants: &'static [(&'static str, &'static [Constant])], value: Value| {
            CLOSED.only_values(constants).misfit(&json!({"type": value})).is_some()
        };
        const ONE: &[(&str, &[Constant])] = &[("type", &[Constant::Integer(1)])];
        const HALF: &[(&str, &[Constant])] = &[("type", &[Constant::Number(0.5)])];
        const TWO: &[(&str, &[Constant])] = &[("type", &[Constant::Number(2.0)])];
        const YES: &[(&str, &[Constant])] = &[("type", &[Constant::Boolean(true), Constant::Null])];
        const TEXT: &[(&str, &[Constant])] = &[("type", &[Constant::Text("1")])];
        const LIST: &[(&str, &[Constant])] =
            &[("type", &[Constant::Json(r#"[1,{"a":2,"b":null}]"#)])];
        for (constants, value, fits) in [
            (ONE, json!(1), true),
            (ONE, json!(1.0), true),
            (ONE, json!(-1), false),
            (ONE, json!("1"), false),
            (ONE, json!(true), false),
            (HALF, json!(0.5), true),
            (HALF, json!(0), false),
            (TWO, json!(2), true),
            (YES, json!(true), true),
            (YES, json!(null), true),
            (YES, json!(false), false),
            (TEXT, json!("1"), true),
            (TEXT, json!(1), false),
            (LIST, json!([1, {"a": 2, "b": null}]), true),
            (LIST, json!([1.0, {"b": null, "a": 2.0}]), true),
            (LIST, json!([1, {"a": 2}]), false),
            (LIST, json!([1]), false),
            (LIST, json!("[1,{\"a\":2,\"b\":null}]"), false),
        ] {
            assert_eq!(check(constants, value.clone()), fits, "{constants:?} {value}");
        }
    }

    #[test]
    fn what_is_open_comes_after_what_fits() {
        let open = Alternative::object(&[], true);
        let value = json!({"a": 1});
        assert!(CLOSED.misfit(&value) < open.misfit(&value));
        let other = json!({"a": 1, "b": 1});
        assert!(open.misfit(&other) < CLOSED.misfit(&other));
    }
}
