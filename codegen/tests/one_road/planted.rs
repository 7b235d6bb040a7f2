//! Roads that somebody might build: each is seen.

use crate::{Source, problems};

/// What a function in `emit` could do with a text of the document.
const IN_EMIT: [(&str, &str); 24] = [
    ("a parameter", "fn f(name: &str) -> TokenStream { quote!(struct #name;) }"),
    ("a list", "fn f(names: &[String]) -> TokenStream { quote!(#(#names),*) }"),
    ("a field", "fn f(x: &Field) -> TokenStream { let r = &x.rename; quote!(#[wire(#r)]) }"),
    ("a pattern", "fn f(x: &Wire) -> TokenStream { match x { Wire::Of(y) => quote!(#y) } }"),
    ("a struct's pattern", "fn f(x: &X) -> TokenStream { let X { y } = x; quote!(#y) }"),
    ("an option", "fn f(x: &X) -> Option<TokenStream> { x.y.as_ref().map(|y| quote!(#y)) }"),
    (
        "a condition",
        "fn f(x: &X) -> TokenStream { if let Some(y) = &x.y { quote!(#y) } else { quote!() } }",
    ),
    ("an iterator", "fn f(x: &X) -> TokenStream { let y = x.y.iter(); quote!(#(#y)*) }"),
    (
        "a field of its own",
        "struct S { y: String } impl S { fn f(&self) -> TokenStream { let y = &self.y; quote!(#y) } }",
    ),
    (
        "a method of its own",
        "struct S; impl S { fn y(&self) -> String { g() } } fn f(s: &S) -> TokenStream { let y = s.y(); quote!(#y) }",
    ),
    ("a loop", "fn f(x: &X) { for y in &x.all { g(quote!(#y)); } }"),
    (
        "docs of its own",
        "fn f(x: &X) -> TokenStream { let d = format!(\" {}\", x.d); quote!(#[doc = #d]) }",
    ),
    (
        "one of two",
        "fn f(x: &X) -> TokenStream { let y = if x.a { \"a\" } else { &x.b }; quote!(#y) }",
    ),
    (
        "what falls back",
        "fn f(x: &X) -> TokenStream { let y = x.y.as_deref().unwrap_or(\"a\"); quote!(#y) }",
    ),
    (
        "a group in a group",
        "fn f(x: &X) -> TokenStream { let y = &x.y; quote!(mod a { fn b() { #y } }) }",
    ),
    ("a macro in a macro", "fn f(x: &X) -> Vec<TokenStream> { let y = &x.y; vec![quote!(#y)] }"),
    ("an identifier", "fn f(x: &X) -> Ident { Ident::new(&x.y, Span::call_site()) }"),
    ("an identifier by format", "fn f(x: &X) -> Ident { quote::format_ident!(\"a{}\", x.y) }"),
    ("a literal", "fn f(x: &X) -> Literal { Literal::string(&x.y) }"),
    ("a literal of bytes", "fn f(x: &X) -> Literal { Literal::byte_string(x.y.as_bytes()) }"),
    ("code", "fn f(x: &X) -> TokenStream { x.y.parse().unwrap_or_default() }"),
    ("code, by name", "fn f(x: &X) -> Option<TokenStream> { x.y.parse::<TokenStream>().ok() }"),
    (
        "code, by its trait",
        "fn f(x: &X) -> Option<TokenStream> { TokenStream::from_str(&x.y).ok() }",
    ),
    ("code, by syn", "fn f(x: &X) -> Option<syn::Type> { syn::parse_str(&x.y).ok() }"),
];

/// Files that would open a road.
const FILES: [(&str, &str); 10] = [
    ("lower/schema.rs", "use quote::quote;"),
    (
        "model/docs.rs",
        "fn f(x: &str) -> proc_macro2::TokenStream { x.parse().unwrap_or_default() }\nuse proc_macro2::TokenStream;",
    ),
    (
        "names/spelling.rs",
        "fn f(x: &str) -> Option<syn::Ident> { syn::parse_str::<syn::Ident>(x).ok() }",
    ),
    ("emit/structs.rs", "use quote::ToTokens;"),
    ("emit/structs.rs", "use proc_macro2::Literal as Number;"),
    ("emit/structs.rs", "use quote::*;"),
    ("emit/parts.rs", "pub(super) fn raw(x: &str) -> Literal { Literal::string(x) }"),
    ("emit/parts.rs", "fn number(x: &str) -> Option<Literal> { Literal::from_str(x).ok() }"),
    ("write/layout.rs", "fn comment(x: &str) -> String { format!(\"// {x}\") }"),
    ("write/manifest.rs", "fn f(file: &syn::File) -> String { prettyplease::unparse(file) }"),
];

/// What may be done.
const ALLOWED: &str = "
use proc_macro2::{Literal, TokenStream};
use quote::quote;
const OURS: &str = \"ours\";
fn ty(x: &Type) -> TokenStream { quote!(x) }
fn f(x: &X, head: &TokenStream, count: u16) -> TokenStream {
    let name = ident(&x.name);
    let (docs, wire) = (docs(&x.docs), text(&x.wire));
    let code = Literal::u16_unsuffixed(count);
    let fields = x.fields.iter().map(|field| {
        let ty = ty(field);
        quote!(#ty,)
    });
    let names = x.names.iter().map(text).map(|name| quote!((#name)));
    let many = x.many.then(|| quote!(#[allow(x, reason = \"ours\")]));
    let reason = \"ours\";
    quote! { #docs #many #head struct #name { #(#fields)* } #(#names)* #wire #code #reason #OURS }
}
";

/// The functions that all the others are made of.
const PARTS: &str = "
pub(super) fn text(text: impl AsRef<str>) -> Literal { Literal::string(text.as_ref()) }
pub(crate) fn ident(name: &str) -> Ident { Ident::new(name, Span::call_site()) }
pub(crate) fn docs(lines: &[String]) -> TokenStream { quote!() }
";

fn told(path: &str, text: &str) -> Vec<String> {
    problems(&[Source::of("emit/parts.rs", PARTS), Source::of(path, text)])
}

#[test]
fn other_roads_are_seen() {
    for (what, code) in IN_EMIT {
        assert!(!told("emit/structs.rs", code).is_empty(), "{what} is not seen: {code}");
    }
    for (path, code) in FILES {
        assert!(!told(path, code).is_empty(), "not seen in {path}: {code}");
    }
}

#[test]
fn the_roads_are_open() {
    assert_eq!(told("emit/structs.rs", ALLOWED), Vec::<String>::new());
}
