//! The rules that concern several keys of one object.

use serde_json::Value;

use crate::shape::Object;

/// Reports each rule that `value`, an `object` and a mapping, breaks.
pub(super) fn check(value: &Value, object: Object, refuse: &mut dyn FnMut(String)) {
    match object {
        Object::Parameter => {
            schema_or_content(value, object, refuse);
        }
        Object::Header => schema_or_content(value, object, refuse),
        _ => {}
    }
}

fn schema_or_content(value: &Value, object: Object, refuse: &mut dyn FnMut(String)) {
    match (value.get("schema"), value.get("content")) {
        (Some(_), Some(_)) => {
            refuse(format!("{} has either `schema` or `content`, not both", object.name()));
        }
        (None, None) => refuse(format!("{} needs `schema` or `content`", object.name())),
        _ => {}
    }
}
