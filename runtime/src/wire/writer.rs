//! Writes the fields of an object, in order.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;
use serde::ser::{Error, SerializeMap};
use serde_json::Value;

use crate::nullable::Nullable;

/// An object that is being written.
///
/// The first failure is kept and ends the writing, so that the callers need no `?` for each field:
/// that is a good part of what an expansion would otherwise cost to compile.
pub struct Writer<M: SerializeMap> {
    map: M,
    /// Discriminators that stand in the object already; the variant must not repeat them.
    tags: Vec<&'static str>,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    pub(super) fn new(map: M) -> Self {
        Self { map, tags: Vec::new(), failure: None }
    }

    pub(super) fn end(self) -> Result<M::Ok, M::Error> {
        match self.failure {
            Some(failure) => Err(failure),
            None => self.map.end(),
        }
    }

    /// Writes a field that is always there.
    pub fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.failure.is_none() && !self.tags.contains(&name) {
            self.failure = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes a field unless it is `None`.
    pub fn option<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Writes a field unless it is absent.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Nullable<T>) {
        if !value.is_absent() {
            self.put(name, value);
        }
    }

    /// Writes the undeclared properties. One that bears the name of a declared one is left out,
    /// because an object must not hold a name twice (RFC 8259, section 4).
    pub fn extra<T: Serialize>(&mut self, declared: &[&str], values: &BTreeMap<String, T>) {
        for (name, value) in values {
            self.more(declared, name, value);
        }
    }

    /// Writes one undeclared property, unless it bears the name of a declared one.
    pub fn more<T: Serialize + ?Sized>(&mut self, declared: &[&str], name: &str, value: &T) {
        if !declared.contains(&name) {
            self.put(name, value);
        }
    }

    /// Writes what is in an object, for a union of which this is the variant.
    pub fn object<T: Serialize>(&mut self, value: &T) {
        match serde_json::to_value(value) {
            Ok(Value::Object(object)) => {
                for (name, value) in &object {
                    self.put(name, value);
                }
            }
            Ok(_) => self.fail("an object is due here"),
            Err(error) => self.fail(error),
        }
    }

    /// Writes the discriminator of a union, which the variant's own fields then leave out.
    pub fn tag(&mut self, name: &'static str, value: &str) {
        self.put(name, value);
        self.tags.push(name);
    }

    /// Like [`tag`](Self::tag), for a discriminator that is a number.
    pub fn tag_number(&mut self, name: &'static str, value: i64) {
        self.put(name, &value);
        self.tags.push(name);
    }

    /// Gives up, because the value has no form as an object.
    pub fn fail(&mut self, reason: impl Display) {
        self.failure.get_or_insert_with(|| M::Error::custom(reason));
    }
}
