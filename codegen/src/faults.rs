//! Schemas and security schemes that nobody can read, in a document that is sound elsewhere.
//!
//! A stage that works on the raw tree puts a mark in the place of such a schema: a schema that
//! allows everything, with the reason under a key of its own. `lower` reads the mark, so that the
//! value stays JSON and the report can say who is to blame.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;

/// What is known of a schema that has a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The document is broken here.
    Fault,
    /// The document may be sound; the generator does not look there.
    Unfollowed,
}

/// Keys that say something about the place rather than about the value, and so stay true.
const KEPT: [&str; 6] = ["title", "description", "deprecated", "nullable", "readOnly", "writeOnly"];

impl Mark {
    const ALL: [Self; 2] = [Self::Fault, Self::Unfollowed];

    fn key(self) -> &'static str {
        match self {
            Self::Fault => "x-specwright-fault",
            Self::Unfollowed => "x-specwright-unfollowed",
        }
    }

    /// Puts a marked schema in the place of what stands at `pointer`.
    pub(crate) fn put(self, root: &mut Value, pointer: &Pointer, why: &str) {
        let Some(place) = root.pointer_mut(pointer.as_str()) else { return };
        let mut marked = Map::new();
        for (key, value) in place.as_object().into_iter().flatten() {
            if KEPT.contains(&key.as_str()) {
                marked.insert(key.clone(), value.clone());
            }
        }
        marked.insert(self.key().to_owned(), why.into());
        *place = Value::Object(marked);
    }

    /// A marked schema.
    pub(crate) fn schema(self, why: &str) -> Value {
        json!({self.key(): why})
    }

    /// A marked security scheme: of some kind, under its name.
    pub(crate) fn security_scheme(self, why: &str) -> Value {
        json!({"type": "http", "scheme": "", self.key(): why})
    }

    /// The mark among the extensions of an object, with its reason.
    pub(crate) fn find<'v>(
        get: impl Fn(&'static str) -> Option<&'v Value>,
    ) -> Option<(Self, &'v str)> {
        Self::ALL.into_iter().find_map(|mark| Some((mark, get(mark.key())?.as_str()?)))
    }
}

/// What stands for a value that the document does not give: clients ask their callers for it.
pub(crate) const PLACEHOLDER: &str = "{}";

/// Whether a value only stands for another, as in `default: '{your-tenant}'`.
pub(crate) fn is_placeholder(value: &str) -> bool {
    (value.starts_with('{') && value.ends_with('}'))
        || (value.starts_with('<') && value.ends_with('>'))
}

/// Takes a member out of the mapping that holds it.
pub(crate) fn remove(root: &mut Value, pointer: &Pointer) {
    let (Some(parent), Some(key)) = (pointer.parent(), pointer.last()) else { return };
    match root.pointer_mut(parent.as_str()) {
        // Order is part of the document.
        Some(Value::Object(map)) => drop(map.shift_remove(&key)),
        Some(Value::Array(list)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => {}
    }
}
