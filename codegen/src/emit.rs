//! Spelling the model as tokens. Nothing is decided here: who has never read OpenAPI can review
//! this stage.

mod answers;
mod calls;
mod checked;
mod client;
mod credentials;
mod enums;
mod errors;
mod headers;
mod hooks;
mod methods;
mod parts;
mod structs;
mod tree;
mod types;
mod unions;
mod waits;

use proc_macro2::TokenStream;

pub(crate) use parts::{docs, gate, ident, inner_docs, text};
pub(crate) use tree::{Below, Body, Tree};

use crate::model::{Alias, Answer, Crate, ErrorEnum, Hooks, Item, Operation};
use crate::names::Module;

/// Something to print: an item, or an impl block whose members get blank lines between them.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Any item.
    Item(TokenStream),
    /// `head { members }`.
    Impl {
        /// `impl X` or `impl Trait for X`.
        head: TokenStream,
        /// Methods and consts.
        members: Vec<TokenStream>,
    },
}

/// The pieces of each module of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Modules {
    /// Docs of the root, as lines.
    pub(crate) docs: Vec<String>,
    /// The crate's own `recursion_limit`, if it needs one.
    pub(crate) recursion_limit: Option<usize>,
    /// The client.
    pub(crate) client: Tree,
    /// Groups of operations; may be empty.
    pub(crate) groups: Tree,
    /// Credential types; may be empty.
    pub(crate) credentials: Tree,
    /// Names of the credential types, for the root to re-export.
    pub(crate) credential_names: Vec<String>,
    /// Calls and their errors.
    pub(crate) operations: Tree,
    /// Types of the document.
    pub(crate) types: Tree,
    /// What reads webhooks; may be empty.
    pub(crate) webhooks: Documented,
    /// What reads callbacks; may be empty.
    pub(crate) callbacks: Documented,
}

/// A module of the root with docs of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documented {
    /// Its docs, as lines.
    pub(crate) docs: Vec<String>,
    /// What it holds.
    pub(crate) tree: Tree,
}

/// Where the client's name and version come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A crate of its own: the manifest.
    Crate,
    /// A module of somebody's crate: the document.
    Module,
}

/// Spells everything.
pub(crate) fn emit(model: &Crate, form: Form) -> Modules {
    let methods = |module| methods::methods(model, module);
    let has_groups = !model.groups.is_empty();
    let mut client = Tree::of(client::client(model, form));
    let mut groups = Tree::default();
    let holder = if has_groups { &mut groups } else { &mut client };
    holder.below = below(&model.operation_modules, methods);
    if has_groups && model.operation_modules.is_empty() {
        groups = Tree::of(methods::methods(model, None));
    }
    Modules {
        docs: model.docs.clone(),
        recursion_limit: model.recursion_limit,
        client,
        groups,
        credentials: Tree::of(model.credentials.iter().flat_map(credentials::credential).collect()),
        credential_names: model.credentials.iter().map(|one| one.name.clone()).collect(),
        operations: Tree {
            below: below(&model.operation_modules, |module| calls(model, module)),
            ..Tree::of(calls(model, None))
        },
        types: Tree {
            below: below(&model.type_modules, |module| types(model, module)),
            ..Tree::of(types(model, None))
        },
        webhooks: hooks(&model.webhooks),
        callbacks: hooks(&model.callbacks),
    }
}

fn hooks(hooks: &Hooks) -> Documented {
    let pieces = hooks.parsers.iter().map(hooks::parser).collect();
    Documented { docs: hooks.docs.clone(), tree: Tree::of(pieces) }
}

/// The modules below one that hold anything.
fn below(modules: &[Module], pieces: impl Fn(Option<usize>) -> Vec<Piece>) -> Vec<Below> {
    let below = modules.iter().enumerate().map(|(index, module)| Below {
        name: module.name.clone(),
        features: module.features.clone(),
        body: Body::of(pieces(Some(index))),
    });
    below.filter(|below| !below.body.pieces.is_empty()).collect()
}

/// The calls that stand in this module, each with what belongs to it, then the errors that several
/// share; the headers of all of them stand above.
fn calls(model: &Crate, module: Option<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for operation in model.operations.iter().filter(|operation| operation.module == module) {
        pieces.extend(calls::call(operation));
        pieces.extend(operation.bodies.iter().flat_map(calls::bodies));
        for way in &operation.ways {
            if let Answer::OneOf(answers) = &way.answer {
                pieces.extend(answers::answers(answers));
            }
        }
        let own = |error: &&ErrorEnum| Some(&error.name) == operation.error.as_ref();
        pieces.extend(model.errors.iter().filter(own).map(errors::error_enum));
        let second = |alias: &&Alias| Some(&alias.name) == operation.error.as_ref();
        pieces.extend(model.error_aliases.iter().filter(second).map(types::alias));
    }
    let shared = |error: &&ErrorEnum| {
        let is_own = |operation: &Operation| operation.error.as_ref() == Some(&error.name);
        error.module == module && !model.operations.iter().any(is_own)
    };
    pieces.extend(model.errors.iter().filter(shared).map(errors::error_enum));
    if module.is_none() {
        pieces.extend(headers::headers(&model.headers));
    }
    pieces
}

/// The types that stand in this module.
fn types(model: &Crate, module: Option<usize>) -> Vec<Piece> {
    let placed = model.types.iter().zip(&model.type_places);
    placed.filter(|(_, place)| **place == module).flat_map(|(one, _)| item(one)).collect()
}

fn item(item: &Item) -> Vec<Piece> {
    match item {
        Item::Struct(item) => structs::structure(item),
        Item::Enum(item) => vec![enums::string_enum(item)],
        Item::Checked(item) => vec![checked::checked(item)],
        Item::IntegerEnum(item) => vec![enums::integer_enum(item)],
        Item::Union(item) => unions::union(item),
        Item::Alias(item) => vec![types::alias(item)],
    }
}
