//! What the one tree costs, which may be much more than its files.

use serde_json::Value;

use super::{Build, Here};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::{MAX_DEPTH, REPEATED_NAMES, SHORTER_NAMES};
use crate::pointer::Pointer;

/// What a copy costs beside what is copied, in bytes: somebody has to know where it came from.
const COPY: usize = 512;

impl Build<'_, '_> {
    /// References that multiply make a tree of a few files enormous, and those that nest a deep one.
    pub(super) fn pay(&mut self, value: &Value, here: Here<'_>) {
        let text = value.as_str().map_or(0, str::len);
        let is_paid = self.allowance.spend_node(text);
        if here.depth > MAX_DEPTH {
            let message = format!(
                "behind references, mappings and lists nest deeper than {MAX_DEPTH} levels"
            );
            self.stop(Diagnostic::error(Code::TooDeep, message), &here.to.pointer());
        } else if !is_paid {
            self.stop(too_large(), &here.to.pointer());
        } else if !self.allowance.spend_way(here.to.length()) {
            let problem = Diagnostic::error(Code::TooLarge, REPEATED_NAMES).help(SHORTER_NAMES);
            self.stop(problem, &here.to.pointer());
        }
    }

    pub(super) fn copies(&mut self, to: &Pointer) {
        if !self.allowance.spend(COPY + to.as_str().len()) {
            self.stop(too_large(), to);
        }
    }

    fn stop(&mut self, problem: Diagnostic, at: &Pointer) {
        if !self.is_over {
            self.built.diagnostics.push(problem.at(at));
        }
        self.is_over = true;
    }

    pub(super) fn pay_all(&mut self, value: &Value, here: Here<'_>) {
        self.pay(value, here);
        let here = Here { depth: here.depth + 1, ..here };
        match value {
            _ if self.is_over => {}
            Value::Object(map) => map.values().for_each(|value| self.pay_all(value, here)),
            Value::Array(list) => list.iter().for_each(|value| self.pay_all(value, here)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn too_large() -> Diagnostic {
    Diagnostic::error(Code::TooLarge, "the references of the document multiply its size")
        .help("refer to schemas rather than to parts of them, which are copied")
}
