//! Which component schemas are alternatives of which other one.
//!
//! A base with a discriminator mapping and its alternatives often repeat the same properties word
//! for word. Knowing the family lets an alternative share the types of its base instead of
//! growing a second `Status` beside the first.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema, SchemaKind};

use super::keywords::Keywords;

/// Alternatives and bases, by component name.
#[derive(Default)]
pub(super) struct Families {
    /// Alternative → the base that lists it.
    base_of: BTreeMap<String, String>,
    /// Schema → those that merge it by `allOf`, in document order.
    children: BTreeMap<String, Vec<String>>,
}

impl Families {
    pub(super) fn of(document: &OpenAPI) -> Self {
        let mut families = Self::default();
        for (name, schema) in document.components.iter().flat_map(|all| &all.schemas) {
            if let ReferenceOr::Item(schema) = schema {
                families.add(name, &Keywords::of(schema));
            }
        }
        families
    }

    fn add(&mut self, name: &str, keywords: &Keywords<'_>) {
        for alternative in alternatives(keywords) {
            if alternative != name && !keywords.properties.is_empty() {
                self.base_of.entry(alternative).or_insert_with(|| name.to_owned());
            }
        }
        for parent in keywords.all_of.iter().filter_map(referred) {
            self.children.entry(parent).or_default().push(name.to_owned());
        }
    }

    pub(super) fn base_of(&self, component: &str) -> Option<&str> {
        self.base_of.get(component).map(String::as_str)
    }

    /// The schemas that merge this one, and those that merge them.
    pub(super) fn descendants(&self, component: &str) -> Vec<String> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::from([component]));
        let mut open = vec![component];
        while let Some(name) = open.pop() {
            for child in self.children.get(name).into_iter().flatten() {
                if seen.insert(child.as_str()) {
                    found.push(child.clone());
                    open.push(child);
                }
            }
        }
        found
    }
}

/// The components that a schema lists as its alternatives.
pub(super) fn alternatives(keywords: &Keywords<'_>) -> Vec<String> {
    let mapped = keywords.discriminator.iter().flat_map(|known| mapping(known));
    let listed = keywords.one_of.iter().chain(keywords.any_of).filter_map(referred);
    listed.chain(mapped.map(|(_, name)| name)).collect()
}

/// The component that a reference names, with or without words of its own around it.
pub(super) fn referred(schema: &ReferenceOr<Schema>) -> Option<String> {
    match schema {
        ReferenceOr::Reference { reference } => super::component_name(reference, "schemas"),
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [ReferenceOr::Reference { reference }] => {
                    super::component_name(reference, "schemas")
                }
                _ => None,
            },
            _ => None,
        },
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
