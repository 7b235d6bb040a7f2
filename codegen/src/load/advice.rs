//! What to do about YAML that libyaml stumbles over, where its message does not say.

/// How long a key may be that is not introduced by `?` (YAML 1.2.2, productions 154 and 192).
const LONGEST_KEY: usize = 1024;

/// The advice on an error at this place of the text.
pub(super) fn on(text: &str, offset: usize) -> Option<&'static str> {
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
