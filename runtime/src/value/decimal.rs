//! Numbers with all their digits.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A number whose every digit counts (`type: number, format: decimal`), such as money.
///
/// It travels as a JSON number, spelled exactly as it came or as it was given: `20.00` stays
/// `20.00`. For arithmetic, parse [`as_str`](Self::as_str) into the decimal type of your choice.
///
/// One limit: a value that is one of several kinds is read before it is told apart, and the numbers
/// in it come as `f64`.
///
/// ```
/// use specwright_runtime::Decimal;
///
/// let price: Decimal = "12345678901234567890.10".parse()?;
/// assert_eq!(serde_json::to_string(&price).unwrap(), "12345678901234567890.10");
/// # Ok::<(), specwright_runtime::InvalidDecimal>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(String);

/// A text that is no number of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDecimal;

impl Decimal {
    /// The digits, as they travel.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest `f64`; infinite where the number is beyond it.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    /// Takes what JSON calls a number (RFC 8259, section 6).
    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        let number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| raw.get() == text);
        if number { Ok(Self(text.to_owned())) } else { Err(InvalidDecimal) }
    }
}

impl TryFrom<&str> for Decimal {
    type Error = InvalidDecimal;

    fn try_from(text: &str) -> Result<Self, InvalidDecimal> {
        text.parse()
    }
}

macro_rules! from_integers {
    ($($int:ty),*) => {$(
        impl From<$int> for Decimal {
            fn from(value: $int) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128);

impl TryFrom<f64> for Decimal {
    type Error = InvalidDecimal;

    /// The shortest digits that give this `f64` again.
    fn try_from(value: f64) -> Result<Self, InvalidDecimal> {
        if value.is_finite() { Ok(Self(value.to_string())) } else { Err(InvalidDecimal) }
    }
}

impl fmt::Display for Decimal {
    /// The digits, as they travel.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        raw.get().parse().map_err(|_| D::Error::custom("expected a number"))
    }
}

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a number")
    }
}

impl std::error::Error for InvalidDecimal {}
