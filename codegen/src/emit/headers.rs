//! Headers of answers: a module of constants.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Piece;
use super::parts::{docs, gate, ident, text};
use super::types::ty;
use crate::model::Header;

/// The module, where the document has any header.
pub(super) fn headers(headers: &[Header]) -> Option<Piece> {
    let members = headers.iter().map(|header| {
        let (docs, name, wire) = (docs(&header.docs), ident(&header.name), text(&header.wire));
        let ty = ty(&header.ty);
        let gate = gate(&header.features);
        quote! {
            #docs
            #gate
            pub const #name: Header<#ty> = Header::new(#wire);
        }
    });
    let words = " Headers of answers, for `header` of an answer or an error.";
    let head = quote!(#[doc = #words] pub mod headers);
    let import = import(headers);
    let members = std::iter::once(import).chain(members).collect();
    (!headers.is_empty()).then_some(Piece::Impl { head, members })
}

/// The import that all constants share; not there where none of them is.
fn import(headers: &[Header]) -> TokenStream {
    let is_bare = headers.iter().any(|header| header.features.is_empty());
    let all = headers.iter().flat_map(|header| header.features.iter().cloned());
    let features: BTreeSet<String> = all.filter(|_| !is_bare).collect();
    let gate = gate(&features.into_iter().collect::<Vec<_>>());
    quote! {
        #gate
        use specwright_runtime::Header;
    }
}
