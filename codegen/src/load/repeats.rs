//! Keys that a mapping has twice: where each stands, and where the first of it does.

use std::path::Path;

use super::problem::TOLD;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::source::{Places, Repeat, position};

/// One error for each key that was there before, in the order of the text.
pub(super) fn told(path: &Path, text: &str, places: &Places) -> Diagnostics {
    let mut repeats = places.repeats(text, TOLD);
    // What an alias stands for has its places once.
    repeats.found.sort_by_key(|repeat| repeat.again);
    repeats.found.dedup_by_key(|repeat| repeat.again);
    let offsets: Vec<usize> =
        repeats.found.iter().flat_map(|repeat| [repeat.first, repeat.again]).collect();
    let locations = position::locations(path, text, &offsets);
    let mut errors: Diagnostics = repeats
        .found
        .into_iter()
        .zip(locations.chunks_exact(2))
        .map(|(repeat, pair)| error(&repeat, &pair[0], &pair[1]))
        .collect();
    if repeats.more > 0 {
        let message = format!("{} more keys are given twice in the same mapping", repeats.more);
        errors.push(super::at_start(path, Code::DuplicateKey, message).help(HELP));
    }
    errors
}

const HELP: &str = "remove one of the two, or give it another name";

fn error(repeat: &Repeat, first: &Location, again: &Location) -> Diagnostic {
    let key = repeat.pointer.last().unwrap_or_default();
    let message = format!(
        "the key `{key}` is given twice in the same mapping, first in line {}, column {}",
        first.line, first.column
    );
    Diagnostic::error(Code::DuplicateKey, message)
        .at(&repeat.pointer)
        .located(again.clone())
        .help(HELP)
}
