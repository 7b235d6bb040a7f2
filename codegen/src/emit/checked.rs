//! Checked types: one field that is private, so that whoever makes one goes through the check.

use quote::quote;

use super::Piece;
use super::parts::{derives, digits, docs, float, found_as, ident, text};
use super::types::ty;
use crate::checked::Limit;
use crate::model::CheckedType;
use crate::model::types::Type;

pub(super) fn checked(item: &CheckedType) -> Piece {
    let name = ident(&item.name);
    let (docs, alias) = (docs(&item.docs), found_as(item.alias.as_deref()));
    let holds = ty(&Type::Scalar(item.holds));
    let derives = derives(&item.derives);
    let rules = item.rules.iter().map(|rule| {
        let name = ident(rule.name);
        let limit = match &rule.limit {
            Limit::Integer(value) => digits(value),
            Limit::Float(value) => float(*value),
            Limit::Pattern(value) => {
                let value = text(value);
                quote!(#value)
            }
        };
        quote!(#name = #limit)
    });
    Piece::Item(quote! {
        #docs
        #alias
        #derives
        #[check(#(#rules),*)]
        pub struct #name(#holds);
    })
}
