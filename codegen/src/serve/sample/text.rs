//! Texts of a format, of a pattern, of a length.

mod look;

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value, json};

use crate::serve::vary::{WAYS, varied};

/// A text is made this long at most, whatever its `minLength`.
const LONGEST: usize = 10_000;

/// A text that the schema describes, if one is found.
pub(super) fn text(flat: &Map<String, Value>) -> String {
    let rules = Rules::of(flat);
    let formatted = flat.get("format").and_then(Value::as_str).and_then(formatted);
    // The format is what the client's type reads, so it comes first where both can be had.
    if let Some(text) = formatted.filter(|text| rules.fits(text)) {
        return text.to_owned();
    }
    if let Some(text) = rules.matching().or(formatted.map(str::to_owned)) {
        return text;
    }
    let mut text: String = "text".chars().take(rules.most).collect();
    while text.len() < rules.least {
        text.push('x');
    }
    text
}

/// Texts like one, with up to `count` of a kind: such as its pattern would have if it did not look around, and
/// such as further pages of a list have.
pub(super) fn others(flat: &Map<String, Value>, text: &str, count: usize) -> Vec<Value> {
    let mut found: Vec<String> = Vec::new();
    let rules = Rules::of(flat);
    let plain = rules.pattern.map(|pattern| look::around(pattern, rules.least)).unwrap_or_default();
    for text in plain.iter().map(String::as_str).chain([text]) {
        found.push(text.to_owned());
        found.extend((1..=5).map(|by| shifted(text, by)));
    }
    let mut found: Vec<Value> = found.into_iter().map(Value::from).collect();
    let pages = (2..).take(count);
    let varied = |page| WAYS.into_iter().filter_map(move |way| varied(&json!(text), page, 1, way));
    found.extend(pages.flat_map(varied));
    found.extend(["Aa1!aaaa", "a", "A", "0", "1", ""].map(Value::from));
    found
}

/// The text with each letter and digit so much further among its like.
fn shifted(text: &str, by: u8) -> String {
    let letter = |c: char, first: u8, base: u8| {
        let place = u8::try_from(c).unwrap_or(first).saturating_sub(first);
        char::from(first + (place + by) % base)
    };
    let other = |c| match c {
        '0'..='9' => letter(c, b'0', 10),
        'a'..='z' => letter(c, b'a', 26),
        'A'..='Z' => letter(c, b'A', 26),
        other => other,
    };
    text.chars().map(other).collect()
}

/// What a text has to be, beside its format.
struct Rules<'s> {
    /// In characters.
    least: usize,
    most: usize,
    pattern: Option<&'s str>,
}

impl<'s> Rules<'s> {
    fn of(flat: &'s Map<String, Value>) -> Self {
        let limit = |key: &str| {
            flat.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok())
        };
        Self {
            least: limit("minLength").unwrap_or(0).min(LONGEST),
            most: limit("maxLength").unwrap_or(usize::MAX),
            pattern: flat.get("pattern").and_then(Value::as_str),
        }
    }

    fn fits(&self, text: &str) -> bool {
        let length = text.chars().count();
        let is_match =
            |pattern| regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text));
        (self.least..=self.most).contains(&length) && self.pattern.is_none_or(is_match)
    }

    /// A text that matches the pattern, and keeps to the lengths if one is found that does.
    fn matching(&self) -> Option<String> {
        let tree = regex_syntax::Parser::new().parse(self.pattern?).ok()?;
        let mut plain = None;
        for branch in [Branch::First, Branch::Longest, Branch::Shortest] {
            let made = branch.text(&tree, self.least);
            let missing = self.least.saturating_sub(made.chars().count());
            let rest = "x".repeat(missing);
            // A pattern that is not anchored says nothing of what is around its match.
            let padded = [format!("{made}{rest}"), format!("{rest}{made}")];
            if let Some(text) = padded.into_iter().find(|text| self.fits(text)) {
                return Some(text);
            }
            plain.get_or_insert(made);
        }
        plain
    }
}

/// Which of several alternatives is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Branch {
    First,
    /// The one that can be the longest.
    Longest,
    Shortest,
}

impl Branch {
    fn of(self, parts: &[Hir]) -> Option<&Hir> {
        match self {
            Self::First => parts.first(),
            // What has no limit comes behind every limit.
            Self::Longest => parts.iter().max_by_key(|part| {
                let most = part.properties().maximum_len();
                (most.is_none(), most)
            }),
            Self::Shortest => parts.iter().min_by_key(|part| part.properties().minimum_len()),
        }
    }

    /// A text of the pattern with no more repetitions than it takes to have `least` characters, if
    /// that can be had.
    fn text(self, tree: &Hir, least: usize) -> String {
        let made = |more: usize| {
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            let mut text = String::new();
            write(tree, self, more, &mut text, &mut LONGEST.clone());
            text
        };
        // More repetitions never make a shorter text.
        let (mut few, mut enough) = (0, least);
        while few < enough {
            let middle = usize::midpoint(few, enough);
            match made(middle).chars().count() < least {
                true => few = middle + 1,
                false => enough = middle,
            }
        }
        let text = made(enough);
        if text.chars().count() < least { made(0) } else { text }
    }
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

/// Writes what matches a part of a pattern. `steps` is how many parts may still be looked at: one
/// that is repeated often and matches nothing makes no text longer.
fn write(tree: &Hir, branch: Branch, more: u32, text: &mut String, steps: &mut usize) {
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
                write(&repetition.sub, branch, more, text, steps);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, branch, more, text, steps),
        HirKind::Concat(parts) => {
            parts.iter().for_each(|part| write(part, branch, more, text, steps));
        }
        HirKind::Alternation(parts) => {
            if let Some(part) = branch.of(parts) {
                write(part, branch, more, text, steps);
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
    let shown = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain('!'..='~');
    shown.into_iter().find(holds).or(Some(ranges.first()?.0))
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

    #[test]
    fn lengths_and_pattern_hold_together() {
        let check = |schema: serde_json::Value, expected: &str| {
            assert_eq!(text(schema.as_object().unwrap()), expected, "{schema}");
        };
        check(json!({"pattern": "^[a-z]+$", "minLength": 5}), "aaaaa");
        check(json!({"pattern": "^[0-9]+$", "minLength": 100}), &"0".repeat(100));
        check(json!({"pattern": "^ab", "minLength": 5}), "abxxx");
        check(json!({"pattern": "ab$", "minLength": 5}), "xxxab");
        check(json!({"pattern": "^(a|[b-z]{5})$", "minLength": 5}), "bbbbb");
        check(json!({"pattern": "^(aaaa|b)$", "maxLength": 2}), "b");
        check(json!({"format": "uri", "pattern": "^h", "maxLength": 5}), "h");
        // Nothing is both, and the pattern says more.
        check(json!({"pattern": "^ab$", "minLength": 5}), "ab");
    }
}
