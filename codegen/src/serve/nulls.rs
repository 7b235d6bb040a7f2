//! What the typed tree has no place for, and is put back: examples that are null, the lists of them that
//! schemas have in OpenAPI 3.1, and the last digits of whole numbers beyond 2^53, which become fractions there.

use serde_json::Value;

/// Puts what is null under `example`, or is the `value` of an example, and what is a list under
/// `examples`, from the tree that was read to the same place of another.
pub(super) fn restore(tree: &mut Value, read: &Value) {
    match (tree, read) {
        (Value::Object(map), Value::Object(read)) => {
            for (key, value) in read {
                match map.get_mut(key) {
                    Some(inner) => restore(inner, value),
                    None if value.is_null() && (key == "example" || key == "value") => {
                        map.insert(key.clone(), Value::Null);
                    }
                    None if value.is_array() && key == "examples" => {
                        map.insert(key.clone(), value.clone());
                    }
                    None => {}
                }
            }
        }
        (Value::Array(items), Value::Array(read)) => {
            for (item, read) in items.iter_mut().zip(read) {
                restore(item, read);
            }
        }
        (Value::Number(number), Value::Number(exact)) if number.is_f64() && !exact.is_f64() => {
            if number.as_f64() == exact.as_f64() {
                *number = exact.clone();
            }
        }
        (_, _) => {}
    }
}
