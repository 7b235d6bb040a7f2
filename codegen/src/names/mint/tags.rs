//! Tags: the groups they become, and who calls which method.

use std::collections::BTreeSet;

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
        let tagged = tags.len();
        self.tell(&accessors, kind(tagged), |index| index < tagged);
        for (type_name, (_, accessor)) in types.into_iter().zip(accessors) {
            let (type_name, accessor) = (type_name.ident, accessor.ident);
            self.table.groups.push(GroupNames { type_name, accessor });
        }
    }

    /// What the methods would be called if all were the client's. Calls are named after this, so
    /// that grouping moves no type; with groups it is only the call that a warning is about.
    pub(super) fn flat_methods(&mut self, operations: &[Operation]) -> Vec<Assigned> {
        let scope = Scope::new(Case::Snake).reserve(CLIENT_METHODS).reserved_suffix("call");
        let claims: Vec<Claim> = operations.iter().map(Claim::of).collect();
        let assigned = self.assign_silently(&scope, &claims);
        if !self.grouped {
            let all: Vec<(Claim, Assigned)> = claims.into_iter().zip(assigned.clone()).collect();
            self.tell(&all, |_| "operation", |_| true);
        }
        assigned
    }

    /// The calls whose names differ from those of their methods, and of which nothing was told: a
    /// method that has to give way in its own group has a call that does, too.
    fn tell_of_calls(
        &mut self,
        operations: &[Operation],
        flat: &[Assigned],
        told: &BTreeSet<usize>,
    ) {
        let all = operations.iter().zip(flat).enumerate();
        for (_, (operation, assigned)) in all.filter(|(index, _)| !told.contains(index)) {
            if let Some(Collision::Taken { wanted, with, more }) = &assigned.collision {
                let wanted = case::ident(wanted, Case::Pascal);
                let collision = Some(Collision::Taken { wanted, with: with.clone(), more: *more });
                let ident = case::ident(&assigned.ident, Case::Pascal);
                let call = Assigned { ident, collision };
                self.report(&Claim::of(operation), &call, "call of the operation");
            }
        }
    }

    /// What each operation's method is called, given what it would be called if all were the
    /// client's: only the methods of one group have to differ.
    pub(super) fn methods(&mut self, api: &Api, facts: &Facts, flat: &[Assigned]) -> Vec<String> {
        let mut methods: Vec<String> = flat.iter().map(|own| own.ident.clone()).collect();
        if !self.grouped {
            return methods;
        }
        let mut told = BTreeSet::new();
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
            self.tell(&all, kind(first), |index| index >= first);
            for (index, (_, own)) in members(api, facts, group).zip(all.into_iter().skip(first)) {
                methods[index] = own.ident;
                told.extend(own.collision.map(|_| index));
            }
        }
        self.tell_of_calls(&api.operations, flat, &told);
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

/// What there is by position where the tags come first.
fn kind(tags: usize) -> impl Fn(usize) -> &'static str {
    move |index| if index < tags { "tag" } else { "operation" }
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
