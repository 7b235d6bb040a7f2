//! Unions and the accessors of what their alternatives share.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Piece;
use super::parts::{derives, digits, docs, flag, float, found_as, ident, text};
use super::types::ty;
use crate::model::types::Type;
use crate::model::{Accessor, Allowed, Form, KnownBy, Otherwise, Read, Union};

pub(super) fn union(item: &Union) -> Vec<Piece> {
    let name = ident(&item.name);
    let (item_docs, alias) = (docs(&item.docs), found_as(item.alias.as_deref()));
    let derives = derives(&item.derives);
    let tag = item.tag.iter().map(text).map(|tag| quote!(#[wire(tag = #tag)]));
    let variants = item.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let name = ident(&variant.name);
        let ty = ty(&variant.ty);
        let known_by = known_by(&variant.known_by);
        quote! {
            #docs
            #known_by
            #name(#ty),
        }
    });
    let unknown = ident(item.unknown);
    let unknown_doc = match item.base {
        Type::Boxed(_) => " Anything else, with what all alternatives have.",
        Type::Map(_) => " Any other object, as it came.",
        _ => " Anything else, as it came.",
    };
    let base = ty(&item.base);
    let definition = quote! {
        #item_docs
        #alias
        #derives
        #(#tag)*
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #unknown_doc]
            #[wire(other)]
            #unknown(#base),
        }
    };
    let arms: Vec<Ident> = item.variants.iter().map(|variant| ident(&variant.name)).collect();
    let mut pieces = vec![Piece::Item(definition)];
    if !item.accessors.is_empty() {
        let members = item.accessors.iter().map(|one| accessor(one, &arms, &unknown)).collect();
        pieces.push(Piece::Impl { head: quote!(impl #name), members });
    }
    pieces
}

/// How many values of a tag stand in one attribute, which is always one line.
const IN_ONE_LINE: usize = 4;

/// The attribute by which the derives know a variant; of many values each has a line.
fn known_by(known_by: &KnownBy) -> TokenStream {
    match known_by {
        KnownBy::Tag(values) => {
            let texts = values.iter().map(text);
            if values.len() > IN_ONE_LINE {
                quote!(#(#[wire(#texts)])*)
            } else {
                quote!(#[wire(#(#texts),*)])
            }
        }
        KnownBy::Number(values) => {
            let values = values.iter().map(|value| Literal::i64_unsuffixed(*value));
            quote!(#[wire(#(#values),*)])
        }
        KnownBy::Shape(form, constants) => {
            let form = ident(match form {
                Form::Text => "text",
                Form::Number => "number",
                Form::Boolean => "boolean",
                Form::List => "list",
                Form::Object => "object",
            });
            let constants = constants.iter().map(|(property, values)| {
                let property = text(property);
                match values {
                    Allowed::Listed(values) => {
                        let values = values.iter().map(constant);
                        quote!(only(#property, #(#values),*))
                    }
                    Allowed::Of(texts) => {
                        let texts = ty(texts);
                        quote!(only(#property, #texts))
                    }
                }
            });
            quote!(#[wire(#form #(, #constants)*)])
        }
    }
}

/// A value of a property.
fn constant(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => flag(*value),
        Value::Number(number) if number.is_f64() => float(number.as_f64().unwrap_or_default()),
        Value::Number(number) => digits(&number.to_string()),
        Value::String(words) => {
            let words = text(words);
            quote!(#words)
        }
        Value::Null => quote!(null),
        Value::Array(_) | Value::Object(_) => {
            let json = text(value.to_string());
            quote!(json(#json))
        }
    }
}

fn accessor(accessor: &Accessor, arms: &[Ident], unknown: &Ident) -> TokenStream {
    let docs = docs(&accessor.docs);
    let name = ident(&accessor.name);
    let returns = ty(&accessor.returns);
    let value = match accessor.read {
        Read::Borrow => quote!(&value.#name),
        Read::Copy => quote!(value.#name),
        Read::BorrowInside => quote!(value.#name.as_ref()),
        Read::DerefInside => quote!(value.#name.as_deref()),
    };
    let (value, unknown) = match accessor.otherwise {
        Otherwise::Same => (value.clone(), quote!(Self::#unknown(value) => #value)),
        Otherwise::Nothing => (value, quote!(Self::#unknown(_) => None)),
        Otherwise::NothingElseSome => (quote!(Some(#value)), quote!(Self::#unknown(_) => None)),
    };
    quote! {
        #docs
        pub fn #name(&self) -> #returns {
            match self {
                #(Self::#arms(value) => #value,)*
                #unknown,
            }
        }
    }
}
