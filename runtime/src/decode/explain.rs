//! What a JSON error says without quoting what it read.
//!
//! serde's messages hold the offending value (`invalid type: string "hunter2", expected i32`).
//! Here the value goes, and the path to its place comes, behind the name of the type that was to be
//! read: `Snapshot.members[0].id: expected i32, found a string`. The path is found by reading the text up
//! to where the parser stopped; doing it by a wrapper around the deserializer would compile every
//! type of a client a second time.

use serde_json::error::Category;

/// A sentence about `error`, which came from reading `bytes` as `wanted`, if that has a name.
pub(crate) fn explain(bytes: &[u8], error: &serde_json::Error, wanted: &str) -> String {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty".to_owned();
    }
    let Place { path, found } = place_at(bytes, offset(bytes, error.line(), error.column()));
    let reason = reason(error, found);
    let wanted = short(wanted);
    let place = match (wanted.as_str(), path.as_str()) {
        ("", "") => "the body".to_owned(),
        ("", path) => path.to_owned(),
        (wanted, path) if path.is_empty() || path.starts_with('[') => format!("{wanted}{path}"),
        (wanted, path) => format!("{wanted}.{path}"),
    };
    let (line, column) = (error.line(), error.column());
    format!("{place}: {reason} (line {line}, column {column})")
}

/// The name of a type without the modules that lead to it: `Vec<Snapshot>`.
fn short(name: &str) -> String {
    let (mut out, mut word) = (String::new(), String::new());
    for letter in name.chars() {
        match letter {
            ':' => word.clear(),
            _ if letter == '_' || letter.is_alphanumeric() => word.push(letter),
            _ => {
                out.push_str(&std::mem::take(&mut word));
                out.push(letter);
            }
        }
    }
    out + &word
}

/// The message without position and values. Only known forms pass.
fn reason(error: &serde_json::Error, found: &str) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&position).unwrap_or(&text);
    match error.classify() {
        // The parser's own messages are fixed texts.
        Category::Syntax | Category::Eof | Category::Io => text.to_owned(),
        Category::Data => known_form(text, found)
            .unwrap_or_else(|| format!("found {found} that is not what its type takes")),
    }
}

/// serde's standard messages, reduced to what comes from the type, and to the kind of value.
fn known_form(text: &str, found: &str) -> Option<String> {
    for start in ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "] {
        let Some(rest) = text.strip_prefix(start) else { continue };
        let (value, expected) = rest.rsplit_once(", expected ")?;
        let found = match start {
            "invalid type: " => kind_of(value).unwrap_or(found).to_owned(),
            "invalid value: " => another(kind_of(value).unwrap_or(found)),
            "invalid length " => "another number of items".to_owned(),
            _ => another(found),
        };
        return Some(format!("expected {}, found {found}", in_json(expected)));
    }
    let from_the_type = ["missing field `", "duplicate field `"];
    if from_the_type.iter().any(|start| text.starts_with(start)) && text.ends_with('`') {
        return Some(text.to_owned());
    }
    text.starts_with("unknown field").then(|| "unknown field".to_owned())
}

/// What a type expects, in words of JSON. Of a long list nobody reads the end.
fn in_json(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a map" => "an object",
        long if long.len() > 200 => "a listed value",
        other => other,
    }
}

/// One of the right kind that is not the right one: `another integer`.
fn another(kind: &str) -> String {
    let noun = kind.strip_prefix("an ").or_else(|| kind.strip_prefix("a "));
    noun.map_or_else(|| kind.to_owned(), |noun| format!("another {noun}"))
}

/// `string "hunter2"` is a string.
fn kind_of(value: &str) -> Option<&'static str> {
    const KINDS: [(&str, &str); 8] = [
        ("string", "a string"),
        ("integer", "an integer"),
        ("floating point", "a number"),
        ("boolean", "a boolean"),
        ("null", "null"),
        ("unit", "null"),
        ("map", "an object"),
        ("sequence", "a list"),
    ];
    KINDS.iter().find(|(start, _)| value.starts_with(start)).map(|(_, kind)| *kind)
}

/// The number of bytes in front of a position as serde_json counts it.
fn offset(bytes: &[u8], line: usize, column: usize) -> usize {
    let before: usize =
        bytes.split_inclusive(|b| *b == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    bytes.len().min(before + column)
}

/// One level of nesting on the way to a place.
enum Level {
    Object(Option<String>),
    Array(usize),
}

/// A place in a text of JSON.
struct Place {
    /// `members[0].id`; nothing for the whole.
    path: String,
    /// What stands there.
    found: &'static str,
}

/// The place of the value that ends at, or contains, `offset`.
fn place_at(bytes: &[u8], offset: usize) -> Place {
    let mut levels = Vec::new();
    let mut found = "a value";
    let mut at = 0;
    // Whether the next string of the innermost object is a name.
    let mut name_next = false;
    while at < offset {
        match bytes[at] {
            b'{' => {
                levels.push(Level::Object(None));
                name_next = true;
                found = "an object";
            }
            b'[' => {
                levels.push(Level::Array(0));
                found = "a list";
            }
            closing @ (b'}' | b']') => {
                levels.pop();
                found = if closing == b'}' { "an object" } else { "a list" };
            }
            // The parser looks one byte ahead: a comma at the very end is not yet passed.
            b',' if at + 1 < offset => match levels.last_mut() {
                Some(Level::Array(index)) => *index += 1,
                Some(Level::Object(_)) => name_next = true,
                None => {}
            },
            b'"' => {
                let end = string_end(bytes, at);
                if let (Some(Level::Object(name)), true) = (levels.last_mut(), name_next) {
                    *name = serde_json::from_slice(&bytes[at..end]).ok();
                    name_next = false;
                } else {
                    found = "a string";
                }
                at = end;
                continue;
            }
            b'-' | b'0'..=b'9' => found = "a number",
            b't' | b'f' => found = "a boolean",
            b'n' => found = "null",
            _ => {}
        }
        at += 1;
    }
    Place { path: render(&levels), found }
}

/// Where the string that begins at `start` is over.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    bytes.len().min(at + 1)
}

fn render(levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Object(Some(name)) => {
                let separator = if path.is_empty() { "" } else { "." };
                path.push_str(separator);
                path.extend(name.chars().take(64).flat_map(char::escape_debug));
            }
            Level::Object(None) => {}
            Level::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests;
