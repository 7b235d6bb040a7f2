//! Walking a tree of 3.1: along the grammar of 3.0 and the keys that 3.1 and 3.2 add to it.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::shape::{Dialect, Object, Shape, Trail};

/// The shape of what an object of 3.1 holds under `key`.
pub(super) fn shape(object: Object, key: &str) -> Option<Shape> {
    Dialect::V31.shape(object, key)
}

/// Visits every object, the ones it holds first.
pub(super) fn each_mut(
    value: &mut Value,
    object: Object,
    visit: &mut dyn FnMut(&mut Value, Object),
) {
    let root = Pointer::root();
    let start = Trail::Start(&root);
    each_mut_at(value, object, &start, &mut |value, object, _| visit(value, object));
}

/// Visits every object with the way to it, the ones it holds first.
pub(super) fn each_mut_at(
    value: &mut Value,
    object: Object,
    trail: &Trail<'_>,
    visit: &mut dyn FnMut(&mut Value, Object, &Trail<'_>),
) {
    for (key, member) in value.as_object_mut().into_iter().flatten() {
        let at = Trail::Key(trail, key);
        match shape(object, key) {
            Some(Shape::One(child)) => each_mut_at(member, child, &at, visit),
            // A boolean stands for a schema here, and is one that 3.0 has.
            Some(Shape::FlagOrSchema) if member.is_boolean() => {}
            Some(Shape::FlagOrSchema) => each_mut_at(member, Object::Schema, &at, visit),
            Some(Shape::List(child)) => {
                for (index, value) in member.as_array_mut().into_iter().flatten().enumerate() {
                    each_mut_at(value, child, &Trail::Index(&at, index), visit);
                }
            }
            Some(Shape::Map(child)) => {
                for (key, value) in member.as_object_mut().into_iter().flatten() {
                    each_mut_at(value, child, &Trail::Key(&at, key), visit);
                }
            }
            _ => {}
        }
    }
    visit(value, object, trail);
}

/// Visits every object with the way to it, the holder first.
pub(super) fn each(
    value: &Value,
    object: Object,
    at: &Pointer,
    visit: &mut dyn FnMut(&Value, Object, &Pointer),
) {
    visit(value, object, at);
    for (key, member) in value.as_object().into_iter().flatten() {
        let Some(shape) = shape(object, key) else { continue };
        match (shape, member) {
            (Shape::One(child), _) => each(member, child, &at.push(key), visit),
            (Shape::FlagOrSchema, Value::Object(_)) => {
                each(member, Object::Schema, &at.push(key), visit);
            }
            (Shape::List(child), Value::Array(list)) => {
                let at = at.push(key);
                for (index, value) in list.iter().enumerate() {
                    each(value, child, &at.index(index), visit);
                }
            }
            (Shape::Map(child), Value::Object(map)) => {
                let at = at.push(key);
                for (key, value) in map {
                    each(value, child, &at.push(key), visit);
                }
            }
            _ => {}
        }
    }
}
