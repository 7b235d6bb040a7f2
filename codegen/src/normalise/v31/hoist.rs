//! Schemas that are referred to where they stand, in `$defs` or in the middle of another schema,
//! become components, which is all that a reference leads to behind this.
//!
//! ```yaml
//! Order: {properties: {item: {$ref: '#/components/schemas/Order/$defs/Item'}}, $defs: {Item: {…}}}
//! ```
//! gives a component `Item`, and a reference to it at both places.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::moves::{Moves, path};
use super::walk;
use crate::pointer::Pointer;
use crate::shape::{Object, Shape, fields, is_no_schema, shape_at};

/// Where a schema keeps others for reference: the keyword, and what it was called before 2019 (JSON
/// Schema Core, section 8.2.4 and the meta-schema).
const DEFS: [&str; 2] = ["$defs", "definitions"];

/// References may lead so often to others on the way to a place.
const DEEPEST: usize = 16;

/// Makes components of what is referred to elsewhere.
pub(super) fn hoist(root: &mut Value, moves: &mut Moves) {
    let mut targets = BTreeSet::new();
    collect(root, Object::Document, &mut targets);
    let mut names = BTreeMap::new();
    while !targets.is_empty() {
        let moved = move_all(root, std::mem::take(&mut targets), moves, &mut names);
        // What stood where no schema is expected, under a key of someone's own, was not looked through
        // before.
        for name in moved {
            let schema = root.pointer(path(&["components", "schemas", &name]).as_str());
            schema.into_iter().for_each(|schema| collect(schema, Object::Schema, &mut targets));
        }
        targets.retain(|target| !names.contains_key(target));
    }
    if names.is_empty() {
        return;
    }
    walk::each_mut(root, Object::Document, &mut |value, object| {
        let Value::Object(map) = value else { return };
        match object {
            Object::Schema => {
                map.get_mut("$ref").into_iter().for_each(|text| redirect(text, &names))
            }
            Object::Discriminator => {
                let mapping = map.get_mut("mapping").and_then(Value::as_object_mut);
                mapping.into_iter().flatten().for_each(|(_, text)| redirect(text, &names));
            }
            _ => {}
        }
    });
}

/// The places without a name among the components that something refers to.
fn collect(value: &Value, object: Object, targets: &mut BTreeSet<Pointer>) {
    walk::each(value, object, &Pointer::root(), &mut |value, object, _| {
        targets.extend(references(value, object).filter_map(elsewhere));
    });
}

/// Moves the schemas at these places to the components. Gives the names they have there.
fn move_all(
    root: &mut Value,
    targets: BTreeSet<Pointer>,
    moves: &mut Moves,
    names: &mut BTreeMap<Pointer, String>,
) -> Vec<String> {
    let mut now: Vec<(Pointer, Pointer)> = targets
        .into_iter()
        .map(|target| (through(root, stands_at(&target, names)), target))
        .filter(|(place, _)| is_schema(place, root))
        .collect();
    // What stands within another target leaves it first, and leaves a reference there.
    now.sort_by_key(|(place, _)| std::cmp::Reverse(place.tokens().count()));
    let mut moved = Vec::new();
    for (place, target) in now {
        if let Some(name) = component(&place) {
            names.insert(target, name);
        } else if let Some(name) = move_out(root, &place) {
            let to = path(&["components", "schemas", &name]);
            moves.note(Pointer::root(), &to, target.clone());
            names.insert(target, name.clone());
            moved.push(name);
        }
    }
    moved
}

/// Where a place is, now that something that it is part of may have moved.
fn stands_at(target: &Pointer, names: &BTreeMap<Pointer, String>) -> Pointer {
    let mut holder = target.parent();
    while let Some(place) = holder {
        if let Some(name) = names.get(&place) {
            let within = target.tokens().skip(place.tokens().count());
            return within
                .fold(path(&["components", "schemas", name]), |at, token| at.push(&token));
        }
        holder = place.parent();
    }
    target.clone()
}

/// A place whose holder was moved and left a reference: what stands behind that.
fn through(root: &Value, place: Pointer) -> Pointer {
    let mut place = place;
    for _ in 0..DEEPEST {
        if place.lookup(root).is_some() {
            break;
        }
        let tokens: Vec<String> = place.tokens().collect();
        let mut at = Pointer::root();
        let mut next = None;
        for (index, token) in tokens.iter().enumerate() {
            at = at.push(token);
            let Some(value) = at.lookup(root) else { break };
            let target = value.get("$ref").and_then(Value::as_str).filter(|_| value.is_object());
            if let Some(target) = target.and_then(Pointer::from_reference) {
                let rest = tokens.iter().skip(index + 1);
                next = Some(rest.fold(target, |at, token| at.push(token)));
            }
        }
        let Some(next) = next else { break };
        place = next;
    }
    place
}

fn references(value: &Value, object: Object) -> impl Iterator<Item = &str> {
    let reference = value.get("$ref").filter(|_| object == Object::Schema);
    let mapping = value.get("mapping").filter(|_| object == Object::Discriminator);
    let mapped = mapping.and_then(Value::as_object).into_iter().flatten().map(|(_, text)| text);
    reference.into_iter().chain(mapped).filter_map(Value::as_str)
}

/// The target of a reference that does not lead to a component.
fn elsewhere(reference: &str) -> Option<Pointer> {
    let pointer = Pointer::from_reference(reference).filter(|target| *target != Pointer::root())?;
    component(&pointer).is_none().then_some(pointer)
}

/// The name of a component, if this is where one is.
fn component(place: &Pointer) -> Option<String> {
    let is_component = place.parent().is_some_and(|p| p.as_str() == "/components/schemas");
    place.tokens().last().filter(|_| is_component)
}

/// Whether a schema is at a place: one may be, and what is there can be one. A response that a schema
/// refers to stays where it is.
fn is_schema(place: &Pointer, root: &Value) -> bool {
    let may_be = match shape_at(place) {
        Some(Shape::One(object)) => object == Object::Schema,
        Some(shape) => shape == Shape::FlagOrSchema,
        None => true,
    };
    may_be
        && !is_no_schema(place)
        && place.lookup(root).is_some_and(|value| value.is_object() || value.is_boolean())
}

/// Moves a schema to the components, with a reference in its place.
fn move_out(root: &mut Value, target: &Pointer) -> Option<String> {
    let name = free_name(root, target);
    let reference = json!({"$ref": reference_to(&name)});
    let place = root.pointer_mut(target.as_str())?;
    let schema = std::mem::replace(place, reference);
    let components = root.as_object_mut()?.entry("components").or_insert_with(empty);
    let schemas = components.as_object_mut()?.entry("schemas").or_insert_with(empty);
    schemas.as_object_mut()?.insert(name.clone(), schema);
    Some(name)
}

fn empty() -> Value {
    Value::Object(Map::new())
}

/// The key it has among its holder's definitions; where that is taken, or it has none, the keys that lead to it.
fn free_name(root: &Value, target: &Pointer) -> String {
    let tokens: Vec<String> = target.tokens().collect();
    let is_free = |name: &String| {
        !name.is_empty()
            && root.pointer("/components/schemas").is_none_or(|all| all.get(name).is_none())
    };
    let own = match tokens.as_slice() {
        [.., defs, key] if DEFS.contains(&defs.as_str()) => Some(key.clone()),
        _ => None,
    };
    let long = way_to(target);
    let numbered = (2..).map(|number| format!("{long} {number}"));
    own.into_iter().chain([long.clone()]).chain(numbered).find(is_free).unwrap_or(long)
}

/// The keys that lead to a place, as a name of what is there.
pub(in crate::normalise) fn way_to(place: &Pointer) -> String {
    let way: Vec<String> = place.tokens().filter(|token| says(token)).collect();
    way.join(" ")
}

/// Whether a token of a pointer is a name rather than a key of the grammar.
fn says(token: &str) -> bool {
    let grammar = [Object::Document, Object::Components, Object::Schema, Object::MediaType];
    !DEFS.contains(&token)
        && token != "prefixItems"
        && !grammar.iter().any(|object| fields(*object).iter().any(|field| field.key == token))
}

fn redirect(reference: &mut Value, names: &BTreeMap<Pointer, String>) {
    let target = reference.as_str().and_then(Pointer::from_reference);
    if let Some(name) = target.and_then(|target| names.get(&target)) {
        *reference = Value::String(reference_to(name));
    }
}

/// A percent sign would be read as an escape.
fn reference_to(name: &str) -> String {
    let pointer = Pointer::root().push("components").push("schemas").push(name);
    format!("#{}", pointer.as_str().replace('%', "%25"))
}
