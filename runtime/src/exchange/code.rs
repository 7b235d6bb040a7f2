//! The name that an API gives to a failure, from where its document says it stands.

use serde_json::Value;

/// A name is short and one word; anything else is prose, which may quote a value of the call.
const LONGEST: usize = 64;

/// The text or number at `pointer` (RFC 6901) in a body of JSON, if it looks like a name.
pub(super) fn read(pointer: &str, body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    match body.pointer(pointer)? {
        Value::String(code) if is_name(code) => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_are_read_and_prose_is_not() {
        let code = |body: &str| read("/error/code", body.as_bytes());
        assert_eq!(code(r#"{"error":{"code":"NOT_FOUND"}}"#).as_deref(), Some("NOT_FOUND"));
        assert_eq!(code(r#"{"error":{"code":7}}"#).as_deref(), Some("7"));
        let long = format!(r#"{{"error":{{"code":"{}"}}}}"#, "x".repeat(65));
        for body in [
            r#"{"error":{"code":"no such thing"}}"#,
            r#"{"error":{"code":""}}"#,
            r#"{"error":{"code":"a\nb"}}"#,
            r#"{"error":{"code":null}}"#,
            r#"{"error":{"code":["A"]}}"#,
            r#"{"error":"code"}"#,
            r#"{"code":"A"}"#,
            "<html>",
            "",
            &long,
        ] {
            assert_eq!(code(body), None, "{body}");
        }
    }
}
