//! Doing what an action says, and remembering which part of the tree comes from the overlay.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::actions::{Action, Change, Rules, refuse};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::MAX_DEPTH;
use crate::pointer::Pointer;
use crate::source::Parts;

/// How many values all actions of an overlay may add. A target can mean any number of places, and what
/// one action adds another may find.
const MOST: usize = 100_000;

/// A document that is being changed by one overlay.
pub(super) struct Patch {
    root: Value,
    parts: Parts,
    /// The overlay, among the files.
    file: usize,
    added: usize,
}

/// What is added to the document.
struct Addition<'a> {
    value: &'a Value,
    /// The key of the action that says so.
    key: &'a Pointer,
    from: Written,
}

/// Where it is written.
enum Written {
    /// Under the key itself.
    Overlay,
    /// At this place of the document, as it is when the action begins.
    Document(Pointer),
}

impl Addition<'_> {
    fn root(&self) -> &Pointer {
        match &self.from {
            Written::Overlay => self.key,
            Written::Document(place) => place,
        }
    }
}

impl Patch {
    pub(super) fn new(root: Value, parts: Parts, file: usize) -> Self {
        Self { root, parts, file, added: 0 }
    }

    pub(super) fn into_parts(self) -> (Value, Parts) {
        (self.root, self.parts)
    }

    /// Does one action to every place that its target means.
    pub(super) fn act(&mut self, action: &Action<'_>) -> Result<(), Diagnostic> {
        // That it is too much has been told, and to go on would only cost more.
        if self.added > MOST {
            return Ok(());
        }
        let mut places = self.places(&action.target);
        if places.is_empty() {
            return Err(refuse(
                "the document has nothing that this target means",
                &action.at.push("target"),
                "correct the target, or take the action out if the document has changed",
            )
            .stale());
        }
        match &action.change {
            Change::Remove => {
                // From the end, so that what is still to be removed stays where it is.
                places.reverse();
                places.iter().try_for_each(|place| self.remove(place, &action.at))
            }
            Change::Update(update) => {
                let from = action.at.push("update");
                let addition = Addition { value: update, key: &from, from: Written::Overlay };
                self.afford(&places, update, &action.at)?;
                places.iter().try_for_each(|place| self.add(place, &addition, action))
            }
            Change::Copy(path) => {
                let key = action.at.push("copy");
                let source = self.source(path, &key)?;
                let Some(value) = self.root.pointer(source.as_str()).cloned() else {
                    return Ok(());
                };
                let addition =
                    Addition { value: &value, key: &key, from: Written::Document(source) };
                self.afford(&places, &value, &action.at)?;
                places.iter().try_for_each(|place| self.add(place, &addition, action))
            }
        }
    }

    fn places(&self, path: &JsonPath) -> Vec<Pointer> {
        let located = path.query_located(&self.root);
        located.locations().filter_map(|path| Pointer::parse(&path.to_json_pointer())).collect()
    }

    /// The "single node" that is copied.
    fn source(&self, path: &JsonPath, key: &Pointer) -> Result<Pointer, Diagnostic> {
        let mut places = self.places(path).into_iter();
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (None, _) => Err(refuse(
                "the document has nothing that this path means",
                key,
                "correct the path; what an action adds, those behind it find",
            )
            .stale()),
            (Some(first), Some(second)) => {
                let message = format!("the path means several values, `{first}` and `{second}`");
                Err(refuse(message, key, "name one of them"))
            }
        }
    }

    /// Whether so much may be added at these places.
    fn afford(
        &mut self,
        places: &[Pointer],
        value: &Value,
        at: &Pointer,
    ) -> Result<(), Diagnostic> {
        let (values, depth) = size(value);
        self.added = self.added.saturating_add(values.saturating_mul(places.len()));
        if self.added > MOST {
            let message = format!("the overlay adds more than {MOST} values");
            return Err(Diagnostic::error(Code::TooLarge, message).at(at));
        }
        let deepest = places.iter().map(|place| place.tokens().count()).max().unwrap_or_default();
        if deepest + depth > MAX_DEPTH {
            let message = format!("the document would be more than {MAX_DEPTH} levels deep");
            return Err(Diagnostic::error(Code::TooDeep, message).at(at));
        }
        Ok(())
    }

    /// Brings a value together with what stands at a place.
    fn add(
        &mut self,
        place: &Pointer,
        addition: &Addition<'_>,
        action: &Action<'_>,
    ) -> Result<(), Diagnostic> {
        let from = addition.root();
        let Some(target) = self.root.pointer_mut(place.as_str()) else { return Ok(()) };
        let mut moved = Vec::new();
        match (&mut *target, addition.value) {
            (Value::Array(_), Value::Array(_)) if action.rules == Rules::V1_1 => {
                merge(target, addition.value, place, from, &mut moved);
            }
            (Value::Array(list), value) => {
                moved.push((place.index(list.len()), from.clone()));
                list.push(value.clone());
            }
            (Value::Object(_), value @ Value::Object(_)) => {
                merge(target, value, place, from, &mut moved);
            }
            (Value::Object(_), _) => {
                let help = "name a mapping, with the keys that are to be added or changed";
                return Err(refuse("what updates a mapping is a mapping", addition.key, help));
            }
            (_, value) => {
                if action.rules == Rules::V1_0 {
                    let message = format!("`{place}` is neither a mapping nor a list");
                    let help = "name what holds it, and write its key under `update`; or write \
                                `overlay: 1.1.0`, whose updates replace it";
                    return Err(refuse(message, &action.at.push("target"), help));
                }
                if matches!(value, Value::Array(_) | Value::Object(_)) {
                    let message = format!("`{place}` is neither a mapping nor a list, as this is");
                    let help = "name what holds it, and write its key";
                    return Err(refuse(message, addition.key, help));
                }
                *target = value.clone();
                moved.push((place.clone(), from.clone()));
            }
        }
        match &addition.from {
            Written::Overlay => {
                for (to, from) in moved {
                    self.parts.set(to, self.file, from);
                }
            }
            Written::Document(_) => self.parts.copy(&moved),
        }
        Ok(())
    }

    fn remove(&mut self, place: &Pointer, action: &Pointer) -> Result<(), Diagnostic> {
        let (Some(holder), Some(token)) = (place.parent(), place.last()) else {
            let help = "name what is in the document";
            return Err(refuse("the document itself cannot be removed", action, help));
        };
        match self.root.pointer_mut(holder.as_str()) {
            Some(Value::Object(map)) => {
                map.shift_remove(&token);
            }
            Some(Value::Array(list)) => {
                let index = token.parse().unwrap_or(list.len());
                if index < list.len() {
                    list.remove(index);
                    self.parts.close_gap(&holder, index, list.len());
                }
            }
            // What holds it was removed before.
            Some(_) | None => {}
        }
        Ok(())
    }
}

/// Merges mappings key by key and puts lists behind lists; anything else takes the place of what was.
fn merge(
    target: &mut Value,
    update: &Value,
    at: &Pointer,
    from: &Pointer,
    moved: &mut Vec<(Pointer, Pointer)>,
) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                let (at, from) = (at.push(key), from.push(key));
                match target.get_mut(key) {
                    Some(existing) => merge(existing, value, &at, &from, moved),
                    None => {
                        target.insert(key.clone(), value.clone());
                        moved.push((at, from));
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => {
            for (index, value) in update.iter().enumerate() {
                moved.push((at.index(target.len()), from.index(index)));
                target.push(value.clone());
            }
        }
        (target, update) => {
            *target = update.clone();
            moved.push((at.clone(), from.clone()));
        }
    }
}

/// How many values there are, and how deep they go.
fn size(value: &Value) -> (usize, usize) {
    let children: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(list) => list.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let sizes = children.into_iter().map(size);
    let whole = sizes.fold((0usize, 0usize), |(values, depth), (more, below)| {
        (values.saturating_add(more), depth.max(below))
    });
    (whole.0.saturating_add(1), whole.1 + 1)
}
