//! Enums of texts and of whole numbers: one variant a value, one for all others.

use super::alias::alias;
use super::items::Shape;
use super::types::{Scalar, Type};
use super::{Docs, IntegerEnum, NumberVariant, StringEnum, TextVariant, docs, markdown};
use crate::ir::{self, EnumValue};
use crate::names::UNKNOWN_VARIANT;
use crate::names::wire::wire_of_variant;

/// What the docs of a closed enum say.
const CLOSED: &str = "Closed by the configuration: what has another value is not decoded.";

impl Shape<'_> {
    /// An enum of texts; `names` are those of its variants.
    pub(super) fn of_texts(&self, values: &[EnumValue], names: &[String]) -> StringEnum {
        let variants = values.iter().zip(names).map(|(value, name)| TextVariant {
            docs: value_docs(value),
            alias: alias(name, &value.wire),
            name: name.clone(),
            rename: (wire_of_variant(name) != value.wire).then(|| value.wire.clone()),
        });
        let unknown = self.unknown();
        // Nothing of an enum without a text in it is worth borrowing.
        let copy = unknown.is_none().then_some("Copy");
        let own = ["Clone"].into_iter().chain(copy);
        let own = own.chain(["Debug", "PartialEq", "Eq", "Hash", "StringEnum"]);
        StringEnum {
            docs: self.enum_docs(),
            alias: self.alias(),
            name: self.name.to_owned(),
            derives: self.with_added(own),
            variants: variants.collect(),
            unknown,
        }
    }

    /// An enum of whole numbers; `names` are those of its variants.
    pub(super) fn of_numbers(&self, numbers: &ir::IntegerEnum, names: &[String]) -> IntegerEnum {
        let variants = numbers.values.iter().zip(names).map(|(value, name)| NumberVariant {
            docs: value_docs(value),
            name: name.clone(),
            value: value.wire.clone(),
        });
        let own = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash", "IntegerEnum"];
        IntegerEnum {
            docs: self.enum_docs(),
            alias: self.alias(),
            name: self.name.to_owned(),
            derives: self.with_added(own),
            variants: variants.collect(),
            unknown: self.unknown(),
            // Numbers that servers add need not fit into what the listed ones fit into.
            holds: Type::Scalar(if numbers.unsigned { Scalar::U64 } else { Scalar::I64 }),
        }
    }

    fn unknown(&self) -> Option<&'static str> {
        (!self.context.wishes.is_closed(self.id)).then_some(UNKNOWN_VARIANT)
    }

    fn enum_docs(&self) -> Docs {
        let closed = self.unknown().is_none().then(|| vec![CLOSED.to_owned()]);
        docs::join(std::iter::once(self.docs()).chain(closed).collect())
    }
}

fn value_docs(value: &EnumValue) -> Docs {
    let wire = match value.wire.as_str() {
        "" => "The empty text on the wire.".to_owned(),
        wire => format!("{} on the wire.", markdown::spelled(wire)),
    };
    let words = value.description.as_deref().map(markdown::lines);
    let deprecated = docs::deprecated(value.deprecated);
    docs::join(vec![words.unwrap_or_default(), deprecated.unwrap_or_default(), vec![wire]])
}
