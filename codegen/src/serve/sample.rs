//! Values that a schema describes: what the document gives as an example, or else the plainest.
//!
//! Of a schema come, in this order: its `example` or first of `examples`, its `default`, the first of its `enum`, and a
//! value made of `format`, `pattern` and limits. An example is taken only if it is what the schema
//! says, because the answer has to be. The same schema always gives the same value.
//!
//! The plainest value is made without looking back. Where it turns out not to be what the schema says,
//! another one is made with care: each part is looked at, and others are tried ([`others`]).

mod merge;
mod number;
mod others;
mod text;

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::Direction;
use super::choice::{named, tag};
use super::schema::{Checks, is_hidden, tuple};
use super::tree::{reference, target};
use crate::pointer::Pointer;

pub(super) use self::merge::flatten;

/// So many values may be made for one answer; then only what is required is.
const BUDGET: usize = 5_000;
/// So many more at most: what is required may be too much too.
const END: usize = 4 * BUDGET;
/// A list is made this long at most, whatever its `minItems`.
const LONGEST: u64 = 100;
/// So many schemas are written for the checks of one value that is made with care.
const CARE: usize = 2_000;

/// Makes values of one document.
pub(super) struct Sampler<'d> {
    root: &'d Value,
    checks: &'d Checks,
    /// The references that are being followed.
    open: Vec<String>,
    made: usize,
    /// How many schemas were written for its checks: its own count, so that what else goes on changes no
    /// value.
    cost: Cell<usize>,
    /// What checks may have cost when parts are looked at no longer; nothing where they are not at all.
    care: Option<usize>,
}

impl<'d> Sampler<'d> {
    pub(super) fn new(root: &'d Value, checks: &'d Checks) -> Self {
        Self { root, checks, open: Vec::new(), made: 0, cost: Cell::new(0), care: None }
    }

    /// A value of the schema, made once. A schema that no finite value fits gives `null`.
    pub(super) fn sample(&mut self, schema: &Value) -> Value {
        self.checks.sampled(schema, || self.made_well(schema))
    }

    fn made_well(&mut self, schema: &Value) -> Value {
        let value = self.value(schema).unwrap_or_default();
        if self.fits(schema, &value) {
            return value;
        }
        (self.care, self.made) = (Some(self.cost.get() + CARE), 0);
        let better = self.value(schema).filter(|value| self.fits(schema, value));
        self.care = None;
        better.unwrap_or(value)
    }

    /// Whether a value is what the whole schema says; the check of one that has a name is kept.
    fn fits(&self, schema: &Value, value: &Value) -> bool {
        match reference(schema).and_then(Pointer::from_reference) {
            Some(at) => self.checks.faults(self.root, &at, Direction::Answer, value).is_empty(),
            None => self.fitting(schema)(value),
        }
    }

    /// Whether values are what a schema says that is used once.
    fn fitting(&self, schema: &Value) -> impl Fn(&Value) -> bool + use<> {
        let (fits, cost) = self.checks.fitting(self.root, schema, Direction::Answer);
        self.cost.set(self.cost.get() + cost);
        fits
    }

    /// `None` where the value would have to contain itself.
    fn value(&mut self, schema: &Value) -> Option<Value> {
        self.made += 1;
        if self.made > END {
            return None;
        }
        if let Some(name) = reference(schema) {
            return self.referred(name, schema);
        }
        if let Some(given) = self.given(schema, schema) {
            return Some(given);
        }
        let flat = Value::Object(merge::flatten(self.root, schema));
        if let Some(given) = self.given(&flat, schema) {
            return Some(given);
        }
        let Value::Object(flat) = flat else { return None };
        if flat.get("enum") == Some(&json!([null])) {
            return Some(Value::Null);
        }
        // What nothing fits; 3.1 writes `false`.
        if flat.get("not") == Some(&json!({})) {
            return None;
        }
        // Of values that the rest of the schema contradicts, one that is listed is the likelier.
        let listed = flat.get("enum").and_then(Value::as_array).into_iter().flatten();
        let listed = listed.into_iter().find(|value| !value.is_null()).cloned();
        let made =
            self.by_mapping(&flat).or(listed).or_else(|| self.made_up(&flat)).or_else(|| {
                let is_nullable = flat.get("nullable") == Some(&Value::Bool(true));
                is_nullable.then_some(Value::Null)
            })?;
        let is_careful = self.care.is_some_and(|end| self.cost.get() < end);
        Some(if is_careful { self.settled(schema, made) } else { made })
    }

    fn referred(&mut self, name: &str, schema: &Value) -> Option<Value> {
        if self.open.iter().any(|open| open == name) {
            return None;
        }
        let (found, _) = target(self.root, schema)?;
        self.open.push(name.to_owned());
        let value = self.value(found);
        self.open.pop();
        match value {
            Some(Value::Object(map)) => Some(Value::Object(self.as_variant(name, found, map))),
            other => other,
        }
    }

    /// The value of a schema that is made of a base with a discriminator, with the value that names
    /// it. A value that the document gives, and that is as good, stays.
    fn as_variant(
        &self,
        name: &str,
        schema: &Value,
        map: Map<String, Value>,
    ) -> Map<String, Value> {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let mut bases = parts.filter_map(|part| target(self.root, part)?.0.get("discriminator"));
        let Some(discriminator) = bases.next() else { return map };
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
            return map;
        };
        let said = map.get(property).and_then(Value::as_str);
        let mapped = said.and_then(|said| discriminator.get("mapping")?.get(said)?.as_str());
        if mapped.map(named).as_deref() == Some(name) {
            return map;
        }
        let mut marked = map.clone();
        marked.insert(property.to_owned(), tag(discriminator, name, map.get(property)));
        let value = Value::Object(marked.clone());
        if self.fitting(schema)(&value) { marked } else { map }
    }

    /// What the document itself gives, here or in what `schema` is made of.
    fn given(&self, said: &Value, schema: &Value) -> Option<Value> {
        let default = said.get("default").into_iter();
        let list = |key: &str| said.get(key).and_then(Value::as_array).into_iter().flatten();
        let (examples, listed) = (list("examples"), list("enum"));
        // Null is what shows least, and is taken where the document shows it.
        let others = default.chain(listed).filter(|value| !value.is_null());
        let fits = |value: &&Value| self.fitting(schema)(value);
        said.get("example").into_iter().chain(examples).chain(others).find(fits).cloned()
    }

    /// A base schema whose discriminator says what it really is (OpenAPI 3.0, section 4.7.25): the
    /// first of its mapping, or else the first component that is made of it.
    fn by_mapping(&mut self, flat: &Map<String, Value>) -> Option<Value> {
        if flat.contains_key("oneOf") || flat.contains_key("anyOf") {
            return None;
        }
        let discriminator = flat.get("discriminator")?.clone();
        let name = discriminator.get("propertyName")?.as_str()?;
        let Some(mapping) = discriminator.get("mapping").and_then(Value::as_object) else {
            let base = self.open.last()?;
            let schemas = self.root.get("components")?.get("schemas")?.as_object()?;
            let is_made_of_it = |schema: &&Value| {
                let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
                parts.filter_map(reference).any(|part| part == base)
            };
            let (name, _) = schemas.iter().find(|(_, schema)| is_made_of_it(schema))?;
            return self.value(&json!({"$ref": named(name)}));
        };
        for (tag, to) in mapping {
            let variant = json!({"$ref": named(to.as_str()?)});
            // What leads back here is the base itself.
            if let Some(Value::Object(mut map)) = self.value(&variant) {
                map.insert(name.to_owned(), json!(tag));
                return Some(Value::Object(map));
            }
        }
        None
    }

    fn made_up(&mut self, flat: &Map<String, Value>) -> Option<Value> {
        let kind = flat.get("type").and_then(Value::as_str);
        match kind {
            Some("string") => Some(json!(text::text(flat))),
            Some("integer") => Some(number::integer(flat)),
            Some("number") => Some(number::number(flat)),
            Some("boolean") => Some(json!(true)),
            Some("array") => self.list(flat),
            _ => self.object_or_choice(flat),
        }
    }

    fn list(&mut self, flat: &Map<String, Value>) -> Option<Value> {
        if let Some(places) = tuple(flat) {
            let values: Option<Vec<Value>> = places.iter().map(|place| self.value(place)).collect();
            return values.map(Value::Array);
        }
        let limit = |key: &str| flat.get(key).and_then(Value::as_u64);
        let least = limit("minItems").unwrap_or(0);
        let wanted = least.max(1).min(limit("maxItems").unwrap_or(u64::MAX)).min(LONGEST);
        let nothing = json!({});
        let items = flat.get("items").unwrap_or(&nothing);
        if least == 0 && self.made > BUDGET {
            return Some(json!([]));
        }
        let mut values = Vec::new();
        for _ in 0..wanted {
            match self.value(items) {
                Some(value) => values.push(value),
                None if least == 0 => return Some(json!([])),
                None => return None,
            }
        }
        if flat.get("uniqueItems") == Some(&Value::Bool(true)) {
            values = self.distinct(items, values, usize::try_from(least).unwrap_or(0));
        }
        Some(Value::Array(values))
    }

    fn object_or_choice(&mut self, flat: &Map<String, Value>) -> Option<Value> {
        let of_object = ["properties", "additionalProperties", "required", "minProperties"];
        let is_object =
            flat.get("type").is_some() || of_object.iter().any(|key| flat.contains_key(*key));
        let own = if is_object { self.object(flat)? } else { Map::new() };
        let choices = choices(flat);
        let number = choices.len();
        let mut value = Value::Object(own);
        for (index, (key, parts)) in choices.into_iter().enumerate() {
            let is_last = index + 1 == number;
            let schema = if is_last { Value::Object(flat.clone()) } else { json!({key: parts}) };
            // A text or number cannot be added to.
            let is_done = !value.is_object() && self.fitting(&schema)(&value);
            if !is_done {
                value = self.chosen(&schema, flat, value, parts)?;
            }
        }
        Some(value)
    }

    /// The first alternative that makes, together with what is there already, a value of `schema`; if none
    /// does, the first that has a value at all.
    fn chosen(
        &mut self,
        schema: &Value,
        flat: &Map<String, Value>,
        own: Value,
        parts: &[Value],
    ) -> Option<Value> {
        let discriminator = flat.get("discriminator");
        let mut first = None;
        for part in alternatives(parts, discriminator.is_some()) {
            let Some(value) = self.value(part) else { continue };
            // What the alternative says of a property says more than its surroundings do.
            let value = match (&own, value) {
                (Value::Object(own), Value::Object(chosen)) => {
                    Value::Object(own.clone().into_iter().chain(chosen).collect())
                }
                (_, other) => other,
            };
            let marked = discriminator.and_then(|discriminator| mark(discriminator, part, &value));
            for candidate in [marked, Some(value)].into_iter().flatten() {
                if self.fitting(schema)(&candidate) {
                    return Some(candidate);
                }
                first.get_or_insert(candidate);
            }
        }
        first
    }

    fn object(&mut self, flat: &Map<String, Value>) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        let required: Vec<&str> = flat
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        for (name, property) in
            flat.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let is_required = required.contains(&name.as_str());
            if is_hidden(self.root, property, Direction::Answer)
                || (!is_required && self.made > BUDGET)
            {
                continue;
            }
            match self.value(property) {
                Some(value) => {
                    map.insert(name.clone(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        self.unnamed(flat, &mut map);
        Some(map)
    }

    /// Keys that the document does not name: one of a map, or as many as there have to be.
    fn unnamed(&mut self, flat: &Map<String, Value>, map: &mut Map<String, Value>) {
        let least = flat.get("minProperties").and_then(Value::as_u64).unwrap_or(0).min(LONGEST);
        let anything = json!({});
        let rest = match flat.get("additionalProperties") {
            Some(Value::Bool(false)) => return,
            Some(rest @ Value::Object(_)) => Some(rest),
            Some(_) | None => None,
        };
        let is_map = rest.is_some() && map.is_empty();
        let wanted = usize::try_from(least).unwrap_or(0).max(usize::from(is_map));
        for number in 1.. {
            if map.len() >= wanted {
                break;
            }
            let Some(value) = self.value(rest.unwrap_or(&anything)) else { break };
            map.insert(format!("key{number}"), value);
        }
    }
}

/// The alternatives, where a choice among them stands for its own: of these a discriminator has the names.
fn alternatives(parts: &[Value], is_tagged: bool) -> Vec<&Value> {
    let all = parts.iter().map(|part| {
        let inner = inner(part).filter(|_| is_tagged);
        inner.unwrap_or(std::slice::from_ref(part))
    });
    all.flatten().collect()
}

/// The alternatives of a schema that is a choice and no more.
fn inner(part: &Value) -> Option<&[Value]> {
    let schema = part.as_object().filter(|schema| schema.len() == 1)?;
    let list = schema.get("oneOf").or_else(|| schema.get("anyOf"))?;
    list.as_array().map(Vec::as_slice)
}

/// The choices of a flat schema, of each of which a value is an alternative: with each its keyword.
fn choices(flat: &Map<String, Value>) -> Vec<(&str, &[Value])> {
    let others = flat.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let all = std::iter::once(flat).chain(others.filter_map(Value::as_object));
    let lists = all.flat_map(|one| ["oneOf", "anyOf"].map(|key| (key, one.get(key))));
    let lists = lists.filter_map(|(key, list)| Some((key, list?.as_array()?.as_slice())));
    lists.filter(|(_, parts)| !parts.is_empty()).collect()
}

/// The value with the property that names the alternative: as the mapping has it, or else by the
/// schema's name.
fn mark(discriminator: &Value, part: &Value, value: &Value) -> Option<Value> {
    let property = discriminator.get("propertyName")?.as_str()?;
    let mut map = value.as_object()?.clone();
    let tag = tag(discriminator, reference(part)?, map.get(property));
    map.insert(property.to_owned(), tag);
    Some(Value::Object(map))
}

/// The types that a value of the schema may have.
pub(super) fn kinds<'d>(root: &'d Value, schema: &'d Value) -> Vec<&'d str> {
    let mut found = Vec::new();
    collect_kinds(root, schema, &mut found, 0);
    found
}

fn collect_kinds<'d>(root: &'d Value, schema: &'d Value, found: &mut Vec<&'d str>, depth: usize) {
    /// A schema may be made of itself.
    const DEEPEST: usize = 16;
    let schema = target(root, schema).map_or(schema, |(to, _)| to);
    match schema.get("type").and_then(Value::as_str) {
        Some(name) => found.push(name),
        // What is listed is of a type, whether that is said or not.
        None => {
            let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
            listed.for_each(|value| found.extend(kind_of(value)));
        }
    }
    if depth < DEEPEST {
        for key in ["allOf", "oneOf", "anyOf"] {
            for part in schema.get(key).and_then(Value::as_array).into_iter().flatten() {
                collect_kinds(root, part, found, depth + 1);
            }
        }
    }
}

/// The type of a value; of null there is none.
fn kind_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}
