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
            Ok(file) => Some((path.as_str(), file)),
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
