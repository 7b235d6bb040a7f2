//! Schemas: which cannot be read at all, and what is wrong with those that can.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::version::Version;
use super::wrong::Wrong;
use super::{Edit, Mender};
use crate::faults::Mark;
use crate::shape::{Object, Shape, Trail, fields, remedy, shape_of};

/// Why nothing can be made of a schema, if that is so: it is no mapping, or what says which values
/// it allows is not what it should be; and what to do.
pub(super) struct Unreadable {
    /// The key that is to blame; none if it is the schema as a whole.
    pub(super) key: Option<&'static str>,
    pub(super) why: String,
    pub(super) help: String,
}

/// See [`Unreadable`].
pub(super) fn unreadable(schema: &Value) -> Option<Unreadable> {
    let Value::Object(map) = schema else {
        let help = remedy::as_mapping(schema, Object::Schema);
        let why = "a schema has to be a mapping".to_owned();
        return Some(Unreadable { key: None, why, help });
    };
    if map.contains_key("$ref") {
        let help = "write it like `$ref: '#/components/schemas/…'`".to_owned();
        let why = "`$ref` has to be text".to_owned();
        return Some(Unreadable { key: Some("$ref"), why, help });
    }
    let broken = |key: &'static str| {
        let value = map.get(key)?;
        let shape = shape_of(Object::Schema, key)?;
        let expected = match shape {
            Shape::Text if value.is_string() || named_type(value).is_some() => return None,
            Shape::Map(_) if value.is_object() => return None,
            Shape::List(_) if value.is_array() => return None,
            Shape::One(_) if value.is_object() => return None,
            Shape::Text => "text",
            Shape::List(_) => "a list",
            _ => "a mapping",
        };
        let why = format!("`{key}` in a schema has to be {expected}");
        Some(Unreadable { key: Some(key), why, help: remedy::of(shape, value).to_owned() })
    };
    ["type", "properties", "items", "allOf", "oneOf", "anyOf"].into_iter().find_map(broken)
}

/// The type that a list of types names beside null, as in OpenAPI 3.1, and whether null is in it.
fn named_type(value: &Value) -> Option<(&str, bool)> {
    let list = value.as_array()?;
    let mut names = list.iter().filter(|name| *name != "null");
    let name = names.next()?.as_str()?;
    names.next().is_none().then_some((name, list.iter().any(|name| name == "null")))
}

/// The keywords of a schema that stand in an object of another kind.
pub(super) fn keywords(map: &Map<String, Value>) -> Value {
    let is_its_own =
        |key: &str| ["description", "deprecated", "example", "required"].contains(&key);
    let is_keyword = |key: &str| fields(Object::Schema).iter().any(|field| field.key == key);
    let kept = map.iter().filter(|(key, _)| is_keyword(key) && !is_its_own(key));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// Rules of lists and objects, and what they are about: of any other type they demand nothing (JSON
/// Schema validation, section 3).
const OF_TYPES: &[(&str, &str)] = &[
    ("required", "object"),
    ("additionalProperties", "object"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
];

const BESIDE: &str = "take it out, or correct the type";

impl Mender {
    pub(super) fn schema(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let kind = map.get("type").and_then(Value::as_str);
        // From 3.1 on a list without it is one of anything (JSON Schema 2020-12 core, section 10.3.1.2).
        let needs_items = self.version == Version::V30 && kind == Some("array");
        if needs_items && !map.contains_key("items") {
            let why = "a list needs `items`";
            let message = format!("{why}: they stay `serde_json::Value`");
            self.tell(message, "say with `items` what it is a list of", trail);
            self.edit(trail, Edit::Insert("items", Mark::Fault.schema(why)));
        }
        self.empty_lists(map, trail);
        self.neither_way(map, trail);
        self.repeated_values(map, trail);
        self.null_as_default(map, trail);
        // Beside a choice it is for the alternatives.
        let is_choice = ["allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key));
        let without = [("properties", "object"), ("items", "array"), ("discriminator", "object")];
        for (key, wanted) in without {
            if key == "discriminator" && is_choice {
                continue;
            }
            let Some(kind) = kind.filter(|kind| *kind != wanted && map.contains_key(key)) else {
                continue;
            };
            let trail = Trail::Key(trail, key);
            self.tell(format!("`{key}` beside `type: {kind}` means nothing"), BESIDE, &trail);
            self.edit(&trail, Edit::Remove);
        }
        let is_other = |wanted: &str| kind.is_some_and(|kind| kind != wanted);
        for (key, wanted) in OF_TYPES {
            // A flag that is no flag is told elsewhere, and one that is not set demands nothing.
            let is_flag =
                matches!(shape_of(Object::Schema, key), Some(Shape::Flag | Shape::FlagOrSchema));
            let says =
                map.get(*key).filter(|value| value.as_bool().is_none_or(|set| set && is_flag));
            if let (true, Some(_), Some(kind)) = (is_other(wanted), says, kind) {
                let message = format!("`{key}` beside `type: {kind}` means nothing");
                let trail = Trail::Key(trail, key);
                self.tell(message, BESIDE, &trail);
                self.edit(&trail, Edit::Remove);
            }
        }
    }

    /// A property that is neither sent nor received is none; the specification forbids it.
    fn neither_way(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let flags = ["readOnly", "writeOnly"];
        if flags.iter().all(|flag| map.get(*flag) == Some(&Value::Bool(true))) {
            let message = "nothing is both `readOnly` and `writeOnly`: it is neither";
            self.tell(message, "take one of the two out", trail);
            for flag in flags {
                self.edit(&Trail::Key(trail, flag), Edit::Remove);
            }
        }
    }

    /// Null as a default of what is never null. Beside other schemas these may allow it.
    fn null_as_default(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let is_named = map.get("type").is_some_and(Value::is_string);
        let is_composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key));
        let lists_null =
            map.get("enum").and_then(Value::as_array).is_some_and(|all| all.contains(&Value::Null));
        let allows_null = lists_null || map.get("nullable") == Some(&Value::Bool(true));
        if map.get("default") == Some(&Value::Null) && is_named && !is_composed && !allows_null {
            self.tell(
                "the default is null, which the schema does not allow: it is left out",
                "take it out, or let the schema allow null",
                &Trail::Key(trail, "default"),
            );
        }
    }

    /// A value that an `enum` has twice is most often a slip for another one.
    fn repeated_values(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let values = map.get("enum").and_then(Value::as_array);
        let mut seen = BTreeSet::new();
        for (index, value) in values.into_iter().flatten().enumerate() {
            if !seen.insert(value.to_string()) {
                let trail = Trail::Key(trail, "enum");
                let help = "take one of the two out, or correct it";
                self.tell(format!("`enum` has {value} twice"), help, &Trail::Index(&trail, index));
            }
        }
    }

    /// A list of nothing to choose from allows no value at all, which nobody means; one of nothing
    /// that must hold allows any.
    fn empty_lists(&mut self, map: &Map<String, Value>, trail: &Trail<'_>) {
        let is_empty =
            |key: &str| map.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty);
        let empty: Vec<&str> =
            ["enum", "oneOf", "anyOf", "allOf"].into_iter().filter(|key| is_empty(key)).collect();
        for key in &empty {
            let trail = Trail::Key(trail, key);
            let allows = if *key == "allOf" { "demands nothing" } else { "allows no value" };
            let message = format!("an empty `{key}` {allows}: it is left out");
            self.tell(message, "take it out, or list what there may be", &trail);
            self.edit(&trail, Edit::Remove);
        }
        let says = |key: &&str| map.contains_key(*key) && !empty.contains(key);
        let speaks = ["type", "enum", "properties", "additionalProperties", "items", "oneOf"];
        if let Some(first) = empty.iter().find(|key| **key != "allOf")
            && !speaks.iter().chain(&["anyOf", "allOf"]).any(says)
        {
            self.edit(trail, Edit::Mark(format!("an empty `{first}` allows no value")));
        }
    }

    /// A keyword whose value is not of its kind.
    pub(super) fn wrong_in_schema(
        &mut self,
        value: &Value,
        key: &str,
        wrong: &Wrong,
        trail: &Trail<'_>,
    ) {
        let Wrong { what, expected, help } = wrong;
        let schema = match trail {
            Trail::Key(schema, _) => *schema,
            Trail::Start(_) | Trail::Index(..) => trail,
        };
        match (key, value) {
            ("type", _) => {
                let Some((name, nullable)) = named_type(value) else { return };
                let help = "OpenAPI 3.0 has one type, and `nullable: true` where null may be";
                self.tell("a list of types is OpenAPI 3.1", help, trail);
                self.edit(trail, Edit::Set(name.into()));
                if nullable {
                    self.edit(schema, Edit::Insert("nullable", true.into()));
                }
            }
            ("required", Value::String(name)) => {
                self.tell(
                    format!("{what} has to be {expected}: it is read as `[{name}]`"),
                    *help,
                    trail,
                );
                self.edit(trail, Edit::Set(json!([name])));
            }
            ("exclusiveMinimum", Value::Number(_)) => self.bound("minimum", value, trail, schema),
            ("exclusiveMaximum", Value::Number(_)) => self.bound("maximum", value, trail, schema),
            ("properties" | "items" | "allOf" | "oneOf" | "anyOf", _) => {}
            _ => self.leave_out(what, expected, *help, trail),
        }
    }

    /// An exclusive bound that is a number, as in OpenAPI 3.1.
    fn bound(
        &mut self,
        inclusive: &'static str,
        value: &Value,
        trail: &Trail<'_>,
        schema: &Trail<'_>,
    ) {
        let help = format!("OpenAPI 3.0 has the number under `{inclusive}`, and `true` here");
        self.tell("an exclusive bound that is a number is OpenAPI 3.1", help, trail);
        self.edit(schema, Edit::Insert(inclusive, value.clone()));
        self.edit(trail, Edit::Set(true.into()));
    }
}
