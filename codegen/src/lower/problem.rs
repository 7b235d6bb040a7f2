//! What is wrong with a declaration of ours, such as that of a waiter: what it declares is left out,
//! and nothing else is touched.

use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Why there is nothing of what was declared.
pub(super) struct Problem {
    message: String,
    at: Pointer,
    help: String,
}

impl Problem {
    pub(super) fn new(message: impl Into<String>, at: &Pointer, help: impl Into<String>) -> Self {
        Self { message: message.into(), at: at.clone(), help: help.into() }
    }

    /// Says so, and that `what` is lost.
    pub(super) fn told(self, code: Code, what: &str) -> Diagnostic {
        let message = format!("{}: {what} left out", self.message);
        Diagnostic::warning(code, message).at(&self.at).help(self.help)
    }
}
