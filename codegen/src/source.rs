//! The document as it was read: its text, the raw tree, and the way back from one to the other.

mod locate;
mod noted;
mod origins;
mod parts;
mod places;
pub(crate) mod position;
mod repeats;

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

pub use self::noted::Noted;
pub(crate) use self::origins::Origins;
pub(crate) use self::parts::{Part, Parts};
pub(crate) use self::places::Places;
pub(crate) use self::repeats::Repeat;
use crate::assemble::Unread;
use crate::diagnostics::Location;
use crate::entries::{Entries, Written};
use crate::pointer::Pointer;

/// Where documents come from. Library code reads through this and never by itself.
pub trait Files {
    /// The bytes of a file; of one that has more than `at_most`, it is enough to give one more.
    ///
    /// # Errors
    /// Whatever the file system says; the caller adds the path.
    fn read(&self, path: &Path, at_most: usize) -> io::Result<Vec<u8>>;

    /// The one path of a file or folder, whatever it is called and whichever links lead to it.
    ///
    /// # Errors
    /// Whatever the file system says; nothing is there, for instance. Where no links are, a path
    /// without `.` and `..` is as good.
    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(crate::assemble::plain(path))
    }
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    /// Devices and pipes may never end, so only files are read, and of enormous ones no more than
    /// it takes to refuse them.
    fn read(&self, path: &Path, at_most: usize) -> io::Result<Vec<u8>> {
        if !std::fs::metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        let mut bytes = Vec::new();
        let one_more = u64::try_from(at_most).unwrap_or(u64::MAX).saturating_add(1);
        std::fs::File::open(path)?.take(one_more).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }
}

/// Files held in memory, for tests and for tools that have the text already.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<PathBuf, Vec<u8>>);

impl Memory {
    /// The same files and one more; a file of the same path is replaced.
    #[must_use]
    pub fn with(mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), bytes.into());
        self
    }
}

impl Files for Memory {
    fn read(&self, path: &Path, _: usize) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML.
    Yaml,
    /// Prose, which a description may refer to.
    Text,
}

/// A document: syntactically sound, not yet known to be OpenAPI.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file as the user named it.
    pub path: PathBuf,
    /// How it is written.
    pub format: Format,
    /// The tree, keys in document order; `select` and `normalise` change it, the text stays.
    pub root: Value,
    text: Arc<str>,
    /// Where everything in the text stands, as far as that was noted.
    places: Option<Arc<Places>>,
    /// What stands elsewhere in the tree than in the text.
    origins: Arc<Origins>,
    /// The other files, and what of the tree is in them.
    parts: Arc<Parts>,
    /// References that were not followed.
    unread: Arc<BTreeMap<String, Unread>>,
    /// What the entries of the configuration mean in it.
    entries: Arc<Entries>,
}

impl Source {
    /// A document made of its parts; `root` must be what `text` says, or locations are wrong.
    pub(crate) fn new(path: PathBuf, text: Arc<str>, format: Format, root: Value) -> Self {
        let (places, origins, parts, unread, entries) = Default::default();
        Self { path, format, root, text, places, origins, parts, unread, entries }
    }

    /// The same document with the places of everything in its text.
    pub(crate) fn placed(self, places: Option<Places>) -> Self {
        Self { places: places.map(Arc::new), ..self }
    }

    /// The text as it stands in the file, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same document with another tree.
    pub(crate) fn with_root(&self, root: Value) -> Self {
        Self {
            path: self.path.clone(),
            format: self.format,
            root,
            text: Arc::clone(&self.text),
            places: self.places.clone(),
            origins: Arc::clone(&self.origins),
            parts: Arc::clone(&self.parts),
            unread: Arc::clone(&self.unread),
            entries: Arc::clone(&self.entries),
        }
    }

    /// The same document with what is in other files, and why some of it is not.
    pub(crate) fn assembled(
        self,
        root: Value,
        parts: Parts,
        unread: BTreeMap<String, Unread>,
    ) -> Self {
        Self { root, parts: Arc::new(parts), unread: Arc::new(unread), ..self }
    }

    /// The same document, changed; `parts` say where everything in it is from.
    pub(crate) fn patched(&self, root: Value, parts: Parts) -> Self {
        Self { parts: Arc::new(parts), ..self.with_root(root) }
    }

    /// The files beside its own, and what of the tree is in them.
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The same document in a tree of another arrangement.
    pub(crate) fn converted(self, root: Value, origins: Origins) -> Self {
        Self { root, origins: Arc::new(origins), ..self }
    }

    /// The same document with what the entries of a configuration mean in it.
    pub(crate) fn meant(self, entries: Entries) -> Self {
        Self { entries: Arc::new(entries), ..self }
    }

    /// What the entries of the configuration mean.
    pub(crate) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The tree with the way back to the document, to show places as a configuration has them.
    pub(crate) fn as_written(&self) -> Written<'_> {
        Written { origins: &self.origins, root: &self.root }
    }

    /// From the tree back to the document as it is written.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Every file that was read, the document first.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        std::iter::once(self.path.as_path()).chain(self.parts.paths())
    }

    /// The file itself, as one of several.
    pub(crate) fn as_part(&self) -> Part {
        Part {
            path: self.path.clone(),
            format: self.format,
            text: Arc::clone(&self.text),
            places: self.places.clone(),
        }
    }

    /// References that were not followed into other files, and why.
    pub(crate) fn unread(&self) -> &BTreeMap<String, Unread> {
        &self.unread
    }

    /// Where a pointer stands in the file: the key of a member, the start of an element. A pointer
    /// the text does not have gives its nearest ancestor, in the end the first line.
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.locate_all(&[pointer]).remove(0)
    }

    /// [`Source::locate`] for many pointers in one pass over each text, in their order.
    pub fn locate_all(&self, pointers: &[&Pointer]) -> Vec<Location> {
        self.in_parts(pointers, |part, pointers| part.locations(pointers))
    }

    /// The texts of the scalars the pointers lead to, as written: `1.10` where the tree has 1.1.
    pub(crate) fn scalars(&self, pointers: &[&Pointer]) -> Vec<Option<String>> {
        self.in_parts(pointers, |part, pointers| part.scalars(pointers))
    }

    /// Whether the texts the pointers lead to are written without quotation marks, as only YAML has them.
    pub(crate) fn are_plain(&self, pointers: &[&Pointer]) -> Vec<bool> {
        self.in_parts(pointers, |part, pointers| part.are_plain(pointers))
    }

    /// A pointer as the file has it that it leads into.
    pub(crate) fn written(&self, pointer: &Pointer) -> Pointer {
        self.parts.of(&self.origins.of(pointer)).1
    }

    /// The same, where that is the document's own file.
    pub(crate) fn written_here(&self, pointer: &Pointer) -> Option<Pointer> {
        let (file, written) = self.parts.of(&self.origins.of(pointer));
        (file == 0).then_some(written)
    }

    /// Asks each file for the pointers that lead into it.
    fn in_parts<T>(
        &self,
        pointers: &[&Pointer],
        ask: impl Fn(&Part, &[&Pointer]) -> Vec<T>,
    ) -> Vec<T> {
        let own = self.as_part();
        let mut by_file: BTreeMap<usize, Vec<(usize, Pointer)>> = BTreeMap::new();
        for (at, pointer) in pointers.iter().enumerate() {
            let (file, written) = self.parts.of(&self.origins.of(pointer));
            by_file.entry(file).or_default().push((at, written));
        }
        let mut answers: Vec<(usize, T)> = Vec::with_capacity(pointers.len());
        for (file, asked) in by_file {
            let part = self.parts.get(file).unwrap_or(&own);
            let pointers: Vec<&Pointer> = asked.iter().map(|(_, pointer)| pointer).collect();
            let places = asked.iter().map(|(at, _)| *at);
            answers.extend(places.zip(ask(part, &pointers)));
        }
        answers.sort_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}
