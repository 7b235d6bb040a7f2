//! Texts as YAML has them, so that every reader takes them for texts.
//!
//! Which bare words are something else depends on the reader: `no` is a truth value to one of YAML 1.1
//! (its repository of types) and a text to one of YAML 1.2 (section 10.3.2, the core schema), and `0o7` is
//! the other way round. Whatever any of them may take for something else is quoted.

use std::fmt::Write as _;

/// Words that are null, a truth value, a default or a merge to some reader, in lower case.
const WORDS: [&str; 12] =
    ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "="];

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Plain,
    Single,
    Double,
}

/// A text on one line: bare where nobody misreads it, else in quotes.
pub(super) fn line(text: &str) -> String {
    match spelling(text) {
        Spelling::Plain => text.to_owned(),
        Spelling::Single => format!("'{}'", text.replace('\'', "''")),
        Spelling::Double => doubled(text),
    }
}

/// A text of several lines as they are (section 8.1.2), if nothing of it is lost so: the indicator and the
/// lines.
pub(super) fn block(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let (indicator, body) = match text.strip_suffix('\n') {
        Some(body) => ("|", body),
        None => ("|-", text),
    };
    let starts_well = !body.starts_with([' ', '\t', '\n']);
    // Blanks at the end of a line are there to be seen.
    let ends_well =
        body.split('\n').all(|line| !line.ends_with([' ', '\t'])) && !body.ends_with('\n');
    let is_shown = body.chars().all(|c| c == '\n' || c == '\t' || is_printable(c));
    let is_block = text.contains('\n') && !body.is_empty() && starts_well && ends_well && is_shown;
    is_block.then(|| (indicator, body.split('\n').collect()))
}

fn spelling(text: &str) -> Spelling {
    if !text.chars().all(is_printable) {
        return Spelling::Double;
    }
    let is_bare = begins_bare(text)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !is_no_text(text);
    if is_bare { Spelling::Plain } else { Spelling::Single }
}

/// Whether a text begins with what begins nothing else (section 7.3.3), nor a symbol of Ruby's.
fn begins_bare(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('-'), next) => next.is_some_and(|c| c.is_alphanumeric()),
        (Some('.'), _) => !text.starts_with("..."),
        (Some(c), _) => c.is_alphanumeric() || !c.is_ascii() || "/_$(^+;<=\\".contains(c),
        (None, _) => false,
    }
}

/// Whether some reader takes the bare text for null, a truth value, a number, a time or a merge.
fn is_no_text(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || lower == "<<" || is_like_number(&lower)
}

/// Whether a text has nothing but what numbers and times are made of: signs, digits, also of base 16 and
/// 60, and what groups them. Versions such as `3.0.3` are none to anybody.
fn is_like_number(lower: &str) -> bool {
    let unsigned = lower.strip_prefix(['+', '-']).unwrap_or(lower);
    if [".inf", ".nan"].contains(&unsigned) {
        return true;
    }
    let is_part = |c: char| c.is_ascii_digit() || "abcdefox_.,:+-tz ".contains(c);
    let is_version = |text: &str| {
        let mut parts = text.split('.');
        parts.clone().count() > 2
            && parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.chars().all(is_part)
        && !is_version(lower)
}

/// Whether a character may stand in a text as it is, and breaks no line for any reader (section 5.1; to
/// YAML 1.1, section 4.1.4, three more characters are breaks).
fn is_printable(c: char) -> bool {
    let is_hidden = c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !is_hidden
}

/// In double quotes, with escapes (section 5.7).
fn doubled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c => {
                // Writing to a `String` does not fail.
                let _ = match u32::from(c) {
                    code @ ..=0xff => write!(out, "\\x{code:02X}"),
                    code => write!(out, "\\u{code:04X}"),
                };
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    /// What readers take for something else than a text: the types of YAML 1.1, and the core schema of
    /// YAML 1.2.
    const OTHERS: [&str; 16] = [
        "^(~|null|Null|NULL|)$",
        "^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$",
        "^(=|<<)$",
        "^[-+]?0b[01_]+$",
        "^[-+]?0[0-7_]+$",
        "^[-+]?(0|[1-9][0-9_]*)$",
        "^[-+]?0x[0-9a-fA-F_]+$",
        "^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+$",
        r"^[-+]?([0-9][0-9_]*)\.[0-9_]*([eE][-+][0-9]+)?$",
        r"^[-+]?\.[0-9][0-9_]*([eE][-+][0-9]+)?$",
        r"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*$",
        r"^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?$",
        r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$",
        "^0o[0-7]+$",
    ];

    #[test]
    fn no_text_is_taken_for_something_else() {
        let bare =
            |text: &str| OTHERS.iter().any(|pattern| Regex::new(pattern).unwrap().is_match(text));
        for text in [
            "",
            "~",
            "null",
            "Null",
            "NULL",
            "y",
            "Y",
            "yes",
            "Yes",
            "YES",
            "n",
            "N",
            "no",
            "No",
            "NO",
            "on",
            "On",
            "ON",
            "off",
            "OFF",
            "true",
            "True",
            "FALSE",
            "=",
            "<<",
            "0",
            "-0",
            "+1",
            "1_000",
            "0o7",
            "07",
            "0123",
            "0x1F",
            "-0xff",
            "0b1010",
            "1:30",
            "190:20:30",
            "190:20:30.15",
            "12:30:45.5",
            "1.",
            ".5",
            "-.5",
            "1e3",
            "1E+3",
            "1.5e-3",
            "6.8523015e+5",
            "685_230.15",
            ".inf",
            "-.INF",
            "+.Inf",
            ".nan",
            ".NaN",
            "2024-01-01",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43.10 -5",
            "2001-12-15T02:59:43.1Z",
        ] {
            assert!(bare(text), "{text} is a case of none of the types");
            assert_eq!(line(text), format!("'{text}'"));
        }
        for text in [
            "none",
            "nothing",
            "yesterday",
            "3.0.3",
            "v1",
            "a.5",
            "-a",
            "x-y",
            "/a/{id}",
            "é",
            "😀",
        ] {
            assert!(!bare(text), "{text}");
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn a_text_is_read_as_it_was_written() {
        let check = |text: &str, expected: &str| {
            assert_eq!(line(text), expected);
            assert_eq!(serde_yaml::from_str::<String>(expected).unwrap(), text, "{expected}");
        };
        check("a b", "a b");
        check("it's", "it's");
        check("'it's", "'''it''s'");
        check("- a", "'- a'");
        check("-", "'-'");
        check("a: b", "'a: b'");
        check("a:", "'a:'");
        check("a:b", "a:b");
        check("a #b", "'a #b'");
        check("a#b", "a#b");
        check(" a", "' a'");
        check("a ", "'a '");
        check("#a", "'#a'");
        check(":a", "':a'");
        check("---", "'---'");
        check("...", "'...'");
        check("1,000", "'1,000'");
        for first in "-?:,[]{}#&*!|>'\"%@`".chars() {
            let text = first.to_string();
            assert_eq!(serde_yaml::from_str::<String>(&line(&text)).unwrap(), text, "{first}");
        }
        check("a\tb", "\"a\\tb\"");
        check("a\r\n\"\\", "\"a\\r\\n\\\"\\\\\"");
        check("\u{85}\u{7}\u{2028}\u{feff}", "\"\\x85\\x07\\u2028\\uFEFF\"");
    }

    #[test]
    fn lines_stay_lines_where_nothing_is_lost() {
        assert_eq!(block("a\n  b\n\n# c\n"), Some(("|", vec!["a", "  b", "", "# c"])));
        assert_eq!(block("a\nb"), Some(("|-", vec!["a", "b"])));
        for text in ["a", "\n", "a\n\n", " a\nb", "\na\nb", "a \nb", "a\r\nb", "a\n\u{85}"] {
            assert_eq!(block(text), None, "{text:?}");
        }
    }
}
