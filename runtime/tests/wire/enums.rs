//! Enumerations of strings.

use serde_json::json;
use specwright_runtime::InvalidValue;
use specwright_runtime::codegen::v1::StringEnum;

use crate::{both_ways, refusal};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, StringEnum)]
enum Status {
    InProgress,
    r#Failed,
    #[wire("AWS")]
    Aws,
    #[wire("")]
    Empty,
    #[wire("a \"b\"\n")]
    Quoted,
    UnknownValue(String),
}

#[derive(Clone, Copy, Debug, PartialEq, StringEnum)]
enum Closed {
    Asc,
    Desc,
}

#[test]
fn open() {
    for (text, status) in [
        ("inProgress", Status::InProgress),
        ("failed", Status::Failed),
        ("AWS", Status::Aws),
        ("", Status::Empty),
        ("a \"b\"\n", Status::Quoted),
        ("aws", Status::UnknownValue("aws".to_owned())),
        ("unknownValue", Status::UnknownValue("unknownValue".to_owned())),
    ] {
        let json = json!(text).to_string();
        both_ways(&json, &status, &json);
        assert_eq!(status.as_str(), text);
        assert_eq!(status.to_string(), text);
        assert_eq!(AsRef::<str>::as_ref(&status), text);
        assert_eq!(Status::from(text), status);
        assert_eq!(Status::from(text.to_owned()), status);
        assert_eq!(text.parse(), Ok(status));
    }
    assert_eq!(format!("{:>5}", Status::Aws), "  AWS");
    assert_eq!(refusal::<Status>("3"), "invalid type: integer `3`, expected a string");
    assert_eq!(refusal::<Status>("null"), "invalid type: null, expected a string");
}

#[test]
fn escaped_text_is_the_same_text() {
    assert_eq!(serde_json::from_str::<Status>(r#""\u0041WS""#).unwrap(), Status::Aws);
}

#[test]
fn closed() {
    both_ways(r#""asc""#, &Closed::Asc, r#""asc""#);
    assert_eq!("desc".parse(), Ok(Closed::Desc));
    let invalid: InvalidValue = "up".parse::<Closed>().unwrap_err();
    assert_eq!(invalid.to_string(), "expected one of `asc`, `desc`");
    assert_eq!(refusal::<Closed>(r#""up""#), "unknown variant `up`, expected `asc` or `desc`");
}
