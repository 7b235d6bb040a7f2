//! Enums of texts and of whole numbers.

use quote::quote;

use super::Piece;
use super::parts::{derives, digits, docs, found_as, ident, text};
use super::types::ty;
use crate::model::{IntegerEnum, StringEnum};

const UNKNOWN: &str = " A value that the document does not list, as it came.";

pub(super) fn string_enum(item: &StringEnum) -> Piece {
    let name = ident(&item.name);
    let (item_docs, item_alias) = (docs(&item.docs), found_as(item.alias.as_deref()));
    let derives = derives(&item.derives);
    let open = item.unknown.map(|_| quote!(#[non_exhaustive]));
    let variants = item.variants.iter().map(|variant| {
        let (docs, alias) = (docs(&variant.docs), found_as(variant.alias.as_deref()));
        let name = ident(&variant.name);
        let wire = variant.rename.iter().map(text).map(|rename| quote!(#[wire(#rename)]));
        quote! {
            #docs
            #alias
            #(#wire)*
            #name,
        }
    });
    let unknown = item.unknown.map(ident).map(|name| quote!(#[doc = #UNKNOWN] #name(String),));
    Piece::Item(quote! {
        #item_docs
        #item_alias
        #derives
        #open
        pub enum #name {
            #(#variants)*
            #unknown
        }
    })
}

pub(super) fn integer_enum(item: &IntegerEnum) -> Piece {
    let name = ident(&item.name);
    let (item_docs, item_alias) = (docs(&item.docs), found_as(item.alias.as_deref()));
    let derives = derives(&item.derives);
    let open = item.unknown.map(|_| quote!(#[non_exhaustive]));
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
    let holds = ty(&item.holds);
    let unknown = item.unknown.map(ident).map(|name| quote!(#[doc = #UNKNOWN] #name(#holds),));
    Piece::Item(quote! {
        #item_docs
        #item_alias
        #derives
        #open
        pub enum #name {
            #(#variants)*
            #unknown
        }
    })
}
