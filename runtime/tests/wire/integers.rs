//! Enumerations of integers.

use serde::{Deserialize, Serialize};
use specwright_runtime::codegen::v1::{Decode, Encode, IntegerEnum};

use crate::{both_ways, refusal};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntegerEnum)]
enum Gear {
    #[wire(1)]
    First,
    #[wire(-1)]
    Reverse,
    UnknownValue(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntegerEnum)]
enum Mask {
    #[wire(18446744073709551615)]
    All,
    Other(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntegerEnum)]
enum Minutes {
    #[wire(-15)]
    Before,
    #[wire(30)]
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntegerEnum)]
enum Edge {
    #[wire(18446744073709551615)]
    Last,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Widths {
    tiny: i8,
    small: u16,
    list: Vec<u8>,
    map: std::collections::BTreeMap<String, i64>,
    nested: std::collections::BTreeMap<String, Option<i32>>,
}

#[test]
fn numbers_and_variants() {
    for (json, gear) in [
        ("1", Gear::First),
        ("-1", Gear::Reverse),
        ("2", Gear::UnknownValue(2)),
        ("-9223372036854775808", Gear::UnknownValue(i64::MIN)),
    ] {
        both_ways(json, &gear, json);
        assert_eq!(gear.to_string(), json);
        assert_eq!(json.parse(), Ok(gear));
        assert_eq!(Gear::from(gear.as_i64()), gear);
        assert_eq!(i64::from(gear).to_string(), json);
    }
    both_ways("18446744073709551615", &Mask::All, "18446744073709551615");
    assert_eq!(Mask::All.as_u64(), u64::MAX);
}

#[test]
fn a_closed_enumeration_refuses_other_numbers() {
    both_ways("-15", &Minutes::Before, "-15");
    both_ways("30.0", &Minutes::After, "30");
    both_ways("18446744073709551615", &Edge::Last, "18446744073709551615");
    assert_eq!((Minutes::After.as_i64(), Edge::Last.as_u64()), (30, u64::MAX));
    assert_eq!((Minutes::try_from(30), "30".parse()), (Ok(Minutes::After), Ok(Minutes::After)));
    let said = "expected one of `-15`, `30`";
    assert_eq!(Minutes::try_from(31).unwrap_err().to_string(), said);
    assert_eq!("half an hour".parse::<Minutes>().unwrap_err().to_string(), said);
    assert_eq!(refusal::<Minutes>("31"), "unknown variant `31`, expected `-15` or `30`");
}

#[test]
fn integral_floats_are_integers() {
    both_ways("-1.0", &Gear::Reverse, "-1");
    both_ways(
        r#"{"tiny":-3.0,"small":7.0,"list":[1.0,2],"map":{"a":7.0},"nested":{"b":8.0,"c":null}}"#,
        &Widths {
            tiny: -3,
            small: 7,
            list: vec![1, 2],
            map: [("a".to_owned(), 7)].into(),
            nested: [("b".to_owned(), Some(8)), ("c".to_owned(), None)].into(),
        },
        r#"{"tiny":-3,"small":7,"list":[1,2],"map":{"a":7},"nested":{"b":8,"c":null}}"#,
    );
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Counts {
    total: u32,
    #[wire(flatten)]
    others: std::collections::BTreeMap<String, i64>,
}

#[test]
fn undeclared_properties_may_be_integers() {
    let counts = Counts { total: 3, others: [("a".to_owned(), 1), ("b".to_owned(), 2)].into() };
    both_ways(r#"{"a":1.0,"total":3.0,"b":2}"#, &counts, r#"{"total":3,"a":1,"b":2}"#);
    assert_eq!(refusal::<Counts>(r#"{"total":3,"a":1,"a":2}"#), "duplicate field `a`");
}

#[test]
fn refused() {
    assert_eq!(refusal::<Gear>("1.5"), "invalid type: floating point `1.5`, expected i64");
    assert_eq!(refusal::<Gear>("\"1\""), "invalid type: string \"1\", expected i64");
    assert_eq!(refusal::<Mask>("-1"), "invalid value: integer `-1`, expected u64");
    assert_eq!("one".parse::<Gear>().unwrap_err().to_string(), "invalid digit found in string");
}

#[test]
fn as_map_values() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Index(std::collections::BTreeMap<String, Gear>);
    both_ways(r#"{"a":1}"#, &Index([("a".to_owned(), Gear::First)].into()), r#"{"a":1}"#);
}
