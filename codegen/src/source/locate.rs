//! From pointers back to places in the text.
//!
//! The wanted pointers become a tree of tokens, and one pass over the text notes where each of its
//! nodes stands: a scanner of our own for JSON, serde_yaml with a visitor for YAML. Everything off
//! the wanted paths is skipped without being built, aliases included. Of a YAML text that was read to
//! its end it is known where everything stands ([`Places`]), and only the texts of scalars are looked
//! for in this way.

pub(super) mod json;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

use super::{Format, Places, position};
use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// A node on the way to a wanted pointer.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) children: BTreeMap<String, Wanted>,
    /// The byte offset of the member's key or of the element, once met.
    pub(super) offset: Option<usize>,
    /// Whether the node is a scalar whose text is wanted, and the text, once met.
    is_scalar: bool,
    text: Option<String>,
    /// Whether the text stands there as it is: without quotation marks, escapes or folded lines.
    is_plain: bool,
}

impl Wanted {
    fn of(pointers: &[&Pointer]) -> Self {
        let mut root = Self { offset: Some(0), ..Self::default() };
        for pointer in pointers {
            root.enter(pointer);
        }
        root
    }

    fn enter(&mut self, pointer: &Pointer) -> &mut Self {
        pointer.tokens().fold(self, |node, token| node.children.entry(token).or_default())
    }

    fn find(&mut self, text: &str, format: Format) {
        match format {
            _ if self.children.is_empty() => {}
            // Prose has no places but its start.
            Format::Text => {}
            Format::Json => json::find(text, self),
            Format::Yaml => yaml::find(text, self),
        }
    }

    /// The offset of the pointer or of its nearest ancestor that was met.
    fn nearest(&self, pointer: &Pointer) -> usize {
        let mut nearest = self.offset.unwrap_or_default();
        let mut node = self;
        for token in pointer.tokens() {
            let Some(child) = node.children.get(&token) else { break };
            nearest = child.offset.unwrap_or(nearest);
            node = child;
        }
        nearest
    }
}

pub(super) fn locations(
    path: &Path,
    text: &str,
    format: Format,
    places: Option<&Places>,
    pointers: &[&Pointer],
) -> Vec<Location> {
    let mut wanted = Wanted::of(pointers);
    match places {
        Some(places) => places.find(text, &mut wanted),
        None => wanted.find(text, format),
    }
    let offsets: Vec<usize> = pointers.iter().map(|pointer| wanted.nearest(pointer)).collect();
    position::locations(path, text, &offsets)
}

pub(super) fn scalars(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<Option<String>> {
    let mut wanted = scalars_of(text, format, pointers);
    pointers.iter().map(|pointer| wanted.enter(pointer).text.clone()).collect()
}

/// Whether each of these texts is a plain scalar of YAML.
pub(super) fn are_plain(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<bool> {
    let mut wanted = scalars_of(text, format, pointers);
    pointers.iter().map(|pointer| wanted.enter(pointer).is_plain).collect()
}

fn scalars_of(text: &str, format: Format, pointers: &[&Pointer]) -> Wanted {
    let mut wanted = Wanted::of(pointers);
    for pointer in pointers {
        wanted.enter(pointer).is_scalar = true;
    }
    wanted.find(text, format);
    wanted
}

#[cfg(test)]
mod tests;
