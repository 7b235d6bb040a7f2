//! What an output declares, as a set: each name with what it stands for on the wire.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use specwright_tests::documents::Document;
use syn::visit::{self, Visit};

/// Every item, field, variant and method, with the first line of its docs, which in these
/// documents says whose name it is, and with its wire name.
pub(crate) fn items(document: &Document) -> BTreeSet<String> {
    let mut collector = Collector::default();
    for file in document.as_crate().files {
        let parsed = syn::parse_file(&file.text).expect("the output is Rust");
        collector.inside = vec![file.path];
        collector.visit_file(&parsed);
    }
    collector.found
}

#[derive(Default)]
struct Collector {
    inside: Vec<String>,
    found: BTreeSet<String>,
}

impl Collector {
    fn add(&mut self, name: &str, attributes: &[syn::Attribute]) {
        let is = |name: &'static str| move |one: &&syn::Attribute| one.path().is_ident(name);
        // A shared error says how many operations share it, which a neighbour may well change.
        let counts =
            |one: &&syn::Attribute| one.to_token_stream().to_string().contains("Errors that");
        let docs = attributes.iter().find(is("doc")).filter(|one| !counts(one));
        let wire = attributes.iter().find(is("wire"));
        let told: Vec<String> =
            docs.into_iter().chain(wire).map(|one| one.to_token_stream().to_string()).collect();
        self.found.insert(format!("{}::{name} {}", self.inside.join("::"), told.join(" ")));
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.ident.to_string(), &item.attrs);
        self.inside.push(item.ident.to_string());
        visit::visit_item_struct(self, item);
        self.inside.pop();
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.ident.to_string(), &item.attrs);
        self.inside.push(item.ident.to_string());
        visit::visit_item_enum(self, item);
        self.inside.pop();
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add(&item.ident.to_string(), &item.attrs);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.add(&format!("{} = {}", item.ident, item.expr.to_token_stream()), &item.attrs);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.inside.push(item.self_ty.to_token_stream().to_string());
        visit::visit_item_impl(self, item);
        self.inside.pop();
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        // Arguments come in the document's order, which is the point of the exercise.
        self.add(&item.sig.ident.to_string(), &item.attrs);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.add(&variant.ident.to_string(), &variant.attrs);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        self.add(&name, &field.attrs);
    }
}
