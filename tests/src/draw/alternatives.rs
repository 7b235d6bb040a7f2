//! `oneOf` and `anyOf`: one alternative, or for `anyOf` now and then two, and the discriminator.

use serde_json::{Map, Value, json};

use super::instance::{Draw, kind};
use super::merge::{Choice, Merged};
use super::raw::{reference, schema_name};

impl Draw<'_> {
    pub(super) fn alternative(&mut self, schema: &Merged) -> Option<Value> {
        let mut own = Map::new();
        for (key, value) in &schema.keywords {
            if key != "nullable" {
                own.insert(key.clone(), value.clone());
            }
        }
        let mut members = vec![Value::Object(own)];
        let mut tags = Vec::new();
        for choice in &schema.choices {
            let picked = self.pick(&choice.alternatives);
            if is_null(picked) {
                return Some(Value::Null);
            }
            members.push(picked.clone());
            if let Some(discriminator) = &choice.discriminator {
                tags.push(self.tag(discriminator, picked));
            } else if choice.any && self.one_in(4) {
                members.extend(self.another(choice, picked));
            }
        }
        // A base that is its own alternative, by its mapping, is taken for what it is without it.
        let mut value = self.value(&json!({"allOf": members}))?;
        if let Some(object) = value.as_object_mut() {
            for (name, tag) in tags.into_iter().flatten() {
                object.insert(name, tag);
            }
        }
        Some(value)
    }

    /// One of the alternatives; deep down one that ends there, if there is any.
    fn pick<'v>(&mut self, alternatives: &'v [Value]) -> &'v Value {
        let ends = |schema: &&Value| {
            let merged = Merged::of(self.raw, schema);
            merged.choices.is_empty() && !matches!(kind(&merged), Some("object" | "array"))
        };
        let scalar = if self.is_deep() { alternatives.iter().find(ends) } else { None };
        scalar.unwrap_or_else(|| &alternatives[self.rng.usize(..alternatives.len())])
    }

    /// A second alternative that may hold at the same time: objects may, other values rarely do.
    fn another(&mut self, choice: &Choice, picked: &Value) -> Option<Value> {
        let is_object = |schema: &Value| {
            let merged = Merged::of(self.raw, schema);
            // Of a map every property has a say, the other's own among them.
            let is_map = merged.get("additionalProperties").is_some();
            merged.choices.is_empty() && kind(&merged) == Some("object") && !is_map
        };
        let objects: Vec<&Value> = choice
            .alternatives
            .iter()
            .filter(|other| *other != picked && is_object(other) && self.agree(picked, other))
            .collect();
        let found = (is_object(picked) && !objects.is_empty()).then_some(objects)?;
        Some(found[self.rng.usize(..found.len())].clone())
    }

    /// Whether some value can be both.
    fn agree(&self, left: &Value, right: &Value) -> bool {
        let both = Merged::of(self.raw, &json!({"allOf": [left, right]}));
        let properties = both.get("properties").and_then(Value::as_object);
        !both.is_contradiction
            && properties
                .into_iter()
                .flatten()
                .all(|(_, schema)| !Merged::of(self.raw, schema).is_contradiction)
    }

    /// Sets the discriminators of choices that are made already.
    pub(super) fn set_made_tags(&mut self, schema: &Merged, value: &mut Value) {
        for (choice, picked) in &schema.made {
            let discriminator = choice.discriminator.as_ref();
            if let Some((name, tag)) = discriminator.and_then(|one| self.tag(one, picked))
                && let Some(object) = value.as_object_mut()
            {
                object.insert(name, tag);
            }
        }
    }

    /// The discriminator's value for an alternative: a key that is mapped to it, else the only value
    /// its own property may have, else its name (OpenAPI 3.0.3, Discriminator Object).
    fn tag(&mut self, discriminator: &Value, picked: &Value) -> Option<(String, Value)> {
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let name = reference(picked).map(schema_name);
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let keys: Vec<&String> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, target)| target.as_str().map(schema_name) == name)
            .map(|(key, _)| key)
            .collect();
        if !keys.is_empty() {
            let key = keys[self.rng.usize(..keys.len())];
            return Some((property, json!(key)));
        }
        let merged = Merged::of(self.raw, picked);
        let own = merged.get("properties").and_then(|all| all.get(&property));
        let values = own.map(|own| Merged::of(self.raw, own));
        let values = values.as_ref().and_then(|own| own.get("enum")?.as_array());
        match (values.map(Vec::as_slice), name) {
            (Some([only]), _) => Some((property, only.clone())),
            (_, Some(name)) => Some((property, json!(name))),
            (_, None) => None,
        }
    }
}

/// `{nullable: true}` among alternatives is how OpenAPI 3.0 spells null.
fn is_null(schema: &Value) -> bool {
    let words = ["nullable", "title", "description"];
    schema.get("nullable") == Some(&Value::Bool(true))
        && schema.as_object().is_some_and(|all| all.keys().all(|key| words.contains(&key.as_str())))
}
