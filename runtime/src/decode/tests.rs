use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;

use super::*;

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Snapshot {
    created_at: Option<String>,
    id: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Alias(Snapshot);

fn check<T: DeserializeOwned>(body: &str, nonempty: bool, expected: Result<(), &str>) {
    match (json::<T>(body.as_bytes(), nonempty), expected) {
        (Ok(_), Ok(())) => {}
        (Err(reason), Err(part)) => assert!(reason.contains(part), "{body}: {reason}"),
        (Ok(_), Err(part)) => panic!("{body} was taken, instead of: {part}"),
        (Err(reason), Ok(())) => panic!("{body}: {reason}"),
    }
}

#[test]
fn an_object_without_declared_properties_is_refused() {
    for body in [r#"{"error":404}"#, r#"{"error":{"id":1},"createdat":2}"#] {
        check::<Snapshot>(body, false, Err("declares none"));
        check::<Box<Snapshot>>(body, false, Err("declares none"));
        check::<Option<Snapshot>>(body, false, Err("declares none"));
        check::<Alias>(body, false, Err("declares none"));
    }
    check::<Snapshot>(r#"{"error":404,"id":"x"}"#, false, Ok(()));
    check::<Snapshot>(r#"{"created\u0041t":null}"#, true, Ok(()));
}

#[test]
fn an_empty_object_is_refused_where_the_document_says_so() {
    check::<Snapshot>("{}", false, Ok(()));
    check::<Snapshot>("{}", true, Err("without properties"));
    check::<serde_json::Value>("{}", true, Err("without properties"));
    check::<serde_json::Value>("{}", false, Ok(()));
}

#[test]
fn other_types_are_not_guarded() {
    check::<serde_json::Value>(r#"{"error":404}"#, true, Ok(()));
    check::<std::collections::BTreeMap<String, u32>>(r#"{"error":404}"#, true, Ok(()));
    check::<Vec<Snapshot>>(r#"[{"error":404}]"#, true, Ok(()));
    check::<String>(r#""x""#, true, Ok(()));
    check::<Option<Snapshot>>("null", false, Ok(()));
}

#[test]
fn broken_json_is_refused() {
    check::<Snapshot>("", false, Err("the body is empty"));
    check::<Snapshot>(" \r\n", false, Err("the body is empty"));
    check::<Snapshot>("<html>", false, Err("expected value"));
    check::<Snapshot>("{\"id\":\"a\"", false, Err("EOF"));
    check::<Snapshot>("{\"id\":\"a\"}x", false, Err("trailing"));
    check::<Snapshot>("\u{feff}{\"id\":\"a\"}", false, Ok(()));
    check::<serde_json::Value>(&"[".repeat(100_000), false, Err("recursion limit"));
}

#[test]
fn media_types_are_compared_by_their_end() {
    let check = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(value));
        check_media_type(&headers).is_ok()
    };
    for json in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vnd.atlas.2023-01-01+json;charset=utf-8",
        "application/problem+json",
        "text/json",
        "",
    ] {
        assert!(check(json), "{json}");
    }
    for other in
        ["text/html", "application/jsonp", "json", "application/xml", "text/plain; a=+json"]
    {
        assert!(!check(other), "{other}");
    }
    assert!(check_media_type(&HeaderMap::new()).is_ok());
}

#[test]
fn text_is_utf_8() {
    assert_eq!(utf8("é".as_bytes()).as_deref(), Ok("é"));
    assert_eq!(utf8(b"ab\xff").unwrap_err(), "not UTF-8 at byte 2");
}

#[test]
fn text_is_read_in_the_charset_that_it_names() {
    let read = |media_type: &'static str, bytes: &[u8]| {
        let value = http::HeaderValue::from_static(media_type);
        in_charset(bytes, &HeaderMap::from_iter([(CONTENT_TYPE, value)]))
    };
    let umlauts = || Ok("ä\u{80}".to_owned());
    assert_eq!(read("text/plain; charset=ISO-8859-1", b"\xe4\x80"), umlauts());
    assert_eq!(read("text/plain;format=flowed;Charset=\"latin1\"", b"\xe4\x80"), umlauts());
    assert_eq!(read("text/plain; charset=utf-8", "ä\u{80}".as_bytes()), umlauts());
    assert_eq!(read("text/plain", b"\xe4"), Err("not UTF-8 at byte 0".to_owned()));
    assert_eq!(read("text/plain; charset=utf-8", b"\xe4"), Err("not UTF-8 at byte 0".to_owned()));
    assert_eq!(read("text/plain; charset=us-ascii", b"a"), Ok("a".to_owned()));
    let other = "not UTF-8 at byte 0, and charsets like \"shift_jis\" are not read";
    assert_eq!(read("text/plain; charset=Shift_JIS", b"\x83"), Err(other.to_owned()));
}
