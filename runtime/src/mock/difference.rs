//! What is not as it was expected, in words.

use std::collections::BTreeSet;

use http::{HeaderMap, HeaderValue, Method, Uri};
use serde_json::Value;

/// As many differences of one body are told.
const MOST: usize = 8;

/// `takeSnapshot (POST /groups/32b6)`.
pub(super) fn title(operation: Option<&str>, method: &Method, path: &str) -> String {
    match operation {
        Some(id) => format!("{id} ({method} {path})"),
        None => format!("{method} {path}"),
    }
}

/// Without the server.
pub(super) fn path_and_query(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}

/// Where two queries differ.
pub(super) fn queries(wanted: Option<&str>, sent: Option<&str>) -> Vec<String> {
    let shown = |(name, value): (String, String)| format!("query: `{name}={value}`");
    sets(pairs(wanted), pairs(sent), shown)
}

/// Where two sets of headers differ.
pub(super) fn headers(wanted: &HeaderMap, sent: &HeaderMap) -> Vec<String> {
    let all = |headers: &HeaderMap| {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
    };
    sets(all(wanted), all(sent), |(name, value)| format!("header: `{name}: {value}`"))
}

/// Where two sets of cookies differ.
pub(super) fn cookies(wanted: &[String], sent: &[String]) -> Vec<String> {
    sets(wanted.to_vec(), sent.to_vec(), |cookie| format!("cookie: `{cookie}`"))
}

/// What only one of two sets has.
fn sets<T: PartialEq>(mut wanted: Vec<T>, sent: Vec<T>, shown: fn(T) -> String) -> Vec<String> {
    let mut left = Vec::new();
    for one in sent {
        match wanted.iter().position(|other| *other == one) {
            Some(index) => drop(wanted.remove(index)),
            None => left.push(one),
        }
    }
    let missing = wanted.into_iter().map(|one| shown(one) + " was not sent");
    missing.chain(left.into_iter().map(|one| shown(one) + " was not expected")).collect()
}

/// Where two bodies differ: as JSON if both are, else as they are.
pub(super) fn bodies(wanted: &[u8], sent: &[u8]) -> Vec<String> {
    if wanted == sent {
        return Vec::new();
    }
    let parsed = (serde_json::from_slice(wanted), serde_json::from_slice(sent));
    if let (Ok(wanted), Ok(sent)) = parsed {
        let mut told = Vec::new();
        values(&wanted, &sent, "", &mut told);
        return told;
    }
    vec![format!("body: expected {}, sent {}", shown(wanted), shown(sent))]
}

fn shown(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok("") => "none".to_owned(),
        Ok(text) if text.len() <= 200 => format!("{text:?}"),
        Ok(_) | Err(_) => format!("{} bytes", body.len()),
    }
}

fn values(wanted: &Value, sent: &Value, at: &str, told: &mut Vec<String>) {
    if told.len() >= MOST || wanted == sent {
        return;
    }
    match (wanted, sent) {
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                found(one.get(name), other.get(name), &at, told);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for index in 0..one.len().max(other.len()) {
                found(one.get(index), other.get(index), &format!("{at}/{index}"), told);
            }
        }
        _ => told.push(format!("body at `{at}`: expected {wanted}, sent {sent}")),
    }
}

fn found(wanted: Option<&Value>, sent: Option<&Value>, at: &str, told: &mut Vec<String>) {
    match (wanted, sent) {
        (Some(wanted), Some(sent)) => values(wanted, sent, at, told),
        _ if told.len() >= MOST => {}
        (Some(wanted), None) => told.push(format!("body at `{at}`: expected {wanted}, not sent")),
        (None, Some(sent)) => told.push(format!("body at `{at}`: sent {sent}, not expected")),
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_compared_as_json() {
        assert_eq!(bodies(br#"{"a":1,"b":[2]}"#, br#"{ "b": [2], "a": 1 }"#), [""; 0]);
        let told = bodies(br#"{"a":1,"b":[2,3],"c":0}"#, br#"{"a":"1","b":[2],"d/":0}"#);
        assert_eq!(
            told,
            [
                r#"body at `/a`: expected 1, sent "1""#,
                "body at `/b/1`: expected 3, not sent",
                "body at `/c`: expected 0, not sent",
                "body at `/d~1`: sent 0, not expected",
            ]
        );
        assert_eq!(bodies(b"", b"x=1"), [r#"body: expected none, sent "x=1""#]);
    }

    #[test]
    fn queries_are_sets() {
        assert_eq!(queries(Some("a=1&b=2&a=1"), Some("b=2&a=1&a=1")), [""; 0]);
        assert_eq!(
            queries(Some("a=1&a=1"), Some("a=1&b=x%20y")),
            ["query: `a=1` was not sent", "query: `b=x y` was not expected"]
        );
    }
}
