//! An OpenAPI compiler for Rust: reads a document, writes the client crate a careful developer
//! would have written by hand.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // build.rs
//! specwright::Builder::new("openapi/api.yaml").generate()?;
//! # Ok(())
//! # }
//! ```
//!
//! The pipeline is [`generate`], and every stage is a function from one named type to the next:
//!
//! | stage | gives | knows |
//! |---|---|---|
//! | [`load`] | [`Source`]: the raw tree, and where everything stands | YAML, JSON |
//! | `assemble` | a `Source` whose references stay within it | files |
//! | `overlay` | the same, with changes that are kept beside it | the Overlay Specification |
//! | `upgrade` | a `Source` in the arrangement of OpenAPI 3.0 | Swagger 2.0 |
//! | [`select`] | a smaller `Source`: what the chosen operations reach | references |
//! | [`normalise`] | an `openapiv3::OpenAPI` | versions of the specification |
//! | `lower` | `ir::Api`: references resolved, `allOf` merged | OpenAPI |
//! | `analyze` | `Facts`: direction, recursion, shared errors | |
//! | `names` | `NameTable`: every identifier | Rust's spelling |
//! | `model` | `model::Crate`: every decision taken | Rust |
//! | `emit` | how each item is spelled in tokens | syntax |
//! | `write` | [`File`]s | layout |
//!
//! Beside it, `keys` reports every key of the document that the specification does not have, and
//! [`census`] counts what became of every place.
//!
//! The library reads through [`Files`] and prints nothing; only [`Builder`],
//! [`output`] and the command line touch the disk.

mod analyze;
mod assemble;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod builder;
mod bundle;
pub mod census;
mod checked;
pub mod config;
pub mod diagnostics;
pub mod diff;
mod discriminator;
mod emit;
mod entries;
mod faults;
mod generated;
mod inspect;
mod ir;
mod keys;
pub mod load;
#[cfg(any(feature = "preview", feature = "serve"))]
mod loopback;
mod lower;
mod model;
mod names;
mod nearest;
pub mod normalise;
mod options;
pub mod output;
mod overlay;
mod overruled;
pub mod package;
mod parallel;
mod plain;
pub mod pointer;
#[cfg(feature = "preview")]
pub mod preview;
mod remainder;
mod rust_path;
pub mod select;
mod selectors;
#[cfg(feature = "serve")]
pub mod serve;
mod shape;
pub mod source;
mod stale;
mod unchosen;
mod upgrade;
mod versions;
mod wishes;
mod write;

use std::path::{Path, PathBuf};

pub use builder::{Builder, Failure};
pub use bundle::{Bundle, bundle, effective, one_tree};
pub use generated::{Generated, Summary};
pub use inspect::{Stage, inspect};
pub use options::{GroupBy, Options};
pub use write::File;
pub use write::manifest::Manifest;

use assemble::Unread;
use census::Census;
use diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity};
use emit::Form;
use entries::Entries;
use pointer::Pointer;
use source::{Files, Source};
use write::NotRust;

/// Compiles a document: the whole pipeline, reading only through `files`.
///
/// # Errors
///
/// Everything that is wrong with the input, all at once, located. In strict mode warnings too.
pub fn generate(options: &Options, files: &dyn Files) -> Result<Generated, Diagnostics> {
    generate_in_steps(options, files, &mut |_| ())
}

/// [`generate`] for who wants to know how far it has come: `tell` is called where a step begins.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_in_steps(
    options: &Options,
    files: &dyn Files,
    tell: &mut dyn FnMut(Step),
) -> Result<Generated, Diagnostics> {
    tell(Step::Reading);
    let Looked { source, of_text, found: mut warnings } = look(options, files)?;
    let options = &source.entries().applied(options);
    tell(Step::Deciding);
    let mut plan = plan(&source, options, &mut warnings);
    let is_refused = plan.is_err();
    let untyped = plan.as_ref().map(|plan| plan.census.pointers()).unwrap_or_default();
    let places = complete(&mut warnings, of_text, is_refused, &source, options, &untyped);
    if let Ok(Plan { census, .. }) = &mut plan {
        census.sort(&source, places);
    }
    if !options.verbose {
        warnings.group();
    }
    let plan = match plan {
        Ok(plan) if !warnings.has_errors() => plan,
        Ok(_) | Err(Stop) => return Err(warnings),
    };
    if options.strict && warnings.has_warnings() {
        warnings.push(strict(&warnings));
        return Err(warnings);
    }
    // The document has told all that it has to tell, and what is printed needs the room.
    drop(source);
    tell(Step::Printing);
    match print(plan, options) {
        Ok(generated) => Ok(Generated { warnings, ..generated }),
        Err(bug) => {
            warnings.push(bug.into());
            Err(warnings)
        }
    }
}

/// What takes its time in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files become one tree.
    Reading,
    /// The tree becomes Rust, decision by decision.
    Deciding,
    /// Rust becomes text.
    Printing,
}

/// Completes what a run has to tell, located and in order: what errors hide, where all of it stands.
/// Gives the places of `others` too, which costs no second pass over the text.
fn complete(
    diagnostics: &mut Diagnostics,
    of_text: Diagnostics,
    is_refused: bool,
    source: &Source,
    options: &Options,
    others: &[&Pointer],
) -> Vec<Location> {
    if is_refused {
        let hidden = remainder::problems(source, options, diagnostics);
        diagnostics.extend(hidden);
        let stale = stale::entries(source, options, diagnostics);
        diagnostics.extend(told(options, source, stale));
    }
    diagnostics.retain(|one| !is_told_of_file(one, source));
    // What is behind such a reference is not known yet, and what hangs on it is not either.
    let is_unreadable = |unread: &Unread| unread.why == assemble::Refusal::Unreadable;
    if of_text.has_errors() && source.unread().values().any(is_unreadable) {
        diagnostics.retain(|one| !hangs_on_the_rest(one));
    }
    select::move_to_source(diagnostics, &source.root);
    let places = diagnostics.locate_beside(source, others);
    keys::yield_to_others(diagnostics);
    diagnostics.extend(of_text);
    diagnostics.sort();
    places
}

/// Whether a problem is that a reference leads to a file that cannot be read, which is told of the file.
fn is_told_of_file(diagnostic: &Diagnostic, source: &Source) -> bool {
    let reference = diagnostic.pointer.as_ref().filter(|_| diagnostic.location.is_none());
    let reference = reference.and_then(|at| at.lookup(&source.root)?.as_str());
    let unread = reference.and_then(|text| source.unread().get(text));
    unread.is_some_and(|unread| unread.why == assemble::Refusal::Unreadable)
}

/// Whether a problem may be gone once all of the document is known: an operation may be there, a name be
/// free, an alternative be told from another.
fn hangs_on_the_rest(diagnostic: &Diagnostic) -> bool {
    let is_of_link = || {
        let tokens = diagnostic.pointer.iter().flat_map(Pointer::tokens);
        diagnostic.severity != Severity::Error && tokens.into_iter().any(|token| token == "links")
    };
    matches!(
        diagnostic.code,
        Code::NameCollision
            | Code::AmbiguousUnion
            | Code::Waiter
            | Code::Pagination
            | Code::InferredPages
            | Code::UnknownOperation
    ) || is_of_link()
}

/// Why a run failed that had nothing but warnings.
fn strict(warnings: &Diagnostics) -> Diagnostic {
    let number = warnings.number(Severity::Warning);
    let message = format!("warnings fail this run ({number} of them)");
    Diagnostic::error(Code::Strict, message)
        .help("`--strict`, `strict = true` in the configuration or `Builder::strict` asks for that")
}

/// The document, with all of its files and in the arrangement of OpenAPI 3.0.
fn read(options: &Options, files: &dyn Files) -> Result<(Source, Diagnostics), Diagnostics> {
    let Looked { source, of_text, mut found } = look(options, files)?;
    // What the rewriting refuses is told together with what `select` does.
    if of_text.is_empty() {
        Ok((source, found))
    } else {
        found.extend(of_text);
        found.locate(&source);
        found.sort();
        Err(found)
    }
}

/// A document to look at, whatever is wrong with it.
struct Looked {
    source: Source,
    /// Errors of the files as texts, such as a key that is given twice. They hide nothing of the rest.
    of_text: Diagnostics,
    found: Diagnostics,
}

/// [`read`] for who wants to know what else is wrong where a text holds what it may not.
fn look(options: &Options, files: &dyn Files) -> Result<Looked, Diagnostics> {
    let (source, mut of_text) = load::look(files, &options.spec, options.limits)?;
    let mut found = Diagnostics::new();
    match look_further(options, files, source, &mut of_text, &mut found) {
        Ok(source) => Ok(Looked { source, of_text, found }),
        Err(errors) => Err(of_text.into_iter().chain(found).chain(errors).collect()),
    }
}

/// What is behind the first file.
fn look_further(
    options: &Options,
    files: &dyn Files,
    source: Source,
    of_text: &mut Diagnostics,
    found: &mut Diagnostics,
) -> Result<Source, Diagnostics> {
    let (source, of_files) = assemble::look(files, source, &options.allow_refs, options.limits)?;
    let (errors, warnings): (Diagnostics, Diagnostics) =
        of_files.into_iter().partition(|one| one.severity == Severity::Error);
    of_text.extend(errors);
    found.extend(warnings);
    let (source, of_overlays) = overlay::look(files, source, &options.overlays, options.limits);
    found.extend(told(options, &source, of_overlays).into_result()?);
    let (entries, of_entries) = Entries::of(options, &source.root);
    found.extend(of_entries);
    let source = source.meant(entries);
    found.extend(keys::check(&source));
    let (source, of_rewriting) = in_words_of_30(source);
    found.extend(of_rewriting);
    Ok(source)
}

/// The document in the arrangement and the grammar of OpenAPI 3.0. One of a version that is not read
/// passes as it is: `select` says so.
fn in_words_of_30(source: Source) -> (Source, Diagnostics) {
    let (source, mut warnings) = upgrade::upgrade(source);
    let (source, found) = normalise::upgrade(source);
    warnings.extend(found);
    (source, warnings)
}

/// What is known of a document when nothing is left to decide.
struct Decided {
    api: ir::Api,
    facts: analyze::Facts,
    names: names::NameTable,
    wishes: wishes::Wishes,
    model: model::Crate,
}

/// Everything from `select` to `model`, with one list of diagnostics, from which the caller takes
/// the warnings; `Err` once they hold an error.
fn decide(
    source: &Source,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Decided, Stop> {
    let (api, facts) = understand(source, options, diagnostics)?;
    let (names, found) = names::mint(&api, &facts, options.choices(source));
    stop_on_faults(diagnostics, told(options, source, found))?;
    let (wishes, found) = wishes::take(&api, &names, options, source.as_written());
    diagnostics.extend(told(options, source, found));
    // Entries of the configuration that nothing follows hide one another nowhere.
    if diagnostics.has_errors() {
        return Err(Stop);
    }
    let model = model::build(&api, &facts, &names, &wishes);
    Ok(Decided { api, facts, names, wishes, model })
}

/// What is to be printed, and what is told of it.
struct Plan {
    /// The file of the document, and all that were read.
    path: PathBuf,
    inputs: Vec<PathBuf>,
    title: String,
    /// Whether any of the types checks a pattern.
    has_patterns: bool,
    model: model::Crate,
    census: Census,
}

/// Everything between `load` and `emit`.
fn plan(source: &Source, options: &Options, diagnostics: &mut Diagnostics) -> Result<Plan, Stop> {
    let Decided { api, facts, names, wishes, model } = decide(source, options, diagnostics)?;
    Ok(Plan {
        path: source.path.clone(),
        inputs: source.files().map(Path::to_owned).collect(),
        census: census::take(&api, &facts, &names),
        title: api.info.title,
        has_patterns: wishes.checked.have_patterns(),
        model,
    })
}

/// Everything from `emit` on.
fn print(plan: Plan, options: &Options) -> Result<Generated, NotRust> {
    let Plan { path, inputs, title, has_patterns, model, census } = plan;
    let form = if options.module_only { Form::Module } else { Form::Crate };
    let modules = emit::emit(&model, form);
    let document = path.file_name().unwrap_or_default().to_string_lossy();
    let files = if options.module_only {
        vec![write::module_file(modules, &document, &module_path(&path))?]
    } else {
        write::crate_files(modules, &document)?
    };
    Ok(Generated {
        files,
        readme: (!options.module_only).then(|| write::readme(&model.readme)),
        runtime_features: has_patterns.then_some("patterns").into_iter().collect(),
        summary: Summary { title, operations: model.operations.len(), types: model.types.len() },
        features: model.features,
        warnings: Diagnostics::default(),
        inputs,
        census,
    })
}

/// The front half: what the document says, in no language's terms.
fn understand(
    source: &Source,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<(ir::Api, analyze::Facts), Stop> {
    let (reduced, found) = select::look(source, &options.selection).map_err(|errors| {
        diagnostics.extend(errors);
        Stop
    })?;
    keys::keep_reached(diagnostics, source, &reduced.root);
    diagnostics.extend(found);
    // Those of the rewriting among them, which were found before.
    if diagnostics.iter().any(is_fault) {
        return Err(Stop);
    }
    let mut label = options.operation_name.as_deref();
    if let Some(extension) = label {
        let found = select::check_labels(&source.root, extension);
        // Without it, the operations have the names that they have anyway.
        label.take_if(|_| !found.is_empty());
        stop_on_faults(diagnostics, told(options, source, found))?;
    }
    let (document, found) = normalise::normalise(reduced).map_err(|errors| {
        diagnostics.extend(errors);
        Stop
    })?;
    stop_on_errors(diagnostics, found)?;
    let asked = options.asked(source.as_written());
    let (api, found) = lower::lower(&document, label, &options.selection.versions, &asked);
    stop_on_faults(diagnostics, told(options, source, found))?;
    // Nobody asks the document anything from here on, and it is the largest of what is held.
    drop(document);
    let facts = analyze::analyze(&api);
    Ok((api, facts))
}

/// The features of the crate that these options ask for; none of a module. What is wrong with the
/// document is for [`generate`] to tell: of one that is refused there are none.
pub(crate) fn crate_features(options: &Options, files: &dyn Files) -> Vec<String> {
    if options.module_only {
        return Vec::new();
    }
    let Ok((source, _)) = read(options, files) else { return Vec::new() };
    let understood = understand(&source, options, &mut Diagnostics::default());
    let Ok((api, facts)) = understood else { return Vec::new() };
    let (names, _) = names::mint(&api, &facts, options.choices(&source));
    let mut features = names.layout().features().to_vec();
    features.sort();
    features
}

/// What a stage has found, as these options want it told.
fn told(options: &Options, source: &Source, found: Diagnostics) -> Diagnostics {
    let found = overruled::told(options, source, unchosen::told(options, source, found));
    let found = source.entries().told(found);
    if options.may_be_stale { found.lenient() } else { found }
}

/// The diagnostics hold an error: no later stage may see what is left.
struct Stop;

/// [`stop_on_errors`], but for entries of the configuration that are not followed: what is left is as
/// sound as without them, and what is wrong with others is worth knowing.
fn stop_on_faults(diagnostics: &mut Diagnostics, found: Diagnostics) -> Result<(), Stop> {
    let stop = found.iter().any(is_fault);
    diagnostics.extend(found);
    if stop { Err(Stop) } else { Ok(()) }
}

/// Whether it is an error of something else than an entry of the configuration.
fn is_fault(one: &Diagnostic) -> bool {
    one.severity == Severity::Error && one.setting.is_none()
}

fn stop_on_errors(diagnostics: &mut Diagnostics, found: Diagnostics) -> Result<(), Stop> {
    let stop = found.has_errors();
    diagnostics.extend(found);
    if stop { Err(Stop) } else { Ok(()) }
}

/// The file a build script includes: named after the document.
fn module_path(spec: &Path) -> String {
    format!("{}.rs", spec.file_stem().unwrap_or_default().to_string_lossy())
}
