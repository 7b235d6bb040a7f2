//! Open enums of texts and of whole numbers.

use quote::quote;

use super::Piece;
use super::parts::{digits, docs, ident, text};
use super::types::ty;
use crate::model::{IntegerEnum, StringEnum};

const UNKNOWN: &str = " A value that the document does not list, as it came.";

pub(super) fn string_enum(item: &StringEnum) -> Piece {
    let name = ident(&item.name);
    let item_docs = docs(&item.docs);
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.name);
        let wire = variant.rename.iter().map(text).map(|rename| quote!(#[wire(#rename)]));
        quote! {
            #docs
            #(#wire)*
            #name,
        }
    });
    let unknown = ident(item.unknown);
    Piece::Item(quote! {
        #item_docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #UNKNOWN]
            #unknown(String),
        }
    })
}

pub(super) fn integer_enum(item: &IntegerEnum) -> Piece {
    let name = ident(&item.name);
    let item_docs = docs(&item.docs);
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.name);
        let value = digits(&variant.value);
        quote! {
            #docs
            #[wire(#value)]
            #name,
        }
    });
    let unknown = ident(item.unknown);
    let holds = ty(&item.holds);
    Piece::Item(quote! {
        #item_docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntegerEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #UNKNOWN]
            #unknown(#holds),
        }
    })
}
