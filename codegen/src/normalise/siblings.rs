//! Keys beside a `$ref`.
//!
//! By the letter they mean nothing (OpenAPI 3.0.3, Reference Object), and openapiv3 drops them. Yet
//! everybody writes them: a description of the property rather than of its type, and flags that
//! belong to a property. These are kept, as the specification itself advises to write them: around
//! an `allOf` of the reference alone. What would change the referred schema is left out, and said.
//!
//! Of other references 3.1 has a description, which stands for that of what is referred to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child, reference, shape_of};

/// Keys that say something about the place a schema is used at.
const KEPT: [&str; 8] = [
    "title",
    "description",
    "externalDocs",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "default",
];
/// Keys that say nothing about a value.
const SILENT: [&str; 2] = ["example", "xml"];

/// Whether a key beside a reference to such an object counts.
pub(super) fn is_kept(object: Object, key: &str) -> bool {
    object == Object::Schema && KEPT.contains(&key)
}

/// Wraps every reference that has siblings worth keeping.
pub(super) fn keep(root: &mut Value) -> Diagnostics {
    let mut found = Found::default();
    found.visit(root, Object::Document, &Trail::Start(&Pointer::root()));
    for pointer in &found.wrapped {
        if let Some(value) = root.pointer_mut(pointer.as_str()) {
            wrap(value);
        }
    }
    found.report().into_iter().collect()
}

/// The descriptions beside references to anything but schemas (OpenAPI 3.1, Reference Object): each counts
/// in place of that of what is referred to, at this place alone.
pub(super) fn descriptions(root: &Value) -> BTreeMap<Pointer, String> {
    fn visit(
        value: &Value,
        object: Object,
        trail: &Trail<'_>,
        found: &mut BTreeMap<Pointer, String>,
    ) {
        if object == Object::Schema {
            return;
        }
        if reference(value, object).is_some() {
            let words = value.get("description").and_then(Value::as_str);
            found.extend(words.map(|words| (trail.pointer(), words.to_owned())));
            return;
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            visit(value, object, trail, found);
        });
    }
    let mut found = BTreeMap::new();
    visit(root, Object::Document, &Trail::Start(&Pointer::root()), &mut found);
    found
}

fn wrap(value: &mut Value) {
    let Value::Object(map) = value else { return };
    let Some(reference) = map.remove("$ref") else { return };
    let mut wrapped: Map<String, Value> = std::mem::take(map)
        .into_iter()
        .filter(|(key, _)| KEPT.contains(&key.as_str()) || key.starts_with("x-"))
        .collect();
    wrapped.insert("allOf".to_owned(), json!([{"$ref": reference}]));
    *map = wrapped;
}

/// References with siblings.
#[derive(Default)]
struct Found {
    wrapped: Vec<Pointer>,
    /// Keys that are left out: where the first one stands and how many there are.
    dropped: Option<(Pointer, usize)>,
}

impl Found {
    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        if reference(value, object).is_some() {
            if object == Object::Schema {
                self.siblings(value, trail);
            }
            return;
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    fn siblings(&mut self, value: &Value, trail: &Trail<'_>) {
        let keys = || value.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        if keys().any(|key| KEPT.contains(&key)) {
            self.wrapped.push(trail.pointer());
        }
        let means_something = |key: &&str| {
            *key != "$ref"
                && !KEPT.contains(key)
                && !SILENT.contains(key)
                && shape_of(Object::Schema, key).is_some()
        };
        for key in keys().filter(means_something) {
            let first = || (Trail::Key(trail, key).pointer(), 0);
            self.dropped.get_or_insert_with(first).1 += 1;
        }
    }

    /// One warning, at the first place, with the number of them.
    fn report(self) -> Option<Diagnostic> {
        let (first, count) = self.dropped?;
        let number = match count {
            1 => String::new(),
            many => format!(" ({many} keys, of which this is the first)"),
        };
        let message = format!("a key beside `$ref` changes nothing{number}");
        let help = "put the reference into an `allOf` of its own, with the key beside that";
        Some(Diagnostic::warning(Code::Ignored, message).at(&first).help(help))
    }
}
