//! Discriminators: objects told apart by the value of one property.
//!
//! Two spellings are understood: `oneOf` (or `anyOf`) with a discriminator, and a discriminator
//! whose mapping alone lists the alternatives, on a base that holds what they share:
//!
//! ```yaml
//! Snapshot:
//!   discriminator: {propertyName: type, mapping: {replicaSet: '#/components/schemas/ReplicaSet'}}
//!   properties: {id: {type: string}}
//! ```

use openapiv3::{Discriminator, ReferenceOr, Schema as RawSchema};

use super::Lowerer;
use super::families::mapping;
use super::keywords::{Keywords, TypeName};
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Docs, Kind, SchemaId, Union, Untyped, Variant};

impl<'d> Lowerer<'d> {
    /// The union of a schema with a discriminator; nothing if it lists no alternatives or one of
    /// them is no object, in which case the schema is read as if the discriminator were not there.
    pub(super) fn union(
        &mut self,
        discriminator: &'d Discriminator,
        keywords: &Keywords<'d>,
        site: &Site,
    ) -> Option<Union> {
        let listed = if keywords.one_of.is_empty() { keywords.any_of } else { keywords.one_of };
        let pairs = pairs(discriminator, listed)?;
        if pairs.is_empty() {
            return None;
        }
        let objects = pairs.iter().all(|(_, name)| self.is_object(name, &mut Vec::new()));
        if !objects {
            self.warn(
                Code::UnsupportedSchema,
                "an alternative of this discriminator is not an object with properties",
                &site.at.push("discriminator"),
                "only objects can carry the property that tells them apart",
            );
            return None;
        }
        let base = self.base(keywords, site);
        let mut variants = Vec::with_capacity(pairs.len());
        for (tag, name) in pairs {
            // A base may list itself among its alternatives: that one has just what all have.
            let own = Site::component(&name).at == site.at;
            variants.push(Variant { tag, schema: if own { base } else { self.component(&name) } });
        }
        Some(Union { tag: discriminator.property_name.clone(), variants, base })
    }

    /// What an answer with an unlisted tag still has.
    fn base(&mut self, keywords: &Keywords<'d>, site: &Site) -> SchemaId {
        let kind = if keywords.properties.is_empty() {
            Kind::Any(Untyped::DocumentSays)
        } else {
            Kind::Object(self.object(keywords, site))
        };
        let mut path = site.path.clone();
        path.push("base".to_owned());
        self.made_up(&Site { at: site.at.clone(), path }, Docs::default(), kind)
    }

    fn is_object(&self, name: &str, seen: &mut Vec<String>) -> bool {
        if seen.iter().any(|known| known == name) {
            return true;
        }
        seen.push(name.to_owned());
        let all = self.document.components.as_ref();
        match all.and_then(|all| all.schemas.get(name)) {
            Some(ReferenceOr::Item(schema)) => {
                let keywords = Keywords::of(schema);
                let has_own = !keywords.properties.is_empty();
                let object = keywords.effective_type() == Some(TypeName::Object) && has_own;
                let merged = !keywords.all_of.is_empty()
                    && keywords.all_of.iter().all(|member| self.member_is_object(member, seen));
                let plain = keywords.one_of.is_empty() && keywords.any_of.is_empty();
                (object || merged) && plain
            }
            _ => false,
        }
    }

    fn member_is_object(&self, member: &ReferenceOr<RawSchema>, seen: &mut Vec<String>) -> bool {
        match member {
            ReferenceOr::Item(schema) => {
                let keywords = Keywords::of(schema);
                matches!(keywords.effective_type(), None | Some(TypeName::Object))
                    && keywords.one_of.is_empty()
                    && keywords.any_of.is_empty()
            }
            ReferenceOr::Reference { reference } => super::component_name(reference, "schemas")
                .is_some_and(|name| self.is_object(&name, seen)),
        }
    }
}

/// Tag and component name of each alternative. An alternative without a mapping entry goes by its
/// schema's name (OpenAPI 3.0, Discriminator Object). None if one of them is not a reference.
fn pairs(
    discriminator: &Discriminator,
    listed: &[ReferenceOr<RawSchema>],
) -> Option<Vec<(String, String)>> {
    let mapped = mapping(discriminator);
    if listed.is_empty() {
        return Some(mapped);
    }
    let mut pairs = Vec::new();
    for alternative in listed {
        let ReferenceOr::Reference { reference } = alternative else { return None };
        let name = super::component_name(reference, "schemas")?;
        let before = pairs.len();
        pairs.extend(mapped.iter().filter(|(_, target)| *target == name).cloned());
        if pairs.len() == before {
            pairs.push((name.clone(), name));
        }
    }
    Some(pairs)
}
