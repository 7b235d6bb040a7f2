//! The normalised document as a tree in which references are followed wherever one looks.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// So many references may lead on from one another; a circle has more.
const HOPS: usize = 32;
/// How deep compositions are looked into for a part of what they describe.
const DEEPEST: usize = 16;

/// A place of the document: what is there, and where that is written.
#[derive(Clone, Debug)]
pub(super) struct Place<'d> {
    pub(super) root: &'d Value,
    pub(super) value: &'d Value,
    pub(super) at: Pointer,
}

impl<'d> Place<'d> {
    /// The document itself.
    pub(super) fn root(root: &'d Value) -> Self {
        Self { root, value: root, at: Pointer::root() }
    }

    /// What a pointer leads to.
    pub(super) fn at(root: &'d Value, at: &Pointer) -> Option<Self> {
        Some(Self { root, value: at.lookup(root)?, at: at.clone() }.resolved())
    }

    /// The member of that name, behind its reference if it is one.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self { root: self.root, value, at: self.at.push(key) }.resolved())
    }

    /// The member of that name, if it is a text.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// Whether the member of that name is `true`.
    pub(super) fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The members of an object, in document order, behind their references.
    pub(super) fn members(&self) -> Vec<(&'d str, Self)> {
        let names = self.value.as_object().into_iter().flat_map(Map::keys);
        names.filter_map(|name| Some((name.as_str(), self.get(name)?))).collect()
    }

    /// The elements of an array, behind their references.
    pub(super) fn elements(&self) -> Vec<Self> {
        let values = self.value.as_array().into_iter().flatten().enumerate();
        let element =
            |(index, value)| Self { root: self.root, value, at: self.at.index(index) }.resolved();
        values.map(element).collect()
    }

    /// What a schema says under a key, also where a composition says it.
    fn composed<T>(&self, find: &dyn Fn(&Self) -> Option<T>, depth: usize) -> Option<T> {
        find(self).or_else(|| {
            let depth = depth.checked_sub(1)?;
            let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| self.get(key));
            let mut parts = lists.flat_map(|list| list.elements());
            parts.find_map(|part| part.composed(find, depth))
        })
    }

    /// The property of that name of a schema.
    pub(super) fn property(&self, name: &str) -> Option<Self> {
        self.composed(&|schema| schema.get("properties")?.get(name), DEEPEST)
    }

    fn collect_names(&self, found: &mut Vec<&'d str>, depth: usize) {
        let named = self.value.get("properties").and_then(Value::as_object);
        found.extend(named.into_iter().flat_map(Map::keys).map(String::as_str));
        let Some(depth) = depth.checked_sub(1) else { return };
        for list in ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| self.get(key)) {
            list.elements().iter().for_each(|part| part.collect_names(found, depth));
        }
    }

    /// The names of the properties of a schema.
    pub(super) fn property_names(&self) -> Vec<&'d str> {
        let mut found = Vec::new();
        self.collect_names(&mut found, DEEPEST);
        found
    }

    /// The schema of the items of a list.
    pub(super) fn items(&self) -> Option<Self> {
        self.composed(&|schema| schema.get("items"), DEEPEST)
    }

    /// The schema of a member of an object, be it named or one of the others.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        let others =
            |schema: &Self| schema.get("additionalProperties").filter(|it| it.value.is_object());
        self.property(name).or_else(|| self.composed(&others, DEEPEST))
    }

    /// Whether a schema speaks of members that it does not name, or names none.
    pub(super) fn has_others(&self) -> bool {
        let others = |schema: &Self| match schema.value.get("additionalProperties") {
            Some(Value::Bool(false)) | None => None,
            Some(_) => Some(()),
        };
        let named = |schema: &Self| schema.value.get("properties").map(|_| ());
        self.composed(&others, DEEPEST).is_some() || self.composed(&named, DEEPEST).is_none()
    }

    fn resolved(mut self) -> Self {
        for _ in 0..HOPS {
            let Some(found) = target(self.root, self.value) else { break };
            (self.value, self.at) = found;
        }
        self
    }
}

/// What a reference leads to, if the value is one.
pub(super) fn target<'d>(root: &'d Value, value: &Value) -> Option<(&'d Value, Pointer)> {
    let at = Pointer::from_reference(reference(value)?)?;
    Some((at.lookup(root)?, at))
}

/// The text of a reference.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}
