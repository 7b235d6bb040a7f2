//! Which versions of the specification are read.

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;

/// Whether the document is of OpenAPI 3.0.
pub(crate) fn check(source: &Source) -> Result<(), Diagnostic> {
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
                return Err(Diagnostic::error(Code::InvalidDocument, message).at(&pointer));
            }
        };
        let is_read = key == "openapi" && (version == "3.0" || version.starts_with("3.0."));
        return if is_read { Ok(()) } else { Err(unsupported(key, &version).at(&pointer)) };
    }
    Err(Diagnostic::error(
        Code::InvalidDocument,
        "the document does not say which version of OpenAPI it is written in",
    )
    .at(&Pointer::root())
    .help("an OpenAPI document has a key `openapi`, such as `openapi: 3.0.3`"))
}

fn unsupported(key: &str, version: &str) -> Diagnostic {
    let name = if key == "swagger" { "Swagger" } else { "OpenAPI" };
    Diagnostic::error(Code::UnsupportedVersion, format!("{name} {version} is not supported"))
        .help("the generator reads OpenAPI 3.0 (3.0.0 to 3.0.4); convert the document first")
}
