//! Presence: what `required`, `nullable` and the direction of travel make of a field.
//!
//! | required | nullable | sent | field |
//! |---|---|---|---|
//! | yes | no  | any | `T` |
//! | yes | yes | any | `Option<T>`, null on the wire when `None` |
//! | no  | no  | any | `Option<T>`, left out when `None` |
//! | no  | yes | yes | `Nullable<T>`: absent, null and a value are three requests |
//! | no  | yes | no  | `Option<T>`: in an answer, null and absent say the same |
//!
//! ADR 0004 says why.

use super::types::Type;

/// How a property may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, maybe null.
    RequiredNullable,
    /// Maybe not there.
    Optional,
    /// Maybe not there, maybe null, and the difference matters.
    ThreeState,
}

/// The presence of a property.
pub(crate) fn presence(required: bool, nullable: bool, sent: bool) -> Presence {
    match (required, nullable, sent) {
        (true, false, _) => Presence::Required,
        (true, true, _) => Presence::RequiredNullable,
        (false, true, true) => Presence::ThreeState,
        (false, _, _) => Presence::Optional,
    }
}

impl Presence {
    /// The type of the field for a value of type `inner`.
    pub(crate) fn wrap(self, inner: Type) -> Type {
        match self {
            Self::Required => inner,
            Self::RequiredNullable | Self::Optional => Type::Option(Box::new(inner)),
            Self::ThreeState => Type::Nullable(Box::new(inner)),
        }
    }

    /// Whether a constructor must be given it.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

#[cfg(test)]
mod tests {
    use super::{Presence, presence};

    #[test]
    fn all_combinations() {
        let table = [
            (true, false, false, Presence::Required),
            (true, false, true, Presence::Required),
            (true, true, false, Presence::RequiredNullable),
            (true, true, true, Presence::RequiredNullable),
            (false, false, false, Presence::Optional),
            (false, false, true, Presence::Optional),
            (false, true, false, Presence::Optional),
            (false, true, true, Presence::ThreeState),
        ];
        for (required, nullable, sent, expected) in table {
            assert_eq!(presence(required, nullable, sent), expected);
        }
    }
}
