//! Where everything stands in a text. Of YAML it is noted while it is read.
//!
//! serde_yaml keeps marks to itself but hands out plain and quoted scalars as slices of the input,
//! so the distance between two addresses is the offset. A scalar that had to be rebuilt (an escape,
//! a folded line) has none; its node then stands where the first thing inside it does, or where its
//! holder does.
//!
//! There is always something to be located, and reading the text once more for that would cost as
//! much as the first time. A node takes twelve bytes, little beside what the tree takes.

use std::collections::BTreeMap;

use super::locate::{Wanted, json};
use crate::pointer::Pointer;

/// The nodes of a tree in the order of the text, each followed by what it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    nodes: Vec<Node>,
    /// The keys that do not stand in the text as they are, by node.
    rebuilt: BTreeMap<usize, String>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// Where it stands, its opening quotation mark included, or [`NOWHERE`].
    offset: u32,
    /// How long its key is in the text, or [`REBUILT`], or [`ELEMENT`].
    key: u32,
    /// The number of the node behind all that it holds.
    end: u32,
}

/// What a node is to its holder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'t> {
    Name(&'t str),
    Index(usize),
}

/// No place of its own; also what is beyond 4 GiB.
const NOWHERE: u32 = u32::MAX;
/// The key is another text than the one that stands there.
const REBUILT: u32 = u32::MAX - 1;
/// There is no key: an element of a list, or the root.
const ELEMENT: u32 = u32::MAX;

/// Has not ended: nothing ends in front of the root.
const OPEN: u32 = 0;

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NOWHERE)
}

impl Places {
    /// Those of a JSON text, as far as it makes sense.
    pub(crate) fn of_json(text: &str) -> Self {
        let mut places = Self::default();
        json::note(text, &mut places);
        places
    }

    /// A member of a mapping begins, with its key and the place of that.
    pub(crate) fn member(&mut self, key: &str, offset: Option<usize>) -> usize {
        let length = match offset {
            Some(_) => short(key.len()).min(REBUILT),
            None => REBUILT,
        };
        if length == REBUILT {
            self.rebuilt.insert(self.nodes.len(), key.to_owned());
        }
        self.push(offset, length)
    }

    /// An element of a list begins, or the root.
    pub(crate) fn element(&mut self) -> usize {
        self.push(None, ELEMENT)
    }

    fn push(&mut self, offset: Option<usize>, key: u32) -> usize {
        self.nodes.push(Node { offset: offset.map_or(NOWHERE, short), key, end: OPEN });
        self.nodes.len() - 1
    }

    /// Something inside a node, or the node itself, stands here.
    pub(crate) fn met(&mut self, node: usize, offset: usize) {
        if let Some(node) = self.nodes.get_mut(node).filter(|node| node.offset == NOWHERE) {
            node.offset = short(offset);
        }
    }

    /// A node has ended.
    pub(crate) fn close(&mut self, node: usize) {
        let end = short(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(node) {
            node.end = end;
        }
    }

    /// The list has ended in place of the element that was to begin.
    pub(crate) fn take_back(&mut self, element: usize) {
        self.nodes.truncate(element);
    }

    /// All nodes are there.
    pub(crate) fn finish(mut self) -> Self {
        self.nodes.shrink_to_fit();
        self
    }

    /// Notes the offsets of all wanted nodes that the text has.
    pub(super) fn find(&self, text: &str, wanted: &mut Wanted) {
        self.find_in(0, text, wanted);
    }

    fn find_in(&self, at: usize, text: &str, wanted: &mut Wanted) {
        let Some(node) = self.nodes.get(at) else { return };
        if node.offset != NOWHERE {
            wanted.offset.get_or_insert(node.offset as usize);
        }
        if wanted.children.is_empty() {
            return;
        }
        for (child, key) in self.children(at, text) {
            let found = match key {
                Key::Index(index) => wanted.children.get_mut(&index.to_string()),
                Key::Name(name) => wanted.children.get_mut(name),
            };
            if let Some(found) = found {
                self.find_in(child, text, found);
            }
        }
    }

    /// The last node that begins at this place of a JSON text or in front of it; there each has a place.
    pub(crate) fn at(&self, offset: usize) -> usize {
        let before = self.nodes.partition_point(|node| node.offset as usize <= offset);
        before.saturating_sub(1)
    }

    /// What leads to a node.
    pub(crate) fn pointer(&self, node: usize, text: &str) -> Pointer {
        let (mut at, mut pointer) = (0, Pointer::root());
        while at < node {
            let up_to = self.children(at, text).take_while(|(child, _)| *child <= node);
            let Some((child, key)) = up_to.last() else { break };
            pointer = match key {
                Key::Name(name) => pointer.push(name),
                Key::Index(index) => pointer.index(index),
            };
            at = child;
        }
        pointer
    }

    /// Where a node or the first thing in it stands, as far as that is known.
    pub(crate) fn first_within(&self, node: usize) -> Option<usize> {
        let end = self.nodes.get(node)?.end as usize;
        (node..end).find_map(|below| self.offset(below))
    }

    /// Where a node stands, if that is known.
    pub(crate) fn offset(&self, node: usize) -> Option<usize> {
        let offset = self.nodes.get(node)?.offset;
        (offset != NOWHERE).then_some(offset as usize)
    }

    /// What a node holds. A text that fails further down was noted up to there: what is open then
    /// holds all that follows.
    pub(super) fn children<'t>(
        &'t self,
        node: usize,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, Key<'t>)> {
        let end = |node: usize| match self.nodes.get(node) {
            Some(Node { end: OPEN, .. }) | None => self.nodes.len(),
            Some(node) => node.end as usize,
        };
        let (last, mut below, mut index) = (end(node), node + 1, 0_usize);
        std::iter::from_fn(move || {
            while below < last {
                let (at, place) = (below, index);
                (below, index) = (end(at).max(at + 1), index + 1);
                let child = self.nodes.get(at)?;
                let name = match child.key {
                    ELEMENT => return Some((at, Key::Index(place))),
                    REBUILT => self.rebuilt.get(&at).map(String::as_str),
                    length => key(text, child.offset as usize, length as usize),
                };
                if let Some(name) = name {
                    return Some((at, Key::Name(name)));
                }
            }
            None
        })
    }
}

/// The key that stands here, without its quotation mark.
fn key(text: &str, offset: usize, length: usize) -> Option<&str> {
    let start = offset + usize::from(text.get(offset..)?.starts_with(['"', '\'']));
    text.get(start..start + length)
}
