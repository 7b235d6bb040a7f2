//! Structs, their constructors and setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::Piece;
use super::parts::{derives, digits, docs, flag, float, found_as, ident, many, text};
use super::types::ty;
use crate::model::policy::Presence;
use crate::model::types::Type;
use crate::model::{ConstValue, Constant, Field, FieldRole, Struct};

pub(super) fn structure(item: &Struct) -> Vec<Piece> {
    let name = ident(&item.name);
    let (docs, alias) = (docs(&item.docs), found_as(item.alias.as_deref()));
    let derives = derives(&item.derives);
    let fields = item.fields.iter().map(field);
    let silent =
        (!item.speaks).then(|| quote!(#[allow(missing_docs, reason = "the document has none")]));
    let definition = quote! {
        #docs
        #alias
        #derives
        #silent
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    };
    let mut members: Vec<TokenStream> = item.constants.iter().map(constant).collect();
    members.push(constructor(item));
    members.extend(item.fields.iter().filter_map(setter));
    let mut pieces =
        vec![Piece::Item(definition), Piece::Impl { head: quote!(impl #name), members }];
    if item.default_is_new {
        let head = quote!(impl Default for #name);
        let default = quote!(
            fn default() -> Self {
                Self::new()
            }
        );
        pieces.push(Piece::Impl { head, members: vec![default] });
    }
    pieces
}

/// The fields whose values only a caller knows.
fn asked_for(item: &Struct) -> impl Iterator<Item = &Field> {
    item.fields.iter().filter(|field| field.setter.is_none() && field.fixed.is_none())
}

fn field(field: &Field) -> TokenStream {
    let (docs, alias) = (docs(&field.docs), found_as(field.alias.as_deref()));
    let name = ident(&field.name);
    let ty = ty(&field.ty);
    let rename = field.rename.iter().map(text);
    let mut wire: Vec<TokenStream> = rename.map(|rename| quote!(#rename)).collect();
    match field.role {
        FieldRole::Property(Presence::RequiredNullable) => wire.push(quote!(nullable)),
        FieldRole::Property(_) => {}
        FieldRole::Rest => wire.push(quote!(flatten)),
    }
    let wire = (!wire.is_empty()).then(|| quote!(#[wire(#(#wire),*)]));
    quote! {
        #docs
        #alias
        #wire
        pub #name: #ty,
    }
}

/// `new`, which takes what the document requires.
fn constructor(item: &Struct) -> TokenStream {
    let required: Vec<&Field> = asked_for(item).collect();
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let argument = argument(field);
        quote!(#name: #argument)
    });
    if item.default {
        return quote! {
            /// Every field left out.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let values = item.fields.iter().map(|field| {
        let name = ident(&field.name);
        match (&field.setter, &field.fixed) {
            (None, Some(fixed)) => {
                let value = fixed_value(field, fixed);
                quote!(#name: #value)
            }
            (None, None) => match value(field) {
                Some(value) => quote!(#name: #value),
                None => quote!(#name),
            },
            (Some(_), _) => {
                let nothing = nothing(field.role);
                quote!(#name: #nothing)
            }
        }
    });
    let is_known = item.fields.iter().any(|field| field.fixed.is_some());
    let is_left_out = item.fields.iter().any(|field| field.setter.is_some());
    let doc = match (is_known, is_left_out) {
        (true, true) => {
            " What is required and can be more than one thing; everything else is left out."
        }
        (true, false) => " What can be more than one thing; the rest is known.",
        (false, true) => " What is required; everything else is left out.",
        (false, false) => " All of its fields.",
    };
    let many = many(required.len());
    quote! {
        #[doc = #doc]
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// What a field holds that the constructor does not ask for.
fn nothing(role: FieldRole) -> TokenStream {
    match role {
        FieldRole::Property(Presence::Optional) => quote!(None),
        FieldRole::Property(Presence::ThreeState) => quote!(specwright_runtime::Nullable::Absent),
        FieldRole::Property(Presence::Required | Presence::RequiredNullable) | FieldRole::Rest => {
            quote!(Default::default())
        }
    }
}

/// What a constructor or setter is given for a field.
fn argument(field: &Field) -> TokenStream {
    let bare = ty(&field.bare);
    converted(field).map_or(bare, |target| quote!(impl Into<#target>))
}

/// What is made of the argument for a field, where that is whatever becomes it.
fn converted(field: &Field) -> Option<TokenStream> {
    let bare = ty(&field.bare);
    let inner = if field.boxed { quote!(Box<#bare>) } else { bare.clone() };
    match (&field.role, &field.bare) {
        (FieldRole::Property(Presence::ThreeState), _) => {
            Some(quote!(specwright_runtime::Nullable<#inner>))
        }
        (FieldRole::Property(Presence::RequiredNullable), _) => Some(quote!(Option<#inner>)),
        (_, Type::Scalar(scalar)) if scalar.is_converted() => Some(bare),
        _ => None,
    }
}

/// The argument made into the field's type; nothing where it is that already.
fn value(field: &Field) -> Option<TokenStream> {
    let name = ident(&field.name);
    let inner = match (&field.bare, field.boxed) {
        (Type::Scalar(scalar), false) if scalar.is_converted() => Some(quote!(#name.into())),
        (_, true) => Some(quote!(Box::new(#name))),
        _ => None,
    };
    match field.role {
        FieldRole::Property(Presence::Required) | FieldRole::Rest => inner,
        FieldRole::Property(Presence::Optional) => {
            let inner = inner.unwrap_or_else(|| quote!(#name));
            Some(quote!(Some(#inner)))
        }
        FieldRole::Property(Presence::RequiredNullable | Presence::ThreeState) => {
            Some(quote!(#name.into()))
        }
    }
}

fn setter(field: &Field) -> Option<TokenStream> {
    let setter = ident(field.setter.as_deref()?);
    let name = ident(&field.name);
    let argument = argument(field);
    let value = value(field).unwrap_or_else(|| quote!(#name));
    let doc = docs(&[format!("Sets [`{}`](Self::{}).", plain(&field.name), plain(&field.name))]);
    // Whoever calls it compiles it, as it is with generic ones: without that, a crate compiles each, and
    // with each how its type is dropped.
    let inline = converted(field).is_none().then(|| quote!(#[inline]));
    Some(quote! {
        #doc
        #inline
        pub fn #setter(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    })
}

/// A default, as a constant.
fn constant(constant: &Constant) -> TokenStream {
    let docs = docs(&constant.docs);
    let name = ident(&constant.name);
    let ty = ty(&constant.ty);
    let value = literal(&constant.value, &ty);
    let lint = constant.looks_famous.then(|| quote!(#[allow(clippy::approx_constant)]));
    quote! {
        #docs
        #lint
        pub const #name: #ty = #value;
    }
}

/// A value that is known, of a type.
fn literal(value: &ConstValue, ty: &TokenStream) -> TokenStream {
    match value {
        ConstValue::Bool(value) => flag(*value),
        ConstValue::Integer(value) => digits(value),
        ConstValue::Float(value) => float(*value),
        ConstValue::Text(value) => {
            let value = text(value);
            quote!(#value)
        }
        ConstValue::Variant(variant) => {
            let variant = ident(variant);
            quote!(#ty::#variant)
        }
    }
}

/// What a field holds that can only be one thing.
fn fixed_value(field: &Field, fixed: &ConstValue) -> TokenStream {
    let value = literal(fixed, &ty(&field.bare));
    match fixed {
        ConstValue::Text(_) => quote!(#value.to_owned()),
        ConstValue::Bool(_)
        | ConstValue::Integer(_)
        | ConstValue::Float(_)
        | ConstValue::Variant(_) => value,
    }
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
