//! The document as it was read: its text, the raw tree, and the way back from one to the other.

mod locate;
mod origins;
pub(crate) mod position;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

pub(crate) use self::origins::Origins;
use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// Where documents come from. Library code reads through this and never by itself.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Whatever the file system says; the caller adds the path.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    /// Devices and pipes may never end, so only files are read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if std::fs::metadata(path)?.is_file() {
            std::fs::read(path)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"))
        }
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
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
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
    /// What stands elsewhere in the tree than in the text.
    origins: Arc<Origins>,
}

impl Source {
    /// A document made of its parts; `root` must be what `text` says, or locations are wrong.
    pub(crate) fn new(path: PathBuf, text: Arc<str>, format: Format, root: Value) -> Self {
        Self { path, format, root, text, origins: Arc::default() }
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
            origins: Arc::clone(&self.origins),
        }
    }

    /// The same document in a tree of another arrangement.
    pub(crate) fn converted(self, root: Value, origins: Origins) -> Self {
        Self { root, origins: Arc::new(origins), ..self }
    }

    /// From the tree back to the document as it is written.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Where a pointer stands in the file: the key of a member, the start of an element. A pointer
    /// the text does not have gives its nearest ancestor, in the end the first line.
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.locate_all(&[pointer]).remove(0)
    }

    /// [`Source::locate`] for many pointers in one pass over the text, in their order.
    pub fn locate_all(&self, pointers: &[&Pointer]) -> Vec<Location> {
        let written = self.written(pointers);
        let pointers: Vec<&Pointer> = written.iter().collect();
        locate::locations(&self.path, &self.text, self.format, &pointers)
    }

    /// The texts of the scalars the pointers lead to, as written: `1.10` where the tree has 1.1.
    pub(crate) fn scalars(&self, pointers: &[&Pointer]) -> Vec<Option<String>> {
        let written = self.written(pointers);
        let pointers: Vec<&Pointer> = written.iter().collect();
        locate::scalars(&self.text, self.format, &pointers)
    }

    /// The pointers as the text has them.
    fn written(&self, pointers: &[&Pointer]) -> Vec<Pointer> {
        pointers.iter().map(|pointer| self.origins.of(pointer)).collect()
    }
}
