//! What is said to who names a document and forgets the flag.

use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};

/// The same refusal, with a tip where the word that is not understood is a document.
pub(super) fn add(mut error: clap::Error) -> clap::Error {
    let named = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let word = named.into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    });
    if let Some(word) = word.filter(|word| is_document(word)) {
        let tip = StyledStr::from(format!("a document is named by a flag: `--spec {word}`"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}

fn is_document(word: &str) -> bool {
    let path = Path::new(word);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_named = ["yaml", "yml", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    !word.starts_with('-') && (is_named || path.is_file())
}
