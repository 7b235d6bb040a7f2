//! The generator's own report held against the document: a place that it calls untyped because the
//! document says no more must be one of which the document says no more.

use serde_json::{Value, json};

use super::Tally;
use crate::draw::is_loose;
use crate::drive::Subject;

/// What came of one document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Places with a type.
    pub typed: u64,
    /// Places the document leaves open.
    pub by_document: usize,
    /// Places the generator leaves open.
    pub by_us: usize,
    /// What came of it.
    pub tally: Tally,
}

/// Judges the report of one document.
pub fn run(subject: &Subject) -> Outcome {
    let places = |key: &str| subject.report[key].as_array().cloned().unwrap_or_default();
    let open = places("untyped_by_document");
    let mut outcome = Outcome {
        typed: subject.report["places"]["typed"].as_u64().unwrap_or_default(),
        by_document: open.len(),
        by_us: places("untyped_by_us").len(),
        tally: Tally::default(),
    };
    for place in open {
        let pointer = place["pointer"].as_str().unwrap_or_default();
        let schema = schema_at(subject, pointer, place["what"].as_str().unwrap_or_default());
        if is_loose(&subject.raw, &schema) {
            outcome.tally.equal += 1;
        } else {
            let message = "the document says more than the report admits".to_owned();
            outcome.tally.fail(pointer, message, &schema, &place);
        }
    }
    outcome
}

/// The schema of a place. What the document does not write, such as the items of a list without
/// `items`, it leaves open.
fn schema_at(subject: &Subject, pointer: &str, what: &str) -> Value {
    let node = subject.raw.at(pointer).cloned().unwrap_or_else(|| json!({}));
    let content = || node["content"].as_object().and_then(|all| all.values().next()?.get("schema"));
    match what {
        "parameter" | "body" | "answer" | "header" => {
            node.get("schema").or_else(content).cloned().unwrap_or_else(|| json!({}))
        }
        _ => node,
    }
}
