//! Spelling the model as tokens. Nothing is decided here: who has never read OpenAPI can review
//! this stage.

mod calls;
mod checked;
mod client;
mod credentials;
mod enums;
mod errors;
mod parts;
mod structs;
mod types;
mod unions;

use proc_macro2::TokenStream;

use crate::model::{Answer, Crate, Item};

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
    /// The client.
    pub(crate) client: Vec<Piece>,
    /// Credential types; may be empty.
    pub(crate) credentials: Vec<Piece>,
    /// Whether a credential type reads the environment.
    pub(crate) credentials_read_environment: bool,
    /// Names of the credential types, for the root to re-export.
    pub(crate) credential_names: Vec<String>,
    /// Calls and their errors.
    pub(crate) operations: Vec<Piece>,
    /// Types of the document.
    pub(crate) types: Vec<Piece>,
    /// The derives they use, in alphabetical order.
    pub(crate) derives: Vec<&'static str>,
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
    let mut operations = Vec::new();
    for operation in &model.operations {
        operations.extend(calls::call(operation));
        operations.extend(operation.bodies.iter().flat_map(calls::bodies));
        if let Answer::OneOf(answers) = &operation.answer {
            operations.extend(calls::answers(answers));
        }
        let own = |error: &&crate::model::ErrorEnum| Some(&error.name) == operation.error.as_ref();
        operations.extend(model.errors.iter().filter(own).map(errors::error_enum));
        let second = |alias: &&crate::model::Alias| Some(&alias.name) == operation.error.as_ref();
        operations.extend(model.error_aliases.iter().filter(second).map(types::alias));
    }
    let shared = |error: &&crate::model::ErrorEnum| {
        !model.operations.iter().any(|operation| operation.error.as_ref() == Some(&error.name))
    };
    operations.extend(model.errors.iter().filter(shared).map(errors::error_enum));
    Modules {
        docs: model.docs.clone(),
        client: client::client(&model.client, &model.operations, form),
        credentials: model.credentials.iter().flat_map(credentials::credential).collect(),
        credentials_read_environment: model.credentials.iter().any(|one| !one.env.is_empty()),
        credential_names: model.credentials.iter().map(|one| one.name.clone()).collect(),
        operations,
        types: model.types.iter().flat_map(item).collect(),
        derives: derives(model),
    }
}

fn derives(model: &Crate) -> Vec<&'static str> {
    let wire = |item: &Item| match item {
        Item::Struct(item) => Some(item.wire),
        Item::Union(item) => Some(item.wire),
        Item::Enum(_) | Item::IntegerEnum(_) | Item::Checked(_) | Item::Alias(_) => None,
    };
    let wires = || model.types.iter().filter_map(wire);
    let checked = model.types.iter().any(|item| matches!(item, Item::Checked(_)));
    let mut derives = Vec::new();
    derives.extend(checked.then_some("Checked"));
    derives.extend(wires().any(|wire| wire.decode).then_some("Decode"));
    derives.extend(wires().any(|wire| wire.encode).then_some("Encode"));
    let numbers = model.types.iter().any(|item| matches!(item, Item::IntegerEnum(_)));
    derives.extend(numbers.then_some("IntegerEnum"));
    let texts = model.types.iter().any(|item| matches!(item, Item::Enum(_)));
    derives.extend(texts.then_some("StringEnum"));
    derives
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
