//! JSON, by serde_json.

use std::path::Path;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::problem::{Problem, TOLD};
use super::state::State;
use super::tree::Tree;
use super::{Allowance, Parsed, advice, repeats};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::faults;
use crate::source::{Format, Places, position};

/// The tree of a text, or why there is none.
pub(super) fn parse(
    path: &Path,
    text: &str,
    allowance: &mut Allowance,
) -> Result<Parsed, Diagnostics> {
    let before = allowance.clone();
    let (read, is_repeated) = read(path, text, allowance);
    let numbers = match &read {
        Err(_) => too_great(text),
        Ok(_) => Vec::new(),
    };
    if numbers.is_empty() {
        return finish(path, text, read, is_repeated, Vec::new());
    }
    // serde_json stops there; without them there may be more to tell.
    *allowance = before;
    let (read, is_repeated) = self::read(path, &without(text, &numbers), allowance);
    finish(path, text, read, is_repeated, numbers)
}

/// The tree, and whether a mapping has a key twice, as far as the text was read.
fn read(path: &Path, text: &str, allowance: &mut Allowance) -> (Result<Value, Diagnostic>, bool) {
    let mut state = State::new(Format::Json, text, allowance);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = Tree::root(&mut state)
        .deserialize(&mut deserializer)
        .and_then(|root| deserializer.end().map(|()| root));
    let root = tree.map_err(|error| {
        let reached = position::offset(text, error.line(), error.column());
        let reason = super::without_place(&error.to_string());
        let offset = trailing_comma(text, reached);
        let problem =
            state.problem().unwrap_or_else(|| Problem::syntax(format!("not JSON: {reason}")));
        let problem = problem.advised(advice::on_json(&reason));
        problem.diagnostic(position::location(path, text, offset), &state.pointer())
    });
    (root, state.is_repeated())
}

/// What was read, with everything that is wrong. `numbers` are the places of those that are too
/// great, which have no value.
fn finish(
    path: &Path,
    text: &str,
    read: Result<Value, Diagnostic>,
    is_repeated: bool,
    numbers: Vec<(usize, usize)>,
) -> Result<Parsed, Diagnostics> {
    let mut errors = Diagnostics::new();
    let mut pointers = Vec::new();
    if is_repeated || !numbers.is_empty() {
        let places = Places::of_json(text);
        if is_repeated {
            errors.extend(repeats::told(path, text, &places));
        }
        for (start, _) in numbers.into_iter().take(TOLD) {
            let pointer = places.pointer(places.at(start), text);
            let place = position::location(path, text, start);
            errors.push(Problem::too_great().diagnostic(place, &pointer));
            pointers.push(pointer);
        }
    }
    match read {
        Ok(mut root) => {
            // Of a list the last one goes first, so that the others stay where they are.
            pointers.iter().rev().for_each(|pointer| faults::remove(&mut root, pointer));
            errors.sort();
            Ok(Parsed { format: Format::Json, root, places: None, errors })
        }
        Err(error) => {
            errors.push(error);
            errors.sort();
            Err(errors)
        }
    }
}

/// Where the numbers begin and end that no double holds.
fn too_great(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut found, mut at, mut is_text) = (Vec::new(), 0, false);
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' => is_text = !is_text,
            b'\\' if is_text => at += 1,
            b'-' | b'0'..=b'9' if !is_text => {
                let goes_on = |b: &u8| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
                at += bytes[at..].iter().take_while(|b| goes_on(b)).count();
                let number = text.get(start..at).and_then(|number| number.parse::<f64>().ok());
                if number.is_some_and(f64::is_infinite) {
                    found.push((start, at));
                }
            }
            _ => {}
        }
    }
    found
}

/// The text with a zero in the place of some numbers; everything else stays where it is.
fn without(text: &str, numbers: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for &(start, stop) in numbers {
        out.push_str(&text[end..start]);
        out.push('0');
        out.extend(std::iter::repeat_n(' ', stop - start - 1));
        end = stop;
    }
    out.push_str(&text[end..]);
    out
}

/// serde_json notices a trailing comma at the bracket behind it; the comma is what has to go.
fn trailing_comma(text: &str, offset: usize) -> usize {
    let (before, after) = text.split_at(floor(text, offset));
    if !after.starts_with(['}', ']']) {
        return offset;
    }
    let before = before.trim_end();
    if before.ends_with(',') { before.len() - 1 } else { offset }
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
