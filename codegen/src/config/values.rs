//! Values that a key of the configuration may have in several ways.

use std::fmt;

use serde::Deserialize;

/// Which of several schemas a key is about: all, none, or those at these JSON pointers.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "true, false or a list of JSON pointers is due")]
pub enum Which {
    /// `true` for all of them.
    Flag(bool),
    /// JSON pointers into the document.
    Listed(Vec<String>),
}

/// What a parameter always is.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "a text, a number or a boolean is due")]
pub enum FixedValue {
    /// A text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
}

impl fmt::Display for FixedValue {
    /// The value as a query has it, before it is encoded.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Flag(flag) => flag.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

impl From<&str> for FixedValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FixedValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for FixedValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for FixedValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for FixedValue {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl Which {
    /// The pointers that are listed.
    pub(crate) fn listed(&self) -> &[String] {
        match self {
            Self::Flag(_) => &[],
            Self::Listed(pointers) => pointers,
        }
    }
}

impl Default for Which {
    fn default() -> Self {
        Self::Flag(false)
    }
}
