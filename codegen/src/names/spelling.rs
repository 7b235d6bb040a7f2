//! Text from a document cut into runs of letters and digits, its symbols spelled or dropped.
//!
//! A symbol that only joins two words is dropped (`a-b`, `application/json`), as is one that is mere
//! decoration in common documents (`_links`, `$schema`, `@type`, `/v1`). A symbol that means
//! something is spelled (`+1`, `<=`, `A-`, `50%`). Nothing is dropped where nothing else is left.
//!
//! Letters come in their plain form (NFKC, Unicode Annex 15): `ﬁ` is `fi`, and an accent that stands
//! behind its letter joins it. rustc warns of identifiers that hold others.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// A part of a text, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letters and digits as they stand; word boundaries inside are still to be found.
    Run(String),
    /// One word that stands for a symbol.
    Word(String),
}

/// Which symbols are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Only those that mean something.
    Plain,
    /// All of them, to tell `_id` from `id`.
    Loud,
}

/// Cuts `text`; the result is empty only where the text is.
pub(super) fn pieces(text: &str, voice: Voice) -> Vec<Piece> {
    let chars: Vec<char> = match text.is_ascii() {
        true => text.chars().collect(),
        false => text.nfc().flat_map(plain).collect(),
    };
    let voice = if chars.iter().any(|&c| is_kept(c)) { voice } else { Voice::Loud };
    let mut pieces = Vec::new();
    let mut run = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if is_kept(c) {
            run.push(c);
            at += 1;
            continue;
        }
        let place = Place::of(&chars, at);
        if voice == Voice::Plain && place.is_inside_a_word(c) {
            at += 1;
            continue;
        }
        flush(&mut run, &mut pieces);
        if let Some(words) = operator(chars.get(at..at + 2).unwrap_or_default()) {
            pieces.extend(words.split(' ').map(|word| Piece::Word(word.to_owned())));
            at += 2;
            continue;
        }
        if voice == Voice::Loud || !place.is_silent(c) {
            pieces.extend(spelled(c, &place));
        }
        at += 1;
    }
    flush(&mut run, &mut pieces);
    pieces
}

/// A letter's plain form; a symbol or fraction has none that would read better.
fn plain(c: char) -> impl Iterator<Item = char> {
    let plain = Some(c).filter(|c| c.is_alphabetic()).map(|c| c.nfkc());
    let as_it_is = plain.is_none().then_some(c);
    plain.into_iter().flatten().chain(as_it_is)
}

fn flush(run: &mut String, pieces: &mut Vec<Piece>) {
    if !run.is_empty() {
        pieces.push(Piece::Run(std::mem::take(run)));
    }
}

/// Where a symbol stands.
struct Place {
    first: bool,
    last: bool,
    before: Option<char>,
    after: Option<char>,
}

impl Place {
    /// The neighbours are given only where they are letters or digits.
    fn of(chars: &[char], at: usize) -> Self {
        let kept = |at: usize| chars.get(at).copied().filter(|&c| is_kept(c));
        Self {
            first: at == 0,
            last: at + 1 == chars.len(),
            before: at.checked_sub(1).and_then(kept),
            after: kept(at + 1),
        }
    }

    /// An apostrophe is no word boundary: `don't` is one word.
    fn is_inside_a_word(&self, symbol: char) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        matches!(symbol, '\'' | '’') && letter(self.before) && letter(self.after)
    }

    /// Whether the symbol only separates words here, or decorates.
    fn is_silent(&self, symbol: char) -> bool {
        match symbol {
            '_' | '/' | ':' | ',' | ';' | '\\' | '"' | '\'' | '’' | '`' => true,
            '(' | ')' | '[' | ']' | '{' | '}' | '\u{2010}'..='\u{2015}' => true,
            // A sign or an order in front (`-1`, `-created`), a grade behind (`A-`).
            '-' => !(self.first && self.after.is_some() || self.last && self.before.is_some()),
            '.' => !(self.first && self.after.is_some()),
            '#' => self.after.is_some(),
            '@' | '$' => self.first && self.after.is_some(),
            '!' | '?' => self.last,
            _ => symbol.is_whitespace(),
        }
    }
}

/// Comparisons that read badly one sign at a time.
fn operator(signs: &[char]) -> Option<&'static str> {
    match signs {
        ['<', '='] => Some("less than or equal"),
        ['>', '='] => Some("greater than or equal"),
        ['!', '='] => Some("not equal"),
        _ => None,
    }
}

/// The words of one symbol; where English has none, its code point, so that no two are alike.
fn spelled(symbol: char, place: &Place) -> Vec<Piece> {
    let name = match symbol {
        '+' => "plus",
        '-' if place.before.is_some() && place.after.is_some() => "dash",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '<' => "less than",
        '>' => "greater than",
        '=' => "equal",
        '%' => "percent",
        '&' => "and",
        '|' => "pipe",
        '!' if place.after.is_some() => "not",
        '!' => "bang",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        '@' => "at",
        '$' => "dollar",
        '#' => "hash",
        '_' => "underscore",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '\'' => "apostrophe",
        '"' => "quote",
        '`' => "backtick",
        '(' => "open paren",
        ')' => "close paren",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        ' ' => "space",
        '\t' => "tab",
        '\n' => "newline",
        _ => return vec![Piece::Word(format!("U{:04X}", u32::from(symbol)))],
    };
    name.split(' ').map(|word| Piece::Word(word.to_owned())).collect()
}

/// Whether a character stays as it is: a letter or digit that may stand in a Rust identifier, in
/// either case, and that no neighbour can change.
fn is_kept(c: char) -> bool {
    let stays = |c: char| c.is_ascii_alphanumeric() || is_steady_letter(c);
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && stays(c) && c.to_lowercase().all(stays) && c.to_uppercase().all(stays))
}

fn is_steady_letter(c: char) -> bool {
    let ident = |text: String| syn::parse_str::<syn::Ident>(&text).is_ok();
    // Combining marks may continue an identifier but not start one; of what may not start one,
    // only digits are kept.
    !c.is_ascii()
        && c.is_alphanumeric()
        && !is_recomposed(c)
        && ident(format!("a{c}"))
        && (c.is_numeric() || ident(c.to_string()))
}

/// Letters that their neighbours may join, as Hangul's parts do.
///
/// rustc compares identifiers in normalisation form C (Rust reference, identifiers). Without these,
/// and without combining marks, every name is in it already, so that names that differ here differ
/// there.
fn is_recomposed(c: char) -> bool {
    is_nfkc_quick(std::iter::once(c)) != IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::{Piece, Voice, is_kept, pieces};

    fn check(text: &str, voice: Voice, expected: &str) {
        let found: Vec<String> = pieces(text, voice)
            .into_iter()
            .map(|piece| match piece {
                Piece::Run(run) => run,
                Piece::Word(word) => format!("<{word}>"),
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn symbols_that_join_are_dropped() {
        check("a-b_c.d/e:f", Voice::Plain, "a b c d e f");
        check("don't", Voice::Plain, "dont");
        check("x5t#S256", Voice::Plain, "x5t S256");
        check("/v1/files", Voice::Plain, "v1 files");
        check("$ref", Voice::Plain, "ref");
        check("U.S.", Voice::Plain, "U S");
    }

    #[test]
    fn symbols_that_mean_something_are_spelled() {
        check("+1", Voice::Plain, "<plus> 1");
        check("-1", Voice::Plain, "<minus> 1");
        check("A-", Voice::Plain, "A <minus>");
        check("C#", Voice::Plain, "C <hash>");
        check("a<=b", Voice::Plain, "a <less> <than> <or> <equal> b");
        check("50%", Voice::Plain, "50 <percent>");
        check("😀", Voice::Plain, "<U1F600>");
        check("__", Voice::Plain, "<underscore> <underscore>");
        check("", Voice::Plain, "");
    }

    #[test]
    fn letters_come_in_their_plain_form() {
        check("\u{FB01}le", Voice::Plain, "file");
        check("cafe\u{301}", Voice::Plain, "café");
        check("µs", Voice::Plain, "μs");
    }

    #[test]
    fn a_loud_voice_spells_everything() {
        check("_id", Voice::Loud, "<underscore> id");
        check("a-b", Voice::Loud, "a <dash> b");
        check("a b", Voice::Loud, "a <space> b");
    }

    #[test]
    fn letters_are_kept_unless_a_neighbour_could_change_them() {
        for c in ['é', 'ß', 'Ж', '名', '한', 'ا', '٣', 'μ'] {
            assert!(is_kept(c), "{c}");
        }
        for c in ['µ', '\u{301}', '\u{1161}', '\u{212A}', '½', '😀', '。', 'ǰ', 'İ', '\u{200D}']
        {
            assert!(!is_kept(c), "{c}");
        }
    }
}
