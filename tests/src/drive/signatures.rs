//! What a generated crate offers, read from its source files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::{Fields, FnArg, ImplItem, Item, ItemEnum, Pat, ReturnType, Signature, Type, Visibility};

use super::rust::{Spelling, argument, arguments};

/// The public surface of a crate, as far as a driver needs it.
#[derive(Debug, Default)]
pub(super) struct Surface {
    /// Methods of the client that prepare a call, by name.
    pub(super) methods: BTreeMap<String, Method>,
    /// Calls, by name.
    pub(super) calls: BTreeMap<String, Call>,
    /// Enums beside the calls, by name.
    pub(super) enums: BTreeMap<String, Vec<Variant>>,
    /// Second names, with the name they stand for.
    pub(super) aliases: BTreeMap<String, String>,
}

/// A method that prepares a call.
#[derive(Debug)]
pub(super) struct Method {
    /// Arguments by name; without a type where none can be made from JSON.
    pub(super) arguments: Vec<(String, Option<String>)>,
    /// The call it returns.
    pub(super) call: String,
}

/// A call.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// Setters with the type they take.
    pub(super) setters: Vec<(String, Option<String>)>,
    /// `send` and its siblings.
    pub(super) sends: Vec<Send>,
}

/// A way to make a call.
#[derive(Debug)]
pub(super) struct Send {
    pub(super) name: String,
    /// What it answers, without `Response`.
    pub(super) answer: String,
    pub(super) error: String,
    /// Whether status and headers come with the answer.
    pub(super) metadata: bool,
}

/// A variant of an enum.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) payload: Option<String>,
}

/// Reads every source file of a crate.
pub(super) fn read(folder: &Path, krate: &str) -> Result<Surface, String> {
    let mut items = Vec::new();
    for path in sources(&folder.join("src"))? {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let file =
            syn::parse_file(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        items.extend(file.items);
    }
    let senders: BTreeSet<String> = items.iter().filter_map(sender).collect();
    let mut siblings = senders.clone();
    siblings.extend(items.iter().filter_map(declared));
    let spelling = Spelling { krate, siblings: &siblings };
    let mut surface = Surface::default();
    for item in &items {
        surface.add(item, &senders, &spelling);
    }
    Ok(surface)
}

/// Every `.rs` file below a folder but the types of the document: they may bear the names of calls,
/// and nothing is asked of them here.
fn sources(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be listed: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.file_stem().is_some_and(|stem| stem == "types") {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The type of an impl that has a `send`.
fn sender(item: &Item) -> Option<String> {
    let (name, methods) = inherent(item)?;
    methods.iter().any(|method| method.ident == "send").then_some(name)
}

/// What an item of `operations` declares besides calls. Types of the document may be of the same
/// name, but are never written without their module there.
fn declared(item: &Item) -> Option<String> {
    match item {
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// An impl block without a trait: the type and its public methods.
fn inherent(item: &Item) -> Option<(String, Vec<&Signature>)> {
    let Item::Impl(block) = item else { return None };
    let Type::Path(path) = &*block.self_ty else { return None };
    let methods = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => Some(&method.sig),
        _ => None,
    });
    let name = path.path.segments.last()?.ident.to_string();
    block.trait_.is_none().then(|| (name, methods.collect()))
}

impl Surface {
    fn add(&mut self, item: &Item, senders: &BTreeSet<String>, spelling: &Spelling<'_>) {
        if let Some((owner, methods)) = inherent(item) {
            for method in methods {
                if senders.contains(&owner) {
                    self.calls.entry(owner.clone()).or_default().add(method, spelling);
                } else if let Some(call) = returned(method).filter(|name| senders.contains(name)) {
                    let arguments = typed(method, spelling);
                    let name = method.ident.to_string();
                    self.methods.insert(name, Method { arguments, call });
                }
            }
        }
        match item {
            Item::Enum(item) => {
                self.enums.insert(item.ident.to_string(), variants(item, spelling));
            }
            Item::Type(item) => {
                if let Type::Path(path) = &*item.ty
                    && let Some(last) = path.path.segments.last()
                {
                    self.aliases.insert(item.ident.to_string(), last.ident.to_string());
                }
            }
            _ => {}
        }
    }

    /// The variants of an enum of `operations`, second names followed.
    pub(super) fn variants(&self, path: &str) -> Option<&[Variant]> {
        let mut name = path.rsplit("::").next()?;
        if !path.contains("::operations::") {
            return None;
        }
        while let Some(next) = self.aliases.get(name) {
            name = next;
        }
        self.enums.get(name).map(Vec::as_slice)
    }
}

impl Call {
    fn add(&mut self, method: &Signature, spelling: &Spelling<'_>) {
        let name = method.ident.to_string();
        if name == "send" || name.starts_with("send_") {
            self.sends.extend(send(name, method, spelling));
        } else if let [(_, ty)] = typed(method, spelling).as_slice() {
            self.setters.push((name, ty.clone()));
        }
    }
}

/// `ResponseFuture<Response<T>, E>` taken apart.
fn send(name: String, method: &Signature, spelling: &Spelling<'_>) -> Option<Send> {
    let ReturnType::Type(_, ty) = &method.output else { return None };
    let Type::Path(path) = &**ty else { return None };
    let future = path.path.segments.last().filter(|last| last.ident == "ResponseFuture")?;
    let [answer, error] = arguments(&future.arguments)[..] else { return None };
    let wrapped = match answer {
        Type::Path(path) => path.path.segments.last().filter(|last| last.ident == "Response"),
        _ => None,
    };
    let inner = match wrapped {
        Some(response) => argument(&response.arguments)?,
        None => answer,
    };
    Some(Send {
        name,
        answer: spelling.ty(inner)?,
        error: spelling.ty(error)?,
        metadata: wrapped.is_some(),
    })
}

fn returned(method: &Signature) -> Option<String> {
    let ReturnType::Type(_, ty) = &method.output else { return None };
    let Type::Path(path) = &**ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

/// The arguments behind `self`.
fn typed(method: &Signature, spelling: &Spelling<'_>) -> Vec<(String, Option<String>)> {
    let arguments = method.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => match &*argument.pat {
            Pat::Ident(name) => {
                Some((name.ident.to_string(), spelling.taken(&argument.ty).map(|taken| taken.ty)))
            }
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    arguments.collect()
}

fn variants(item: &ItemEnum, spelling: &Spelling<'_>) -> Vec<Variant> {
    let all = item.variants.iter().map(|variant| {
        let payload = match &variant.fields {
            Fields::Unnamed(fields) => fields.unnamed.first().and_then(|one| spelling.ty(&one.ty)),
            Fields::Named(_) | Fields::Unit => None,
        };
        Variant { name: variant.ident.to_string(), payload }
    });
    all.collect()
}
