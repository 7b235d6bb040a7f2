//! Functions that read what the API sends, one a hook.

use super::{Claim, Minter};
use crate::ir::{Api, Cause, Hook};
use crate::names::case::Case;
use crate::names::scope::Scope;

/// The function that reads any of the webhooks.
const ANY: &str = "parse";

impl Minter<'_> {
    /// Webhooks and callbacks have a module each, and so a scope.
    pub(super) fn hooks(&mut self, api: &Api) {
        let (webhooks, callbacks): (Vec<&Hook>, Vec<&Hook>) =
            api.hooks.iter().partition(|hook| matches!(hook.cause, Cause::Webhook));
        let claim = |hook: &&Hook| Claim {
            wire: hook.name.clone(),
            hint: Some(format!("parse {}", hook.name)),
            at: hook.at.clone(),
        };
        for (hooks, what) in [(webhooks, "webhook"), (callbacks, "callback")] {
            let scope = Scope::new(Case::Snake).reserve(&[ANY]).reserved_suffix(what);
            let names = self.assign(&scope, hooks.iter().map(claim).collect(), what);
            self.table.hooks.extend(names);
        }
    }
}
