//! Which way schemas travel, and whether the two ways need two types.

use super::children;
use crate::ir::{Api, ContentKind, Kind, Operation, Origin, Payload, SchemaId};

/// Sent, received, both, or neither yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Direction {
    /// Part of a request.
    pub(crate) sent: bool,
    /// Part of an answer.
    pub(crate) received: bool,
}

impl Direction {
    /// Both ways.
    pub(crate) fn both(self) -> bool {
        self.sent && self.received
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Received,
}

/// Follows requests and answers from the operations. A component that no operation reaches goes
/// both ways: the user asked for it, and we cannot know for what.
pub(super) fn directions(api: &Api) -> Vec<Direction> {
    let mut directions = vec![Direction::default(); api.schemas.len()];
    for operation in &api.operations {
        sent(operation).into_iter().for_each(|id| walk(api, id, Way::Sent, &mut directions));
        let received = received(operation).into_iter();
        received.for_each(|id| walk(api, id, Way::Received, &mut directions));
    }
    for id in api.hooks.iter().map(|hook| hook.payload).chain(api.event) {
        walk(api, id, Way::Received, &mut directions);
    }
    let unreached: Vec<SchemaId> = (0..api.schemas.len())
        .map(SchemaId)
        .filter(|id| matches!(api.schema(*id).origin, Origin::Component(_)))
        .filter(|id| directions[id.0] == Direction::default())
        .collect();
    for id in unreached {
        walk(api, id, Way::Sent, &mut directions);
        walk(api, id, Way::Received, &mut directions);
    }
    directions
}

/// What an operation itself sends.
pub(super) fn sent(operation: &Operation) -> Vec<SchemaId> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.schema);
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    parameters.chain(contents.flat_map(|content| schemas(&content.kind))).collect()
}

/// What an operation itself receives.
pub(super) fn received(operation: &Operation) -> Vec<SchemaId> {
    let outcomes = operation.ways().flatten().chain(&operation.errors);
    let schemas = outcomes.flat_map(|outcome| {
        let headers = outcome.headers.iter().filter_map(|header| header.schema);
        headers.chain(json(&outcome.payload))
    });
    schemas.collect()
}

fn schemas(kind: &ContentKind) -> Vec<SchemaId> {
    match kind {
        ContentKind::Json(schema) | ContentKind::Form(schema, _) => vec![*schema],
        ContentKind::Multipart(form) => form.parts.iter().map(|part| part.schema).collect(),
        ContentKind::Text | ContentKind::Bytes => Vec::new(),
    }
}

fn json(payload: &Payload) -> Option<SchemaId> {
    match payload {
        Payload::Json { schema, .. } => Some(*schema),
        Payload::Stream { schema, .. } => *schema,
        Payload::Empty | Payload::Text { .. } | Payload::Bytes { .. } => None,
    }
}

fn walk(api: &Api, from: SchemaId, way: Way, directions: &mut [Direction]) {
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        let direction = &mut directions[id.0];
        let seen = match way {
            Way::Sent => &mut direction.sent,
            Way::Received => &mut direction.received,
        };
        if std::mem::replace(seen, true) {
            continue;
        }
        let travels = |child: &SchemaId| !absent(api, *child, way);
        match &api.schema(id).kind {
            Kind::Object(_) => open.extend(children(api, id).into_iter().filter(travels)),
            _ => open.extend(children(api, id)),
        }
    }
}

/// Read-only properties are not sent, write-only ones not received (OpenAPI 3.0, Schema Object).
fn absent(api: &Api, property: SchemaId, way: Way) -> bool {
    match way {
        Way::Sent => api.read_only(property),
        Way::Received => api.write_only(property),
    }
}

/// A schema that travels both ways is split when one way leaves out a property, here or further
/// down; what only ever travels one way never is.
pub(super) fn splits(api: &Api, directions: &[Direction]) -> Vec<bool> {
    let ids = || (0..api.schemas.len()).map(SchemaId);
    let mut split = vec![false; api.schemas.len()];
    let mut users: Vec<Vec<SchemaId>> = vec![Vec::new(); api.schemas.len()];
    for id in ids() {
        for child in children(api, id) {
            users[child.0].push(id);
        }
    }
    let differs = |id: &SchemaId| match &api.schema(*id).kind {
        Kind::Object(object) => object
            .properties
            .iter()
            .any(|property| api.read_only(property.schema) || api.write_only(property.schema)),
        _ => false,
    };
    let mut open: Vec<SchemaId> = ids().filter(differs).collect();
    while let Some(id) = open.pop() {
        if directions[id.0].both() && !std::mem::replace(&mut split[id.0], true) {
            open.extend(&users[id.0]);
        }
    }
    split
}
