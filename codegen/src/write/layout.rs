//! Which file holds what: a crate of several files, or one file for a build script.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{File, MARK, NotRust, print};
use crate::emit::{Modules, Piece};

/// One module: its name, whether users see it, what it imports, what it holds.
struct Module<'m> {
    name: &'static str,
    docs: &'static str,
    public: bool,
    imports: TokenStream,
    pieces: &'m [Piece],
}

/// The source files of a crate; `document` is the file name the header mentions.
pub(crate) fn crate_files(modules: &Modules, document: &str) -> Result<Vec<File>, NotRust> {
    let parts = parts(modules);
    let mut files = vec![file("src/lib.rs", document, root(modules, &parts))?];
    for part in &parts {
        let path = format!("src/{}.rs", part.name);
        files.push(file(&path, document, body(part))?);
    }
    Ok(files)
}

/// Everything in one file, to be `include!`d: no inner attributes, modules nested.
pub(crate) fn module_file(modules: &Modules, document: &str, path: &str) -> Result<File, NotRust> {
    let parts = parts(modules);
    let mut text = reexports(modules);
    for part in &parts {
        let nested = nested(part);
        text = text.and_then(|text| Ok(format!("{text}\n{}", nested?)));
    }
    file(path, document, text)
}

fn parts(modules: &Modules) -> Vec<Module<'_>> {
    let v1 = quote!(
        use specwright_runtime::codegen::v1;
    );
    let mut parts = vec![Module {
        name: "client",
        docs: "The client.",
        public: false,
        imports: v1.clone(),
        pieces: &modules.client,
    }];
    if !modules.credentials.is_empty() {
        let uses_v1 = modules.credentials_read_environment;
        parts.push(Module {
            name: "credentials",
            docs: "Ways to log in, one a security scheme.",
            public: false,
            imports: if uses_v1 { v1.clone() } else { TokenStream::new() },
            pieces: &modules.credentials,
        });
    }
    parts.push(Module {
        name: "operations",
        docs: "Calls, one an operation, and what they document as errors.",
        public: true,
        imports: if modules.operations.is_empty() { TokenStream::new() } else { v1 },
        pieces: &modules.operations,
    });
    let derives = modules.derives.iter().map(|name| Ident::new(name, Span::call_site()));
    let imports = match modules.derives.as_slice() {
        [] => TokenStream::new(),
        [_] => quote!(use specwright_runtime::codegen::v1::#(#derives)*;),
        _ => quote!(use specwright_runtime::codegen::v1::{#(#derives),*};),
    };
    parts.push(Module {
        name: "types",
        docs: "Values that travel: the schemas of the document.",
        public: true,
        imports,
        pieces: &modules.types,
    });
    parts
}

/// The root of a crate: docs and lints, then the modules, then what the root shows.
fn root(modules: &Modules, parts: &[Module<'_>]) -> Result<String, String> {
    let docs = modules.docs.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    let docs = print::tokens(quote!(#(#![doc = #docs])*))?;
    let lints = [
        quote!(#![forbid(unsafe_code)]),
        quote!(#![deny(missing_docs)]),
        quote!(#![cfg_attr(rustfmt, rustfmt_skip)]),
    ];
    let lints: Result<Vec<String>, String> = lints.into_iter().map(print::tokens).collect();
    let (hidden, shown): (Vec<_>, Vec<_>) = parts.iter().partition(|part| !part.public);
    let hidden = print::tokens(hidden.into_iter().map(declaration).collect())?;
    let shown: Result<Vec<String>, String> =
        shown.into_iter().map(|part| print::tokens(declaration(part))).collect();
    Ok([docs, format!("{}\n", lints?.join("\n")), hidden, shown?.join("\n"), reexports(modules)?]
        .join("\n"))
}

fn declaration(part: &Module<'_>) -> TokenStream {
    let name = Ident::new(part.name, Span::call_site());
    let docs = part.public.then(|| format!(" {}", part.docs));
    let docs = docs.iter().map(|line| quote!(#[doc = #line]));
    let public = part.public.then(|| quote!(pub));
    quote! {
        #(#docs)*
        #[rustfmt::skip]
        #public mod #name;
    }
}

fn reexports(modules: &Modules) -> Result<String, String> {
    let mut names: Vec<&String> = modules.credential_names.iter().collect();
    names.sort();
    let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
    let credentials = match modules.credential_names.as_slice() {
        [] => TokenStream::new(),
        [_] => quote!(pub use self::credentials::#(#names)*;),
        _ => quote!(pub use self::credentials::{#(#names),*};),
    };
    let own = print::tokens(quote! {
        pub use self::client::Client;
        #credentials
    })?;
    let docs = " What a call, the builder and the credentials fail with: `?` converts into it.";
    let error = print::tokens(quote! {
        #[doc = #docs]
        pub use specwright_runtime::AnyError as Error;
    })?;
    Ok(format!("{own}\n{error}"))
}

fn body(part: &Module<'_>) -> Result<String, String> {
    let imports = print::tokens(part.imports.clone())?;
    let pieces = print::pieces(part.pieces)?;
    Ok(match (imports.is_empty(), pieces.is_empty()) {
        (false, false) => format!("{imports}\n{pieces}"),
        _ => format!("{imports}{pieces}"),
    })
}

fn nested(part: &Module<'_>) -> Result<String, String> {
    let public = if part.public { "pub " } else { "" };
    let inside = print::indent(&body(part)?);
    // The text is generated: what a reader's own lints say about it is of no use to them, nor that
    // they use only some of it.
    Ok(format!(
        "/// {}\n#[allow(dead_code, clippy::all, clippy::pedantic)]\n{public}mod {} {{\n{inside}}}\n",
        part.docs, part.name
    ))
}

fn file(path: &str, document: &str, text: Result<String, String>) -> Result<File, NotRust> {
    let text = text.map_err(|message| NotRust { file: path.to_owned(), message })?;
    let version = env!("CARGO_PKG_VERSION");
    let document: String = document.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    let text = format!("{MARK} {version} from {document}; changes are lost.\n\n{text}");
    Ok(File { path: path.to_owned(), text })
}
