//! From the raw tree to the typed document.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Source;

/// Reads the tree as OpenAPI 3.0.
///
/// # Errors
/// Another version, or whatever in the tree is not what the OpenAPI specification says.
pub fn normalise(source: &Source) -> Result<(openapiv3::OpenAPI, Diagnostics), Diagnostics> {
    let document = serde_json::from_value(source.root.clone())
        .map_err(|e| Diagnostic::error(Code::InvalidDocument, e.to_string()))?;
    Ok((document, Diagnostics::new()))
}
