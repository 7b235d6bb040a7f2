//! Small tokens that every item needs.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// An identifier of the name table, raw ones included.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A path, as the model has it.
pub(super) fn path(path: &str) -> TokenStream {
    let steps = path.split("::").map(ident);
    quote!(#(#steps)::*)
}

/// What a function with more arguments than seven has to say to clippy.
pub(super) fn many(arguments: usize) -> Option<TokenStream> {
    let reason = "the document asks for them all";
    (arguments > 7).then(|| quote!(#[allow(clippy::too_many_arguments, reason = #reason)]))
}

/// Doc lines.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The derives of the runtime that a type carries.
pub(super) fn wire_derives(wire: crate::model::Wire) -> TokenStream {
    let encode = wire.encode.then(|| quote!(Encode,));
    let decode = wire.decode.then(|| quote!(Decode,));
    quote!(#encode #decode)
}

/// A whole number, given by its digits.
pub(super) fn digits(value: &str) -> TokenStream {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (Some(quote!(-)), digits),
        None => (None, value),
    };
    let digits = digits.parse().map_or_else(|_| Literal::string(value), Literal::u64_unsuffixed);
    quote!(#sign #digits)
}

/// A number with a fraction.
pub(super) fn float(value: f64) -> TokenStream {
    let sign = value.is_sign_negative().then(|| quote!(-));
    let value = Literal::f64_unsuffixed(value.abs());
    quote!(#sign #value)
}

/// The attribute, with its note.
pub(super) fn deprecated(note: Option<&str>) -> Option<TokenStream> {
    note.map(|note| quote!(#[deprecated(note = #note)]))
}

/// The condition under which an item is built that any one of these features needs.
pub(crate) fn gate(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    }
}
