//! What a JSON error says without quoting what it read.
//!
//! serde's messages hold the offending value (`invalid type: string "hunter2", expected i32`).
//! Here the value goes, and the path to its place comes. The path is found by reading the text up
//! to where the parser stopped; doing it by a wrapper around the deserializer would compile every
//! type of a client a second time.

use serde_json::error::Category;

/// A sentence about `error`, which came from reading `bytes`.
pub(crate) fn explain(bytes: &[u8], error: &serde_json::Error) -> String {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty".to_owned();
    }
    let path = path_at(bytes, offset(bytes, error.line(), error.column()));
    let reason = reason(error);
    let (line, column) = (error.line(), error.column());
    format!("{path}: {reason} (line {line}, column {column})")
}

/// The message without position and values. Only known forms pass.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&position).unwrap_or(&text);
    match error.classify() {
        // The parser's own messages are fixed texts.
        Category::Syntax | Category::Eof | Category::Io => text.to_owned(),
        Category::Data => known_form(text).unwrap_or_else(|| "a value does not fit".to_owned()),
    }
}

/// serde's standard messages, reduced to what comes from the type.
fn known_form(text: &str) -> Option<String> {
    for start in ["invalid type: ", "invalid value: ", "invalid length "] {
        let Some(rest) = text.strip_prefix(start) else { continue };
        let (found, expected) = rest.rsplit_once(", expected ")?;
        let found = if start == "invalid length " { "" } else { kind_of(found) };
        return Some(format!("{}, expected {expected}", format!("{start}{found}").trim_end()));
    }
    let from_the_type = ["missing field `", "duplicate field `"];
    if from_the_type.iter().any(|start| text.starts_with(start)) && text.ends_with('`') {
        return Some(text.to_owned());
    }
    ["unknown variant", "unknown field"]
        .iter()
        .find(|start| text.starts_with(*start))
        .map(|start| (*start).to_owned())
}

/// `string "hunter2"` is a string.
fn kind_of(found: &str) -> &'static str {
    const KINDS: [&str; 9] = [
        "string",
        "integer",
        "floating point",
        "boolean",
        "null",
        "map",
        "sequence",
        "unit",
        "byte",
    ];
    KINDS.into_iter().find(|kind| found.starts_with(kind)).unwrap_or("value")
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

/// The path to the value that ends at, or contains, `offset`: `members[0].id`, or `the body`.
fn path_at(bytes: &[u8], offset: usize) -> String {
    let mut levels = Vec::new();
    let mut at = 0;
    // Whether the next string of the innermost object is a name.
    let mut name_next = false;
    while at < offset {
        match bytes[at] {
            b'{' => {
                levels.push(Level::Object(None));
                name_next = true;
            }
            b'[' => levels.push(Level::Array(0)),
            b'}' | b']' => {
                levels.pop();
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
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    render(&levels)
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
    if path.is_empty() { "the body".to_owned() } else { path }
}

#[cfg(test)]
mod tests;
