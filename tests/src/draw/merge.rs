//! One schema made of several: references followed, `allOf` merged.
//!
//! The result is a schema without `$ref` and `allOf` at its top, whose alternatives, of which there
//! may be several sets, are kept aside.

use serde_json::{Map, Value, json};

use super::raw::{Raw, reference};

/// A schema and the sets of alternatives it must be combined with.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    /// The keywords, merged.
    pub(super) keywords: Map<String, Value>,
    /// `oneOf` and `anyOf`, each with its discriminator.
    pub(super) choices: Vec<Choice>,
    /// Choices that are made already, because one of the alternatives is what is being merged.
    pub(super) made: Vec<(Choice, Value)>,
    /// Whether members contradict each other.
    pub(super) is_contradiction: bool,
    /// Whether null is refused by a member that names a type.
    refuses_null: bool,
}

/// A set of alternatives.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) alternatives: Vec<Value>,
    /// Several may hold at once.
    pub(super) any: bool,
    pub(super) discriminator: Option<Value>,
}

impl Merged {
    /// Merges a schema.
    pub(super) fn of(raw: &Raw, schema: &Value) -> Self {
        let mut merged = Self::default();
        merged.gather(raw, schema, &mut Vec::new(), true);
        merged
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.keywords.get(key)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub(super) fn size(&self, key: &str) -> Option<usize> {
        let number = self.get(key)?;
        number.as_u64().or_else(|| Some(number.as_f64()? as u64)).map(|size| size as usize)
    }

    /// Null is a value only where every member that names a type allows it (OpenAPI 3.0.3, Schema
    /// Object, `nullable`).
    pub(super) fn is_nullable(&self) -> bool {
        self.flag("nullable") && !self.refuses_null
    }

    /// Adds a schema and all it consists of. The mapping of a base counts only at the top: who takes
    /// the base in by `allOf` is one of its alternatives already.
    fn gather(&mut self, raw: &Raw, schema: &Value, open: &mut Vec<String>, top: bool) {
        if let Some(target) = reference(schema) {
            if open.iter().any(|known| known == target) {
                return;
            }
            open.push(target.to_owned());
            let next = raw.at(&super::raw::pointer_of(target)).unwrap_or(&Value::Null);
            self.gather(raw, next, open, top);
            self.beside(schema);
            return;
        }
        let Some(schema) = schema.as_object() else { return };
        for member in list(schema, "allOf") {
            self.gather(raw, member, open, false);
        }
        let discriminator = schema.get("discriminator");
        let mut listed = false;
        for (key, any) in [("oneOf", false), ("anyOf", true)] {
            let alternatives = list(schema, key).to_vec();
            if !alternatives.is_empty() {
                listed = true;
                let discriminator = discriminator.cloned();
                self.choose(Choice { alternatives, any, discriminator }, open, true);
            }
        }
        if let Some(choice) = discriminator.filter(|_| !listed).and_then(mapped) {
            self.choose(choice, open, top);
        }
        self.add(schema);
    }

    /// Flags beside a reference. The letter of OpenAPI 3.0 ignores them; whoever writes them means
    /// them, and they take nothing from what the reference says.
    fn beside(&mut self, reference: &Value) {
        for flag in ["nullable", "readOnly", "writeOnly"] {
            if reference.get(flag) == Some(&Value::Bool(true)) {
                self.keywords.insert(flag.to_owned(), Value::Bool(true));
                self.refuses_null &= flag != "nullable";
            }
        }
    }

    /// A choice is open, unless one of its alternatives is what leads here: then it is made.
    fn choose(&mut self, choice: Choice, open: &[String], is_open: bool) {
        // What was followed first is the most special.
        let made = open.iter().find_map(|target| {
            choice.alternatives.iter().find(|one| reference(one) == Some(target)).cloned()
        });
        match made {
            // A base that lists itself is no alternative of its own.
            Some(picked) if open.last().map(String::as_str) != reference(&picked) => {
                self.made.push((choice, picked));
            }
            _ if is_open => self.choices.push(choice),
            _ => {}
        }
    }

    fn add(&mut self, schema: &Map<String, Value>) {
        let nullable = schema.get("nullable").and_then(Value::as_bool).unwrap_or_default();
        self.refuses_null |= schema.contains_key("type") && !nullable;
        for (key, value) in schema {
            let combined = match (key.as_str(), self.keywords.get(key)) {
                ("allOf" | "oneOf" | "anyOf" | "discriminator", _) => continue,
                (_, None) => value.clone(),
                ("properties", Some(known)) => properties(known, value),
                ("required", Some(known)) => union(known, value),
                ("enum", Some(known)) => match intersection(known, value) {
                    Some(both) => both,
                    None => {
                        self.is_contradiction = true;
                        value.clone()
                    }
                },
                ("minimum" | "minLength" | "minItems" | "minProperties", Some(known)) => {
                    larger(known, value, true)
                }
                ("maximum" | "maxLength" | "maxItems" | "maxProperties", Some(known)) => {
                    larger(known, value, false)
                }
                ("nullable" | "readOnly" | "writeOnly" | "uniqueItems", Some(known)) => {
                    Value::Bool(known == &Value::Bool(true) || value == &Value::Bool(true))
                }
                ("type", Some(known)) => narrower(known, value),
                ("items", Some(known)) => json!({"allOf": [known, value]}),
                ("additionalProperties", Some(known)) => additional(known, value),
                (_, Some(_)) => value.clone(),
            };
            self.keywords.insert(key.clone(), combined);
        }
    }
}

/// A discriminator whose mapping alone lists the alternatives.
fn mapped(discriminator: &Value) -> Option<Choice> {
    let mapping = discriminator.get("mapping")?.as_object()?;
    let mut alternatives: Vec<Value> = Vec::new();
    for target in mapping.values().filter_map(Value::as_str) {
        let name = super::raw::schema_name(target).replace('~', "~0").replace('/', "~1");
        let alternative = json!({"$ref": format!("#/components/schemas/{name}")});
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    let discriminator = Some(discriminator.clone());
    (!alternatives.is_empty()).then_some(Choice { alternatives, any: false, discriminator })
}

pub(super) fn list<'v>(schema: &'v Map<String, Value>, key: &str) -> &'v [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn properties(left: &Value, right: &Value) -> Value {
    let (Some(left), Some(right)) = (left.as_object(), right.as_object()) else {
        return right.clone();
    };
    let mut all = left.clone();
    for (name, schema) in right {
        let combined = match left.get(name) {
            Some(known) if known != schema => json!({"allOf": [known, schema]}),
            _ => schema.clone(),
        };
        all.insert(name.clone(), combined);
    }
    Value::Object(all)
}

fn union(left: &Value, right: &Value) -> Value {
    let mut all = left.as_array().cloned().unwrap_or_default();
    for name in right.as_array().into_iter().flatten() {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    Value::Array(all)
}

/// What both lists have.
fn intersection(left: &Value, right: &Value) -> Option<Value> {
    let known = left.as_array().cloned().unwrap_or_default();
    let both = right.as_array().into_iter().flatten().filter(|value| known.contains(value));
    let both: Vec<Value> = both.cloned().collect();
    (!both.is_empty()).then_some(Value::Array(both))
}

/// A whole number is a number too, and of both types only if it is whole.
fn narrower(left: &Value, right: &Value) -> Value {
    let is_whole = left == "integer" && right == "number";
    if is_whole { left.clone() } else { right.clone() }
}

fn larger(left: &Value, right: &Value, want: bool) -> Value {
    let is_larger = left.as_f64().unwrap_or_default() > right.as_f64().unwrap_or_default();
    if is_larger == want { left.clone() } else { right.clone() }
}

fn additional(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Bool(true), other) | (other, Value::Bool(true)) => other.clone(),
        (Value::Bool(false), _) | (_, Value::Bool(false)) => Value::Bool(false),
        _ => json!({"allOf": [left, right]}),
    }
}
