//! A few documents out of many, others every day.

use std::time::{SystemTime, UNIX_EPOCH};

use super::documents::Document;

/// A seed that is the same all day.
pub(super) fn of_today() -> u64 {
    const DAY: u64 = 24 * 60 * 60;
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / DAY)
}

/// `size` documents, in their order; the same seed chooses the same ones.
pub(super) fn choose(documents: Vec<Document>, size: usize, seed: u64) -> Vec<Document> {
    let size = size.min(documents.len());
    let mut chosen = fastrand::Rng::with_seed(seed).choose_multiple(0..documents.len(), size);
    chosen.sort_unstable();
    let is_chosen = |index: &usize| chosen.binary_search(index).is_ok();
    let chosen = documents.into_iter().enumerate().filter(|(index, _)| is_chosen(index));
    chosen.map(|(_, document)| document).collect()
}
