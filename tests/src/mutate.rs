//! Documents that nobody wrote: known ones with a few random changes, which respect that a document is a
//! tree and that its words mean something, so that most of them get far into the generator.

use serde_json::{Map, Number, Value};

/// Values that are often the wrong ones.
const ODD: [&str; 26] = [
    "",
    "0",
    "null",
    "#",
    "#/",
    "#/components/schemas/A",
    "#/components/schemas/~1~0%2F",
    "other.yaml#/A",
    "..",
    "{}",
    "{a}",
    "/{a}/{a}",
    "object",
    "array",
    "string",
    "integer",
    "Self",
    "r#type",
    "\u{202e}\u{0}",
    "*/*",
    "application/json",
    "text/event-stream",
    "4XX",
    "default",
    "deepObject",
    "\"); panic!(\"",
];

/// Characters that mean something to a reader of JSON or YAML.
const SPILT: [char; 26] = [
    '{', '}', '[', ']', '"', '\'', ':', ',', '&', '*', '!', '|', '>', '%', '@', '#', '-', '?',
    '\\', '\n', '\r', '\t', ' ', '\u{0}', '\u{feff}', '\u{85}',
];

/// Keys that change what stands around them.
const KEYS: [&str; 30] = [
    "$ref",
    "type",
    "format",
    "enum",
    "const",
    "default",
    "items",
    "prefixItems",
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "nullable",
    "readOnly",
    "writeOnly",
    "pattern",
    "minimum",
    "multipleOf",
    "content",
    "schema",
    "parameters",
    "in",
    "style",
    "servers",
    "security",
    "webhooks",
];

/// A document as somebody may have written it.
#[derive(Clone, Debug)]
pub struct Text {
    /// What stands in the file.
    pub content: String,
    is_yaml: bool,
}

impl Text {
    /// JSON mostly, since it is read much faster; YAML now and then; and of both, a few that somebody
    /// has spilt something over.
    pub fn of(document: &Value, random: &mut fastrand::Rng) -> Self {
        let yaml = (random.u8(0..8) == 0).then(|| serde_yaml::to_string(document).ok()).flatten();
        let is_yaml = yaml.is_some();
        let mut content = yaml.unwrap_or_else(|| document.to_string());
        if random.u8(0..16) == 0 {
            spill(&mut content, random);
        }
        Self { content, is_yaml }
    }

    /// A name for the file.
    pub fn name(&self, stem: &str) -> String {
        format!("{stem}.{}", if self.is_yaml { "yaml" } else { "json" })
    }
}

/// A few characters that are others, gone, or there twice.
fn spill(text: &mut String, random: &mut fastrand::Rng) {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(1..=4) {
        let at = random.usize(0..characters.len().max(1));
        let until = characters.len().min(at + random.usize(0..6));
        let odd = random.choice(SPILT).unwrap_or(' ');
        match random.u8(0..3) {
            0 => drop(characters.splice(at..until, [odd])),
            1 => drop(characters.drain(at..until)),
            _ => {
                let twice = characters[at..until].to_vec();
                drop(characters.splice(at..at, twice));
            }
        }
    }
    *text = characters.into_iter().collect();
}

/// A few changes to a document.
pub fn mutate(document: &mut Value, random: &mut fastrand::Rng) {
    for _ in 0..random.usize(1..=4) {
        let graft = node(document, random).clone();
        let spot = node(document, random);
        change(spot, graft, random);
    }
}

/// Any node, deep ones and shallow ones alike.
fn node<'v>(root: &'v mut Value, random: &mut fastrand::Rng) -> &'v mut Value {
    let mut at = root;
    for _ in 0..random.usize(0..12) {
        let count = match at {
            Value::Object(map) => map.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        if count == 0 {
            return at;
        }
        let chosen = random.usize(0..count);
        at = match at {
            Value::Object(map) => map.values_mut().nth(chosen).expect("it is one of them"),
            Value::Array(items) => &mut items[chosen],
            _ => unreachable!("only mappings and lists have members"),
        };
    }
    at
}

fn change(spot: &mut Value, graft: Value, random: &mut fastrand::Rng) {
    match random.u8(0..10) {
        0 => *spot = graft,
        1 => *spot = scalar(random),
        2 => *spot = Value::Array(vec![graft, spot.take()]),
        3 => *spot = Value::Object(Map::from_iter([(key(random), spot.take())])),
        _ => match spot {
            Value::Object(map) => object(map, graft, random),
            Value::Array(items) => match random.u8(0..3) {
                0 => items.push(graft),
                1 => drop(items.pop()),
                _ => random.shuffle(items),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                *spot = scalar(random);
            }
        },
    }
}

fn object(map: &mut Map<String, Value>, graft: Value, random: &mut fastrand::Rng) {
    let names: Vec<String> = map.keys().cloned().collect();
    let known = |random: &mut fastrand::Rng| random.choice(&names).cloned();
    match random.u8(0..5) {
        0 => drop(known(random).and_then(|name| map.shift_remove(&name))),
        1 => drop(map.insert(key(random), graft)),
        2 => drop(map.insert(key(random), scalar(random))),
        3 => {
            if let Some(value) = known(random).and_then(|name| map.shift_remove(&name)) {
                map.insert(odd(random), value);
            }
        }
        _ => {
            if let Some(name) = known(random) {
                map.insert(name, graft);
            }
        }
    }
}

fn key(random: &mut fastrand::Rng) -> String {
    random.choice(KEYS).expect("there are keys").to_owned()
}

fn odd(random: &mut fastrand::Rng) -> String {
    random.choice(ODD).expect("there are odd values").to_owned()
}

fn scalar(random: &mut fastrand::Rng) -> Value {
    match random.u8(0..8) {
        0 => Value::Null,
        1 => Value::Bool(random.bool()),
        2 => random.i64(..).into(),
        3 => random.u64(..).into(),
        4 => Number::from_f64(random.f64() * 1e300).map_or(Value::Null, Value::Number),
        _ => Value::String(odd(random)),
    }
}
