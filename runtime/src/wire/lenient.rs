//! Values that JSON or a format allows to be written in more ways than Rust's own types read, or in
//! fewer: integers (`7`, and from some languages `7.0`), floats of 32 bits, and points in time.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::nullable::Nullable;

/// Reads a `T` by the rules of this module:
/// - JSON has one kind of number (RFC 8259, section 6), so a float without a fraction is an integer;
/// - a number too large for its 32 bits is refused, where serde would make it infinite;
/// - a second has any number of decimals (RFC 3339, section 5.6), of which nine are kept.
pub(super) struct Lenient<T>(pub(super) T);

impl<'de, T: Number> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::number(deserializer).map(Lenient)
    }
}

/// Deserializes an integer by that rule.
pub fn decode_integer<'de, T: Number, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::number(deserializer)
}

/// A value that has such a rule, or something that holds only such values.
pub trait Number: Sized {
    /// Reads the value.
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

macro_rules! integers {
    ($($int:ty: $name:literal),*) => {$(
        impl Number for $int {
            fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_i64(Integer { name: $name, int: PhantomData })
            }
        }
    )*};
}

integers!(
    i8: "i8", i16: "i16", i32: "i32", i64: "i64", u8: "u8", u16: "u16", u32: "u32", u64: "u64"
);

impl<T: Number> Number for Option<T> {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Lenient<T>>::deserialize(deserializer)?.map(|value| value.0))
    }
}

impl<T: Number> Number for Nullable<T> {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::number(deserializer).map(Self::from)
    }
}

impl<T: Number> Number for Vec<T> {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<Lenient<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|value| value.0).collect())
    }
}

impl<T: Number> Number for BTreeMap<String, T> {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<String, Lenient<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|(name, value)| (name, value.0)).collect())
    }
}

impl<T: Number> Number for Box<T> {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::number(deserializer).map(Self::new)
    }
}

impl Number for f32 {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(Float)
    }
}

impl Number for Timestamp {
    fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Time)
    }
}

struct Float;

impl Visitor<'_> for Float {
    type Value = f32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("f32")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f32, E> {
        Ok(value as f32)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f32, E> {
        Ok(value as f32)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f32, E> {
        let narrow = value as f32;
        match narrow.is_finite() {
            true => Ok(narrow),
            false => Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
    }
}

struct Time;

impl Visitor<'_> for Time {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time of RFC 3339")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        let read = text.parse().or_else(|error| match in_nanoseconds(text) {
            Some(shorter) => shorter.parse(),
            None => Err(error),
        });
        read.map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// `text` without the decimals of its second that come after nine.
fn in_nanoseconds(text: &str) -> Option<String> {
    let (before, after) = text.split_once('.')?;
    let decimals = after.bytes().take_while(u8::is_ascii_digit).count();
    (decimals > 9).then(|| format!("{before}.{}{}", &after[..9], &after[decimals..]))
}

struct Integer<T> {
    name: &'static str,
    int: PhantomData<T>,
}

impl<T: TryFrom<i64> + TryFrom<u64> + TryFrom<i128>> Visitor<'_> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        // The cast saturates far outside every integer taken here, so `try_from` still refuses.
        let whole = (value.fract() == 0.0).then_some(value as i128);
        whole
            .and_then(|whole| T::try_from(whole).ok())
            .ok_or_else(|| E::invalid_type(Unexpected::Float(value), &self))
    }
}
