//! Bytes to [`Source`]: encoding, syntax, duplicate keys and size, nothing about OpenAPI.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{Files, Format, Source};

/// Reads a document.
///
/// # Errors
/// What keeps the file from being a JSON or YAML mapping that can be taken at its word.
pub fn load(files: &dyn Files, path: &Path) -> Result<Source, Diagnostics> {
    let bytes = files.read(path).map_err(|e| Diagnostic::error(Code::Io, format!("{e}")))?;
    let text = String::from_utf8_lossy(&bytes);
    let root =
        serde_yaml::from_str(&text).map_err(|e| Diagnostic::error(Code::Syntax, format!("{e}")))?;
    Ok(Source::new(path.to_owned(), Arc::from(text), Format::Yaml, root))
}
