//! The files of a document, and which part of its tree is in which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::origins::prefixes;
use super::{Format, Places, locate};
use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// A file as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// As a user would name it.
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    pub(crate) text: Arc<str>,
    /// Where everything in it stands, as far as that was noted.
    pub(super) places: Option<Arc<Places>>,
}

impl Part {
    pub(crate) fn new(
        path: PathBuf,
        format: Format,
        text: Arc<str>,
        places: Option<Places>,
    ) -> Self {
        Self { path, format, text, places: places.map(Arc::new) }
    }

    /// Where the pointers stand in the text.
    pub(crate) fn locations(&self, pointers: &[&Pointer]) -> Vec<Location> {
        locate::locations(&self.path, &self.text, self.format, self.places.as_deref(), pointers)
    }

    /// The texts of the scalars that the pointers lead to.
    pub(super) fn scalars(&self, pointers: &[&Pointer]) -> Vec<Option<String>> {
        locate::scalars(&self.text, self.format, pointers)
    }

    /// Whether the texts that the pointers lead to stand without quotation marks.
    pub(super) fn are_plain(&self, pointers: &[&Pointer]) -> Vec<bool> {
        locate::are_plain(&self.text, self.format, pointers)
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

    /// Adds a file; gives its number.
    pub(crate) fn add(&mut self, part: Part) -> usize {
        self.others.push(part);
        self.others.len()
    }

    /// What stands at `to`, and all below it, now comes from this place of a file.
    pub(crate) fn set(&mut self, to: Pointer, file: usize, from: Pointer) {
        self.take_below(&to);
        self.from.insert(to, (file, from));
    }

    /// What stands at the first of each two places, and all below it, comes from where the second and
    /// what is below that come from.
    pub(crate) fn copy(&mut self, moved: &[(Pointer, Pointer)]) {
        // All of them are looked up before any is set, for one may stand within another.
        let origins: Vec<_> =
            moved.iter().map(|(_, from)| (self.of(from), self.below(from))).collect();
        for ((to, _), (of_itself, below)) in moved.iter().zip(origins) {
            self.take_below(to);
            for (rest, origin) in below {
                self.from.insert(to.join(&rest), origin);
            }
            self.from.entry(to.clone()).or_insert(of_itself);
        }
    }

    /// The elements of a list behind `index` have moved up by one; `left` are left.
    pub(crate) fn close_gap(&mut self, list: &Pointer, index: usize, left: usize) {
        self.take_below(&list.index(index));
        for to in index..left {
            let (old, new) = (list.index(to + 1), list.index(to));
            let of_itself = self.of(&old);
            for (rest, from) in self.take_below(&old) {
                self.from.insert(new.join(&rest), from);
            }
            self.from.entry(new).or_insert(of_itself);
        }
    }

    /// Forgets where a value and all below it come from, and says what was known, by the way from the
    /// value.
    fn take_below(&mut self, at: &Pointer) -> Vec<(String, (usize, Pointer))> {
        let known = self.below(at);
        for (rest, _) in &known {
            self.from.remove(&at.join(rest));
        }
        known
    }

    /// What is known of a value and all below it, by the way from the value.
    fn below(&self, at: &Pointer) -> Vec<(String, (usize, Pointer))> {
        let inside = |known: &Pointer| {
            let rest = known.as_str().strip_prefix(at.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| rest.to_owned())
        };
        // Whatever begins with its text stands together.
        let near = self.from.range(at.clone()..);
        let near = near.take_while(|(known, _)| known.as_str().starts_with(at.as_str()));
        near.filter_map(|(known, origin)| Some((inside(known)?, origin.clone()))).collect()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.others.iter().map(|part| part.path.as_path())
    }

    /// A file other than the document's own.
    pub(super) fn get(&self, file: usize) -> Option<&Part> {
        self.others.get(file.checked_sub(1)?)
    }

    /// The file, 0 for the document's own, and the place in it of what stands at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> (usize, Pointer) {
        if self.from.is_empty() {
            return (0, pointer.clone());
        }
        let found = prefixes(pointer).find_map(|(prefix, rest)| {
            let (file, at) = self.from.get(prefix)?;
            Some((*file, at.join(rest)))
        });
        found.unwrap_or_else(|| (0, pointer.clone()))
    }
}
