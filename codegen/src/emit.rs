//! Spelling the model as tokens. Nothing is decided here: who has never read OpenAPI can review
//! this stage. What comes out are [`Recipe`]s, since tokens are made where they are printed.

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
mod pages;
mod parts;
#[cfg(feature = "preview")]
mod single;
mod structs;
mod tree;
mod types;
mod unions;
mod waits;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

pub(crate) use parts::{NEXT_LINE, docs, gate, ident, inner_docs, text};
#[cfg(feature = "preview")]
pub(crate) use single::{Single, one_type, operation};
pub(crate) use tree::{Below, Recipe, Recipes, Tree};

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

/// The modules of a client. Those that would hold nothing are not there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Modules<B> {
    /// Docs of the root, as lines.
    pub(crate) docs: Vec<String>,
    /// The crate's own `recursion_limit`, if it needs one.
    pub(crate) recursion_limit: Option<usize>,
    /// The client.
    pub(crate) client: Tree<B>,
    /// Groups of operations.
    pub(crate) groups: Option<Tree<B>>,
    /// Credential types.
    pub(crate) credentials: Option<Tree<B>>,
    /// Names of the credential types, for the root to re-export.
    pub(crate) credential_names: Vec<String>,
    /// Calls and their errors.
    pub(crate) operations: Tree<B>,
    /// Types of the document.
    pub(crate) types: Tree<B>,
    /// What reads webhooks.
    pub(crate) webhooks: Option<Documented<B>>,
    /// What reads callbacks.
    pub(crate) callbacks: Option<Documented<B>>,
}

/// A module of the root with docs of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documented<B> {
    /// Its docs, as lines.
    pub(crate) docs: Vec<String>,
    /// What it holds.
    pub(crate) tree: Tree<B>,
}

impl<B> Modules<B> {
    /// The same modules, and in each what becomes of what it holds.
    pub(crate) fn map<C>(self, mut become_of: impl FnMut(B) -> C) -> Modules<C> {
        let become_of = &mut become_of;
        Modules {
            docs: self.docs,
            recursion_limit: self.recursion_limit,
            client: self.client.map(become_of),
            groups: self.groups.map(|tree| tree.map(become_of)),
            credentials: self.credentials.map(|tree| tree.map(become_of)),
            credential_names: self.credential_names,
            operations: self.operations.map(become_of),
            types: self.types.map(become_of),
            webhooks: self.webhooks.map(|part| part.map(become_of)),
            callbacks: self.callbacks.map(|part| part.map(become_of)),
        }
    }
}

impl<B> Documented<B> {
    fn map<C>(self, become_of: &mut impl FnMut(B) -> C) -> Documented<C> {
        Documented { docs: self.docs, tree: self.tree.map(become_of) }
    }
}

/// Where the client's name and version come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A crate of its own: the manifest.
    Crate,
    /// A module of somebody's crate: the document.
    Module,
}

/// How everything is spelled.
pub(crate) fn emit(model: &Crate, form: Form) -> Modules<Recipes<'_>> {
    let methods = |module| methods::methods(model, module);
    let has_groups = !model.groups.is_empty();
    let mut client = leaf(vec![Recipe::new(move || client::client(model, form))]);
    let mut groups = Tree::default();
    let holder = if has_groups { &mut groups } else { &mut client };
    holder.below = below(&model.operation_modules, methods);
    if has_groups && model.operation_modules.is_empty() {
        groups = leaf(methods(None));
    }
    let credentials = model.credentials.iter();
    let credentials =
        leaf(credentials.map(|one| Recipe::new(|| credentials::credential(one))).collect());
    let calls = Calls::of(model);
    Modules {
        docs: model.docs.clone(),
        recursion_limit: model.recursion_limit,
        client,
        groups: Some(groups).filter(|tree| !tree.is_empty()),
        credentials: Some(credentials).filter(|tree| !tree.is_empty()),
        credential_names: model.credentials.iter().map(|one| one.name.clone()).collect(),
        operations: Tree {
            below: below(&model.operation_modules, |module| calls.of_module(module)),
            body: calls.of_module(None),
        },
        types: Tree {
            below: below(&model.type_modules, |module| types(model, module)),
            body: types(model, None),
        },
        webhooks: hooks(&model.webhooks),
        callbacks: hooks(&model.callbacks),
    }
}

/// A module without any below it.
fn leaf(body: Recipes<'_>) -> Tree<Recipes<'_>> {
    Tree { body, below: Vec::new() }
}

fn hooks(hooks: &Hooks) -> Option<Documented<Recipes<'_>>> {
    let parsers = hooks.parsers.iter();
    let recipes: Recipes<'_> =
        parsers.map(|parser| Recipe::new(|| vec![hooks::parser(parser)])).collect();
    let docs = hooks.docs.clone();
    (!recipes.is_empty()).then(|| Documented { docs, tree: leaf(recipes) })
}

/// The modules below one that hold anything.
fn below<'m>(
    modules: &[Module],
    recipes: impl Fn(Option<usize>) -> Recipes<'m>,
) -> Vec<Below<Recipes<'m>>> {
    let below = modules.iter().enumerate().map(|(index, module)| Below {
        name: module.name.clone(),
        features: module.features.clone(),
        body: recipes(Some(index)),
    });
    below.filter(|below| !below.body.is_empty()).collect()
}

/// The operations, and their errors by name.
struct Calls<'m> {
    model: &'m Crate,
    errors: BTreeMap<&'m str, &'m ErrorEnum>,
    aliases: BTreeMap<&'m str, &'m Alias>,
    /// The errors that belong to one operation.
    owned: BTreeSet<&'m str>,
}

impl<'m> Calls<'m> {
    fn of(model: &'m Crate) -> Self {
        let errors = model.errors.iter().map(|error| (error.name.as_str(), error));
        let aliases = model.error_aliases.iter().map(|alias| (alias.name.as_str(), alias));
        let owned = model.operations.iter().filter_map(|operation| operation.error.as_deref());
        Self { model, errors: errors.collect(), aliases: aliases.collect(), owned: owned.collect() }
    }

    /// The calls that stand in this module, each with what belongs to it, then the errors that
    /// several share; the headers of all of them stand above.
    fn of_module(&self, module: Option<usize>) -> Recipes<'m> {
        let model = self.model;
        let here = model.operations.iter().filter(|operation| operation.module == module);
        let shared = model
            .errors
            .iter()
            .filter(|error| error.module == module && !self.owned.contains(error.name.as_str()));
        let headers = (module.is_none() && !model.headers.is_empty())
            .then(|| Recipe::new(|| headers::headers(&model.headers).into_iter().collect()));
        here.map(|operation| self.call(operation))
            .chain(shared.map(|error| Recipe::new(|| vec![errors::error_enum(error)])))
            .chain(headers)
            .collect()
    }

    fn call(&self, operation: &'m Operation) -> Recipe<'m> {
        let name = operation.error.as_deref();
        let error = name.and_then(|name| self.errors.get(name).copied());
        let alias = name.and_then(|name| self.aliases.get(name).copied());
        Recipe::new(move || {
            let mut pieces = Self::pieces(operation);
            pieces.extend(error.map(errors::error_enum));
            pieces.extend(alias.map(types::alias));
            pieces
        })
    }

    /// The call itself, with the bodies and answers that only it has.
    fn pieces(operation: &Operation) -> Vec<Piece> {
        let mut pieces = calls::call(operation);
        pieces.extend(operation.bodies.iter().flat_map(calls::bodies));
        for way in &operation.ways {
            if let Answer::OneOf(answers) = &way.answer {
                pieces.extend(answers::answers(answers));
            }
        }
        pieces
    }
}

/// The types that stand in this module.
fn types(model: &Crate, module: Option<usize>) -> Recipes<'_> {
    let placed = model.types.iter().zip(&model.type_places);
    let here = placed.filter(|(_, place)| **place == module);
    here.map(|(one, _)| Recipe::new(|| item(one))).collect()
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
