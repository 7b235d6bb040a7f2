//! The keys of mappings.
//!
//! Every key of an OpenAPI document is text, so YAML's integers and booleans are taken as written
//! (`200:` under `responses` is the response for "200").

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::Value;

use super::allowance::NODE;
use super::state::{Keys, State};
use super::tree::Tree;
use crate::source::Format;

/// A key that was read.
pub(super) enum Key {
    /// With its offset, where it is lent from the text.
    Text(String, Option<usize>),
    /// `<<`, at this offset.
    Merge(usize),
    /// A list or a mapping: what stands for it, and the number of its node among the places.
    Odd(String, usize),
}

impl Key {
    pub(super) fn seed<'s, 't>(state: &'s mut State<'t>) -> Seed<'s, 't> {
        Seed { state }
    }

    /// What it is called, and where it stands.
    pub(super) fn name(&self) -> (&str, Option<usize>) {
        match self {
            Self::Text(text, offset) => (text, *offset),
            Self::Merge(offset) => ("<<", Some(*offset)),
            Self::Odd(text, _) => (text, None),
        }
    }
}

pub(super) struct Seed<'s, 't> {
    state: &'s mut State<'t>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        let Self { state } = self;
        match state.keys {
            Keys::AsWritten => {
                let key = deserializer.deserialize_str(Seed { state: &mut *state });
                state.is_key = key.is_err();
                key
            }
            Keys::OfAnyKind => deserializer.deserialize_any(Seed { state }),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Key, E> {
        let offset = self.state.offset_of(key);
        let quoted = offset.is_some_and(|offset| self.state.is_quoted(offset));
        let start = offset.map(|offset| offset - usize::from(quoted));
        match start {
            Some(start) if key == "<<" && !quoted && self.state.format == Format::Yaml => {
                Ok(Key::Merge(start))
            }
            _ => self.take(key, start),
        }
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        self.take(key, None)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Key, E> {
        self.take(&flag.to_string(), None)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Key, E> {
        self.take(&number.to_string(), None)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Key, E> {
        self.take(&number.to_string(), None)
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Key, E> {
        self.take(&number.to_string(), None)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Key, E> {
        self.take(&number.to_string(), None)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Key, E> {
        // With a fraction, as it was written: `1.0`.
        self.take(&format!("{number:?}"), None)
    }

    fn visit_unit<E: Error>(self) -> Result<Key, E> {
        self.take("null", None)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Key, A::Error> {
        let (_tag, content) = access.variant::<IgnoredAny>()?;
        content.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Key, A::Error> {
        self.odd(|content| content.visit_seq(access))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Key, A::Error> {
        self.odd(|content| content.visit_map(access))
    }
}

impl<'t> Seed<'_, 't> {
    /// A key that is more than text. It is told of, and nothing in it matters besides.
    fn odd<E>(self, read: impl FnOnce(Tree<'_, 't>) -> Result<Value, E>) -> Result<Key, E> {
        let Self { state } = self;
        let (node, before) = (state.element(), state.notes.len());
        read(Tree { state: &mut *state, node })?;
        state.notes.truncate(before);
        Ok(Key::Odd(format!("?{node}"), node))
    }

    fn take<E: Error>(self, key: &str, offset: Option<usize>) -> Result<Key, E> {
        self.state.spend(NODE + key.len())?;
        Ok(Key::Text(key.to_owned(), offset))
    }
}
