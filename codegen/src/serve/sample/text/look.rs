//! Patterns that look around (ECMA-262, assertions): no automaton has them, and what they ask for is only
//! guessed at. Whether a guess is right is for the checker to say.

use super::{Branch, LONGEST};

/// Texts that such a pattern may match: as if it did not look around, with what it looks for in front
/// and behind.
pub(super) fn around(pattern: &str, least: usize) -> Vec<String> {
    let Some(Parts { plain, ahead, behind }) = parts(pattern) else { return Vec::new() };
    let made = |pattern: &str, least: usize| {
        let tree = regex_syntax::Parser::new().parse(pattern).ok()?;
        Some(Branch::First.text(&tree, least))
    };
    let Some(base) = made(&plain, least) else { return Vec::new() };
    let wanted = |patterns: &[String]| -> String {
        patterns.iter().filter_map(|pattern| made(pattern, 0)).collect()
    };
    let (ahead, behind) = (wanted(&ahead), wanted(&behind));
    let missing = base.chars().count().saturating_sub(ahead.chars().count());
    let rest: String =
        base.chars().rev().take(missing).collect::<Vec<_>>().into_iter().rev().collect();
    let mut found = vec![
        format!("{behind}{ahead}{rest}"),
        format!("{behind}{base}{ahead}"),
        format!("{behind}{ahead}{base}"),
        base,
    ];
    found.retain(|text| text.len() <= 2 * LONGEST);
    found
}

/// A pattern without what it looks around for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    plain: String,
    /// What has to follow (`(?=…)`).
    ahead: Vec<String>,
    /// What has to be in front (`(?<=…)`).
    behind: Vec<String>,
}

/// The parts of a pattern; nothing where it does not look around.
fn parts(pattern: &str) -> Option<Parts> {
    let mut found = Parts::default();
    let mut rest = pattern;
    let mut is_class = false;
    let mut looks = false;
    while let Some(c) = rest.chars().next() {
        let start =
            ["(?=", "(?!", "(?<=", "(?<!"].into_iter().find(|start| rest.starts_with(start));
        if let Some(start) = start.filter(|_| !is_class) {
            let inner = &rest[start.len()..];
            let end = end_of_group(inner)?;
            match start {
                "(?=" => found.ahead.push(inner[..end].to_owned()),
                "(?<=" => found.behind.push(inner[..end].to_owned()),
                _ => {}
            }
            looks = true;
            rest = &inner[end + 1..];
            continue;
        }
        let length = match c {
            '\\' => c.len_utf8() + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => {
                is_class = true;
                1
            }
            ']' => {
                is_class = false;
                1
            }
            other => other.len_utf8(),
        };
        found.plain.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    looks.then_some(found)
}

/// Where the parenthesis is that closes a group which is open.
fn end_of_group(text: &str) -> Option<usize> {
    let (mut depth, mut is_class, mut is_escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_class = true,
            ']' => is_class = false,
            '(' if !is_class => depth += 1,
            ')' if !is_class => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(at),
            },
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_taken_out() {
        let check = |pattern: &str, plain: &str, ahead: &[&str], behind: &[&str]| {
            let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
            let parts = parts(pattern).unwrap();
            let expected =
                Parts { plain: plain.to_owned(), ahead: owned(ahead), behind: owned(behind) };
            assert_eq!(parts, expected, "{pattern}");
        };
        check(r"^(?=.*[A-Z])(?=.*\d).{8,}$", "^.{8,}$", &[".*[A-Z]", r".*\d"], &[]);
        check(r"^(?!-)[a-z(?=]+(?<!\))$", "^[a-z(?=]+$", &[], &[]);
        check("(?<=a(b|[)]))c", "c", &[], &["a(b|[)])"]);
        for pattern in ["^a$", r"\(?=a", "[(?=a]", "(?=a"] {
            assert_eq!(parts(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn guesses_are_good_for_what_is_common() {
        let first = |pattern| around(pattern, 0).remove(0);
        assert_eq!(first(r"^(?=.*[A-Z])(?=.*[0-9]).{8,}$"), "A0aaaaaa");
        assert_eq!(first("(?<=x-)[a-z]{2}"), "x-aa");
    }
}
