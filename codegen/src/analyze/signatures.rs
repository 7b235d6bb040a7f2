//! Which operations document the same errors.
//!
//! An API of hundreds of operations has a handful of distinct error lists; each becomes one enum.

use crate::ir::{Api, Operation, Outcome, Payload, SchemaId, Status};

/// Operations with the same documented errors, by position.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// In document order; never empty.
    pub(crate) operations: Vec<usize>,
}

/// Groups the operations that document any error.
pub(super) fn of(api: &Api) -> Vec<Signature> {
    let mut keys: Vec<Vec<(Status, Content)>> = Vec::new();
    let mut signatures: Vec<Signature> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let key = key(api, operation);
        if key.is_empty() {
            continue;
        }
        match keys.iter().position(|known| *known == key) {
            Some(known) => signatures[known].operations.push(index),
            None => {
                keys.push(key);
                signatures.push(Signature { operations: vec![index] });
            }
        }
    }
    signatures
}

/// What a body decodes to, whatever its media type is called.
#[derive(PartialEq, Eq)]
enum Content {
    Empty,
    Text,
    Bytes,
    Json(SchemaId),
}

fn key(api: &Api, operation: &Operation) -> Vec<(Status, Content)> {
    let content = |outcome: &Outcome| match &outcome.payload {
        Payload::Empty => Content::Empty,
        // Errors are read whole.
        Payload::Text { .. } | Payload::Stream { .. } => Content::Text,
        Payload::Bytes { .. } => Content::Bytes,
        Payload::Json { schema, .. } => Content::Json(api.resolve(*schema)),
    };
    operation.errors.iter().map(|outcome| (outcome.status, content(outcome))).collect()
}
