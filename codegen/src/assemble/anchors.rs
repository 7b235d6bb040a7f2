//! The names that schemas of 3.1 give themselves (JSON Schema 2020-12 core, section 8.2).

use std::collections::BTreeMap;

use serde_json::Value;

use super::library::Library;
use crate::pointer::Pointer;
use crate::shape::Trail;

/// Every name in the files that were read so far.
#[derive(Default)]
pub(super) struct Named {
    files: usize,
    ids: BTreeMap<String, (usize, Pointer)>,
    anchors: BTreeMap<(usize, String), Pointer>,
}

impl Named {
    /// Takes in the files that are new.
    pub(super) fn update(&mut self, library: &Library<'_>) {
        while self.files < library.len() {
            self.note(self.files, library.root(self.files), &Trail::Start(&Pointer::root()));
            self.files += 1;
        }
    }

    /// What calls itself by this `$id`.
    pub(super) fn by_id(&self, id: &str) -> Option<(usize, Pointer)> {
        self.ids.get(id).cloned()
    }

    /// What calls itself by this anchor, in a file.
    pub(super) fn by_anchor(&self, file: usize, anchor: &str) -> Option<Pointer> {
        self.anchors.get(&(file, anchor.to_owned())).cloned()
    }

    fn note(&mut self, file: usize, value: &Value, trail: &Trail<'_>) {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        if let Some(id) = text("$id") {
            self.ids.entry(id.to_owned()).or_insert_with(|| (file, trail.pointer()));
        }
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            let key = (file, anchor.to_owned());
            self.anchors.entry(key).or_insert_with(|| trail.pointer());
        }
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    self.note(file, value, &Trail::Key(trail, key));
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.note(file, value, &Trail::Index(trail, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
