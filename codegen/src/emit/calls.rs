//! Calls: a struct around the runtime's call, its setters, and how it is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client::public_input;
use super::parts::{deprecated, docs, flag, ident, many, text};
use super::types::ty;
use super::{Piece, answers, pages, waits};

use crate::ir::{Located, Place, Style, StyleForm};
use crate::model::{
    Argument, ArgumentPlace, BodyEnum, BodyKind, Input, Operation, Request, Setter,
};

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
    members.extend(operation.ways.iter().flat_map(|way| answers::sending(way, operation)));
    members.extend(operation.pages.iter().flat_map(|paged| pages::methods(paged, operation)));
    members.extend(waits::waits(operation));
    members.extend(operation.and_wait.iter().map(|wait| waits::and_wait(wait, operation)));
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
        located,
    } = &operation.request;
    let name = ident(&operation.metadata);
    let method = ident(http_method);
    let (id, path) = (text(id), text(path));
    let accept = accept.iter().map(text).map(|media_type| quote!(.accept(#media_type)));
    let content_type = content_type.iter().map(text);
    let content_type = content_type.map(|media_type| quote!(.content_type(#media_type)));
    let success = success.iter().map(|status| Literal::u16_unsuffixed(*status));
    let security = (!security.is_empty()).then(|| {
        let sets = security.iter().map(|set| {
            let set = set.iter().map(text);
            quote!(&[#(#set),*])
        });
        quote!(.security(&[#(#sets),*]))
    });
    let envelope = envelope.iter().map(|envelope| {
        let (parameter, status, content) =
            (text(&envelope.parameter), text(&envelope.status), text(&envelope.content));
        quote!(.envelope(#parameter, #status, #content))
    });
    let located = match located {
        Located::Client => None,
        Located::Own(url) => {
            let url = text(url);
            Some(quote!(.server(#url)))
        }
        Located::Caller => Some(quote!(.unlocated())),
    };
    let nonempty = nonempty.then(|| quote!(.nonempty()));
    let paging = operation.pages.iter().map(|paged| pages::record(&paged.paging));
    quote! {
        static #name: v1::Operation = v1::Operation::new(v1::Method::#method, #id, #path)
            #(#accept)*
            #(#content_type)*
            .success(&[#(#success),*])
            #security
            #(#envelope)*
            #nonempty
            #located
            #(#paging)*;
    }
}

/// `#[inline]` where the client's method for an operation writes a body: as with `send`, whoever makes the
/// call compiles how its type is written.
pub(super) fn inline(operation: &Operation) -> Option<TokenStream> {
    let mut places = operation.arguments.iter().map(|argument| &argument.place);
    places.any(writes_body).then(|| quote!(#[inline]))
}

fn writes_body(place: &ArgumentPlace) -> bool {
    match place {
        ArgumentPlace::Body(BodyKind::Json | BodyKind::Form(_) | BodyKind::OneOf)
        | ArgumentPlace::PartJson { .. } => true,
        ArgumentPlace::Body(BodyKind::Multipart | BodyKind::Text | BodyKind::Bytes)
        | ArgumentPlace::Path { .. }
        | ArgumentPlace::Query { .. }
        | ArgumentPlace::QueryList { .. }
        | ArgumentPlace::Header { .. }
        | ArgumentPlace::Envelope
        | ArgumentPlace::Styled { .. }
        | ArgumentPlace::Part { .. }
        | ArgumentPlace::Parts { .. }
        | ArgumentPlace::PartValue { .. } => false,
    }
}

fn constructor(operation: &Operation) -> TokenStream {
    let metadata = ident(&operation.metadata);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = internal_input(&argument.input);
        quote!(#name: #ty)
    });
    let fixed = operation.fixed.iter().map(|(place, value)| {
        let value = text(value);
        step(place, &Input::Text, &quote!(#value))
    });
    let steps = operation.arguments.iter().map(argument_step);
    let many = many(operation.arguments.len() + 1);
    // The client is a sibling of the module that all calls are in.
    let visible = match operation.module {
        None => quote!(pub(super)),
        Some(_) => quote!(pub(crate)),
    };
    quote! {
        #many
        #[inline]
        #visible fn new(core: &v1::Core, #(#arguments),*) -> Self {
            Self { call: core.call(&#metadata) #(#fixed)* #(#steps)* }
        }
    }
}

/// What the client's method hands on.
fn internal_input(input: &Input) -> TokenStream {
    match input {
        Input::Text => quote!(&str),
        Input::Into(target) => ty(target),
        Input::Value(_) | Input::Each(_) | Input::EachText | Input::EachInto(_) => {
            public_input(input)
        }
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
        Input::Value(_)
        | Input::Each(_)
        | Input::EachText
        | Input::Into(_)
        | Input::EachInto(_) => quote!(#name),
    };
    let step = step(&setter.place, &setter.input, &value);
    let deprecated = deprecated(setter.deprecated.as_deref());
    // As with the setters of types: what is generic is compiled by its callers anyway.
    let inline = match setter.input {
        Input::Value(_) => Some(quote!(#[inline])),
        Input::Text | Input::Each(_) | Input::EachText | Input::Into(_) | Input::EachInto(_) => {
            None
        }
    };
    quote! {
        #docs
        #deprecated
        #inline
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call = self.call #step;
            self
        }
    }
}

/// One link in the chain that builds the call.
fn step(place: &ArgumentPlace, input: &Input, value: &TokenStream) -> TokenStream {
    // A value that is encoded by what it is; a text is borrowed already.
    let borrowed = match input {
        Input::EachText => quote!(&v1::texts(#value)),
        Input::Each(_) => quote!(&v1::list(#value)),
        Input::Text => quote!(#value),
        Input::Value(_) | Input::Into(_) | Input::EachInto(_) => quote!(&#value),
    };
    match place {
        ArgumentPlace::Path { wire } => plain("path", wire, value),
        ArgumentPlace::Query { wire } => plain("query", wire, value),
        ArgumentPlace::QueryList { wire, explode } => {
            let values = match input {
                Input::EachText => quote!(#value.into_iter().map(|one| one.as_ref().to_owned())),
                Input::Value(_)
                | Input::Text
                | Input::Each(_)
                | Input::Into(_)
                | Input::EachInto(_) => quote!(#value),
            };
            let (wire, explode) = (text(wire), flag(*explode));
            quote!(.query_list(#wire, #values, #explode))
        }
        ArgumentPlace::Header { wire } => plain("header", wire, value),
        ArgumentPlace::Envelope => quote!(.envelope(#value)),
        ArgumentPlace::Styled { place, wire, style } => {
            let setter = ident(match place {
                Place::Path => "path_styled",
                Place::Query => "query_styled",
                Place::Header => "header_styled",
                Place::Cookie => "cookie",
            });
            let (wire, style) = (text(wire), self::style(*style));
            quote!(.#setter(#wire, #borrowed, #style))
        }
        ArgumentPlace::Body(kind) => body(kind, value),
        ArgumentPlace::Part { wire, media_type } => {
            part(["part", "part_of_type"], wire, media_type.as_ref(), value)
        }
        ArgumentPlace::Parts { wire, media_type } => {
            part(["parts", "parts_of_type"], wire, media_type.as_ref(), value)
        }
        ArgumentPlace::PartValue { wire, media_type } => {
            part(["part_value", "part_value_of_type"], wire, media_type.as_ref(), &borrowed)
        }
        ArgumentPlace::PartJson { wire, media_type } => {
            part(["part_json", "part_json_of_type"], wire, media_type.as_ref(), &borrowed)
        }
    }
}

/// A step for a part, by its name without and with a media type.
fn part(
    [usual, typed]: [&'static str; 2],
    wire: &str,
    media_type: Option<&String>,
    value: &TokenStream,
) -> TokenStream {
    let Some(media_type) = media_type else { return plain(usual, wire, value) };
    let (step, wire, media_type) = (ident(typed), text(wire), text(media_type));
    quote!(.#step(#wire, #media_type, #value))
}

/// A step that takes a name and a value.
fn plain(step: &'static str, wire: &str, value: &TokenStream) -> TokenStream {
    let (step, wire) = (ident(step), text(wire));
    quote!(.#step(#wire, #value))
}

fn body(kind: &BodyKind, value: &TokenStream) -> TokenStream {
    match kind {
        BodyKind::Json => quote!(.json(&#value)),
        BodyKind::Form(styles) => {
            let styles = styles.iter().map(|(name, style)| {
                let (name, style) = (text(name), self::style(*style));
                quote!((#name, #style))
            });
            quote!(.form(&#value, &[#(#styles),*]))
        }
        BodyKind::Multipart => quote!(.multipart(#value)),
        BodyKind::Text => quote!(.text(#value)),
        BodyKind::Bytes => quote!(.body(#value)),
        BodyKind::OneOf => quote!(.one_of(#value)),
    }
}

fn style(style: Style) -> TokenStream {
    let form = ident(match style.form {
        StyleForm::Simple => "SIMPLE",
        StyleForm::Label => "LABEL",
        StyleForm::Matrix => "MATRIX",
        StyleForm::Form => "FORM",
        StyleForm::SpaceDelimited => "SPACE_DELIMITED",
        StyleForm::PipeDelimited => "PIPE_DELIMITED",
        StyleForm::DeepObject => "DEEP_OBJECT",
        StyleForm::Json => "JSON",
    });
    let exploded = style.explode.then(|| quote!(.exploded()));
    let reserved = style.reserved.then(|| quote!(.reserved()));
    quote!(v1::Style::#form #exploded #reserved)
}

/// The bodies that a call may send.
pub(super) fn bodies(item: &BodyEnum) -> Vec<Piece> {
    let enum_docs = docs(&item.docs);
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.name));
        let ty = ty(&variant.ty);
        quote!(#docs #name(#ty),)
    });
    let arms = item.variants.iter().map(|variant| {
        let (name, media_type) = (ident(&variant.name), text(&variant.media_type));
        let value = match variant.body {
            BodyKind::Text => quote!(&body),
            BodyKind::Json
            | BodyKind::Form(_)
            | BodyKind::Multipart
            | BodyKind::Bytes
            | BodyKind::OneOf => quote!(body),
        };
        let step = body(&variant.body, &value);
        quote!(Self::#name(body) => call.content_type(#media_type) #step,)
    });
    let definition = quote! {
        #enum_docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    };
    let apply = quote! {
        #[inline]
        fn apply(self, call: v1::Call) -> v1::Call {
            match self { #(#arms)* }
        }
    };
    let head = quote!(impl v1::RequestContent for #name);
    vec![Piece::Item(definition), Piece::Impl { head, members: vec![apply] }]
}
