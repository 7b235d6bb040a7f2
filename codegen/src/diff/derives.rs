//! What the attributes of a type say, of which the runtime's derives make how it is written and read.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Lit};

use super::surface::text;
use super::wire::Wire;
use super::words::{Fact, code, list};
use crate::names::wire::{wire_of_field, wire_of_variant};

/// What stands beside a thing that travels, which is what its derive writes and reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// A property of an object.
    Field,
    /// One of several values.
    Value,
    /// Anything else.
    Other,
}

/// What the attributes of the derives say, and what a name says where they do not.
pub(super) fn attributes(name: &str, beside: Beside, attributes: &[Attribute]) -> Wire {
    let mut wire = Wire::default();
    let (mut is_named, mut is_flat) = (false, false);
    for attribute in attributes {
        let path = attribute.path();
        if !["wire", "status", "check"].iter().any(|known| path.is_ident(known)) {
            continue;
        }
        let syn::Meta::List(list_of) = &attribute.meta else { continue };
        let inner = text(&list_of.tokens);
        if path.is_ident("check") {
            wire.facts.push(Fact::new("what it checks", code(&inner)));
        } else if path.is_ident("status") {
            let status = match inner.split(',').next().unwrap_or_default() {
                "default" => "every other".to_owned(),
                class if class.len() == 1 => code(&format!("{class}XX")),
                exact => code(exact),
            };
            wire.facts.push(Fact::new("the status", status));
            wire.code.push_str(&inner);
        } else if let Some(tag) = inner.strip_prefix("tag = ") {
            wire.facts
                .push(Fact::new("the property that says which it is", code(tag.trim_matches('"'))));
        } else {
            let mut names = Vec::new();
            for piece in pieces(&list_of.tokens) {
                let literals = literals_of(piece.clone());
                match text(&piece).as_str() {
                    "nullable" => wire.facts.push(Fact::named("`null` as a value", "")),
                    "flatten" => is_flat = true,
                    told if told.starts_with("only(") && literals.len() > 1 => {
                        let of = format!("what its {} is", literals[0]);
                        wire.facts.push(Fact::new(of, list(literals[1..].iter().cloned())));
                    }
                    told if told.starts_with(['"', '-']) || told.starts_with(char::is_numeric) => {
                        names.push(literals.first().cloned().unwrap_or_else(|| code(told)));
                    }
                    told => wire.code.push_str(&format!("{told};")),
                }
            }
            if !names.is_empty() {
                is_named = true;
                wire.facts.push(Fact::new(of_name(beside), list(names)));
            }
        }
    }
    let derived = match beside {
        Beside::Field => Some(wire_of_field(name)),
        Beside::Value => Some(wire_of_variant(name)),
        Beside::Other => None,
    };
    if let Some(derived) = derived.filter(|_| !is_named && !is_flat) {
        wire.facts.push(Fact::new(of_name(beside), code(&derived)));
    }
    wire
}

fn of_name(beside: Beside) -> &'static str {
    match beside {
        Beside::Field => "the name of the property",
        Beside::Value | Beside::Other => "the value",
    }
}

/// What stands between the commas of an attribute.
fn pieces(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut all = vec![TokenStream::new()];
    for token in tokens.clone() {
        match (&token, all.last_mut()) {
            (TokenTree::Punct(mark), _) if mark.as_char() == ',' => all.push(TokenStream::new()),
            (_, Some(last)) => last.extend([token]),
            (_, None) => {}
        }
    }
    all.retain(|piece| !piece.is_empty());
    all
}

/// The literals of a piece of an attribute, with what is in its brackets.
fn literals_of(tokens: TokenStream) -> Vec<String> {
    let mut sign = "";
    let mut all = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Literal(literal) => {
                let shown = match Lit::new(literal) {
                    Lit::Str(text) => code(&text.value()),
                    other => code(&format!("{sign}{}", text(other))),
                };
                all.push(shown);
            }
            TokenTree::Group(group) => all.extend(literals_of(group.stream())),
            TokenTree::Ident(word) if ["true", "false", "null"].iter().any(|one| word == one) => {
                all.push(code(&word.to_string()));
            }
            TokenTree::Punct(mark) if mark.as_char() == '-' => {
                sign = "-";
                continue;
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        sign = "";
    }
    all
}
