//! What was looked at, and what came of it.

use std::fmt::Debug;

/// The tally of one judge.
#[derive(Default)]
pub(crate) struct Checks {
    passed: usize,
    failed: usize,
}

impl Checks {
    pub(crate) fn that(&mut self, what: &str, holds: bool) {
        self.equal(what, &holds, &true);
    }

    pub(crate) fn equal<T: Debug + PartialEq>(&mut self, what: &str, found: &T, expected: &T) {
        if found == expected {
            self.passed += 1;
        } else {
            self.failed += 1;
            println!("FAILED: {what}: {found:?}, and {expected:?} was expected");
        }
    }

    /// A call that has to succeed; its answer.
    pub(crate) fn answered<T, E: Debug>(&mut self, what: &str, outcome: Result<T, E>) -> Option<T> {
        match outcome {
            Ok(answer) => {
                self.passed += 1;
                Some(answer)
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED: {what}: {error:?}");
                None
            }
        }
    }

    /// Prints the tally. True if nothing failed and something was looked at.
    pub(crate) fn report(&self, judge: &str) -> bool {
        println!("{judge}: {} checks passed, {} failed", self.passed, self.failed);
        self.failed == 0 && self.passed > 0
    }
}
