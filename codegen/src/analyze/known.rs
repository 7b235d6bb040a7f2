//! Alternatives whose tag is known: the text that the property of a discriminator always has.

use std::collections::BTreeMap;

use crate::ir::{Apart, Api, Kind, SchemaId};

/// Property and text of each alternative; nothing where unions differ, or it has several.
pub(super) type Tags = BTreeMap<SchemaId, Option<(String, String)>>;

pub(super) fn of(api: &Api) -> Tags {
    let mut tags = Tags::new();
    for schema in &api.schemas {
        let Kind::Union(union) = &schema.kind else { continue };
        let Apart::Tag(property) = &union.apart else { continue };
        for variant in &union.variants {
            let known = match variant.tags.as_slice() {
                [only] => Some((property.clone(), only.clone())),
                _ => None,
            };
            let of_schema = tags.entry(api.resolve(variant.schema)).or_insert(known.clone());
            if *of_schema != known {
                *of_schema = None;
            }
        }
    }
    tags
}
