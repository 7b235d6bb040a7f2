//! Unions that are told apart by a property, the discriminator (OpenAPI 3.0.3, Discriminator
//! Object).

use std::{fmt, vec};

use serde::de::value::SeqAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde_json::Value;

use super::{Decode, decode_object};

/// An object of which the discriminator is known, wherever it stood.
///
/// What stood in front of it was set aside as JSON values; what follows it is still unread. A server
/// that sends the discriminator first pays nothing for this.
pub struct Tagged<A> {
    tag: &'static str,
    found: Option<Value>,
    aside: vec::IntoIter<(String, Value)>,
    pending: Option<Value>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Tagged<A> {
    /// Reads `map` up to its property `tag`, and gives the position of that property's value among
    /// `values`; their number, when it is not there or another one.
    pub fn read(map: A, tag: &'static str, values: &[&str]) -> Result<(usize, Self), A::Error> {
        Self::find(map, tag, values.len(), |found| {
            let known = found.as_str();
            values.iter().position(|value| Some(*value) == known)
        })
    }

    /// Like [`read`](Self::read), for a discriminator that is a whole number.
    pub fn read_number(
        map: A,
        tag: &'static str,
        values: &[i64],
    ) -> Result<(usize, Self), A::Error> {
        Self::find(map, tag, values.len(), |found| {
            let whole = || found.as_f64().filter(|value| value.fract() == 0.0);
            let known = found.as_i64().or_else(|| whole().map(|value| value as i64));
            values.iter().position(|value| Some(*value) == known)
        })
    }

    fn find(
        mut map: A,
        tag: &'static str,
        count: usize,
        position: impl Fn(&Value) -> Option<usize>,
    ) -> Result<(usize, Self), A::Error> {
        let mut aside = Vec::new();
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            let value: Value = map.next_value()?;
            if key == tag {
                found = Some(value);
                break;
            }
            aside.push((key, value));
        }
        let position = found.as_ref().and_then(position);
        let tagged = Self { tag, found, aside: aside.into_iter(), pending: None, rest: map };
        Ok((position.unwrap_or(count), tagged))
    }

    /// Decodes the variant the discriminator names. The discriminator is passed on if the variant
    /// declares it; otherwise it is known from the variant itself.
    pub fn variant<T: Decode>(mut self) -> Result<T, A::Error> {
        if !T::FIELDS.contains(&self.tag) {
            self.found = None;
        }
        T::decode(self)
    }

    /// Decodes the variant that stands for all others, which sees the whole object.
    pub fn other<T: Decode>(self) -> Result<T, A::Error> {
        T::decode(self)
    }

    /// The error of a union that has no variant for all others.
    pub fn unknown<T>(self, values: &'static [&'static str]) -> Result<T, A::Error> {
        Err(match &self.found {
            Some(Value::String(value)) => A::Error::unknown_variant(value, values),
            Some(_) => A::Error::invalid_type(
                Unexpected::Other("value"),
                &format!("a string as `{}`", self.tag).as_str(),
            ),
            None => A::Error::missing_field(self.tag),
        })
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Tagged<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if let Some(value) = self.found.take() {
            self.pending = Some(value);
            return seed.deserialize(self.tag.into_deserializer()).map(Some);
        }
        match self.aside.next() {
            Some((key, value)) => {
                self.pending = Some(value);
                seed.deserialize(key.into_deserializer()).map(Some)
            }
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.pending.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.rest.next_value_seed(seed),
        }
    }
}

/// Deserializes a union that keeps whatever is none of its alternatives: an object by what it has, any
/// other value as `other`.
///
/// Where no format says what a value is, an object is asked for, with the names that are declared.
///
/// # Errors
/// The value cannot be read, or is an object that says which alternative it is and is not that.
pub fn decode_any<'de, T: Decode, D: Deserializer<'de>>(
    from: D,
    other: fn(Value) -> T,
) -> Result<T, D::Error> {
    if from.is_human_readable() {
        from.deserialize_any(Any { other, type_name: T::NAME })
    } else {
        decode_object(from)
    }
}

struct Any<T> {
    other: fn(Value) -> T,
    type_name: &'static str,
}

impl<'de, T: Decode> Visitor<'de> for Any<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "any value ({})", self.type_name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::decode(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(list)).map(self.other)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        Ok((self.other)(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok((self.other)(Value::Null))
    }
}

/// How many names [`join_fields`] has to make room for.
pub const fn field_count(parts: &[&[&str]]) -> usize {
    let mut count = 0;
    let mut part = 0;
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// The names of all parts, one part after the other; a name two variants share stands there twice.
pub const fn join_fields<const N: usize>(parts: &[&[&'static str]]) -> [&'static str; N] {
    let mut joined = [""; N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut name = 0;
        while name < parts[part].len() {
            joined[at] = parts[part][name];
            at += 1;
            name += 1;
        }
        part += 1;
    }
    joined
}
