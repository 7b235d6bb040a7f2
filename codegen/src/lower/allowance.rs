//! What merging may cost.
//!
//! An `allOf` is written out: the type has every property of every member. In a chain, where each
//! schema adds a property to the last one, that is a square of what the document says, so that two
//! megabytes of it would keep a build busy until its memory is used up. A choice is written out as
//! well: it has the alternatives of the choices among its own, and each of them has the properties
//! beside it. Where every schema chooses between the next one and an `allOf` of it, each has twice
//! the alternatives of the next, and three kilobytes ask for a million. What is copied in all is
//! therefore bounded by what the document declares. Of 55 published APIs the one that repeats itself
//! most copies 2.4 times what it declares.

use openapiv3::{AdditionalProperties, MediaType, OpenAPI, ReferenceOr, Schema};

use super::keywords::{Keywords, Ref};

/// How often everything that is declared may be copied.
const TIMES: usize = 8;
/// What may be copied besides, so that a small document is never refused.
const AT_LEAST: usize = 10_000;

/// What merging may still copy: properties, alternatives, and the schemas that hold them.
pub(super) struct Allowance<'d> {
    left: usize,
    /// What is declared outside the components and deep within them, which is looked through only
    /// where the rest does not suffice. Few documents write their schemas there.
    in_place: Option<&'d OpenAPI>,
}

/// The allowance does not cover it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

/// Why an `allOf` is not merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// One of its members is no object.
    NoObject,
    /// The allowance does not cover it.
    TooMuch,
}

impl<'d> Allowance<'d> {
    pub(super) fn of(document: &'d OpenAPI) -> Self {
        let declared = document.components.iter().flat_map(|all| all.schemas.values());
        let declared = declared.map(|schema| declared_in(schema, true));
        Self { in_place: Some(document), ..Self::for_declared(declared.sum()) }
    }

    /// Where so much is declared.
    pub(super) fn for_declared(declared: usize) -> Self {
        let left = declared.saturating_mul(TIMES).saturating_add(AT_LEAST);
        Self { left, in_place: None }
    }

    /// Takes what one schema costs; what did not suffice is gone too, so that looking for an end
    /// that is too far costs no more than merging up to there.
    pub(super) fn spend(&mut self, copied: usize) -> Result<(), TooMuch> {
        if copied > self.left
            && let Some(document) = self.in_place.take()
        {
            let more = declared_in_place(document).saturating_mul(TIMES);
            self.left = self.left.saturating_add(more);
        }
        let left = self.left.checked_sub(copied);
        self.left = left.unwrap_or_default();
        left.map(drop).ok_or(TooMuch)
    }
}

impl TooMuch {
    /// Of a choice.
    pub(super) fn of_choice(self) -> &'static str {
        "the choices of this document repeat their alternatives too often for all to be written out"
    }
}

impl From<TooMuch> for Refusal {
    fn from(_: TooMuch) -> Self {
        Self::TooMuch
    }
}

impl Refusal {
    /// Of the whole.
    pub(super) fn of_all(self) -> &'static str {
        match self {
            Self::NoObject => "`allOf` of something that is not an object",
            Self::TooMuch => {
                "the `allOf` of this document repeat their members too often for all to be merged"
            }
        }
    }

    /// Of one alternative of a choice.
    pub(super) fn of_alternative(self) -> &'static str {
        match self {
            Self::NoObject => "is no object",
            Self::TooMuch => "is merged of too much",
        }
    }
}

/// What a schema declares, itself and in the members of its `allOf` that are written in place.
fn declared_in(schema: &ReferenceOr<Schema>, with_members: bool) -> usize {
    let ReferenceOr::Item(schema) = schema else { return 1 };
    let keywords = Keywords::of(schema);
    let members = keywords.all_of.iter().filter(|_| with_members);
    let members = members.map(|member| declared_in(member, false));
    1 + keywords.properties.len() + members.sum::<usize>()
}

/// What the schemas of requests and answers declare that are written there, and those within other
/// schemas.
fn declared_in_place(document: &OpenAPI) -> usize {
    let mut open = Vec::new();
    let mut declared = 0;
    bodies(document, &mut |media| match &media.schema {
        Some(ReferenceOr::Item(schema)) => {
            declared += 1;
            open.push(schema);
        }
        Some(ReferenceOr::Reference { .. }) | None => {}
    });
    for schema in document.components.iter().flat_map(|all| all.schemas.values()) {
        open.extend(schema.as_item());
    }
    while let Some(schema) = open.pop() {
        let keywords = Keywords::of(schema);
        let lists = [keywords.all_of, keywords.one_of, keywords.any_of];
        let listed = lists.into_iter().flatten().filter_map(ReferenceOr::as_item);
        let other = match keywords.additional {
            Some(AdditionalProperties::Schema(schema)) => schema.as_item(),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let held = keywords.properties.iter().map(|(_, schema)| *schema).chain(keywords.items);
        let held = held.filter_map(|schema| match schema {
            Ref::Here(schema) => Some(schema),
            Ref::To(_) => None,
        });
        let before = open.len();
        open.extend(listed.chain(other).chain(held));
        declared += open.len() - before;
        declared += keywords.properties.len();
    }
    declared
}

/// Visits each media type of the operations, and of the bodies and answers among the components.
fn bodies<'d>(document: &'d OpenAPI, visit: &mut dyn FnMut(&'d MediaType)) {
    let operations = document.paths.paths.values().filter_map(ReferenceOr::as_item);
    let operations = operations.flat_map(|item| item.iter()).map(|(_, operation)| operation);
    let shared = document.components.as_ref();
    for operation in operations {
        let answers = operation.responses.default.iter();
        let answers = answers.chain(operation.responses.responses.values());
        let answers = answers.filter_map(ReferenceOr::as_item).map(|answer| &answer.content);
        let asked = operation.request_body.iter().filter_map(ReferenceOr::as_item);
        let content = answers.chain(asked.map(|body| &body.content));
        content.flat_map(|content| content.values()).for_each(&mut *visit);
    }
    let answers = shared.iter().flat_map(|all| all.responses.values());
    let answers = answers.filter_map(ReferenceOr::as_item).map(|answer| &answer.content);
    let asked = shared.iter().flat_map(|all| all.request_bodies.values());
    let asked = asked.filter_map(ReferenceOr::as_item).map(|body| &body.content);
    answers.chain(asked).flat_map(|content| content.values()).for_each(visit);
}
