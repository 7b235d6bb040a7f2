//! Unions without a discriminator: alternatives told apart by what they are made of.
//!
//! The value is read whole, then the alternatives are tried, the most fitting first. Which one fits
//! is a matter of JSON's types, of properties that hold one of a few texts, and of how many of an
//! object's properties an alternative declares. So a value with a property that only one
//! alternative has goes to that one, wherever it stands in the document.

use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected};
use serde_json::{Map, Value};

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

    const fn new(kind: Kind) -> Self {
        Self { kind, constants: &[] }
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
        let undeclared = object.keys().filter(|name| !fields.contains(&name.as_str())).count();
        let strange = !open && !object.is_empty() && undeclared == object.len();
        (!strange).then_some(Misfit {
            unconfirmed: self.constants.len() - confirmed,
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
    fn what_is_open_comes_after_what_fits() {
        let open = Alternative::object(&[], true);
        let value = json!({"a": 1});
        assert!(CLOSED.misfit(&value) < open.misfit(&value));
        let other = json!({"a": 1, "b": 1});
        assert!(open.misfit(&other) < CLOSED.misfit(&other));
    }
}
