//! Types and second names.

use proc_macro2::TokenStream;
use quote::quote;

use super::Piece;
use super::parts::{docs, found_as, ident, path, rust_path};
use crate::model::Alias;
use crate::model::types::{Scalar, Type};

/// A type.
pub(super) fn ty(ty: &Type) -> TokenStream {
    let inner = |inner: &Type| self::ty(inner);
    match ty {
        Type::Scalar(one) => scalar(*one),
        Type::Named(at) | Type::Sibling(at) => path(at),
        Type::Foreign(at) => rust_path(at),
        Type::Vec(items) => {
            let items = inner(items);
            quote!(Vec<#items>)
        }
        Type::Tuple(places) => {
            let places = places.iter().map(inner);
            quote!((#(#places,)*))
        }
        Type::Map(values) => {
            let values = inner(values);
            quote!(std::collections::BTreeMap<String, #values>)
        }
        Type::Option(value) => {
            let value = inner(value);
            quote!(Option<#value>)
        }
        Type::Nullable(value) => {
            let value = inner(value);
            quote!(specwright_runtime::Nullable<#value>)
        }
        Type::Boxed(value) => {
            let value = inner(value);
            quote!(Box<#value>)
        }
        Type::Ref(value) => {
            let value = inner(value);
            quote!(&#value)
        }
        Type::Str => quote!(str),
        Type::StaticStr => quote!(&'static str),
        Type::Body => quote!(specwright_runtime::Body),
        Type::Part => quote!(specwright_runtime::Part),
        Type::Multipart => quote!(specwright_runtime::Multipart),
    }
}

fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I8 => quote!(i8),
        Scalar::I16 => quote!(i16),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U8 => quote!(u8),
        Scalar::U16 => quote!(u16),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::String => quote!(String),
        Scalar::Timestamp => quote!(specwright_runtime::jiff::Timestamp),
        Scalar::Date => quote!(specwright_runtime::jiff::civil::Date),
        Scalar::Uuid => quote!(specwright_runtime::uuid::Uuid),
        Scalar::Ipv4 => quote!(std::net::Ipv4Addr),
        Scalar::Base64 => quote!(specwright_runtime::Base64),
        Scalar::Decimal => quote!(specwright_runtime::Decimal),
        Scalar::Secret => quote!(specwright_runtime::Secret),
        Scalar::Value => quote!(specwright_runtime::serde_json::Value),
    }
}

/// A second name, in the module of what it names.
pub(super) fn alias(alias: &Alias) -> Piece {
    let (docs, found) = (docs(&alias.docs), found_as(alias.alias.as_deref()));
    let name = ident(&alias.name);
    let target = ty(&alias.target);
    Piece::Item(quote! {
        #docs
        #found
        pub type #name = #target;
    })
}
