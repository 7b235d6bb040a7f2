//! Walking the raw tree along the grammar.

use std::borrow::Cow;

use serde_json::Value;

use super::{Field, Object, Shape, fields, members};
use crate::pointer::Pointer;

/// The way from the root to a node. A pointer is only written out when somebody asks, which on a
/// walk over 100,000 nodes is rarely.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trail<'t> {
    Start(&'t Pointer),
    Key(&'t Trail<'t>, &'t str),
    Index(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// How many bytes its pointer has, about: without writing it out.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Start(pointer) => pointer.as_str().len(),
            Self::Key(parent, key) => parent.length() + 1 + key.len(),
            Self::Index(parent, index) => {
                parent.length() + 2 + index.checked_ilog10().unwrap_or_default() as usize
            }
        }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        let mut steps = Vec::new();
        let mut at = self;
        let start = loop {
            at = match at {
                Self::Start(pointer) => break pointer,
                Self::Key(parent, key) => {
                    steps.push(Cow::Borrowed(*key));
                    parent
                }
                Self::Index(parent, index) => {
                    steps.push(Cow::Owned(index.to_string()));
                    parent
                }
            };
        };
        start.below(steps.iter().rev().map(AsRef::as_ref))
    }
}

/// The shape of what `object` holds under `key`, if the specification says.
pub(crate) fn shape_of(object: Object, key: &str) -> Option<Shape> {
    let fixed = fields(object).iter().find(|field| field.key == key);
    fixed.map(|&Field { shape, .. }| shape).or_else(|| members(object, key))
}

/// What stands at a place of a document, if the specification says.
pub(crate) fn shape_at(pointer: &Pointer) -> Option<Shape> {
    let mut shape = Shape::One(Object::Document);
    for token in pointer.tokens() {
        shape = match shape {
            Shape::One(object) => shape_of(object, &token)?,
            Shape::FlagOrSchema => shape_of(Object::Schema, &token)?,
            Shape::List(object) | Shape::Map(object) => Shape::One(object),
            Shape::Anything
            | Shape::Flag
            | Shape::Number
            | Shape::Count
            | Shape::Text
            | Shape::Texts
            | Shape::Values
            | Shape::TextMap
            | Shape::ValueMap => return None,
        };
    }
    Some(shape)
}

/// Whether a place of a document is known to hold no schema: it is in a value (an example, a default, one that is
/// listed), or it is all of a list or mapping of schemas.
pub(crate) fn is_no_schema(pointer: &Pointer) -> bool {
    let mut shape = Shape::One(Object::Document);
    for token in pointer.tokens() {
        shape = match shape {
            Shape::One(Object::Schema) | Shape::FlagOrSchema
                if matches!(token.as_str(), "const" | "examples") =>
            {
                Shape::Anything
            }
            Shape::FlagOrSchema => match shape_of(Object::Schema, &token) {
                Some(shape) => shape,
                None => return false,
            },
            Shape::One(object) => match shape_of(object, &token) {
                Some(shape) => shape,
                None => return false,
            },
            Shape::List(object) | Shape::Map(object) => Shape::One(object),
            Shape::Anything | Shape::Values | Shape::ValueMap => return true,
            Shape::Flag
            | Shape::Number
            | Shape::Count
            | Shape::Text
            | Shape::Texts
            | Shape::TextMap => return false,
        };
    }
    matches!(
        shape,
        Shape::Anything
            | Shape::Values
            | Shape::ValueMap
            | Shape::List(Object::Schema)
            | Shape::Map(Object::Schema)
    )
}

/// Whether several schemas stand at a place, such as all components or the alternatives of a choice,
/// so that a reference to it means none of them.
pub(crate) fn holds_schemas(pointer: &Pointer) -> bool {
    matches!(
        shape_at(pointer),
        Some(
            Shape::One(Object::Components)
                | Shape::List(Object::Schema)
                | Shape::Map(Object::Schema)
        )
    )
}

/// Calls `visit` with each object of the specification that `value`, itself an `object`, holds.
pub(crate) fn for_each_child<'v>(
    value: &'v Value,
    object: Object,
    trail: &Trail<'_>,
    visit: &mut dyn FnMut(&'v Value, Object, &Trail<'_>),
) {
    let Value::Object(map) = value else { return };
    for (key, value) in map {
        let trail = Trail::Key(trail, key);
        match (shape_of(object, key), value) {
            (Some(Shape::One(child)), _) => visit(value, child, &trail),
            (Some(Shape::FlagOrSchema), Value::Object(_)) => visit(value, Object::Schema, &trail),
            (Some(Shape::List(child)), Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    visit(value, child, &Trail::Index(&trail, index));
                }
            }
            (Some(Shape::Map(child)), Value::Object(map)) => {
                for (key, value) in map {
                    visit(value, child, &Trail::Key(&trail, key));
                }
            }
            _ => {}
        }
    }
}

/// The reference that stands in place of an `object`. Its siblings mean nothing (section 4.7.23).
pub(crate) fn reference(value: &Value, object: Object) -> Option<&str> {
    if object.may_be_reference() { value.get("$ref")?.as_str() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_found_where_the_specification_has_them() {
        fn collect(value: &Value, object: Object, trail: &Trail<'_>, found: &mut Vec<String>) {
            if let Some(reference) = reference(value, object) {
                found.push(format!("{} {reference}", trail.pointer()));
            }
            for_each_child(value, object, trail, &mut |value, object, trail| {
                collect(value, object, trail, found);
            });
        }
        let root = json!({
            "paths": {
                "/a": {"get": {
                    "parameters": [{"$ref": "1", "x-a": {"$ref": "no"}}],
                    "responses": {"2XX": {"$ref": "2"}, "ok": {"$ref": "no"}},
                    "$ref": "no",
                }},
                "x-b": {"$ref": "no"},
            },
            "components": {
                "schemas": {"$ref": {
                    "properties": {"$ref": {"$ref": "3"}},
                    "example": {"$ref": "no"},
                    "enum": [{"$ref": "no"}],
                    "additionalProperties": {"items": {"$ref": "4"}},
                }},
                "examples": {"e": {"value": {"$ref": "no"}}, "f": {"$ref": "5"}},
            },
        });
        let mut found = Vec::new();
        let start = Pointer::root();
        collect(&root, Object::Document, &Trail::Start(&start), &mut found);
        assert_eq!(
            found,
            [
                "/paths/~1a/get/parameters/0 1",
                "/paths/~1a/get/responses/2XX 2",
                "/components/schemas/$ref/properties/$ref 3",
                "/components/schemas/$ref/additionalProperties/items 4",
                "/components/examples/f 5",
            ]
        );
    }

    #[test]
    fn values_and_mappings_are_no_schemas() {
        for (place, is_none) in [
            ("/components/schemas", true),
            ("/components/schemas/A", false),
            ("/components/schemas/A/enum", true),
            ("/components/schemas/A/enum/0", true),
            ("/components/schemas/A/const", true),
            ("/components/schemas/A/examples/0/a", true),
            ("/components/schemas/A/default/properties", true),
            ("/components/schemas/A/properties", true),
            ("/components/schemas/A/properties/example", false),
            ("/components/schemas/A/items/allOf/0", false),
            ("/components/schemas/A/allOf", true),
            ("/components/schemas/A/$defs/B", false),
            ("/components/schemas/A/x-parts/b", false),
            ("/components/responses/A", false),
            ("/elsewhere/A", false),
        ] {
            let pointer = place.split('/').skip(1).fold(Pointer::root(), |at, key| at.push(key));
            assert_eq!(is_no_schema(&pointer), is_none, "{place}");
        }
    }

    #[test]
    fn sections_and_lists_hold_schemas() {
        for (place, holds) in [
            ("/components", true),
            ("/components/schemas", true),
            ("/components/schemas/A/properties", true),
            ("/components/schemas/A/oneOf", true),
            ("/components/schemas/A", false),
            ("/components/schemas/A/oneOf/0", false),
            ("/components/schemas/A/enum", false),
            ("/components/schemas/properties", false),
            ("/components/responses", false),
        ] {
            let pointer = place.split('/').skip(1).fold(Pointer::root(), |at, key| at.push(key));
            assert_eq!(holds_schemas(&pointer), holds, "{place}");
        }
    }
}
