//! The client, and the method of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::parts::{deprecated, docs, found_as, ident, many, path, text};
use super::types::ty;
use super::{Form, Piece, calls, waits};
use crate::model::{Argument, Client, Crate, Input, Operation};

pub(super) fn client(model: &Crate, form: Form) -> Vec<Piece> {
    let docs = docs(&model.client.docs);
    let visible = (!model.groups.is_empty()).then(|| quote!(pub(super)));
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            #visible core: v1::Core,
        }
    };
    let builder_doc = " Starts configuring a client.";
    let options_doc = " The same client, whose calls have these options.";
    let shared_doc =
        " It shares everything with this one: connections, tokens, the budget for repeats.";
    let builder = quote! {
        #[doc = #builder_doc]
        pub fn builder() -> specwright_runtime::ClientBuilder<Self> {
            v1::builder(&API)
        }
    };
    let options = quote! {
        #[doc = #options_doc]
        #[doc = ""]
        #[doc = #shared_doc]
        #[must_use]
        pub fn with_options(&self, options: specwright_runtime::CallOptions) -> Self {
            Self { core: self.core.with_options(options) }
        }
    };
    let mut members = vec![builder, options];
    if model.operation_modules.is_empty() {
        let own = model.operations.iter().filter(|operation| operation.group.is_none());
        members.extend(own.flat_map(methods));
    }
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
        Piece::Item(api(&model.client, form)),
    ]
}

fn api(client: &Client, form: Form) -> TokenStream {
    let (name, version) = match form {
        Form::Crate => (quote!(env!("CARGO_PKG_NAME")), quote!(env!("CARGO_PKG_VERSION"))),
        Form::Module => {
            let (title, version) = (text(&client.title), text(&client.version));
            (quote!(#title), quote!(#version))
        }
    };
    let variables = (!client.variables.is_empty()).then(|| {
        let pairs = client.variables.iter().map(|(name, value)| {
            let (name, value) = (text(name), text(value));
            quote!((#name, #value))
        });
        quote!(.variables(&[#(#pairs),*]))
    });
    let demanded = (!client.demanded.is_empty()).then(|| {
        let demanded = client.demanded.iter().map(text);
        quote!(.demanded(&[#(#demanded),*]))
    });
    let servers = (!client.servers.is_empty()).then(|| {
        let servers = client.servers.iter().map(text);
        quote!(.servers(&[#(#servers),*]))
    });
    let code = client.error_code.iter().map(text).map(|pointer| quote!(.error_code(#pointer)));
    quote! {
        static API: v1::Api = v1::Api::new(#name, #version) #servers #variables #demanded #(#code)*;
    }
}

/// The method of an operation, and those that make its call again and again.
pub(super) fn methods(operation: &Operation) -> impl Iterator<Item = TokenStream> {
    std::iter::once(method(operation)).chain(waits::client_waits(operation))
}

fn method(operation: &Operation) -> TokenStream {
    let (docs, alias) = (docs(&operation.method_docs), found_as(operation.alias.as_deref()));
    let deprecated = deprecated(operation.deprecated.as_deref());
    let name = ident(&operation.method);
    let call = path(&operation.call_path);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = public_input(&argument.input);
        quote!(#name: #ty)
    });
    let values = operation.arguments.iter().map(handed_on);
    let many = many(operation.arguments.len() + 1);
    let inline = calls::inline(operation);
    quote! {
        #docs
        #alias
        #deprecated
        #many
        #inline
        pub fn #name(&self, #(#arguments),*) -> #call {
            #call::new(&self.core, #(#values),*)
        }
    }
}

/// What a caller may write.
pub(super) fn public_input(input: &Input) -> TokenStream {
    match input {
        Input::Text => quote!(impl AsRef<str>),
        Input::Value(value) => ty(value),
        Input::Each(item) => {
            let item = ty(item);
            quote!(impl IntoIterator<Item = #item>)
        }
        Input::EachText => quote!(impl IntoIterator<Item = impl AsRef<str>>),
        Input::Into(target) => {
            let target = ty(target);
            quote!(impl Into<#target>)
        }
        Input::EachInto(target) => {
            let target = ty(target);
            quote!(impl IntoIterator<Item = impl Into<#target>>)
        }
    }
}

pub(super) fn handed_on(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    match argument.input {
        Input::Text => quote!(#name.as_ref()),
        Input::Into(_) => quote!(#name.into()),
        Input::Value(_) | Input::Each(_) | Input::EachText | Input::EachInto(_) => quote!(#name),
    }
}
