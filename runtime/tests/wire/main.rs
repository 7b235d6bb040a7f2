//! The derives on the wire: what is written, what is read, what is refused.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are not tests to clippy"
)]

mod checked;
mod enums;
mod errors;
mod integers;
mod roundtrip;
mod ruled;
mod shapes;
mod structs;
mod unions;
mod values;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Decodes `json`, and checks that encoding gives `back`, byte for byte.
#[track_caller]
fn both_ways<T: Serialize + DeserializeOwned + Debug + PartialEq>(
    json: &str,
    value: &T,
    back: &str,
) {
    let decoded: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(&decoded, value, "{json}");
    let reader: T = serde_json::from_reader(json.as_bytes()).unwrap();
    assert_eq!(&reader, value, "{json} from a reader");
    assert_eq!(serde_json::to_string(value).unwrap(), back);
}

/// The message `json` is refused with, without its position.
#[track_caller]
fn refusal<T: DeserializeOwned + Debug>(json: &str) -> String {
    let error = serde_json::from_str::<T>(json).expect_err(json).to_string();
    error.split(" at line").next().unwrap_or_default().to_owned()
}
