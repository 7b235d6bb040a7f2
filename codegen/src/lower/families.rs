//! Which component schemas are alternatives of which other one.
//!
//! A base with a discriminator mapping and its alternatives often repeat the same properties word
//! for word. Knowing the family lets an alternative share the types of its base instead of
//! growing a second `Status` beside the first.

use std::collections::BTreeMap;

use openapiv3::{Discriminator, OpenAPI, ReferenceOr};

/// Alternative → the base that maps to it, by component name.
#[derive(Default)]
pub(super) struct Families {
    base_of: BTreeMap<String, String>,
}

impl Families {
    pub(super) fn of(document: &OpenAPI) -> Self {
        let mut base_of = BTreeMap::new();
        for (base, schema) in document.components.iter().flat_map(|all| &all.schemas) {
            let ReferenceOr::Item(schema) = schema else { continue };
            let Some(discriminator) = &schema.schema_data.discriminator else { continue };
            for target in discriminator.mapping.values() {
                let name = mapped_name(target);
                if name != *base {
                    base_of.entry(name).or_insert_with(|| base.clone());
                }
            }
        }
        Self { base_of }
    }

    pub(super) fn base_of(&self, component: &str) -> Option<&str> {
        self.base_of.get(component).map(String::as_str)
    }
}

/// A mapping value is a reference or a bare schema name (OpenAPI 3.0, Discriminator Object).
pub(super) fn mapped_name(target: &str) -> String {
    super::component_name(target, "schemas").unwrap_or_else(|| target.to_owned())
}

/// The mapping as pairs of tag and component name, in document order.
pub(super) fn mapping(discriminator: &Discriminator) -> Vec<(String, String)> {
    discriminator.mapping.iter().map(|(tag, target)| (tag.clone(), mapped_name(target))).collect()
}
