//! Calls: a struct around the runtime's call, its setters, and how it is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Piece;
use super::client::public_input;
use super::parts::{docs, ident};
use super::types::{Home, ty};
use crate::model::types::Type;
use crate::model::{Argument, ArgumentPlace, Input, Operation, Payload, Request, Setter};

pub(super) fn call(operation: &Operation) -> Vec<Piece> {
    let docs = docs(&operation.call_docs);
    let name = ident(&operation.call);
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until `send` is awaited"]
        pub struct #name {
            call: v1::Call,
        }
    };
    let mut members = vec![constructor(operation)];
    members.extend(operation.setters.iter().map(setter));
    members.extend(sending(operation));
    vec![
        Piece::Item(definition),
        Piece::Item(metadata(operation)),
        Piece::Impl { head: quote!(impl #name), members },
    ]
}

/// What never changes about the operation.
fn metadata(operation: &Operation) -> TokenStream {
    let Request {
        id,
        http_method,
        path,
        accept,
        content_type,
        success,
        security,
        envelope,
        nonempty,
    } = &operation.request;
    let name = ident(&operation.metadata);
    let method = ident(http_method);
    let accept = accept.iter().map(|media_type| quote!(.accept(#media_type)));
    let content_type = content_type.iter().map(|media_type| quote!(.content_type(#media_type)));
    let success = success.iter().map(|status| Literal::u16_unsuffixed(*status));
    let security = (!security.is_empty()).then(|| {
        let sets = security.iter().map(|set| quote!(&[#(#set),*]));
        quote!(.security(&[#(#sets),*]))
    });
    let envelope = envelope.iter().map(|envelope| {
        let (parameter, status, content) =
            (&envelope.parameter, &envelope.status, &envelope.content);
        quote!(.envelope(#parameter, #status, #content))
    });
    let nonempty = nonempty.then(|| quote!(.nonempty()));
    quote! {
        static #name: v1::Operation = v1::Operation::new(v1::Method::#method, #id, #path)
            #(#accept)*
            #(#content_type)*
            .success(&[#(#success),*])
            #security
            #(#envelope)*
            #nonempty;
    }
}

fn constructor(operation: &Operation) -> TokenStream {
    let metadata = ident(&operation.metadata);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = internal_input(&argument.input);
        quote!(#name: #ty)
    });
    let steps = operation.arguments.iter().map(argument_step);
    quote! {
        pub(super) fn new(core: &v1::Core, #(#arguments),*) -> Self {
            Self { call: core.call(&#metadata) #(#steps)* }
        }
    }
}

/// What the client's method hands on.
fn internal_input(input: &Input) -> TokenStream {
    match input {
        Input::Text => quote!(&str),
        Input::Value(_) | Input::Each(_) | Input::EachText => public_input(input),
    }
}

fn argument_step(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    step(&argument.place, &argument.input, &quote!(#name))
}

fn setter(setter: &Setter) -> TokenStream {
    let docs = docs(&setter.docs);
    let name = ident(&setter.name);
    let ty = public_input(&setter.input);
    let value = match setter.input {
        Input::Text => quote!(#name.as_ref()),
        Input::Value(_) | Input::Each(_) | Input::EachText => quote!(#name),
    };
    let step = step(&setter.place, &setter.input, &value);
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call = self.call #step;
            self
        }
    }
}

/// One link in the chain that builds the call.
fn step(place: &ArgumentPlace, input: &Input, value: &TokenStream) -> TokenStream {
    // An enum of texts travels as its text.
    let text = match input {
        Input::Value(Type::Named(_)) => quote!(#value.as_str()),
        Input::Value(_) | Input::Text | Input::Each(_) | Input::EachText => quote!(#value),
    };
    match place {
        ArgumentPlace::Path { wire } => quote!(.path(#wire, #text)),
        ArgumentPlace::Query { wire } => quote!(.query(#wire, #text)),
        ArgumentPlace::QueryList { wire, explode } => {
            let values = match input {
                Input::EachText => quote!(#value.into_iter().map(|one| one.as_ref().to_owned())),
                Input::Value(_) | Input::Text | Input::Each(_) => quote!(#value),
            };
            quote!(.query_list(#wire, #values, #explode))
        }
        ArgumentPlace::Header { wire } => quote!(.header(#wire, #text)),
        ArgumentPlace::Envelope => quote!(.envelope(#value)),
        ArgumentPlace::Body => quote!(.json(&#value)),
    }
}

fn sending(operation: &Operation) -> Vec<TokenStream> {
    let answer = match &operation.answer {
        Payload::Empty => quote!(()),
        Payload::Json(body) => ty(body, Home::Sibling),
        Payload::Text => quote!(String),
        Payload::Bytes => quote!(specwright_runtime::bytes::Bytes),
    };
    let error = match &operation.error {
        Some(name) => {
            let name = ident(name);
            quote!(#name)
        }
        None => quote!(specwright_runtime::NoError),
    };
    let kind = match &operation.answer {
        Payload::Empty => "empty",
        Payload::Json(_) => "json",
        Payload::Text => "text",
        Payload::Bytes => "bytes",
    };
    let send = ident(&format!("send_{kind}"));
    let send_with_metadata = ident(&format!("send_{kind}_with_metadata"));
    let (send_doc, metadata_doc) = match &operation.answer {
        Payload::Empty => (
            " Makes the call; the answer has no body.",
            " Makes the call; gives status and headers of the answer.",
        ),
        Payload::Json(_) | Payload::Text | Payload::Bytes => (
            " Makes the call; gives the body of the answer.",
            " Makes the call; gives the body with status and headers.",
        ),
    };
    vec![
        quote! {
            #[doc = #send_doc]
            pub fn send(self) -> specwright_runtime::ResponseFuture<#answer, #error> {
                self.call.#send()
            }
        },
        quote! {
            #[doc = #metadata_doc]
            pub fn send_with_metadata(
                self,
            ) -> specwright_runtime::ResponseFuture<specwright_runtime::Response<#answer>, #error> {
                self.call.#send_with_metadata()
            }
        },
    ]
}
