//! Integers as servers send them: `7`, and from some languages `7.0`.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::nullable::Nullable;

/// Reads a `T` with all its integers by the lenient rule: JSON has one kind of number (RFC 8259,
/// section 6), so a float without a fraction is an integer.
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

/// An integer, or something that holds integers and nothing else.
pub trait Number: Sized {
    /// Reads the number.
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
