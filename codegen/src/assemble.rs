//! The files of a document, brought together into one tree.
//!
//! In goes the root document, out comes one whose references stay within it, so that no later stage
//! knows of files. A schema, parameter or answer that a reference leads to becomes a shared one of
//! the root document; anything else is written into the place of the reference, be it an operation,
//! the properties of a schema or a description. [`Parts`] remembers what came from where.
//!
//! ```yaml
//! # api.yaml
//! paths:
//!   /pets: {get: {$ref: pets/list.yaml}}
//! # pets/list.yaml
//! responses: {'200': {description: '', content: {application/json: {schema: {$ref: Pet.yaml}}}}}
//! ```
//! becomes
//! ```yaml
//! paths:
//!   /pets:
//!     get:
//!       responses:
//!         '200':
//!           description: ''
//!           content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
//! components: {schemas: {Pet: {…}}}
//! ```
//!
//! References that lead into the middle of the same document are treated alike. What cannot be
//! followed stays: `select` tells of it where it is needed. The files of examples are taken in if
//! they are there, and extensions are left alone.

mod anchors;
mod build;
mod grammar;
mod library;
mod names;
mod reference;
mod walk;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) use self::names::way_to;
pub(crate) use self::reference::{Refusal, Unread, plain};

use self::grammar::dialect;
use self::library::Library;
use self::world::{Note, Spot, World};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::Limits;
use crate::pointer::Pointer;
use crate::source::{Files, Parts, Source};

/// The document with everything that its references lead to. `allowed` are the folders they may
/// lead into, beside that of the document.
///
/// # Errors
/// A file that is needed and cannot be read; references that multiply beyond all bounds; a folder
/// that is not there.
pub(crate) fn assemble(
    files: &dyn Files,
    source: Source,
    allowed: &[PathBuf],
    limits: Limits,
) -> Result<(Source, Diagnostics), Diagnostics> {
    let (source, mut found) = look(files, source, allowed, limits)?;
    if found.has_errors() {
        found.locate(&source);
        found.sort();
        return Err(found);
    }
    Ok((source, found))
}

/// [`assemble`] for who wants to know what else is wrong: what it tells may hold errors that leave a
/// document to look at.
pub(crate) fn look(
    files: &dyn Files,
    mut source: Source,
    allowed: &[PathBuf],
    limits: Limits,
) -> Result<(Source, Diagnostics), Diagnostics> {
    let dialect = dialect(&source.root);
    let library = Library::new(files, &mut source, allowed, limits)?;
    let mut world = World::new(dialect, library);
    world.discover();
    let broken = world.library.problems(&world.broken);
    let errors: Diagnostics =
        broken.into_iter().chain(world.library.errors().iter().cloned()).collect();
    let mut diagnostics = noted(&world);
    if !world.is_changed {
        source.root = world.library.into_root();
        diagnostics.extend(errors);
        return Ok((source, diagnostics));
    }
    let names = names::assign(&mut world);
    let built = build::build(&world, &names);
    let parts = Parts::new(world.library.into_parts(), built.from);
    let source = source.assembled(built.root, parts, built.unread);
    diagnostics.extend(built.diagnostics);
    let is_refused = diagnostics.has_errors();
    diagnostics.extend(errors);
    if is_refused {
        diagnostics.locate(&source);
        diagnostics.sort();
        return Err(diagnostics);
    }
    Ok((source, diagnostics))
}

/// One warning for each reference of which something is to be said.
fn noted(world: &World<'_>) -> Diagnostics {
    let mut by_file: BTreeMap<usize, Vec<(&Pointer, Note)>> = BTreeMap::new();
    for (Spot { file, at }, note) in &world.notes {
        by_file.entry(*file).or_default().push((at, *note));
    }
    let all = by_file.into_iter().flat_map(|(file, notes)| {
        let pointers: Vec<&Pointer> = notes.iter().map(|(at, _)| *at).collect();
        let locations = world.library.part(file).locations(&pointers);
        notes.into_iter().zip(locations)
    });
    all.map(|((at, note), location)| note.warning().at(at).located(location)).collect()
}

impl Note {
    fn warning(self) -> Diagnostic {
        match self {
            Self::MeantRoot => Diagnostic::warning(
                Code::FaultyDocument,
                "the file has no such component; that of the root document is taken",
            )
            .help("name the root document in front of the `#`"),
            Self::OddExample => Diagnostic::warning(
                Code::Ignored,
                "the file of the example is neither JSON nor YAML: the reference stays as it is",
            )
            .help("`externalValue` is the key for examples of other kinds"),
            Self::NoSchema => Diagnostic::warning(
                Code::FaultyDocument,
                "the reference leads to no schema: what is there is read as one",
            )
            .help("let it lead to a schema; a value is none, nor is a whole mapping of schemas"),
        }
    }
}

#[cfg(test)]
mod tests;
