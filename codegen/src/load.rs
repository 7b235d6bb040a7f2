//! Bytes to [`Source`]: encoding, syntax, duplicate keys and size, nothing about OpenAPI.
//!
//! JSON goes through serde_json and YAML through serde_yaml, which would read both but misreads
//! JSON's surrogate escapes. Both build the tree through one visitor (`tree`), which refuses what
//! the two formats leave open and bounds what a document may cost. Only this stage and the search
//! for locations name serde_yaml.

mod advice;
mod allowance;
mod encoding;
mod flow;
mod json;
mod key;
mod problem;
mod repeats;
mod state;
mod tree;
mod yaml;

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

pub(crate) use self::allowance::{Allowance, REPEATED_NAMES, SHORTER_NAMES};
pub(crate) use self::tree::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::pointer::Pointer;
use crate::source::{Files, Format, Part, Places, Source};

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file: usize,
}

impl Limits {
    /// The largest file unless the user says otherwise, in MiB.
    pub const FILE_MIB: u32 = 32;

    /// Files of up to so many MiB.
    pub fn mib(file: u32) -> Self {
        Self { file: usize::try_from(u64::from(file) << 20).unwrap_or(usize::MAX) }
    }

    /// The most text that all files of a document may have, in bytes.
    pub fn tree(self) -> usize {
        self.file.saturating_mul(4)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::mib(Self::FILE_MIB)
    }
}

/// Reads a document.
///
/// # Errors
/// What keeps the file from being a JSON or YAML mapping that can be taken at its word.
pub fn load(files: &dyn Files, path: &Path, limits: Limits) -> Result<Source, Diagnostics> {
    let (source, errors) = look(files, path, limits)?;
    errors.into_result()?;
    Ok(source)
}

/// [`load`] for who wants to know what else is wrong: beside the document come errors that leave one
/// to look at.
pub(crate) fn look(
    files: &dyn Files,
    path: &Path,
    limits: Limits,
) -> Result<(Source, Diagnostics), Diagnostics> {
    let refuse = |code, message: String| at_start(path, code, message);
    let bytes = files.read(path, limits.file).map_err(|error| unreadable(path, &error))?;
    if bytes.len() > limits.file {
        return Err(too_large(path, "the file has", limits.file).into());
    }
    let text = encoding::decode(path, bytes)?;
    let Parsed { format, root, places, errors } = parse(path, &text, &mut Allowance::after(&text))?;
    if let Some(kind) = not_a_mapping(&root) {
        let message = format!("an OpenAPI document has to be a mapping, and this one is {kind}");
        let error = refuse(Code::InvalidDocument, message);
        let error =
            error.help("a document begins with `openapi: 3.0.3`, or with what it is written in");
        return Err(errors.into_iter().chain([error]).collect());
    }
    Ok((Source::new(path.to_owned(), Arc::from(text), format, root).placed(places), errors))
}

/// What is not there has no first line either.
fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot read `{}`: {error}", path.display());
    let help = "check the path and its permissions";
    Diagnostic::error(Code::Io, message).located(Location::whole(path)).help(help)
}

/// What is wrong with a file as a whole.
fn at_start(path: &Path, code: Code, message: String) -> Diagnostic {
    let start = Location { file: path.to_owned(), line: 1, column: 1 };
    Diagnostic::error(code, message).at(&Pointer::root()).located(start)
}

fn too_large(path: &Path, what: &str, bytes: usize) -> Diagnostic {
    at_start(path, Code::TooLarge, format!("{what} more than {bytes} bytes")).help(
        "`--max-file-mib`, the key `max-file-mib` or `Builder::max_file_mib` sets how much is read",
    )
}

/// Why a file that a reference leads to gives nothing.
pub(crate) enum Unread {
    Absent,
    NoFile,
    Broken(Diagnostics),
}

impl<D: Into<Diagnostics>> From<D> for Unread {
    fn from(diagnostics: D) -> Self {
        Self::Broken(diagnostics.into())
    }
}

/// Reads a file that a reference leads to: it is called `path`, and is at `real`. It may hold
/// anything, prose too, and counts towards what the document may cost. Beside it come errors that
/// leave something to look at.
pub(crate) fn part(
    files: &dyn Files,
    path: &Path,
    real: &Path,
    limits: Limits,
    allowance: &mut Allowance,
) -> Result<(Part, Value, Diagnostics), Unread> {
    let bytes = files.read(real, limits.file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unread::Absent,
        ErrorKind::InvalidInput | ErrorKind::IsADirectory => Unread::NoFile,
        _ => unreadable(path, &error).into(),
    })?;
    if bytes.len() > limits.file {
        return Err(too_large(path, "the file has", limits.file).into());
    }
    allowance.read(bytes.len());
    if allowance.text() > limits.tree() {
        return Err(too_large(path, "the files of the document have", limits.tree()).into());
    }
    let text = encoding::decode(path, bytes)?;
    if is_prose(path) {
        let value = Value::String(text.clone());
        let part = Part::new(path.to_owned(), Format::Text, Arc::from(text), None);
        return Ok((part, value, Diagnostics::new()));
    }
    let Parsed { format, root, places, errors } = parse(path, &text, allowance)?;
    Ok((Part::new(path.to_owned(), format, Arc::from(text), places), root, errors))
}

/// A description may be in a file of its own.
fn is_prose(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["md", "markdown", "txt", "html"].contains(&extension.to_ascii_lowercase().as_str())
}

/// A text as a tree.
struct Parsed {
    format: Format,
    root: Value,
    /// Where everything stands; JSON has a scanner for that.
    places: Option<Places>,
    /// What is wrong and leaves a tree to look at.
    errors: Diagnostics,
}

/// A file that calls itself JSON is JSON. One that calls itself YAML may be JSON, which is nearly
/// but not quite a part of YAML, so JSON is tried first where the text begins like it. Any other
/// name leaves it to the first character.
fn parse(path: &Path, text: &str, allowance: &mut Allowance) -> Result<Parsed, Diagnostics> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let begins_like_json = text.trim_start().starts_with(['{', '[']);
    let json = |all: &mut _| json::parse(path, text, all);
    let yaml = |all: &mut _| yaml::parse(path, text, all);
    match extension.to_ascii_lowercase().as_str() {
        "json" => json(allowance),
        "yaml" | "yml" if begins_like_json => {
            let before = allowance.clone();
            let parsed = json(allowance);
            let errors = match &parsed {
                Ok(parsed) => &parsed.errors,
                Err(errors) => errors,
            };
            // A number that is too great for JSON is text in YAML.
            if errors.iter().any(|one| matches!(one.code, Code::Syntax | Code::NotANumber)) {
                *allowance = before;
                yaml(allowance)
            } else {
                parsed
            }
        }
        "yaml" | "yml" => yaml(allowance),
        _ if begins_like_json => json(allowance),
        _ => yaml(allowance),
    }
}

/// The message of an error without its place, which the diagnostic has. libyaml appends a second
/// place, where the unfinished thing began; that one is worth reading.
fn without_place(message: &str) -> String {
    if let (Some((reason, _)), Some(_)) =
        (message.rsplit_once(" at position "), yaml::position_of_reader(message))
    {
        return reason.to_owned();
    }
    let Some((reason, place)) = message.split_once(" at line ") else { return message.to_owned() };
    let rest = place
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .strip_prefix(" column ")
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.map_or_else(|| message.to_owned(), |rest| format!("{reason}{rest}"))
}

fn not_a_mapping(root: &Value) -> Option<&'static str> {
    match root {
        Value::Object(_) => None,
        Value::Null => Some("empty"),
        Value::Bool(_) => Some("a boolean"),
        Value::Number(_) => Some("a number"),
        Value::String(_) => Some("plain text"),
        Value::Array(_) => Some("a list"),
    }
}

#[cfg(test)]
mod tests;
