//! Pieces to text.
//!
//! prettyplease knows how an item looks but puts no blank lines between items or methods, so each
//! is printed by itself and joined.

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

/// One piece, and what it takes from elsewhere.
pub(super) fn piece(piece: Piece, imports: &mut Imports) -> Result<Printed, String> {
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
            let mut block = Block::of(head, imports)?;
            let first = block.around(TokenStream::new(), imports)?;
            let open = first.trim_end().trim_end_matches('}').trim_end();
            let members = members.into_iter().map(|one| block.member(one, imports));
            let members: Result<Vec<String>, String> = members.collect();
            let text = format!("{open}\n{}}}\n", members?.join("\n"));
            Ok(Printed { text, declares: false })
        }
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

/// An impl block or a module that its members take turns in: parsing its head for each of them
/// again would cost about as much as the members do.
struct Block(syn::File);

impl Block {
    fn of(head: TokenStream, imports: &mut Imports) -> Result<Self, String> {
        parsed(quote!(#head {}), imports, |input| input.parse()).map(Self)
    }

    /// The block with these members.
    fn around(&mut self, members: TokenStream, imports: &mut Imports) -> Result<String, String> {
        match self.0.items.as_mut_slice() {
            [syn::Item::Impl(block)] => block.items = parsed(members, imports, all)?,
            [syn::Item::Mod(syn::ItemMod { content: Some((_, items)), .. })] => {
                *items = parsed(members, imports, all)?;
            }
            _ => return Err("a block that is neither an impl nor a module".to_owned()),
        }
        Ok(unparse(&self.0))
    }

    /// One member, as it stands inside the block.
    fn member(&mut self, member: TokenStream, imports: &mut Imports) -> Result<String, String> {
        let text = self.around(member, imports)?;
        let inside = text.split_once("{\n").map(|(_, rest)| rest);
        let inside = inside.and_then(|rest| rest.trim_end().strip_suffix('}'));
        inside.map(str::to_owned).ok_or_else(|| format!("a block without members: {text}"))
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
