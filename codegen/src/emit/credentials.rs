//! Credential types.

use proc_macro2::TokenStream;
use quote::quote;

use super::Piece;
use super::parts::{docs, ident, text};
use crate::model::Credential;

pub(super) fn credential(item: &Credential) -> Vec<Piece> {
    let name = ident(&item.name);
    let docs = docs(&item.docs);
    let inner = ident(item.inner);
    let scheme = text(&item.scheme);
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(specwright_runtime::auth::#inner);
    };
    let mut members = vec![constructor(item)];
    members.extend(from_env(item));
    let conversion = quote! {
        impl From<#name> for specwright_runtime::auth::Credential {
            fn from(credential: #name) -> Self {
                Self::for_scheme(#scheme, credential.0)
            }
        }
    };
    vec![
        Piece::Item(definition),
        Piece::Impl { head: quote!(impl #name), members },
        Piece::Item(conversion),
    ]
}

fn constructor(item: &Credential) -> TokenStream {
    let inner = ident(item.inner);
    let constructor = ident(item.constructor);
    let fixed = item.fixed.iter().map(text);
    let arguments: Vec<_> = item.arguments.iter().map(|name| ident(name)).collect();
    let doc = match item.arguments.as_slice() {
        [only] => format!("Logs in with this {}.", words(only)),
        list => {
            let list: Vec<String> = list.iter().map(|name| words(name)).collect();
            format!("Logs in with {}.", list.join(" and "))
        }
    };
    let doc = docs(&[doc]);
    quote! {
        #doc
        pub fn new(#(#arguments: impl Into<String>),*) -> Self {
            Self(specwright_runtime::auth::#inner::#constructor(
                #(#fixed,)*
                #(#arguments.into(),)*
            ))
        }
    }
}

fn from_env(item: &Credential) -> Option<TokenStream> {
    let names = &item.env;
    if names.is_empty() {
        return None;
    }
    let arguments: Vec<_> = item.arguments.iter().map(|name| ident(name)).collect();
    let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let doc = docs(&[format!("Reads {} from the environment.", list.join(" and "))]);
    let names = names.iter().map(text);
    let error = " A variable is missing, empty, or not Unicode.";
    Some(quote! {
        #doc
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = #error]
        pub fn from_env() -> Result<Self, specwright_runtime::CredentialsError> {
            let [#(#arguments),*] = v1::env_vars([#(#names),*])?;
            Ok(Self::new(#(#arguments),*))
        }
    })
}

/// `client_secret` → `client secret`.
fn words(name: &str) -> String {
    name.trim_start_matches("r#").replace('_', " ")
}
