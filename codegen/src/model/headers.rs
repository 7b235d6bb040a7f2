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
        let mut words = header.schema.map(|id| context.api.docs(id).into_owned());
        let mut words = words.take().unwrap_or_default();
        words.description = header.docs.description.clone().or(words.description);
        words.deprecated |= header.docs.deprecated;
        let typed = |schema| context.value_type(schema, Side::Plain);
        Header {
            docs: docs::of_schema(&words, &format!("The header {}.", markdown::code(&header.wire))),
            name: context.names.header(index).to_owned(),
            wire: header.wire.clone(),
            ty: header.schema.map_or_else(Type::string, typed),
            features: header.schema.map(|id| context.features_of(id)).unwrap_or_default(),
        }
    })
    .collect()
}
