//! `allOf`: several descriptions of one value, merged into one.

use openapiv3::{ReferenceOr, Schema};

use super::keywords::{Keywords, TypeName};
use super::schema::Site;
use super::{Lowerer, component_name};
use crate::ir::{Kind, Object, Property};

/// One member of an `allOf`, with the place its properties are written at.
struct Member<'d> {
    schema: &'d Schema,
    keywords: Keywords<'d>,
    site: Site,
}

impl<'d> Lowerer<'d> {
    /// The kind of a schema with `allOf`.
    ///
    /// One member that says something is that member under another name; several objects are one
    /// object with all their properties. Anything else is more than we can merge.
    pub(super) fn all_of(
        &mut self,
        schema: &'d Schema,
        keywords: &Keywords<'d>,
        site: &Site,
    ) -> Kind {
        let mut speaking = Vec::new();
        for (index, member) in keywords.all_of.iter().enumerate() {
            let silent = match member {
                ReferenceOr::Item(schema) => Keywords::of(schema).says_nothing(),
                ReferenceOr::Reference { .. } => false,
            };
            if !silent {
                speaking.push((index, member));
            }
        }
        let alone = keywords.properties.is_empty() && keywords.required.is_empty();
        if let ([(index, only)], true) = (speaking.as_slice(), alone) {
            let below = site.below(&["allOf", &index.to_string()], "value");
            return Kind::Alias(self.schema((*only).into(), &below));
        }
        let mut members = Vec::new();
        if !self.gather(schema, site, &mut members, &mut Vec::new()) {
            return self.untyped("`allOf` of something that is not an object", site);
        }
        Kind::Object(self.merge(&members, site))
    }

    /// Collects the members of `schema` and of everything below its `allOf`; false if one of them
    /// is no object.
    fn gather(
        &mut self,
        schema: &'d Schema,
        site: &Site,
        members: &mut Vec<Member<'d>>,
        seen: &mut Vec<String>,
    ) -> bool {
        let keywords = Keywords::of(schema);
        if !keywords.one_of.is_empty() || !keywords.any_of.is_empty() || keywords.negated {
            return false;
        }
        if !matches!(keywords.effective_type(), None | Some(TypeName::Object)) {
            return false;
        }
        for (index, member) in keywords.all_of.iter().enumerate() {
            let (member, below) = match member {
                ReferenceOr::Item(schema) => {
                    let index = index.to_string();
                    let at = site.at.push("allOf").push(&index);
                    (schema, Site { at, path: site.path.clone() })
                }
                ReferenceOr::Reference { reference } => {
                    let Some(name) = component_name(reference, "schemas") else { return false };
                    if seen.contains(&name) {
                        continue;
                    }
                    seen.push(name.clone());
                    let all = self.document.components.as_ref();
                    let found = all.and_then(|all| all.schemas.get(&name));
                    let Some(ReferenceOr::Item(schema)) = found else { return false };
                    (schema, Site::component(&name))
                }
            };
            if !self.gather(member, &below, members, seen) {
                return false;
            }
        }
        members.push(Member { schema, keywords, site: site.clone() });
        true
    }

    /// Later members refine earlier ones: a property declared twice keeps its first place and its
    /// last schema. A name required anywhere is required.
    fn merge(&mut self, members: &[Member<'d>], site: &Site) -> Object {
        let mut merged = Object::default();
        for member in members {
            let object = self.object_part(member);
            for property in object.properties {
                let same = |known: &&mut Property| known.wire == property.wire;
                match merged.properties.iter_mut().find(same) {
                    Some(known) => {
                        let required = known.required || property.required;
                        *known = Property { required, ..property };
                    }
                    None => merged.properties.push(property),
                }
            }
            merged.additional = object.additional.or(merged.additional);
        }
        for name in members.iter().flat_map(|member| member.keywords.required) {
            match merged.properties.iter_mut().find(|property| property.wire == *name) {
                Some(property) => property.required = true,
                None if merged.additional.is_some() => {}
                None => self.warn(
                    crate::diagnostics::Code::Ignored,
                    format!("`required` names `{name}`, which no member of `allOf` declares"),
                    &site.at,
                    "declare the property, or take its name out of `required`",
                ),
            }
        }
        merged
    }

    fn object_part(&mut self, member: &Member<'d>) -> Object {
        let keywords = Keywords { required: &[], ..Keywords::of(member.schema) };
        self.object(&keywords, &member.site)
    }
}
