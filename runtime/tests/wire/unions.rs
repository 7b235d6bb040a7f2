//! Unions told apart by a property.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use specwright_runtime::codegen::v1::{Decode, Encode};

use crate::{both_ways, refusal};

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct ReplicaSet {
    r#type: Option<String>,
    id: Option<String>,
    name: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Sharded {
    members: Vec<Snapshot>,
    count: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "type")]
enum Snapshot {
    #[wire("replicaSet")]
    ReplicaSet(Box<ReplicaSet>),
    #[wire("sharded\"Cluster\"")]
    Sharded(Box<Sharded>),
    #[wire(other)]
    UnknownValue(ReplicaSet),
}

fn replica_set(tag: Option<&str>, id: &str) -> ReplicaSet {
    ReplicaSet { r#type: tag.map(str::to_owned), id: Some(id.to_owned()), name: None }
}

#[test]
fn the_tag_stands_anywhere() {
    let value = Snapshot::ReplicaSet(Box::new(replica_set(Some("replicaSet"), "a")));
    let back = r#"{"type":"replicaSet","id":"a"}"#;
    for json in [
        back,
        r#"{"id":"a","type":"replicaSet"}"#,
        r#"{"id":"a","type":"replicaSet","name":null}"#,
        r#"{"x":{"type":"other"},"id":"a","t\u0079pe":"replicaSet","y":[]}"#,
    ] {
        both_ways(json, &value, back);
    }
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "type")]
enum Component {
    #[wire(1)]
    Row(Sharded),
    #[wire(-2, 3)]
    Button(Button),
    #[wire(other)]
    UnknownValue(serde_json::Value),
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Button {
    r#type: i64,
}

#[test]
fn a_tag_may_be_a_number() {
    let row = Component::Row(Sharded { members: Vec::new(), count: Some(1) });
    both_ways(
        r#"{"members":[],"type":1.0,"count":1}"#,
        &row,
        r#"{"type":1,"members":[],"count":1}"#,
    );
    for (tag, json) in [(-2, r#"{"type":-2}"#), (3, r#"{"type":3}"#)] {
        both_ways(json, &Component::Button(Button { r#type: tag }), json);
    }
    for json in [r#"{"type":4}"#, r#"{"type":"1"}"#, r#"{"type":1.5}"#] {
        let other = Component::UnknownValue(serde_json::from_str(json).unwrap());
        both_ways(json, &other, json);
    }
}

/// What is kept as any value need not be an object, told apart by a tag or not.
#[test]
fn other_values_than_objects_are_kept() {
    for json in ["null", "true", "-1", "7", "0.5", r#""a""#, "[{\"type\":1}]", "[]"] {
        let value = || serde_json::from_str(json).unwrap();
        both_ways(json, &Component::UnknownValue(value()), json);
        both_ways(json, &Either::UnknownValue(value()), json);
        assert!(serde_json::from_str::<Snapshot>(json).is_err(), "{json}");
    }
    let inner = r#"{"type":1,"members":[],"count":null}"#;
    assert!(matches!(serde_json::from_str(inner).unwrap(), Component::Row(_)));
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum Either {
    #[wire(object, only("type", "a"))]
    A(ReplicaSet),
    #[wire(object)]
    Sharded(Sharded),
    #[wire(other)]
    UnknownValue(serde_json::Value),
}

#[test]
fn a_variant_without_the_tag_gets_it() {
    let inner = Snapshot::ReplicaSet(Box::new(replica_set(Some("replicaSet"), "a")));
    let value = Snapshot::Sharded(Box::new(Sharded { members: vec![inner], count: Some(2) }));
    let json =
        r#"{"type":"sharded\"Cluster\"","members":[{"type":"replicaSet","id":"a"}],"count":2}"#;
    both_ways(json, &value, json);
    let late =
        r#"{"count":2.0,"members":[{"id":"a","type":"replicaSet"}],"type":"sharded\"Cluster\""}"#;
    both_ways(late, &value, json);
}

#[test]
fn the_variant_decides_the_tag() {
    let odd = Snapshot::ReplicaSet(Box::new(replica_set(Some("something"), "a")));
    assert_eq!(serde_json::to_string(&odd).unwrap(), r#"{"type":"replicaSet","id":"a"}"#);
    let none = Snapshot::ReplicaSet(Box::new(replica_set(None, "a")));
    assert_eq!(serde_json::to_string(&none).unwrap(), r#"{"type":"replicaSet","id":"a"}"#);
}

#[test]
fn other_tags_go_to_other() {
    let json = r#"{"type":"new","id":"a"}"#;
    both_ways(json, &Snapshot::UnknownValue(replica_set(Some("new"), "a")), json);
    let json = r#"{"id":"a"}"#;
    both_ways(json, &Snapshot::UnknownValue(replica_set(None, "a")), json);
    let null = r#"{"id":"a","type":null}"#;
    both_ways(null, &Snapshot::UnknownValue(replica_set(None, "a")), json);
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "kind")]
enum Closed {
    #[wire("a")]
    A(Sharded),
    #[wire("b")]
    B(ReplicaSet),
}

/// Values of one variant, in as many attributes as there are lines.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "type")]
enum Many {
    #[wire("a", "b")]
    #[wire("c")]
    Set(ReplicaSet),
    #[wire("d")]
    Sharded(Sharded),
}

#[test]
fn several_values_lead_to_one_variant() {
    for tag in ["a", "b", "c"] {
        let json = format!(r#"{{"type":"{tag}","id":"x"}}"#);
        both_ways(&json, &Many::Set(replica_set(Some(tag), "x")), &json);
    }
}

#[test]
fn refusals() {
    for (json, message) in [
        ("{}", "missing field `kind`"),
        (r#"{"kind":"c"}"#, "unknown variant `c`, expected `a` or `b`"),
        (r#"{"kind":3}"#, "invalid type: value, expected a string as `kind`"),
        ("[]", "invalid type: sequence, expected an object (Closed)"),
        (r#"["a"]"#, "invalid type: sequence, expected an object (Closed)"),
        (r#"{"kind":"a"}"#, "missing field `members`"),
        (r#"{"members":[],"kind":"a","members":[]}"#, "duplicate field `members`"),
        (r#"{"id":"x","id":"x","kind":"b"}"#, "duplicate field `id`"),
        (r#"{"id":7,"kind":"b"}"#, "invalid type: integer `7`, expected a string"),
    ] {
        assert_eq!(refusal::<Closed>(json), message, "{json}");
    }
    let twice = r#"{"type":"replicaSet","type":"replicaSet"}"#;
    assert_eq!(refusal::<Snapshot>(twice), "duplicate field `type`");
}

/// A union of unions, by another property and by the same.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "provider")]
enum Outer {
    #[wire("AWS")]
    Aws(Box<Closed>),
    #[wire("GCP")]
    Gcp(Same),
    #[wire("AZURE")]
    Azure(BTreeMap<String, Value>),
    #[wire(other)]
    Other(Value),
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "provider")]
enum Same {
    #[wire("GCP")]
    Only(Sharded),
}

#[test]
fn nested() {
    let sharded = Sharded { members: Vec::new(), count: None };
    let value = Outer::Aws(Box::new(Closed::A(sharded.clone())));
    let back = r#"{"provider":"AWS","kind":"a","members":[]}"#;
    for json in [
        back,
        r#"{"members":[],"kind":"a","provider":"AWS"}"#,
        r#"{"kind":"a","members":[],"provider":"AWS"}"#,
        r#"{"provider":"AWS","members":[],"kind":"a"}"#,
    ] {
        both_ways(json, &value, back);
    }
    let json = r#"{"provider":"GCP","members":[]}"#;
    both_ways(json, &Outer::Gcp(Same::Only(sharded)), json);
}

#[test]
fn free_objects() {
    let json = r#"{"provider":"AZURE","a":1}"#;
    both_ways(json, &Outer::Azure(BTreeMap::from([("a".to_owned(), json!(1))])), json);
    let value = json!({"provider": "new", "a": [1], "b": {"c": null}});
    let json = value.to_string();
    both_ways(&json, &Outer::Other(value), &json);
    let odd = serde_json::to_string(&Outer::Other(json!([1])));
    assert_eq!(odd.unwrap_err().to_string(), "an object is due here");
}

#[test]
fn declared_names() {
    assert_eq!(<Closed as Decode>::FIELDS, ["kind", "members", "count", "type", "id", "name"]);
    assert_eq!(
        <Snapshot as Decode>::FIELDS,
        ["type", "type", "id", "name", "members", "count", "type", "id", "name"]
    );
    assert_eq!(<Same as Decode>::FIELDS, ["provider", "members", "count"]);
    assert_eq!((<Closed as Decode>::OPEN, <Outer as Decode>::OPEN), (false, true));
}

#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Extensible {
    id: Option<String>,
    #[wire(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "type")]
enum WithRest {
    #[wire("known")]
    Known(Extensible),
    #[wire(other)]
    Other(Extensible),
}

#[test]
fn the_tag_is_undeclared_only_in_other() {
    let rest = BTreeMap::from([("x".to_owned(), json!(1))]);
    let known = WithRest::Known(Extensible { id: None, rest });
    both_ways(r#"{"x":1,"type":"known"}"#, &known, r#"{"type":"known","x":1}"#);
    let rest = BTreeMap::from([("type".to_owned(), json!("new"))]);
    let other = WithRest::Other(Extensible { id: None, rest });
    both_ways(r#"{"type":"new"}"#, &other, r#"{"type":"new"}"#);
}
