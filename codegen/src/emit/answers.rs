//! The end of a call: the ways to send it, and the enums of successes that differ.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Piece;
use super::parts::{docs, ident, text};
use super::types::ty;
use crate::ir::{EventData, EventPart, Framing, Status};
use crate::model::{Answer, AnswerEnum, Operation, Payload, SendMethod, Values, Way};

/// The successes of a call that differ.
pub(super) fn answers(item: &AnswerEnum) -> Vec<Piece> {
    let enum_docs = docs(&item.docs);
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.name));
        match &variant.payload {
            Payload::Empty => quote!(#docs #name,),
            Payload::Json(_) | Payload::Text | Payload::Bytes => {
                let payload = received(&variant.payload);
                quote!(#docs #name(#payload),)
            }
        }
    });
    let arms = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let status = match variant.status {
            Status::Exact(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Range(digit) => {
                let first = Literal::u16_unsuffixed(digit * 100);
                let last = Literal::u16_unsuffixed(digit * 100 + 99);
                quote!(#first..=#last)
            }
            Status::Default => quote!(_),
        };
        let read = match &variant.payload {
            Payload::Empty => quote!(Ok(Self::#name)),
            Payload::Json(_) => quote!(parts.json().map(Self::#name)),
            Payload::Text => quote!(parts.text().map(Self::#name)),
            Payload::Bytes => quote!(parts.bytes().map(Self::#name)),
        };
        quote!(#status => #read,)
    });
    let definition = quote! {
        #enum_docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    };
    let reason = "an exact status comes before its range";
    let overlap =
        overlaps(item).then(|| quote!(#[allow(clippy::match_overlapping_arm, reason = #reason)]));
    let decode = quote! {
        #overlap
        #[inline]
        fn decode(parts: v1::AnswerParts<'_>) -> Result<Self, v1::Undecodable> {
            match parts.status() {
                #(#arms)*
                _ => parts.unlisted(),
            }
        }
    };
    let head = quote!(impl v1::Answers for #name);
    vec![Piece::Item(definition), Piece::Impl { head, members: vec![decode] }]
}

/// Whether a status and the range it is in are both listed.
fn overlaps(item: &AnswerEnum) -> bool {
    let within = |range: u16| {
        let statuses = item.variants.iter().map(|variant| variant.status);
        statuses
            .into_iter()
            .any(|status| matches!(status, Status::Exact(code) if code / 100 == range))
    };
    item.variants
        .iter()
        .any(|variant| matches!(variant.status, Status::Range(range) if within(range)))
}

/// The type of what is received.
fn received(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(()),
        Payload::Json(body) => ty(body),
        Payload::Text => quote!(String),
        Payload::Bytes => quote!(specwright_runtime::bytes::Bytes),
    }
}

/// The type of a stream.
fn stream_type(values: &Values) -> TokenStream {
    let item = values.item.as_ref().map(ty);
    match (&values.framing, item) {
        (Framing::Events(_), None) => quote!(specwright_runtime::EventStream),
        (Framing::Events(_), Some(item)) => quote!(specwright_runtime::EventStream<#item>),
        (Framing::Lines | Framing::Sequence, None) => {
            quote!(specwright_runtime::JsonStream<specwright_runtime::serde_json::Value>)
        }
        (Framing::Lines | Framing::Sequence, Some(item)) => {
            quote!(specwright_runtime::JsonStream<#item>)
        }
    }
}

/// What of an event is the value, and where they end, unless it is all JSON to the last.
fn events(values: &Values) -> Option<TokenStream> {
    let Framing::Events(part) = &values.framing else { return None };
    let end = match &values.end {
        Some(end) => {
            let end = text(end);
            quote!(Some(#end))
        }
        None => quote!(None),
    };
    let item = match part {
        EventPart::Data if values.end.is_none() => return None,
        EventPart::Data => quote!(v1::Item::Data),
        EventPart::Text => quote!(v1::Item::Text),
        EventPart::Whole(data) => whole(*data),
        EventPart::Named { names, others } => {
            let each = names.iter().map(|(name, data)| {
                let (name, item) = (text(name), whole(*data));
                quote!((#name, #item))
            });
            let others = whole(*others);
            quote!(v1::Item::Named(&[#(#each),*], &#others))
        }
    };
    Some(quote!(.events(#item, #end)))
}

/// An event as a whole, by what its data is.
fn whole(data: EventData) -> TokenStream {
    match data {
        EventData::Json => quote!(v1::Item::Whole),
        EventData::Text => quote!(v1::Item::WholeText),
        EventData::Either => quote!(v1::Item::WholeEither),
    }
}

/// The type of what a way of sending gives.
pub(super) fn answer(answer: &Answer) -> TokenStream {
    match answer {
        Answer::One(payload) => received(payload),
        Answer::Stream(values) => stream_type(values),
        Answer::OneOf(answers) => {
            let name = ident(&answers.name);
            quote!(#name)
        }
    }
}

/// The type of an operation's documented errors.
pub(super) fn error(operation: &Operation) -> TokenStream {
    match &operation.error {
        Some(name) => {
            let name = ident(name);
            quote!(#name)
        }
        None => quote!(specwright_runtime::NoError),
    }
}

/// The methods of one way to send a call.
///
/// They name the types that the answer is read as. Without `#[inline]` the client's crate would compile
/// the reading of every type that it has, and whoever uses three calls would wait for all.
pub(super) fn sending(way: &Way, operation: &Operation) -> Vec<TokenStream> {
    let (answer, error) = (answer(&way.answer), error(operation));
    let kind = match &way.answer {
        Answer::One(Payload::Empty) => "empty",
        Answer::One(Payload::Json(_)) => "json",
        Answer::One(Payload::Text) => "text",
        Answer::One(Payload::Bytes) => "bytes",
        Answer::OneOf(_) => "one_of",
        Answer::Stream(values) => match &values.framing {
            Framing::Events(_) => "events",
            Framing::Lines => "lines",
            Framing::Sequence => "sequence",
        },
    };
    let accept = way.accept.iter().map(text).map(|media_types| quote!(.accept(#media_types)));
    let events = match &way.answer {
        Answer::Stream(values) => events(values),
        Answer::One(_) | Answer::OneOf(_) => None,
    };
    let call = quote!(self.call #(#accept)* #events);
    let whole = quote!(specwright_runtime::Response<#answer>);
    let stream = quote!(specwright_runtime::Response<specwright_runtime::Download>);
    let method = |method: &SendMethod, gives: &TokenStream, end: &str| {
        let (docs, name, end) = (docs(&method.docs), ident(&method.name), ident(end));
        quote! {
            #docs
            #[inline]
            pub fn #name(self) -> specwright_runtime::ResponseFuture<#gives, #error> {
                #call.#end()
            }
        }
    };
    let mut methods = vec![
        method(&way.send, &answer, &format!("send_{kind}")),
        method(&way.with_metadata, &whole, &format!("send_{kind}_with_metadata")),
    ];
    methods.extend(way.stream.iter().map(|streaming| method(streaming, &stream, "send_download")));
    methods
}
