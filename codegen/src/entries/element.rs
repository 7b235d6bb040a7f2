//! An element of a list by name: `query=limit` for a parameter, `=red` for a value, `title=Cat` for an
//! alternative. Left of the sign is the key that has the name; for a parameter, where it is sent.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// The lists whose elements a configuration may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Parameters: told apart by `in` and `name` (OpenAPI, Parameter Object).
    Parameters,
    /// Values: told apart by themselves.
    Values,
    /// Schemas, of which nothing need tell one from another.
    Schemas,
}

/// What may tell one schema from the others, the most telling first.
const TELLING: [&str; 4] = ["title", "$ref", "const", "type"];

impl List {
    /// The list that stands under a key, if it is one in which a position means nothing.
    pub(super) fn under(key: &str) -> Option<Self> {
        match key {
            "parameters" => Some(Self::Parameters),
            "enum" | "tags" => Some(Self::Values),
            "oneOf" | "anyOf" | "allOf" => Some(Self::Schemas),
            _ => None,
        }
    }

    /// The name of an element, if it has one that no other has. `root` is what references lead into.
    pub(super) fn name(self, root: &Value, all: &[Value], index: usize) -> Option<String> {
        let is_only = |name: &String| self.named(root, all, name).as_slice() == [index];
        self.candidates(root, all.get(index)?).into_iter().find(is_only)
    }

    /// The names of all elements, or their positions.
    pub(super) fn names(self, root: &Value, all: &[Value]) -> Vec<String> {
        let candidates: Vec<Vec<String>> =
            all.iter().map(|element| self.candidates(root, element)).collect();
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for name in candidates.iter().flatten() {
            *number.entry(name).or_default() += 1;
        }
        let only = |names: &Vec<String>| {
            names.iter().find(|name| number.get(name.as_str()) == Some(&1)).cloned()
        };
        let each = candidates.iter().enumerate();
        each.map(|(index, names)| only(names).unwrap_or_else(|| index.to_string())).collect()
    }

    /// What may name an element, the most telling first.
    fn candidates(self, root: &Value, element: &Value) -> Vec<String> {
        match self {
            Self::Parameters => {
                let parameter = behind(root, element);
                let text = |key: &str| parameter.get(key).and_then(Value::as_str);
                let both = text("in").zip(text("name"));
                both.map(|(place, name)| format!("{place}={name}")).into_iter().collect()
            }
            Self::Values => match scalar(element) {
                Some(value) => vec![format!("={value}")],
                // A tag that is described.
                None => {
                    let name = element.get("name").and_then(scalar);
                    name.map(|name| format!("name={name}")).into_iter().collect()
                }
            },
            Self::Schemas => {
                let by = |key: &&str| Some(format!("{key}={}", word(key, element.get(key)?)?));
                TELLING.iter().filter_map(by).collect()
            }
        }
    }

    /// The elements of a name, by position.
    pub(super) fn named(self, root: &Value, all: &[Value], name: &str) -> Vec<usize> {
        let Some((key, value)) = name.split_once('=') else { return Vec::new() };
        let is_it = |element: &Value| match self {
            Self::Parameters => {
                let parameter = behind(root, element);
                let has = |key: &str, text: &str| {
                    parameter.get(key).and_then(Value::as_str) == Some(text)
                };
                has("in", key) && has("name", value)
            }
            Self::Values if key.is_empty() => match element.as_str() {
                Some(text) => text == value,
                None => scalar(element).as_deref() == Some(value),
            },
            Self::Values | Self::Schemas => {
                let found = element.get(key);
                found.and_then(|found| word(key, found)).as_deref() == Some(value)
                    || (key == "$ref" && found.and_then(Value::as_str) == Some(value))
            }
        };
        (0..all.len()).filter(|index| is_it(&all[*index])).collect()
    }
}

/// What a name has of the value of a key: of a reference, the last step.
fn word(key: &str, value: &Value) -> Option<String> {
    match (key, value.as_str()) {
        ("$ref", Some(reference)) => match Pointer::from_reference(reference) {
            Some(pointer) => pointer.last(),
            None => Some(reference.rsplit(['/', '#']).next().unwrap_or(reference).to_owned()),
        },
        ("$ref", None) => None,
        (_, _) => scalar(value),
    }
}

/// A value as a name has it.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// What stands at the end of a chain of references; a circle ends where it is noticed.
fn behind<'v>(root: &'v Value, element: &'v Value) -> &'v Value {
    const LONGEST: usize = 32;
    let mut at = element;
    for _ in 0..LONGEST {
        let reference = at.get("$ref").and_then(Value::as_str);
        let next = reference.and_then(Pointer::from_reference);
        match next.as_ref().and_then(|pointer| pointer.lookup(root)) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}
