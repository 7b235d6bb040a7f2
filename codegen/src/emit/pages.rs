//! Answers in pages: what the operation's record says of them, and the methods that read them.
//!
//! As `send` does they name the types that answers are read as, and so are compiled by who calls them.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers;
use super::parts::{digits, docs, ident, text};
use super::types::ty;
use crate::ir::{Paging, Step, Turn};
use crate::model::{Operation, Paged, SendMethod, Taken};

/// The methods of a call that read its answers page by page.
pub(super) fn methods(paged: &Paged, operation: &Operation) -> Vec<TokenStream> {
    let (page, item, error) = (ty(&paged.page), ty(&paged.item), answers::error(operation));
    let items = taken(&paged.way);
    let method = |method: &SendMethod, gives: TokenStream, body: TokenStream| {
        let (docs, name) = (docs(&method.docs), ident(&method.name));
        quote! {
            #docs
            #[inline]
            pub fn #name(self) -> #gives {
                #body
            }
        }
    };
    vec![
        method(
            &paged.items,
            quote!(specwright_runtime::Items<#item, #error>),
            quote!(self.call.items_json(|page: #page| #items)),
        ),
        method(
            &paged.pages,
            quote!(specwright_runtime::Pages<#page, #error>),
            quote!(self.call.pages_json()),
        ),
    ]
}

/// From a page to its items.
fn taken(way: &[Taken]) -> TokenStream {
    let mut outer: Option<TokenStream> = None;
    let mut here = quote!(page);
    for step in way {
        let value: TokenStream = field(&here, step);
        if !is_optional(step) {
            here = value;
            continue;
        }
        outer = Some(match outer {
            None => value,
            Some(outer) => quote!(#outer.and_then(|value| #value)),
        });
        here = quote!(value);
    }
    let ends_open = way.last().is_some_and(is_optional);
    match outer {
        None => here,
        Some(outer) if ends_open => quote!(#outer.unwrap_or_default()),
        Some(outer) => quote!(#outer.map(|value| #here).unwrap_or_default()),
    }
}

fn field(place: &TokenStream, step: &Taken) -> TokenStream {
    match step {
        Taken::Value(name) | Taken::Maybe(name) => {
            let name = ident(name);
            quote!(#place.#name)
        }
        Taken::ThreeState(name) => {
            let name = ident(name);
            quote!(#place.#name.into_option())
        }
    }
}

/// Whether the value may be missing.
fn is_optional(step: &Taken) -> bool {
    match step {
        Taken::Value(_) => false,
        Taken::Maybe(_) | Taken::ThreeState(_) => true,
    }
}

/// What the record says of pages.
pub(super) fn record(paging: &Paging) -> TokenStream {
    let turn = match &paging.turn {
        Turn::Number(parameter, first) => counted("number", parameter, *first),
        Turn::Offset(parameter, first) => counted("offset", parameter, *first),
        Turn::Cursor(parameter) => {
            let parameter = text(parameter);
            quote!(cursor(#parameter))
        }
        Turn::Link => quote!(link()),
        Turn::Header => quote!(link_header()),
    };
    let items = &paging.items.steps;
    let items = (!items.is_empty()).then(|| {
        let names = items.iter().map(|(_, name)| text(name));
        quote!(.items(&[#(v1::Step::Name(#names)),*]))
    });
    let next = paging.next.iter().map(|path| steps(path)).map(|path| quote!(.next(#path)));
    let more = paging.more.iter().map(|path| steps(path)).map(|path| quote!(.more(#path)));
    quote!(.pages(v1::Paging::#turn #items #(#next)* #(#more)*))
}

fn counted(how: &'static str, parameter: &str, first: i64) -> TokenStream {
    let (how, parameter) = (ident(how), text(parameter));
    let first = digits(&first.to_string());
    quote!(#how(#parameter, #first))
}

fn steps(path: &[Step]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        Step::Name(name) => {
            let name = text(name);
            quote!(v1::Step::Name(#name))
        }
        Step::Last => quote!(v1::Step::Last),
        Step::Where(name, value) => {
            let (name, value) = (text(name), text(value));
            quote!(v1::Step::Where(#name, #value))
        }
    });
    quote!(&[#(#steps),*])
}
