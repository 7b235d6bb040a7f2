//! The guard against empty successes.
//!
//! A type whose properties are all optional decodes from any object, an error's included. So an
//! object counts only if it has a property the type declares. What a type declares is found by
//! asking its `Deserialize` for the list it gives to `deserialize_struct`; types that give none
//! (maps, values, lists, types that keep undeclared properties) are not guarded.

use std::fmt;

use serde::Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The wire names `T` declares, if it is an object that declares any.
pub(super) fn declared<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut fields = None;
    // The probe never gives a value, so the result is always an error and says nothing.
    let _ = T::deserialize(Probe { fields: &mut fields });
    fields.filter(|fields| !fields.is_empty())
}

/// Refuses an object none of whose properties is in `declared`, and `{}` if it must not be empty.
/// `bytes` are known to be JSON.
pub(super) fn check(
    bytes: &[u8],
    declared: Option<&'static [&'static str]>,
    nonempty: bool,
) -> Result<(), String> {
    if declared.is_none() && !nonempty {
        return Ok(());
    }
    // Nearly always the first name settles it, and a parser would need an error to stop there.
    if first_name(bytes).is_some_and(|name| is_declared(declared, name)) {
        return Ok(());
    }
    let mut seen = Seen::NoObject;
    let names = Names { declared, seen: &mut seen };
    // Reading stops at the first declared name, which the parser reports as an error.
    let _ = serde_json::Deserializer::from_slice(bytes).deserialize_any(names);
    match seen {
        Seen::NoObject | Seen::Declared => Ok(()),
        Seen::Empty if nonempty => Err("it is an object without properties".to_owned()),
        Seen::Empty => Ok(()),
        Seen::Undeclared => Err("the document declares none of its properties".to_owned()),
    }
}

/// The first name of an object, where it stands there without an escape.
fn first_name(bytes: &[u8]) -> Option<&str> {
    let inside = bytes.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start();
    let rest = inside.strip_prefix(b"\"")?;
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    let name = rest.get(..end).filter(|_| rest.get(end) == Some(&b'"'))?;
    std::str::from_utf8(name).ok()
}

/// Whether a name is declared; without a list, every name is.
fn is_declared(declared: Option<&[&str]>, name: &str) -> bool {
    declared.is_none_or(|declared| declared.contains(&name))
}

/// A deserializer that gives nothing and only listens for the names of a struct.
struct Probe<'a> {
    fields: &'a mut Option<&'static [&'static str]>,
}

/// What the probe answers: there is no value.
#[derive(Debug)]
struct NoValue;

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for NoValue {}

impl serde::de::Error for NoValue {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue)
    }

    /// It has no value to look at, so that the names are asked for of all that may be something else.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NoValue> {
        *self.fields = Some(fields);
        Err(NoValue)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

enum Seen {
    NoObject,
    Empty,
    Undeclared,
    Declared,
}

/// Walks the names of an object.
struct Names<'a> {
    declared: Option<&'static [&'static str]>,
    seen: &'a mut Seen,
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        *self.seen = Seen::Empty;
        while let Some(known) = map.next_key_seed(IsDeclared(self.declared))? {
            if known {
                *self.seen = Seen::Declared;
                return Err(A::Error::custom("enough"));
            }
            *self.seen = Seen::Undeclared;
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Ok(())
    }
}

/// Asks whether a name is declared.
struct IsDeclared(Option<&'static [&'static str]>);

impl<'de> DeserializeSeed<'de> for IsDeclared {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsDeclared {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<bool, E> {
        Ok(is_declared(self.0, name))
    }
}
