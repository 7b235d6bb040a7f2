//! What a condition brings along by reference: its properties are declared beside that, so that
//! `conditions` finds them.
//!
//! ```yaml
//! Order: {if: {required: [card]}, then: {$ref: '#/components/schemas/Card'}}
//! Card: {properties: {digits: {type: string}}}
//! ```
//! has `then: {$ref: …, properties: {digits: {type: string}}}` behind this. So has a part of a branch,
//! such as one of the alternatives of its `oneOf`. What stands in the branch itself is not copied:
//! `conditions` moves it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::walk;
use crate::pointer::Pointer;
use crate::shape::Object;

/// As many schemas and properties as may be looked through for what all conditions of a document bring
/// along from elsewhere.
const MOST: usize = 100_000;
/// The mark of a schema whose conditions bring along more than that, with the keyword of the first that
/// does. It is in no document, and `left_over` reads it.
pub(super) const CUT: &str = "x-specwright-cut";
/// The keywords of what a schema consists of.
pub(super) const PARTS: [&str; 3] = ["allOf", "oneOf", "anyOf"];
/// Keywords of schemas that have a type of their own, to which one refers rather than having a second.
const NAMED: [&str; 12] = [
    "allOf",
    "anyOf",
    "dependentSchemas",
    "else",
    "enum",
    "if",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "then",
    "$defs",
];

/// Declares what the branches of conditions refer to. Whether there was any of it.
pub(super) fn spread(root: &mut Value) -> bool {
    let mut found = Vec::new();
    let mut cut = Vec::new();
    let mut left = MOST;
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        if object != Object::Schema {
            return;
        }
        let branches = ["then", "else"].map(|key| Some((key, at.push(key), value.get(key)?)));
        let dependent = value.get("dependentSchemas").and_then(Value::as_object);
        let way = at.push("dependentSchemas");
        let dependent = dependent.into_iter().flatten();
        let dependent = dependent.map(|(key, one)| ("dependentSchemas", way.push(key), one));
        for (key, place, branch) in branches.into_iter().flatten().chain(dependent) {
            let mut gathered =
                Gathered { root, left, is_cut: false, met: BTreeSet::new(), found: Vec::new() };
            gathered.holder(branch, &place);
            left = gathered.left;
            found.extend(gathered.found);
            if gathered.is_cut {
                cut.push((at.clone(), key));
            }
        }
    });
    let is_any = !found.is_empty();
    for (at, all) in found {
        let Some(Value::Object(holder)) = root.pointer_mut(at.as_str()) else { continue };
        let known = holder.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(known) = known else { continue };
        for (name, schema) in all {
            known.entry(name).or_insert(schema);
        }
    }
    for (at, key) in cut {
        if let Some(Value::Object(schema)) = root.pointer_mut(at.as_str()) {
            schema.entry(CUT).or_insert_with(|| json!(key));
        }
    }
    is_any
}

/// The properties of what a branch refers to.
struct Gathered<'v> {
    root: &'v Value,
    left: usize,
    /// Whether there is more of it than is left.
    is_cut: bool,
    /// What references led to on the way.
    met: BTreeSet<Pointer>,
    /// The places that refer to something, and what that has.
    found: Vec<(Pointer, Map<String, Value>)>,
}

impl<'v> Gathered<'v> {
    /// Finds those of a branch or a part of one. A condition within it is met on its own.
    fn holder(&mut self, schema: &'v Value, at: &Pointer) {
        if let Some(target) = self.target(schema) {
            let all = self.all(target);
            if !all.is_empty() {
                self.found.push((at.clone(), all));
            }
        }
        for key in PARTS {
            let list = schema.get(key).and_then(Value::as_array).into_iter().flatten();
            for (index, part) in list.enumerate() {
                self.holder(part, &at.push(key).index(index));
            }
        }
    }

    /// What a schema refers to, if nothing in the branch has before.
    fn target(&mut self, schema: &Value) -> Option<(&'v Value, Pointer)> {
        let target = schema.get("$ref")?.as_str().and_then(Pointer::from_reference)?;
        let schema = target.lookup(self.root)?;
        self.met.insert(target.clone()).then_some((schema, target))
    }

    /// All properties of a schema and of what it consists of. A list of what is open, as references may
    /// lead on for long.
    fn all(&mut self, target: (&'v Value, Pointer)) -> Map<String, Value> {
        let mut all = Map::new();
        let mut open = vec![target];
        while let Some((schema, place)) = open.pop() {
            if !self.spend() {
                break;
            }
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                if !self.spend() {
                    return all;
                }
                let said = match has_name(property) {
                    true => reference(&place.push("properties").push(name)),
                    false => property.clone(),
                };
                add(&mut all, name, said);
            }
            let behind = open.len();
            open.extend(self.target(schema));
            open.extend(parts(schema, &place));
            // The last is met first.
            open[behind..].reverse();
        }
        all
    }

    fn spend(&mut self) -> bool {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => self.is_cut = true,
        }
        !self.is_cut
    }
}

/// What a schema consists of besides its properties, with or without a condition, and where that is.
fn parts<'v>(schema: &'v Value, place: &Pointer) -> Vec<(&'v Value, Pointer)> {
    let mut parts = Vec::new();
    for key in PARTS {
        let list = schema.get(key).and_then(Value::as_array).into_iter().flatten();
        parts.extend(list.enumerate().map(|(index, part)| (part, place.push(key).index(index))));
    }
    for key in ["then", "else"] {
        parts.extend(schema.get(key).map(|one| (one, place.push(key))));
    }
    let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
    let way = place.push("dependentSchemas");
    parts.extend(dependent.into_iter().flatten().map(|(key, one)| (one, way.push(key))));
    parts
}

/// Adds what one more schema says of a property: a value follows any of them.
fn add(all: &mut Map<String, Value>, name: &str, said: Value) {
    match all.get_mut(name) {
        None => {
            all.insert(name.to_owned(), said);
        }
        Some(known) if *known == said => {}
        Some(Value::Object(known)) if is_list(known) => {
            let list = known.get_mut("anyOf").and_then(Value::as_array_mut);
            list.into_iter()
                .filter(|list| !list.contains(&said))
                .for_each(|list| list.push(said.clone()));
        }
        Some(known) => *known = json!({"anyOf": [known.take(), said]}),
    }
}

/// Whether a schema is a list of alternatives and no more.
fn is_list(schema: &Map<String, Value>) -> bool {
    schema.len() == 1 && schema.get("anyOf").is_some_and(Value::is_array)
}

/// Whether a schema, or one within it, has a type of its own.
fn has_name(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => {
            map.iter().any(|(key, value)| NAMED.contains(&key.as_str()) || has_name(value))
        }
        Value::Array(list) => list.iter().any(has_name),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// A percent sign would be read as an escape.
fn reference(place: &Pointer) -> Value {
    json!({"$ref": format!("#{}", place.as_str().replace('%', "%25"))})
}
