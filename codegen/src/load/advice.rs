//! What to do about a text that a parser stumbles over, where its message does not say.

/// How long a key may be that is not introduced by `?` (YAML 1.2.2, productions 154 and 192).
const LONGEST_KEY: usize = 1024;

/// What libyaml says, and what to do about it.
const YAML: [(&str, &str); 10] = [
    ("unknown anchor", "`*name` repeats what `&name` marks; a text with `*` needs quotation marks"),
    ("cannot start any token", "a text that begins with such a character needs quotation marks"),
    ("unknown escape", "write `\\\\` for a backslash, or put the text in single quotation marks"),
    (
        "invalid Unicode character escape",
        "write the character as it is, or one beyond U+FFFF as `\"\\U0001F600\"`: two escapes for one are JSON's",
    ),
    ("mapping values are not allowed", "a text with `: ` in it needs quotation marks"),
    ("did not find expected ','", "a bracket is not closed, or a comma is missing"),
    ("unexpected end of stream", "a quotation mark is not closed"),
    ("control characters", "take the character out, or write it as an escape: `\"\\x07\"`"),
    ("YAML document", "take the line with the `%` out"),
    ("directive", "take the line with the `%` out"),
];

/// What serde_json says, and what to do about it.
const JSON: [(&str, &str); 9] = [
    ("trailing comma", "take the comma out"),
    ("trailing characters", "take out what follows the value"),
    ("hex escape", "write a character beyond U+FFFF as two escapes, or as it is"),
    ("surrogate", "write a character beyond U+FFFF as two escapes, or as it is"),
    ("invalid escape", "write `\\\\` for a backslash"),
    ("control character", "write a line break in a text as `\\n`"),
    ("key must be", "keys stand in double quotation marks, and JSON has no comments"),
    ("EOF", "a bracket or a quotation mark is not closed"),
    ("invalid number", "a number has neither a `+` nor zeros in front of it"),
];

/// The advice on an error of serde_json.
pub(super) fn on_json(message: &str) -> &'static str {
    known(&JSON, message).unwrap_or(
        "keys and texts stand in double quotation marks, with a comma between two members",
    )
}

/// The advice on an error of libyaml at this place of the text.
pub(super) fn on_yaml(text: &str, offset: usize, message: &str) -> &'static str {
    on(text, offset).or_else(|| known(&YAML, message)).unwrap_or(
        "look at the indentation, and for a bracket or a quotation mark that is not closed above",
    )
}

fn known(table: &[(&str, &'static str)], message: &str) -> Option<&'static str> {
    table.iter().find(|(said, _)| message.contains(said)).map(|(_, advice)| *advice)
}

/// The advice that the place itself gives.
fn on(text: &str, offset: usize) -> Option<&'static str> {
    let (before, after) = text.split_at_checked(offset)?;
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let indentation = |text: &str| -> bool {
        text.chars().take_while(|c| c.is_whitespace() && *c != '\n').any(|c| c == '\t')
    };
    let is_at_start = line.chars().all(char::is_whitespace);
    if is_at_start && (indentation(line) || indentation(after)) {
        return Some("indent with spaces: YAML has no tabs there");
    }
    let is_long = after.starts_with(':') && line.chars().count() > LONGEST_KEY;
    is_long.then_some("a key has at most 1,024 characters in YAML; JSON has no such limit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_jsons_alone() {
        let said = "found invalid Unicode character escape code, while parsing a quoted scalar";
        assert!(on_yaml("a: \"\\ud83d\\ude00\"", 4, said).contains("JSON's"), "{said}");
    }

    #[test]
    fn what_libyaml_does_not_say() {
        let check = |text: &str, offset, expected: Option<&str>| {
            let advice = on(text, offset);
            assert_eq!(advice.is_some(), expected.is_some(), "{text}");
            assert!(advice.unwrap_or_default().contains(expected.unwrap_or_default()), "{text}");
        };
        check("a:\n\tb: c", 3, Some("spaces"));
        check("a:\n  \tb: c", 5, Some("spaces"));
        check("a: @\tb", 3, None);
        let long = "k".repeat(1100);
        check(&format!("{long}: 1"), 1100, Some("1,024"));
        check(&format!("a: b\n{long}"), 6, None);
        check("a: b: c", 4, None);
        check("é", 1, None);
    }
}
