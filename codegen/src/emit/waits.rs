//! The methods that wait: of a call, and of the client.
//!
//! They name the types that answers are read as, and so are compiled by who calls them, as `send` is.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers;
use super::client::{handed_on, public_input};
use super::parts::{deprecated, docs, gate, ident, many, path, text};
use super::types::ty;
use crate::model::{
    Access, AndWait, AwaitedState, Holds, Hop, Onward, Operation, Pattern, Turned, Wait, WaitGoal,
};

/// The methods of a call that make it again and again.
pub(super) fn waits(operation: &Operation) -> Vec<TokenStream> {
    operation.waits.iter().map(|wait| one(wait, operation)).collect()
}

fn one(wait: &Wait, operation: &Operation) -> TokenStream {
    let (docs, name) = (docs(&wait.docs), ident(&wait.name));
    let (gives, error) = (waiter(wait), answers::error(operation));
    let body = match &wait.goal {
        WaitGoal::Status(code) => {
            let code = Literal::u16_unsuffixed(*code);
            quote!(self.call.wait_json_for_status::<_, #error>(#code))
        }
        WaitGoal::State(state) => {
            let (answer, judged) = (ty(&wait.state), judged(state));
            quote! {
                let judge = |answer: &#answer| #judged;
                self.call.wait_json::<_, #error>(judge)
            }
        }
    };
    quote! {
        #docs
        #[inline]
        pub fn #name(self) -> #gives {
            #body
        }
    }
}

/// What to wait is to be given.
fn waiter(wait: &Wait) -> TokenStream {
    let state = ty(&wait.state);
    match wait.goal {
        WaitGoal::State(_) => quote!(specwright_runtime::Waiter<#state>),
        WaitGoal::Status(_) => quote!(specwright_runtime::Waiter<#state, ()>),
    }
}

/// What an answer means.
fn judged(state: &AwaitedState) -> TokenStream {
    let read = read(&state.field, &quote!(answer));
    let value: TokenStream = match state.as_text {
        true => read.as_text(),
        false => read.borrowed(),
    };
    let arm = |patterns: &[Pattern], means: TokenStream| {
        let patterns = patterns.iter().map(pattern);
        match read.optional {
            true => quote!(Some(#(#patterns)|*) => v1::Progress::#means,),
            false => quote!(#(#patterns)|* => v1::Progress::#means,),
        }
    };
    let reached = arm(&state.reached, quote!(Reached));
    let failed = (!state.failed.is_empty()).then(|| arm(&state.failed, quote!(Failed)));
    let others = (!state.is_all).then(|| quote!(_ => v1::Progress::Pending,));
    quote! {
        match #value {
            #reached
            #failed
            #others
        }
    }
}

fn pattern(pattern: &Pattern) -> TokenStream {
    match pattern {
        Pattern::Text(value) => {
            let value = text(value);
            quote!(#value)
        }
        Pattern::Flag(true) => quote!(true),
        Pattern::Flag(false) => quote!(false),
        Pattern::Variant(of, name) => {
            let (of, name) = (ty(of), ident(name));
            quote!(#of::#name)
        }
    }
}

/// The methods of the client, or of a group, that prepare a call to be made again and again.
pub(super) fn client_waits(operation: &Operation) -> impl Iterator<Item = TokenStream> {
    let named = operation.waits.iter().filter_map(|wait| Some((wait, wait.client.as_ref()?)));
    named.map(|(wait, client)| {
        let (docs, name) = (docs(&client.docs), ident(&client.name));
        let deprecated = deprecated(operation.deprecated.as_deref());
        let (call, method, gives) = (path(&operation.call_path), ident(&wait.name), waiter(wait));
        let arguments = operation.arguments.iter().map(|argument| {
            let (name, ty) = (ident(&argument.name), public_input(&argument.input));
            quote!(#name: #ty)
        });
        let values = operation.arguments.iter().map(handed_on);
        let many = many(operation.arguments.len() + 1);
        quote! {
            #docs
            #deprecated
            #many
            #[inline]
            pub fn #name(&self, #(#arguments),*) -> #gives {
                #call::new(&self.core, #(#values),*).#method()
            }
        }
    })
}

/// The method of a call that goes on with a wait.
pub(super) fn and_wait(wait: &AndWait, operation: &Operation) -> TokenStream {
    let (docs, name) = (docs(&wait.docs), ident(&wait.name));
    let gate = gate(&wait.features);
    let answer = operation.ways.first().map(|way| answers::answer(&way.answer));
    let state = ty(&wait.state);
    let gives = match wait.gives_state {
        true => quote!(specwright_runtime::Started<#answer, #state>),
        false => quote!(specwright_runtime::Started<#answer, #state, ()>),
    };
    let looks = wait.arguments.iter().any(|one| matches!(one, Onward::Field(..)));
    let seen = if looks { quote!(answer) } else { quote!(_) };
    let arguments = wait.arguments.iter().map(onward);
    let (call, method) = (path(&wait.call), ident(&wait.wait));
    quote! {
        #docs
        #gate
        #[inline]
        pub fn #name(self) -> #gives {
            v1::started(self.call.clone(), self.send(), |before, #seen| {
                let next = #call::new(before.core(), #(#arguments),*);
                Some(next.#method())
            })
        }
    }
}

fn onward(argument: &Onward) -> TokenStream {
    match argument {
        Onward::Given { wire, parsed } => {
            let wire = text(wire);
            let parse = parsed.then(|| quote!(.parse().ok()?));
            quote!(before.given(#wire)#parse)
        }
        Onward::Field(field, turned) => {
            let read = read(field, &quote!(answer));
            let value: TokenStream = read.found();
            match turned {
                Turned::Same => value,
                Turned::Cloned => quote!(#value.clone()),
                Turned::AsText => quote!(#value.as_str()),
                Turned::Written => quote!(&#value.to_string()),
                Turned::Parsed => quote!(#value.parse().ok()?),
                Turned::Read => quote!(#value.to_string().parse().ok()?),
            }
        }
    }
}

/// An expression that reads a field.
struct Reading {
    value: TokenStream,
    /// It is an `Option`.
    optional: bool,
    /// It is a place rather than a reference or a copy.
    place: bool,
}

impl Reading {
    /// As a match wants it.
    fn borrowed(&self) -> TokenStream {
        let value: &TokenStream = &self.value;
        if self.place && !self.optional { quote!(&#value) } else { quote!(#value) }
    }

    /// As a text, of a type that has one.
    fn as_text(&self) -> TokenStream {
        let value: &TokenStream = &self.value;
        match self.optional {
            true => quote!(#value.map(|value| value.as_str())),
            false => quote!(#value.as_str()),
        }
    }

    /// As what it holds, or nothing at all.
    fn found(&self) -> TokenStream {
        let value: &TokenStream = &self.value;
        if self.optional { quote!(#value?) } else { quote!(#value) }
    }
}

/// Goes from one value to the next; what lies behind one that may be missing may be missing too.
fn read(access: &Access, root: &TokenStream) -> Reading {
    let mut outer: Option<TokenStream> = None;
    let mut place = root.clone();
    let mut last = None;
    for hop in &access.hops {
        let value = step(&place, hop);
        if hop.holds.is_optional() {
            outer = Some(match outer {
                None => value,
                Some(outer) => quote!(#outer.and_then(|value| #value)),
            });
            place = quote!(value);
            last = None;
        } else {
            place = value;
            last = Some(hop);
        }
    }
    let is_place = last.is_some_and(|hop| hop.holds == Holds::Value && !hop.is_method);
    match (outer, last) {
        (None, _) => Reading { value: place, optional: false, place: is_place },
        (Some(outer), None) => Reading { value: outer, optional: true, place: false },
        (Some(outer), Some(_)) => {
            let inner = if is_place { quote!(&#place) } else { place };
            Reading { value: quote!(#outer.map(|value| #inner)), optional: true, place: false }
        }
    }
}

fn step(place: &TokenStream, hop: &Hop) -> TokenStream {
    let name = ident(&hop.name);
    let field = if hop.is_method { quote!(#place.#name()) } else { quote!(#place.#name) };
    match (hop.holds, hop.is_method) {
        (Holds::ThreeState, _) => quote!(#field.value()),
        (Holds::ThreeStateText, _) => quote!(#field.as_deref().into_option()),
        (Holds::ThreeStateCopied, _) => quote!(#field.into_option()),
        (Holds::Value | Holds::Copied | Holds::MaybeCopied, _) | (_, true) => field,
        (Holds::Text, false) => quote!(#field.as_str()),
        (Holds::Maybe, false) => quote!(#field.as_ref()),
        (Holds::MaybeDeref, false) => quote!(#field.as_deref()),
    }
}
