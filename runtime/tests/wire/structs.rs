//! Structs, compared with serde's derives where the two should agree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use specwright_runtime::Nullable;
use specwright_runtime::codegen::v1::{Decode, Encode};

use crate::{both_ways, refusal};

mod ours {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
    pub(super) struct Snapshot {
        pub(super) id: String,
        pub(super) created_at: Option<String>,
        pub(super) retention_in_days: Option<i32>,
        #[wire("masterKeyUUID")]
        pub(super) master_key_uuid: Option<String>,
        pub(super) r#type: Option<bool>,
        pub(super) id_2: Vec<f64>,
        pub(super) _a_b: Option<u64>,
        #[wire("weird \"name\"\u{e9}")]
        pub(super) weird: Option<Vec<String>>,
        #[wire(nullable)]
        pub(super) policy: Option<i64>,
        pub(super) parent: Option<Box<Snapshot>>,
        pub(super) labels: BTreeMap<String, Vec<u32>>,
    }
}

mod theirs {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Snapshot {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        created_at: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        retention_in_days: Option<i32>,
        #[serde(rename = "masterKeyUUID", skip_serializing_if = "Option::is_none")]
        master_key_uuid: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        r#type: Option<bool>,
        id_2: Vec<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        _a_b: Option<u64>,
        #[serde(rename = "weird \"name\"\u{e9}", skip_serializing_if = "Option::is_none")]
        weird: Option<Vec<String>>,
        #[serde(deserialize_with = "Option::deserialize")]
        policy: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Box<Snapshot>>,
        labels: BTreeMap<String, Vec<u32>>,
    }
}

#[test]
fn as_serde_does() {
    let least = r#""id":"a","id2":[1.5],"policy":null,"labels":{"x":[1]}"#;
    for rest in [
        "",
        r#","createdAt":"now","retentionInDays":-7,"masterKeyUUID":"u","type":true"#,
        r#","createdAt":null,"retentionInDays":null,"parent":null,"type":null"#,
        r#","weird \"name\"é":["x"],"aB":18446744073709551615"#,
        r#","w\u0065ird \"name\"\u00e9":[]"#,
        r#","undeclared":{"deep":[1,{"x":null}]},"Id":3"#,
        r#","parent":{"labels":{},"policy":3,"id2":[],"id":"b"}"#,
    ] {
        let json = format!("{{{least}{rest}}}");
        let ours: ours::Snapshot = serde_json::from_str(&json).unwrap();
        let theirs: theirs::Snapshot = serde_json::from_str(&json).unwrap();
        let text = serde_json::to_string(&ours).unwrap();
        assert_eq!(text, serde_json::to_string(&theirs).unwrap());
        both_ways(&json, &ours, &text);
    }
}

#[test]
fn refused_as_serde_does() {
    for json in [
        r#"{"id2":[],"policy":null,"labels":{}}"#,
        r#"{"id":"a","id2":[],"labels":{}}"#,
        r#"{"id":"a","id":"b"}"#,
        r#"{"id":"a","id":null}"#,
        r#"{"createdAt":null,"createdAt":null}"#,
        r#"{"id":7}"#,
        r#"{"id":null}"#,
        r#"{"labels":[]}"#,
        r#"{"type":1}"#,
        r#"{"id":"a""#,
        r#"{"id":"a",}"#,
    ] {
        assert_eq!(refusal::<ours::Snapshot>(json), refusal::<theirs::Snapshot>(json), "{json}");
    }
}

#[test]
fn only_objects_are_objects() {
    for (json, found) in [
        ("[]", "sequence"),
        (r#"["a",null,null,null,null,[],null,null,null,null,{}]"#, "sequence"),
        ("null", "null"),
        (r#""a""#, "string \"a\""),
        ("1", "integer `1`"),
    ] {
        let expected = format!("invalid type: {found}, expected an object (Snapshot)");
        assert_eq!(refusal::<ours::Snapshot>(json), expected, "{json}");
    }
    assert!(serde_json::from_value::<ours::Snapshot>(json!([])).is_err());
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Patch {
    name: Nullable<String>,
    days: Nullable<i32>,
    next: Nullable<Box<Patch>>,
}

#[test]
fn three_states() {
    let days = |days| Patch { days, ..Patch::default() };
    for (json, value) in [
        ("{}", Patch::default()),
        (r#"{"days":null}"#, days(Nullable::Null)),
        (r#"{"days":3}"#, days(Nullable::Value(3))),
        (
            r#"{"name":"x","next":{"name":null}}"#,
            Patch {
                name: Nullable::from("x".to_owned()),
                next: Nullable::from(Box::new(Patch { name: None.into(), ..Patch::default() })),
                ..Patch::default()
            },
        ),
    ] {
        both_ways(json, &value, json);
    }
    assert_eq!(refusal::<Patch>(r#"{"days":null,"days":1}"#), "duplicate field `days`");
}

#[test]
fn nullable_answers() {
    let value = Nullable::from("x".to_owned());
    assert_eq!(value.as_deref(), Nullable::Value("x"));
    assert_eq!(value.value().map(String::as_str), Some("x"));
    assert_eq!(value.into_option(), Some("x".to_owned()));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert!(Nullable::<i32>::default().is_absent() && !Nullable::<i32>::Null.is_absent());
    assert!(Nullable::<i32>::Null.is_null() && Nullable::<i32>::Null.as_ref().value().is_none());
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Open {
    first: Option<String>,
    #[wire(flatten)]
    rest: BTreeMap<String, Option<i64>>,
    last: i64,
}

#[test]
fn flattened() {
    let rest = BTreeMap::from([("b".to_owned(), Some(2)), ("z".to_owned(), None)]);
    let value = Open { first: Some("x".to_owned()), rest, last: 1 };
    let back = r#"{"first":"x","last":1,"b":2,"z":null}"#;
    both_ways(r#"{"z":null,"last":1,"b":2,"first":"x"}"#, &value, back);
    assert_eq!(refusal::<Open>(r#"{"last":1,"b":2,"b":3}"#), "duplicate field `b`");
    assert_eq!(refusal::<Open>(r#"{"last":1,"last":3}"#), "duplicate field `last`");

    let rest = BTreeMap::from([("first".to_owned(), Some(2)), ("last".to_owned(), Some(3))]);
    let clash = Open { first: None, rest, last: 1 };
    assert_eq!(serde_json::to_string(&clash).unwrap(), r#"{"last":1}"#);
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Numbers {
    a: Option<i32>,
    b: Option<u64>,
    c: Option<Vec<i64>>,
    d: Option<Box<u32>>,
}

#[test]
fn integral_floats() {
    let number = |a| Numbers { a, ..Numbers::default() };
    for (json, value) in [
        (r#"{"a":7.0}"#, number(Some(7))),
        (r#"{"a":-7e0}"#, number(Some(-7))),
        (r#"{"a":-0.0}"#, number(Some(0))),
        (r#"{"a":2147483647.0}"#, number(Some(i32::MAX))),
        (r#"{"b":1e3}"#, Numbers { b: Some(1000), ..Numbers::default() }),
        (r#"{"c":[1.0,2]}"#, Numbers { c: Some(vec![1, 2]), ..Numbers::default() }),
        (r#"{"d":5.0}"#, Numbers { d: Some(Box::new(5)), ..Numbers::default() }),
    ] {
        assert_eq!(serde_json::from_str::<Numbers>(json).unwrap(), value, "{json}");
        let tree: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::from_value::<Numbers>(tree).unwrap(), value, "{json}");
    }
    for (json, message) in [
        (r#"{"a":7.5}"#, "invalid type: floating point `7.5`, expected i32"),
        (r#"{"a":2147483648}"#, "invalid value: integer `2147483648`, expected i32"),
        (r#"{"a":2147483648.0}"#, "invalid type: floating point `2147483648.0`, expected i32"),
        (r#"{"a":"7"}"#, "invalid type: string \"7\", expected i32"),
        (r#"{"b":-1}"#, "invalid value: integer `-1`, expected u64"),
        (
            r#"{"b":18446744073709551616}"#,
            "invalid type: floating point `1.8446744073709552e+19`, expected u64",
        ),
    ] {
        assert_eq!(refusal::<Numbers>(json), message, "{json}");
    }
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Empty {}

#[test]
fn empty_struct() {
    both_ways("{}", &Empty {}, "{}");
    both_ways(r#"{"a":[1]}"#, &Empty {}, "{}");
    assert_eq!(refusal::<Empty>("[]"), "invalid type: sequence, expected an object (Empty)");
}

/// More fields than the set of seen keys has bits.
macro_rules! wide {
    ($($field:ident)*) => {
        #[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
        struct Wide { $($field: Option<i32>,)* }
        const WIDE: &[&str] = &[$(stringify!($field)),*];
    };
}

wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
    g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 i0 i1 i2 i3 i4 i5 i6 i7 i8 i9
    j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 n0 n1 n2 n3 n4 n5 n6 n7 n8 n9
}

#[test]
fn wide_structs() {
    let object: serde_json::Map<_, _> =
        WIDE.iter().map(|name| ((*name).to_owned(), json!(1))).collect();
    let wide: Wide = serde_json::from_value(object.clone().into()).unwrap();
    assert_eq!(serde_json::to_value(&wide).unwrap(), json!(object));
    for name in ["a0", "m7", "m8", "n9"] {
        let twice = format!(r#"{{"{name}":1,"x":2,"{name}":1}}"#);
        assert_eq!(refusal::<Wide>(&twice), format!("duplicate field `{name}`"));
    }
}

#[test]
fn declared_names() {
    assert_eq!(<Open as Decode>::FIELDS, ["first", "last"]);
    assert_eq!((<Open as Decode>::OPEN, <Patch as Decode>::OPEN), (true, false));
    assert_eq!(<Patch as Decode>::FIELDS, ["name", "days", "next"]);
}

/// Types that bear the names of the prelude, deprecated fields, and lints: expansions mind none.
#[deny(warnings)]
mod hostile {
    #![allow(dead_code, non_camel_case_types)]
    use specwright_runtime::codegen::v1::{Decode as D, Encode as E, StringEnum as T};

    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct String;
    pub(crate) struct Some;
    pub(crate) struct From;

    #[derive(D, E)]
    pub(crate) struct M {
        #[deprecated]
        pub(crate) a: bool,
        pub(crate) to: bool,
        pub(crate) from: bool,
        pub(crate) map: bool,
        pub(crate) f0: bool,
    }

    #[derive(D, E)]
    #[wire(tag = "t")]
    pub(crate) enum A {
        #[wire("m")]
        Some(M),
        #[wire("s")]
        None(super::hostile::M),
    }

    #[derive(T)]
    pub(crate) enum S {
        Some,
        #[wire("n")]
        None,
        #[deprecated]
        Ok,
        Err(std::string::String),
    }
}
