//! Open enums of texts.

use quote::quote;

use super::Piece;
use super::parts::{docs, ident};
use crate::model::StringEnum;

pub(super) fn string_enum(item: &StringEnum) -> Piece {
    let name = ident(&item.name);
    let item_docs = docs(&item.docs);
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.name);
        let wire = variant.rename.iter().map(|rename| quote!(#[wire(#rename)]));
        quote! {
            #docs
            #(#wire)*
            #name,
        }
    });
    let unknown = ident(item.unknown);
    let unknown_doc = " A value that the document does not list, as it came.";
    Piece::Item(quote! {
        #item_docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #unknown_doc]
            #unknown(String),
        }
    })
}
