//! The files of a document: which may be read, and each once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::reference::{Refusal, is_inside, plain};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::{self, Allowance, Limits};
use crate::source::{Files, Part, Source};

/// Every file that was asked for. The root document is the first.
pub(super) struct Library<'f> {
    files: &'f dyn Files,
    /// The folders that references may lead into, the root document's first.
    folders: Vec<Folder>,
    parts: Vec<Part>,
    roots: Vec<Value>,
    /// By the path that a reference gives.
    asked: BTreeMap<PathBuf, Result<usize, Refusal>>,
    /// By the path that the file system gives, which is one for each file.
    known: BTreeMap<PathBuf, Result<usize, Refusal>>,
    /// What is wrong with the files that cannot be read, by the path that the file system gives.
    broken: BTreeMap<PathBuf, Diagnostics>,
    /// What is wrong with files that there is something to look at in.
    errors: Diagnostics,
    limits: Limits,
    allowance: Allowance,
}

struct Folder {
    /// As the user named it.
    path: PathBuf,
    /// As the file system does.
    real: PathBuf,
}

impl<'f> Library<'f> {
    /// A library that holds the root document, whose tree it takes and gives back in
    /// [`Self::into_root`].
    ///
    /// # Errors
    /// A folder that is to be read from and is not there.
    pub(super) fn new(
        files: &'f dyn Files,
        root: &mut Source,
        allowed: &[PathBuf],
        limits: Limits,
    ) -> Result<Self, Diagnostic> {
        let folder = |path: &Path| {
            let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
            files.real(path).map(|real| Folder { path: plain(path), real })
        };
        let mut folders = Vec::with_capacity(allowed.len() + 1);
        // A document that was read has a folder; if its name is lost, nothing beside it is read.
        folders.extend(folder(root.path.parent().unwrap_or(Path::new(""))));
        for path in allowed {
            folders.push(folder(path).map_err(|error| {
                let message = format!("cannot read from the folder `{}`: {error}", path.display());
                Diagnostic::error(Code::Config, message)
                    .about("allow-refs", path.to_str())
                    .help("`allow-refs` names folders that references may lead into")
            })?);
        }
        let real = files.real(&root.path).unwrap_or_else(|_| plain(&root.path));
        Ok(Self {
            files,
            folders,
            parts: vec![root.as_part()],
            roots: vec![std::mem::take(&mut root.root)],
            asked: BTreeMap::from([(plain(&root.path), Ok(0))]),
            known: BTreeMap::from([(real, Ok(0))]),
            broken: BTreeMap::new(),
            errors: Diagnostics::new(),
            limits,
            allowance: Allowance::after(root.text()),
        })
    }

    pub(super) fn root(&self, file: usize) -> &Value {
        &self.roots[file]
    }

    /// The tree of the root document.
    pub(super) fn into_root(self) -> Value {
        self.roots.into_iter().next().unwrap_or_default()
    }

    pub(super) fn part(&self, file: usize) -> &Part {
        &self.parts[file]
    }

    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// How much text there is, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.allowance.text()
    }

    /// All files, the root document first.
    pub(super) fn into_parts(self) -> Vec<Part> {
        self.parts
    }

    /// What is wrong with those of these files that were found to be unreadable, each told once
    /// whatever it is called.
    pub(super) fn problems(&self, paths: &BTreeSet<PathBuf>) -> Diagnostics {
        let real = paths.iter().filter_map(|path| self.files.real(path).ok());
        let real: BTreeSet<PathBuf> = real.collect();
        real.iter().filter_map(|path| self.broken.get(path)).flatten().cloned().collect()
    }

    /// What is wrong with files that were read.
    pub(super) fn errors(&self) -> &Diagnostics {
        &self.errors
    }

    /// Where a reference of a file to `path` leads.
    pub(super) fn path(&self, from: usize, path: &Path) -> PathBuf {
        let folder = self.parts[from].path.parent().unwrap_or(Path::new(""));
        plain(&folder.join(path))
    }

    /// What a path is called in a reference from the root document.
    pub(super) fn name(&self, path: &Path) -> String {
        let folder = plain(self.parts[0].path.parent().unwrap_or(Path::new("")));
        let way = super::reference::way(&folder, path);
        // Elsewhere `\` is part of a name.
        let way = way.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if way.is_empty() { ".".to_owned() } else { way }
    }

    /// The file at a path, read if it was not.
    pub(super) fn open(&mut self, path: &Path) -> Result<usize, Refusal> {
        if let Some(known) = self.asked.get(path) {
            return *known;
        }
        let opened = self.find(path);
        self.asked.insert(path.to_owned(), opened);
        opened
    }

    /// A file that may be meant by a path at which there is none: one that was read and has the same
    /// name in another case, or one that is there with another ending, case or `/` for `\\`.
    pub(super) fn near(&self, path: &Path) -> Option<PathBuf> {
        let text = path.to_str()?;
        let lower = text.to_lowercase();
        let read = self.asked.iter().filter(|(_, known)| known.is_ok()).map(|(path, _)| path);
        let mut read =
            read.filter(|known| known.to_str().is_some_and(|it| it.to_lowercase() == lower));
        read.next().cloned().or_else(|| {
            let slashed = plain(Path::new(&text.replace('\\', "/")));
            spellings(&slashed)
                .into_iter()
                .find(|spelling| spelling != path && self.is_there(spelling))
        })
    }

    /// Whether there is something that may be read; it is not read.
    fn is_there(&self, path: &Path) -> bool {
        let is_named = self.folders.iter().any(|folder| is_inside(&folder.path, path));
        let real = self.files.real(path).ok().filter(|_| is_named);
        // A path whose file is not there is as real as any where nothing is known of links.
        real.is_some_and(|real| {
            self.folders.iter().any(|folder| is_inside(&folder.real, &real))
                && self.files.read(&real, 0).is_ok()
        })
    }

    fn find(&mut self, path: &Path) -> Result<usize, Refusal> {
        let is_named = self.folders.iter().any(|folder| is_inside(&folder.path, path));
        // Where nothing is, no leave to read would help.
        let there = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let real = match self.files.real(there) {
            Ok(real) => real,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Refusal::Absent),
            Err(_) if !is_named => return Err(Refusal::Outside),
            Err(_) => return Err(Refusal::NoFile),
        };
        if let Some(known) = self.known.get(&real) {
            return *known;
        }
        if !self.folders.iter().any(|folder| is_inside(&folder.real, &real)) {
            return Err(if is_named { Refusal::Link } else { Refusal::Outside });
        }
        let read = self.read(path, &real);
        self.known.insert(real, read);
        read
    }

    fn read(&mut self, path: &Path, real: &Path) -> Result<usize, Refusal> {
        match load::part(self.files, path, real, self.limits, &mut self.allowance) {
            Ok((part, root, errors)) => {
                self.errors.extend(errors);
                self.parts.push(part);
                self.roots.push(root);
                Ok(self.parts.len() - 1)
            }
            Err(load::Unread::Absent) => Err(Refusal::Absent),
            Err(load::Unread::NoFile) => Err(Refusal::NoFile),
            Err(load::Unread::Broken(diagnostics)) => {
                self.broken.insert(real.to_owned(), diagnostics);
                Err(Refusal::Unreadable)
            }
        }
    }
}

/// Other ways to write the name of a file.
fn spellings(path: &Path) -> Vec<PathBuf> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let mut letters = stem.chars();
    let first = letters.next();
    let capital: String = first.iter().flat_map(|c| c.to_uppercase()).chain(letters).collect();
    let stems = [stem.to_owned(), stem.to_lowercase(), capital];
    let endings = [ending, &ending.to_lowercase(), "yaml", "yml", "json"].map(str::to_owned);
    let names = stems.iter().flat_map(|stem| {
        endings.iter().map(move |ending| match ending.as_str() {
            "" => stem.clone(),
            ending => format!("{stem}.{ending}"),
        })
    });
    names.map(|name| path.with_file_name(name)).collect()
}
