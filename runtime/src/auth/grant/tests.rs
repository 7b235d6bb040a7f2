//! The answers of token endpoints, in tables.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn no_answer_panics(
        body in prop::collection::vec(any::<u8>(), 0..64),
        number in "[-+0-9.eE\"a-z]{0,24}",
    ) {
        let _ = read_grant(&body);
        let _ = lifetime(&number);
    }
}

#[test]
fn lifetimes() {
    let seconds = Duration::from_secs;
    for (json, expected) in [
        ("3600", Some(seconds(3600))),
        ("\"3600\"", Some(seconds(3600))),
        ("\" 3600 \"", Some(seconds(3600))),
        ("3600.5", Some(Duration::from_millis(3_600_500))),
        ("\"3600.5\"", Some(Duration::from_millis(3_600_500))),
        ("3.6e3", Some(seconds(3600))),
        ("0", Some(MIN_LIFETIME)),
        ("-0.0", Some(MIN_LIFETIME)),
        ("-1", Some(MIN_LIFETIME)),
        ("-9223372036854775808", Some(MIN_LIFETIME)),
        ("18446744073709551616", Some(MAX_LIFETIME)),
        ("1e400", Some(MAX_LIFETIME)),
        ("-1e400", Some(MIN_LIFETIME)),
        ("\"NaN\"", None),
        ("\"soon\"", None),
        ("\"\"", None),
        ("null", None),
        ("true", None),
        ("[3600]", None),
        ("{\"s\": 3600}", None),
    ] {
        assert_eq!(lifetime(json), expected, "{json}");
        let answer = format!(r#"{{"access_token":"t","expires_in":{json}}}"#);
        assert_eq!(read_grant(answer.as_bytes()).unwrap().lifetime, expected, "{json}");
    }
    assert_eq!(read_grant(br#"{"access_token":"t"}"#).unwrap().lifetime, None);
}

#[test]
fn answers_that_are_no_grant() {
    for body in [
        "",
        "<html>",
        "[]",
        "null",
        "{}",
        r#"{"access_token":null}"#,
        r#"{"access_token":7}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"a b"}"#,
        r#"{"access_token":"a\r\nX: y"}"#,
        r#"{"access_token":"é"}"#,
        r#"{"access_token":"t"} trailing"#,
    ] {
        let error = read_grant(body.as_bytes()).err().unwrap();
        assert_eq!(error.kind(), AuthErrorKind::Malformed, "{body}");
    }
    let error = read_grant(br#"{"access_token":"t","token_type":"mac"}"#).err().unwrap();
    assert_eq!(error.kind(), AuthErrorKind::Unsupported);
    assert!(read_grant(br#"{"access_token":"t","token_type":"BEARER"}"#).is_ok());
}

#[test]
fn waits() {
    for (text, expected) in [
        ("7", Some(7)),
        (" 0 ", Some(0)),
        ("99999999999999999999999999", Some(86_400)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(86_400)),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
    ] {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
        assert_eq!(retry_after(&headers).map(|delay| delay.as_secs()), expected, "{text}");
    }
}

#[test]
fn only_plain_error_codes_are_kept() {
    let login = Login {
        client_id: "client".to_owned().into(),
        client_secret: "hush_hush".to_owned().into(),
        scope: None,
    };
    let long = "a".repeat(41);
    for (code, kept) in [
        ("invalid_client", true),
        ("access_denied", true),
        ("slow_down", true),
        ("hush_hush", false),
        ("unknown_client", false),
        ("was_hush_hush_wrong", false),
        ("aHVzaF9odXNo", false),
        ("687573685f68757368", false),
        ("invalid client", false),
        ("", false),
        (&long, false),
    ] {
        let body = serde_json::json!({ "error": code }).to_string();
        assert_eq!(error_code(body.as_bytes(), &login).is_some(), kept, "{code}");
    }
    assert_eq!(error_code(br#"{"error":400}"#, &login), None);
}
