//! Headers of answers: a module of constants.

use quote::quote;

use super::Piece;
use super::parts::{docs, gate, ident};
use super::types::ty;
use crate::model::Header;

/// The module, where the document has any header.
pub(super) fn headers(headers: &[Header]) -> Option<Piece> {
    let members = headers.iter().map(|header| {
        let (docs, name, wire) = (docs(&header.docs), ident(&header.name), &header.wire);
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
    let import = quote!(
        use specwright_runtime::Header;
    );
    let members = std::iter::once(import).chain(members).collect();
    (!headers.is_empty()).then_some(Piece::Impl { head, members })
}
