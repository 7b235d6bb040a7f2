//! Where the parts of a converted tree stood in the document, and where they went.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// From pointers of a converted tree to those of the document as it is written. Only what moved
/// has an entry, and whatever is below it moved with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    from: BTreeMap<Pointer, Pointer>,
    to: BTreeMap<Pointer, Vec<Pointer>>,
}

impl Origins {
    /// Notes that what stands at `to` comes from `from`.
    pub(crate) fn insert(&mut self, to: Pointer, from: Pointer) {
        self.to.entry(from.clone()).or_default().push(to.clone());
        self.from.insert(to, from);
    }

    /// The place in the document of what stands at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> Pointer {
        let mut cuts = prefixes(pointer).filter(|_| !self.from.is_empty());
        cuts.find_map(|(prefix, rest)| Some(self.from.get(prefix)?.join(rest)))
            .unwrap_or_else(|| pointer.clone())
    }

    /// A reference of the tree, as the document would write it.
    pub(crate) fn reference(&self, reference: &str) -> String {
        let moved = Pointer::from_reference(reference)
            .map(|pointer| (self.of(&pointer), pointer))
            .filter(|(written, pointer)| written != pointer);
        moved.map_or_else(|| reference.to_owned(), |(written, _)| format!("#{written}"))
    }

    /// Where the value at `pointer` of the document is in `root`, the converted tree. What moved
    /// as a whole is met before its parts that went elsewhere, and of several copies the first.
    pub(crate) fn destination(&self, pointer: &Pointer, root: &Value) -> Option<Pointer> {
        let mut cuts: Vec<(&str, &str)> = prefixes(pointer).collect();
        cuts.reverse();
        let places = |prefix: &str| self.to.get(prefix).cloned().unwrap_or_default();
        cuts.into_iter()
            .flat_map(|(prefix, rest)| places(prefix).into_iter().map(move |to| to.join(rest)))
            .chain([pointer.clone()])
            .find(|place| place.lookup(root).is_some())
    }
}

/// All ways to cut a pointer in two, longest prefix first.
pub(super) fn prefixes(pointer: &Pointer) -> impl Iterator<Item = (&str, &str)> {
    let text = pointer.as_str();
    let ends = text.rmatch_indices('/').map(|(slash, _)| slash);
    std::iter::once(text.len()).chain(ends).map(|end| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(text).unwrap()
    }

    #[test]
    fn the_longest_prefix_decides() {
        let mut origins = Origins::default();
        origins.insert(pointer("/components/schemas"), pointer("/definitions"));
        origins.insert(pointer("/components/schemas/A/anyOf/0"), pointer("/definitions/A"));
        let of = |text: &str| origins.of(&pointer(text)).to_string();
        assert_eq!(of("/components/schemas/B/items"), "/definitions/B/items");
        assert_eq!(of("/components/schemas/A/anyOf/0/items"), "/definitions/A/items");
        assert_eq!(of("/components/schemas2/B"), "/components/schemas2/B");
        assert_eq!(origins.reference("#/components/schemas/B~1C"), "#/definitions/B~1C");
        assert_eq!(origins.reference("#/paths/%7B"), "#/paths/%7B");
        assert_eq!(
            origins.reference("a.yaml#/components/schemas/B"),
            "a.yaml#/components/schemas/B"
        );
        let root = json!({"components": {"schemas": {
            "A": {"anyOf": [{"items": {}}]}, "B": {"items": {}},
        }}, "paths": {}});
        let destination =
            |text: &str| origins.destination(&pointer(text), &root).map(|place| place.to_string());
        let expected = |text: &str| Some(text.to_owned());
        assert_eq!(destination("/definitions/A"), expected("/components/schemas/A"));
        assert_eq!(destination("/definitions/B"), expected("/components/schemas/B"));
        assert_eq!(
            destination("/definitions/A/items"),
            expected("/components/schemas/A/anyOf/0/items")
        );
        assert_eq!(destination("/definitions/C"), None);
        assert_eq!(destination("/paths"), expected("/paths"));
    }
}
