//! What is left of an output when everything is taken away that a document's author may word.
//!
//! Literals, docs, wire names and every identifier that the harmless output does not have become
//! placeholders. Whatever else a text could turn into (an item, a statement, an attribute, another
//! type) is a difference.

use std::collections::BTreeSet;
use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};
use specwright::File;

use super::payloads::PAYLOADS;

/// The identifiers of our own: what stands in the harmless output and comes of no slot, nor may come
/// of a payload that is a name.
pub(crate) fn vocabulary(files: &[File]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for file in files {
        let text: TokenStream = file.text.parse().expect("the output is Rust");
        collect(text, &mut words);
    }
    for (_, payload) in PAYLOADS {
        words.remove(payload);
    }
    words
}

fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                if !word.to_ascii_lowercase().contains("zq") {
                    words.insert(word);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The skeleton of a file, a token a word.
pub(crate) fn skeleton(file: &File, vocabulary: &BTreeSet<String>) -> Vec<String> {
    let tokens = file.text.parse().expect("the output is Rust");
    let mut words = Vec::new();
    spell(tokens, vocabulary, &mut words);
    words
}

fn spell(tokens: TokenStream, vocabulary: &BTreeSet<String>, words: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let says_words = |next: &TokenTree| matches!(next, TokenTree::Group(group) if is_words(group));
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if is_long_arm(&group, words) => {
                spell(group.stream(), vocabulary, words);
                words.push(",".to_owned());
            }
            TokenTree::Group(group) => {
                words.push(format!("{:?}", group.delimiter()));
                spell(group.stream(), vocabulary, words);
                close(words, "end");
            }
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                words.push(if vocabulary.contains(&word) { word } else { "·".to_owned() });
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                '#' if tokens.next_if(says_words).is_some() => {}
                '#' if is_inner(&tokens, says_words) => {
                    tokens.nth(1);
                }
                '>' => close(words, ">"),
                other => words.push(other.to_string()),
            },
            TokenTree::Literal(_) => words.push("\"\"".to_owned()),
        }
    }
}

/// Whether a condition is about features and nothing else: which come first, names decide.
fn is_of_features(condition: TokenStream) -> bool {
    condition.into_iter().all(|token| match token {
        TokenTree::Ident(word) => word == "feature" || word == "any",
        TokenTree::Group(group) => is_of_features(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => true,
    })
}

/// Whether these are the braces around what an arm of a `match` gives, which are there only if it did
/// not fit on the line of its pattern.
fn is_long_arm(group: &Group, words: &[String]) -> bool {
    let is_statement =
        |token: TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    group.delimiter() == Delimiter::Brace
        && words.ends_with(&["=".to_owned(), ">".to_owned()])
        && !group.stream().into_iter().any(is_statement)
}

/// A comma in front of it is there only if the list did not fit on a line.
fn close(words: &mut Vec<String>, with: &str) {
    words.pop_if(|last| last == ",");
    words.push(with.to_owned());
}

/// Whether `![…]` comes next, and says nothing but words.
fn is_inner(
    tokens: &Peekable<token_stream::IntoIter>,
    says_words: impl Fn(&TokenTree) -> bool,
) -> bool {
    let mut ahead = tokens.clone();
    matches!(ahead.next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!')
        && ahead.next().is_some_and(|next| says_words(&next))
}

/// Of an attribute that says nothing but the author's words: `[doc = "…"]`, and `[wire("…")]` and
/// `[doc(alias = "…")]`, which stand only where the wire name does not follow from the Rust name.
fn is_words(group: &Group) -> bool {
    if group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let text = |value: &syn::Expr| matches!(value, syn::Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Str(_)));
    match syn::parse2::<syn::Meta>(group.stream()) {
        Ok(syn::Meta::NameValue(meta)) => meta.path.is_ident("doc") && text(&meta.value),
        Ok(syn::Meta::List(list)) => {
            let is_wire = list.path.is_ident("wire") && list.parse_args::<syn::LitStr>().is_ok();
            let is_alias = list.path.is_ident("doc")
                && list
                    .parse_args::<syn::MetaNameValue>()
                    .is_ok_and(|alias| alias.path.is_ident("alias") && text(&alias.value));
            is_wire
                || is_alias
                || (list.path.is_ident("cfg") && is_of_features(list.tokens.clone()))
        }
        Ok(syn::Meta::Path(_)) | Err(_) => false,
    }
}

/// Whether a file has exactly this identifier.
pub(crate) fn has_word(file: &File, word: &str) -> bool {
    let mut words = BTreeSet::new();
    collect(file.text.parse().expect("the output is Rust"), &mut words);
    words.contains(word)
}

/// Where two skeletons part, with some of what stands around it.
pub(crate) fn difference(expected: &[String], found: &[String]) -> Option<String> {
    let at = expected.iter().zip(found).take_while(|(one, other)| one == other).count();
    if at == expected.len() && at == found.len() {
        return None;
    }
    let around =
        |words: &[String]| words[at.saturating_sub(12)..words.len().min(at + 12)].join(" ");
    Some(format!("expected  … {} …\nfound     … {} …", around(expected), around(found)))
}
