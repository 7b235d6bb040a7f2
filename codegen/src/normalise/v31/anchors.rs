//! References by `$id`, `$anchor` and `$dynamicAnchor`, as references by place.
//!
//! JSON Schema 2020-12 core, section 8.2. A `$dynamicRef` is read as the `$ref` that it is where
//! nothing outside overrides its anchor.

use std::collections::BTreeMap;

use serde_json::Value;

use super::walk;
use crate::pointer::Pointer;
use crate::shape::Object;

/// Rewrites every reference that is not a JSON pointer from the root of the document, as far as
/// the document has what it leads to.
pub(super) fn resolve(root: &mut Value) {
    let mut places = Places::default();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        if object == Object::Schema {
            places.note(value, at);
        }
    });
    let mut changes = Vec::new();
    walk::each(root, Object::Document, &Pointer::root(), &mut |value, object, at| {
        if object == Object::Schema {
            for key in ["$ref", "$dynamicRef"] {
                let reference = value.get(key).and_then(Value::as_str);
                let target = reference.and_then(|text| places.target(text, at));
                changes.extend(target.map(|target| (at.clone(), target)));
            }
        }
    });
    for (at, target) in changes {
        if let Some(Value::Object(map)) = root.pointer_mut(at.as_str()) {
            map.insert("$ref".to_owned(), Value::String(format!("#{}", escape(&target))));
        }
    }
}

/// What a JSON pointer needs to be a fragment (RFC 6901 section 6): only the percent sign would be
/// read as something else.
fn escape(pointer: &Pointer) -> String {
    pointer.as_str().replace('%', "%25")
}

/// Where the schemas with names of their own stand.
#[derive(Default)]
struct Places {
    /// By `$id`.
    ids: BTreeMap<String, Pointer>,
    /// By anchor: all who have it, in document order.
    anchors: BTreeMap<String, Vec<Pointer>>,
}

impl Places {
    fn note(&mut self, schema: &Value, at: &Pointer) {
        let text = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(id) = text("$id") {
            self.ids.entry(id).or_insert_with(|| at.clone());
        }
        for anchor in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
            self.anchors.entry(anchor).or_default().push(at.clone());
        }
    }

    /// The place of what a reference at `from` leads to; `None` if it is a pointer from the root
    /// already, or leads to nothing that is known here.
    fn target(&self, reference: &str, from: &Pointer) -> Option<Pointer> {
        let (id, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = match id {
            "" => self.resource(from),
            id => Some(self.ids.get(id)?),
        };
        match fragment {
            "" => resource.cloned(),
            pointer if pointer.starts_with('/') => {
                let below = Pointer::from_reference(&format!("#{pointer}"))?;
                Some(below.tokens().fold(resource?.clone(), |at, token| at.push(&token)))
            }
            anchor => {
                let all = self.anchors.get(anchor)?;
                let within = |resource: &Pointer| all.iter().find(|at| holds(resource, at));
                resource.and_then(within).or_else(|| all.first()).cloned()
            }
        }
    }

    /// The schema with an `$id` that `at` is part of: its references count from there.
    fn resource(&self, at: &Pointer) -> Option<&Pointer> {
        let holders = self.ids.values().filter(|resource| holds(resource, at));
        holders.max_by_key(|resource| resource.as_str().len())
    }
}

fn holds(outer: &Pointer, inner: &Pointer) -> bool {
    inner
        .as_str()
        .strip_prefix(outer.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
