//! Features, and the modules that hold what each of them needs.
//!
//! What one tag needs lies in a module of the tag's name, what two need in one named after both,
//! and what three or more need, or operations without a tag, in `shared`, which is always built.
//! A module that would make an enormous file is split by the first word of its items' names, again
//! and again; a name is all that decides, so that an item stays where it is whatever comes beside
//! it. Types that no operation mentions have a feature of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::tags::tag_claims;
use super::{Claim, Minter};
use crate::analyze::{Facts, Need, lines_of_operation, lines_of_schema};
use crate::ir::Api;
use crate::names::case::{self, Case};
use crate::names::layout::Module;
use crate::names::scope::Scope;
use crate::pointer::Pointer;

/// More lines than this, about, are too many for one file.
const ENORMOUS: usize = 3000;
/// Fewer items than this do not make a file of their own.
const FEW: usize = 4;
/// Features with a meaning of their own.
const FEATURES: &[&str] = &["all", "default"];
/// Names that generated modules have or import, and file names that some systems refuse.
const MODULES: &[&str] =
    &["aux", "client", "con", "groups", "mod", "nul", "operations", "prn", "types", "v1"];

/// A module to be: who needs it, and the words that its items begin with.
type Key = (Owner, Vec<String>);

/// Who needs what is in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Tag(usize),
    Pair(usize, usize),
    Everyone,
}

impl Owner {
    fn of(need: &Need) -> Self {
        let mut tags = need.tags.iter().copied();
        match (need.everyone, tags.next(), tags.next(), tags.next()) {
            (false, Some(only), None, _) => Self::Tag(only),
            (false, Some(one), Some(other), None) => Self::Pair(one, other),
            _ => Self::Everyone,
        }
    }
}

/// Something that goes into a module.
struct Entry {
    owner: Owner,
    /// The words of its name.
    words: Vec<String>,
    lines: usize,
}

impl Minter<'_> {
    /// Below two tags there is nothing to choose from, and no feature.
    pub(super) fn modules(&mut self, api: &Api, facts: &Facts) {
        let tags = facts.tags();
        let has_features = tags.names().len() > 1;
        let owner = |need: &Need| if has_features { Owner::of(need) } else { Owner::Everyone };
        let named = self.table.operations.iter().enumerate();
        let calls = named.map(|(index, names)| Entry {
            owner: owner(&tags.of_operations(&[index])),
            words: case::words(&names.call),
            lines: lines_of_operation(api, &api.operations[index]),
        });
        let calls = split(calls.collect());
        let signatures = facts.signatures().iter();
        let signatures: Vec<Key> = signatures
            .map(|signature| match signature.operations.as_slice() {
                [only] => calls[*only].clone(),
                several => (owner(&tags.of_operations(several)), Vec::new()),
            })
            .collect();
        let types = self.table.types.iter();
        let types = types.map(|((id, _), name)| Entry {
            owner: owner(tags.of_schema(*id)),
            words: case::words(name),
            lines: lines_of_schema(api, *id),
        });
        let types = split(types.collect());
        let labels = self.labels(api, facts);
        if has_features {
            self.features(api, facts, &labels);
        }
        let (modules, placed) = self.place(&[&calls[..], &signatures].concat(), &labels);
        let (of_calls, of_signatures) = placed.split_at(calls.len().min(placed.len()));
        let layout = &mut self.table.layout;
        layout.operations = modules;
        layout.by_operation = of_calls.to_vec();
        layout.by_signature = of_signatures.to_vec();
        let (modules, placed) = self.place(&types, &labels);
        let layout = &mut self.table.layout;
        layout.types = modules;
        layout.by_type = self.table.types.keys().copied().zip(placed).collect();
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
        let mut label = |tag: usize| match (&labels[tag].hint, self.renamed(&labels[tag].at)) {
            (Some(hint), _) => hint.clone(),
            (None, Some(name)) => name.to_owned(),
            (None, None) => labels[tag].wire.clone(),
        };
        let is_whole = words.is_empty();
        let base = match *owner {
            Owner::Tag(tag) => label(tag),
            Owner::Pair(one, other) => format!("{} and {}", label(one), label(other)),
            // Without tags nothing is shared; what no word describes is the rest.
            Owner::Everyone if labels.len() > 1 => "shared".to_owned(),
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

/// The module of each entry: one an owner, unless that is enormous.
fn split(entries: Vec<Entry>) -> Vec<Key> {
    let mut keys: Vec<Key> = entries.iter().map(|entry| (entry.owner, Vec::new())).collect();
    // A name has an end, and a module gets smaller with each word or stays for good.
    let mut open: BTreeSet<Key> = keys.iter().cloned().collect();
    while let Some(key) = open.pop_first() {
        let members: Vec<usize> = (0..keys.len()).filter(|index| keys[*index] == key).collect();
        let lines: usize = members.iter().map(|index| entries[*index].lines).sum();
        if lines <= ENORMOUS || members.len() == 1 {
            continue;
        }
        let mut by_word =
            groups(&members, |index| entries[index].words.get(key.1.len()).map(String::as_str));
        by_word.retain(|_, members| members.len() >= FEW);
        if by_word.is_empty() {
            // Words that differ all the same begin with some letter.
            by_word = groups(&members, |index| {
                let word = entries[index].words.get(key.1.len())?;
                word.get(..word.chars().next()?.len_utf8())
            });
        } else if by_word.values().map(Vec::len).sum::<usize>() < members.len() {
            // What is left may still be enormous.
            open.insert(key.clone());
        }
        for (word, members) in by_word {
            let longer = [&key.1[..], &[word.to_owned()]].concat();
            for index in members {
                keys[index].1.clone_from(&longer);
            }
            open.insert((key.0, longer));
        }
    }
    keys
}

fn groups<'e>(
    members: &[usize],
    word: impl Fn(usize) -> Option<&'e str>,
) -> BTreeMap<&'e str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &index in members {
        if let Some(word) = word(index) {
            groups.entry(word).or_default().push(index);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of items of these names, all of one size.
    fn modules(names: &[&str], lines: usize) -> Vec<String> {
        let entry = |name: &&str| Entry { owner: Owner::Everyone, words: case::words(name), lines };
        let keys = split(names.iter().map(entry).collect());
        keys.into_iter().map(|(_, words)| words.join("_")).collect()
    }

    #[test]
    fn what_is_not_enormous_stays_together() {
        assert_eq!(modules(&["HostA", "HostB", "HostC", "HostD"], 700), ["", "", "", ""]);
    }

    #[test]
    fn words_that_several_begin_with_have_a_module() {
        let names = ["HostA", "HostB", "DiskA", "HostC", "HostD"];
        assert_eq!(modules(&names, 700), ["host", "host", "", "host", "host"]);
        let names = [&names[..], &["HostMetricA", "HostMetricB", "HostMetricC", "HostMetricD"]];
        let deeper = ["host", "host", "", "host", "host"].into_iter().chain(["host_metric"; 4]);
        assert_eq!(modules(&names.concat(), 700), deeper.collect::<Vec<_>>());
    }

    #[test]
    fn words_that_nobody_shares_go_by_their_letter() {
        assert_eq!(modules(&["Host", "Hat", "Disk", "X"], 900), ["h", "h", "d", "x"]);
        let long = ["HostA", "HostB", "HostC", "HostD", "Disk", "Deck"];
        assert_eq!(modules(&long, 1600), ["host_a", "host_b", "host_c", "host_d", "d", "d"]);
        // One item is never split.
        assert_eq!(modules(&["Host"], 9000), [""]);
    }

    #[test]
    fn a_need_of_three_is_a_need_of_all() {
        let owner = |everyone, tags: &[usize]| {
            Owner::of(&Need { everyone, tags: tags.iter().copied().collect() })
        };
        assert_eq!(owner(false, &[7]), Owner::Tag(7));
        assert_eq!(owner(false, &[7, 2]), Owner::Pair(2, 7));
        assert_eq!(owner(false, &[7, 2, 5]), Owner::Everyone);
        assert_eq!(owner(true, &[7]), Owner::Everyone);
        assert_eq!(owner(false, &[]), Owner::Everyone);
    }
}
