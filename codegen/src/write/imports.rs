//! What a module has to import, read off what it holds, so that it is never too much or too little.

use std::collections::BTreeSet;

use proc_macro2::{Punct, TokenTree};
use syn::buffer::Cursor;

/// Derives of the standard library, which need no import.
const STANDARD: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
/// Modules of the root that paths may begin with.
const MODULES: [&str; 3] = ["groups", "operations", "types"];

/// The names that tokens take from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imports {
    /// Modules of the root that paths begin with.
    pub(super) modules: BTreeSet<&'static str>,
    /// Whether paths begin with `v1`.
    pub(super) uses_v1: bool,
    /// The derives that are written without a path.
    pub(super) derives: BTreeSet<String>,
}

impl Imports {
    /// Those of several parts.
    pub(super) fn extend(&mut self, other: &Self) {
        self.modules.extend(&other.modules);
        self.uses_v1 |= other.uses_v1;
        self.derives.extend(other.derives.iter().cloned());
    }

    /// Takes note of everything that follows.
    pub(super) fn look(&mut self, tokens: Cursor<'_>) {
        self.inside(tokens, Place::Item);
    }

    fn inside(&mut self, mut at: Cursor<'_>, place: Place) {
        let in_derive = place == Place::Derive;
        let (mut next, mut colons) = (Place::Item, 0);
        while !at.eof() {
            if let Some((inside, _, _, rest)) = at.any_group() {
                // Docs are the greater part of all tokens.
                if !is_doc(inside) {
                    self.inside(inside, next);
                }
                (next, colons, at) = (Place::Item, 0, rest);
            } else if let Some((ident, rest)) = at.ident() {
                // A function may be called so too.
                let is_list = place == Place::Attribute && ident == "derive";
                next = if is_list { Place::Derive } else { Place::Item };
                if colons < 2 && is_colons(rest) {
                    self.uses_v1 |= ident == "v1";
                    self.modules.extend(MODULES.into_iter().find(|module| ident == module));
                } else if colons < 2 && in_derive && !STANDARD.iter().any(|name| ident == name) {
                    self.derives.insert(ident.to_string());
                }
                (colons, at) = (0, rest);
            } else if let Some((TokenTree::Punct(punct), rest)) = at.token_tree() {
                next = if punct.as_char() == '#' { Place::Attribute } else { Place::Item };
                (colons, at) = (if is_colon(&punct) { colons + 1 } else { 0 }, rest);
            } else if let Some((_, rest)) = at.token_tree() {
                (next, colons, at) = (Place::Item, 0, rest);
            }
        }
    }
}

/// What a group is the inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Neither of the others.
    Item,
    /// `#[…]`.
    Attribute,
    /// The list of a `derive`.
    Derive,
}

/// Whether an item says `pub`.
pub(super) fn declares(mut item: Cursor<'_>) -> bool {
    while !item.eof() {
        item = match (item.any_group(), item.ident(), item.token_tree()) {
            (Some((_, _, _, rest)), _, _) => rest,
            (None, Some((ident, _)), _) if ident == "pub" => return true,
            (None, _, Some((_, rest))) => rest,
            (None, _, None) => return false,
        };
    }
    false
}

/// Whether this is the inside of `#[doc = "…"]`.
fn is_doc(tokens: Cursor<'_>) -> bool {
    tokens.ident().is_some_and(|(ident, _)| ident == "doc")
}

/// Whether `::` stands here.
fn is_colons(tokens: Cursor<'_>) -> bool {
    behind_colon(tokens).and_then(behind_colon).is_some()
}

fn behind_colon(tokens: Cursor<'_>) -> Option<Cursor<'_>> {
    let (punct, rest) = tokens.punct()?;
    is_colon(&punct).then_some(rest)
}

fn is_colon(punct: &Punct) -> bool {
    punct.as_char() == ':'
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse::{ParseStream, Parser as _};

    use super::Imports;

    fn imports(tokens: TokenStream) -> Imports {
        let mut imports = Imports::default();
        let look = |input: ParseStream<'_>| {
            imports.look(input.cursor());
            input.parse::<TokenStream>()
        };
        look.parse2(tokens).unwrap();
        imports
    }

    #[test]
    fn imports_are_read_off_the_paths() {
        let found = imports(quote! {
            #[derive(Clone, Encode, v1::ServiceError)]
            #[doc = "types::B"]
            pub enum Decode { StringEnum(super::operations::Call), types(Vec<types::A>) }
        });
        assert_eq!(Vec::from_iter(found.modules), ["types"]);
        assert_eq!(Vec::from_iter(found.derives), ["Encode"]);
        assert!(found.uses_v1);
        let found = imports(quote! {
            pub fn groups<'v1>(&'v1 self, types: A) -> operations::A<'v1> { 1.0; }
        });
        assert_eq!(Vec::from_iter(found.modules), ["operations"]);
        assert!(!found.uses_v1 && found.derives.is_empty());
    }

    #[test]
    fn a_function_called_derive_derives_nothing() {
        let found = imports(quote!(
            pub fn derive(mut self, derive: impl Into<String>) -> Self {
                self.derive(derive)
            }
        ));
        assert!(found.derives.is_empty());
    }
}
