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

use openapiv3::{OpenAPI, ReferenceOr};

use super::keywords::Keywords;

/// How often everything that is declared may be copied.
const TIMES: usize = 8;
/// What may be copied besides, so that a small document is never refused.
const AT_LEAST: usize = 10_000;

/// What merging may still copy: properties, alternatives, and the schemas that hold them.
pub(super) struct Allowance(usize);

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

impl Allowance {
    pub(super) fn of(document: &OpenAPI) -> Self {
        let declared = document.components.iter().flat_map(|all| all.schemas.values());
        let declared = declared.map(|schema| declared_in(schema, true));
        Self::for_declared(declared.sum())
    }

    /// Where so much is declared.
    pub(super) fn for_declared(declared: usize) -> Self {
        Self(declared.saturating_mul(TIMES).saturating_add(AT_LEAST))
    }

    /// Takes what one schema costs; what did not suffice is gone too, so that looking for an end
    /// that is too far costs no more than merging up to there.
    pub(super) fn spend(&mut self, copied: usize) -> Result<(), TooMuch> {
        let left = self.0.checked_sub(copied);
        self.0 = left.unwrap_or_default();
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
fn declared_in(schema: &ReferenceOr<openapiv3::Schema>, with_members: bool) -> usize {
    let ReferenceOr::Item(schema) = schema else { return 1 };
    let keywords = Keywords::of(schema);
    let members = keywords.all_of.iter().filter(|_| with_members);
    let members = members.map(|member| declared_in(member, false));
    1 + keywords.properties.len() + members.sum::<usize>()
}
