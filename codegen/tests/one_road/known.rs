//! What is known of the functions, types and methods that make tokens.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use crate::Source;

/// Types that hold no text of the document, or only as tokens.
const HARMLESS: [&str; 9] =
    ["TokenStream", "Ident", "Literal", "bool", "u16", "u32", "u64", "i64", "f64"];
/// What the functions that make tokens give: whether it is nothing but tokens.
#[derive(Default)]
pub(crate) struct Functions {
    of_file: BTreeMap<(String, String), bool>,
    anywhere: BTreeMap<String, bool>,
    /// Methods and fields of the types of a file.
    members: BTreeMap<(String, String), bool>,
}

impl Functions {
    pub(crate) fn gather(&mut self, source: &Source) {
        for item in &source.syntax.items {
            match item {
                syn::Item::Fn(function) => {
                    let name = function.sig.ident.to_string();
                    let gives = gives_harmless(&function.sig);
                    *self.anywhere.entry(name.clone()).or_insert(true) &= gives;
                    self.of_file.insert((source.path.clone(), name), gives);
                }
                syn::Item::Impl(block) => {
                    for member in &block.items {
                        if let syn::ImplItem::Fn(method) = member {
                            self.member(source, &method.sig.ident, gives_harmless(&method.sig));
                        }
                    }
                }
                syn::Item::Struct(item) => {
                    for field in &item.fields {
                        let name = field.ident.as_ref();
                        name.into_iter()
                            .for_each(|name| self.member(source, name, is_harmless(&field.ty)));
                    }
                }
                _ => {}
            }
        }
    }

    /// Of two members of one name, both have to be harmless.
    fn member(&mut self, source: &Source, name: &syn::Ident, gives: bool) {
        *self.members.entry((source.path.clone(), name.to_string())).or_insert(true) &= gives;
    }

    pub(crate) fn has(&self, path: &str, member: &str) -> bool {
        self.members.get(&(path.to_owned(), member.to_owned())).copied().unwrap_or_default()
    }

    pub(crate) fn gives(&self, path: &str, name: &str) -> bool {
        let own = self.of_file.get(&(path.to_owned(), name.to_owned()));
        own.or_else(|| self.anywhere.get(name)).copied().unwrap_or_default()
    }
}

fn gives_harmless(signature: &syn::Signature) -> bool {
    match &signature.output {
        syn::ReturnType::Type(_, ty) => is_harmless(ty),
        syn::ReturnType::Default => false,
    }
}

pub(crate) fn is_harmless(ty: &syn::Type) -> bool {
    let words: Vec<String> = words(quote::quote!(#ty));
    let is = |name: &&str| words.iter().any(|word| word == name);
    HARMLESS.iter().any(is) && !is(&"str") && !is(&"String")
}

pub(crate) fn words(tokens: TokenStream) -> Vec<String> {
    let word = |token| match token {
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Ident(word) => vec![word.to_string()],
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(word).collect()
}
