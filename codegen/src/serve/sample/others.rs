//! Other values for a schema, where the plainest is not what it says: `not`, `uniqueItems`, an alternative
//! too many, a pattern that looks around, rules that two parts of an `allOf` have.

use serde_json::{Map, Value, json};

use super::{Sampler, flatten, number, text};
use crate::serve::Direction;
use crate::serve::schema::is_hidden;

/// So many are tried for one schema.
const MOST: usize = 300;
/// So many of a property for an object.
const OF_PROPERTY: usize = 24;

impl Sampler<'_> {
    /// The value if it is what the schema says, or else the first other that is; if none is, the value.
    pub(super) fn settled(&mut self, schema: &Value, value: Value) -> Value {
        let fits = self.fitting(schema);
        if fits(&value) {
            return value;
        }
        let others = self.others(schema, &value, OF_PROPERTY, true);
        others.into_iter().find(|other| fits(other)).unwrap_or(value)
    }

    /// As many items as there have to be, no two of them the same; the items as they are where there are not so
    /// many.
    pub(super) fn distinct(
        &mut self,
        items: &Value,
        values: Vec<Value>,
        least: usize,
    ) -> Vec<Value> {
        let mut kept: Vec<Value> = Vec::new();
        for value in &values {
            if !kept.contains(value) {
                kept.push(value.clone());
            }
        }
        let Some(first) = kept.first().cloned().filter(|_| kept.len() < least) else { return kept };
        let fits = self.fitting(items);
        for other in self.others(items, &first, least, true) {
            if kept.len() >= least {
                break;
            }
            if !kept.contains(&other) && fits(&other) {
                kept.push(other);
            }
        }
        if kept.len() < least { values } else { kept }
    }

    /// Values like this one, the likeliest first, with up to `count` of a kind. Which of them are what the schema
    /// says is for the caller to find out.
    fn others(&mut self, schema: &Value, value: &Value, count: usize, deep: bool) -> Vec<Value> {
        let flat = flatten(self.root, schema);
        let listed = flat.get("enum").and_then(Value::as_array).into_iter().flatten();
        let mut found: Vec<Value> = listed.cloned().collect();
        match value {
            Value::Null => {}
            Value::Bool(value) => found.push(json!(!value)),
            Value::Number(number) => found.extend(number::others(&flat, number, count)),
            Value::String(text) => found.extend(text::others(&flat, text, count)),
            Value::Array(items) => found.extend(self.other_lists(&flat, items, deep)),
            Value::Object(map) => found.extend(self.other_objects(&flat, map, count, deep)),
        }
        for key in ["oneOf", "anyOf"] {
            let parts = flat.get(key).and_then(Value::as_array).into_iter().flatten();
            for part in parts.filter(|_| deep) {
                let Some(value) = self.value(part) else { continue };
                found.extend(self.others(part, &value, count.min(OF_PROPERTY), false));
                found.push(value);
            }
        }
        if !flat.contains_key("type") {
            let plain = json!(["text", 1, 1.5, true, false, [], {}]);
            found.extend(plain.as_array().into_iter().flatten().cloned());
        }
        found.push(Value::Null);
        found.truncate(MOST);
        found
    }

    /// Shorter and longer lists, and such with another first item.
    fn other_lists(
        &mut self,
        flat: &Map<String, Value>,
        items: &[Value],
        deep: bool,
    ) -> Vec<Value> {
        let mut found = vec![json!([])];
        let nothing = json!({});
        let schema = flat.get("items").unwrap_or(&nothing);
        let Some(first) = items.first().filter(|_| deep) else { return found };
        let others = self.others(schema, first, OF_PROPERTY, false);
        for other in &others {
            found.push(Value::Array([std::slice::from_ref(other), items].concat()));
            found.push(Value::Array([std::slice::from_ref(other), &items[1..]].concat()));
        }
        found
    }

    /// Objects without what no value could be made for, without a property, with another value of one, and with what an alternative would not have.
    fn other_objects(
        &mut self,
        flat: &Map<String, Value>,
        map: &Map<String, Value>,
        count: usize,
        deep: bool,
    ) -> Vec<Value> {
        let mut found = Vec::new();
        let with = |name: &str, value: Value| {
            let mut other = map.clone();
            other.insert(name.to_owned(), value);
            Value::Object(other)
        };
        let required = flat.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
        let properties = flat.get("properties").and_then(Value::as_object);
        let has_no_value = |name: &str| {
            let schema = properties.and_then(|all| all.get(name)).filter(|_| !is_required(name));
            schema.zip(map.get(name)).is_some_and(|(schema, value)| !self.fitting(schema)(value))
        };
        let without: Vec<&String> = map.keys().filter(|name| deep && has_no_value(name)).collect();
        if without.len() > 1 {
            let rest = map.iter().filter(|(known, _)| !without.contains(known));
            found.push(rest.map(|(name, value)| (name.clone(), value.clone())).collect());
        }
        for name in map.keys().filter(|name| !is_required(name)) {
            let rest = map.iter().filter(|(known, _)| *known != name);
            found.push(rest.map(|(name, value)| (name.clone(), value.clone())).collect());
        }
        let due = map.iter().filter(|(name, _)| is_required(name));
        found.push(due.map(|(name, value)| (name.clone(), value.clone())).collect());
        for (name, schema) in properties.into_iter().flatten().filter(|_| deep) {
            if is_hidden(self.root, schema, Direction::Answer) {
                continue;
            }
            let Some(value) = map.get(name).cloned().or_else(|| self.value(schema)) else {
                continue;
            };
            let others = self.others(schema, &value, count.max(OF_PROPERTY), false);
            if !map.contains_key(name) {
                found.push(with(name, value));
            }
            found.extend(others.into_iter().map(|other| with(name, other)));
        }
        found
    }
}
