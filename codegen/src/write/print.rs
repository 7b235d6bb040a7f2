//! Pieces to text.
//!
//! prettyplease knows how an item looks but puts no blank lines between items or methods, so each
//! is printed by itself and joined.

use proc_macro2::TokenStream;
use quote::quote;

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
            let first = tokens(quote!(#head {}))?;
            let open = first.trim_end().trim_end_matches('}').trim_end();
            let bodies: Result<Vec<String>, String> =
                members.iter().map(|one| member(head, one)).collect();
            Ok(format!("{open}\n{}}}\n", bodies?.join("\n")))
        }
    }
}

/// One member, as it stands inside its impl block.
fn member(head: &TokenStream, member: &TokenStream) -> Result<String, String> {
    let text = tokens(quote!(#head { #member }))?;
    let inside = text.split_once("{\n").map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.trim_end().strip_suffix('}'));
    inside.map(str::to_owned).ok_or_else(|| format!("an impl block without members: {text}"))
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
