//! Floats of 32 bits and points in time, which are read by rules that serde does not know.

use std::collections::BTreeMap;

use specwright_runtime::Nullable;
use specwright_runtime::codegen::v1::{Checked, Decode, Encode};

use crate::{both_ways, refusal};

#[derive(Debug, PartialEq, Encode, Decode)]
struct Sample {
    #[wire("taken_at")]
    taken_at: specwright_runtime::jiff::Timestamp,
    level: Option<f32>,
    levels: Vec<f32>,
    ends: Nullable<specwright_runtime::jiff::Timestamp>,
    by_name: BTreeMap<String, specwright_runtime::jiff::Timestamp>,
}

/// A type of the document's own may have the name of a foreign one.
#[derive(Debug, PartialEq, Encode, Decode)]
struct Timestamp {
    seconds: i64,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Own {
    at: Timestamp,
}

fn sample(taken_at: &str, level: &str) -> String {
    format!(
        r#"{{"taken_at":"{taken_at}","level":{level},"levels":[1],"ends":"{taken_at}","byName":{{"a":"{taken_at}"}}}}"#
    )
}

#[test]
fn a_second_has_any_number_of_decimals() {
    for (sent, kept) in [
        ("2024-01-11T18:00:00Z", "2024-01-11T18:00:00Z"),
        ("2024-01-11T18:00:00.5Z", "2024-01-11T18:00:00.5Z"),
        ("2024-01-11T18:00:00.123456789Z", "2024-01-11T18:00:00.123456789Z"),
        // Cut, not rounded: a point in time is never put later than it was.
        ("2024-01-11T18:00:00.1234567899Z", "2024-01-11T18:00:00.123456789Z"),
        ("2024-01-11T19:00:00.0000000000000000001+01:00", "2024-01-11T18:00:00Z"),
    ] {
        let read: Sample = serde_json::from_str(&sample(sent, "0.5")).unwrap();
        both_ways(&sample(sent, "0.5"), &read, &sample(kept, "0.5").replace("[1]", "[1.0]"));
        assert_eq!(read.taken_at.to_string(), kept);
    }
    for sent in
        ["2024-01-11", "2024-01-11T18:00:00.Z", "2024-01-11T18:00:00.1234567890", "x.1234567890"]
    {
        let reason = refusal::<Sample>(&sample(sent, "0.5"));
        assert!(reason.ends_with("expected a date and time of RFC 3339"), "{reason}");
    }
}

#[test]
fn no_number_becomes_infinite() {
    let expected = "expected f32";
    for sent in ["1e39", "-3.5e38", "100000000000000000000000000000000000000000"] {
        let reason = refusal::<Sample>(&sample("2024-01-11T18:00:00Z", sent));
        assert!(reason.ends_with(expected), "{reason}");
    }
    for (sent, read) in [("3.4028235e38", f32::MAX), ("7", 7.0), ("-7", -7.0), ("1e-60", 0.0)] {
        let sample: Sample = serde_json::from_str(&sample("2024-01-11T18:00:00Z", sent)).unwrap();
        assert_eq!(sample.level, Some(read), "{sent}");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Checked)]
#[check(maximum = 5.0)]
struct Ratio(f32);

#[test]
fn checked_numbers_neither() {
    both_ways("0.5", &Ratio(0.5), "0.5");
    assert!(refusal::<Ratio>("1e39").ends_with("expected f32"));
}

#[test]
fn a_type_of_that_name_is_left_alone() {
    let own = Own { at: Timestamp { seconds: 7 } };
    both_ways(r#"{"at":{"seconds":7}}"#, &own, r#"{"at":{"seconds":7}}"#);
}
