//! Words of strangers on a terminal: what cannot be seen, or moves what can, is written out.

use annotate_snippets::normalize_untrusted_str;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The text with everything in it to be seen, in the order in which it stands.
pub(super) fn visible(text: &str) -> String {
    normalize_untrusted_str(&escaped(text))
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
    use super::{escaped, visible};

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
}
