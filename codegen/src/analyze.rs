//! Pure questions over the [`ir`](crate::ir), answered once: which way does a schema travel, does
//! it need two shapes, and which fields would make a type contain itself.

mod cycles;
mod direction;
mod headers;
mod known;
mod nesting;
mod signatures;
mod size;
mod tags;

use std::collections::BTreeSet;

use crate::ir::{Api, Header, Kind, SchemaId};

pub(crate) use direction::Direction;
pub(crate) use signatures::Signature;
pub(crate) use size::{lines_of_operation, lines_of_schema};
pub(crate) use tags::{Need, Tags, WEBHOOKS};

/// What is known about every schema.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    directions: Vec<Direction>,
    split: Vec<bool>,
    boxed: BTreeSet<(SchemaId, SchemaId)>,
    signatures: Vec<Signature>,
    tags: Tags,
    headers: Vec<Header>,
    recursion_limit: Option<usize>,
    known: known::Tags,
}

impl Facts {
    /// Which way values of this schema travel.
    pub(crate) fn direction(&self, id: SchemaId) -> Direction {
        self.directions[id.0]
    }

    /// Whether what is sent differs from what is received.
    pub(crate) fn is_split(&self, id: SchemaId) -> bool {
        self.split[id.0]
    }

    /// Whether a property of `owner` whose (resolved) schema is `target` needs a box, because the
    /// type would otherwise be infinitely large.
    pub(crate) fn is_boxed(&self, owner: SchemaId, target: SchemaId) -> bool {
        self.boxed.contains(&(owner, target))
    }

    /// The property that tells an alternative from its neighbours, with the one text that it has,
    /// if every union says the same.
    pub(crate) fn known_tag(&self, id: SchemaId) -> Option<(&str, &str)> {
        self.known.get(&id)?.as_ref().map(|(property, tag)| (property.as_str(), tag.as_str()))
    }

    /// The distinct sets of documented errors, in document order.
    pub(crate) fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Which tags operations belong to, and which of them need which schemas.
    pub(crate) fn tags(&self) -> &Tags {
        &self.tags
    }

    /// How far the compiler must follow types through one another, where that is further than usual.
    pub(crate) fn recursion_limit(&self) -> Option<usize> {
        self.recursion_limit
    }

    /// The distinct headers of answers, in document order.
    pub(crate) fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// Which of the distinct headers this one is.
    pub(crate) fn header(&self, api: &Api, header: &Header) -> Option<usize> {
        headers::position(api, &self.headers, header)
    }
}

/// Answers all questions.
pub(crate) fn analyze(api: &Api) -> Facts {
    let directions = direction::directions(api);
    let split = direction::splits(api, &directions);
    Facts {
        directions,
        split,
        boxed: cycles::boxed(api),
        signatures: signatures::of(api),
        tags: tags::of(api),
        headers: headers::of(api),
        recursion_limit: nesting::recursion_limit(api),
        known: known::of(api),
    }
}

/// The schemas a schema mentions, with the property that does where there is one.
fn children(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match &api.schema(id).kind {
        Kind::Any(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Foreign(_) => Vec::new(),
        Kind::Alias(inner) | Kind::Array(inner) | Kind::Map(inner) => vec![*inner],
        Kind::Tuple(places) => places.clone(),
        Kind::Object(object) => {
            let properties = object.properties.iter().map(|property| property.schema);
            properties.chain(object.additional).collect()
        }
        Kind::Union(union) => {
            let variants = union.variants.iter().map(|variant| variant.schema);
            variants.chain([union.base]).collect()
        }
    }
}
