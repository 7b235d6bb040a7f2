//! The client: one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::parts::{docs, ident};
use super::types::{Home, ty};
use super::{Form, Piece};
use crate::model::{Argument, Client, Input, Operation};

pub(super) fn client(client: &Client, operations: &[Operation], form: Form) -> Vec<Piece> {
    let docs = docs(&client.docs);
    let unused = operations
        .is_empty()
        .then(|| quote!(#[expect(dead_code, reason = "the document has no operations")]));
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            #unused
            core: v1::Core,
        }
    };
    let builder_doc = " Starts configuring a client.";
    let mut members = vec![quote! {
        #[doc = #builder_doc]
        pub fn builder() -> specwright_runtime::ClientBuilder<Self> {
            v1::builder(&API)
        }
    }];
    members.extend(operations.iter().map(method));
    let service = quote! {
        impl v1::Service for Client {
            fn from_core(core: v1::Core) -> Self {
                Self { core }
            }
        }
    };
    vec![
        Piece::Item(definition),
        Piece::Impl { head: quote!(impl Client), members },
        Piece::Item(service),
        Piece::Item(api(client, form)),
    ]
}

fn api(client: &Client, form: Form) -> TokenStream {
    let (name, version) = match form {
        Form::Crate => (quote!(env!("CARGO_PKG_NAME")), quote!(env!("CARGO_PKG_VERSION"))),
        Form::Module => {
            let (title, version) = (&client.title, &client.version);
            (quote!(#title), quote!(#version))
        }
    };
    let servers = &client.servers;
    let variables = (!client.variables.is_empty()).then(|| {
        let pairs = client.variables.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(.variables(&[#(#pairs),*]))
    });
    let servers = (!servers.is_empty()).then(|| quote!(.servers(&[#(#servers),*])));
    quote! {
        static API: v1::Api = v1::Api::new(#name, #version) #servers #variables;
    }
}

fn method(operation: &Operation) -> TokenStream {
    let docs = docs(&operation.method_docs);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.method);
    let call = ident(&operation.call);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = public_input(&argument.input);
        quote!(#name: #ty)
    });
    let values = operation.arguments.iter().map(handed_on);
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> super::operations::#call {
            super::operations::#call::new(&self.core, #(#values),*)
        }
    }
}

/// What a caller may write.
pub(super) fn public_input(input: &Input) -> TokenStream {
    match input {
        Input::Text => quote!(impl AsRef<str>),
        Input::Value(value) => ty(value, Home::Sibling),
        Input::Each(item) => {
            let item = ty(item, Home::Sibling);
            quote!(impl IntoIterator<Item = #item>)
        }
        Input::EachText => quote!(impl IntoIterator<Item = impl AsRef<str>>),
        Input::Into(target) => {
            let target = ty(target, Home::Sibling);
            quote!(impl Into<#target>)
        }
        Input::EachInto(target) => {
            let target = ty(target, Home::Sibling);
            quote!(impl IntoIterator<Item = impl Into<#target>>)
        }
    }
}

fn handed_on(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    match argument.input {
        Input::Text => quote!(#name.as_ref()),
        Input::Into(_) => quote!(#name.into()),
        Input::Value(_) | Input::Each(_) | Input::EachText | Input::EachInto(_) => quote!(#name),
    }
}
