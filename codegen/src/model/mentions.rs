//! Which types of the document an operation is made of, and which those are made of.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::types::Type;
use super::{Answer, Crate, ErrorEnum, Input, Item, Operation, Payload, Way};

/// What an operation has to do with a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A parameter or body is one.
    Sent,
    /// A success gives one.
    Answered,
    /// A documented error gives one.
    Failed,
    /// Another of its types holds one.
    Held,
}

/// The types of an operation, each once: those it speaks of, then those they hold, the nearest first.
pub(crate) fn mentioned<'m>(model: &'m Crate, operation: &'m Operation) -> Vec<(&'m Item, Role)> {
    let by_name: BTreeMap<&str, &Item> =
        model.types.iter().map(|item| (item.name(), item)).collect();
    let mut told = BTreeSet::new();
    let mut open: VecDeque<(&Type, Role)> = spoken_of(model, operation).into();
    let mut found = Vec::new();
    while let Some((ty, role)) = open.pop_front() {
        for name in names(ty) {
            if let Some(item) = by_name.get(name).filter(|_| told.insert(name)) {
                found.push((*item, role));
                open.extend(held(item).into_iter().map(|ty| (ty, Role::Held)));
            }
        }
    }
    found
}

fn spoken_of<'m>(model: &'m Crate, operation: &'m Operation) -> Vec<(&'m Type, Role)> {
    let inputs = operation.arguments.iter().map(|one| &one.input);
    let inputs = inputs.chain(operation.setters.iter().map(|one| &one.input));
    let bodies = operation.bodies.iter().flat_map(|bodies| &bodies.variants);
    let sent = inputs.filter_map(taken).chain(bodies.map(|variant| &variant.ty));
    let answers = operation.ways.iter().flat_map(answered);
    let pages = operation.pages.iter().flat_map(|paged| [&paged.page, &paged.item]);
    let states = operation.waits.iter().map(|wait| &wait.state);
    let states = states.chain(operation.and_wait.iter().map(|wait| &wait.state));
    let answers = answers.chain(pages).chain(states);
    let failed = error_enum(model, operation).into_iter().flat_map(|error| &error.variants);
    let failed = failed.filter_map(|variant| carried(&variant.payload));
    let mut all: Vec<_> = sent.map(|ty| (ty, Role::Sent)).collect();
    all.extend(answers.map(|ty| (ty, Role::Answered)));
    all.extend(failed.map(|ty| (ty, Role::Failed)));
    all
}

/// The errors of an operation, by whichever name it calls them.
pub(crate) fn error_enum<'m>(model: &'m Crate, operation: &Operation) -> Option<&'m ErrorEnum> {
    let name = operation.error.as_deref()?;
    let alias = model.error_aliases.iter().find(|alias| alias.name == name);
    let name = alias.map_or(Some(name), |alias| alias.target.name())?;
    model.errors.iter().find(|error| error.name == name)
}

fn taken(input: &Input) -> Option<&Type> {
    match input {
        Input::Value(ty) | Input::Each(ty) | Input::Into(ty) | Input::EachInto(ty) => Some(ty),
        Input::Text | Input::EachText => None,
    }
}

fn answered(way: &Way) -> Vec<&Type> {
    match &way.answer {
        Answer::One(payload) => carried(payload).into_iter().collect(),
        Answer::OneOf(answers) => {
            answers.variants.iter().filter_map(|variant| carried(&variant.payload)).collect()
        }
        Answer::Stream(values) => values.item.iter().collect(),
    }
}

fn carried(payload: &Payload) -> Option<&Type> {
    match payload {
        Payload::Json(ty) => Some(ty),
        Payload::Empty | Payload::Text | Payload::Bytes => None,
    }
}

/// The types that an item is made of; what lists or checks plain values has none.
fn held(item: &Item) -> Vec<&Type> {
    match item {
        Item::Struct(item) => item.fields.iter().map(|field| &field.ty).collect(),
        Item::Union(item) => item.variants.iter().map(|variant| &variant.ty).collect(),
        Item::Alias(item) => vec![&item.target],
        Item::Enum(_) | Item::IntegerEnum(_) | Item::Checked(_) => Vec::new(),
    }
}

/// The generated types that a type is written with.
fn names(ty: &Type) -> Vec<&str> {
    match ty {
        Type::Named(_) => ty.name().into_iter().collect(),
        Type::Vec(inner)
        | Type::Map(inner)
        | Type::Option(inner)
        | Type::Nullable(inner)
        | Type::Boxed(inner)
        | Type::Ref(inner) => names(inner),
        Type::Tuple(places) => places.iter().flat_map(names).collect(),
        Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Str
        | Type::StaticStr
        | Type::Sibling(_)
        | Type::Body
        | Type::Part
        | Type::Multipart => Vec::new(),
    }
}
