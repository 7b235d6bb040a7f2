//! The client and the crate around it.

use super::build::Context;
use super::{Client, Docs, docs, markdown};

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
    ])
}
