//! The client and the crate around it.

use std::collections::BTreeSet;

use super::build::Context;
use super::{Client, Docs, Group, about, docs, guide, markdown};
use crate::ir::{Cause, Hook, Info, Server, ServerVariable};
use crate::names::GroupNames;

pub(super) fn client(context: &Context<'_>) -> Client {
    let info = &context.api.info;
    let title = markdown::inline(&info.title);
    let mut sections =
        vec![vec![format!("A client of {}.", if title.is_empty() { "the API" } else { &title })]];
    // A module that is included has no documentation of its own, so that the document's words stand here.
    let is_module = context.wishes.krate.is_none();
    if is_module {
        sections.extend(words(info));
    }
    sections.extend([
        vec!["Cloning is cheap: clones share connections, tokens and nonces.".to_owned()],
        servers(&context.api.servers),
        variables(&context.api.variables),
    ]);
    if is_module {
        sections.extend([about::tags(context), about::section(info, "#")]);
    }
    Client {
        docs: docs::join(sections),
        title: info.title.clone(),
        version: info.version.clone(),
        servers: callable(&context.api.servers).map(|server| server.url.clone()).collect(),
        variables: context.api.variables.iter().filter_map(pair).collect(),
        demanded: demanded(&context.api.variables).map(|one| one.name.clone()).collect(),
        error_code: context.api.error_code.clone(),
    }
}

/// A group for each tag, with what the document says of the tag.
pub(super) fn groups(context: &Context<'_>) -> Vec<Group> {
    let named = context.facts.tags().names().iter().zip(context.names.groups());
    let group = |(index, (tag, names)): (usize, (&String, &GroupNames))| {
        let described = context.api.tags.iter().find(|described| described.name == *tag);
        let title = format!("The operations of {}.", markdown::code(tag));
        let words = described.map(|tag| docs::of_schema(&tag.docs, &title));
        let modules: BTreeSet<Option<usize>> = (0..context.api.operations.len())
            .filter(|operation| context.names.operation(*operation).group == Some(index))
            .map(|operation| context.names.layout().of_operation(operation))
            .collect();
        Group {
            docs: words.unwrap_or_else(|| vec![title.clone()]),
            module: modules.first().copied().flatten(),
            is_spread: modules.len() > 1,
            name: names.type_name.clone(),
            accessor_docs: vec![title],
            accessor: names.accessor.clone(),
        }
    };
    named.enumerate().map(group).collect()
}

/// A document without servers has the server `/` (OpenAPI 3.0.3, OpenAPI Object), which says
/// nothing.
fn callable(servers: &[Server]) -> impl Iterator<Item = &Server> {
    servers.iter().filter(|server| server.url != "/")
}

fn pair(variable: &ServerVariable) -> Option<(String, String)> {
    Some((variable.name.clone(), variable.default.clone()?))
}

fn demanded(variables: &[ServerVariable]) -> impl Iterator<Item = &ServerVariable> {
    variables.iter().filter(|variable| variable.default.is_none())
}

/// The servers to choose from, where there is a choice.
fn servers(servers: &[Server]) -> Docs {
    let each: Vec<&Server> = callable(servers).collect();
    if each.len() < 2 {
        return Vec::new();
    }
    let line = |server: &&Server| {
        let words = server.description.as_deref().map(markdown::inline).unwrap_or_default();
        let url = markdown::code(&server.url);
        match words.as_str() {
            "" => format!("- {url}"),
            words => format!("- {url}: {}", docs::sentence(words)),
        }
    };
    let title = "The document's servers; the first absolute one is used unless the builder's \
                 `base_url` says otherwise:";
    let lines = each.iter().map(line).collect();
    docs::join(vec![vec![title.to_owned()], lines])
}

/// What the builder's `server_variable` is for.
fn variables(variables: &[ServerVariable]) -> Docs {
    if variables.is_empty() {
        return Vec::new();
    }
    let line = |variable: &ServerVariable| {
        let name = markdown::code(&variable.name);
        let mut line = match &variable.default {
            Some(default) => format!("- {name}, by default {}", markdown::code(default)),
            None => format!("- {name}, without a default"),
        };
        if !variable.values.is_empty() {
            let values: Vec<String> =
                variable.values.iter().map(|value| markdown::code(value)).collect();
            line.push_str(&format!(", one of {}", values.join(", ")));
        }
        match variable.description.as_deref().map(markdown::inline) {
            Some(words) if !words.is_empty() => format!("{line}: {}", docs::sentence(&words)),
            Some(_) | None => line,
        }
    };
    let title = "The servers have variables, for the builder's `server_variable`:";
    docs::join(vec![vec![title.to_owned()], variables.iter().map(line).collect()])
}

/// The title, the document's own words, and where everything is.
pub(super) fn crate_docs(context: &Context<'_>) -> Docs {
    let info = &context.api.info;
    let title = markdown::inline(&info.title);
    let version = markdown::inline(&info.version);
    let count = context.api.operations.len();
    let calls = if count == 1 { "one operation".to_owned() } else { format!("{count} operations") };
    let title = if title.is_empty() { "API" } else { &title };
    let head = format!("{title}, version {version}: a typed client of {calls}.");
    let mut sections = vec![vec![head]];
    sections.extend(words(info));
    sections.extend([places(context), nesting(context)]);
    sections.extend(guide::sections(context));
    sections.extend([features(context), about::tags(context), about::section(info, "#")]);
    docs::join(sections)
}

/// What the document says of all of it: its summary and its description.
fn words(info: &Info) -> [Docs; 2] {
    let text = info.description.as_deref().map(markdown::lines).unwrap_or_default();
    [about::summary(info).into_iter().collect(), text]
}

/// What the users of deeply nested types have to know, and cannot guess from an error that names none of
/// their own.
fn nesting(context: &Context<'_>) -> Docs {
    let Some(limit) = context.facts.recursion_limit() else { return Docs::new() };
    vec![
        "The types hold one another so deeply that the compiler may stop half-way (E0275) when it looks whether"
            .to_owned(),
        "they can be given to another thread. Write".to_owned(),
        format!("`#![recursion_limit = \"{limit}\"]` in the root of your crate if it does."),
    ]
}

/// Where everything is.
fn places(context: &Context<'_>) -> Docs {
    let lines = match context.names.groups() {
        [] => [
            "[`Client`] makes the calls, [`operations`] holds what each one takes and how it fails,",
            "[`types`] the values that travel.",
        ],
        _ => [
            "[`Client`] has [`groups`] that make the calls, one a tag; [`operations`] holds what each call",
            "takes and how it fails, [`types`] the values that travel.",
        ],
    };
    let mut lines: Docs = lines.map(str::to_owned).into();
    let is_webhook = |hook: &Hook| matches!(hook.cause, Cause::Webhook);
    let has = [
        ("[`webhooks`]", context.api.hooks.iter().any(is_webhook)),
        ("[`callbacks`]", context.api.hooks.iter().any(|hook| !is_webhook(hook))),
    ];
    let links: Vec<&str> = has.iter().filter(|(_, has)| *has).map(|(link, _)| *link).collect();
    if let [first, ..] = links.as_slice() {
        let verb = if links.len() > 1 { "read" } else { "reads" };
        let names = if links.len() > 1 { links.join(" and ") } else { (*first).to_owned() };
        lines.push(format!("{names} {verb} what the API sends to you."));
    }
    lines
}

fn features(context: &Context<'_>) -> Docs {
    let Some(first) = context.names.layout().features().first() else { return Vec::new() };
    let mut lines = vec![
        "# Features".to_owned(),
        String::new(),
        "One a tag of the document, with the calls of the tag and the types they need. All are on by".to_owned(),
        "default; less is built with `default-features = false` and only those in use, such as".to_owned(),
        format!("{}.", markdown::code(&format!("features = [{first:?}]"))),
    ];
    if context.facts.tags().has_own_webhooks() {
        lines.push("What the API sends of its own accord has a feature as well.".to_owned());
    }
    lines
}
