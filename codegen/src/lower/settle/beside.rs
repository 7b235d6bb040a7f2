//! Alternatives that name no type: rules for what the schema beside the choice says.
//!
//! ```yaml
//! {type: string, oneOf: [{pattern: '^a'}, {pattern: '^b'}]}
//! ```
//! is a text, of which the documentation says that it matches one of the two.

use super::super::Lowerer;
use super::super::schema::Site;
use super::super::union::{Alternative, Pending};
use crate::diagnostics::Code;
use crate::ir::{Constraint, Kind, SchemaId, one_holds};
use crate::pointer::Pointer;

/// What the alternatives of a choice demand that name no type.
#[derive(Default)]
pub(super) struct Beside {
    /// Whether one of them stands beside nothing that says what the value is.
    pub(super) allows_any: bool,
    rules: Vec<(Pointer, Vec<Constraint>)>,
}

impl Beside {
    pub(super) fn add(&mut self, at: &Pointer, rules: Vec<Constraint>) {
        self.rules.push((at.clone(), rules));
    }
}

impl Lowerer<'_> {
    /// What is demanded of the values of a schema, its format among it where no type says that.
    pub(super) fn rules_of(&self, id: SchemaId) -> Vec<Constraint> {
        let docs = self.docs_of(id);
        docs.constraints.into_iter().chain(docs.format.map(Constraint::Format)).collect()
    }

    /// An alternative with the type that the schema beside the choice gives it.
    pub(super) fn given(&mut self, one: Alternative, kind: Kind, pending: &Pending) -> Alternative {
        let docs = self.docs_of(one.schema);
        let below = Site { at: one.at.clone(), path: pending.site.path.clone() };
        let below = below.below(&[], &one.name);
        Alternative { schema: self.made_up(&below, docs, kind), is_made: true, ..one }
    }

    /// Says what such alternatives demand, where all are of that sort. Beside others, of which each
    /// has a type, there is no place to say it.
    pub(super) fn say_rules(&mut self, id: SchemaId, beside: Beside, are_all: bool) {
        if are_all {
            let rules = beside.rules.into_iter().map(|(_, rules)| rules).collect();
            self.hold(id, one_holds(rules));
            return;
        }
        for (at, _) in beside.rules.iter().filter(|(_, rules)| !rules.is_empty()) {
            self.warn(
                Code::Ignored,
                "this alternative has rules and names no type, which others do: its rules are left out",
                at,
                "name its type",
            );
        }
    }
}
