//! Alternatives that name no type: rules for what the schema beside the choice says.
//!
//! ```yaml
//! {type: string, oneOf: [{pattern: '^a'}, {pattern: '^b'}]}
//! ```
//! is a text, of which the documentation says that it matches one of the two.

use serde_json::Value;

use super::super::Lowerer;
use super::super::defaults::problem;
use super::super::schema::Site;
use super::super::union::{Alternative, Pending};
use crate::diagnostics::Code;
use crate::ir::{Constraint, Docs, Kind, SchemaId, one_holds};
use crate::pointer::Pointer;

/// What the alternatives of a choice demand that name no type.
#[derive(Default)]
pub(super) struct Beside {
    /// Whether one of them stands beside nothing that says what the value is.
    pub(super) allows_any: bool,
    rules: Vec<(Pointer, Vec<Constraint>)>,
}

impl Beside {
    pub(super) fn add(&mut self, one: &Alternative, rules: Vec<Constraint>) {
        self.rules.push((one.at.clone(), rules));
    }

    /// Whether each of them has rules, so that none is there for any value.
    pub(super) fn all_have_rules(&self) -> bool {
        self.rules.iter().all(|(_, rules)| !rules.is_empty())
    }

    /// The rules of which those of one alternative hold.
    pub(super) fn one_holds(self) -> Vec<Constraint> {
        one_holds(self.rules.into_iter().map(|(_, rules)| rules).collect())
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

    /// The alternatives of a choice that is an alternative itself, with what that says of all of them:
    /// its words have no other place, as each becomes an alternative of the choice around it.
    pub(super) fn with_words_of(
        &mut self,
        choice: SchemaId,
        inner: Vec<Alternative>,
    ) -> Vec<Alternative> {
        let said = self.docs_of(choice);
        if said == Docs::default() {
            return inner;
        }
        let mut told = Vec::with_capacity(inner.len());
        for one in inner {
            let mut docs = said.clone();
            let kind = self.kind_of(one.schema);
            docs.constraints.retain(|rule| rule.concerns(kind));
            let is_one = |value: &Value| problem(value, kind).is_none();
            let own = self.schemas[choice.0].default.as_ref();
            docs.default = docs.default.filter(|_| own.is_some_and(is_one));
            let site = Site { at: one.at.clone(), path: vec![one.name.clone()] };
            let schema = match docs == Docs::default() {
                true => one.schema,
                false => self.made_up(&site, docs, Kind::Alias(one.schema)),
            };
            told.push(Alternative { schema, ..one });
        }
        told
    }

    /// Says what such alternatives demand, where all are of that sort. Beside others, of which each has a
    /// type, and where nothing beside the choice gives them one, there is no place to say it.
    pub(super) fn say_rules(&mut self, id: SchemaId, beside: Beside, are_all: bool) {
        if are_all {
            self.hold(id, beside.one_holds());
            return;
        }
        for (at, _) in beside.rules.iter().filter(|(_, rules)| !rules.is_empty()) {
            self.warn(
                Code::Ignored,
                "this alternative has rules and does not say what the value is, which others do: its rules are \
                 left out",
                at,
                "name its type; of an object say which properties it has",
            );
        }
    }
}
