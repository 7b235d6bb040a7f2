//! Texts of a format, of a pattern, of a length.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};

/// A text is made this long at most, whatever its `minLength`.
const LONGEST: usize = 10_000;

/// A text that the schema describes.
pub(super) fn text(flat: &Map<String, Value>) -> String {
    let limit = |key: &str| {
        flat.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok())
    };
    let least = limit("minLength").unwrap_or(0).min(LONGEST);
    let most = limit("maxLength").unwrap_or(usize::MAX);
    let pattern = flat.get("pattern").and_then(Value::as_str);
    let formatted = flat.get("format").and_then(Value::as_str).and_then(formatted);
    // The format is what the client's type reads, so it comes first where both can be had.
    let fits = |text: &&str| pattern.is_none_or(|pattern| is_match(pattern, text));
    if let Some(text) = formatted.filter(fits) {
        return text.to_owned();
    }
    if let Some(text) =
        pattern.and_then(|pattern| matching(pattern, least)).or(formatted.map(str::to_owned))
    {
        return text;
    }
    let mut text: String = "text".chars().take(most).collect();
    while text.len() < least {
        text.push('x');
    }
    text
}

/// One text for each format that has a grammar.
fn formatted(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-01-02T03:04:05Z",
        "date" => "2026-01-02",
        "time" => "03:04:05Z",
        "duration" => "PT1H",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/example",
        "byte" => "dGV4dA==",
        "json-pointer" => "/text",
        "regex" => "^text$",
        "int32" | "int64" | "uint32" | "uint64" => "1",
        "decimal" | "double" | "float" => "1.5",
        _ => return None,
    })
}

fn is_match(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

/// A short text that matches a pattern and has at least so many characters.
fn matching(pattern: &str, least: usize) -> Option<String> {
    /// Tries with more repetitions than there have to be.
    const TRIES: u32 = 64;
    let tree = regex_syntax::Parser::new().parse(pattern).ok()?;
    (0..TRIES)
        .map(|more| {
            let mut text = String::new();
            write(&tree, more, &mut text, &mut LONGEST.clone());
            text
        })
        .find(|text| text.chars().count() >= least)
}

/// Writes what matches a part of a pattern. `steps` is how many parts may still be looked at: one
/// that is repeated often and matches nothing makes no text longer.
fn write(tree: &Hir, more: u32, text: &mut String, steps: &mut usize) {
    let Some(left) = steps.checked_sub(1).filter(|_| text.len() <= LONGEST) else { return };
    *steps = left;
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(member(class)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repetition.min.saturating_add(more).min(most) {
                if text.len() > LONGEST || *steps == 0 {
                    break;
                }
                write(&repetition.sub, more, text, steps);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text, steps),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, text, steps)),
        HirKind::Alternation(parts) => {
            if let Some(first) = parts.first() {
                write(first, more, text, steps);
            }
        }
    }
}

/// A member of a class: a letter or digit, if there is one.
fn member(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.iter().map(|range| (range.start().into(), range.end().into())).collect()
        }
    };
    let holds = |c: &char| ranges.iter().any(|(start, end)| start <= c && c <= end);
    ('a'..='z').chain('0'..='9').chain('A'..='Z').find(holds).or(Some(ranges.first()?.0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{LONGEST, text};

    #[test]
    fn what_a_document_asks_for_is_bounded() {
        let made = |schema: serde_json::Value| text(schema.as_object().unwrap());
        assert_eq!(made(json!({"minLength": 4_000_000_000_u64})).len(), LONGEST);
        assert!(made(json!({"pattern": "^a{4000000000}$"})).len() <= LONGEST + 1);
        let nothing = "^((((((a?){1000}){1000}){1000}){1000}){1000}){1000}$";
        assert!(made(json!({"pattern": nothing, "minLength": 5})).len() <= LONGEST + 1);
        assert_eq!(made(json!({"pattern": "^[b-y]{3}-[0-4]+$"})), "bbb-0");
    }
}
