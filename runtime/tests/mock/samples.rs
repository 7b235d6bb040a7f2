//! Values that a client only reads are written as the server would: reading them again gives the
//! same value, for every form that the derives know.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use specwright_runtime::codegen::v1::{Checked, Decode, Encode, IntegerEnum, Sample, StringEnum};
use specwright_runtime::{Decimal, Nullable};

fn check<T: Sample + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &Value) {
    let written = value.sample(serde_json::value::Serializer).unwrap();
    assert_eq!(written, *expected);
    let text = value_text(value);
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *value, "{text}");
}

fn value_text<T: Sample>(value: &T) -> String {
    let mut out = Vec::new();
    value.sample(&mut serde_json::Serializer::new(&mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

#[derive(Clone, Debug, PartialEq, Decode)]
struct Everything {
    id: String,
    #[wire("2nd")]
    second: Option<i64>,
    #[wire(nullable)]
    cleared: Option<String>,
    three: Nullable<String>,
    price: Decimal,
    kind: Kind,
    level: Level,
    name: Name,
    parts: Option<Vec<Part>>,
    by_name: BTreeMap<String, Option<Part>>,
    boxed: Option<Box<Everything>>,
    pair: (String, Part),
    any: Option<Value>,
    own: Own,
    pet: Pet,
    #[wire(flatten)]
    rest: BTreeMap<String, Part>,
}

#[derive(Clone, Debug, Default, PartialEq, Decode)]
struct Part {
    size: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, StringEnum)]
enum Kind {
    Big,
    #[wire("very-small")]
    Small,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, IntegerEnum)]
enum Level {
    #[wire(7)]
    Seven,
    Unknown(i64),
}

#[derive(Clone, Debug, PartialEq, Checked)]
#[check(min_length = 1)]
struct Name(String);

/// As a user brings it: serde's own derives.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Own {
    x: f64,
}

#[derive(Clone, Debug, PartialEq, Decode)]
#[wire(tag = "type")]
enum Pet {
    #[wire("cat")]
    Cat(Part),
    #[wire(other)]
    Other(BTreeMap<String, Value>),
}

#[derive(Clone, Debug, PartialEq, Decode)]
enum Shape {
    #[wire(text)]
    Name(String),
    #[wire(list)]
    Parts(Vec<Part>),
    #[wire(object)]
    Part(Box<Part>),
}

/// Both derives on one type.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Both {
    pet: Vec<Part2>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Part2 {
    size: i32,
}

fn everything() -> Everything {
    let part = Part { size: Some(3) };
    Everything {
        id: "1".to_owned(),
        second: Some(2),
        cleared: None,
        three: Nullable::Null,
        price: "1.50".parse().unwrap(),
        kind: Kind::Small,
        level: Level::Seven,
        name: "n".parse().unwrap(),
        parts: Some(vec![part.clone(), Part::default()]),
        by_name: [("a".to_owned(), Some(part.clone())), ("b".to_owned(), None)].into(),
        boxed: None,
        pair: ("x".to_owned(), part.clone()),
        any: Some(json!([1, null])),
        own: Own { x: 0.5 },
        pet: Pet::Cat(part.clone()),
        rest: [("extra".to_owned(), part)].into(),
    }
}

#[test]
fn structs() {
    let expected = json!({
        "id": "1", "2nd": 2, "cleared": null, "three": null, "price": 1.5, "kind": "very-small",
        "level": 7, "name": "n", "parts": [{"size": 3}, {}], "byName": {"a": {"size": 3}, "b": null},
        "pair": ["x", {"size": 3}], "any": [1, null], "own": {"x": 0.5},
        "pet": {"type": "cat", "size": 3}, "extra": {"size": 3},
    });
    check(&everything(), &expected);
    let text = value_text(&everything());
    assert!(text.contains(r#""price":1.50"#), "{text}");
    let nested = Everything { boxed: Some(Box::new(everything())), ..everything() };
    check(&nested.boxed.clone().unwrap(), &expected);
    assert_eq!(serde_json::from_str::<Everything>(&value_text(&nested)).unwrap(), nested);
}

#[test]
fn unions() {
    check(&Pet::Cat(Part { size: None }), &json!({"type": "cat"}));
    let dog = [("type".to_owned(), json!("dog")), ("tail".to_owned(), json!(true))];
    check(&Pet::Other(dog.into()), &json!({"type": "dog", "tail": true}));
    check(&Shape::Name("n".to_owned()), &json!("n"));
    check(&Shape::Parts(vec![Part { size: Some(1) }]), &json!([{"size": 1}]));
    check(&Shape::Part(Box::new(Part { size: Some(1) })), &json!({"size": 1}));
}

#[test]
fn leaves_and_types_with_both_derives() {
    check(&Kind::Unknown("x".to_owned()), &json!("x"));
    check(&Level::Unknown(-1), &json!(-1));
    check(&vec![Kind::Big], &json!(["big"]));
    let both = Both { pet: vec![Part2 { size: 1 }] };
    check(&both, &json!({"pet": [{"size": 1}]}));
    assert_eq!(serde_json::to_value(&both).unwrap(), json!({"pet": [{"size": 1}]}));
}

/// A type of the user's own that is only read, beside those that are written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct ReadOnly {
    x: f64,
}

#[derive(Clone, Debug, PartialEq, Decode)]
struct Holder {
    own: Option<ReadOnly>,
}

#[test]
fn what_cannot_be_written_is_told_when_it_has_to_be() {
    check(&Holder { own: None }, &json!({}));
    let holder = Holder { own: Some(ReadOnly { x: 1.0 }) };
    let error = holder.sample(serde_json::value::Serializer).unwrap_err().to_string();
    assert!(error.ends_with("ReadOnly does not implement Serialize"), "{error}");
}
