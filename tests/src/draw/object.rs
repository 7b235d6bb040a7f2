//! Objects: which properties an instance has.

use serde_json::{Map, Value, json};

use super::instance::{Appetite, Draw, Way};
use super::merge::{Merged, list};
use super::raw::Raw;

impl Draw<'_> {
    pub(super) fn object(&mut self, schema: &Merged) -> Option<Value> {
        let required: Vec<&str> =
            list(&schema.keywords, "required").iter().filter_map(Value::as_str).collect();
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let mut object = Map::new();
        for (name, schema) in properties {
            if !self.travels(schema) {
                continue;
            }
            let needed = required.contains(&name.as_str());
            if !needed && !self.wants_more() {
                continue;
            }
            match self.value(schema) {
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                None if needed => return None,
                None => {}
            }
        }
        let least = schema.size("minProperties").unwrap_or_default();
        self.additional(schema, &required, properties, &mut object);
        self.fill(properties, least, &mut object);
        Some(Value::Object(object))
    }

    /// Whether a property is there at all on this way (OpenAPI 3.0.3, `readOnly`, `writeOnly`).
    fn travels(&self, schema: &Value) -> bool {
        match self.way {
            Way::Sent => !says(self.raw, schema, "readOnly"),
            Way::Received => !says(self.raw, schema, "writeOnly"),
            Way::Both => true,
        }
    }

    fn wants_more(&mut self) -> bool {
        match self.appetite {
            _ if self.is_deep() => false,
            Appetite::Nothing => false,
            Appetite::Everything => true,
            Appetite::Chance => self.rng.bool(),
        }
    }

    /// Properties that are not declared, where the document speaks of them. A name that `required`
    /// lists and nobody declares is among them, or nowhere.
    fn additional(
        &mut self,
        schema: &Merged,
        required: &[&str],
        declared: &Map<String, Value>,
        object: &mut Map<String, Value>,
    ) {
        let anything = json!({});
        let values = match schema.get("additionalProperties") {
            None if declared.is_empty() && required.is_empty() => &anything,
            None | Some(Value::Bool(false)) => return,
            Some(Value::Bool(true)) => &anything,
            Some(values) => values,
        };
        let undeclared = required.iter().filter(|name| !declared.contains_key(**name));
        let mut names: Vec<String> = undeclared.map(ToString::to_string).collect();
        let least = schema.size("minProperties").unwrap_or_default();
        let missing = least.saturating_sub(object.len() + names.len());
        let extra = if self.wants_more() { 1 + self.rng.usize(..2) } else { 0 };
        names.extend((0..missing.max(extra)).map(|number| format!("extra key {number}")));
        for name in names {
            if !declared.contains_key(&name)
                && let Some(value) = self.value(values)
            {
                object.insert(name, value);
            }
        }
    }

    /// Declared properties up to the number that is asked for.
    fn fill(
        &mut self,
        declared: &Map<String, Value>,
        least: usize,
        object: &mut Map<String, Value>,
    ) {
        for (name, schema) in declared {
            if object.len() >= least {
                return;
            }
            if !object.contains_key(name)
                && self.travels(schema)
                && let Some(value) = self.value(schema)
            {
                object.insert(name.clone(), value);
            }
        }
    }
}

/// Whether a schema, or one it is made of, has a flag; merging all of it for that would be a waste.
fn says(raw: &Raw, schema: &Value, flag: &str) -> bool {
    let is_set = |schema: &Value| schema.get(flag) == Some(&Value::Bool(true));
    let (beside, schema) = (is_set(schema), raw.resolve(schema));
    let mut members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    beside || is_set(schema) || members.any(|member| is_set(raw.resolve(member)))
}
