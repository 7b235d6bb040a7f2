//! Tags: the groups they become, and who calls which method.

use super::operations::{CALL_TRAITS, CLIENT_METHODS};
use super::{Claim, Minter, PRELUDE};
use crate::analyze::Facts;
use crate::ir::{Api, Operation};
use crate::names::case::{self, Case};
use crate::names::scope::{Assigned, Collision, Scope};
use crate::names::table::GroupNames;
use crate::pointer::Pointer;

/// Methods of a group that are not operations.
const GROUP_METHODS: &[&str] = &["clone"];

impl Minter<'_> {
    /// A group for each tag.
    pub(super) fn tags(&mut self, api: &Api, facts: &Facts) {
        if !self.grouped {
            return;
        }
        let tags = tag_claims(api, facts);
        let scope = Scope::new(Case::Pascal).reserve(PRELUDE).reserve(CALL_TRAITS);
        let types = self.assign_silently(&scope.reserved_suffix("Group"), &tags);
        let accessors = self.client_methods(api, facts);
        for ((tag, type_name), (_, accessor)) in tags.iter().zip(types).zip(accessors) {
            self.report(tag, &accessor, "tag");
            let (type_name, accessor) = (type_name.ident, accessor.ident);
            self.table.groups.push(GroupNames { type_name, accessor });
        }
    }

    /// What the methods would be called if all were the client's. Calls are named after this, so
    /// that grouping moves no type; with groups it is only the call that a warning is about.
    pub(super) fn flat_methods(&mut self, operations: &[Operation]) -> Vec<String> {
        let scope = Scope::new(Case::Snake).reserve(CLIENT_METHODS).reserved_suffix("call");
        let claims: Vec<Claim> = operations.iter().map(Claim::of).collect();
        if !self.grouped {
            return self.assign(&scope, claims, "operation");
        }
        let assigned = self.assign_silently(&scope, &claims);
        for (claim, assigned) in claims.iter().zip(&assigned) {
            if let Some(Collision::Taken { wanted, with, more }) = &assigned.collision {
                let wanted = case::ident(wanted, Case::Pascal);
                let collision = Some(Collision::Taken { wanted, with: with.clone(), more: *more });
                let ident = case::ident(&assigned.ident, Case::Pascal);
                self.report(claim, &Assigned { ident, collision }, "call of the operation");
            }
        }
        assigned.into_iter().map(|assigned| assigned.ident).collect()
    }

    /// What each operation's method is called, given what it would be called if all were the
    /// client's: only the methods of one group have to differ.
    pub(super) fn methods(&mut self, api: &Api, facts: &Facts, flat: Vec<String>) -> Vec<String> {
        let mut methods = flat;
        if !self.grouped {
            return methods;
        }
        let groups = (0..facts.tags().names().len()).map(Some).chain([None]);
        for group in groups {
            let (all, first) = match group {
                Some(_) => {
                    let scope = Scope::new(Case::Snake).reserve(GROUP_METHODS);
                    let claims = claims_of(api, facts, group);
                    let scope = scope.reserved_suffix("call");
                    let assigned = self.assign_silently(&scope, &claims);
                    (claims.into_iter().zip(assigned).collect(), 0)
                }
                None => (self.client_methods(api, facts), facts.tags().names().len()),
            };
            self.tell(&all, first, "operation");
            for (index, (_, own)) in members(api, facts, group).zip(all.into_iter().skip(first)) {
                methods[index] = own.ident;
            }
        }
        methods
    }

    /// The methods that give a group, then those of the operations without a tag: they share the
    /// client.
    fn client_methods(&mut self, api: &Api, facts: &Facts) -> Vec<(Claim, Assigned)> {
        let mut claims = tag_claims(api, facts);
        claims.extend(claims_of(api, facts, None));
        let scope = Scope::new(Case::Snake).reserve(CLIENT_METHODS).reserved_suffix("call");
        let assigned = self.assign_silently(&scope, &claims);
        claims.into_iter().zip(assigned).collect()
    }
}

/// The operations of a tag, or those without one, by position.
fn members(api: &Api, facts: &Facts, tag: Option<usize>) -> impl Iterator<Item = usize> {
    (0..api.operations.len()).filter(move |index| facts.tags().of_operation(*index) == tag)
}

fn claims_of(api: &Api, facts: &Facts, tag: Option<usize>) -> Vec<Claim> {
    members(api, facts, tag).map(|index| Claim::of(&api.operations[index])).collect()
}

/// What the tags of the operations would be called.
pub(super) fn tag_claims(api: &Api, facts: &Facts) -> Vec<Claim> {
    let claim = |(index, name): (usize, &String)| Claim {
        wire: name.clone(),
        hint: None,
        at: place(api, facts, index, name),
    };
    facts.tags().names().iter().enumerate().map(claim).collect()
}

/// Where a tag is described, else where it is first mentioned.
fn place(api: &Api, facts: &Facts, index: usize, name: &str) -> Pointer {
    if let Some(described) = api.tags.iter().find(|tag| tag.name == name) {
        return described.at.clone();
    }
    let mut operations = api.operations.iter().enumerate();
    let first = operations.find(|(at, _)| facts.tags().of_operation(*at) == Some(index));
    first.map_or_else(Pointer::root, |(_, operation)| operation.at.push("tags").index(0))
}
