//! What the users of a client can name, read off the code that is generated.
//!
//! The code itself is asked, not the model behind it, so that nothing that a user sees is forgotten
//! here when the output learns something new.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Attribute, Expr, Fields, FnArg, ImplItem, Item, Type, UseTree, Visibility};

use super::calls::{self, Known};
use super::derives::{self, Beside};
use super::logins;
use super::wire::Wire;

/// Where the groups are.
const GROUPS: &str = "groups::";

/// Everything public, by path: `types::Widget::name`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Surface {
    pub(super) entries: BTreeMap<String, Entry>,
}

/// One thing that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// What the code that uses it depends on; names of arguments are not among it.
    pub(super) signature: String,
    /// What the compiler knows nothing of: what is sent and what is read.
    pub(super) wire: Wire,
    /// What the documentation says of the values that there may be.
    pub(super) rules: Vec<String>,
    pub(super) traits: BTreeSet<String>,
    pub(super) is_deprecated: bool,
    /// Whether the code of users allows for more members: `#[non_exhaustive]`.
    pub(super) is_open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Struct,
    Enum,
    Field,
    Variant,
    Method,
    Function,
    Constant,
    Alias,
    Module,
    Conversion,
    /// Not to be named, and yet what a call is made of.
    Call,
}

impl Surface {
    /// Reads a module, as `--module-only` has it.
    ///
    /// # Errors
    /// It is no Rust.
    pub(super) fn of(code: &str) -> Result<Self, syn::Error> {
        let mut walk = Walk::default();
        walk.items(&syn::parse_file(code)?.items, &[]);
        Ok(walk.finish())
    }

    /// The path of the struct that a method gives.
    pub(super) fn given_by(&self, method: &str) -> Option<String> {
        let (_, given) = self.entries.get(method)?.signature.split_once("-> ")?;
        let path = given.split(['<', ' ']).next()?;
        let name = path.rsplit("::").next()?;
        // Those beside the method that gives it are written without a path.
        let paths = [path.to_owned(), name.to_owned(), format!("{GROUPS}{name}")];
        paths.into_iter().find(|path| self.entries.contains_key(path))
    }
}

#[derive(Default)]
struct Walk {
    entries: BTreeMap<String, Entry>,
    exports: Vec<Export>,
    private: Vec<String>,
    wires: Vec<(String, Wire)>,
    known: Known,
}

/// A `pub use` within the client.
struct Export {
    from: String,
    to: String,
}

impl Export {
    /// What users call something that is at `path`.
    fn public(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(self.from.as_str())?;
        (rest.is_empty() || rest.starts_with("::")).then(|| format!("{}{rest}", self.to))
    }
}

fn is_below(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

impl Walk {
    fn items(&mut self, items: &[Item], module: &[String]) {
        for item in items {
            self.item(item, module);
        }
    }

    fn item(&mut self, item: &Item, module: &[String]) {
        match item {
            Item::Mod(inner) => {
                let path = below(module, &inner.ident.to_string());
                if is_public(&inner.vis) {
                    self.add(path.join("::"), Kind::Module, String::new(), &inner.attrs);
                } else {
                    self.private.push(path.join("::"));
                }
                self.items(inner.content.as_ref().map_or(&[], |(_, items)| items), &path);
            }
            Item::Use(item) if is_public(&item.vis) => self.export(&item.tree, module, &[]),
            Item::Struct(item) if is_public(&item.vis) => {
                let path = below(module, &item.ident.to_string()).join("::");
                let shape = match &item.fields {
                    Fields::Unnamed(_) => "tuple",
                    Fields::Named(_) | Fields::Unit => "",
                };
                self.add(path.clone(), Kind::Struct, shape.to_owned(), &item.attrs);
                self.fields(&item.fields, &path);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = below(module, &item.ident.to_string()).join("::");
                self.add(path.clone(), Kind::Enum, String::new(), &item.attrs);
                for variant in &item.variants {
                    let payload = text(&variant.fields);
                    let name = format!("{path}::{}", variant.ident);
                    self.add(name, Kind::Variant, payload, &variant.attrs);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let path = below(module, &item.ident.to_string()).join("::");
                self.add(path, Kind::Alias, text(&item.ty), &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let path = below(module, &item.ident.to_string()).join("::");
                self.add(path.clone(), Kind::Constant, text(&item.ty), &item.attrs);
                self.wires.push((path, calls::constant(&item.ident.to_string(), &item.expr)));
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let path = below(module, &item.sig.ident.to_string()).join("::");
                self.add(path.clone(), Kind::Function, signature(&item.sig), &item.attrs);
                self.wires.push((path, calls::body(&item.sig, &item.block, &self.known)));
            }
            Item::Static(item) => {
                let path = below(module, &item.ident.to_string()).join("::");
                self.add(path.clone(), Kind::Call, String::new(), &item.attrs);
                let name = item.ident.to_string();
                self.wires.push((path, calls::fixed(&name, &item.expr, &mut self.known)));
            }
            Item::Impl(item) => self.implementation(item, module),
            _ => {}
        }
    }

    fn fields(&mut self, fields: &Fields, path: &str) {
        for (index, field) in fields.iter().enumerate().filter(|(_, f)| is_public(&f.vis)) {
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            self.add(format!("{path}::{name}"), Kind::Field, text(&field.ty), &field.attrs);
        }
    }

    fn implementation(&mut self, item: &syn::ItemImpl, module: &[String]) {
        let owner = absolute(&item.self_ty, module);
        if let Some((of, _)) = &item.trait_ {
            // What the runtime wants of a client is nobody's business.
            if of.segments.first().is_some_and(|first| first.ident == "v1") {
                self.variants(item, &owner);
            } else {
                self.login(item);
                let name = format!("impl {} for {owner}", text(of));
                self.add(name, Kind::Conversion, String::new(), &item.attrs);
            }
            return;
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(method) => {
                    let path = format!("{owner}::{}", method.sig.ident);
                    let (kind, signature) = match is_public(&method.vis) {
                        true => (Kind::Method, signature(&method.sig)),
                        false => (Kind::Call, String::new()),
                    };
                    self.add(path.clone(), kind, signature, &method.attrs);
                    // Elsewhere nothing is sent.
                    let wire = match module.first().map(String::as_str) {
                        Some("operations") => calls::body(&method.sig, &method.block, &self.known),
                        Some("credentials") => logins::login(&method.block),
                        Some("types") if method.sig.ident == "new" => {
                            calls::constants(&method.block)
                        }
                        _ => continue,
                    };
                    self.wires.push((path, wire));
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let path = format!("{owner}::{}", constant.ident);
                    self.add(path.clone(), Kind::Constant, text(&constant.ty), &constant.attrs);
                    self.wires
                        .push((path, calls::constant(&constant.ident.to_string(), &constant.expr)));
                }
                _ => {}
            }
        }
    }

    /// What an implementation for the runtime says of the variants that a call may send or give.
    fn variants(&mut self, item: &syn::ItemImpl, owner: &str) {
        for member in &item.items {
            if let ImplItem::Fn(method) = member {
                let arms = calls::arms(&method.block).into_iter();
                self.wires.extend(arms.map(|(name, wire)| (format!("{owner}::{name}"), wire)));
            }
        }
    }

    /// What only the client calls a login by.
    fn login(&mut self, item: &syn::ItemImpl) {
        for member in &item.items {
            if let ImplItem::Fn(method) = member
                && let Some(scheme) = logins::scheme(&method.block)
            {
                let of = item.trait_.as_ref().map(|(of, _)| text(of)).unwrap_or_default();
                let name = of.trim_start_matches("From<").trim_end_matches('>');
                self.known.logins.insert(scheme, name.to_owned());
            }
        }
    }

    fn export(&mut self, tree: &UseTree, module: &[String], way: &[String]) {
        match tree {
            UseTree::Path(path) => {
                let way = [way, &[path.ident.to_string()]].concat();
                self.export(&path.tree, module, &way);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.export(tree, module, way));
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.exported(&name, module, &[way, std::slice::from_ref(&name)].concat());
            }
            UseTree::Rename(rename) => {
                let way = [way, &[rename.ident.to_string()]].concat();
                self.exported(&rename.rename.to_string(), module, &way);
            }
            // The generator names what it exports, file by file.
            UseTree::Glob(_) => {}
        }
    }

    fn exported(&mut self, name: &str, module: &[String], way: &[String]) {
        let path = below(module, name).join("::");
        match way.first().map(String::as_str) {
            Some("self" | "super" | "crate") => {
                self.exports.push(Export { from: relative(way, module).join("::"), to: path });
            }
            // Of another crate.
            _ => self.add(path, Kind::Alias, way.join("::"), &[]),
        }
    }

    fn add(&mut self, path: String, kind: Kind, signature: String, attributes: &[Attribute]) {
        let named = |name: &str| attributes.iter().any(|one| one.path().is_ident(name));
        let (owner, name) = path.rsplit_once("::").unwrap_or(("", &path));
        let is_of_texts = || {
            let owner = self.entries.get(owner);
            owner.is_some_and(|owner| owner.traits.contains("StringEnum"))
        };
        let beside = match kind {
            Kind::Field if !name.starts_with(char::is_numeric) => Beside::Field,
            Kind::Variant if signature.is_empty() && is_of_texts() => Beside::Value,
            _ => Beside::Other,
        };
        let wire = derives::attributes(name, beside, attributes);
        let entry = Entry {
            kind,
            signature,
            wire,
            rules: rules(attributes),
            traits: traits(attributes),
            is_deprecated: named("deprecated"),
            is_open: named("non_exhaustive"),
        };
        self.entries.insert(path, entry);
    }

    /// Everything under the name that users know it by.
    fn finish(mut self) -> Surface {
        for (path, wire) in std::mem::take(&mut self.wires) {
            if let Some(entry) = self.entries.get_mut(&path) {
                entry.wire.extend(wire);
            }
        }
        let mut entries = BTreeMap::new();
        for (path, entry) in self.entries {
            let (of, owner) = match path.split_once(" for ") {
                Some((of, owner)) => (format!("{of} for "), owner),
                None => (String::new(), path.as_str()),
            };
            let public = self.exports.iter().find_map(|export| export.public(owner));
            let is_hidden = self.private.iter().any(|module| is_below(owner, module));
            match public {
                Some(public) => {
                    entries.insert(format!("{of}{public}"), entry);
                }
                None if is_hidden && entry.kind != Kind::Call => {}
                None => {
                    entries.insert(path, entry);
                }
            }
        }
        Surface { entries }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn below(module: &[String], name: &str) -> Vec<String> {
    [module, &[name.to_owned()]].concat()
}

/// The path that `way` leads to from `module`.
fn relative(way: &[String], module: &[String]) -> Vec<String> {
    let mut at = module.to_vec();
    for (index, name) in way.iter().enumerate() {
        match name.as_str() {
            "self" => {}
            "super" => drop(at.pop()),
            "crate" if index == 0 => at.clear(),
            name => at.push(name.to_owned()),
        }
    }
    at
}

/// The path of a type that something is implemented for.
fn absolute(ty: &Type, module: &[String]) -> String {
    let Type::Path(path) = ty else { return text(ty) };
    let way: Vec<String> =
        path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    relative(&way, module).join("::")
}

fn traits(attributes: &[Attribute]) -> BTreeSet<String> {
    let mut traits = BTreeSet::new();
    for attribute in attributes.iter().filter(|one| one.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            traits.extend(meta.path.segments.last().map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    traits
}

/// The lines of documentation that have the rules of a value, without what all of them begin with.
fn rules(attributes: &[Attribute]) -> Vec<String> {
    let docs = attributes.iter().filter_map(|one| match &one.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = docs.collect();
    let rules = lines.iter().flat_map(|text| text.lines()).filter_map(|line| {
        let rule = line.trim().strip_prefix("Constraints: ")?;
        Some(rule.trim_end_matches('.').to_owned())
    });
    rules.collect()
}

/// The types of a function, without the names of its arguments.
fn signature(signature: &syn::Signature) -> String {
    let inputs: Vec<String> = signature
        .inputs
        .iter()
        .map(|input| match input {
            FnArg::Receiver(receiver) if text(receiver).starts_with('&') => "&self".to_owned(),
            FnArg::Receiver(_) => "self".to_owned(),
            FnArg::Typed(typed) => text(&typed.ty),
        })
        .collect();
    let generics = text(&signature.generics);
    let bounds = signature.generics.where_clause.as_ref().map(text).unwrap_or_default();
    format!("{generics}({}) {} {bounds}", inputs.join(", "), text(&signature.output))
        .trim_end()
        .to_owned()
}

/// Code as text, the same however it was laid out and wherever it stands: `super::super::types::A`
/// is `types::A`.
pub(super) fn text(tokens: impl ToTokens) -> String {
    let mut out = String::new();
    for word in tokens.to_token_stream().to_string().split(' ') {
        let is_opening = out.ends_with(['<', '(', '&', '.', '[', '#', '!']) || out.ends_with("::");
        let is_glued = word.starts_with([',', '>', ')', '.', ';', '?', ']'])
            || ["::", "<"].contains(&word)
            || (word.starts_with(['(', '['])
                && out.ends_with(|c: char| c.is_alphanumeric() || "_>#".contains(c)));
        // A comma at the end says that a line was broken.
        if word.starts_with(['>', ')', ']']) && out.ends_with(',') {
            out.pop();
        }
        if !(out.is_empty() || is_opening || is_glued) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace("super::", "").replace("self::", "")
}
