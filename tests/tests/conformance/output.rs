//! The output's side: parses the generated Rust and writes down what it offers.
//!
//! Everything public is written down, whether or not the document can account for it; that is how
//! leftovers show.

mod body;
mod items;
mod methods;
mod records;
mod rust;

use crate::surface::Surface;
use rust::Scope;

/// What these files, given as (path, text), offer to the crate's users.
pub(crate) fn surface(files: &[(String, String)]) -> Surface {
    let mut surface = Surface::default();
    let parsed: Vec<(&str, syn::File)> = files
        .iter()
        .filter_map(|(path, text)| match syn::parse_file(text) {
            Ok(file) => Some((path.as_str(), unshared(file))),
            Err(error) => {
                surface.problem(format!("{path}: {error}"));
                None
            }
        })
        .collect();
    let operations = records::operation_ids(parsed.iter().flat_map(|(_, file)| &file.items));
    for (path, file) in &parsed {
        match module(path) {
            Some(module) => describe_file(
                &Scope::new(module, &file.items, &operations),
                &file.items,
                &mut surface,
            ),
            None => surface.problem(format!("{path}: this test expects no folders in src/")),
        }
    }
    surface
}

/// The same with an enum of its own for each second name of one: operations that fail alike share an
/// enum, which has a name that the document does not know.
fn unshared(mut file: syn::File) -> syn::File {
    let enums: Vec<syn::ItemEnum> = file.items.iter().filter_map(as_enum).cloned().collect();
    let mut shared = Vec::new();
    for item in &mut file.items {
        let syn::Item::Type(alias) = &*item else { continue };
        let syn::Type::Path(target) = &*alias.ty else { continue };
        let Some(target) = target.path.get_ident() else { continue };
        if let Some(found) = enums.iter().find(|known| known.ident == *target) {
            shared.push(target.clone());
            *item = syn::Item::Enum(syn::ItemEnum { ident: alias.ident.clone(), ..found.clone() });
        }
    }
    file.items.retain(|item| as_enum(item).is_none_or(|known| !shared.contains(&known.ident)));
    file
}

fn as_enum(item: &syn::Item) -> Option<&syn::ItemEnum> {
    match item {
        syn::Item::Enum(item) => Some(item),
        _ => None,
    }
}

/// `types.rs` → `types`; the root of the crate has no name.
fn module(path: &str) -> Option<&str> {
    let name = path.strip_suffix(".rs")?;
    match name {
        "lib" => Some(""),
        _ => (!name.contains('/')).then_some(name),
    }
}

fn describe_file(scope: &Scope<'_>, file: &[syn::Item], surface: &mut Surface) {
    for item in file {
        match item {
            syn::Item::Struct(item) => items::describe_struct(scope, item, surface),
            syn::Item::Enum(item) => items::describe_enum(scope, item, surface),
            syn::Item::Use(item) => items::describe_use(scope, item, surface),
            syn::Item::Mod(item) => items::describe_module(scope, item, surface),
            syn::Item::Impl(item) if item.trait_.is_some() => {
                records::describe_trait_impl(scope, item, surface)
            }
            syn::Item::Impl(item) => methods::describe_impl(scope, item, surface),
            syn::Item::Static(item) => records::describe_record(scope, &item.expr, surface),
            syn::Item::Const(item) => records::describe_record(scope, &item.expr, surface),
            syn::Item::Fn(item) => leftover(scope, &item.vis, &item.sig.ident, "fn", surface),
            syn::Item::Type(item) => leftover(scope, &item.vis, &item.ident, "type", surface),
            syn::Item::Trait(item) => leftover(scope, &item.vis, &item.ident, "trait", surface),
            _ => surface.problem(format!("{}: an item this test does not know", scope.module)),
        }
    }
}

/// Writes down a public item of a kind that no document asks for.
fn leftover(
    scope: &Scope<'_>,
    vis: &syn::Visibility,
    ident: &syn::Ident,
    kind: &str,
    surface: &mut Surface,
) {
    if matches!(vis, syn::Visibility::Public(_)) {
        surface.add(scope.place(ident), kind);
    }
}
