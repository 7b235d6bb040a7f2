//! Enumerations of strings, open or closed, and what closed ones of integers share with them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::lenient::{Number, decode_integer};

/// An enumeration of strings.
pub trait StringEnum: Sized {
    /// The values the document declares, as they stand on the wire.
    const VALUES: &'static [&'static str];

    /// The variant for `value`, if it is declared.
    fn known(value: &str) -> Option<Self>;

    /// The variant that holds an undeclared value; gives the value back if there is none.
    fn unknown(value: String) -> Result<Self, String>;
}

/// Deserializes a `T` from a string.
pub fn decode_string<'de, T: StringEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text(PhantomData))
}

/// The variant for `value`, else the one that holds any other.
pub fn known_or<T: StringEnum, S: AsRef<str> + Into<String>>(
    value: S,
    other: fn(String) -> T,
) -> T {
    match T::known(value.as_ref()) {
        Some(known) => known,
        None => other(value.into()),
    }
}

/// The variant for `value`, of an enumeration that is closed.
pub fn parse_string<T: StringEnum>(value: &str) -> Result<T, InvalidValue> {
    T::known(value).ok_or(InvalidValue { expected: T::VALUES })
}

struct Text<T>(PhantomData<T>);

impl<T: StringEnum> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::known(value)
            .map_or_else(|| T::unknown(value.to_owned()), Ok)
            .map_err(|value| E::unknown_variant(&value, T::VALUES))
    }
}

/// Deserializes a `T` from an integer, where others than those of `T` are refused.
pub fn decode_listed<'de, N, T, D>(deserializer: D) -> Result<T, D::Error>
where
    N: Number + Copy + fmt::Display,
    T: TryFrom<N, Error = InvalidValue>,
    D: Deserializer<'de>,
{
    let value: N = decode_integer(deserializer)?;
    let refused =
        |error: InvalidValue| D::Error::unknown_variant(&value.to_string(), error.expected);
    T::try_from(value).map_err(refused)
}

/// A string or integer that is none of the values of an enumeration.
///
/// Only enumerations that were asked to be closed refuse a value; the others keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    expected: &'static [&'static str],
}

impl InvalidValue {
    /// The error of an enumeration of these values.
    #[must_use]
    pub fn none_of(expected: &'static [&'static str]) -> Self {
        Self { expected }
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected one of")?;
        let mut separator = " ";
        for value in self.expected {
            write!(f, "{separator}`{value}`")?;
            separator = ", ";
        }
        Ok(())
    }
}

impl std::error::Error for InvalidValue {}
