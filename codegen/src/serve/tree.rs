//! The normalised document as a tree in which references are followed wherever one looks.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// So many references may lead on from one another; a circle has more.
const HOPS: usize = 32;

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
