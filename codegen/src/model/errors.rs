//! Error enums: one a distinct list of documented errors.

use super::build::Context;
use super::operations::{received, status_words};
use super::types::Type;
use super::{Alias, ErrorEnum, ErrorVariant, docs};
use crate::analyze::Signature;

/// The enums, and the names by which operations that share one call it.
pub(super) fn errors(context: &Context<'_>) -> (Vec<ErrorEnum>, Vec<Alias>) {
    let mut enums = Vec::new();
    let mut aliases = Vec::new();
    for (index, signature) in context.facts.signatures().iter().enumerate() {
        let name = context.names.error_enum(index);
        let module = context.names.layout().of_signature(index);
        enums.push(ErrorEnum { module, ..error_enum(context, signature, name) });
        for operation in &signature.operations {
            let names = context.names.operation(*operation);
            if names.error == name {
                continue;
            }
            let method = context.method_link(*operation);
            let layout = context.names.layout();
            let target = match layout.of_operation(*operation) == layout.of_signature(index) {
                true => name.to_owned(),
                false => format!("super::{name}"),
            };
            aliases.push(Alias {
                alias: None,
                docs: vec![format!("What {method} documents as errors.")],
                name: names.error.clone(),
                target: Type::Named(target),
            });
        }
    }
    (enums, aliases)
}

fn error_enum(context: &Context<'_>, signature: &Signature, name: &str) -> ErrorEnum {
    let first = signature.operations[0];
    let operation = &context.api.operations[first];
    let names = context.names.operation(first);
    let variants = operation
        .errors
        .iter()
        .zip(&names.errors)
        .map(|(outcome, variant)| {
            let status = status_words(outcome.status);
            let said = docs::of_status(&status, &outcome.description, variant);
            let body = context.payload_docs(&outcome.payload);
            ErrorVariant {
                docs: docs::join(std::iter::once(said).chain(body).collect()),
                name: variant.clone(),
                status: outcome.status,
                payload: received(context, &outcome.payload),
            }
        })
        .collect();
    let methods: Vec<String> =
        signature.operations.iter().map(|index| context.method_link(*index)).collect();
    let docs = match methods.as_slice() {
        [method] => vec![format!("What {method} documents as errors, chosen by status.")],
        _ => vec![format!(
            "Errors that {} operations document alike, chosen by status.",
            methods.len()
        )],
    };
    ErrorEnum { docs, module: None, name: name.to_owned(), variants }
}
