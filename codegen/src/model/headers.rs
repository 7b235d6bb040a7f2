//! Headers of answers: constants that know name and type.

use super::build::Context;
use super::place::Place;
use super::types::Type;
use super::{Header, docs, markdown};
use crate::names::Side;

/// The headers, each once.
pub(super) fn headers(context: &Context<'_>) -> Vec<Header> {
    let context = &Context { place: Place::Headers, ..*context };
    let each = context.facts.headers().iter().enumerate();
    each.map(|(index, header)| {
        let words = docs::of_both(&header.docs, header.schema, context.api);
        let typed = |schema| context.value_type(schema, Side::Plain);
        let words =
            docs::of_schema(&words, &format!("The header {}.", markdown::code(&header.wire)));
        let insides = header.schema.and_then(|id| context.insides(id));
        Header {
            docs: docs::join(std::iter::once(words).chain(insides).collect()),
            name: context.names.header(index).to_owned(),
            wire: header.wire.clone(),
            ty: header.schema.map_or_else(Type::string, typed),
            features: header.schema.map(|id| context.features_of(id)).unwrap_or_default(),
        }
    })
    .collect()
}
