//! YAML, by serde_yaml.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::problem::Problem;
use super::state::{Keys, Note, NotePlace, State};
use super::tree::Tree;
use super::{Allowance, Parsed, advice, flow, repeats};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::pointer::Pointer;
use crate::source::{Format, Places, Source, position};

/// The tree of a text, or why there is none.
pub(super) fn parse(
    path: &Path,
    text: &str,
    allowance: &mut Allowance,
) -> Result<Parsed, Diagnostics> {
    if let Some((offset, problem)) = flow::too_deep(text) {
        let place = position::location(path, text, offset);
        return Err(problem.diagnostic(place, &Pointer::root()).into());
    }
    let before = allowance.clone();
    let mut reading = Reading::of(path, text, allowance, Keys::AsWritten);
    let stopped = reading.root.as_ref().err().filter(|_| reading.is_key).cloned();
    if let Some(stopped) = stopped {
        *allowance = before;
        reading = Reading::of(path, text, allowance, Keys::OfAnyKind);
        reading.tell_key(stopped);
    }
    reading.finish(path, text)
}

/// What came of reading a text once.
struct Reading {
    root: Result<Value, Diagnostic>,
    /// It was a key that the parser stopped at.
    is_key: bool,
    /// There is more than one document in the file.
    is_followed: bool,
    is_repeated: bool,
    notes: Vec<Note>,
    unnoted: usize,
    /// Problems whose place is known.
    errors: Diagnostics,
    places: Option<Places>,
}

impl Reading {
    fn of(path: &Path, text: &str, allowance: &mut Allowance, keys: Keys) -> Self {
        let mut state = State::new(Format::Yaml, text, allowance).with_keys(keys);
        let mut documents = serde_yaml::Deserializer::from_str(text);
        let root = match documents.next() {
            None => Ok(Value::Null),
            Some(document) => Tree::root(&mut state)
                .deserialize(document)
                .map_err(|error| stopped(path, text, &error, &mut state)),
        };
        let (notes, unnoted) = state.take_notes();
        Self {
            is_followed: root.is_ok() && documents.next().is_some(),
            root,
            is_key: state.is_key(),
            is_repeated: state.is_repeated(),
            notes,
            unnoted,
            errors: Diagnostics::new(),
            places: state.into_places(),
        }
    }

    /// Tells of the key that an earlier reading stopped at, which knows its place best.
    fn tell_key(&mut self, stopped: Diagnostic) {
        let first = self.notes.iter().position(|note| matches!(note.place, NotePlace::Within(_)));
        if let Some(first) = first {
            self.notes.remove(first);
        }
        self.errors.push(stopped);
    }

    /// The tree with everything that is wrong.
    fn finish(self, path: &Path, text: &str) -> Result<Parsed, Diagnostics> {
        let Self { root, is_followed, is_repeated, notes, unnoted, mut errors, places, .. } = self;
        if let Some(places) = &places {
            if is_repeated {
                errors.extend(repeats::told(path, text, places));
            }
            errors.extend(told(path, text, places, notes));
        }
        if unnoted > 0 {
            let message = format!("{unnoted} more places hold what no document can mean");
            errors.push(super::at_start(path, Code::Syntax, message));
        }
        if is_followed {
            let place = position::location(path, text, second_document(text));
            errors.push(Problem::second_document().diagnostic(place, &Pointer::root()));
        }
        match root {
            Ok(root) if !is_followed => {
                errors.sort();
                Ok(Parsed { format: Format::Yaml, root, places, errors })
            }
            root => {
                errors.extend(root.err());
                errors.sort();
                Err(errors)
            }
        }
    }
}

/// Why the parser or the visitor stopped.
fn stopped(
    path: &Path,
    text: &str,
    error: &serde_yaml::Error,
    state: &mut State<'_>,
) -> Diagnostic {
    let read = position_of_reader(&error.to_string());
    let offset = read.or_else(|| error.location().map(|location| location.index()));
    let pointer = state.pointer();
    let problem = match state.problem() {
        Some(problem) => problem,
        None if state.is_key() => Problem::key_is_no_text(),
        None => {
            let message = error.to_string();
            let advice = advice::on_yaml(text, offset.unwrap_or_default(), &message);
            problem(&message).advised(advice)
        }
    };
    let place = match offset {
        Some(offset) => position::location(path, text, offset),
        // serde_yaml gives no place where an alias is expanded once too often.
        None => Source::new(path.to_owned(), Arc::from(text), Format::Yaml, Value::Null)
            .locate(&pointer),
    };
    problem.diagnostic(place, &pointer)
}

/// One error for each note. What an alias stands for is told once.
fn told(path: &Path, text: &str, places: &Places, notes: Vec<Note>) -> Diagnostics {
    let mut all: Vec<Diagnostic> = Vec::with_capacity(notes.len());
    for Note { problem, node, place } in notes {
        let location = match place {
            NotePlace::Offset(offset) => position::location(path, text, offset),
            NotePlace::LineAndColumn(line, column) => {
                Location { file: path.to_owned(), line, column }
            }
            NotePlace::Within(below) => {
                let known = places.first_within(below).or_else(|| places.offset(node));
                position::location(path, text, known.unwrap_or_default())
            }
        };
        let told = problem.diagnostic(location, &places.pointer(node, text));
        if !all.iter().any(|one| (one.code, &one.location) == (told.code, &told.location)) {
            all.push(told);
        }
    }
    all.into_iter().collect()
}

/// serde_yaml's own limit on aliases has no type of its own, only this text.
fn problem(message: &str) -> Problem {
    if message == "repetition limit exceeded" {
        return Problem::aliases();
    }
    Problem::syntax(format!("not YAML: {}", super::without_place(message)))
}

/// Where serde_yaml's reader met a character that YAML does not allow; of that the error has no
/// place but this text.
pub(super) fn position_of_reader(message: &str) -> Option<usize> {
    message.rsplit_once(" at position ")?.1.parse().ok()
}

/// The offset of the marker that opens the second document, as well as that can be told without a
/// parser: the first one in the text that something stands in front of.
fn second_document(text: &str) -> usize {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") && !text[..offset].trim().is_empty() {
            return offset;
        }
        offset += line.len();
    }
    0
}
