//! Features, and the modules that hold what each of them needs.
//!
//! What one tag needs lies in a module of the tag's name, what two need in one named after both,
//! and what three or more need, or operations without a tag, in `shared`, which is always built.
//! What would make an enormous file is split (see `split`). Webhooks have a feature of their own, and
//! so have types that nothing mentions.

mod split;

use std::collections::BTreeSet;

use self::split::{Entry, Key, Owner, split};
use super::tags::tag_claims;
use super::{Claim, Minter};
use crate::analyze::{Facts, Need, Signature, WEBHOOKS, lines_of_operation, lines_of_schema};
use crate::ir::Api;
use crate::names::case::{self, Case};
use crate::names::layout::Module;
use crate::names::scope::Scope;
use crate::pointer::Pointer;

/// Features with a meaning of their own.
const FEATURES: &[&str] = &["all", "default"];
/// Names that generated modules have or import, and file names that some systems refuse.
const MODULES: &[&str] = &[
    "aux",
    "client",
    "con",
    "groups",
    "headers",
    "mod",
    "nul",
    "operations",
    "prn",
    "specwright_runtime",
    "std",
    "types",
    "v1",
];

impl Minter<'_> {
    /// Below two tags there is nothing to choose from, and no feature.
    pub(super) fn modules(&mut self, api: &Api, facts: &Facts) {
        let labels = self.labels(api, facts);
        let has_features = facts.tags().parts() > 1;
        if has_features {
            self.features(api, facts, &labels);
        }
        let owner = |need: &Need| if has_features { Owner::of(need) } else { Owner::Everyone };
        let calls = self.calls(api, facts, &owner);
        let signatures = signatures(facts, &calls, &owner);
        let (modules, placed) = self.place(&[&calls[..], &signatures].concat(), &labels);
        let (of_calls, of_signatures) = placed.split_at(calls.len().min(placed.len()));
        let layout = &mut self.table.layout;
        layout.operations = modules;
        layout.by_operation = of_calls.to_vec();
        layout.by_signature = of_signatures.to_vec();
        let types = self.types_by_need(api, facts, &owner);
        let (modules, placed) = self.place(&types, &labels);
        let layout = &mut self.table.layout;
        layout.types = modules;
        layout.by_type = self.table.types.keys().copied().zip(placed).collect();
    }

    /// The module of each call.
    fn calls(&self, api: &Api, facts: &Facts, owner: &dyn Fn(&Need) -> Owner) -> Vec<Key> {
        let named = self.table.operations.iter().enumerate();
        let entries = named.map(|(index, names)| Entry {
            owner: owner(&facts.tags().of_operations(&[index])),
            words: case::words(&names.call),
            lines: lines_of_operation(api, &api.operations[index]),
        });
        split(&entries.collect::<Vec<_>>())
    }

    /// The module of each type.
    fn types_by_need(&self, api: &Api, facts: &Facts, owner: &dyn Fn(&Need) -> Owner) -> Vec<Key> {
        let entries = self.table.types.iter().map(|((id, _), name)| Entry {
            owner: owner(facts.tags().of_schema(*id)),
            words: case::words(name),
            lines: lines_of_schema(api, *id),
        });
        split(&entries.collect::<Vec<_>>())
    }

    /// What modules and features are named after: the tags, by the user's name for them if there
    /// is one, then what no operation mentions. rustc looks for no file of a name that is not
    /// ASCII, and a registry takes no such feature.
    fn labels(&mut self, api: &Api, facts: &Facts) -> Vec<Claim> {
        let mut labels = tag_claims(api, facts);
        for label in &mut labels {
            let text = self.renamed(&label.at).unwrap_or(&label.wire);
            label.hint = match case::join(&case::words(text), Case::Kebab) {
                name if name.is_ascii() => None,
                name => Some(format!("tag {}", case::digest(&name))),
            };
        }
        if facts.tags().has_own_webhooks() {
            let at = Pointer::root().push(WEBHOOKS);
            labels.push(Claim::invented(WEBHOOKS.to_owned(), at));
        }
        if facts.tags().has_unmentioned() {
            let at = Pointer::root().push("components").push("schemas");
            labels.push(Claim::invented("other types".to_owned(), at));
        }
        labels
    }

    fn features(&mut self, api: &Api, facts: &Facts, labels: &[Claim]) {
        let scope = Scope::new(Case::Kebab).reserve(FEATURES).reserved_suffix("tag");
        let assigned = self.assign_silently(&scope, labels);
        // A group of the same name has told of the collision already.
        if !self.grouped {
            for (label, assigned) in tag_claims(api, facts).iter().zip(&assigned) {
                self.report(label, assigned, "tag");
            }
        }
        self.table.layout.features = assigned.into_iter().map(|one| one.ident).collect();
    }

    /// The modules that the keys need, and which of them each key means. A single one that
    /// everybody needs is no module below another: it is the other itself.
    fn place(&mut self, keys: &[Key], labels: &[Claim]) -> (Vec<Module>, Vec<usize>) {
        let distinct: BTreeSet<&Key> = keys.iter().collect();
        let whole = (Owner::Everyone, Vec::new());
        if distinct.iter().all(|key| **key == whole) {
            return (Vec::new(), Vec::new());
        }
        let claims: Vec<Claim> = distinct.iter().map(|key| self.module(key, labels)).collect();
        let items = self.table.types.values().map(String::as_str);
        let calls = self.table.operations.iter().flat_map(|one| [&*one.call, &*one.error]);
        // Only a script without capitals can have an item and a module of one name.
        let taken: Vec<&str> = items.chain(calls).collect();
        let scope = Scope::new(Case::Snake).reserve(MODULES).reserve(&taken);
        let scope = scope.reserved_suffix("tag");
        let named = self.assign_silently(&scope, &claims);
        let mut modules: Vec<(&Key, Module)> = distinct
            .into_iter()
            .zip(named)
            .map(|(key, name)| (key, Module { name: name.ident, features: self.gate(key.0) }))
            .collect();
        modules.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
        let at = |key: &Key| modules.iter().position(|(known, _)| *known == key);
        let placed = keys.iter().filter_map(at).collect();
        (modules.into_iter().map(|(_, module)| module).collect(), placed)
    }

    fn gate(&self, owner: Owner) -> Vec<String> {
        let feature = |tag: usize| self.table.layout.features.get(tag).cloned();
        match owner {
            Owner::Tag(tag) => feature(tag).into_iter().collect(),
            Owner::Pair(one, other) => feature(one).into_iter().chain(feature(other)).collect(),
            Owner::Everyone => Vec::new(),
        }
    }

    /// What a module is named after: its owner, then what its items begin with.
    fn module(&mut self, (owner, words): &Key, labels: &[Claim]) -> Claim {
        let has_features = !self.table.layout.features.is_empty();
        let mut label = |tag: usize| match (&labels[tag].hint, self.renamed(&labels[tag].at)) {
            (Some(hint), _) => hint.clone(),
            (None, Some(name)) => name.to_owned(),
            (None, None) => labels[tag].wire.clone(),
        };
        let is_whole = words.is_empty();
        let base = match *owner {
            Owner::Tag(tag) => label(tag),
            Owner::Pair(one, other) => format!("{} and {}", label(one), label(other)),
            Owner::Everyone if has_features => "shared".to_owned(),
            // Without tags nothing is shared, and what no word describes is the rest.
            Owner::Everyone if is_whole => "other".to_owned(),
            Owner::Everyone => String::new(),
        };
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| word.is_ascii()).collect();
        Claim {
            wire: format!("{base} {}", words.join(" ")).trim().to_owned(),
            hint: None,
            at: Pointer::root().push(&base).push(&words.join(" ")),
        }
    }
}

/// The module of each error enum: its call's, or one of all that share it.
fn signatures(facts: &Facts, calls: &[Key], owner: &dyn Fn(&Need) -> Owner) -> Vec<Key> {
    let key = |signature: &Signature| match signature.operations.as_slice() {
        [only] => calls[*only].clone(),
        several => (owner(&facts.tags().of_operations(several)), Vec::new()),
    };
    facts.signatures().iter().map(key).collect()
}
