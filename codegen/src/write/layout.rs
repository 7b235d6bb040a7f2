//! Which file holds what: a crate of several files, or one file for a build script.

use proc_macro2::TokenStream;
use quote::quote;

use super::press::{Text, press};
use super::{File, MARK, NotRust, print};
use crate::emit::{Below, Documented, Modules, Recipes, Tree, docs, gate, ident, inner_docs, text};
use crate::plain::one_line;

/// One module of the root: its name, whether users see it, what it holds.
struct Module {
    name: &'static str,
    docs: Vec<String>,
    public: bool,
    tree: Tree<Text>,
}

/// What the root itself holds.
struct Root {
    docs: Vec<String>,
    recursion_limit: Option<usize>,
    credential_names: Vec<String>,
}

/// The source files of a crate; `document` is the file name the header mentions.
pub(crate) fn crate_files(
    modules: Modules<Recipes<'_>>,
    document: &str,
) -> Result<Vec<File>, NotRust> {
    let (own, parts) = parts(press(modules));
    let mut files = vec![file("src/lib.rs", document, root(&own, &parts))?];
    // Used up on the way: all of the text twice is more than there need be.
    for Module { name, tree: Tree { body, below }, .. } in parts {
        let path = format!("src/{name}.rs");
        files.push(file(&path, document, trunk(body, &below))?);
        for Below { name: leaf, body, .. } in below {
            let path = format!("src/{name}/{}.rs", plain(&leaf));
            files.push(file(&path, document, branch(body))?);
        }
    }
    Ok(files)
}

/// Everything in one file, to be `include!`d: no inner attributes, modules nested.
pub(crate) fn module_file(
    modules: Modules<Recipes<'_>>,
    document: &str,
    path: &str,
) -> Result<File, NotRust> {
    let (own, parts) = parts(press(modules));
    let mut text = reexports(&own);
    for part in parts {
        let nested = nested(part);
        text = text.and_then(|text| Ok(format!("{text}\n{}", nested?)));
    }
    file(path, document, text)
}

fn parts(modules: Modules<Text>) -> (Root, Vec<Module>) {
    let own = Root {
        docs: modules.docs,
        recursion_limit: modules.recursion_limit,
        credential_names: modules.credential_names,
    };
    let client =
        Module { name: "client", docs: line("The client."), public: false, tree: modules.client };
    let credentials = modules.credentials.map(|tree| Module {
        name: "credentials",
        docs: line("Ways to log in, one a security scheme."),
        public: false,
        tree,
    });
    let groups = modules.groups.map(|tree| Module {
        name: "groups",
        docs: line("The client's methods, by tag."),
        public: true,
        tree,
    });
    let operations = Module {
        name: "operations",
        docs: line("Calls, one an operation, and what they document as errors."),
        public: true,
        tree: modules.operations,
    };
    let types = Module {
        name: "types",
        docs: line("Values that travel: the schemas of the document."),
        public: true,
        tree: modules.types,
    };
    let hooks = [("webhooks", modules.webhooks), ("callbacks", modules.callbacks)];
    let hooks = hooks.into_iter().filter_map(|(name, part)| {
        let Documented { docs, tree } = part?;
        Some(Module { name, docs, public: true, tree })
    });
    let mut parts = vec![client];
    parts.extend(credentials);
    parts.extend(groups);
    parts.extend([operations, types]);
    parts.extend(hooks);
    (own, parts)
}

fn line(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

/// The root of a crate: docs and lints, then the modules, then what the root shows.
fn root(own: &Root, parts: &[Module]) -> Result<String, String> {
    let docs = print::tokens(inner_docs(&own.docs).unwrap_or_default())?;
    let recursion_limit = own.recursion_limit.map(|limit| {
        let limit = text(limit.to_string());
        quote!(#![recursion_limit = #limit])
    });
    let lints = [
        quote!(#![forbid(unsafe_code)]),
        quote!(#![deny(missing_docs)]),
        quote!(#![allow(
            bindings_with_variant_name,
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints,
            clippy::approx_constant,
            clippy::disallowed_names,
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::excessive_precision,
            clippy::large_enum_variant,
            clippy::new_ret_no_self,
            clippy::self_named_constructors,
            clippy::should_implement_trait,
            clippy::type_complexity,
            clippy::wrong_self_convention,
            reason = "names, numbers, sizes and words are the document's"
        )]),
        quote!(#![cfg_attr(rustfmt, rustfmt_skip)]),
    ];
    let line = |lint| print::tokens(lint).map(|line| line.trim_end().to_owned());
    let lints: Result<Vec<String>, String> =
        recursion_limit.into_iter().chain(lints).map(line).collect();
    let (hidden, shown): (Vec<_>, Vec<_>) = parts.iter().partition(|part| !part.public);
    let hidden = print::tokens(hidden.into_iter().map(declaration).collect())?;
    let shown: Result<Vec<String>, String> =
        shown.into_iter().map(|part| print::tokens(declaration(part))).collect();
    Ok([docs, format!("{}\n", lints?.join("\n")), hidden, shown?.join("\n"), reexports(own)?]
        .join("\n"))
}

fn declaration(part: &Module) -> TokenStream {
    let name = ident(part.name);
    let docs = part.public.then(|| docs(&part.docs));
    let public = part.public.then(|| quote!(pub));
    quote! {
        #docs
        #[rustfmt::skip]
        #public mod #name;
    }
}

fn reexports(own: &Root) -> Result<String, String> {
    let mut names: Vec<&String> = own.credential_names.iter().collect();
    names.sort();
    let names = names.iter().map(|name| ident(name));
    let credentials = match own.credential_names.as_slice() {
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

/// The file of a module of the root: the modules below it, then what it holds itself.
fn trunk(body: Text, below: &[Below<Text>]) -> Result<String, String> {
    let below: Result<Vec<String>, String> =
        below.iter().map(|below| print::tokens(branched(below))).collect();
    let parts = [runtime(&body)?, below?.join("\n"), body.items?];
    Ok(joined(parts))
}

/// A module below another: it is built where one of its features is on, and what it declares is
/// the other's.
fn branched(below: &Below<Text>) -> TokenStream {
    let name = ident(&below.name);
    let gate = gate(&below.features);
    let shown = below.body.declares.then(|| quote!(#gate pub use self::#name::*;));
    quote! {
        #gate
        mod #name;
        #shown
    }
}

/// The file of a module below another.
fn branch(body: Text) -> Result<String, String> {
    let modules = body.imports.modules.iter().map(|name| ident(name));
    let modules = match modules.len() {
        0 => TokenStream::new(),
        1 => quote!(use super::super::#(#modules)*;),
        _ => quote!(use super::super::{#(#modules),*};),
    };
    Ok(joined([runtime(&body)?, print::tokens(modules)?, body.items?]))
}

/// What a module takes from the runtime.
fn runtime(body: &Text) -> Result<String, String> {
    let v1 = body.imports.uses_v1.then(|| {
        quote!(
            use specwright_runtime::codegen::v1;
        )
    });
    let derives = body.imports.derives.iter().map(|name| ident(name));
    let derives = match derives.len() {
        0 => TokenStream::new(),
        1 => quote!(use specwright_runtime::codegen::v1::#(#derives)*;),
        _ => quote!(use specwright_runtime::codegen::v1::{#(#derives),*};),
    };
    print::tokens(quote!(#v1 #derives))
}

/// The texts that are any, a blank line between them.
fn joined<const N: usize>(texts: [String; N]) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

fn nested(part: Module) -> Result<String, String> {
    let docs = docs(&part.docs);
    let public = part.public.then(|| quote!(pub));
    let name = ident(part.name);
    // The text is generated: what a reader's own lints say about it is of no use to them, nor that
    // they use only some of it.
    let head = print::tokens(quote! {
        #docs
        #[allow(dead_code, bindings_with_variant_name, clippy::all, clippy::pedantic)]
        #public mod #name {}
    })?;
    let open = head.trim_end().trim_end_matches('}');
    Ok(format!("{open}\n{}}}\n", print::indent(&trunk(part.tree.body, &part.tree.below)?)))
}

/// The name of a module's file: rustc looks for one without the raw prefix.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn file(path: &str, document: &str, text: Result<String, String>) -> Result<File, NotRust> {
    let text = text.map_err(|message| NotRust { file: path.to_owned(), message })?;
    let version = env!("CARGO_PKG_VERSION");
    let document = one_line(document);
    let text = format!("{MARK} {version} from {document}; changes are lost.\n\n{text}");
    Ok(File { path: path.to_owned(), text })
}

#[cfg(test)]
mod tests {
    use super::file;

    /// rustc refuses a comment that is shown in another order than it is written.
    #[test]
    fn the_name_of_the_document_stays_in_its_comment() {
        let name = "a\n\u{202e}b\u{2028}\r.yaml";
        let file = file("src/lib.rs", name, Ok("x".to_owned())).unwrap();
        assert!(file.text.ends_with(" from a  b  .yaml; changes are lost.\n\nx"), "{}", file.text);
    }
}
