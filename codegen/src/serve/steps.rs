//! The way to a part of an answer, and the schema of what is there.

use serde_json::{Value, json};

use super::Direction;
use super::sample::flatten;
use super::schema::Checks;
use super::tree::Place;
use crate::ir::{FieldPath, Step};

/// A value, and what the document says of it.
pub(super) struct Part<'v, 'd> {
    pub(super) value: &'v mut Value,
    /// The schema at this place; one that says nothing where the document has none.
    pub(super) schema: Value,
    pub(super) root: &'d Value,
}

impl<'v, 'd> Part<'v, 'd> {
    pub(super) fn of(value: &'v mut Value, schema: &Place<'d>) -> Self {
        Self { value, schema: schema.value.clone(), root: schema.root }
    }

    /// The property of this name, made where it is not there; nothing where no object is.
    pub(super) fn property(self, name: &str) -> Option<Part<'v, 'd>> {
        let schema = self.inner(&["properties", name]);
        let value = self.value.as_object_mut()?.entry(name).or_insert(Value::Null);
        Some(Part { value, schema, root: self.root })
    }

    /// The schema at one of the places within that of this part.
    pub(super) fn inner(&self, keys: &[&str]) -> Value {
        let flat = Value::Object(flatten(self.root, &self.schema));
        let found = keys.iter().try_fold(&flat, |inner, key| inner.get(key));
        found.cloned().unwrap_or_else(|| json!({}))
    }

    /// What a chain of properties leads to.
    pub(super) fn field(self, path: &FieldPath) -> Option<Part<'v, 'd>> {
        path.steps.iter().try_fold(self, |part, (_, name)| part.property(name))
    }
}

/// Whether the steps lead to the last item of a list, which cannot be taken away to end it.
pub(super) fn is_of_last(steps: &[Step]) -> bool {
    steps.contains(&Step::Last)
}

/// The first of some changes after which the value is still what its schema says; none if no change
/// leaves it so.
pub(super) fn amend<'c>(
    checks: &Checks,
    value: &mut Value,
    schema: &Place<'_>,
    changes: impl IntoIterator<Item = Box<dyn FnOnce(&mut Value) + 'c>>,
) {
    for change in changes {
        let mut changed = value.clone();
        change(&mut changed);
        if checks.faults(schema.root, &schema.at, Direction::Answer, &changed).is_empty() {
            *value = changed;
            return;
        }
    }
}
