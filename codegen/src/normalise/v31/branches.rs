//! What a condition brings along by reference or as a choice: its properties are declared beside that,
//! so that `conditions` finds them.
//!
//! ```yaml
//! Order: {if: {required: [card]}, then: {$ref: '#/components/schemas/Card'}}
//! Card: {properties: {digits: {type: string}}}
//! ```
//! has `then: {$ref: …, properties: {digits: {type: string}}}` behind this.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::walk;
use crate::pointer::Pointer;
use crate::shape::Object;

/// As many properties as all conditions of a document may bring along from elsewhere.
const MOST: usize = 100_000;
/// Schemas may stand so deep within one another.
const DEEPEST: usize = 32;
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

/// Declares what the branches of conditions have elsewhere than in their `properties`. Whether there was
/// any of it.
pub(super) fn spread(root: &mut Value) -> bool {
    let mut found = Vec::new();
    let mut left = MOST;
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        if object != Object::Schema {
            return;
        }
        let branches = ["then", "else"].map(|key| value.get(key).map(|one| (at.push(key), one)));
        let dependent = value.get("dependentSchemas").and_then(Value::as_object);
        let dependent = dependent.into_iter().flatten();
        let way = at.push("dependentSchemas");
        let dependent = dependent.map(|(key, one)| (way.push(key), one));
        for (at, branch) in branches.into_iter().flatten().chain(dependent) {
            let mut gathered = Gathered { root, left, all: Map::new(), met: BTreeSet::new() };
            gathered.parts(branch, None, DEEPEST);
            left = gathered.left;
            if !gathered.all.is_empty() {
                found.push((at, gathered.all));
            }
        }
    });
    let is_any = !found.is_empty();
    for (at, all) in found {
        let Some(Value::Object(branch)) = root.pointer_mut(at.as_str()) else { continue };
        let known = branch.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(known) = known else { continue };
        for (name, schema) in all {
            known.entry(name).or_insert(schema);
        }
    }
    is_any
}

/// The properties of a branch, and of what it refers to and chooses from.
struct Gathered<'v> {
    root: &'v Value,
    left: usize,
    all: Map<String, Value>,
    /// What references led to on the way.
    met: BTreeSet<Pointer>,
}

impl Gathered<'_> {
    /// Those of a schema, which stands at a place that others refer to, or in the branch itself.
    fn whole(&mut self, schema: &Value, place: Option<&Pointer>, depth: usize) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            let at = place.map(|place| place.push("properties").push(name));
            let said = match at.filter(|_| has_name(property)) {
                Some(at) => json!({"$ref": reference_to(&at)}),
                None => property.clone(),
            };
            match self.all.get_mut(name) {
                None => {
                    self.all.insert(name.clone(), said);
                }
                Some(known) if *known == said => {}
                Some(Value::Object(known)) if is_list(known) => {
                    let list = known.get_mut("anyOf").and_then(Value::as_array_mut);
                    list.into_iter().filter(|list| !list.contains(&said)).for_each(|list| {
                        list.push(said.clone());
                    });
                }
                Some(known) => *known = json!({"anyOf": [known.take(), said]}),
            }
        }
        self.parts(schema, place, depth);
    }

    /// Those of what a schema consists of besides.
    fn parts(&mut self, schema: &Value, place: Option<&Pointer>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let target = schema.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
        if let Some(target) = target.filter(|target| self.met.insert(target.clone()))
            && let Some(schema) = target.lookup(self.root)
        {
            self.whole(schema, Some(&target), depth);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let list = schema.get(key).and_then(Value::as_array).into_iter().flatten();
            for (index, part) in list.enumerate() {
                let place = place.map(|place| place.push(key).index(index));
                self.whole(part, place.as_ref(), depth);
            }
        }
        for key in ["then", "else"] {
            let place = place.map(|place| place.push(key));
            schema.get(key).into_iter().for_each(|one| self.whole(one, place.as_ref(), depth));
        }
        let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
        for (key, part) in dependent.into_iter().flatten() {
            let place = place.map(|place| place.push("dependentSchemas").push(key));
            self.whole(part, place.as_ref(), depth);
        }
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
fn reference_to(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}
