//! What alternatives say that have no type of their own, told with what it is about.
//!
//! ```yaml
//! oneOf:
//!   - {enum: [a, b], description: Letters.}
//!   - {type: string}
//! ```
//! is one text, of whose values some are letters: its documentation has "`a` and `b`: Letters."

use super::Lowerer;
use crate::ir::{Docs, SchemaId};

/// What words are about that nothing tells from the others.
pub(super) const ONE_OF_SEVERAL: &str = "One of several";

/// What the words of an alternative are about that is null.
pub(super) const NULL: &str = "`null`";

/// More names than these say less than none.
const MOST: usize = 8;

impl Lowerer<'_> {
    /// Adds a paragraph about some of the values of a schema, behind what it says of all.
    pub(super) fn say_of(&mut self, id: SchemaId, what: &str, words: &Docs) {
        if let Some(text) = words.about(what) {
            self.said_of.entry(id).or_default().push(text);
        }
    }

    /// Puts the paragraphs where they are read, once the schema's own words are there.
    pub(super) fn tell_said_of(&mut self, id: SchemaId) {
        let Some(said) = self.said_of.remove(&id) else { return };
        let description = &mut self.schemas[id.0].docs.description;
        let all: Vec<String> = description.take().into_iter().chain(said).collect();
        *description = Some(all.join("\n\n"));
    }
}

/// Names or values as code, in words; nothing where there are none, too many, or some that cannot be
/// shown so.
pub(super) fn quoted<'t>(names: impl Iterator<Item = &'t str>) -> Option<String> {
    let is_shown =
        |name: &&str| !name.is_empty() && !name.contains(|c: char| c == '`' || c.is_control());
    let names: Vec<&str> = names.take(MOST + 1).collect();
    if names.len() > MOST || !names.iter().all(is_shown) {
        return None;
    }
    let (last, others) = names.split_last()?;
    let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    Some(match others.as_slice() {
        [] => format!("`{last}`"),
        others => format!("{} and `{last}`", others.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_in_words() {
        for (names, expected) in [
            (vec![], None),
            (vec!["a"], Some("`a`")),
            (vec!["a", "b"], Some("`a` and `b`")),
            (vec!["a", "b", "c"], Some("`a`, `b` and `c`")),
            (vec!["a`"], None),
            (vec!["a", ""], None),
            (vec!["a"; 8], Some("`a`, `a`, `a`, `a`, `a`, `a`, `a` and `a`")),
            (vec!["a"; 9], None),
        ] {
            assert_eq!(quoted(names.iter().copied()).as_deref(), expected, "{names:?}");
        }
    }
}
