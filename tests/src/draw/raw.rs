//! The raw document: a tree, and references in it.

use std::path::Path;

use serde_json::Value;

use super::tree::Tree;

/// How many references may lead to one another before a value is due.
const LONGEST_CHAIN: usize = 64;

/// A document as serde reads it.
#[derive(Clone, Debug)]
pub struct Raw {
    /// The whole tree.
    pub root: Value,
}

impl Raw {
    /// Reads a document, as JSON if its name says so and as YAML otherwise.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is neither.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let json = path.extension().is_some_and(|extension| extension == "json");
        Self::parse(&text, json)
    }

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// It is not what it should be.
    pub fn parse(text: &str, json: bool) -> Result<Self, String> {
        let root = if json {
            serde_json::from_str(text).map_err(|error| error.to_string())?
        } else {
            serde_yaml::from_str::<Tree>(text).map_err(|error| error.to_string())?.0
        };
        Ok(Self { root })
    }

    /// What stands at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
    }

    /// The value behind a chain of references.
    pub fn resolve<'v>(&'v self, mut value: &'v Value) -> &'v Value {
        for _ in 0..LONGEST_CHAIN {
            match reference(value).and_then(|reference| self.at(&pointer_of(reference))) {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }
}

/// The target of a reference, if this is one.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// `#/a/b%20c` as a JSON pointer.
pub(super) fn pointer_of(reference: &str) -> String {
    let text = reference.trim_start_matches('#');
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let ahead: Vec<u8> = rest.clone().take(2).collect();
        match (byte, hex(&ahead)) {
            (b'%', Some(decoded)) if ahead.len() == 2 => {
                bytes.push(decoded);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The name of the component schema a reference or a mapping value means.
pub(super) fn schema_name(target: &str) -> String {
    match target.strip_prefix("#/components/schemas/") {
        Some(_) => {
            let pointer = pointer_of(target);
            let last = pointer.rsplit('/').next().unwrap_or_default();
            last.replace("~1", "/").replace("~0", "~")
        }
        None => target.to_owned(),
    }
}
