//! Of several choices in one schema one is an enum. The properties of the others are optional ones beside it.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::super::compose::Choice;
use super::super::schema::Site;
use super::super::{Lowerer, component_name};
use crate::diagnostics::Code;
use crate::ir::{Object, Origin, Property, SchemaId};

impl<'d> Lowerer<'d> {
    /// Makes the properties of a choice's alternatives optional ones of `own`: one that several of them
    /// describe is any of what they say.
    pub(super) fn loosen(
        &mut self,
        id: SchemaId,
        own: &mut Object,
        choice: &Choice<'d>,
        site: &Site,
    ) {
        let mut says_more = false;
        let mut found: IndexMap<String, Vec<Property>> = IndexMap::new();
        for (index, alternative) in choice.list.iter().enumerate() {
            let Some(schema) = self.raw(alternative) else { continue };
            let below = match alternative {
                ReferenceOr::Reference { reference } => {
                    component_name(reference, "schemas").map(|name| Site::component(&name))
                }
                ReferenceOr::Item(_) => None,
            };
            let at = choice.site.at.push(choice.word.as_str()).index(index);
            let below = below.unwrap_or_else(|| Site { at, path: site.path.clone() });
            let parts = match self.members(schema, &below) {
                Ok(parts) => parts,
                Err(why) => {
                    self.warn(
                        Code::Ignored,
                        format!(
                            "of several choices in one schema one is generated: this \
                             alternative of another {}",
                            why.of_alternative()
                        ),
                        &choice.site.at.push(choice.word.as_str()).index(index),
                        "a value of its type is kept as it came; write one choice of all that is possible",
                    );
                    continue;
                }
            };
            for property in self.merge(&parts, &below).properties {
                let is_own = own.properties.iter().any(|known| known.wire == property.wire);
                let is_known = is_own || found.contains_key(&property.wire);
                says_more |= property.required || is_known;
                if !is_own {
                    found.entry(property.wire.clone()).or_default().push(property);
                }
            }
        }
        for all in found.into_values() {
            let schemas: Vec<SchemaId> = all.iter().map(|one| one.schema).collect();
            let Some(first) = all.into_iter().next() else { continue };
            let schema = self.either(id, &schemas, &first, site);
            self.name_after_alternatives(schema, &schemas);
            own.properties.push(Property { required: false, schema, ..first });
        }
        if says_more {
            self.is_no_enum(choice);
        }
    }

    /// Names the types of a property's alternatives after them, where they would be called what the
    /// property's own type is.
    fn name_after_alternatives(&mut self, either: SchemaId, schemas: &[SchemaId]) {
        if schemas.contains(&either) {
            return;
        }
        let own = self.schemas[either.0].origin.clone();
        let alternatives = self.pending.get(&either).map(|pending| pending.alternatives.clone());
        for one in alternatives.into_iter().flatten() {
            let origin = &mut self.schemas[one.schema.0].origin;
            if let Origin::Inline(path) = origin
                && own == Origin::Inline(path.clone())
            {
                path.push(one.name);
            }
        }
    }

    /// Tells of a choice that no enum stands for, beside one for which one does.
    pub(super) fn is_no_enum(&mut self, choice: &Choice<'d>) {
        let word = choice.word.as_str();
        self.warn(
            Code::Ignored,
            format!(
                "of several choices in one schema one is generated: of this `{word}` the \
                 properties of all alternatives are optional ones"
            ),
            &choice.site.at.push(word),
            "write one choice of all that is possible",
        );
    }
}
