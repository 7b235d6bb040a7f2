//! Functions that read what the API sends.

use quote::quote;

use super::Piece;
use super::parts::{deprecated, docs, gate, ident};
use super::types::ty;
use crate::model::Parser;

/// One function: `#[inline]`, so that the client does not compile the reading of every payload.
pub(super) fn parser(parser: &Parser) -> Piece {
    let (docs, gate) = (docs(&parser.docs), gate(&parser.features));
    let (name, ty) = (ident(&parser.name), ty(&parser.ty));
    let deprecated = deprecated(parser.deprecated.as_deref());
    Piece::Item(quote! {
        #docs
        #gate
        #deprecated
        #[inline]
        pub fn #name(body: &[u8]) -> Result<#ty, specwright_runtime::ParseError> {
            specwright_runtime::codegen::v1::parse(body)
        }
    })
}
