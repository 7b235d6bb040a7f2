//! Pieces to text.
//!
//! prettyplease knows how an item looks but puts no blank lines between items or methods, so each
//! is printed by itself and joined.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser as _};

use super::imports::{self, Imports};
use crate::emit::{self, Piece};

/// A piece as it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) text: String,
    /// Whether it declares anything, rather than only adding to what others declare.
    pub(super) declares: bool,
}

/// What was printed before, for all threads: more than a third of the methods of a client stand in
/// several blocks, such as the setters of a parameter that many calls take.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<HashMap<String, Arc<Member>>>);

/// How many methods are kept. A client of five hundred operations has half as many, and one of tens of
/// thousands would otherwise be in memory three times.
const MOST: usize = 1 << 13;

/// A method as it stands in any block, and what it takes from elsewhere.
#[derive(Debug)]
struct Member {
    text: String,
    imports: Imports,
}

impl Memory {
    fn member(&self, tokens: &str) -> Option<Arc<Member>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(tokens).cloned()
    }

    fn keep(&self, tokens: &str, member: &Arc<Member>) {
        let mut members = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if members.len() < MOST {
            members.insert(tokens.to_owned(), Arc::clone(member));
        }
    }
}

/// What a thread prints with.
pub(super) struct Pen<'a> {
    memory: &'a Memory,
    /// A block for methods. How they look does not depend on whose they are, and a short head is
    /// printed sooner.
    block: Result<syn::File, String>,
    /// The tokens of the member at hand; of no use but to save an allocation.
    tokens: String,
}

impl<'a> Pen<'a> {
    pub(super) fn new(memory: &'a Memory) -> Self {
        let block = parsed(quote!(impl M {}), &mut Imports::default(), |input| input.parse());
        Self { memory, block, tokens: String::new() }
    }

    /// One piece, and what it takes from elsewhere.
    pub(super) fn piece(&mut self, piece: Piece, imports: &mut Imports) -> Result<Printed, String> {
        match piece {
            Piece::Item(item) => {
                let mut declares = false;
                let file: syn::File = parsed(item, imports, |input| {
                    declares = imports::declares(input.cursor());
                    input.parse()
                })?;
                Ok(Printed { text: unparse(&file), declares })
            }
            Piece::Impl { head, members } => {
                Ok(Printed { text: self.block(head, members, imports)?, declares: false })
            }
        }
    }

    /// A block and its members, a blank line between them.
    fn block(
        &mut self,
        head: TokenStream,
        members: Vec<TokenStream>,
        imports: &mut Imports,
    ) -> Result<String, String> {
        let mut block: syn::File = parsed(quote!(#head {}), imports, |input| input.parse())?;
        let is_impl = matches!(block.items.as_slice(), [syn::Item::Impl(_)]);
        let mut text = unparse(&block);
        text.truncate(text.trim_end().trim_end_matches('}').trim_end().len());
        for (number, member) in members.into_iter().enumerate() {
            text.push('\n');
            if number > 0 {
                text.push('\n');
            }
            let member = if is_impl {
                self.method(member)?
            } else {
                Arc::new(Member::of(&mut block, member)?)
            };
            text.push_str(&member.text);
            imports.extend(&member.imports);
        }
        text.push_str("\n}\n");
        Ok(text)
    }

    /// A member of an impl block, printed unless it was before.
    fn method(&mut self, member: TokenStream) -> Result<Arc<Member>, String> {
        self.tokens.clear();
        write!(self.tokens, "{member}").map_err(|error| error.to_string())?;
        if let Some(known) = self.memory.member(&self.tokens) {
            return Ok(known);
        }
        let block = self.block.as_mut().map_err(|message| message.clone())?;
        let member = Arc::new(Member::of(block, member)?);
        self.memory.keep(&self.tokens, &member);
        Ok(member)
    }
}

/// Any tokens that make a file.
pub(super) fn tokens(tokens: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(unparse(&file))
}

/// The text of a file, with each line of documentation on a line of its own.
fn unparse(file: &syn::File) -> String {
    let text = prettyplease::unparse(file);
    if !text.contains(emit::NEXT_LINE) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        let mut parts = line.split(emit::NEXT_LINE);
        let first = parts.next().unwrap_or_default();
        // The indentation and the three characters of `///` or `//!`.
        let mark = first.len() - first.trim_start().len() + 3;
        out.push_str(first);
        for part in parts {
            trim(&mut out);
            out.push('\n');
            out.push_str(first.get(..mark).unwrap_or_default());
            out.push_str(part);
        }
    }
    out
}

/// Takes the spaces from the end, as prettyplease does where a comment ends.
fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

/// The syntax that tokens make; looked through on the way, since a second way through them would
/// take a copy.
fn parsed<T>(
    tokens: TokenStream,
    imports: &mut Imports,
    parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> Result<T, String> {
    let parse = |input: ParseStream<'_>| {
        imports.look(input.cursor());
        parse(input)
    };
    parse.parse2(tokens).map_err(|error| error.to_string())
}

impl Member {
    /// One member, as it stands inside the block.
    fn of(block: &mut syn::File, member: TokenStream) -> Result<Self, String> {
        let mut imports = Imports::default();
        match block.items.as_mut_slice() {
            [syn::Item::Impl(block)] => block.items = parsed(member, &mut imports, all)?,
            [syn::Item::Mod(syn::ItemMod { content: Some((_, items)), .. })] => {
                *items = parsed(member, &mut imports, all)?;
            }
            _ => return Err("a block that is neither an impl nor a module".to_owned()),
        }
        let text = unparse(block);
        let inside = text.split_once("{\n").map(|(_, rest)| rest);
        let inside = inside.and_then(|rest| rest.trim_end().strip_suffix('}'));
        let text = inside.ok_or_else(|| format!("a block without members: {text}"))?;
        Ok(Self { text: text.trim_end().to_owned(), imports })
    }
}

/// Everything that stands inside a block.
fn all<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    let mut members = Vec::new();
    while !input.is_empty() {
        members.push(input.parse()?);
    }
    Ok(members)
}

/// Moves text one level in. No string literal we print holds a line break.
pub(super) fn indent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}
