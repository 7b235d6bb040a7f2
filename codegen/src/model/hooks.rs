//! Functions that read what the API sends: webhooks, and the callbacks of operations.

use super::build::Context;
use super::place::Place;
use super::{Docs, Hooks, Parser, docs, markdown};
use crate::ir::{Apart, Cause, Hook, Kind, SchemaId};
use crate::names::Side;

/// What the module of the webhooks says of itself.
const WEBHOOKS: &str = "What the API sends of its own accord, to a URL that you gave it.";
/// What the module of the callbacks says of itself.
const CALLBACKS: &str = "What the API sends because an operation asked for it.";

/// What the module of webhooks says where it has no function for any of them.
const NOT_TOLD_APART: [&str; 4] = [
    "",
    "There is no function for any of them: no property that all of them have tells them apart. Which",
    "one has come your server knows by other means, such as a URL of its own for each or a header of",
    "the request.",
];

/// The functions of each kind; none where the document has no such hook.
pub(super) fn hooks(context: &Context<'_>) -> (Hooks, Hooks) {
    let context = &Context { place: Place::Hooks, ..*context };
    let (mut webhooks, mut callbacks) = (Hooks::of(WEBHOOKS), Hooks::of(CALLBACKS));
    webhooks.parsers.extend(context.api.event.map(|event| any(context, event)));
    if context.api.event.is_none() && differ(context) {
        webhooks.docs.extend(NOT_TOLD_APART.map(str::to_owned));
    }
    for (index, hook) in context.api.hooks.iter().enumerate() {
        let name = context.names.hook(index);
        match &hook.cause {
            Cause::Webhook => webhooks.parsers.push(parser(context, hook, name, Vec::new())),
            Cause::Callback { expression, owners } => {
                let cause = asked_by(context, expression, owners);
                callbacks.parsers.push(parser(context, hook, name, cause));
            }
        }
    }
    (webhooks, callbacks)
}

/// Whether webhooks bring different things.
fn differ(context: &Context<'_>) -> bool {
    let webhooks = context.api.hooks.iter().filter(|hook| matches!(hook.cause, Cause::Webhook));
    let mut payloads = webhooks.map(|hook| context.api.resolve(hook.payload));
    let first = payloads.next();
    payloads.any(|payload| Some(payload) != first)
}

impl Hooks {
    fn of(what: &str) -> Self {
        let lines = [
            what,
            "",
            "The functions read the body of a request that your server has received. Whether it is the",
            "API that sent it they cannot know: where it signs its requests, hold the signature against",
            "the same bytes first, in the way that the API's own documentation says.",
        ];
        Self { docs: lines.map(str::to_owned).into(), parsers: Vec::new() }
    }
}

fn parser(context: &Context<'_>, hook: &Hook, name: &str, cause: Docs) -> Parser {
    let what = format!("Reads {}.", markdown::code(&hook.name));
    let words = docs::of_schema(&hook.docs, &what);
    // Words of the document that do not name it leave the reader to guess.
    let named = if words.first() == Some(&what) { Vec::new() } else { vec![what] };
    Parser {
        docs: docs::join(vec![words, named, cause, errors()]),
        deprecated: docs::deprecation(hook.docs.deprecated, None),
        name: name.to_owned(),
        ty: context.element_type(hook.payload, Side::Plain),
        features: context.features_of(hook.payload),
    }
}

/// The function for any of the webhooks.
fn any(context: &Context<'_>, event: SchemaId) -> Parser {
    let told = match &context.api.schema(event).kind {
        Kind::Union(union) => match &union.apart {
            Apart::Tag(tag) | Apart::Number(tag) => {
                format!("Reads any of the webhooks, told apart by {}.", markdown::code(tag))
            }
            Apart::Shape => "Reads any of the webhooks.".to_owned(),
        },
        _ => "Reads any of the webhooks.".to_owned(),
    };
    Parser {
        docs: docs::join(vec![vec![told], errors()]),
        deprecated: None,
        name: "parse".to_owned(),
        ty: context.element_type(event, Side::Plain),
        features: context.features_of(event),
    }
}

/// Which operations ask for a callback, and where it is sent.
fn asked_by(context: &Context<'_>, expression: &str, owners: &[usize]) -> Docs {
    let links: Vec<String> = owners.iter().map(|owner| context.method_link(*owner)).collect();
    let sent = format!("Sent to {}", markdown::code(expression));
    vec![match links.as_slice() {
        [] => format!("{sent}."),
        links => format!("{sent} of {}.", links.join(" and ")),
    }]
}

fn errors() -> Docs {
    let lines =
        ["# Errors", "", "The body is not what the document says; the error does not quote it."];
    lines.map(str::to_owned).into()
}
