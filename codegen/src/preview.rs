//! A page to look at: the operations of a document beside the Rust that each becomes, and what there is
//! to say of them.
//!
//! In: what [`generate`](crate::generate) takes. Out: a [`Preview`], which has the list and gives the
//! Rust of one operation at a time, since that of all of them is what takes the time of a run. Nothing
//! is decided here: the Rust is the model's, spelled and printed as in the output. Of a document that
//! is refused as a whole, each operation is tried by itself, as `--operation` does. [`Viewer`] is the
//! page behind a port.

mod concerns;
mod network;
mod page;
mod rust;

use serde::Serialize;
use serde_json::Value;

use self::concerns::Concerns;
use self::rust::Rust;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, Severity};
use crate::pointer::Pointer;
use crate::source::Files;
use crate::{Looked, Options, complete, decide, look, select};

pub use self::network::Viewer;
pub use self::rust::{Call, Part, Shape, Shown};

/// What is known of a document, ready to be shown.
pub struct Preview {
    document: Document,
    rust: Rust,
}

/// What the page shows first.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The file, as the user named it.
    pub file: String,
    /// Whether no client can be generated from it as a whole.
    pub refused: bool,
    /// The chosen operations, in document order.
    pub operations: Vec<Entry>,
    /// What there is to say, in the order of the file.
    pub problems: Vec<Problem>,
}

/// An operation in the list.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its `operationId`.
    pub id: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its `summary`.
    pub summary: Option<String>,
    /// Whether the document says that it should not be used.
    pub deprecated: bool,
    /// Where it stands.
    pub place: String,
    /// How it is called: one a version where each is an operation of its own, and none in a document
    /// that is refused.
    pub calls: Vec<String>,
    /// Which of the problems concern it.
    pub problems: Vec<usize>,
}

/// A diagnostic, and which operations it is about.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Its code.
    pub code: &'static str,
    /// What it says.
    pub message: String,
    /// Where in the document.
    pub pointer: Option<String>,
    /// File, line and column, or what of the configuration it is about.
    pub place: Option<String>,
    /// What the user can do.
    pub help: Option<String>,
    /// Which of the operations it concerns.
    pub operations: Vec<usize>,
}

impl Problem {
    fn new(diagnostic: &Diagnostic, operations: Vec<usize>) -> Self {
        let Diagnostic { code, severity, message, pointer, location, help, setting, .. } =
            diagnostic;
        let configured = setting.as_ref().map(|setting| {
            let entry = setting.entry.as_ref().map(|entry| format!(": {entry}"));
            format!("`{}` of the configuration{}", setting.key, entry.unwrap_or_default())
        });
        Self {
            severity: severity.as_str(),
            code: code.as_str(),
            message: message.clone(),
            pointer: pointer.as_ref().map(|pointer| format!("#{pointer}")),
            place: configured.or_else(|| location.as_ref().map(Location::to_string)),
            help: help.clone(),
            operations,
        }
    }
}

impl Preview {
    /// Reads a document, only through `files`. One that is refused has a preview as well: what is
    /// wrong with it.
    pub fn of(options: &Options, files: &dyn Files) -> Self {
        match look(options, files) {
            Ok(looked) => Self::read(looked, options),
            Err(problems) => Self::refused(options, &problems),
        }
    }

    /// A page of nothing but problems.
    pub fn refused(options: &Options, problems: &Diagnostics) -> Self {
        let problems = problems.iter().map(|one| Problem::new(one, Vec::new())).collect();
        let document = Document {
            title: String::new(),
            version: String::new(),
            file: options.spec.display().to_string(),
            refused: true,
            operations: Vec::new(),
            problems,
        };
        Self { document, rust: Rust::None }
    }

    /// What the page shows first.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The Rust of an operation, by its method, in any case, and its path template; `None` if there
    /// is no such operation.
    pub fn operation(&self, method: &str, path: &str) -> Option<Shown> {
        let is_it =
            |entry: &&Entry| entry.path == path && entry.method.eq_ignore_ascii_case(method);
        let entry = self.document.operations.iter().find(is_it)?;
        Some(self.rust.of(entry))
    }

    fn read(looked: Looked, options: &Options) -> Self {
        let Looked { source, of_text, found: mut diagnostics } = looked;
        let options = &source.entries().applied(options);
        let decided = decide(&source, options, &mut diagnostics);
        // A choice that names nothing is one of the problems, and then all there is is shown.
        let chosen = select::narrow(&source, &options.selection);
        let mut entries = entries(chosen.as_ref().unwrap_or(&source.root));
        let concerns = Concerns::of(&source.root, &pointers(&entries));
        let is_refused = decided.is_err();
        let places =
            complete(&mut diagnostics, of_text, is_refused, &source, options, &concerns.pointers());
        for (entry, place) in entries.iter_mut().zip(&places) {
            entry.place = place.to_string();
        }
        let concerns = concerns.located(&source, &places);
        let mut problems = Vec::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let operations = concerns.operations(diagnostic);
            for operation in &operations {
                entries[*operation].problems.push(index);
            }
            problems.push(Problem::new(diagnostic, operations));
        }
        let rust = match decided {
            Ok(decided) => Rust::whole(&decided.api, decided.model, &mut entries),
            Err(_) => Rust::Each(Box::new((source.clone(), options.clone()))),
        };
        let info = |key: &str| {
            let value = source.root.get("info").and_then(|info| info.get(key));
            value.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let document = Document {
            title: info("title"),
            version: info("version"),
            file: source.path.display().to_string(),
            refused: is_refused || diagnostics.iter().any(|one| one.severity == Severity::Error),
            operations: entries,
            problems,
        };
        Self { document, rust }
    }
}

fn entries(root: &Value) -> Vec<Entry> {
    let text = |operation: Option<&Value>, key: &str| {
        operation.and_then(|value| value.get(key)?.as_str()).map(str::to_owned)
    };
    let entry = |operation: select::Operation<'_>| {
        let value = at(operation.path, operation.method).lookup(root);
        let deprecated = value.and_then(|value| value.get("deprecated")?.as_bool());
        Entry {
            method: operation.method.to_uppercase(),
            path: operation.path.to_owned(),
            id: operation.id.map(str::to_owned),
            tags: operation.tags.into_iter().map(str::to_owned).collect(),
            summary: text(value, "summary"),
            deprecated: deprecated.unwrap_or_default(),
            place: String::new(),
            calls: Vec::new(),
            problems: Vec::new(),
        }
    };
    select::operations(root).into_iter().map(entry).collect()
}

fn pointers(entries: &[Entry]) -> Vec<Pointer> {
    entries.iter().map(|entry| at(&entry.path, &entry.method.to_lowercase())).collect()
}

/// Where an operation stands in the tree.
fn at(path: &str, method: &str) -> Pointer {
    Pointer::root().push("paths").push(path).push(method)
}

#[cfg(test)]
mod tests;
