//! What OpenAPI 3.1 has added to the words of a document about itself. openapiv3 does not know it.

use serde_json::Value;

use super::Version;

/// Words that a document of 3.0 does not have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Added {
    /// `info.summary` (OpenAPI 3.1.1 section 4.8.2).
    pub(crate) summary: Option<String>,
    /// `info.license.identifier` (section 4.8.4).
    pub(crate) license: Option<String>,
}

/// These words of a document. One of 3.0 that has them is told that they are not its own.
pub(super) fn of(root: &Value, version: Version) -> Added {
    let text = |at: &str| root.pointer(at).and_then(Value::as_str).map(str::to_owned);
    match version {
        Version::V30 => Added::default(),
        Version::V31 => {
            Added { summary: text("/info/summary"), license: text("/info/license/identifier") }
        }
    }
}
