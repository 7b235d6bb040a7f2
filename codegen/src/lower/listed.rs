//! The values of an `enum`, each once, with what extensions say of them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::keywords::Keywords;
use crate::ir::EnumValue;

/// Extensions that many tools read for the names of values, most common first.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
/// The same for their descriptions.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];
/// Which values are deprecated.
const DEPRECATED: [&str; 1] = ["x-enum-deprecated"];

/// What an `enum` lists.
pub(super) struct Listed {
    /// The values in document order, without null and without repetition.
    pub(super) values: Vec<EnumValue>,
    /// An extension about them that makes no sense.
    pub(super) unfit: Option<&'static str>,
}

/// Gathers the values of an `enum`; texts stand for themselves, numbers are their digits.
pub(super) fn listed(keywords: &Keywords<'_>) -> Listed {
    let names = Words::told(keywords, &NAMES);
    let descriptions = Words::told(keywords, &DESCRIPTIONS);
    let deprecated = Words::told(keywords, &DEPRECATED);
    let mut values: Vec<EnumValue> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (index, value) in keywords.values.iter().enumerate() {
        let wire = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if known.insert(wire.clone()) {
            let name = names.about(index, &wire);
            let description = descriptions.about(index, &wire);
            let deprecated =
                deprecated.of(index, &wire).and_then(Value::as_bool).unwrap_or_default();
            values.push(EnumValue { wire, index, at: None, name, description, deprecated });
        }
    }
    let count = keywords.values.len();
    let unfit = [names, descriptions, deprecated].into_iter().find_map(|words| words.unfit(count));
    Listed { values, unfit }
}

/// One text, or flag, for each value.
enum Words<'s> {
    None,
    /// In the order of the values.
    Listed(&'static str, &'s [Value]),
    /// By the value's text.
    Mapped(&'s serde_json::Map<String, Value>),
    /// Neither list nor mapping.
    Unfit(&'static str),
}

impl<'s> Words<'s> {
    fn told(keywords: &Keywords<'s>, keys: &'static [&'static str]) -> Self {
        let found = keys.iter().find_map(|key| Some((*key, keywords.extensions?.get(*key)?)));
        match found {
            None => Self::None,
            Some((key, Value::Array(list))) => Self::Listed(key, list),
            Some((_, Value::Object(map))) => Self::Mapped(map),
            Some((key, _)) => Self::Unfit(key),
        }
    }

    fn about(&self, index: usize, wire: &str) -> Option<String> {
        let value = self.of(index, wire);
        value.and_then(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
    }

    fn of(&self, index: usize, wire: &str) -> Option<&'s Value> {
        match *self {
            Self::None | Self::Unfit(_) => None,
            Self::Listed(_, list) => list.get(index),
            Self::Mapped(map) => map.get(wire),
        }
    }

    fn unfit(self, count: usize) -> Option<&'static str> {
        match self {
            Self::None | Self::Mapped(_) => None,
            Self::Listed(key, list) => (list.len() != count).then_some(key),
            Self::Unfit(key) => Some(key),
        }
    }
}
