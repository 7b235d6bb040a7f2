//! The client and the crate around it.

use std::collections::BTreeSet;

use super::build::Context;
use super::{Client, Docs, Group, docs, markdown};
use crate::names::GroupNames;

pub(super) fn client(context: &Context<'_>) -> Client {
    let info = &context.api.info;
    let title = markdown::inline(&info.title);
    Client {
        docs: docs::join(vec![
            vec![format!("A client of {}.", if title.is_empty() { "the API" } else { &title })],
            vec!["Cloning is cheap: clones share connections, tokens and nonces.".to_owned()],
        ]),
        title: info.title.clone(),
        version: info.version.clone(),
        servers: context.api.servers.iter().filter(|url| *url != "/").cloned().collect(),
        variables: context.api.variables.clone(),
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

/// The title, the document's own words, and where everything is.
pub(super) fn crate_docs(context: &Context<'_>) -> Docs {
    let info = &context.api.info;
    let title = markdown::inline(&info.title);
    let version = markdown::inline(&info.version);
    let words = info.description.as_deref().map(markdown::lines).unwrap_or_default();
    let count = context.api.operations.len();
    let calls = if count == 1 { "one operation".to_owned() } else { format!("{count} operations") };
    docs::join(vec![
        vec![format!("{}, version {version}: a typed client of {calls}.", if title.is_empty() { "API" } else { &title })],
        words,
        vec![
            "[`Client`] makes the calls, [`operations`] holds what each one takes and how it fails,".to_owned(),
            "[`types`] the values that travel.".to_owned(),
        ],
        features(context),
    ])
}

fn features(context: &Context<'_>) -> Docs {
    let Some(first) = context.names.layout().features().first() else { return Vec::new() };
    vec![
        "# Features".to_owned(),
        String::new(),
        "One a tag of the document, with the calls of the tag and the types they need. All are on by".to_owned(),
        "default; less is built with `default-features = false` and only those in use, such as".to_owned(),
        format!("{}.", markdown::code(&format!("features = [{first:?}]"))),
    ]
}
