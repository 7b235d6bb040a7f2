//! Whatever value there is, it survives the wire, and the order of properties means nothing.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use specwright_runtime::Nullable;
use specwright_runtime::codegen::v1::{Decode, Encode, StringEnum};

#[derive(Clone, Debug, PartialEq, StringEnum)]
enum Kind {
    Daily,
    #[wire("WEEKLY")]
    Weekly,
    UnknownValue(String),
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Leaf {
    kind: Kind,
    text: Option<String>,
    int: Option<i64>,
    size: u64,
    state: Nullable<i32>,
    #[wire(nullable)]
    flag: Option<bool>,
    list: Vec<i64>,
    #[wire(flatten)]
    rest: BTreeMap<String, Option<bool>>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Branch {
    r#type: String,
    left: Option<Box<Tree>>,
    right: Vec<Tree>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[wire(tag = "type")]
enum Tree {
    #[wire("leaf")]
    Leaf(Leaf),
    #[wire("branch")]
    Branch(Box<Branch>),
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Daily), Just(Kind::Weekly), any::<String>().prop_map(Kind::from),]
}

fn states() -> impl Strategy<Value = Nullable<i32>> {
    prop_oneof![
        Just(Nullable::Absent),
        Just(Nullable::Null),
        any::<i32>().prop_map(Nullable::Value),
    ]
}

fn leaves() -> impl Strategy<Value = Leaf> {
    let rest = btree_map("[a-z\"é ]{1,3}", any::<Option<bool>>(), 0..4);
    let numbers = (any::<Option<i64>>(), any::<u64>(), vec(any::<i64>(), 0..3));
    (kinds(), of(any::<String>()), numbers, states(), any::<Option<bool>>(), rest).prop_map(
        |(kind, text, (int, size, list), state, flag, mut rest)| {
            rest.remove("int");
            Leaf { kind, text, int, size, state, flag, list, rest }
        },
    )
}

fn trees() -> impl Strategy<Value = Tree> {
    leaves().prop_map(Tree::Leaf).prop_recursive(4, 24, 3, |inner| {
        (of(inner.clone()), vec(inner, 0..3)).prop_map(|(left, right)| {
            let r#type = "branch".to_owned();
            Tree::Branch(Box::new(Branch { r#type, left: left.map(Box::new), right }))
        })
    })
}

/// The object of `tree` as text, its properties turned round by `turn` places, at every level.
fn turned(value: &serde_json::Value, turn: usize) -> String {
    match value {
        serde_json::Value::Object(object) => {
            let mut entries: Vec<_> = object
                .iter()
                .map(|(name, value)| format!("{}:{}", serde_json::json!(name), turned(value, turn)))
                .collect();
            let count = entries.len().max(1);
            entries.rotate_left(turn % count);
            format!("{{{}}}", entries.join(","))
        }
        serde_json::Value::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| turned(value, turn)).collect();
            format!("[{}]", values.join(","))
        }
        scalar => scalar.to_string(),
    }
}

proptest! {
    #[test]
    fn any_value_survives(tree in trees()) {
        let text = serde_json::to_string(&tree).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Tree>(&text).unwrap(), &tree);
        let value = serde_json::to_value(&tree).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Tree>(value).unwrap(), &tree);
    }

    #[test]
    fn order_means_nothing(tree in trees(), turn in 0_usize..10) {
        let text = turned(&serde_json::to_value(&tree).unwrap(), turn);
        prop_assert_eq!(serde_json::from_str::<Tree>(&text).unwrap(), tree);
    }

    #[test]
    fn text_of_any_kind_never_panics(text in any::<String>(), json in "[\\[\\]{}\":,a-z0-9.]{0,20}") {
        let _ = serde_json::from_str::<Tree>(&text);
        let _ = serde_json::from_str::<Leaf>(&json);
    }
}
