//! Which module an item goes into: one an owner, unless that makes an enormous file.
//!
//! Then it is split by the first word of its items' names. A word that fills a file of its own has
//! one, and is split by the next word if that is enormous; what is left stays together, or goes by
//! the letter. An item's own name says where it belongs, so that it does not move for what comes
//! beside it, except when a file becomes enormous or a word fills one.

use std::collections::BTreeMap;

use crate::analyze::Need;

/// More lines than this, about, are too many for one file.
const ENORMOUS: usize = 3000;
/// So many are worth a file.
const ENOUGH: usize = 500;

/// A module to be: who needs it, and what its items' names begin with.
pub(super) type Key = (Owner, Vec<String>);

/// Who needs what is in a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// One tag.
    Tag(usize),
    /// Two of them.
    Pair(usize, usize),
    /// Three or more, or whoever has the crate.
    Everyone,
}

impl Owner {
    pub(super) fn of(need: &Need) -> Self {
        let mut tags = need.tags.iter().copied();
        match (need.everyone, tags.next(), tags.next(), tags.next()) {
            (false, Some(only), None, _) => Self::Tag(only),
            (false, Some(one), Some(other), None) => Self::Pair(one, other),
            _ => Self::Everyone,
        }
    }
}

/// Something that goes into a module.
pub(super) struct Entry {
    /// Who needs it.
    pub(super) owner: Owner,
    /// The words of its name.
    pub(super) words: Vec<String>,
    /// How many lines it has, about.
    pub(super) lines: usize,
}

/// The module of each entry.
pub(super) fn split(entries: &[Entry]) -> Vec<Key> {
    let mut splitter = Splitter { entries, keys: vec![Vec::new(); entries.len()] };
    let mut owners: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        owners.entry(entry.owner).or_default().push(index);
    }
    for members in owners.values() {
        splitter.by_word(members, &[], 0);
    }
    entries.iter().map(|entry| entry.owner).zip(splitter.keys).collect()
}

struct Splitter<'e> {
    entries: &'e [Entry],
    /// What the module of each entry is called behind its owner.
    keys: Vec<Vec<String>>,
}

impl<'e> Splitter<'e> {
    /// Places items whose names have `depth` words in common.
    fn by_word(&mut self, members: &[usize], key: &[String], depth: usize) {
        if !self.is_enormous(members) {
            return self.place(members, key);
        }
        let mut rest = Vec::new();
        for (word, members) in self.groups(members, |words| words.get(depth).map(String::as_str)) {
            match word {
                Some(word) if self.lines(&members) >= ENOUGH => {
                    self.by_word(&members, &longer(key, word), depth + 1);
                }
                Some(_) | None => rest.extend(members),
            }
        }
        if !self.is_enormous(&rest) {
            return self.place(&rest, key);
        }
        for (range, members) in self.groups(&rest, |words| words.get(depth).map(|word| range(word)))
        {
            match range {
                Some(range) => self.place(&members, &longer(key, range)),
                None => self.place(&members, key),
            }
        }
    }

    fn place(&mut self, members: &[usize], key: &[String]) {
        for &index in members {
            self.keys[index] = key.to_vec();
        }
    }

    /// One item is never split.
    fn is_enormous(&self, members: &[usize]) -> bool {
        members.len() > 1 && self.lines(members) > ENORMOUS
    }

    fn lines(&self, members: &[usize]) -> usize {
        members.iter().map(|&index| self.entries[index].lines).sum()
    }

    fn groups(
        &self,
        members: &[usize],
        of: impl Fn(&'e [String]) -> Option<&'e str>,
    ) -> BTreeMap<Option<&'e str>, Vec<usize>> {
        let mut groups: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for &index in members {
            groups.entry(of(&self.entries[index].words)).or_default().push(index);
        }
        groups
    }
}

fn longer(key: &[String], word: &str) -> Vec<String> {
    [key, &[word.to_owned()]].concat()
}

/// The part of the alphabet that a word begins in.
fn range(word: &str) -> &'static str {
    match word.chars().next() {
        Some('a'..='b') => "a to b",
        Some('c'..='d') => "c to d",
        Some('e'..='h') => "e to h",
        Some('i'..='n') => "i to n",
        Some('o'..='r') => "o to r",
        Some('s') => "s",
        _ => "t to z",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::case;

    /// The modules of items of these names, all of one size.
    fn modules(names: &[&str], lines: usize) -> Vec<String> {
        let entry = |name: &&str| Entry { owner: Owner::Everyone, words: case::words(name), lines };
        let keys = split(&names.iter().map(entry).collect::<Vec<_>>());
        keys.into_iter().map(|(_, words)| words.join("_")).collect()
    }

    #[test]
    fn what_is_not_enormous_stays_together() {
        assert_eq!(modules(&["HostA", "HostB", "HostC", "HostD"], 700), ["", "", "", ""]);
        // One item is never split.
        assert_eq!(modules(&["Host"], 9000), [""]);
    }

    #[test]
    fn words_that_fill_a_file_have_one() {
        let names = ["HostA", "HostB", "Disk", "HostC", "Host", "DayA", "DayB", "Flex"];
        assert_eq!(modules(&names, 400), ["host", "host", "", "host", "host", "day", "day", ""]);
        assert_eq!(
            modules(&names, 900),
            ["host_a", "host_b", "disk", "host_c", "host", "day", "day", "flex"]
        );
    }

    #[test]
    fn words_that_fill_none_go_by_the_letter() {
        let names = ["Ant", "Bee", "Cat", "Dog", "Eel", "Fox", "Gnu", "Hen"];
        let ranges = ["a to b", "c to d", "e to h"];
        let expected = [0, 0, 1, 1, 2, 2, 2, 2].map(|range| ranges[range]);
        assert_eq!(modules(&names, 400), expected);
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
