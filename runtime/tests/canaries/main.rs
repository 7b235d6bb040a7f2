//! Every public type that can be printed is printed here with a secret in it, or is named as one that
//! shows what it holds. A type that is added and forgotten here fails the test.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, reason = "this is all tests")]

mod printed;
mod samples;

/// Unlikely by chance in any text.
const CANARY: &str = "c4n4rys3cr3t";

/// Values of a document, and what a type says of itself: they hold no secret unless the document's
/// author put one there, and their `Debug` is for looking at them.
const SHOWS: [&str; 4] = ["Nullable", "Decimal", "Base64", "ErrorBody"];

/// What a mock says of the calls of a test: those are there to be read. What a recorder and a replay
/// say is held against the canary in `tests/recorder`.
const OF_TESTS: [&str; 9] = [
    "Expectation",
    "Mismatch",
    "MockTransport",
    "Recorder",
    "Redaction",
    "Replay",
    "Reply",
    "Sent",
    "Unmet",
];

/// Types that nothing gets into at run time but numbers and words of this crate or of the document.
const HOLDS_NOTHING: [&str; 28] = [
    "Alternative",
    "Api",
    "Attempt",
    "AuthErrorKind",
    "Blocking",
    "ChallengeResponse",
    "Constant",
    "Each",
    "ErrorKind",
    "External",
    "Header",
    "InvalidDecimal",
    "InvalidValue",
    "Item",
    "NoError",
    "NotBase64",
    "NumberRules",
    "Operation",
    "Paging",
    "ParseCheckedError",
    "Progress",
    "RateLimit",
    "Readiness",
    "RetryPolicy",
    "Step",
    "Style",
    "TextRules",
    "TransportPhase",
];

/// What a decoder says of a body without quoting it, as the tests of `decode` show.
const QUOTES_NOTHING: [&str; 2] = ["ParseError", "Undecodable"];

#[tokio::test]
async fn every_type_keeps_its_secret() {
    let samples = samples::all().await;
    for sample in &samples {
        let text = sample.text.to_lowercase();
        assert!(!text.contains(CANARY), "{} shows a secret: {text}", sample.name);
    }
    let mut covered: Vec<&str> = samples.iter().map(|sample| sample.name.as_str()).collect();
    covered.extend(SHOWS.iter().chain(&OF_TESTS).chain(&HOLDS_NOTHING).chain(&QUOTES_NOTHING));
    covered.sort_unstable();
    covered.dedup();
    assert_eq!(covered, printed::types());
}
