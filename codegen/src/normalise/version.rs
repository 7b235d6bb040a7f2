//! Which versions of the specification are read.

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;

/// A version of the specification, as far as documents of it are read differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1, and of 3.2 what 3.1 has too.
    V31,
}

/// The version of the document, if it is one that is read.
pub(crate) fn check(source: &Source) -> Result<Version, Diagnostic> {
    for key in ["openapi", "swagger"] {
        let pointer = Pointer::root().push(key);
        let Some(value) = source.root.get(key) else { continue };
        let version = match value {
            Value::String(version) => version.clone(),
            // YAML makes a number of `swagger: 2.0`.
            Value::Number(number) => {
                source.scalars(&[&pointer]).remove(0).unwrap_or_else(|| number.to_string())
            }
            _ => {
                let message = format!("`{key}` is not a version number");
                return Err(Diagnostic::error(Code::InvalidDocument, message)
                    .at(&pointer)
                    .help("write it like `openapi: 3.0.3`"));
            }
        };
        let known = (key == "openapi").then(|| read(&version)).flatten();
        return known.ok_or_else(|| unsupported(key, &version).at(&pointer));
    }
    Err(Diagnostic::error(
        Code::InvalidDocument,
        "the document does not say which version of OpenAPI it is written in",
    )
    .at(&Pointer::root())
    .help("an OpenAPI document has a key `openapi`, such as `openapi: 3.0.3`"))
}

/// The specification of a document that is read, with its version: `OpenAPI 3.1`.
pub(super) fn named(source: &Source) -> String {
    let key = Pointer::root().push("openapi");
    // Swagger 2.0 is in the arrangement of 3.0 by now.
    if source.origins().of(&key) != key {
        return "Swagger 2.0".to_owned();
    }
    let version = key.lookup(&source.root).and_then(Value::as_str).unwrap_or_default();
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    format!("OpenAPI {}", numbers.join("."))
}

fn read(version: &str) -> Option<Version> {
    let is = |minor: &str| {
        version.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    match () {
        () if is("3.0") => Some(Version::V30),
        () if is("3.1") || is("3.2") => Some(Version::V31),
        () => None,
    }
}

fn unsupported(key: &str, version: &str) -> Diagnostic {
    let name = if key == "swagger" { "Swagger" } else { "OpenAPI" };
    Diagnostic::error(Code::UnsupportedVersion, format!("{name} {version} is not supported")).help(
        "the generator reads OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0; convert the document first",
    )
}
