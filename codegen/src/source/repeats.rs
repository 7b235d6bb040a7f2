//! The search for keys that a mapping has twice.

use std::collections::BTreeMap;

use super::places::{Key, Places};
use crate::pointer::Pointer;

/// A key that its mapping had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repeat {
    pub(crate) pointer: Pointer,
    /// The byte offset of the first of the kind.
    pub(crate) first: usize,
    /// That of this one.
    pub(crate) again: usize,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    pub(crate) found: Vec<Repeat>,
    /// How many there are beside those.
    pub(crate) more: usize,
}

impl Places {
    /// The keys given twice, at most so many of them with their places.
    pub(crate) fn repeats(&self, text: &str, at_most: usize) -> Repeats {
        let mut search =
            Search { places: self, text, at_most, way: Vec::new(), repeats: Repeats::default() };
        search.visit(0, 0);
        search.repeats
    }
}

struct Search<'t> {
    places: &'t Places,
    text: &'t str,
    at_most: usize,
    /// From the root to the node that is looked at.
    way: Vec<Key<'t>>,
    repeats: Repeats,
}

impl<'t> Search<'t> {
    /// Looks at the members of a node that stands at `offset`.
    fn visit(&mut self, node: usize, offset: usize) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let places = self.places;
        for (child, key) in places.children(node, self.text) {
            let at = places.offset(child).unwrap_or(offset);
            self.way.push(key);
            if let Key::Name(name) = key {
                match seen.get(name) {
                    Some(first) => self.note(*first, at),
                    None => drop(seen.insert(name, at)),
                }
            }
            self.visit(child, at);
            self.way.pop();
        }
    }

    fn note(&mut self, first: usize, again: usize) {
        if self.repeats.found.len() == self.at_most {
            self.repeats.more += 1;
            return;
        }
        let pointer = self.way.iter().fold(Pointer::root(), |pointer, key| match key {
            Key::Name(name) => pointer.push(name),
            Key::Index(index) => pointer.index(*index),
        });
        self.repeats.found.push(Repeat { pointer, first, again });
    }
}
