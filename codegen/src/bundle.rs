//! The one-file form of a document.
//!
//! It is the tree behind `assemble`, before anything is chosen or rewritten: a client that is
//! generated from it is the same as that of the files.

mod decimal;
mod json;
mod scalar;
mod yaml;

use std::path::{Path, PathBuf};

use self::decimal::Decimals;
use crate::diagnostics::Diagnostics;
use crate::source::{Files, Format, Source};
use crate::{Options, assemble, load, normalise, overlay, select, upgrade};

/// A document in one file.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its text.
    pub text: String,
    /// The files that it is made of.
    pub files: Vec<PathBuf>,
    /// What a reader of it should know: references that lead nowhere, for instance.
    pub warnings: Diagnostics,
}

/// The document and its files as one tree, changed by its overlays, keys in the order in which they are written.
///
/// # Errors
///
/// What keeps a file from being read, or a version of OpenAPI that is not; located.
pub fn one_tree(options: &Options, files: &dyn Files) -> Result<Source, Diagnostics> {
    let source = load::load(files, &options.spec, options.limits)?;
    let (source, _) = assemble::assemble(files, source, &options.allow_refs, options.limits)?;
    let (source, _) = overlay::apply(files, source, &options.overlays, options.limits)?;
    if !upgrade::is_swagger_2(&source.root) {
        normalise::check_version(&source)?;
    }
    Ok(source)
}

/// Brings a document into one file: JSON if that is what `name` ends with, YAML otherwise.
///
/// # Errors
///
/// Whatever is wrong with the files and their references, located; all of it at once, with what a
/// client of the document would be told.
pub fn bundle(options: &Options, files: &dyn Files, name: &Path) -> Result<Bundle, Diagnostics> {
    let plain = Options { overlays: Vec::new(), ..options.clone() };
    bundled(&plain, files, name).map_err(|errors| all_of(errors, &plain, files))
}

fn bundled(options: &Options, files: &dyn Files, name: &Path) -> Result<Bundle, Diagnostics> {
    let source = load::load(files, &options.spec, options.limits)?;
    let (source, warnings) =
        assemble::assemble(files, source, &options.allow_refs, options.limits)?;
    written(&source, warnings, options, name)
}

/// The same with what the overlays change: what a client is generated from.
///
/// # Errors
///
/// Whatever is wrong with the files, their references and the overlays, located.
pub fn effective(options: &Options, files: &dyn Files, name: &Path) -> Result<Bundle, Diagnostics> {
    changed(options, files, name).map_err(|errors| all_of(errors, options, files))
}

/// What is wrong with a document that is refused, beside the errors that end the work on its one file:
/// the same as a client of it is told, so that one run tells all.
fn all_of(errors: Diagnostics, options: &Options, files: &dyn Files) -> Diagnostics {
    match crate::generate(options, files) {
        Err(all) if all.has_errors() => all,
        // A client has no use for what is wrong here.
        Ok(_) | Err(_) => errors,
    }
}

fn changed(options: &Options, files: &dyn Files, name: &Path) -> Result<Bundle, Diagnostics> {
    let source = load::load(files, &options.spec, options.limits)?;
    let (source, mut warnings) =
        assemble::assemble(files, source, &options.allow_refs, options.limits)?;
    let (source, found) = overlay::apply(files, source, &options.overlays, options.limits)?;
    warnings.extend(found);
    written(&source, warnings, options, name)
}

fn written(
    source: &Source,
    mut warnings: Diagnostics,
    options: &Options,
    name: &Path,
) -> Result<Bundle, Diagnostics> {
    let format = match name.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("json") => Format::Json,
        _ => Format::Yaml,
    };
    let text = write(source, format);
    let files = source.files().map(Path::to_owned).collect();
    let (source, found) = crate::in_words_of_30(source.clone());
    warnings.extend(found);
    let found = select::select(&source, &options.selection).map(|(_, found)| found);
    let failed = found.is_err();
    warnings.extend(found.unwrap_or_else(|errors| errors));
    warnings.locate(&source);
    warnings.sort();
    warnings.group();
    if failed { Err(warnings) } else { Ok(Bundle { text, files, warnings }) }
}

fn write(source: &Source, format: Format) -> String {
    let mut root = source.root.clone();
    // `version: 1.10` is no number, and would be written as one.
    normalise::restore_texts(source, &mut root);
    let decimals = Decimals::of(source, &root);
    match format {
        Format::Json => json::text(&root, decimals),
        Format::Yaml | Format::Text => yaml::text(&root, decimals),
    }
}
