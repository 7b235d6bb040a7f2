//! What the generator tells its user: one value per problem, with a stable code, a place in the
//! document and what to do about it. Nothing is printed here; the command line renders these, a
//! build script prints them as cargo warnings.

mod code;
mod group;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

pub use self::code::Code;
use crate::pointer::Pointer;
use crate::source::Source;

/// How much it matters, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The output is complete, but the user should know something about it.
    Warning,
    /// Nothing is wrong: the output has something that the document does not say in so many words.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in a file, counted as editors count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as the user named it.
    pub file: PathBuf,
    /// The line, from 1; 0 where the file as a whole is meant, such as one that is not there.
    pub line: usize,
    /// The column in characters, from 1; 0 likewise.
    pub column: usize,
}

impl Location {
    /// A file as a whole.
    pub fn whole(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into(), line: 0, column: 0 }
    }

    /// The line and the column, unless the file as a whole is meant.
    pub fn place(&self) -> Option<(usize, usize)> {
        (self.line > 0).then_some((self.line, self.column))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        self.place().map_or(Ok(()), |(line, column)| write!(f, ":{line}:{column}"))
    }
}

/// What of a configuration a problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key: `rename`.
    pub key: &'static str,
    /// What stands in its list, or the key in its table.
    pub entry: Option<String>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem; stable, for scripts.
    pub code: Code,
    /// Whether it stops the run.
    pub severity: Severity,
    /// One sentence without a full stop, in lower case, as rustc words it.
    pub message: String,
    /// Where in the document.
    pub pointer: Option<Pointer>,
    /// Where in the file; found from the pointer by [`Diagnostics::locate`] unless it is known.
    pub location: Option<Location>,
    /// What the user can do.
    pub help: Option<String>,
    /// What of the configuration it is about. [`Config::locate`](crate::config::Config::locate)
    /// finds its line, where there is a file.
    pub setting: Option<Box<Setting>>,
    /// Whether it is that an entry of the configuration, or an action of an overlay, does not hold in
    /// this document: another version of it may have what is named.
    pub is_stale: bool,
    /// How many more there are of the same kind and words, at other places.
    pub more: u32,
}

impl Diagnostic {
    /// A problem that stops the run.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A problem that does not.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// What is no problem and still worth knowing.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// A problem of the severity its code usually has.
    pub fn usual(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, code.severity(), message)
    }

    /// A problem of a severity that depends on where it is.
    pub(crate) fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        let (pointer, location, help, setting) = Default::default();
        let message = message.into();
        let is_stale = false;
        Self { code, severity, message, pointer, location, help, setting, is_stale, more: 0 }
    }

    /// Sets the place in the document.
    #[must_use]
    pub fn at(mut self, pointer: &Pointer) -> Self {
        self.pointer = Some(pointer.clone());
        self
    }

    /// Sets the place in the file, where it is known better than the pointer would tell.
    #[must_use]
    pub fn located(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Sets what of the configuration it is about: an entry of `key`, or all of it.
    #[must_use]
    pub(crate) fn about(mut self, key: &'static str, entry: Option<&str>) -> Self {
        self.setting = Some(Box::new(Setting { key, entry: entry.map(str::to_owned) }));
        self
    }

    /// Says that what the user has written may hold in another version of the document.
    #[must_use]
    pub(crate) fn stale(mut self) -> Self {
        self.is_stale = true;
        self
    }

    /// Sets what the user can do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    /// One line: place, severity, code and message; the help follows on its own line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, message, pointer, location, help, .. } = self;
        if let Some(location) = location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{}[{code}]: {message}", severity.as_str())?;
        if let Some(pointer) = pointer {
            write!(f, " (at #{pointer})")?;
        }
        help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

/// The problems of a run, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No problem yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Keeps those that `keep` wants, in their order.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Whether the run must stop.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is anything that `--strict` does not let pass.
    pub(crate) fn has_warnings(&self) -> bool {
        self.number(Severity::Warning) > 0
    }

    /// How many places there are of this severity.
    pub fn number(&self, severity: Severity) -> u64 {
        let alike = self.iter().filter(|one| one.severity == severity);
        alike.map(|one| 1 + u64::from(one.more)).sum()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.0.iter_mut()
    }

    /// The same, where what the user has written need not hold in this document: it is only told.
    #[must_use]
    pub(crate) fn lenient(mut self) -> Self {
        for one in self.iter_mut().filter(|one| one.is_stale) {
            one.severity = Severity::Note;
        }
        self
    }

    /// How many there are of each kind, by the name of the kind.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in self {
            *counts.entry(diagnostic.code.as_str()).or_insert(0) += 1 + diagnostic.more as usize;
        }
        counts
    }

    /// `Ok` if the run may go on with what it warned of; all of them as the error otherwise.
    pub fn into_result(self) -> Result<Self, Self> {
        if self.has_errors() { Err(self) } else { Ok(self) }
    }

    /// Gives each one that has a pointer and no location its place in the file. What was found
    /// twice at one place, because two operations share it, is told once.
    pub fn locate(&mut self, source: &Source) {
        self.locate_beside(source, &[]);
    }

    /// [`Diagnostics::locate`], and the places of `others`, in one pass over the text.
    pub(crate) fn locate_beside(&mut self, source: &Source, others: &[&Pointer]) -> Vec<Location> {
        let mut told = BTreeSet::new();
        self.0.retain(|d| told.insert((d.code, d.pointer.clone(), d.message.clone())));
        let open: Vec<usize> = (0..self.0.len())
            .filter(|&at| self.0[at].location.is_none() && self.0[at].pointer.is_some())
            .collect();
        let mut pointers: Vec<&Pointer> =
            open.iter().filter_map(|&at| self.0[at].pointer.as_ref()).collect();
        pointers.extend_from_slice(others);
        let mut locations = source.locate_all(&pointers);
        let others = locations.split_off(open.len());
        for (at, location) in open.into_iter().zip(locations) {
            let diagnostic = &mut self.0[at];
            diagnostic.location = Some(location);
            // The user knows the document as it is written.
            if let Some(read) = diagnostic.pointer.take() {
                let written = source.written(&read);
                if is_enum(&read) && written.as_str().ends_with("/const") {
                    diagnostic.message = diagnostic.message.replace("`enum`", "`const`");
                }
                diagnostic.pointer = Some(written);
            }
        }
        others
    }

    /// Brings them into the order of the file; those without a place go last, equal ones keep
    /// their order.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.location.is_none(), d.location.clone());
            key(a).cmp(&key(b))
        });
    }
}

/// Whether a place is an `enum` or a value of it, as which a `const` is read.
fn is_enum(read: &Pointer) -> bool {
    let mut steps = read.as_str().rsplit('/');
    let last = steps.next();
    last == Some("enum") || steps.next() == Some("enum")
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    /// One after the other, a line break between two.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            write!(f, "{gap}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
