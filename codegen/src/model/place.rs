//! How an item speaks of others: paths that hold in the module where it stands.
//!
//! A module below another begins with `use super::super::…` of the modules it mentions, so that its
//! items say `types::Snapshot`; one that is whole says `super::types::Snapshot`.

use super::build::Context;
use super::types::Type;
use crate::ir::{Kind, SchemaId};
use crate::names::Side;

/// Where the item stands that is being decided.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In `types`, or in this module below it.
    Types(Option<usize>),
    /// In the module `headers` of `operations`.
    Headers,
    /// In a module of the root that has none below it, such as `webhooks`.
    Hooks,
    /// In `operations`, where the calls are, or in the module of the same name where the methods
    /// are: both are as far from the root.
    Calls,
}

impl Context<'_> {
    /// The type of this schema's own.
    pub(super) fn own_type(&self, id: SchemaId, side: Side) -> Option<Type> {
        let name = self.names.type_name(id, side)?;
        let module = self.names.layout().of_type(id, side);
        Some(Type::Named(match self.place {
            Place::Types(here) if here == module => name.to_owned(),
            Place::Types(_) => format!("super::{name}"),
            Place::Headers => format!("super::super::types::{name}"),
            Place::Hooks => format!("super::types::{name}"),
            Place::Calls if self.has_call_modules() => format!("types::{name}"),
            Place::Calls => format!("super::types::{name}"),
        }))
    }

    /// The path of an item of `operations` from the client, which is good from the calls as well.
    pub(super) fn call_path(&self, name: &str) -> String {
        if self.has_call_modules() {
            format!("operations::{name}")
        } else {
            format!("super::operations::{name}")
        }
    }

    /// The path of an item of the root from the client or the calls.
    pub(super) fn root_path(&self, name: &str) -> String {
        if self.has_call_modules() && !matches!(self.place, Place::Hooks) {
            format!("super::super::{name}")
        } else {
            format!("super::{name}")
        }
    }

    /// A link to the method of an operation. Rustdoc knows no raw names.
    pub(super) fn method_link(&self, index: usize) -> String {
        let names = self.names.operation(index);
        let method = names.method.trim_start_matches("r#");
        let (owner, path) = match names.group.map(|group| &self.names.groups()[group].type_name) {
            None => ("Client".to_owned(), self.root_path("Client")),
            Some(group) => (group.clone(), self.root_path(&format!("groups::{group}"))),
        };
        format!("[`{owner}::{method}`]({path}::{method})")
    }

    /// The features of the module in which the type of a value stands, or of its items.
    pub(super) fn features_of(&self, id: SchemaId) -> Vec<String> {
        let id = self.api.resolve(id);
        if let Kind::Array(inner) | Kind::Map(inner) = self.api.schema(id).kind {
            return self.features_of(inner);
        }
        if let Kind::Tuple(places) = &self.api.schema(id).kind {
            let first = places.iter().map(|place| self.features_of(*place));
            return first.max_by_key(Vec::len).unwrap_or_default();
        }
        let layout = self.names.layout();
        let module = layout.of_type(id, Side::Plain).and_then(|index| layout.types().get(index));
        module.map(|module| module.features.clone()).unwrap_or_default()
    }

    fn has_call_modules(&self) -> bool {
        !self.names.layout().operations().is_empty()
    }
}
