//! Reads the properties of an object, in whatever order they come.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::lenient::{Lenient, Number};

/// An object that is being read.
///
/// Properties are known by their position in the list of declared names, so that one key type serves
/// every struct, and no key is allocated that is not kept.
pub struct Reader<'de, A> {
    map: A,
    keys: Keys,
    life: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// Starts to read `map`, of which `fields` are declared.
    pub fn new(map: A, fields: &'static [&'static str]) -> Self {
        Self { map, keys: Keys::new(fields), life: PhantomData }
    }

    /// Goes to the next property and gives its position among the declared names; their number at
    /// the end of the object; more than that for a property that is not declared.
    ///
    /// A declared property that stands there twice is an error.
    pub fn field(&mut self) -> Result<usize, A::Error> {
        match self.map.next_key_seed(&mut self.keys)? {
            Some(true) => Ok(self.keys.found),
            Some(false) => Err(A::Error::duplicate_field(self.keys.name(self.keys.found))),
            None => Ok(self.keys.fields.len()),
        }
    }

    /// Reads the value of a property.
    pub fn value<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads the value of a property that may be null, which counts as missing.
    pub fn option<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Like [`value`](Self::value), for what has rules of its own: of an integer, servers send `7.0` too.
    pub fn int<T: Number>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = Some(self.map.next_value::<Lenient<T>>()?.0);
        Ok(())
    }

    /// Like [`option`](Self::option), for what has rules of its own: of an integer, servers send `7.0` too.
    pub fn int_option<T: Number>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        *slot = self.map.next_value::<Lenient<Option<T>>>()?.0;
        Ok(())
    }

    /// Passes over the value of a property that is not declared.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Keeps a property that is not declared.
    pub fn extra<T: Deserialize<'de>>(
        &mut self,
        slot: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let name = self.new_name(slot)?;
        slot.insert(name, self.map.next_value()?);
        Ok(())
    }

    /// Like [`extra`](Self::extra), for what has rules of its own: of an integer, servers send `7.0` too.
    pub fn int_extra<T: Number>(&mut self, slot: &mut BTreeMap<String, T>) -> Result<(), A::Error> {
        let name = self.new_name(slot)?;
        slot.insert(name, self.map.next_value::<Lenient<T>>()?.0);
        Ok(())
    }

    /// The undeclared name that was found, which must not be there twice.
    fn new_name<T>(&mut self, slot: &BTreeMap<String, T>) -> Result<String, A::Error> {
        let name = std::mem::take(&mut self.keys.unknown);
        match slot.contains_key(&name) {
            true => Err(A::Error::custom(format_args!("duplicate field `{name}`"))),
            false => Ok(name),
        }
    }

    /// The value of a property that must be there.
    pub fn required<T>(&self, slot: Option<T>, field: usize) -> Result<T, A::Error> {
        slot.ok_or_else(|| A::Error::missing_field(self.keys.name(field)))
    }

    /// Makes [`extra`](Self::extra) possible: the names of undeclared properties are kept.
    #[must_use]
    pub fn keep_unknown(mut self) -> Self {
        self.keys.keep_unknown = true;
        self
    }
}

/// What is known of the keys so far; reads the next one.
struct Keys {
    fields: &'static [&'static str],
    found: usize,
    /// Where the next key is looked for first.
    next: usize,
    /// One bit for each of the first declared names, then positions: few objects have so many.
    seen: u64,
    seen_late: Vec<usize>,
    keep_unknown: bool,
    unknown: String,
}

impl Keys {
    fn new(fields: &'static [&'static str]) -> Self {
        Self {
            fields,
            found: 0,
            next: 0,
            seen: 0,
            seen_late: Vec::new(),
            keep_unknown: false,
            unknown: String::new(),
        }
    }

    fn name(&self, field: usize) -> &'static str {
        self.fields.get(field).copied().unwrap_or_default()
    }

    /// Looks `key` up from behind the last one that was found, since servers mostly keep the order
    /// of their document. Says whether it is new.
    #[inline]
    fn find(&mut self, key: &str) -> bool {
        if self.fields.get(self.next).is_some_and(|name| *name == key) {
            self.found = self.next;
            self.next += 1;
            return self.mark();
        }
        self.search(key)
    }

    fn search(&mut self, key: &str) -> bool {
        let (before, after) = self.fields.split_at(self.next);
        let position = after.iter().position(|name| *name == key).map(|at| at + before.len());
        match position.or_else(|| before.iter().position(|name| *name == key)) {
            Some(field) => {
                self.found = field;
                self.next = field + 1;
                self.mark()
            }
            None => {
                self.found = self.fields.len() + 1;
                if self.keep_unknown {
                    self.unknown = key.to_owned();
                }
                true
            }
        }
    }

    #[inline]
    fn mark(&mut self) -> bool {
        if let Some(bit) = u32::try_from(self.found).ok().and_then(|n| 1_u64.checked_shl(n)) {
            let new = self.seen & bit == 0;
            self.seen |= bit;
            return new;
        }
        let new = !self.seen_late.contains(&self.found);
        self.seen_late.push(self.found);
        new
    }
}

impl<'de> DeserializeSeed<'de> for &mut Keys {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Keys {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        Ok(self.find(key))
    }
}
