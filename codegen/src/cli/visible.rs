//! Words of strangers on a terminal: what cannot be seen, or moves what can, is written out.

use annotate_snippets::normalize_untrusted_str;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The text with everything in it to be seen, in the order in which it stands.
pub(super) fn visible(text: &str) -> String {
    normalize_untrusted_str(&escaped(text))
}

/// [`visible`] as one line, whatever a name in it says.
pub(super) fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\r'], " ")
}

/// The longest word that a terminal is shown, in characters: names and pointers have no bounds.
const LONGEST: usize = 240;

/// The text with everything in it to be seen, and the middle of its longest words left out. Programs
/// are told all of them.
pub(super) fn short(text: &str) -> String {
    let words: Vec<String> = visible(text).split(' ').map(shortened).collect();
    words.join(" ")
}

/// A word with its middle left out, if it is too long.
pub(super) fn shortened(word: &str) -> String {
    let length = word.chars().count();
    if length <= LONGEST {
        return word.to_owned();
    }
    // The end of a pointer says more than its middle, and so does its beginning.
    let half = LONGEST / 2 - 1;
    let start: String = word.chars().take(half).collect();
    let end: String = word.chars().skip(length - half).collect();
    format!("{start}…{end}")
}

/// A JSON text with what cannot be seen in it written as JSON does, so that it stays one.
pub(super) fn visible_json(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            let mut units = [0; 2];
            let escapes = c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}"));
            visible.extend(escapes);
        } else {
            visible.push(c);
        }
    }
    visible
}

/// The text with its format characters (zero-width ones, those that turn the direction of writing,
/// tags), its line and paragraph separators and the control characters that are not of ASCII as
/// `\u{…}`. Those of ASCII are left to whoever shows it.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn is_unseen(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            get_general_category(c),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        )
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, escaped, short, visible, visible_json};

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let check = |text, expected| assert_eq!(escaped(text), expected);
        check("Übersicht, 概要, e\u{301}", "Übersicht, 概要, e\u{301}");
        check("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}");
        check("\u{202e}abc\u{2066}", "\\u{202e}abc\\u{2066}");
        check("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}");
        check("\u{e0041}\u{ad}", "\\u{e0041}\\u{ad}");
        // CSI, with which a sequence begins as with ESC and `[`.
        check("\u{9b}31m\u{85}", "\\u{9b}31m\\u{85}");
        assert!(!visible("\u{1b}[31m\u{7}").contains(['\u{1b}', '\u{7}']));
    }

    #[test]
    fn the_middle_of_long_words_is_left_out() {
        assert_eq!(short("a\u{202e}b c"), "a\\u{202e}b c");
        let pointer = format!("/first{}/last", "/s".repeat(10_000));
        let told = short(&format!("at {pointer} it is"));
        assert!(told.starts_with("at /first/s") && told.ends_with("/s/last it is"), "{told}");
        assert!(told.contains('…') && told.chars().count() < LONGEST + 10, "{told}");
        assert_eq!(short(&"é".repeat(LONGEST)), "é".repeat(LONGEST));
    }

    #[test]
    fn a_json_text_stays_one() {
        let text = "[\"\\u001b \u{202e}\u{e0041}\"]";
        let shown = visible_json(text);
        assert_eq!(shown, "[\"\\u001b \\u202e\\udb40\\udc41\"]");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(&shown), read(text));
    }
}
