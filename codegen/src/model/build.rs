//! Putting the model together.

use super::place::Place;
use super::types::Type;
use super::{Crate, client, credentials, errors, guide, headers, hooks, items, operations};
use crate::analyze::Facts;
use crate::ir::{Api, By, Kind, SchemaId};
use crate::names::{NameTable, Side};
use crate::parallel;
use crate::wishes::Wishes;

/// Decides everything that is left to decide.
pub(crate) fn build(api: &Api, facts: &Facts, names: &NameTable, wishes: &Wishes) -> Crate {
    let context = Context { api, facts, names, wishes, place: Place::Calls };
    let mut features = names.layout().features().to_vec();
    features.sort();
    let (items, operations) =
        parallel::beside(|| items::items(&context), || operations::operations(&context));
    let (types, type_places) = items.into_iter().unzip();
    let (webhooks, callbacks) = hooks::hooks(&context);
    let (errors, error_aliases) = errors::errors(&context);
    Crate {
        docs: client::crate_docs(&context),
        readme: guide::readme(&context),
        client: client::client(&context),
        groups: client::groups(&context),
        credentials: credentials::credentials(&context),
        operations,
        errors,
        error_aliases,
        headers: headers::headers(&context),
        webhooks,
        callbacks,
        types,
        type_places,
        recursion_limit: facts.recursion_limit(),
        features,
        operation_modules: names.layout().operations().to_vec(),
        type_modules: names.layout().types().to_vec(),
    }
}

/// What every part of the model is decided from.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) names: &'a NameTable,
    /// What the user wishes of the types.
    pub(super) wishes: &'a Wishes,
    /// Where what is being decided stands.
    pub(super) place: Place,
}

impl Context<'_> {
    /// The type of a value of this schema, null aside, travelling this way.
    pub(super) fn value_type(&self, id: SchemaId, side: Side) -> Type {
        if let Some(checked) = self.checked_type(id) {
            return checked;
        }
        let id = self.api.resolve(id);
        match &self.api.schema(id).kind {
            Kind::Any(_) | Kind::Alias(_) => Type::value(),
            Kind::Boolean => Type::Scalar(super::types::Scalar::Bool),
            Kind::Integer(format) => Type::Scalar((*format).into()),
            Kind::Number(format) => Type::Scalar((*format).into()),
            Kind::String(format) => Type::Scalar((*format).into()),
            Kind::Array(items) => Type::Vec(Box::new(self.element_type(*items, side))),
            Kind::Tuple(places) => {
                Type::Tuple(places.iter().map(|place| self.place_type(id, *place, side)).collect())
            }
            Kind::Map(values) => Type::Map(Box::new(self.element_type(*values, side))),
            Kind::Foreign(foreign) => self.foreign_type(&foreign.by),
            Kind::Enum(_) | Kind::IntegerEnum(_) | Kind::Object(_) | Kind::Union(_) => {
                let side = if self.facts.is_split(id) { side } else { Side::Plain };
                self.own_type(id, side).unwrap_or_else(Type::value)
            }
        }
    }

    /// The user's type, by the entry that names it.
    fn foreign_type(&self, by: &By) -> Type {
        self.wishes.foreign(by).map_or_else(Type::value, |path| Type::Foreign(path.clone()))
    }

    /// The checked type that stands for a schema, or for one it stands for.
    fn checked_type(&self, id: SchemaId) -> Option<Type> {
        self.own_type(self.checked_schema(id)?, Side::Plain)
    }

    /// The schema of that type.
    pub(super) fn checked_schema(&self, mut id: SchemaId) -> Option<SchemaId> {
        loop {
            if self.wishes.checked.rules(id).is_some() {
                return Some(id);
            }
            let Kind::Alias(next) = self.api.schema(id).kind else { return None };
            id = next;
        }
    }

    /// The type of a place of a tuple, which may be null, and may lead back to where the tuple is.
    fn place_type(&self, tuple: SchemaId, id: SchemaId, side: Side) -> Type {
        let value = self.value_type(id, side);
        let is_boxed = self.facts.is_boxed(tuple, self.api.resolve(id));
        self.or_null(id, if is_boxed { value.boxed() } else { value })
    }

    /// The type of a list's item or a map's value, which may be null.
    pub(super) fn element_type(&self, id: SchemaId, side: Side) -> Type {
        self.or_null(id, self.value_type(id, side))
    }

    fn or_null(&self, id: SchemaId, value: Type) -> Type {
        // Any JSON value includes null already.
        if self.api.nullable(id) && value != Type::value() { value.optional() } else { value }
    }
}
