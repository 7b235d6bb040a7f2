//! Which headers answers have, each once.
//!
//! An API of hundreds of operations documents the same few headers at each of them.

use crate::ir::{Api, Header, Kind, SchemaId, StringFormat};

/// The distinct headers of all answers, in document order.
pub(super) fn of(api: &Api) -> Vec<Header> {
    let mut distinct: Vec<Header> = Vec::new();
    for operation in &api.operations {
        let outcomes = operation.successes.iter().chain(&operation.errors);
        for header in outcomes.flat_map(|outcome| &outcome.headers) {
            if position(api, &distinct, header).is_none() {
                distinct.push(header.clone());
            }
        }
    }
    distinct
}

/// Which of the distinct headers this one is.
pub(super) fn position(api: &Api, distinct: &[Header], header: &Header) -> Option<usize> {
    distinct.iter().position(|known| {
        known.wire.eq_ignore_ascii_case(&header.wire)
            && is_same(kind(api, known.schema), kind(api, header.schema), api)
    })
}

/// What a header holds; a text where the document does not say.
fn kind(api: &Api, schema: Option<SchemaId>) -> &Kind {
    const TEXT: &Kind = &Kind::String(StringFormat::Plain);
    schema.map_or(TEXT, |schema| &api.resolved(schema).kind)
}

/// Whether two headers are read alike. Enums are told apart by their place.
fn is_same(one: &Kind, other: &Kind, api: &Api) -> bool {
    match (one, other) {
        (Kind::Boolean, Kind::Boolean) => true,
        (Kind::Integer(one), Kind::Integer(other)) => one == other,
        (Kind::Number(one), Kind::Number(other)) => one == other,
        (Kind::String(one), Kind::String(other)) => one == other,
        (Kind::Array(one), Kind::Array(other)) => {
            is_same(&api.resolved(*one).kind, &api.resolved(*other).kind, api)
        }
        (Kind::Foreign(one), Kind::Foreign(other)) => one.by == other.by,
        (one, other) => std::ptr::eq(one, other),
    }
}
