//! Looking at a stage: what the pipeline knows at one point, as text for a person.

use std::fmt::Write as _;

use crate::diagnostics::Diagnostics;
use crate::source::Files;
use crate::{Options, load, model, names, normalise, select, understand};

/// A point of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The raw tree, reduced to the chosen operations.
    Source,
    /// The document as OpenAPI 3.0.
    Document,
    /// Schemas and operations with references resolved.
    Ir,
    /// Every minted name.
    Names,
    /// The Rust about to be printed.
    Model,
}

/// Runs the pipeline up to `stage` and describes what it has; `only` keeps the entries whose name
/// is exactly that: a component, an operation id, a Rust type.
///
/// # Errors
///
/// Whatever is wrong with the input before that stage, located.
pub fn inspect(
    options: &Options,
    stage: Stage,
    only: Option<&str>,
    files: &dyn Files,
) -> Result<String, Diagnostics> {
    let source = load::load(files, &options.spec)?;
    let mut diagnostics = Diagnostics::default();
    let text = describe(&source, options, stage, only, &mut diagnostics);
    match text {
        Some(text) => Ok(text),
        None => {
            diagnostics.locate(&source);
            Err(diagnostics)
        }
    }
}

fn describe(
    source: &crate::source::Source,
    options: &Options,
    stage: Stage,
    only: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let keep = |errors: Diagnostics, all: &mut Diagnostics| all.extend(errors);
    if matches!(stage, Stage::Source | Stage::Document) {
        let reduced = select::select(source.clone(), &options.selection);
        let (reduced, _) = reduced.map_err(|errors| keep(errors, diagnostics)).ok()?;
        if stage == Stage::Source {
            return serde_json::to_string_pretty(&reduced.root).ok();
        }
        let document = normalise::normalise(&reduced);
        let (document, _) = document.map_err(|errors| keep(errors, diagnostics)).ok()?;
        return serde_json::to_string_pretty(&document).ok();
    }
    let (api, facts) = understand(source, options, diagnostics).ok()?;
    let mut text = String::new();
    if stage == Stage::Ir {
        for (index, schema) in api.schemas.iter().enumerate() {
            let name = match &schema.origin {
                crate::ir::Origin::Component(name) => name.clone(),
                crate::ir::Origin::Inline(path) => path.join("."),
            };
            if wanted(&name) {
                let _ = writeln!(text, "{name} #{index} = {schema:#?}");
            }
        }
        for operation in api.operations.iter().filter(|operation| wanted(&operation.id)) {
            let _ = writeln!(text, "{} = {operation:#?}", operation.id);
        }
        return Some(text);
    }
    let (names, found) = names::mint(&api, &facts, &options.rename);
    if found.has_errors() {
        diagnostics.extend(found);
        return None;
    }
    if stage == Stage::Names {
        return Some(format!("{names:#?}\n"));
    }
    let model = model::build(&api, &facts, &names);
    for item in &model.types {
        if wanted(item.name()) {
            let _ = writeln!(text, "{} = {item:#?}", item.name());
        }
    }
    for operation in model.operations.iter().filter(|operation| wanted(&operation.method)) {
        let _ = writeln!(text, "{} = {operation:#?}", operation.method);
    }
    Some(text)
}
