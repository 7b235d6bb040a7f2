//! `if`, `then`, `else` and `dependentSchemas`: what holds under a condition.
//!
//! A type of Rust has no conditions. The properties that a condition brings along are declared
//! without it, as ones that may be missing; one that several conditions describe is what any of them
//! says, since each value follows some of them only.
//!
//! ```yaml
//! then: {properties: {size: {type: integer}}}
//! else: {properties: {size: {type: string}}}
//! ```
//! becomes `properties: {size: {anyOf: [{type: integer}, {type: string}]}}`. So it does where each
//! condition is in a member of an `allOf` of its own: not all of these hold for one value. The
//! alternatives and members that a branch consists of are parts of it, and a condition within them has
//! brought its own to them before: what is deepest moves first, a step for each condition.

use std::collections::{HashMap, HashSet};
use std::mem;

use serde_json::{Map, Value, json};

use super::branches::PARTS;
use super::collections::{Kind, any_of, is_nothing};
use super::moves::Within;

/// Declares the properties that only hold under a condition.
pub(super) fn rewrite(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let found = brought(map);
    if !found.is_empty() {
        let declared = found.into_iter().map(|(name, kinds)| {
            let schema = any_of(&["properties", &name], possible(kinds), moves);
            (name, schema)
        });
        let declared: Vec<(String, Value)> = declared.collect();
        let known = map.entry("properties").or_insert_with(|| json!({}));
        if let Value::Object(known) = known {
            known.extend(declared);
        }
    }
    of_members(map, moves);
}

/// The properties that the conditions of a schema bring along and it does not have itself, in the order of
/// the document, each with what any of them says. They move out of the branches.
fn brought(map: &mut Map<String, Value>) -> Vec<(String, Vec<Kind>)> {
    let mut brought = Brought { known: names(map), found: Found::default() };
    for mut way in branches(map) {
        if let Some(branch) = at(map, &way) {
            brought.take(branch, &mut way);
        }
    }
    brought.found.all
}

/// What has been found of each property.
#[derive(Default)]
struct Found {
    all: Vec<(String, Vec<Kind>)>,
    places: HashMap<String, usize>,
}

impl Found {
    fn add(&mut self, name: &str, kind: Option<Kind>) {
        let place = *self.places.entry(name.to_owned()).or_insert(self.all.len());
        match self.all.get_mut(place) {
            Some((_, kinds)) => kinds.extend(kind),
            None => self.all.push((name.to_owned(), kind.into_iter().collect())),
        }
    }
}

struct Brought {
    /// What is declared already by a schema that holds whenever this one does.
    known: HashSet<String>,
    found: Found,
}

impl Brought {
    /// Takes the properties of a branch, and those of its parts, which hold beside it or for some of its
    /// values. Conditions within it have been brought to it by now.
    fn take(&mut self, holder: &mut Value, way: &mut Vec<String>) {
        let mut own = Vec::new();
        let properties = holder.get_mut("properties").and_then(Value::as_object_mut);
        for (name, schema) in properties.into_iter().flatten() {
            if !self.known.contains(name) {
                let from = way.iter().cloned().chain(["properties".to_owned(), name.clone()]);
                let from = from.collect();
                self.found.add(name, Some(Kind { schema: mem::replace(schema, MOVED), from }));
                own.push(name.clone());
            }
        }
        self.known.extend(own.iter().cloned());
        for key in PARTS {
            let list = holder.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in list.enumerate() {
                way.extend([key.to_owned(), index.to_string()]);
                self.take(part, way);
                way.truncate(way.len() - 2);
            }
        }
        for name in own {
            self.known.remove(&name);
        }
    }
}

/// What is left of a property that has moved out of a branch: no schema is a truth value by now.
const MOVED: Value = Value::Bool(true);

/// The ways to what holds under a condition.
fn branches(map: &Map<String, Value>) -> Vec<Vec<String>> {
    let dependent = map.get("dependentSchemas").and_then(Value::as_object);
    let dependent = dependent.into_iter().flatten();
    let dependent = dependent.map(|(key, _)| vec!["dependentSchemas".to_owned(), key.clone()]);
    let branches = ["then", "else"].into_iter().filter(|key| map.contains_key(*key));
    branches.map(|key| vec![key.to_owned()]).chain(dependent).collect()
}

/// Where a condition forbids a property, there is no value of it.
fn possible(mut kinds: Vec<Kind>) -> Vec<Kind> {
    if kinds.iter().any(|kind| !is_nothing(&kind.schema)) {
        kinds.retain(|kind| !is_nothing(&kind.schema));
    }
    kinds
}

/// The names of the properties that a rewritten schema declares by its conditions alone.
fn conditional(map: &Map<String, Value>) -> Vec<String> {
    let declared = names(map);
    let (mut found, mut met) = (Vec::new(), HashSet::new());
    for way in branches(map) {
        let mut keys = way.iter();
        let first = keys.next().and_then(|key| map.get(key));
        let branch = keys.try_fold(first, |value, key| value.map(|value| value.get(key)));
        let mut left = Vec::new();
        branch.flatten().into_iter().for_each(|branch| leave(branch, &mut left));
        let brought = left.into_iter().filter(|name| declared.contains(*name));
        found.extend(brought.filter(|name| met.insert(*name)).cloned());
    }
    found
}

/// The names of the properties that have moved out of a branch and its parts.
fn leave<'v>(holder: &'v Value, left: &mut Vec<&'v String>) {
    let properties = holder.get("properties").and_then(Value::as_object).into_iter().flatten();
    left.extend(properties.filter(|(_, schema)| **schema == MOVED).map(|(name, _)| name));
    for key in PARTS {
        let list = holder.get(key).and_then(Value::as_array).into_iter().flatten();
        list.for_each(|part| leave(part, left));
    }
}

/// Declares once what conditions in several members of `allOf` bring along: of a value for which one
/// holds another need not hold, so that it is any of what they say. What is declared without a
/// condition as well is what that declaration says.
fn of_members(map: &mut Map<String, Value>, moves: &mut Within<'_>) {
    let Some(members) = map.get("allOf").and_then(Value::as_array) else { return };
    let mut found = Found::default();
    let mut firm: HashSet<String> = names(map);
    for name in conditional(map) {
        firm.remove(&name);
        let schema = map.get("properties").and_then(|all| all.get(&name)).cloned();
        let from = vec!["properties".to_owned(), name.clone()];
        found.add(&name, schema.map(|schema| Kind { schema, from }));
    }
    for (index, member) in members.iter().enumerate() {
        let Value::Object(member) = member else { continue };
        let mut declared = names(member);
        for name in conditional(member) {
            declared.remove(&name);
            let Some(schema) = member.get("properties").and_then(|all| all.get(&name)) else {
                continue;
            };
            let way = ["allOf", &index.to_string(), "properties", &name].map(str::to_owned);
            found.add(&name, Some(Kind { schema: schema.clone(), from: way.to_vec() }));
        }
        firm.extend(declared);
    }
    for (name, kinds) in found.all {
        let places: Vec<Vec<String>> = kinds.iter().map(|kind| kind.from.clone()).collect();
        let kept = usize::from(!firm.contains(&name));
        if places.len() <= kept {
            continue;
        }
        if let (1, Some(place)) = (kept, places.first()) {
            let way: Vec<&str> = place.iter().map(String::as_str).collect();
            let schema = any_of(&way, possible(kinds), moves);
            if let Some(slot) = at(map, place) {
                *slot = schema;
            }
        }
        for place in places.iter().skip(kept) {
            let Some((name, holder)) = place.split_last() else { continue };
            if let Some(Value::Object(properties)) = at(map, holder) {
                properties.shift_remove(name);
            }
        }
    }
}

/// The names of the properties that a schema declares.
fn names(map: &Map<String, Value>) -> HashSet<String> {
    let known = map.get("properties").and_then(Value::as_object);
    known.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// What these keys lead to.
fn at<'v>(map: &'v mut Map<String, Value>, keys: &[String]) -> Option<&'v mut Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(map.get_mut(first)?, |value, key| match value {
        Value::Array(list) => list.get_mut(key.parse::<usize>().ok()?),
        value => value.get_mut(key),
    })
}
