//! Drawing one value of one schema.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use fastrand::Rng;
use serde_json::{Value, json};

use super::merge::Merged;
use super::raw::Raw;

/// Below this depth, optional properties and optional items are left out.
const FRUGAL: usize = 7;
/// Below this depth nothing is drawn any more: what requires itself has no finite instance.
const DEEPEST: usize = 40;

/// Which way an instance travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// In a request.
    Sent,
    /// In an answer.
    Received,
    /// In both alike.
    Both,
}

/// Draws instances of the schemas of one document.
#[derive(Clone, Debug)]
pub struct Drawer<'d> {
    pub(super) raw: &'d Raw,
    seed: u64,
}

/// How much of what is optional is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Appetite {
    Nothing,
    Everything,
    Chance,
}

/// The state of one instance being drawn.
pub(super) struct Draw<'d> {
    pub(super) raw: &'d Raw,
    pub(super) rng: Rng,
    pub(super) way: Way,
    pub(super) appetite: Appetite,
    pub(super) depth: usize,
}

impl<'d> Drawer<'d> {
    /// A drawer for a document and a seed.
    pub fn new(raw: &'d Raw, seed: u64) -> Self {
        Self { raw, seed }
    }

    /// The document.
    pub fn raw(&self) -> &'d Raw {
        self.raw
    }

    /// The instance of this number of the schema at a JSON pointer; none if there is no such place,
    /// or no finite instance of it.
    pub fn draw(&self, pointer: &str, way: Way, number: usize) -> Option<Value> {
        self.raw.at(pointer)?;
        // By reference, so that a schema knows itself among the alternatives of its base.
        self.draw_of(&json!({"$ref": format!("#{pointer}")}), pointer, way, number)
    }

    /// An instance of a schema that goes by `name`, which makes it different from others.
    pub fn draw_of(&self, schema: &Value, name: &str, way: Way, number: usize) -> Option<Value> {
        let mut hasher = DefaultHasher::new();
        (self.seed, name, way, number).hash(&mut hasher);
        let appetite = match number {
            0 => Appetite::Nothing,
            1 => Appetite::Everything,
            _ => Appetite::Chance,
        };
        let rng = Rng::with_seed(hasher.finish());
        Draw { raw: self.raw, rng, way, appetite, depth: 0 }.value(schema)
    }
}

impl Draw<'_> {
    /// A value of a schema; none if it has no finite one.
    pub(super) fn value(&mut self, schema: &Value) -> Option<Value> {
        if self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let merged = Merged::of(self.raw, schema);
        let mut value = self.merged(&merged);
        if let Some(value) = &mut value {
            self.set_made_tags(&merged, value);
        }
        self.depth -= 1;
        value
    }

    pub(super) fn merged(&mut self, schema: &Merged) -> Option<Value> {
        if schema.is_nullable() && self.one_in(6) {
            return Some(Value::Null);
        }
        if !schema.choices.is_empty() {
            return self.alternative(schema);
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array)
            && !values.is_empty()
        {
            let value = values[self.rng.usize(..values.len())].clone();
            // YAML reads `[1, yes]` as a number and a truth; of texts it can only mean their words.
            let is_text = schema.text("type") == Some("string");
            let is_other = value.is_number() || value.is_boolean();
            return Some(if is_text && is_other { json!(value.to_string()) } else { value });
        }
        match kind(schema) {
            Some("object") => self.object(schema),
            Some("array") => self.array(schema),
            Some("string") => Some(Value::String(self.text(schema))),
            Some("integer") => Some(self.integer(schema)),
            Some("number") => Some(self.number(schema)),
            Some("boolean") => Some(Value::Bool(self.rng.bool())),
            _ => Some(self.anything()),
        }
    }

    fn array(&mut self, schema: &Merged) -> Option<Value> {
        let least = schema.size("minItems").unwrap_or_default();
        let most = schema.size("maxItems").unwrap_or(usize::MAX).max(least);
        let wanted = match self.appetite {
            _ if self.is_deep() => least,
            Appetite::Nothing => least,
            Appetite::Everything => least.max(1) + 1,
            Appetite::Chance => least + self.rng.usize(..4),
        };
        let anything = json!({});
        let items = schema.get("items").unwrap_or(&anything);
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..wanted.min(most) {
            let Some(value) = self.value(items) else { break };
            if !schema.flag("uniqueItems") || !values.contains(&value) {
                values.push(value);
            }
        }
        (values.len() >= least || schema.flag("uniqueItems")).then_some(Value::Array(values))
    }

    /// A value where the document allows any.
    pub(super) fn anything(&mut self) -> Value {
        match self.rng.usize(..6) {
            0 => json!(self.rng.bool()),
            1 => json!(self.rng.i32(-1000..1000)),
            2 => json!("text"),
            3 => json!([1, "two", null]),
            4 => json!({"any": {"depth": [true]}}),
            _ => json!(0.5),
        }
    }

    pub(super) fn is_deep(&self) -> bool {
        self.depth > FRUGAL
    }

    pub(super) fn one_in(&mut self, chances: usize) -> bool {
        self.rng.usize(..chances) == 0
    }
}

/// The type a schema has or, where it names none, the one its keywords are about.
pub(super) fn kind(schema: &Merged) -> Option<&str> {
    let about = [
        ("object", &["properties", "additionalProperties", "required"][..]),
        ("array", &["items", "minItems", "maxItems"]),
        ("string", &["pattern", "minLength", "maxLength"]),
        ("number", &["minimum", "maximum", "multipleOf"]),
    ];
    schema.text("type").or_else(|| {
        let has = |keys: &[&str]| keys.iter().any(|key| schema.get(key).is_some());
        about.iter().find(|(_, keys)| has(keys)).map(|(name, _)| *name)
    })
}
