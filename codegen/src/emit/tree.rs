//! A module of the output with those below it, and what each has to import.

use proc_macro2::{TokenStream, TokenTree};

use super::Piece;

/// A module of the root.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// What it holds itself.
    pub(crate) body: Body,
    /// The modules below it.
    pub(crate) below: Vec<Below>,
}

/// A module below one of the root.
#[derive(Clone, Debug)]
pub(crate) struct Below {
    /// Its name.
    pub(crate) name: String,
    /// The features of which any one needs it; without any it is always there.
    pub(crate) features: Vec<String>,
    /// What it holds.
    pub(crate) body: Body,
}

/// What a module holds, and the names it takes from elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    /// What it holds.
    pub(crate) pieces: Vec<Piece>,
    /// Modules of the root that its paths begin with.
    pub(crate) modules: Vec<&'static str>,
    /// Whether its paths begin with `v1`.
    pub(crate) uses_v1: bool,
    /// The derives it writes without a path, in alphabetical order.
    pub(crate) derives: Vec<String>,
    /// Whether it declares anything, rather than only adding to what others declare.
    pub(crate) declares: bool,
}

/// Derives of the standard library, which need no import.
const STANDARD: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
/// Modules that paths may begin with.
const MODULES: [&str; 3] = ["groups", "operations", "types"];

impl Tree {
    /// A module without any below it.
    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        Self { body: Body::of(pieces), below: Vec::new() }
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.pieces.is_empty() && self.below.is_empty()
    }
}

impl Body {
    /// What the pieces import is read off the pieces, so that it is never too much or too little.
    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        let mut found = Found::default();
        for piece in &pieces {
            match piece {
                Piece::Item(item) => found.look(item.clone(), false),
                Piece::Impl { head, members } => {
                    found.look(head.clone(), false);
                    members.iter().for_each(|member| found.look(member.clone(), false));
                }
            }
        }
        let starts = |name: &str| found.starts.iter().any(|start| start == name);
        found.derives.retain(|derive| !STANDARD.contains(&derive.as_str()));
        found.derives.sort();
        found.derives.dedup();
        let declares = |piece: &Piece| match piece {
            Piece::Item(item) => item.clone().into_iter().any(|token| is_ident(&token, "pub")),
            Piece::Impl { .. } => false,
        };
        Self {
            modules: MODULES.into_iter().filter(|name| starts(name)).collect(),
            uses_v1: starts("v1"),
            derives: found.derives,
            declares: pieces.iter().any(declares),
            pieces,
        }
    }
}

/// The names that paths begin with, and those in `derive(…)`.
#[derive(Default)]
struct Found {
    starts: Vec<String>,
    derives: Vec<String>,
}

impl Found {
    fn look(&mut self, tokens: TokenStream, in_derive: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let is_derive = at.checked_sub(1).map(|before| &tokens[before]);
                    let is_derive = is_derive.is_some_and(|token| is_ident(token, "derive"));
                    self.look(group.stream(), is_derive);
                }
                TokenTree::Ident(ident) if !is_after_colons(&tokens, at) => {
                    if is_colons(&tokens, at + 1) {
                        self.starts.push(ident.to_string());
                    } else if in_derive {
                        self.derives.push(ident.to_string());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn is_after_colons(tokens: &[TokenTree], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|before| is_colons(tokens, before))
}

/// Whether `::` stands at this position.
fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(at) && colon(at + 1)
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Body, Piece};

    #[test]
    fn imports_are_read_off_the_paths() {
        let body = Body::of(vec![
            Piece::Item(quote! {
                #[derive(Clone, Encode, v1::ServiceError)]
                pub enum Decode { StringEnum(super::operations::Call), types(Vec<types::A>) }
            }),
            Piece::Impl {
                head: quote!(impl X),
                members: vec![quote!(
                    fn groups(&self) {}
                )],
            },
        ]);
        assert_eq!(body.modules, ["types"]);
        assert_eq!(body.derives, ["Encode"]);
        assert!(body.uses_v1 && body.declares);
        let method = quote!(
            pub fn a(&self) -> operations::A {}
        );
        let body =
            Body::of(vec![Piece::Impl { head: quote!(impl super::Client), members: vec![method] }]);
        assert_eq!(body.modules, ["operations"]);
        assert!(!body.uses_v1 && !body.declares);
    }
}
