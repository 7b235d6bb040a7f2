//! The way to a part of an answer, and the schema of what is there.

use serde_json::{Value, json};

use super::Direction;
use super::sample::flatten;
use super::schema::{Checks, Fault};
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

/// What leads to a part of a value, as far as it is there.
pub(super) fn follow<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Name(name) => value.get_mut(name),
        Step::Last => value.as_array_mut()?.last_mut(),
        Step::Where(name, text) => {
            value.as_array_mut()?.iter_mut().find(|item| item[&**name] == json!(text))
        }
    })
}

/// The change to another value, if it is one.
pub(super) fn change_to<'c>(before: &Value, change: impl Fn(&mut Value)) -> Option<Change<'c>> {
    let mut other = before.clone();
    change(&mut other);
    (other != *before).then(|| Box::new(move |value: &mut Value| *value = other) as Change<'c>)
}

/// A change of an answer.
pub(super) type Change<'c> = Box<dyn FnOnce(&mut Value) + 'c>;

/// The first of some changes after which the value breaks no more of its schema than before; none if
/// every change does.
pub(super) fn amend<'c>(
    checks: &Checks,
    value: &mut Value,
    schema: &Place<'_>,
    changes: impl IntoIterator<Item = Change<'c>>,
) {
    amend_but(checks, value, schema, changes, &|_| false);
}

/// [`amend`], where some faults are as it has to be.
pub(super) fn amend_but<'c>(
    checks: &Checks,
    value: &mut Value,
    schema: &Place<'_>,
    changes: impl IntoIterator<Item = Change<'c>>,
    is_allowed: &dyn Fn(&Fault) -> bool,
) {
    let faults = |value: &Value| checks.faults(schema.root, &schema.at, Direction::Answer, value);
    // What the document shows, or what could be made of it, need not be what it says.
    let before = faults(value);
    let is_new = |fault: &Fault| {
        !before.iter().any(|known| (&known.at, &known.rule) == (&fault.at, &fault.rule))
    };
    for change in changes {
        let mut changed = value.clone();
        change(&mut changed);
        if !faults(&changed).iter().any(|fault| is_new(fault) && !is_allowed(fault)) {
            *value = changed;
            return;
        }
    }
}
