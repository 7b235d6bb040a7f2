//! The references of a part of a file.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::shape::Dialect;
use crate::shape::{Object, Shape, Trail};

/// A reference.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its text.
    pub(super) text: String,
    /// What it stands for.
    pub(super) shape: Shape,
    /// The mapping that holds it.
    pub(super) at: Pointer,
}

/// The reference that stands in place of a value of this shape.
///
/// Only text is one: a property may be called `$ref`.
pub(super) fn reference(value: &Value, shape: Shape) -> Option<&str> {
    let text = value.get("$ref")?.as_str()?;
    // What is an example, and what is one with a reference in it, only the files can tell.
    let is_example = matches!(shape, Shape::Anything | Shape::ValueMap | Shape::TextMap);
    (!is_example || !text.starts_with('#')).then_some(text)
}

/// What the members of a list or mapping are; nothing is said of an object, whose keys differ.
pub(super) fn element(shape: Shape) -> Option<Shape> {
    match shape {
        Shape::List(object) | Shape::Map(object) => Some(Shape::One(object)),
        Shape::Texts => Some(Shape::Text),
        Shape::Values | Shape::ValueMap | Shape::TextMap | Shape::Anything => Some(Shape::Anything),
        // Tuples of JSON Schema have a list where one schema is due.
        Shape::One(object) => Some(Shape::One(object)),
        Shape::Flag | Shape::Number | Shape::Count | Shape::Text | Shape::FlagOrSchema => None,
    }
}

/// The object that a value of this shape is.
pub(super) fn object(shape: Shape) -> Option<Object> {
    match shape {
        Shape::One(object) => Some(object),
        Shape::FlagOrSchema => Some(Object::Schema),
        Shape::List(_)
        | Shape::Map(_)
        | Shape::Texts
        | Shape::Values
        | Shape::ValueMap
        | Shape::TextMap
        | Shape::Anything
        | Shape::Flag
        | Shape::Number
        | Shape::Count
        | Shape::Text => None,
    }
}

/// What a value of the mapping of a discriminator refers to: it may be the name of a schema.
pub(super) fn mapped(text: &str, file: &Value) -> Option<String> {
    let own = Pointer::root().push("components").push("schemas").push(text);
    if own.lookup(file).is_some() {
        return Some(own.to_reference());
    }
    text.contains(['#', '/', '.']).then(|| text.to_owned())
}

/// All references of a value that stands at `at` of `file`.
pub(super) fn references(
    dialect: Dialect,
    file: &Value,
    value: &Value,
    shape: Shape,
    at: &Pointer,
) -> Vec<Found> {
    let mut walk = Walk { dialect, file, found: Vec::new() };
    walk.visit(value, shape, &Trail::Start(at));
    walk.found
}

struct Walk<'v> {
    dialect: Dialect,
    file: &'v Value,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn visit(&mut self, value: &Value, shape: Shape, trail: &Trail<'_>) {
        if let Some(text) = reference(value, shape) {
            self.found.push(Found { text: text.to_owned(), shape, at: trail.pointer() });
        }
        match (value, object(shape), element(shape)) {
            (Value::Object(map), Some(object), _) => {
                if object == Object::Discriminator {
                    self.mapping(map.get("mapping"), trail);
                }
                for (key, value) in map {
                    if let Some(shape) = self.dialect.shape(object, key) {
                        self.visit(value, shape, &Trail::Key(trail, key));
                    }
                }
            }
            (Value::Object(map), None, Some(shape)) => {
                for (key, value) in map {
                    self.visit(value, shape, &Trail::Key(trail, key));
                }
            }
            (Value::Array(list), _, Some(shape)) => {
                for (index, value) in list.iter().enumerate() {
                    self.visit(value, shape, &Trail::Index(trail, index));
                }
            }
            _ => {}
        }
    }

    fn mapping(&mut self, mapping: Option<&Value>, trail: &Trail<'_>) {
        let at = Trail::Key(trail, "mapping");
        for (_, target) in mapping.and_then(Value::as_object).into_iter().flatten() {
            let text = target.as_str().and_then(|text| mapped(text, self.file));
            self.found.extend(text.map(|text| Found {
                text,
                shape: Shape::One(Object::Schema),
                at: at.pointer(),
            }));
        }
    }
}
