//! The places of `document.yaml` that hold an author's own text, and how other text gets there.

use std::collections::BTreeMap;

use serde_yaml::Value;

const DOCUMENT: &str = include_str!("document.yaml");

/// Every slot: the words that begin with `zq`.
pub(crate) fn slots() -> Vec<&'static str> {
    let word = |c: char| c.is_ascii_alphabetic() || c == '-';
    let content = DOCUMENT.split_once("openapi:").expect("a head and a document").1;
    let mut slots: Vec<&str> =
        content.split(|c| !word(c)).filter(|word| word.starts_with("zq")).collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// The document with other text in some slots, as JSON.
pub(crate) fn filled(texts: &BTreeMap<&str, String>) -> String {
    let tree = fill(serde_yaml::from_str(DOCUMENT).expect("the document is YAML"), texts);
    serde_json::to_string_pretty(&tree).expect("a tree can be written")
}

fn fill(value: Value, texts: &BTreeMap<&str, String>) -> Value {
    match value {
        Value::String(text) => Value::String(replace(&text, texts)),
        Value::Sequence(items) => items.into_iter().map(|item| fill(item, texts)).collect(),
        Value::Mapping(entries) => {
            let filled = |(key, value)| (fill(key, texts), fill(value, texts));
            Value::Mapping(entries.into_iter().map(filled).collect())
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_)) => other,
    }
}

/// In a reference the text is escaped (RFC 6901 section 6, RFC 3986 section 3.5).
fn replace(text: &str, texts: &BTreeMap<&str, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("zq") {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(from.len());
        out.push_str(before);
        match texts.get(&from[..end]) {
            Some(other) if text.starts_with("#/") => out.push_str(&in_reference(other)),
            Some(other) => out.push_str(other),
            None => out.push_str(&from[..end]),
        }
        rest = &from[end..];
    }
    out + rest
}

fn in_reference(text: &str) -> String {
    let pointer = text.replace('~', "~0").replace('/', "~1");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    pointer
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
