//! Discriminators, whose values are names of schemas.

use serde_json::{Map, Value};

use super::super::names::natural;
use super::super::walk;
use super::super::world::Lead;
use super::Build;
use crate::shape::{Object, Shape};

impl Build<'_, '_> {
    /// The mapping of a discriminator, with references to where the schemas went.
    pub(super) fn mapping(&mut self, mapping: &Value, file: usize) -> Value {
        let Value::Object(map) = mapping else { return mapping.clone() };
        let members = map.iter().map(|(key, value)| {
            (key.clone(), self.mapped(value, file).map_or_else(|| value.clone(), Value::String))
        });
        Value::Object(members.collect())
    }

    fn mapped(&mut self, value: &Value, file: usize) -> Option<String> {
        let text = walk::mapped(value.as_str()?, self.world.library.root(file))?;
        // The root document's own names are known where the mapping is read.
        match self.world.lead(file, &text, Shape::One(Object::Schema), None) {
            Lead::Stay | Lead::Inline(_) => None,
            Lead::Kept(at) => Some(at.to_reference()),
            Lead::Moved(spot) => {
                let name = self.names.get(Object::Schema, &spot)?;
                Some(self.shared(Object::Schema, name))
            }
            Lead::Refused(refusal) => {
                let named = self.seen_from_root(file, &text);
                self.unread(&named, file, &text, refusal);
                Some(named)
            }
        }
    }

    /// An alternative that a discriminator does not mention is meant by its name (OpenAPI 3.0.3
    /// section 4.7.25), so that one with another name has to be mentioned.
    pub(super) fn alternatives(
        &self,
        schema: &Map<String, Value>,
        made: &mut Map<String, Value>,
        file: usize,
    ) {
        let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
        let renamed: Vec<(String, String)> = lists
            .flatten()
            .filter_map(|one| {
                let text = one.get("$ref")?.as_str()?;
                let lead = self.world.lead(file, text, Shape::One(Object::Schema), None);
                let Lead::Moved(spot) = lead else { return None };
                let name = self.names.get(Object::Schema, &spot)?;
                let meant = natural(self.world, &spot);
                (meant != name).then(|| (meant, self.shared(Object::Schema, name)))
            })
            .collect();
        let Some(Value::Object(discriminator)) = made.get_mut("discriminator") else { return };
        if renamed.is_empty() {
            return;
        }
        let mapping = discriminator.entry("mapping").or_insert_with(|| Map::new().into());
        let Value::Object(mapping) = mapping else { return };
        for (meant, reference) in renamed {
            if !mapping.values().any(|value| *value == reference.as_str()) {
                mapping.entry(meant).or_insert_with(|| reference.into());
            }
        }
    }
}
