//! Which types the operations need, and in which direction each of them travels.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{Document, Operation, entries, flag, schema, text};
use crate::surface::Surface;

/// A type that the client must have: its schema, and whether it is sent, received or both.
pub(super) struct Usage<'a> {
    pub(super) schema: &'a Value,
    pub(super) sent: bool,
    pub(super) received: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Sent,
    Received,
}

/// Adds every type that the operation's bodies mention, directly or through others.
pub(super) fn from_operation<'a>(
    document: &'a Document,
    operation: &Operation<'a>,
    types: &mut BTreeMap<String, Usage<'a>>,
    surface: &mut Surface,
) {
    let request = operation.value.get("requestBody").map(|body| (Direction::Sent, body));
    let responses = entries(operation.value.get("responses"))
        .map(|(_, response)| (Direction::Received, response));
    for (direction, message) in request.into_iter().chain(responses) {
        for (_, media) in entries(document.resolve(message).get("content")) {
            if let Some(schema) = media.get("schema") {
                visit(document, schema, "", direction, types, surface);
            }
        }
    }
}

fn visit<'a>(
    document: &'a Document,
    schema: &'a Value,
    inline_name: &str,
    direction: Direction,
    types: &mut BTreeMap<String, Usage<'a>>,
    surface: &mut Surface,
) {
    let name = schema::component_name(schema).unwrap_or(inline_name);
    let target = document.resolve(schema);
    if let Some(items) = target.get("items") {
        visit(document, items, "", direction, types, surface);
    }
    if !schema::is_named_type(target) {
        return;
    }
    if name.is_empty() {
        surface.problem(format!("a schema without a name needs a type of its own: {target:?}"));
        return;
    }
    let usage = types.entry(name.to_owned()).or_insert(Usage {
        schema: target,
        sent: false,
        received: false,
    });
    let seen = match direction {
        Direction::Sent => &mut usage.sent,
        Direction::Received => &mut usage.received,
    };
    if std::mem::replace(seen, true) {
        return;
    }
    let not_sent = |property: &Value| direction == Direction::Sent && flag(property, "readOnly");
    for (wire, property) in
        entries(target.get("properties")).filter(|(_, property)| !not_sent(property))
    {
        visit(document, property, &schema::inline_name(name, wire), direction, types, surface);
    }
    if let Some(stray) = text(target, "$ref") {
        surface.problem(format!("{stray} leads nowhere"));
    }
}
