//! Error enums.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Piece;
use super::parts::{docs, ident};
use super::types::ty;
use crate::ir::Status;
use crate::model::{ErrorEnum, ErrorVariant, Payload};

pub(super) fn error_enum(item: &ErrorEnum) -> Piece {
    let name = ident(&item.name);
    let docs = docs(&item.docs);
    let variants = item.variants.iter().map(variant);
    Piece::Item(quote! {
        #docs
        #[derive(Clone, Debug, v1::ServiceError)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    })
}

fn variant(variant: &ErrorVariant) -> TokenStream {
    let docs = docs(&variant.docs);
    let name = ident(&variant.name);
    let status = match variant.status {
        Status::Exact(code) | Status::Range(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Default => quote!(default),
    };
    let (how, payload) = match &variant.payload {
        Payload::Empty => (quote!(), quote!(())),
        Payload::Json(body) => (quote!(), ty(body)),
        Payload::Text => (quote!(, text), quote!(String)),
        Payload::Bytes => (quote!(, bytes), quote!(specwright_runtime::bytes::Bytes)),
    };
    quote! {
        #docs
        #[status(#status #how)]
        #name(specwright_runtime::ErrorBody<#payload>),
    }
}
