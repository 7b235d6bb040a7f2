//! Pieces to text.
//!
//! prettyplease knows how an item looks but puts no blank lines between items or methods, so each
//! is printed by itself and joined.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser as _};

use crate::emit::Piece;

/// The pieces of one module, a blank line between them.
pub(super) fn pieces(pieces: &[Piece]) -> Result<String, String> {
    let texts: Result<Vec<String>, String> = pieces.iter().map(piece).collect();
    Ok(texts?.join("\n"))
}

/// Any tokens that make a file.
pub(super) fn tokens(tokens: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

fn piece(piece: &Piece) -> Result<String, String> {
    match piece {
        Piece::Item(item) => tokens(item.clone()),
        Piece::Impl { head, members } => {
            let block = Block::of(head)?;
            let first = block.around(TokenStream::new())?;
            let open = first.trim_end().trim_end_matches('}').trim_end();
            let bodies: Result<Vec<String>, String> =
                members.iter().map(|one| block.member(one)).collect();
            Ok(format!("{open}\n{}}}\n", bodies?.join("\n")))
        }
    }
}

/// An impl block or a module that its members take turns in: parsing its head for each of them
/// again would cost about as much as the members do.
struct Block(syn::Item);

impl Block {
    fn of(head: &TokenStream) -> Result<Self, String> {
        syn::parse2(quote!(#head {})).map(Self).map_err(|error| error.to_string())
    }

    /// The block with these members.
    fn around(&self, members: TokenStream) -> Result<String, String> {
        let block = match self.0.clone() {
            syn::Item::Impl(block) => {
                all.parse2(members).map(|items| syn::Item::Impl(syn::ItemImpl { items, ..block }))
            }
            syn::Item::Mod(module) => all.parse2(members).map(|items| {
                let content = module.content.map(|(brace, _)| (brace, items));
                syn::Item::Mod(syn::ItemMod { content, ..module })
            }),
            _ => return Err("a block that is neither an impl nor a module".to_owned()),
        };
        let items = vec![block.map_err(|error| error.to_string())?];
        let attrs = Vec::new();
        Ok(prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items }))
    }

    /// One member, as it stands inside the block.
    fn member(&self, member: &TokenStream) -> Result<String, String> {
        let text = self.around(member.clone())?;
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
