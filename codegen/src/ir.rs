//! The API in terms no language owns: schemas by id, references resolved, every node with the
//! place it came from.
//!
//! `lower` fills it; it is the last type that remembers OpenAPI's words and the first that has
//! none of its shapes. There is no identifier in here: names are wire names, and only the stage
//! `names` makes Rust of them.

mod content;
mod foreign;
mod framing;
mod hook;
mod info;
mod link;
mod operation;
mod paging;
mod parameter;
mod rules;
mod schema;
mod security;
mod server;
mod waiter;

pub(crate) use self::content::{
    Body, Content, ContentKind, Form, Header, Opaque, Outcome, Part, PartKind, Payload, Status,
};
pub(crate) use self::foreign::{By, Foreign};
pub(crate) use self::framing::{EventData, EventPart, Framing};
pub(crate) use self::hook::{Cause, Hook};
pub(crate) use self::info::{Contact, ExternalDocs, Info, License, Tag};
pub(crate) use self::link::{Link, LinkTarget};
pub(crate) use self::operation::{Envelope, Operation, Representation, differ};
pub(crate) use self::paging::{Paging, Step, Turn, spelled};
pub(crate) use self::parameter::{FixedParameter, Parameter, Place, Style, StyleForm};
pub(crate) use self::rules::{all_hold, compare, one_holds};
pub(crate) use self::schema::{
    Apart, Constraint, Docs, EnumValue, IntegerEnum, IntegerFormat, Kind, NumberFormat, Object,
    Origin, Property, Schema, StringFormat, Union, Untyped, Variant,
};
pub(crate) use self::security::{SchemeKind, SecurityScheme};
pub(crate) use self::server::{Located, Server, ServerVariable};
pub(crate) use self::waiter::{Awaited, FieldPath, Given, Goal, Start, Waiter};

use std::borrow::Cow;

/// Index of a schema in [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(pub usize);

/// A whole document, reduced to what the client needs.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// What the document says of itself.
    pub(crate) info: Info,
    /// Base URLs in document order.
    pub(crate) servers: Vec<Server>,
    /// Variables in server URLs.
    pub(crate) variables: Vec<ServerVariable>,
    /// `x-specwright-error-code`: where in the body of an error its name stands.
    pub(crate) error_code: Option<String>,
    /// Security schemes in document order.
    pub(crate) schemes: Vec<SecurityScheme>,
    /// Every schema, components and anonymous ones alike.
    pub(crate) schemas: Vec<Schema>,
    /// What the document says of its tags.
    pub(crate) tags: Vec<Tag>,
    /// Operations in document order.
    pub(crate) operations: Vec<Operation>,
    /// What can be waited for.
    pub(crate) waiters: Vec<Waiter>,
    /// The operations that begin it, each once.
    pub(crate) starts: Vec<Start>,
    /// Webhooks, then callbacks, in document order.
    pub(crate) hooks: Vec<Hook>,
    /// Any of the webhooks, where a property tells their payloads apart.
    pub(crate) event: Option<SchemaId>,
}

impl Api {
    /// The schema behind an id.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The schema behind an id, aliases followed. References that never reach a value are refused
    /// long before.
    pub(crate) fn resolved(&self, id: SchemaId) -> &Schema {
        &self.schemas[self.resolve(id).0]
    }

    /// The id at the end of a chain of aliases.
    pub(crate) fn resolve(&self, mut id: SchemaId) -> SchemaId {
        while let Kind::Alias(next) = self.schemas[id.0].kind {
            id = next;
        }
        id
    }

    /// What the document says of a value: the first words on the way to it, and every rule, since
    /// all of them hold.
    pub(crate) fn docs(&self, mut id: SchemaId) -> Cow<'_, Docs> {
        let mut docs = Cow::Borrowed(&self.schemas[id.0].docs);
        while let Kind::Alias(next) = self.schemas[id.0].kind {
            let inner = &self.schemas[next.0].docs;
            if *docs == Docs::default() {
                docs = Cow::Borrowed(inner);
            } else if *inner != Docs::default() {
                docs = Cow::Owned(docs.into_owned().over(inner));
            }
            id = next;
        }
        docs
    }

    /// The default of a schema: its own, or that of one it stands for.
    pub(crate) fn default(&self, mut id: SchemaId) -> Option<&serde_json::Value> {
        loop {
            let schema = &self.schemas[id.0];
            let own = schema.default.as_ref();
            match schema.kind {
                Kind::Alias(next) if own.is_none() => id = next,
                _ => return own.filter(|value| !value.is_null()),
            }
        }
    }

    /// Whether null is a legal value here, said by the schema or by one it stands for.
    pub(crate) fn nullable(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.nullable)
    }

    /// Whether a property of this schema is only ever received.
    pub(crate) fn read_only(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.read_only)
    }

    /// Whether a property of this schema is only ever sent.
    pub(crate) fn write_only(&self, id: SchemaId) -> bool {
        self.any_on_chain(id, |schema| schema.write_only)
    }

    fn any_on_chain(&self, mut id: SchemaId, holds: impl Fn(&Schema) -> bool) -> bool {
        loop {
            let schema = &self.schemas[id.0];
            if holds(schema) {
                return true;
            }
            let Kind::Alias(next) = schema.kind else { return false };
            id = next;
        }
    }
}
