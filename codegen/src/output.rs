//! The output folder: what would change, and changing it.
//!
//! Two rules hold whatever the input: only files that begin with our mark are replaced or removed,
//! and a run that fails leaves the folder as it was. So everything is compared and refused first
//! ([`plan_crate`]), then written beside its target, and only then moved into place ([`Plan::apply`]).

mod other;
mod place;

use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::bundle::Bundle;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::write::{File, MARK, manifest::Manifest};

pub use place::{needs_own_workspace, relative_path};

/// What a run would do to a folder.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files to write: path, text, and the text there now if any.
    pub writes: Vec<Change>,
    /// Files of ours that no run makes any more.
    pub removals: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// A file to write.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where.
    pub path: PathBuf,
    /// What it will hold.
    pub text: String,
    /// What it holds now.
    pub before: Option<String>,
}

/// Compares the source files of a crate, and its manifest, with the folder `out`.
///
/// # Errors
///
/// The folder holds files that are not ours where ours would go, is not empty and has never been
/// ours, holds the client of another API, or leads out of itself by a symbolic link.
pub fn plan_crate(
    files: &[File],
    manifest: &Manifest<'_>,
    out: &Path,
) -> Result<Plan, Diagnostics> {
    let result = place::may_be_folder(out).and_then(|()| refuse_foreign_folder(out));
    let result = result.and_then(|()| {
        let mut plan = plan_sources(files, out)?;
        other::refuse(files, manifest.name, out)?;
        plan.remove_orphans(files, out)?;
        plan.add_manifest(manifest, &out.join("Cargo.toml"))?;
        Ok(plan)
    });
    result.map_err(|refused| Diagnostics::from(*refused))
}

/// Compares a single module file with the folder `out`, which may hold anything besides.
///
/// # Errors
///
/// A file of that name is there and is not ours.
pub fn plan_module(files: &[File], out: &Path) -> Result<Plan, Diagnostics> {
    place::may_be_folder(out)
        .and_then(|()| plan_sources(files, out))
        .map_err(|refused| Diagnostics::from(*refused))
}

fn plan_sources(files: &[File], out: &Path) -> Result<Plan, Box<Diagnostic>> {
    let mut plan = Plan::default();
    for file in files {
        let path = place::inside(out, &file.path)?;
        let before = existing(&path)?;
        if before.as_deref().is_some_and(|text| !text.starts_with(MARK)) {
            return Err(not_ours(&path));
        }
        plan.add(path, file.text.clone(), before);
    }
    Ok(plan)
}

impl Plan {
    /// Whether the folder is already what the run would make of it.
    pub fn is_clean(&self) -> bool {
        self.writes.is_empty() && self.removals.is_empty()
    }

    /// Adds a file that is written once and the user's from then on: whatever is there stays.
    ///
    /// # Errors
    ///
    /// The folder leads out of itself by a symbolic link.
    pub fn add_once(&mut self, file: &File, out: &Path) -> Result<(), Diagnostics> {
        let path = out.join(&file.path);
        if path.symlink_metadata().is_ok() {
            self.unchanged += 1;
            return Ok(());
        }
        let path = place::inside(out, &file.path).map_err(|refused| Diagnostics::from(*refused))?;
        self.add(path, file.text.clone(), None);
        Ok(())
    }

    fn add(&mut self, path: PathBuf, text: String, before: Option<String>) {
        if before.as_ref() == Some(&text) {
            self.unchanged += 1;
        } else {
            self.writes.push(Change { path, text, before });
        }
    }

    /// Files of ours below the sources in `out` that are not among `files`. A link is never
    /// followed, so that the walk stays inside, and a folder with a manifest is a package of its own.
    fn remove_orphans(&mut self, files: &[File], out: &Path) -> Result<(), Box<Diagnostic>> {
        let made: BTreeSet<PathBuf> = files.iter().map(|file| out.join(&file.path)).collect();
        let mut open = vec![out.join("src")];
        while let Some(folder) = open.pop() {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                let path = entry.path();
                let Ok(kind) = entry.file_type() else { continue };
                let rust = path.extension().is_some_and(|extension| extension == "rs");
                if kind.is_dir() {
                    let is_package = path.join("Cargo.toml").symlink_metadata().is_ok();
                    open.extend((!is_package).then_some(path));
                } else if kind.is_file() && rust && !made.contains(&path) && is_ours(&path)? {
                    self.removals.push(path);
                }
            }
        }
        self.removals.sort();
        Ok(())
    }

    fn add_manifest(
        &mut self,
        manifest: &Manifest<'_>,
        path: &Path,
    ) -> Result<(), Box<Diagnostic>> {
        let before = existing(path)?;
        let text = match &before {
            Some(text) => manifest.merge(path, text)?,
            None => manifest.create(),
        };
        self.add(path.to_owned(), text, before);
        Ok(())
    }

    /// Makes it so. New texts are written beside their targets first, so that a full disk or a
    /// missing permission shows before anything is replaced.
    ///
    /// # Errors
    ///
    /// A file cannot be written or removed.
    pub fn apply(&self) -> Result<(), Diagnostics> {
        let mut ready = Vec::with_capacity(self.writes.len());
        for change in &self.writes {
            let staged = stage(change).map_err(|error| *io_error(&change.path, &error))?;
            ready.push((staged, &change.path));
        }
        for (staged, path) in ready {
            staged.persist(path).map_err(|error| *io_error(path, &error.error))?;
        }
        for path in &self.removals {
            std::fs::remove_file(path).map_err(|error| *io_error(path, &error))?;
            // A folder that is empty now held nothing but our files; any other stays.
            let _ = path.parent().map(std::fs::remove_dir);
        }
        Ok(())
    }
}

/// Whether there is a folder for a file that is written beside a client. Only what is in the output
/// folder has its folders made, as a path that is misspelt would make a tree of them elsewhere.
///
/// # Errors
///
/// There is none.
pub fn has_folder(path: &Path, out: &Path) -> Result<(), Diagnostics> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => return Ok(()),
    };
    let is_inside = !out.as_os_str().is_empty()
        && relative_path(out, folder).is_some_and(|way| way != ".." && !way.starts_with("../"));
    if folder.is_dir() || is_inside {
        return Ok(());
    }
    let message = format!("there is no folder `{}`", folder.display());
    let help = "make it first, or name another file";
    Err(Diagnostic::error(Code::Io, message).located(Location::whole(path)).help(help).into())
}

/// What a report begins with, and how an earlier one is known again.
const REPORT: &str = "{\n  \"version\": ";

/// Whether a report may be written to this path: nothing is there, or an earlier report.
///
/// # Errors
///
/// Something else is there: a document, a configuration, a device, a symbolic link.
pub fn may_report(path: &Path) -> Result<(), Diagnostics> {
    let refused = || {
        let message = format!("`{}` is there and is no report", path.display());
        let help = "name another file with `--report`, or move this one away";
        Diagnostics::from(Diagnostic::error(Code::OutputNotOurs, message).help(help))
    };
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err((*io_error(path, &error)).into()),
        Ok(metadata) if !metadata.is_file() => return Err(refused()),
        Ok(_) => {}
    }
    let mut start = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| *io_error(path, &error))?;
    let limit = u64::try_from(REPORT.len()).unwrap_or(u64::MAX);
    file.take(limit).read_to_end(&mut start).map_err(|error| *io_error(path, &error))?;
    if start.is_empty() || start == REPORT.as_bytes() { Ok(()) } else { Err(refused()) }
}

/// Writes a report in one step; an equal one is left untouched.
///
/// # Errors
///
/// Something else is there, or the file cannot be written.
pub fn write_report(path: &Path, text: String) -> Result<(), Diagnostics> {
    may_report(path)?;
    if std::fs::read(path).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let change = Change { path: path.to_owned(), text, before: None };
    stage(&change)
        .and_then(|staged| staged.persist(path).map_err(|error| error.error))
        .map_err(|error| *io_error(path, &error))?;
    Ok(())
}

/// What writing the one-file form of a document would change; nothing if it is there already.
///
/// # Errors
///
/// One of the files it is made of is there, or something that is no document.
pub fn plan_bundle(path: &Path, bundle: &Bundle) -> Result<Option<Change>, Diagnostics> {
    let real = std::fs::canonicalize(path);
    let is_input = |input: &PathBuf| {
        std::fs::canonicalize(input)
            .is_ok_and(|input| real.as_ref().is_ok_and(|real| *real == input))
    };
    let before = existing(path).map_err(|error| Diagnostics::from(*error))?;
    let is_document = |text: &String| {
        text.lines().any(|line| {
            let key = line.trim_start_matches(['{', ' ', '"', '\'']);
            key.starts_with("openapi") || key.starts_with("swagger")
        })
    };
    if bundle.files.iter().any(is_input) {
        let message =
            format!("`{}` is one of the files that the document is made of", path.display());
        let help = "name another file: what is read is not written over";
        return Err(Diagnostic::error(Code::OutputNotOurs, message).help(help).into());
    }
    if before.as_ref().is_some_and(|text| !is_document(text)) {
        let message = format!("`{}` is there and is no document of one file", path.display());
        let help = "name another file with `--bundle`, or move this one away";
        return Err(Diagnostic::error(Code::OutputNotOurs, message).help(help).into());
    }
    let change = Change { path: path.to_owned(), text: bundle.text.clone(), before };
    Ok((change.before.as_ref() != Some(&change.text)).then_some(change))
}

/// Writes a text beside its target. The file is closed: there may be more of them than a process may
/// have open.
fn stage(change: &Change) -> io::Result<tempfile::TempPath> {
    let folder = change.path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".specwright-");
    #[cfg(unix)]
    {
        // A temporary file is private by default; a source file is not.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    let mut staged = builder.tempfile_in(folder)?;
    staged.write_all(change.text.as_bytes())?;
    Ok(staged.into_temp_path())
}

fn is_ours(path: &Path) -> Result<bool, Box<Diagnostic>> {
    Ok(existing(path)?.is_some_and(|text| text.starts_with(MARK)))
}

/// The text of a file, if there is one. A symbolic link is somebody's decision, never ours.
fn existing(path: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path, &error)),
        Ok(metadata) if !metadata.is_file() => Err(not_ours(path)),
        Ok(_) => match std::fs::read(path) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) => Err(io_error(path, &error)),
        },
    }
}

/// A folder is ours if it is empty, or if its `src/lib.rs` carries our mark.
fn refuse_foreign_folder(out: &Path) -> Result<(), Box<Diagnostic>> {
    let mut entries = match std::fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io_error(out, &error)),
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let root = place::inside(out, "src/lib.rs")?;
    if existing(&root)?.is_some_and(|text| text.starts_with(MARK)) || is_emptied(out)? {
        return Ok(());
    }
    let message =
        format!("the folder `{}` is not empty and was not made by specwright", out.display());
    // Never to empty it: what is in it may be all that its owner has, the document among it.
    let help = "choose another folder, by the key `out` or by `--out`: one that is not there yet, or empty";
    Err(Box::new(Diagnostic::error(Code::OutputNotOurs, message).help(help)))
}

/// Whether somebody took the sources of a generated crate away, to have them made anew.
fn is_emptied(out: &Path) -> Result<bool, Box<Diagnostic>> {
    let manifest = existing(&out.join("Cargo.toml"))?;
    Ok(manifest.is_some_and(|text| Manifest::is_of_generated_crate(&text))
        && !out.join("src").exists())
}

fn not_ours(path: &Path) -> Box<Diagnostic> {
    let message = format!("`{}` was not made by specwright", path.display());
    let help = "move it away, or choose another folder, by the key `out` or by `--out`";
    Box::new(Diagnostic::error(Code::OutputNotOurs, message).help(help))
}

fn io_error(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("`{}`: {error}", path.display());
    let located = Diagnostic::error(Code::Io, message).located(Location::whole(path));
    Box::new(located.help("check the path and its permissions"))
}

#[cfg(test)]
mod tests;
