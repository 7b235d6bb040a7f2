//! The files of a document, and which part of its tree is in which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::origins::prefixes;
use super::{Format, locate};
use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// A file as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// As a user would name it.
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    pub(crate) text: Arc<str>,
}

impl Part {
    /// Where the pointers stand in the text.
    pub(crate) fn locations(&self, pointers: &[&Pointer]) -> Vec<Location> {
        locate::locations(&self.path, &self.text, self.format, pointers)
    }

    /// The texts of the scalars that the pointers lead to.
    pub(super) fn scalars(&self, pointers: &[&Pointer]) -> Vec<Option<String>> {
        locate::scalars(&self.text, self.format, pointers)
    }
}

/// The files beside that of the document, from 1 on, and where the tree has something of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    others: Vec<Part>,
    from: BTreeMap<Pointer, (usize, Pointer)>,
}

impl Parts {
    /// The files of a document, its own first; `from` says where a part of the tree comes from, and
    /// whatever is below it comes from there too.
    pub(crate) fn new(mut files: Vec<Part>, from: BTreeMap<Pointer, (usize, Pointer)>) -> Self {
        let others = files.split_off(1.min(files.len()));
        Self { others, from }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.others.iter().map(|part| part.path.as_path())
    }

    /// A file other than the document's own.
    pub(super) fn get(&self, file: usize) -> Option<&Part> {
        self.others.get(file.checked_sub(1)?)
    }

    /// The file, 0 for the document's own, and the place in it of what stands at `pointer`.
    pub(super) fn of(&self, pointer: &Pointer) -> (usize, Pointer) {
        if self.from.is_empty() {
            return (0, pointer.clone());
        }
        let found = prefixes(pointer).find_map(|(prefix, rest)| {
            let (file, at) = self.from.get(&prefix)?;
            Some((*file, at.join(rest)))
        });
        found.unwrap_or_else(|| (0, pointer.clone()))
    }
}
