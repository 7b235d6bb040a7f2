//! The rules that concern several keys of one object, or the words a key may hold.

use serde_json::Value;

use crate::shape::Object;

/// Reports each rule that `value`, an `object` and a mapping, breaks.
pub(super) fn check(value: &Value, object: Object, refuse: &mut dyn FnMut(String)) {
    match object {
        Object::Parameter => {
            word(value, "in", &["path", "query", "header", "cookie"], refuse);
            schema_or_content(value, object, refuse);
        }
        Object::Header => schema_or_content(value, object, refuse),
        _ => {}
    }
}

fn word(value: &Value, key: &str, words: &[&str], refuse: &mut dyn FnMut(String)) {
    if let Some(word) = value.get(key).and_then(Value::as_str)
        && !words.contains(&word)
    {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        refuse(format!("`{key}` is one of {}, not `{word}`", words.join(", ")));
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
