//! Unions told apart by what their alternatives are made of.

use serde_json::{Value, json};
use specwright_runtime::codegen::v1::{Decode, Encode, FromVariants, StringEnum};

use crate::{both_ways, refusal};

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Circle {
    shape: Option<Kind>,
    radius: i32,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Square {
    shape: Option<Kind>,
    side: Option<i32>,
    radius: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, StringEnum)]
enum Kind {
    Circle,
    Square,
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum Figure {
    #[wire(object, only("shape", "circle"))]
    Circle(Box<Circle>),
    #[wire(object, only("shape", "square", "rhombus"))]
    Square(Box<Square>),
    #[wire(other)]
    UnknownValue(Value),
}

/// Values of an enum, rather than a list of them.
#[derive(Clone, Debug, PartialEq, Decode)]
enum ByEnum {
    #[wire(object, only("shape", Kind))]
    Known(Square),
    #[wire(other)]
    UnknownValue(Value),
}

#[test]
fn values_of_an_enum() {
    let found = |json: &str| serde_json::from_str::<ByEnum>(json).unwrap();
    assert!(matches!(found(r#"{"shape":"circle"}"#), ByEnum::Known(_)));
    assert!(matches!(found(r#"{"shape":"cube"}"#), ByEnum::UnknownValue(_)));
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Marked {
    mark: Value,
}

/// Values of other kinds than texts.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum ByValue {
    #[wire(object, only("mark", 1))]
    One(Marked),
    #[wire(object, only("mark", -1, -1.5))]
    Below(Marked),
    #[wire(object, only("mark", true))]
    True(Marked),
    #[wire(object, only("mark", false, null))]
    False(Marked),
    #[wire(object, only("mark", "1", 2))]
    Text(Marked),
    #[wire(other)]
    UnknownValue(Value),
}

#[test]
fn values_of_any_kind_tell() {
    let found = |mark: Value| {
        let found = serde_json::from_value::<ByValue>(json!({"mark": mark})).unwrap();
        assert_eq!(serde_json::to_value(&found).unwrap(), json!({"mark": mark}));
        match found {
            ByValue::One(_) => "one",
            ByValue::Below(_) => "below",
            ByValue::True(_) => "true",
            ByValue::False(_) => "false",
            ByValue::Text(_) => "text",
            ByValue::UnknownValue(_) => "unknown",
        }
    };
    for (mark, expected) in [
        (json!(1), "one"),
        (json!(1.0), "one"),
        (json!(-1), "below"),
        (json!(-1.5), "below"),
        (json!(true), "true"),
        (json!(false), "false"),
        (json!(null), "false"),
        (json!("1"), "text"),
        (json!(2.0), "text"),
        (json!("true"), "unknown"),
        (json!(3), "unknown"),
    ] {
        assert_eq!(found(mark.clone()), expected, "{mark}");
    }
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum Mixed {
    #[wire(text)]
    Name(String),
    #[wire(number)]
    Number(i64),
    #[wire(boolean)]
    Flag(bool),
    #[wire(list)]
    Names(Vec<String>),
    #[wire(object)]
    Figure(Box<Figure>),
    #[wire(other)]
    UnknownValue(Value),
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum Closed {
    #[wire(text)]
    Name(String),
    #[wire(list)]
    Numbers(Vec<i64>),
}

fn circle(radius: i32) -> Figure {
    Figure::Circle(Box::new(Circle { shape: None, radius }))
}

#[test]
fn json_types_tell() {
    both_ways(r#""a""#, &Mixed::Name("a".to_owned()), r#""a""#);
    both_ways("7.0", &Mixed::Number(7), "7");
    both_ways("true", &Mixed::Flag(true), "true");
    both_ways(r#"["a"]"#, &Mixed::Names(vec!["a".to_owned()]), r#"["a"]"#);
    let figure = Mixed::Figure(Box::new(circle(1)));
    both_ways(r#"{"radius":1}"#, &figure, r#"{"radius":1}"#);
}

#[test]
fn a_property_only_one_has_tells() {
    let square = Square { shape: None, side: Some(2), radius: None };
    both_ways(r#"{"side":2}"#, &Figure::Square(Box::new(square)), r#"{"side":2}"#);
    both_ways(r#"{"radius":2}"#, &circle(2), r#"{"radius":2}"#);
}

#[test]
fn a_constant_tells_before_order_does() {
    let square = Square { shape: Some(Kind::Square), side: None, radius: Some(2) };
    let json = r#"{"shape":"square","radius":2}"#;
    both_ways(json, &Figure::Square(Box::new(square)), json);
    // More of it is declared by the circle, which it says it is not.
    let rhombus = r#"{"radius":2,"shape":"rhombus","other":1}"#;
    assert!(matches!(serde_json::from_str(rhombus).unwrap(), Figure::Square(_)));
}

#[test]
fn what_fits_nothing_is_kept() {
    for json in
        [json!({"shape": "cube", "radius": 1}), json!({"edges": 12}), json!({"radius": "x"})]
    {
        let text = json.to_string();
        both_ways(&text, &Figure::UnknownValue(json), &text);
    }
    both_ways("null", &Mixed::UnknownValue(Value::Null), "null");
    both_ways("[1]", &Mixed::UnknownValue(json!([1])), "[1]");
    both_ways("1.5", &Mixed::UnknownValue(json!(1.5)), "1.5");
}

#[test]
fn without_a_place_for_others_they_are_refused() {
    assert_eq!(refusal::<Closed>("1"), "invalid value: value, expected one of the alternatives");
    both_ways("[1]", &Closed::Numbers(vec![1]), "[1]");
}

#[test]
fn objects_only_means_objects_only() {
    assert!(serde_json::from_str::<Figure>("[]").is_err());
    assert!(serde_json::from_str::<Figure>(r#""a""#).is_err());
}

/// What its parts become by themselves, and what they do not.
#[derive(Clone, Debug, PartialEq, FromVariants)]
enum Parts {
    #[wire(text)]
    Name(String),
    #[wire(number)]
    Number(i64),
    #[wire(object)]
    Circle(Box<Circle>),
    #[wire(list)]
    Bytes(Vec<u8>),
    #[wire(list)]
    Others(Vec<u8>),
    #[wire(other)]
    UnknownValue(Value),
}

// Two variants hold it, and no macro can know which is meant.
impl From<Vec<u8>> for Parts {
    fn from(bytes: Vec<u8>) -> Self {
        if bytes.is_empty() { Self::Others(bytes) } else { Self::Bytes(bytes) }
    }
}

// What is not listed is asked for by its name.
impl From<Value> for Parts {
    fn from(value: Value) -> Self {
        Self::UnknownValue(value)
    }
}

#[test]
fn a_part_becomes_the_whole() {
    let circle = Circle { shape: None, radius: 3 };
    assert_eq!(Parts::from(circle.clone()), Parts::Circle(Box::new(circle)));
    assert_eq!(Parts::from("a"), Parts::Name("a".to_owned()));
    assert_eq!(Parts::from("a".to_owned()), Parts::Name("a".to_owned()));
    assert_eq!(Parts::from(7), Parts::Number(7));
    assert_eq!(Parts::from(Vec::new()), Parts::Others(Vec::new()));
    assert_eq!(Parts::from(vec![1]), Parts::Bytes(vec![1]));
    assert_eq!(Parts::from(json!(null)), Parts::UnknownValue(Value::Null));
}
