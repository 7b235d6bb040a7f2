//! What is not as it should be.

use super::Run;
use super::documents::Document;
use super::generate::Outcome;
use super::{expected, tolerated};

/// Every failure of the run, one a line.
pub(super) fn failures(run: &Run, compiled: bool) -> Result<Vec<String>, String> {
    let each = run.documents.iter().zip(&run.outcomes);
    let mut failures: Vec<String> =
        each.flat_map(|(document, outcome)| conduct(document, outcome)).collect();
    failures.extend(expected::differences(run)?);
    let tolerated = tolerated::read()?;
    if compiled {
        failures.extend(tolerated.differences(run));
    }
    if !run.is_partial {
        failures.extend(tolerated.too_many_untyped(run));
    }
    Ok(failures)
}

/// How the generator may never behave, whatever the document: a bug, a hang, a message without a
/// place, a refusal without a reason.
fn conduct(document: &Document, outcome: &Outcome) -> Vec<String> {
    let name = &document.name;
    let mut failures = Vec::new();
    if outcome.taken.hung {
        failures.push(format!("{name}: no end after {:.0} seconds", outcome.taken.seconds));
    } else if !outcome.is_generated() && !outcome.is_refused() {
        let status = outcome.taken.status.map_or("a signal".to_owned(), |code| code.to_string());
        failures.push(format!("{name}: ended with {status}: {}", outcome.said.trim_end()));
    }
    if outcome.is_refused() && !outcome.messages.iter().any(|message| message.is_error()) {
        failures.push(format!("{name}: refused without an error"));
    }
    let unlocated = outcome.messages.iter().filter(|message| message.line.is_none());
    failures
        .extend(unlocated.map(|message| {
            format!("{name}: `{}` has no place: {}", message.code, message.message)
        }));
    failures
}
