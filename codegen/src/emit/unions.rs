//! Tagged unions and the accessors of what their alternatives share.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Piece;
use super::parts::{docs, ident, wire_derives};
use super::types::{Home, ty};
use crate::model::types::Type;
use crate::model::{Accessor, Read, Union};

pub(super) fn union(item: &Union) -> Vec<Piece> {
    let name = ident(&item.name);
    let item_docs = docs(&item.docs);
    let wire = wire_derives(item.wire);
    let tag = &item.tag;
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.name);
        let ty = ty(&variant.ty, Home::Types);
        let tag = &variant.tag;
        quote! {
            #docs
            #[wire(#tag)]
            #name(Box<#ty>),
        }
    });
    let unknown = ident(item.unknown);
    let unknown_doc = match item.base {
        Type::Named(_) => " Anything else, with what all alternatives have.",
        _ => " Anything else, as it came.",
    };
    let base = ty(&item.base, Home::Types);
    let definition = quote! {
        #item_docs
        #[derive(Clone, Debug, PartialEq, #wire)]
        #[wire(tag = #tag)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #unknown_doc]
            #[wire(other)]
            #unknown(Box<#base>),
        }
    };
    let mut arms: Vec<Ident> = item.variants.iter().map(|variant| ident(&variant.name)).collect();
    arms.push(unknown);
    let mut pieces = vec![Piece::Item(definition)];
    if !item.accessors.is_empty() {
        let members = item.accessors.iter().map(|one| accessor(one, &arms)).collect();
        pieces.push(Piece::Impl { head: quote!(impl #name), members });
    }
    pieces
}

fn accessor(accessor: &Accessor, arms: &[Ident]) -> TokenStream {
    let docs = docs(&accessor.docs);
    let name = ident(&accessor.name);
    let returns = ty(&accessor.returns, Home::Types);
    let value = match accessor.read {
        Read::Borrow => quote!(&value.#name),
        Read::Copy => quote!(value.#name),
        Read::BorrowInside => quote!(value.#name.as_ref()),
        Read::DerefInside => quote!(value.#name.as_deref()),
    };
    quote! {
        #docs
        pub fn #name(&self) -> #returns {
            match self {
                #(Self::#arms(value) => #value,)*
            }
        }
    }
}
