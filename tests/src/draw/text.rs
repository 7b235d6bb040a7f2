//! Texts: formats, patterns, lengths.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use super::instance::Draw;
use super::merge::Merged;
use super::pattern::Pattern;

/// Letters a plain text is made of: some of them need care in JSON, URLs or UTF-8.
const LETTERS: [char; 24] = [
    'a',
    'b',
    'c',
    'x',
    'y',
    'z',
    'A',
    'Z',
    '0',
    '9',
    ' ',
    '-',
    '_',
    '.',
    '/',
    '%',
    '&',
    '+',
    '"',
    '\\',
    '\u{e9}',
    '\u{df}',
    '\u{4e2d}',
    '\u{1f600}',
];

impl Draw<'_> {
    pub(super) fn text(&mut self, schema: &Merged) -> String {
        let pattern = schema.text("pattern").map(Pattern::parse);
        match (schema.text("format").and_then(|format| self.of_format(format)), pattern) {
            (_, Some(Some(pattern))) => self.matching(&pattern, schema),
            // A pattern beyond us: the document's own example, if it has one.
            (_, Some(None)) => match schema.get("example").and_then(Value::as_str) {
                Some(example) => example.to_owned(),
                None => self.plain(schema),
            },
            (Some(text), None) => text,
            (None, None) => self.plain(schema),
        }
    }

    /// The pattern is tried a few times for a text of a length that is allowed.
    fn matching(&mut self, pattern: &Pattern, schema: &Merged) -> String {
        let (least, most) = lengths(schema);
        let mut text = pattern.draw(&mut self.rng);
        for _ in 0..20 {
            if (least..=most).contains(&text.chars().count()) {
                break;
            }
            text = pattern.draw(&mut self.rng);
        }
        text
    }

    fn plain(&mut self, schema: &Merged) -> String {
        let (least, most) = lengths(schema);
        let length = self.rng.usize(least..=most.min(least.max(1) + 11));
        (0..length).map(|_| LETTERS[self.rng.usize(..LETTERS.len())]).collect()
    }

    /// A text of a format; none for those that are only a hint.
    fn of_format(&mut self, format: &str) -> Option<String> {
        let rng = &mut self.rng;
        let (year, month, day) = (rng.u32(1971..2100), rng.u32(1..13), rng.u32(1..29));
        let (hour, minute, second) = (rng.u32(..24), rng.u32(..60), rng.u32(..60));
        let date = format!("{year:04}-{month:02}-{day:02}");
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        Some(match format {
            "date-time" => {
                let tail = ["Z", ".5Z", ".123456789Z", "+02:00", "-07:30"];
                format!("{date}T{time}{}", tail[rng.usize(..tail.len())])
            }
            "date" => date,
            "time" => format!("{time}Z"),
            "duration" => ["PT1H30M", "P3D", "PT0.5S", "P1Y2M"][rng.usize(..4)].to_owned(),
            "uuid" => {
                let digits = format!("{:032x}", rng.u128(..));
                let part = |from: usize, to: usize| digits[from..to].to_owned();
                let parts = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)];
                parts.join("-")
            }
            "email" => format!("user{}@example.com", rng.u16(..)),
            "uri" | "url" => format!("https://example.com/a/{}?q=%20", rng.u16(..)),
            "hostname" => format!("host{}.example.com", rng.u8(..)),
            "ipv4" => Ipv4Addr::from(rng.u32(..)).to_string(),
            "ipv6" => Ipv6Addr::from(rng.u128(..)).to_string(),
            "byte" => ["", "aGk=", "AAECAwQ=", "/+8="][rng.usize(..4)].to_owned(),
            "decimal" => format!("{}.{:02}", rng.u32(..1_000_000), rng.u32(..100)),
            _ => return None,
        })
    }
}

fn lengths(schema: &Merged) -> (usize, usize) {
    let least = schema.size("minLength").unwrap_or_default();
    (least, schema.size("maxLength").unwrap_or(usize::MAX).max(least))
}
