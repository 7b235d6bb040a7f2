//! Paths, types, expressions and attributes as texts in one spelling, whatever was imported.

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, GenericArgument, Item, Lit, Path, PathArguments, Token, Type, TypeParamBound,
    UseTree,
};

/// What every module sees without importing it.
const PRELUDE: [&str; 23] = [
    "AsRef",
    "Box",
    "Default",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
    "bool",
    "f32",
    "f64",
    "i32",
    "i64",
    "str",
    "u32",
    "u64",
];

/// Methods that hand on the value they are called on.
pub(super) fn is_conversion(method: &str) -> bool {
    ["as_deref", "as_ref", "clone", "into", "to_owned", "to_string"].contains(&method)
}

/// One file: its module and its imports, plus the operation ids of all records in the crate.
pub(super) struct Scope<'a> {
    pub(super) module: &'a str,
    pub(super) operations: &'a BTreeMap<String, String>,
    imports: BTreeMap<String, String>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        module: &'a str,
        items: &[Item],
        operations: &'a BTreeMap<String, String>,
    ) -> Self {
        let mut scope = Self { module, operations, imports: BTreeMap::new() };
        for item in items {
            if let Item::Use(item) = item {
                for (name, path) in leaves(&item.tree, "") {
                    let path = scope.absolute(&path);
                    scope.imports.insert(name, path);
                }
            }
        }
        scope
    }

    /// `types::Snapshot` for `Snapshot` declared in `types.rs`.
    pub(super) fn place(&self, ident: &syn::Ident) -> String {
        self.in_module(&ident.unraw().to_string())
    }

    fn in_module(&self, name: &str) -> String {
        if self.module.is_empty() { name.to_owned() } else { format!("{}::{name}", self.module) }
    }

    /// The path as seen from the root of the crate, without generic arguments.
    pub(super) fn path(&self, path: &Path) -> String {
        let segments: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
        self.absolute(&segments.join("::"))
    }

    pub(super) fn absolute(&self, path: &str) -> String {
        let (first, rest) =
            path.split_once("::").map_or((path, None), |(first, rest)| (first, Some(rest)));
        let last = path.rsplit("::").next().unwrap_or(path);
        match (first, rest) {
            // Modules lie side by side in this crate, so one `super` leads to the root.
            ("crate" | "super", Some(rest)) => rest.to_owned(),
            ("self", Some(rest)) => self.in_module(rest),
            ("std" | "core" | "alloc", _) if PRELUDE.contains(&last) => last.to_owned(),
            ("std" | "core" | "alloc" | "specwright_runtime" | "Self", _) => path.to_owned(),
            _ => match (self.imports.get(first), rest) {
                (Some(import), Some(rest)) => format!("{import}::{rest}"),
                (Some(import), None) => import.clone(),
                (None, _) if PRELUDE.contains(&first) => path.to_owned(),
                (None, _) => self.in_module(path),
            },
        }
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Path(ty) => self.path_with_arguments(&ty.path),
            Type::Reference(ty) => format!("&{}", self.ty(&ty.elem)),
            Type::Tuple(ty) => format!("({})", joined(ty.elems.iter().map(|ty| self.ty(ty)))),
            Type::ImplTrait(ty) => {
                let bounds: Vec<String> = ty.bounds.iter().map(|bound| self.bound(bound)).collect();
                format!("impl {}", bounds.join(" + "))
            }
            _ => "a type this test does not know".into(),
        }
    }

    fn bound(&self, bound: &TypeParamBound) -> String {
        match bound {
            TypeParamBound::Trait(bound) => self.path_with_arguments(&bound.path),
            _ => "a bound this test does not know".into(),
        }
    }

    fn path_with_arguments(&self, path: &Path) -> String {
        let name = self.path(path);
        match path.segments.last().map(|segment| &segment.arguments) {
            Some(PathArguments::AngleBracketed(arguments)) => {
                let arguments = arguments.args.iter().map(|argument| match argument {
                    GenericArgument::Type(ty) => self.ty(ty),
                    GenericArgument::AssocType(bound) => {
                        format!("{} = {}", bound.ident, self.ty(&bound.ty))
                    }
                    _ => "an argument this test does not know".into(),
                });
                format!("{name}<{}>", joined(arguments))
            }
            _ => name,
        }
    }

    /// The expression without borrows and conversions: `&[a.into()]` is `[a]`, and `Some(a)` is
    /// `a`.
    pub(super) fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Lit(expr) => match &expr.lit {
                Lit::Str(text) => format!("{:?}", text.value()),
                Lit::Int(number) => number.base10_digits().to_owned(),
                Lit::Bool(flag) => flag.value.to_string(),
                _ => "a literal this test does not know".into(),
            },
            Expr::Path(expr) => match expr.path.get_ident() {
                Some(ident) => ident.unraw().to_string(),
                None => self.path(&expr.path),
            },
            Expr::Reference(expr) => self.expr(&expr.expr),
            Expr::Paren(expr) => self.expr(&expr.expr),
            Expr::Array(expr) => {
                format!("[{}]", joined(expr.elems.iter().map(|expr| self.expr(expr))))
            }
            Expr::Field(expr) => match &expr.member {
                syn::Member::Named(field) => format!("{}.{}", self.expr(&expr.base), field.unraw()),
                syn::Member::Unnamed(field) => format!("{}.{}", self.expr(&expr.base), field.index),
            },
            Expr::MethodCall(call) if is_conversion(&call.method.to_string()) => {
                self.expr(&call.receiver)
            }
            Expr::MethodCall(call) => {
                let arguments = joined(call.args.iter().map(|argument| self.expr(argument)));
                format!("{}.{}({arguments})", self.expr(&call.receiver), call.method)
            }
            Expr::Closure(closure) => self.expr(&closure.body),
            Expr::Try(expr) => self.expr(&expr.expr),
            Expr::Call(call) => {
                let arguments = joined(call.args.iter().map(|argument| self.expr(argument)));
                match self.expr(&call.func).as_str() {
                    "Some" | "Ok" => arguments,
                    function => format!("{function}({arguments})"),
                }
            }
            _ => "an expression this test does not know".into(),
        }
    }
}

/// Every name a `use` brings in, with the path it stands for.
pub(super) fn leaves(tree: &UseTree, prefix: &str) -> Vec<(String, String)> {
    let under = |ident: &syn::Ident| {
        if prefix.is_empty() {
            ident.unraw().to_string()
        } else {
            format!("{prefix}::{}", ident.unraw())
        }
    };
    match tree {
        UseTree::Path(tree) => leaves(&tree.tree, &under(&tree.ident)),
        UseTree::Name(tree) if tree.ident == "self" => {
            vec![(prefix.rsplit("::").next().unwrap_or(prefix).to_owned(), prefix.to_owned())]
        }
        UseTree::Name(tree) => vec![(tree.ident.unraw().to_string(), under(&tree.ident))],
        UseTree::Rename(tree) => vec![(tree.rename.unraw().to_string(), under(&tree.ident))],
        UseTree::Glob(_) => vec![("*".into(), format!("{prefix}::*"))],
        UseTree::Group(tree) => tree.items.iter().flat_map(|tree| leaves(tree, prefix)).collect(),
    }
}

/// The arguments of all attributes of this name: `["name"]` for `#[wire("name")]`.
pub(super) fn attribute_arguments(attributes: &[Attribute], name: &str) -> Vec<Expr> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
        .filter_map(|attribute| {
            attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()
        })
        .flatten()
        .collect()
}

pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
