//! The `static` records of operations and of the API, and the impls that tie credentials to their
//! schemes.

use std::collections::BTreeMap;

use syn::{Expr, ExprCall, ImplItem, Item, ItemImpl, Path, PathArguments};

use super::body::Body;
use super::rust::{Scope, joined};
use crate::surface::Surface;

/// The operation id in each record, by the name of the `static`.
pub(super) fn operation_ids<'a>(items: impl Iterator<Item = &'a Item>) -> BTreeMap<String, String> {
    let nothing = BTreeMap::new();
    let scope = Scope::new("", &[], &nothing);
    items
        .filter_map(|item| {
            let Item::Static(item) = item else { return None };
            let (made, _) = chain(&item.expr)?;
            let id = scope.expr(made.args.get(1)?);
            scope
                .expr(&made.func)
                .ends_with("Operation::new")
                .then(|| (item.ident.to_string(), unquoted(&id)))
        })
        .collect()
}

/// Writes down `Operation::new(…).accept(…)…` and `Api::new(…).servers(…)`, a place for each call
/// in the chain.
pub(super) fn describe_record(scope: &Scope<'_>, expr: &Expr, surface: &mut Surface) {
    let Some((made, methods)) = chain(expr) else { return };
    let arguments: Vec<String> =
        made.args.iter().map(|argument| unquoted(&scope.expr(argument))).collect();
    let record = match (scope.expr(&made.func).as_str(), arguments.as_slice()) {
        ("specwright_runtime::codegen::v1::Operation::new", [method, id, path]) => {
            let record = format!("operation {id}");
            let method = method.rsplit("::").next().unwrap_or_default();
            surface.add(format!("{record}: method"), method);
            surface.add(format!("{record}: path"), path);
            record
        }
        ("specwright_runtime::codegen::v1::Api::new", _) => "api".into(),
        (other, _) => {
            return surface.problem(format!("{}: a record made by {other}", scope.module));
        }
    };
    for (method, arguments) in methods {
        let arguments = joined(arguments.iter().map(|argument| unquoted(&scope.expr(argument))));
        surface.add(format!("{record}: {method}"), arguments);
    }
}

/// `impl From<ServiceAccount> for Credential { … for_scheme("ServiceAccounts", …) }`; other traits
/// say nothing that the document asks for.
pub(super) fn describe_trait_impl(scope: &Scope<'_>, item: &ItemImpl, surface: &mut Surface) {
    let Some(from) = item.trait_.as_ref().and_then(|(path, _)| from_argument(scope, path)) else {
        return;
    };
    if scope.ty(&item.self_ty) != "specwright_runtime::auth::Credential" {
        return;
    }
    for item in &item.items {
        let ImplItem::Fn(method) = item else { continue };
        let body = Body::read(scope, &method.block);
        for called in
            body.functions.iter().filter(|called| called.function.ends_with("::for_scheme"))
        {
            surface.add(
                format!("{from}: scheme"),
                called.arguments.first().cloned().unwrap_or_default(),
            );
        }
    }
}

/// `T` of `From<T>`.
fn from_argument(scope: &Scope<'_>, path: &Path) -> Option<String> {
    let from = path.segments.last().filter(|segment| segment.ident == "From")?;
    let PathArguments::AngleBracketed(arguments) = &from.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(scope.ty(ty)),
        _ => None,
    }
}

type Methods<'a> = Vec<(String, Vec<&'a Expr>)>;

/// The call at the start of a chain, and the methods behind it.
fn chain(expr: &Expr) -> Option<(&ExprCall, Methods<'_>)> {
    match expr {
        Expr::Call(call) => Some((call, Vec::new())),
        Expr::MethodCall(call) => {
            let (start, mut methods) = chain(&call.receiver)?;
            methods.push((call.method.to_string(), call.args.iter().collect()));
            Some((start, methods))
        }
        _ => None,
    }
}

fn unquoted(text: &str) -> String {
    text.replace('"', "")
}
