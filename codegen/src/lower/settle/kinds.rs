//! The kinds of JSON values that schemas have, by which alternatives are told apart that list none.
//!
//! ```yaml
//! oneOf:
//!   - {type: object, required: [until], properties: {until: {const: null}}}
//!   - {type: object, required: [until], properties: {until: {type: string}}}
//! ```
//! are never both: a text is not null, and what is decoded as the one is refused by the other.

use serde_json::Value;

use super::super::Lowerer;
use crate::ir::{Kind, Object, SchemaId};

/// Kinds of JSON values, a bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kinds(u8);

impl Kinds {
    const NULL: Self = Self(1);
    const BOOLEAN: Self = Self(1 << 1);
    const NUMBER: Self = Self(1 << 2);
    const TEXT: Self = Self(1 << 3);
    const LIST: Self = Self(1 << 4);
    const OBJECT: Self = Self(1 << 5);
    const ALL: Self = Self((1 << 6) - 1);

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Lowerer<'_> {
    /// Whether two objects have a property that both require, and whose values are never of the same kind.
    pub(super) fn differ_in_kind(&self, left: &Object, right: &Object) -> bool {
        left.properties.iter().filter(|one| one.required).any(|one| {
            let other = required(right, &one.wire);
            other.is_some_and(|other| !self.kinds(one.schema).meet(self.kinds(other)))
        })
    }

    /// Whether a property of an object is there, and never null.
    pub(super) fn is_never_null(&self, object: SchemaId, property: &str) -> bool {
        let schema = self.object_of(object).and_then(|object| required(object, property));
        schema.is_some_and(|schema| !self.kinds(schema).meet(Kinds::NULL))
    }

    fn kinds(&self, id: SchemaId) -> Kinds {
        let null = if self.is_nullable(id) { Kinds::NULL } else { Kinds(0) };
        let own = match &self.schemas[self.target(id).0].kind {
            Kind::Boolean => Kinds::BOOLEAN,
            Kind::Integer(_) | Kind::Number(_) | Kind::IntegerEnum(_) => Kinds::NUMBER,
            Kind::String(_) | Kind::Enum(_) => Kinds::TEXT,
            Kind::Array(_) | Kind::Tuple(_) => Kinds::LIST,
            Kind::Map(_) | Kind::Object(_) => Kinds::OBJECT,
            Kind::Any(_) if self.is_only_null(id) => Kinds::NULL,
            Kind::Any(_) | Kind::Alias(_) | Kind::Union(_) | Kind::Foreign(_) => Kinds::ALL,
        };
        own.and(null)
    }

    /// Whether null is all that a schema lists.
    fn is_only_null(&self, id: SchemaId) -> bool {
        let values = self.listed_values(id);
        !values.is_empty() && values.iter().all(Value::is_null)
    }
}

/// The schema of a property, if that is required.
fn required(object: &Object, wire: &str) -> Option<SchemaId> {
    let known = object.properties.iter().find(|known| known.wire == wire);
    known.filter(|known| known.required).map(|known| known.schema)
}
