//! What cannot be answered as the document says, looked for before anybody asks.

use super::answer;
use super::route::Route;
use super::schema::Checks;
use super::tree::Place;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use serde_json::Value;

/// So many schemas are written to look at the answers of a document before anybody asks for them.
const LOOK: usize = 10_000;

/// Where neither an example nor a value that was made is what the schema says, and examples whose values are
/// in other files. Answers are looked at as far as
/// [`LOOK`] goes.
pub(super) fn look(root: &Value, checks: &Checks, routes: &[Route]) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut left = 0_usize;
    for route in routes {
        let Some(operation) = Place::at(root, &route.operation) else { continue };
        for (name, example) in answer::elsewhere(&operation) {
            let message = format!("the example `{name}` is not answered: its value is elsewhere");
            let help = "write its `value` in place of `externalValue`";
            let at = example.at.push("externalValue");
            found.push(Diagnostic::warning(Code::Ignored, message).at(&at).help(help));
        }
        if checks.cost() > LOOK {
            left += 1;
        } else if let Some((media, faults)) = answer::faults(checks, &operation) {
            let first = faults.first().map(|fault| format!("{}: {}", fault.at, fault.message));
            let first = first.unwrap_or_default();
            let message = format!(
                "no value was made that is what the schema says, and one that is not is answered: {}",
                first.trim_start_matches(": ")
            );
            let help = "write an `example` that is, or correct the schema";
            found.push(Diagnostic::warning(Code::Ignored, message).at(&media.at).help(help));
        }
    }
    if left > 0 {
        let message = format!(
            "whether the answers of {left} more operations are what their schemas say is not looked at"
        );
        let help = "nothing has to be done: it would take long, and where there is an `example` that is, they are";
        found.push(Diagnostic::note(Code::Ignored, message).at(&Pointer::root()).help(help));
    }
    found
}
