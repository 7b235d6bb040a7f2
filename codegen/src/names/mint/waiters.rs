//! Waiters: the methods of calls and of the client that wait.

use super::operations::CLIENT_METHODS;
use super::{Claim, Minter};
use crate::ir::{Api, Awaited, Goal, Status, Waiter};
use crate::names::case::Case;
use crate::names::scope::Scope;
use crate::names::status;
use crate::names::table::WaiterNames;

/// How many values a name is made of.
const NAMED: usize = 3;

impl Minter<'_> {
    /// The methods of a call that wait, for the scope of its other methods: one a waiter, then the one
    /// that begins with the call.
    pub(super) fn waits(api: &Api, operation: usize) -> Vec<Claim> {
        let own = api.waiters.iter().filter(|waiter| waiter.operation == operation);
        let starts = api.starts.iter().filter(|start| start.operation == operation);
        let waits = own.map(|waiter| Claim::invented(words(waiter), waiter.at.clone()));
        // It has no name of its own that could be chosen at its place, which is the waiter's.
        let starts =
            starts.map(|start| Claim::invented("and wait".to_owned(), start.at.push("start")));
        waits.chain(starts).collect()
    }

    /// Gives each waiter the name that its call has for it, and those with a name of the document's a
    /// method beside that of the operation.
    pub(super) fn waiters(&mut self, api: &Api, mut waits: Vec<Vec<String>>) {
        let methods = self.client_waits(api);
        for (waiter, client) in api.waiters.iter().zip(methods) {
            let call = &mut waits[waiter.operation];
            let method = if call.is_empty() { String::new() } else { call.remove(0) };
            self.table.waiters.push(WaiterNames { method, client });
        }
        let rest = api.starts.iter().map(|start| waits[start.operation].pop().unwrap_or_default());
        self.table.starts = rest.collect();
    }

    /// Methods of operations have their names already, and none of them moves for a waiter.
    fn client_waits(&mut self, api: &Api) -> Vec<Option<String>> {
        let mut methods = vec![None; api.waiters.len()];
        let mut groups: Vec<Option<usize>> = Vec::new();
        let group_of =
            |minter: &Self, waiter: &Waiter| minter.table.operations[waiter.operation].group;
        for waiter in api.waiters.iter().filter(|waiter| waiter.name.is_some()) {
            let group = group_of(self, waiter);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        for group in groups {
            let here = |(index, waiter): (usize, &Waiter)| {
                (waiter.name.is_some() && group_of(self, waiter) == group).then_some(index)
            };
            let members: Vec<usize> = api.waiters.iter().enumerate().filter_map(here).collect();
            let claims = members.iter().map(|index| {
                let waiter = &api.waiters[*index];
                Claim::invented(words(waiter), waiter.at.clone())
            });
            let operations = self.table.operations.iter().filter(|names| names.group == group);
            let accessors = self.table.groups.iter().filter(|_| group.is_none());
            let taken = operations.map(|names| names.method.clone());
            let taken: Vec<String> =
                taken.chain(accessors.map(|names| names.accessor.clone())).collect();
            let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
            let scope = Scope::new(Case::Snake).reserve(CLIENT_METHODS).reserve(&taken);
            let claims = claims.collect();
            let names = self.assign(&scope.reserved_suffix("waiter"), claims, "waiter");
            for (index, name) in members.into_iter().zip(names) {
                methods[index] = Some(name);
            }
        }
        methods
    }
}

/// `wait until` and the name that the document gives, else what is waited for.
fn words(waiter: &Waiter) -> String {
    let what = match (&waiter.name, &waiter.goal) {
        (Some(name), _) => name.clone(),
        (None, Goal::Status(code)) => status::variant(Status::Exact(*code)),
        (None, Goal::State { reached, .. }) if reached.len() > NAMED => "done".to_owned(),
        (None, Goal::State { field, reached, .. }) => {
            let values = reached.iter().map(|value| match value {
                Awaited::Text(text) => text.clone(),
                // A truth value alone says nothing.
                Awaited::Flag(true) => field.to_string(),
                Awaited::Flag(false) => format!("not {field}"),
            });
            values.collect::<Vec<_>>().join(" or ")
        }
    };
    format!("wait until {what}")
}
