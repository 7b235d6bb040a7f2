//! The rules that concern several keys of one object.

use serde_json::Value;

use crate::shape::Object;

/// Reports each rule that `value`, an `object` and a mapping, breaks.
pub(super) fn check(value: &Value, object: Object, refuse: &mut dyn FnMut(String, &'static str)) {
    match object {
        Object::Parameter => {
            schema_or_content(value, object, refuse);
        }
        Object::Header => schema_or_content(value, object, refuse),
        _ => {}
    }
}

fn schema_or_content(value: &Value, object: Object, refuse: &mut dyn FnMut(String, &'static str)) {
    match (value.get("schema"), value.get("content")) {
        (Some(_), Some(_)) => {
            let message = format!("{} has either `schema` or `content`, not both", object.name());
            refuse(message, "take one of the two out");
        }
        (None, None) => {
            let message = format!("{} needs `schema` or `content`", object.name());
            refuse(message, "say what its value is by a `schema`");
        }
        _ => {}
    }
}
