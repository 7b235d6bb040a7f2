//! From a name on the wire to a Rust identifier; the only file that knows heck.
//!
//! `snapshotStatus` → `snapshot_status`, `SnapshotStatus`, `SNAPSHOT_STATUS`. What is not a word is
//! spelled first (see `spelling`). What two names do that end up alike is the business of `scope`.

use std::borrow::Cow;

use heck::ToSnakeCase as _;

use super::keywords;
use super::spelling::{Piece, Voice, pieces};

/// How the words of a name are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Fields, functions, parameters: `snapshot_status`.
    Snake,
    /// Types and variants: `SnapshotStatus`.
    Pascal,
    /// Statics: `SNAPSHOT_STATUS`.
    ScreamingSnake,
    /// Features of a crate, which are no identifiers: `snapshot-status`.
    Kebab,
}

/// Longest name in characters, before a suffix. Beyond it a name is cut and a digest of it added.
const LONGEST: usize = 120;
const CUT: usize = 108;

/// A valid Rust identifier for any text, in editions 2021 and 2024: never empty, never `_`, and raw
/// where it is a keyword.
pub(crate) fn ident(wire: &str, case: Case) -> String {
    join(&words(wire), case)
}

/// The words of a name on the wire, in small letters: `masterKeyUUID` is `master`, `key`, `uuid`.
pub(super) fn words(text: &str) -> Vec<String> {
    in_voice(text, Voice::Plain)
}

/// The same with every symbol spelled: `_id` is `underscore`, `id`.
pub(super) fn words_spelled_out(text: &str) -> Vec<String> {
    in_voice(text, Voice::Loud)
}

/// Puts words together. There are always some, and each is made of letters and digits.
pub(super) fn join(words: &[String], case: Case) -> String {
    let starts_with_digit = words.first().and_then(|word| word.chars().next());
    // `n` for number: a name may not start with a digit, and `_1st` is for what is not used.
    let prefix = starts_with_digit.filter(|c| c.is_numeric()).map(|_| "n");
    let words = prefix.into_iter().chain(words.iter().map(String::as_str));
    keywords::escape(match case {
        Case::Snake => words.map(str::to_lowercase).collect::<Vec<_>>().join("_"),
        Case::Pascal => pascal(words),
        Case::ScreamingSnake => words.map(str::to_uppercase).collect::<Vec<_>>().join("_"),
        Case::Kebab => return words.collect::<Vec<_>>().join("-"),
    })
}

/// A word that stands for a text: the same text always gives the same one, whatever is around it.
pub(super) fn digest(text: &str) -> String {
    // FNV-1a, 64 bits, folded: a few lines that give the same result for ever, on any machine.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("x{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}

fn in_voice(text: &str, voice: Voice) -> Vec<String> {
    let mut words = Vec::new();
    for piece in pieces(text, voice) {
        match piece {
            // heck has nothing to find in it.
            Piece::Run(run)
                if run.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
            {
                words.push(run);
            }
            Piece::Run(run) => {
                words.extend(mended(&run).to_snake_case().split('_').map(str::to_owned));
            }
            Piece::Word(word) => words.push(word),
        }
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    bounded(words)
}

/// Words whose own capitals heck would take for boundaries: `IPv6` is not `i`, `pv6`.
const TORN: [(&str, &str); 4] =
    [("IOps", "Iops"), ("IPv", "Ipv"), ("OAuth", "Oauth"), ("iOS", "Ios")];

/// Marks what heck would tear: the words above, and the `s` of `userIDs`, which it would read as
/// `user`, `i`, `ds`.
fn mended(run: &str) -> Cow<'_, str> {
    let is_suspect = |pair: &[u8]| {
        let is_torn = TORN.iter().any(|(word, _)| word.as_bytes().starts_with(pair));
        is_torn || (pair[1] == b's' && !pair[0].is_ascii_lowercase())
    };
    if !run.as_bytes().windows(2).any(is_suspect) {
        return Cow::Borrowed(run);
    }
    let (mut mended, mut rest, mut before) = (String::new(), run, ['_'; 2]);
    while let Some(c) = rest.chars().next() {
        let torn = TORN
            .into_iter()
            .find(|(word, _)| rest.starts_with(word) && starts_a_word(c, before[1]));
        let after_acronym = before.into_iter().all(char::is_uppercase);
        let (taken, put) = match torn {
            Some((word, whole)) => (word, whole),
            None => {
                let taken = &rest[..c.len_utf8()];
                let ends = !rest[taken.len()..].starts_with(char::is_lowercase);
                let plural = c == 's' && after_acronym && ends;
                (taken, if plural { "S " } else { taken })
            }
        };
        mended.push_str(put);
        rest = &rest[taken.len()..];
        before = taken.chars().fold(before, |[_, last], c| [last, c]);
    }
    Cow::Owned(mended)
}

fn starts_a_word(c: char, before: char) -> bool {
    if c.is_uppercase() { !before.is_uppercase() } else { !before.is_alphabetic() }
}

/// Words without a gap, each with a capital. Digits that meet keep an underscore between them
/// (`gpt-4.1` is `Gpt4_1`), or `1.5` and `15` would be one name; rustc's lints allow it there.
fn pascal<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for word in words {
        let mut chars = word.chars();
        let first = chars.next();
        if name.ends_with(char::is_numeric) && first.is_some_and(char::is_numeric) {
            name.push('_');
        }
        name.extend(first.into_iter().flat_map(char::to_uppercase));
        name.push_str(chars.as_str());
    }
    name
}

/// Cuts what is too long to read at the end of a word, and adds a digest of the whole.
fn bounded(words: Vec<String>) -> Vec<String> {
    let length = |word: &String| word.chars().count() + 1;
    if words.iter().map(length).sum::<usize>() <= LONGEST {
        return words;
    }
    let mut room = CUT;
    let mut kept = Vec::new();
    for word in &words {
        let Some(rest) = room.checked_sub(length(word)) else { break };
        room = rest;
        kept.push(word.clone());
    }
    if kept.is_empty() {
        kept.extend(words.first().map(|word| word.chars().take(CUT).collect()));
    }
    kept.push(digest(&words.join("_")));
    kept
}

#[cfg(test)]
mod tests;
