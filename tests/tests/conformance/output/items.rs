//! Structs, enums, re-exports and modules.

use syn::ext::IdentExt;
use syn::{Attribute, Expr, Fields, ItemEnum, ItemMod, ItemStruct, ItemUse, Visibility};

use super::rust::{Scope, attribute_arguments, joined, leaves};
use crate::case::lower_camel;
use crate::surface::Surface;

/// The derives that say in which direction and as what a type travels.
const WIRE_DERIVES: [&str; 6] =
    ["Decode", "Deserialize", "Encode", "Serialize", "ServiceError", "StringEnum"];

pub(super) fn describe_struct(scope: &Scope<'_>, item: &ItemStruct, surface: &mut Surface) {
    if !is_public(&item.vis) {
        return;
    }
    let place = scope.place(&item.ident);
    let shape = match &item.fields {
        Fields::Named(fields) => {
            let public = fields.named.iter().filter(|field| is_public(&field.vis));
            let idents = public.filter_map(|field| {
                let ident = field.ident.as_ref()?.unraw().to_string();
                let fact = format!("{}: {}", wire_name(&field.attrs, &ident), scope.ty(&field.ty));
                surface.add(format!("{place}.{ident}"), fact);
                Some(ident)
            });
            format!("{{{}}}", joined(idents))
        }
        Fields::Unnamed(fields) => {
            format!("({})", joined(fields.unnamed.iter().map(|field| unnamed(scope, field))))
        }
        Fields::Unit => "without fields".into(),
    };
    surface.add(place, format!("struct {} {shape}", marks(&item.attrs)));
}

pub(super) fn describe_enum(scope: &Scope<'_>, item: &ItemEnum, surface: &mut Surface) {
    if !is_public(&item.vis) {
        return;
    }
    let place = scope.place(&item.ident);
    for variant in &item.variants {
        let ident = variant.ident.unraw().to_string();
        let status = attribute_arguments(&variant.attrs, "status");
        let status = if status.is_empty() {
            String::new()
        } else {
            format!("#[status({})] ", joined(status.iter().map(|argument| scope.expr(argument))))
        };
        let fact = match &variant.fields {
            Fields::Unit => wire_name(&variant.attrs, &ident),
            fields => format!("({})", joined(fields.iter().map(|field| scope.ty(&field.ty)))),
        };
        surface.add(format!("{place}::{ident}"), format!("{status}{fact}"));
    }
    let variants = joined(item.variants.iter().map(|variant| variant.ident.unraw().to_string()));
    surface.add(place, format!("enum {} {{{variants}}}", marks(&item.attrs)));
}

pub(super) fn describe_use(scope: &Scope<'_>, item: &ItemUse, surface: &mut Surface) {
    if is_public(&item.vis) {
        for (name, path) in leaves(&item.tree, "") {
            let place =
                if scope.module.is_empty() { name } else { format!("{}::{name}", scope.module) };
            surface.add(place, format!("pub use {}", scope.absolute(&path)));
        }
    }
}

pub(super) fn describe_module(scope: &Scope<'_>, item: &ItemMod, surface: &mut Surface) {
    let place = scope.place(&item.ident);
    match &item.content {
        Some((_, items)) if place == "operations::headers" => {
            describe_headers(&Scope::new(&place, items, scope.operations), items, surface);
        }
        Some(_) => {
            surface
                .problem(format!("{place}: this test expects every module in a file of its own"));
        }
        None => {}
    }
    if is_public(&item.vis) {
        surface.add(scope.place(&item.ident), "pub mod");
    }
}

/// Constants that are made by `Header::new("…")`.
fn describe_headers(scope: &Scope<'_>, items: &[syn::Item], surface: &mut Surface) {
    for item in items {
        match item {
            syn::Item::Const(item) if is_public(&item.vis) => {
                let fact = format!("{}: {}", scope.expr(&item.expr), scope.ty(&item.ty));
                surface.add(scope.place(&item.ident), fact);
            }
            syn::Item::Use(item) => describe_use(scope, item, surface),
            _ => surface.problem(format!("{}: an item this test does not know", scope.module)),
        }
    }
}

pub(super) fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn unnamed(scope: &Scope<'_>, field: &syn::Field) -> String {
    let public = if is_public(&field.vis) { "pub " } else { "" };
    format!("{public}{}", scope.ty(&field.ty))
}

/// The wire derives in brackets, then the attributes that users feel.
fn marks(attributes: &[Attribute]) -> String {
    let mut derives: Vec<String> = attribute_arguments(attributes, "derive")
        .iter()
        .filter_map(|derive| match derive {
            Expr::Path(derive) => {
                derive.path.segments.last().map(|segment| segment.ident.to_string())
            }
            _ => None,
        })
        .filter(|derive| WIRE_DERIVES.contains(&derive.as_str()))
        .collect();
    derives.sort();
    let felt = ["non_exhaustive", "must_use"]
        .into_iter()
        .filter(|name| attributes.iter().any(|attribute| attribute.path().is_ident(name)));
    [format!("[{}]", derives.join(", "))]
        .into_iter()
        .chain(felt.map(str::to_owned))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `"createdAt"`, with the marks that change how the value travels behind it.
fn wire_name(attributes: &[Attribute], ident: &str) -> String {
    let mut name = format!("{:?}", lower_camel(ident));
    let mut marks = String::new();
    for argument in attribute_arguments(attributes, "wire") {
        match argument {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
                name = format!("{:?}", text.value())
            }
            Expr::Path(mark) => {
                marks = format!(
                    "{marks} {}",
                    mark.path.get_ident().map_or_else(String::new, ToString::to_string)
                )
            }
            _ => marks += " and a wire attribute this test does not know",
        }
    }
    name + &marks
}
