//! Links, in the documentation of the operation whose answer has them.

use super::build::Context;
use super::{Docs, docs, markdown};
use crate::ir::{Link, LinkTarget, Operation};

/// A section about what to do with the answer.
pub(super) fn docs(context: &Context<'_>, links: &[Link]) -> Option<Docs> {
    if links.is_empty() {
        return None;
    }
    let title =
        vec!["# Links".to_owned(), String::new(), "What the answer is good for:".to_owned()];
    let lines = links.iter().map(|link| line(context, link)).collect();
    Some(docs::join(vec![title, lines]))
}

fn line(context: &Context<'_>, link: &Link) -> String {
    let mut line = format!("- {}: {}", markdown::code(&link.name), target(context, &link.target));
    if let Some(server) = &link.server {
        line.push_str(&format!(" at {}", markdown::code(server)));
    }
    let given = |(name, value): &(String, String)| {
        format!("{} as {}", markdown::code(value), markdown::code(name))
    };
    let mut all: Vec<String> = link.parameters.iter().map(given).collect();
    all.extend(link.body.iter().map(|body| format!("{} as the body", markdown::code(body))));
    if !all.is_empty() {
        line.push_str(&format!(" with {}", all.join(", ")));
    }
    match link.description.as_deref().map(markdown::inline) {
        Some(words) if !words.is_empty() => format!("{line}. {}", docs::sentence(&words)),
        Some(_) | None => format!("{line}."),
    }
}

/// A link to the method, where the client has the operation.
fn target(context: &Context<'_>, target: &LinkTarget) -> String {
    let is_it = |operation: &Operation| match target {
        LinkTarget::Id(id) => operation.id == *id,
        LinkTarget::At(at) => operation.at == *at,
        LinkTarget::Elsewhere(_) => false,
    };
    match (context.api.operations.iter().position(is_it), target) {
        (Some(index), _) => context.method_link(index),
        (None, LinkTarget::Id(name) | LinkTarget::Elsewhere(name)) => markdown::code(name),
        (None, LinkTarget::At(at)) => markdown::code(at.as_str()),
    }
}
