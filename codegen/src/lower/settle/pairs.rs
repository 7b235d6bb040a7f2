//! Two choices of objects in one schema: a value is one of either, and so one of their pairs.
//!
//! ```yaml
//! allOf:
//!   - oneOf: [{$ref: '#/components/schemas/ByCard'}, {$ref: '#/components/schemas/ByBank'}]
//!   - oneOf: [{$ref: '#/components/schemas/Once'}, {$ref: '#/components/schemas/Monthly'}]
//! ```
//! has four alternatives, each an object that has the properties of both.

use std::collections::BTreeSet;

use super::super::Lowerer;
use super::super::allowance::TooMuch;
use super::super::compose::{Choice, Word};
use super::super::keywords::{Keywords, TypeName};
use super::super::schema::Site;
use super::super::union::Alternative;
use super::super::words::quoted;
use crate::ir::Docs;

/// As many pairs as a reader of an enum has patience for.
const MOST: usize = 16;

impl<'d> Lowerer<'d> {
    /// Whether two choices are one of their pairs: exactly one of each holds, nothing but what they have tells
    /// which, and all are objects that have properties.
    pub(in crate::lower) fn makes_pairs(&self, one: &Choice<'d>, other: &Choice<'d>) -> bool {
        let is_object = |schema| {
            self.raw(schema).is_some_and(|schema| {
                let keywords = Keywords::of(schema);
                keywords.effective_type() == Some(TypeName::Object)
                    && !keywords.is_composed()
                    && !keywords.properties.is_empty()
                    && !schema.schema_data.nullable
            })
        };
        let is_plain = |choice: &Choice<'d>| {
            choice.word == Word::OneOf
                && choice.discriminator.is_none()
                && choice.list.iter().all(is_object)
        };
        one.list.len().saturating_mul(other.list.len()) <= MOST && is_plain(one) && is_plain(other)
    }

    /// Each of these with each of the others.
    pub(super) fn pairs(
        &mut self,
        alternatives: Vec<Alternative>,
        others: &[Alternative],
        site: &Site,
    ) -> Result<Vec<Alternative>, TooMuch> {
        let mut pairs = Vec::with_capacity(alternatives.len() * others.len());
        for one in &alternatives {
            let Some(object) = self.object_of(one.schema).cloned() else { continue };
            for other in others {
                let name = format!("{} {}", one.name, other.name);
                let pair = vec![Alternative { name, is_named: false, ..other.clone() }];
                for made in self.with_own(pair, &object, site)? {
                    if made.is_made {
                        let docs = [self.docs_of(one.schema), self.docs_of(other.schema)];
                        let mut docs = Docs::of_all(docs);
                        if !docs.has_words() {
                            let names = [one, other].map(|half| half.name.as_str());
                            docs.description =
                                quoted(names.into_iter()).map(|names| format!("{names} at once."));
                        }
                        self.schemas[made.schema.0].docs = docs;
                    }
                    pairs.push(made);
                }
            }
        }
        // An alternative that declares all of several others is each of its pairs.
        let mut seen = BTreeSet::new();
        pairs.retain(|one| seen.insert(self.target(one.schema)));
        Ok(pairs)
    }
}
