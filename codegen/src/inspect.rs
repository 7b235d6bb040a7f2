//! Looking at a stage: what the pipeline knows at one point, as text for a person.

use std::fmt::Write as _;

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::ir::{Api, Kind, SchemaId};
use crate::names::{NameTable, Side};
use crate::pointer::Pointer;
use crate::source::Files;
use crate::{Options, model, names, normalise, read, select, understand, wishes};

/// A point of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The tree reduced to the chosen operations; 3.1 and Swagger 2.0 are in the words of 3.0.
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
    let (source, mut diagnostics) = read(options, files)?;
    let text = describe(&source, options, stage, only, &mut diagnostics);
    let is_of_entry = |one: &Diagnostic| one.severity == Severity::Error && one.setting.is_some();
    match (text, only) {
        (Some(text), Some(name)) if text.is_empty() => {
            let message = format!("this stage knows nothing that is called `{name}`");
            let help =
                "names are exact: a component, an operationId, at the stage `model` a Rust name";
            Err(Diagnostic::error(Code::Config, message).help(help).into())
        }
        (Some(text), _) if !diagnostics.iter().any(is_of_entry) => Ok(text),
        // An entry of the options that nothing follows stops no stage, and is an error all the same.
        (Some(_) | None, _) => {
            select::move_to_source(&mut diagnostics, &source.root);
            diagnostics.locate(&source);
            diagnostics.sort();
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
        let reduced = select::select(source, &options.selection);
        let (reduced, _) = reduced.map_err(|errors| keep(errors, diagnostics)).ok()?;
        let tree = if stage == Stage::Source {
            reduced.root
        } else {
            let document = normalise::normalise(reduced);
            let (document, _) = document.map_err(|errors| keep(errors, diagnostics)).ok()?;
            serde_json::to_value(&document.openapi).ok()?
        };
        return Some(match only {
            None => pretty(&tree),
            Some(name) => part(&tree, name).map_or_else(String::new, pretty),
        });
    }
    let (api, facts) = understand(source, options, diagnostics).ok()?;
    let mut text = String::new();
    if stage == Stage::Ir {
        for (index, schema) in api.schemas.iter().enumerate() {
            let name = schema.origin.to_string();
            if wanted(&name) {
                let _ = writeln!(text, "{} #{index} = {schema:#?}", on_a_line(&name));
            }
        }
        for operation in api.operations.iter().filter(|operation| wanted(&operation.id)) {
            let _ = writeln!(text, "{} = {operation:#?}", on_a_line(&operation.id));
        }
        for hook in api.hooks.iter().filter(|hook| wanted(&hook.name)) {
            let _ = writeln!(text, "{} = {hook:#?}", on_a_line(&hook.name));
        }
        return Some(text);
    }
    let (names, found) = names::mint(&api, &facts, options.choices(source));
    if found.has_errors() {
        diagnostics.extend(found);
        return None;
    }
    if stage == Stage::Names {
        return Some(spelled(&api, &names, &wanted));
    }
    let (wishes, found) = wishes::take(&api, &names, options, source.as_written());
    if found.has_errors() {
        diagnostics.extend(found);
        return None;
    }
    let model = model::build(&api, &facts, &names, &wishes);
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

fn pretty(tree: &Value) -> String {
    serde_json::to_string_pretty(tree).unwrap_or_default()
}

/// The component schema or operation of that name.
fn part<'v>(tree: &'v Value, name: &str) -> Option<&'v Value> {
    let schema = tree.get("components").and_then(|all| all.get("schemas")?.get(name));
    let paths = Pointer::root().push("paths");
    let place =
        |operation: &select::Operation<'_>| paths.push(operation.path).push(operation.method);
    let mut operations = select::operations(tree).into_iter();
    let operation = operations.find(|operation| operation.id == Some(name));
    schema.or_else(|| place(&operation?).lookup(tree))
}

/// A name of the document, whose control characters neither end the line nor steer a terminal.
fn on_a_line(name: &str) -> String {
    let mut line = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// Every name with what it stands for, one a line.
fn spelled(api: &Api, names: &NameTable, wanted: &dyn Fn(&str) -> bool) -> String {
    let mut text = String::new();
    for (index, schema) in api.schemas.iter().enumerate() {
        let id = SchemaId(index);
        let wire = schema.origin.to_string();
        if !wanted(&wire) {
            continue;
        }
        for name in [Side::Plain, Side::Input].iter().filter_map(|side| names.type_name(id, *side))
        {
            let _ = writeln!(text, "{} -> types::{name}", on_a_line(&wire));
        }
        let wires: Vec<&str> = match &schema.kind {
            Kind::Object(object) => object.properties.iter().map(|one| one.wire.as_str()).collect(),
            Kind::Enum(values) => values.iter().map(|one| one.wire.as_str()).collect(),
            Kind::IntegerEnum(numbers) => {
                numbers.values.iter().map(|one| one.wire.as_str()).collect()
            }
            Kind::Union(union) => union.variants.iter().map(|one| one.name.as_str()).collect(),
            _ => Vec::new(),
        };
        for (wire, name) in wires.iter().zip(names.fields(id).iter().chain(names.variants(id))) {
            let _ = writeln!(text, "  {} -> {name}", on_a_line(wire));
        }
    }
    for (index, operation) in api.operations.iter().enumerate() {
        let spelled = names.operation(index);
        if wanted(&operation.id) {
            let (id, method, call) = (on_a_line(&operation.id), &spelled.method, &spelled.call);
            let group = spelled.group.map(|group| &names.groups()[group]);
            let owner = group.map_or_else(
                || "Client".to_owned(),
                |group| format!("groups::{}", group.type_name),
            );
            let _ = writeln!(text, "{id} -> {owner}::{method}, operations::{call}");
            for (parameter, name) in operation.parameters.iter().zip(&spelled.parameters) {
                let _ = writeln!(text, "  {} -> {name}", on_a_line(&parameter.wire));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn an_entry_of_nothing_is_told_at_every_stage_behind_it() {
        let document = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
        let files = Memory::default().with("api.yaml", document);
        let options = Options {
            spec: "api.yaml".into(),
            operation_name: Some("x-nope".to_owned()),
            ..Options::default()
        };
        for stage in [Stage::Ir, Stage::Names, Stage::Model] {
            let refused = inspect(&options, stage, None, &files).unwrap_err();
            let told: Vec<&str> = refused.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(told, ["no operation of the document has `x-nope`"]);
        }
    }
}
