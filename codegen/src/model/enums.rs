//! Enums of texts and of whole numbers: one variant a value, one for all others.

use super::types::{Scalar, Type};
use super::{Docs, IntegerEnum, NumberVariant, StringEnum, TextVariant, docs, markdown};
use crate::ir::{self, EnumValue};
use crate::names::UNKNOWN_VARIANT;
use crate::names::wire::wire_of_variant;

/// An enum of texts; `names` are those of its variants.
pub(super) fn of_texts(
    docs: Docs,
    name: &str,
    values: &[EnumValue],
    names: &[String],
) -> StringEnum {
    let variants = values.iter().zip(names).map(|(value, name)| TextVariant {
        docs: value_docs(value),
        name: name.clone(),
        rename: (wire_of_variant(name) != value.wire).then(|| value.wire.clone()),
    });
    let (name, variants) = (name.to_owned(), variants.collect());
    StringEnum { docs, name, variants, unknown: UNKNOWN_VARIANT }
}

/// An enum of whole numbers; `names` are those of its variants.
pub(super) fn of_numbers(
    docs: Docs,
    name: &str,
    numbers: &ir::IntegerEnum,
    names: &[String],
) -> IntegerEnum {
    let variants = numbers.values.iter().zip(names).map(|(value, name)| NumberVariant {
        docs: value_docs(value),
        name: name.clone(),
        value: value.wire.clone(),
    });
    IntegerEnum {
        docs,
        name: name.to_owned(),
        variants: variants.collect(),
        unknown: UNKNOWN_VARIANT,
        // Numbers that servers add need not fit into what the listed ones fit into.
        holds: Type::Scalar(if numbers.unsigned { Scalar::U64 } else { Scalar::I64 }),
    }
}

fn value_docs(value: &EnumValue) -> Docs {
    let wire = match value.wire.as_str() {
        "" => "The empty text on the wire.".to_owned(),
        wire => format!("{} on the wire.", markdown::code(wire)),
    };
    let words = value.description.as_deref().map(markdown::lines);
    docs::join(vec![words.unwrap_or_default(), vec![wire]])
}
