//! Small tokens that every item needs.
//!
//! The words of a document are data, and there are three ways from them into the output: [`text`] for
//! literals, [`docs`] for documentation, [`ident`] for what `names` has made of them. A test over our
//! own source (`tests/one_road.rs`) sees to it that there is no other.

use std::str::FromStr as _;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::rust_path::{RustPath, Step};

/// An identifier of the name table, raw ones included.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Any text as a literal.
pub(crate) fn text(text: impl AsRef<str>) -> Literal {
    Literal::string(text.as_ref())
}

/// A path, as the model has it.
pub(super) fn path(path: &str) -> TokenStream {
    let steps = path.split("::").map(ident);
    quote!(#(#steps)::*)
}

/// What a function with more arguments than seven has to say to clippy.
pub(super) fn many(arguments: usize) -> Option<TokenStream> {
    let reason = "the document asks for them all";
    (arguments > 7).then(|| quote!(#[allow(clippy::too_many_arguments, reason = #reason)]))
}

/// What stands between the lines of a doc attribute. No line has it: it is a control character, which
/// documentation does not show.
pub(crate) const NEXT_LINE: char = '\0';

/// Doc lines.
pub(crate) fn docs(lines: &[String]) -> Option<TokenStream> {
    let lines = doc_lines(lines)?;
    Some(quote!(#[doc = #lines]))
}

/// What an item is found under besides its name.
pub(super) fn found_as(alias: Option<&str>) -> Option<TokenStream> {
    let alias = alias.map(text)?;
    Some(quote!(#[doc(alias = #alias)]))
}

/// Doc lines of what stands around them.
pub(crate) fn inner_docs(lines: &[String]) -> Option<TokenStream> {
    let lines = doc_lines(lines)?;
    Some(quote!(#![doc = #lines]))
}

/// Lines as doc comments have them, a space before the words; `write` gives each a line of its own.
/// One attribute for all of them, since a quarter of a client's tokens would otherwise be attributes
/// with a line each.
fn doc_lines(lines: &[String]) -> Option<Literal> {
    let mut all = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            all.push(NEXT_LINE);
        }
        if !line.is_empty() {
            all.push(' ');
            all.push_str(line);
        }
    }
    (!lines.is_empty()).then(|| raw(&all))
}

/// A text as a raw literal, of which no character is escaped by us or read back by syn and
/// prettyplease: docs are half of what a client is printed from. It is the parser of literals that
/// has to agree that this is one literal, and what it refuses is escaped.
fn raw(words: &str) -> Literal {
    let after_quotes = words.split('"').skip(1);
    let most = after_quotes.map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let fence = "#".repeat(most.map_or(0, |most| most + 1));
    let literal = Literal::from_str(&format!("r{fence}\"{words}\"{fence}"));
    literal.unwrap_or_else(|_| text(words))
}

/// A path that the user wrote.
pub(super) fn rust_path(path: &RustPath) -> TokenStream {
    let root = path.is_rooted.then(|| quote!(::));
    let steps = path.steps.iter().map(step);
    quote!(#root #(#steps)::*)
}

fn step(step: &Step) -> TokenStream {
    let name = ident(&step.name);
    let arguments = step.arguments.iter().map(rust_path);
    if step.arguments.is_empty() { quote!(#name) } else { quote!(#name<#(#arguments),*>) }
}

/// The derives of a type.
pub(super) fn derives(paths: &[RustPath]) -> TokenStream {
    let paths = paths.iter().map(rust_path);
    quote!(#[derive(#(#paths),*)])
}

/// A whole number, given by its digits.
pub(super) fn digits(value: &str) -> TokenStream {
    let sign = value.starts_with('-').then(|| quote!(-));
    let digits = value.strip_prefix('-').unwrap_or(value);
    let digits = digits.parse::<u64>().map_or_else(|_| text(value), Literal::u64_unsuffixed);
    quote!(#sign #digits)
}

/// A number with a fraction.
pub(super) fn float(value: f64) -> TokenStream {
    let sign = value.is_sign_negative().then(|| quote!(-));
    let value = Literal::f64_unsuffixed(value.abs());
    quote!(#sign #value)
}

/// A flag.
pub(super) fn flag(value: bool) -> TokenStream {
    quote!(#value)
}

/// The attribute, with its note.
pub(super) fn deprecated(note: Option<&str>) -> Option<TokenStream> {
    let note = note.map(text)?;
    Some(quote!(#[deprecated(note = #note)]))
}

/// The condition under which an item is built that any one of these features needs.
pub(crate) fn gate(features: &[String]) -> TokenStream {
    let names = features.iter().map(text);
    match features {
        [] => TokenStream::new(),
        [_] => quote!(#[cfg(feature = #(#names)*)]),
        _ => quote!(#[cfg(any(#(feature = #names),*))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_literal_is_the_text_whatever_is_in_it() {
        let texts = [
            "",
            "plain",
            "\\n \\u{41} \\",
            "\"",
            "\"#",
            "a\"##b\"#",
            "\"; fn evil() {} //",
            "\"# ; fn evil() {} r#\"",
            "#\"",
            "one\0two",
            "one\ntwo",
            "one\rtwo",
            "one\r\ntwo",
            "\u{fc} \u{202e} code",
        ];
        for words in texts {
            let literal = raw(words);
            let read: syn::LitStr = syn::parse2(quote!(#literal)).unwrap();
            assert_eq!(read.value(), words, "{literal}");
        }
    }
}
