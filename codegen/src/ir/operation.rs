//! Operations.

use super::{
    Api, Body, Content, ContentKind, Docs, FixedParameter, Link, Located, Outcome, Paging,
    Parameter, Part, Payload,
};
use crate::pointer::Pointer;

/// One method of one path.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// `operationId`, or a stand-in made of method and path.
    pub(crate) id: String,
    /// What it is called under the extension that the user names for this.
    pub(crate) label: Option<String>,
    /// The day from which it is out of service (`x-sunset`).
    pub(crate) sunset: Option<String>,
    /// Which of its versions this is, where each is an operation of its own.
    pub(crate) version: Option<String>,
    /// The method in upper case.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    /// Tags in document order; the first is the one it belongs to.
    pub(crate) tags: Vec<String>,
    /// Prose.
    pub(crate) docs: Docs,
    /// Roles the caller needs (`x-rolesRequirements`).
    pub(crate) roles: Vec<String>,
    /// Parameters: path ones in the path's order, then the others in the document's.
    pub(crate) parameters: Vec<Parameter>,
    /// Parameters that always have the same value.
    pub(crate) fixed: Vec<FixedParameter>,
    /// Parameters that are never sent, by wire name.
    pub(crate) dropped: Vec<String>,
    /// What is sent.
    pub(crate) body: Option<Body>,
    /// Where it is called.
    pub(crate) located: Located,
    /// Documented successes.
    pub(crate) successes: Vec<Outcome>,
    /// Other media types that a success may have, each asked for by a way of sending of its own.
    pub(crate) representations: Vec<Representation>,
    /// Documented errors.
    pub(crate) errors: Vec<Outcome>,
    /// What its answers are good for.
    pub(crate) links: Vec<Link>,
    /// Alternatives, each a set of schemes by name. Empty: no login.
    pub(crate) security: Vec<Vec<String>>,
    /// Query parameters that are left out because they would change the shape of every answer.
    pub(crate) withheld: Vec<String>,
    /// The wrapper its answers may come in.
    pub(crate) envelope: Option<Envelope>,
    /// `x-specwright-nonempty`: an empty object is not an answer.
    pub(crate) nonempty: bool,
    /// How its answers lead on to one another, where they come in pages.
    pub(crate) paging: Option<Paging>,
}

impl Operation {
    /// The parts of a body that is a form of several parts and nothing else.
    pub(crate) fn parts(&self) -> &[Part] {
        match self.body.as_ref().map(|body| body.contents.as_slice()) {
            Some([Content { kind: ContentKind::Multipart(form), .. }]) => &form.parts,
            _ => &[],
        }
    }

    /// The schema of its answer, where that is a JSON value whatever the status.
    pub(crate) fn answer(&self, api: &Api) -> Option<super::SchemaId> {
        let one = !differ(api, &self.successes) && !self.nullable(api);
        match self.successes.first().map(|outcome| &outcome.payload) {
            Some(Payload::Json { schema, .. }) if one => Some(*schema),
            _ => None,
        }
    }

    /// Whether a success may be null.
    pub(crate) fn nullable(&self, api: &Api) -> bool {
        self.successes.iter().any(|outcome| match outcome.payload {
            Payload::Json { schema, .. } => api.nullable(schema),
            Payload::Empty
            | Payload::Text { .. }
            | Payload::Bytes { .. }
            | Payload::Stream { .. } => false,
        })
    }

    /// The successes of each way to send the call, the usual one first.
    pub(crate) fn ways(&self) -> impl Iterator<Item = &[Outcome]> {
        let others = self.representations.iter().map(|other| other.successes.as_slice());
        std::iter::once(self.successes.as_slice()).chain(others)
    }
}

/// Whether successes differ in what they carry.
pub(crate) fn differ(api: &Api, successes: &[Outcome]) -> bool {
    let key = |outcome: &Outcome| match &outcome.payload {
        Payload::Empty => (0, None),
        Payload::Stream { schema, .. } => (4, schema.map(|schema| api.resolve(schema))),
        Payload::Text { .. } => (1, None),
        Payload::Bytes { .. } => (2, None),
        Payload::Json { schema, .. } => (3, Some(api.resolve(*schema))),
    };
    let mut keys = successes.iter().map(key);
    let first = keys.next();
    keys.any(|other| Some(other) != first)
}

/// The successes of an operation that is asked for another media type than usual.
#[derive(Clone, Debug)]
pub(crate) struct Representation {
    /// Where the media type is written first.
    pub(crate) at: Pointer,
    /// The exact media type.
    pub(crate) media_type: String,
    /// The documented successes; those that do not have the media type are what they always are.
    pub(crate) successes: Vec<Outcome>,
}

/// The wrapper of `x-specwright-envelope`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Wire name of the query parameter that asks for it.
    pub(crate) parameter: String,
    /// Field that holds the HTTP status.
    pub(crate) status: String,
    /// Field that holds the body.
    pub(crate) content: String,
}
