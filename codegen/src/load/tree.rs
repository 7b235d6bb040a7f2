//! The visitor that builds the raw tree, for both formats.
//!
//! It takes note of what no OpenAPI document can mean: a YAML merge key, a YAML tag, a number that
//! JSON cannot hold, a key given twice or one that is no text. There is a tree of such a document
//! too, and more to be said of it. And it counts what the tree costs while building it: a YAML alias
//! is expanded through the visitor, so the budget is also what stops a document whose aliases
//! multiply.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::allowance::NODE;
use super::key::Key;
use super::problem::Problem;
use super::state::{NotePlace, State};

/// How deep mappings and lists may nest. Both parsers stop at 128 by themselves, with errors of
/// no particular type.
pub(crate) const MAX_DEPTH: usize = 100;

/// What a list costs beside its elements: the space it makes for the first ones.
const LIST: usize = 128;

/// What a mapping costs beside its members, likewise.
const MAPPING: usize = 384;

/// How much of the way to an element of a list its index is, about.
const INDEX: usize = 4;

/// One node of the tree.
pub(super) struct Tree<'s, 't> {
    pub(super) state: &'s mut State<'t>,
    /// Its number among the places.
    pub(super) node: usize,
}

impl<'s, 't> Tree<'s, 't> {
    pub(super) fn root(state: &'s mut State<'t>) -> Self {
        let node = state.element();
        Self { state, node }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Self { state, node } = self;
        let value = deserializer.deserialize_any(Tree { state: &mut *state, node });
        value.or_else(|error| state.release(error, node))
    }
}

impl<'de> Visitor<'de> for Tree<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping, a list or a scalar")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { state, node: holder } = self;
        state.enter(MAPPING)?;
        let (mut map, mut merged) = (Map::new(), Vec::new());
        while let Some(key) = access.next_key_seed(Key::seed(state))? {
            let (name, offset) = key.name();
            let step = 1 + name.len();
            state.descend(step)?;
            let node = state.member(holder, name, offset);
            match &key {
                Key::Text(name, _) => state.is_repeated |= map.contains_key(name),
                Key::Merge(offset) => {
                    state.note(Problem::merge_key(), node, NotePlace::Offset(*offset));
                }
                Key::Odd(_, key) => {
                    state.note(Problem::key_is_no_text(), holder, NotePlace::Within(*key));
                }
            }
            let value = match access.next_value_seed(Tree { state, node }) {
                Ok(value) => value,
                Err(error) => {
                    state.trail.push(name.to_owned());
                    return Err(error);
                }
            };
            state.way -= step;
            let is_lost = state.take_lost();
            match key {
                Key::Text(..) | Key::Merge(_) if is_lost => {}
                Key::Text(name, _) => add(&mut map, name, value),
                Key::Merge(_) => merged.push(value),
                Key::Odd(..) => {}
            }
        }
        merged.into_iter().for_each(|value| merge(&mut map, value));
        state.close(holder);
        state.depth -= 1;
        Ok(Value::Object(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { state, node: holder } = self;
        state.enter(LIST)?;
        state.way += INDEX;
        let mut list = Vec::new();
        loop {
            let node = state.element();
            match access.next_element_seed(Tree { state, node }) {
                Ok(Some(value)) => {
                    // The others stay where they are.
                    let _ = state.take_lost();
                    state.descend(0)?;
                    list.push(value);
                }
                Ok(None) => {
                    state.take_back(node);
                    break;
                }
                Err(error) => {
                    state.trail.push(list.len().to_string());
                    return Err(error);
                }
            }
        }
        state.way -= INDEX;
        state.close(holder);
        state.depth -= 1;
        Ok(Value::Array(list))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let Self { state, node } = self;
        let (tag, content) = access.variant::<String>()?;
        let value = content.newtype_variant_seed(Tree { state: &mut *state, node })?;
        // A scalar only says where the value is to come from: `!include widget.yaml`.
        let is_kept = !state.take_lost() && (value.is_object() || value.is_array());
        let value = is_kept.then_some(value);
        state.hold(Problem::tag(&tag), value)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value, E> {
        if let Some(offset) = self.state.start_of(text)
            && let Some(places) = &mut self.state.places
        {
            places.met(self.node, offset);
        }
        self.visit_string(text.to_owned())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE + text.len())?;
        Ok(Value::String(text))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE)?;
        match Number::from_f64(number) {
            Some(number) => Ok(Value::Number(number)),
            None => self.state.hold(Problem::not_finite(number), None),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.leaf(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.leaf(number)
    }

    /// Beyond 64 bits the tree has what any JSON reader would: the nearest double.
    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.leaf(flag)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }
}

impl Tree<'_, '_> {
    fn leaf<E: Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE)?;
        Ok(value.into())
    }
}

/// Adds a member to a mapping, which may have one of its key already.
fn add(map: &mut Map<String, Value>, key: String, value: Value) {
    match map.entry(key) {
        Entry::Vacant(place) => drop(place.insert(value)),
        Entry::Occupied(mut place) => unite(place.get_mut(), value),
    }
}

/// Of two values of one key the first is looked at, with what only the second has: a reference into
/// either of two `schemas` leads somewhere, and to say that it does not would be false.
fn unite(first: &mut Value, second: Value) {
    let (Value::Object(first), Value::Object(second)) = (first, second) else { return };
    for (key, value) in second {
        add(first, key, value);
    }
}

/// Adds what a merge key asks for: members that the mapping does not have itself. Nobody relies on
/// it, as the document is refused; but what the members say is looked at.
fn merge(map: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(values) => values.into_iter().for_each(|value| merge(map, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
