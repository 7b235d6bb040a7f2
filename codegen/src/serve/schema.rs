//! Checks of values: a schema of OpenAPI 3.0 becomes one of JSON Schema, and a crate that knows
//! nothing else checks with it.
//!
//! 3.0 took its words from the fifth draft and changed a few (section 4.7.24): `nullable`, and
//! `readOnly` and `writeOnly`, which decide in which direction a property is required. Written is the
//! seventh, to which a number without a fraction is a whole one however it is spelled: so do clients
//! read it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::choice::Choice;
use super::tree::{reference, target};
use super::{Direction, format, told};
use crate::normalise::TUPLE;
use crate::pointer::Pointer;

/// Keywords that mean the same in both.
const SAME: [&str; 13] = [
    "type",
    "enum",
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// What is wrong with a value.
pub(super) struct Fault {
    /// Where in the value.
    pub(super) at: String,
    /// What is wrong there.
    pub(super) message: String,
    /// The keyword of the document that says so.
    pub(super) rule: Option<Pointer>,
}

/// A check, and the schema that it was made of, which knows where its parts come from.
type Made = (Validator, Value);

/// A place of the document, and whether what it describes is sent to the server.
type Key = (String, bool);

/// The checks that were needed so far, and the values that were made with them. Making either costs more
/// than using it.
#[derive(Default)]
pub(super) struct Checks {
    made: Mutex<BTreeMap<Key, Option<Arc<Made>>>>,
    /// Values by their schemas, written out: only some of these have a place.
    samples: Mutex<BTreeMap<String, Value>>,
    /// Patterns that no engine here understands.
    unread: BTreeSet<String>,
    /// How many schemas were written for checks.
    written: AtomicUsize,
}

impl Checks {
    /// Looks for patterns that cannot be checked; also gives where they stand.
    pub(super) fn new(root: &Value) -> (Self, Vec<(Pointer, String)>) {
        let mut patterns = Vec::new();
        collect_patterns(root, &Pointer::root(), &mut patterns);
        let (mut read, mut unread) = (BTreeSet::new(), BTreeSet::new());
        for (_, pattern) in &patterns {
            if read.contains(pattern) || unread.contains(pattern) {
                continue;
            }
            let sound = build(&json!({"pattern": pattern}), Direction::Answer).is_some();
            (if sound { &mut read } else { &mut unread }).insert(pattern.clone());
        }
        patterns.retain(|(_, pattern)| unread.contains(pattern));
        (Self { unread, ..Self::default() }, patterns)
    }

    /// How many schemas have been written for checks, which is what they cost.
    pub(super) fn cost(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    /// What is wrong with a value that the schema at a place describes.
    pub(super) fn faults(
        &self,
        root: &Value,
        at: &Pointer,
        direction: Direction,
        value: &Value,
    ) -> Vec<Fault> {
        /// The first few say enough.
        const MOST: usize = 20;
        let Some(made) = self.validator(root, at, direction) else { return Vec::new() };
        let (validator, written) = &*made;
        let errors = validator.iter_errors(value).take(MOST + 1);
        let mut faults: Vec<Fault> =
            errors.flat_map(|error| told::faults(root, written, &error)).collect();
        if faults.len() > MOST {
            faults.truncate(MOST);
            let message = format!("more is wrong than these {MOST}");
            faults.push(Fault { at: String::new(), message, rule: None });
        }
        faults
    }

    fn validator(&self, root: &Value, at: &Pointer, direction: Direction) -> Option<Arc<Made>> {
        let key = (at.as_str().to_owned(), direction == Direction::Request);
        if let Some(known) = lock(&self.made).get(&key) {
            return known.clone();
        }
        // Nobody waits meanwhile: whoever makes the same one makes it as well.
        let made = (at.lookup(root))
            .and_then(|schema| self.make(root, schema, Some(at), direction).0)
            .map(Arc::new);
        lock(&self.made).entry(key).or_insert(made).clone()
    }

    /// The value of a schema, which `make` makes if it is not there yet.
    pub(super) fn sampled(&self, schema: &Value, make: impl FnOnce() -> Value) -> Value {
        let key = schema.to_string();
        if let Some(known) = lock(&self.samples).get(&key) {
            return known.clone();
        }
        let made = make();
        lock(&self.samples).entry(key).or_insert(made).clone()
    }

    /// Whether a value is what a schema says that is used once.
    #[cfg(test)]
    pub(super) fn fits(
        &self,
        root: &Value,
        schema: &Value,
        direction: Direction,
        value: &Value,
    ) -> bool {
        self.fitting(root, schema, direction).0(value)
    }

    /// The same for several values, and how many schemas were written for it.
    pub(super) fn fitting(
        &self,
        root: &Value,
        schema: &Value,
        direction: Direction,
    ) -> (impl Fn(&Value) -> bool + use<>, usize) {
        let (made, count) = self.make(root, schema, None, direction);
        (move |value: &Value| made.as_ref().is_none_or(|(made, _)| made.is_valid(value)), count)
    }

    /// A check, and how many schemas were written for it.
    fn make(
        &self,
        root: &Value,
        schema: &Value,
        at: Option<&Pointer>,
        direction: Direction,
    ) -> (Option<Made>, usize) {
        let mut writer = Writer {
            root,
            direction,
            unread: &self.unread,
            numbers: BTreeMap::new(),
            open: vec![],
        };
        let first = writer.schema(schema, at, &BTreeSet::new());
        let mut definitions = Map::new();
        while let Some((number, target, at)) = writer.open.pop() {
            let written = writer.schema(target, Some(&at), &BTreeSet::new());
            definitions.insert(number.to_string(), written);
        }
        let count = definitions.len() + 1;
        self.written.fetch_add(count, Ordering::Relaxed);
        let written = json!({"allOf": [first], "definitions": definitions});
        (build(&written, direction).map(|made| (made, written)), count)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn build(schema: &Value, direction: Direction) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
    format::of_texts(options, direction).build(schema).ok()
}

fn collect_patterns(value: &Value, at: &Pointer, found: &mut Vec<(Pointer, String)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(pattern) if key == "pattern" => {
                        found.push((at.push(key), pattern.clone()));
                    }
                    _ if key == "example" || key == "examples" || key.starts_with("x-") => {}
                    _ => collect_patterns(value, &at.push(key), found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_patterns(item, &at.index(index), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Writes the schemas that a check needs, each referred one once.
struct Writer<'d> {
    root: &'d Value,
    direction: Direction,
    unread: &'d BTreeSet<String>,
    numbers: BTreeMap<String, usize>,
    open: Vec<(usize, &'d Value, Pointer)>,
}

impl<'d> Writer<'d> {
    /// `hidden` are the properties that do not travel in this direction, as the schemas around say;
    /// `at` is where the schema stands, if it is one of the document.
    fn schema(&mut self, schema: &Value, at: Option<&Pointer>, hidden: &BTreeSet<String>) -> Value {
        if let Some(name) = reference(schema) {
            return self.referred(name, schema);
        }
        let Value::Object(map) = schema else { return json!({}) };
        let mut hidden = hidden.clone();
        hide(self.root, schema, self.direction, &mut hidden, 0);
        let mut written = Map::new();
        if let Some(at) = at {
            written.insert(told::AT.to_owned(), json!(at.as_str()));
        }
        for key in SAME {
            if let Some(value) = map.get(key) {
                written.insert(key.to_owned(), value.clone());
            }
        }
        for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")]
        {
            if map.get(exclusive) == Some(&Value::Bool(true))
                && let Some(bound) = written.remove(limit)
            {
                written.insert(exclusive.to_owned(), bound);
            }
        }
        if let Some(Value::String(pattern)) = map.get("pattern")
            && !self.unread.contains(pattern)
        {
            written.insert("pattern".to_owned(), json!(pattern));
        }
        self.children(map, at, &hidden, &mut written);
        let mut written = nullable(map, written);
        if let Some(numbers) = format::of_numbers(map, at) {
            // Beside what is there: a limit of the document may say less, and stays the one that is told.
            match &mut written["allOf"] {
                Value::Array(parts) => parts.push(numbers),
                none => *none = json!([numbers]),
            }
        }
        written
    }

    fn children(
        &mut self,
        map: &Map<String, Value>,
        at: Option<&Pointer>,
        hidden: &BTreeSet<String>,
        written: &mut Map<String, Value>,
    ) {
        let none = BTreeSet::new();
        let at = |key: &str| at.map(|at| at.push(key));
        let within = |at: Option<Pointer>, index: usize| at.map(|at| at.index(index));
        if let Some(Value::Object(properties)) = map.get("properties") {
            let properties: Map<String, Value> = properties
                .iter()
                .map(|(name, property)| {
                    let at = at("properties").map(|at| at.push(name));
                    (name.clone(), self.schema(property, at.as_ref(), &none))
                })
                .collect();
            written.insert("properties".to_owned(), Value::Object(properties));
        }
        if let Some(Value::Array(required)) = map.get("required") {
            let is_due = |name: &&Value| name.as_str().is_none_or(|name| !hidden.contains(name));
            let due: Vec<&Value> = required.iter().filter(is_due).collect();
            written.insert("required".to_owned(), json!(due));
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            if let Some(Value::Array(parts)) = map.get(key)
                && !parts.is_empty()
            {
                let choice = Choice::of(self.root, map, key);
                let part = |(index, part): (usize, &Value)| {
                    let at = within(at(key), index);
                    let written = self.schema(part, at.as_ref(), hidden);
                    choice.as_ref().map_or(written.clone(), |choice| choice.tagged(index, &written))
                };
                let parts: Vec<Value> = parts.iter().enumerate().map(part).collect();
                // The values of a discriminator exclude one another.
                let key = if choice.is_some() { "anyOf" } else { key };
                written.insert(key.to_owned(), Value::Array(parts));
            }
        }
        if let Some(not) = map.get("not") {
            written.insert("not".to_owned(), self.schema(not, at("not").as_ref(), &none));
        }
        match map.get("additionalProperties") {
            Some(Value::Bool(allowed)) => {
                written.insert("additionalProperties".to_owned(), json!(allowed));
            }
            Some(rest) => {
                let rest = self.schema(rest, at("additionalProperties").as_ref(), &none);
                written.insert("additionalProperties".to_owned(), rest);
            }
            None => {}
        }
        if let Some(places) = tuple(map) {
            let places: Vec<Value> =
                places.iter().map(|place| self.schema(place, None, &none)).collect();
            written.insert("minItems".to_owned(), json!(places.len()));
            written.insert("items".to_owned(), Value::Array(places));
            written.insert("additionalItems".to_owned(), json!(false));
        } else if let Some(items) = map.get("items") {
            written.insert("items".to_owned(), self.schema(items, at("items").as_ref(), &none));
        }
    }

    fn referred(&mut self, name: &str, schema: &Value) -> Value {
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let Some((found, at)) = target(self.root, schema) else { return json!({}) };
                let number = self.numbers.len();
                self.numbers.insert(name.to_owned(), number);
                self.open.push((number, found, at));
                number
            }
        };
        json!({"$ref": format!("#/definitions/{number}")})
    }
}

/// The schemas of the places of a tuple, which `normalise` writes as a choice.
pub(super) fn tuple(map: &Map<String, Value>) -> Option<&Vec<Value>> {
    map.get(TUPLE)?;
    map.get("items")?.get("anyOf")?.as_array()
}

/// `null` beside whatever else is said.
fn nullable(map: &Map<String, Value>, mut written: Map<String, Value>) -> Value {
    if map.get("nullable") != Some(&Value::Bool(true)) {
        return Value::Object(written);
    }
    let has_parts = ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| written.contains_key(*key));
    if has_parts {
        return json!({"anyOf": [{"type": "null"}, written]});
    }
    if let Some(kind) = written.get("type").cloned() {
        written.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(Value::Array(values)) = written.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    Value::Object(written)
}

/// Adds the properties of an object and of what it is made of that do not travel this way.
fn hide(
    root: &Value,
    schema: &Value,
    direction: Direction,
    hidden: &mut BTreeSet<String>,
    depth: usize,
) {
    /// A schema may be made of itself.
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return;
    }
    let schema = target(root, schema).map_or(schema, |(found, _)| found);
    for (name, property) in
        schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        if is_hidden(root, property, direction) {
            hidden.insert(name.clone());
        }
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        hide(root, part, direction, hidden, depth + 1);
    }
}

/// Whether a property does not travel in a direction.
pub(super) fn is_hidden(root: &Value, property: &Value, direction: Direction) -> bool {
    let key = match direction {
        Direction::Request => "readOnly",
        Direction::Answer => "writeOnly",
    };
    let says = |schema: &Value| schema.get(key) == Some(&Value::Bool(true));
    says(property) || target(root, property).is_some_and(|(found, _)| says(found))
}
