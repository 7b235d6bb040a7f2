//! The least that reading a document can cost: the two libraries the generator stands on, and
//! nothing of its own. What the generator costs is told in multiples of this; `docs/performance.md`
//! says how.
//!
//! ```sh
//! cargo run --release -p specwright --example floor -- openapi/api.yaml
//! ```

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("which document?")?;
    let text = std::fs::read_to_string(path)?;
    let document: openapiv3::OpenAPI = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text)?
    } else {
        serde_yaml::from_str(&text)?
    };
    // Looked at, so that the reading cannot be left out.
    if document.paths.paths.is_empty() { Err("the document has no paths".into()) } else { Ok(()) }
}
