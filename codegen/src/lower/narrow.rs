//! Of two schemas of one value that are not both objects, the one that says more.
//!
//! ```yaml
//! allOf: [{type: string, enum: [a, b, c]}, {type: string}, {type: string, enum: [b, c, d]}]
//! ```
//! is `b` or `c`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowerer;
use super::both::United;
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{
    EnumValue, IntegerEnum, IntegerFormat, Kind, NumberFormat, Schema, SchemaId, StringFormat,
};

impl<'d> Lowerer<'d> {
    /// The kind that one member of an `allOf` has, as the others narrow it: the items of a list are
    /// what all of them say, and so are listed values.
    pub(super) fn refined_by(
        &mut self,
        id: SchemaId,
        kind: Kind,
        others: &[(usize, &Keywords<'d>)],
        own: &Keywords<'d>,
        site: &Site,
    ) -> Kind {
        let target = match kind {
            Kind::Alias(id) => Some(self.known(id)),
            _ => None,
        };
        let known = target.map_or(&kind, |id| &self.schemas[id.0].kind).clone();
        let narrowed = match known {
            Kind::Array(items) => {
                let own = own.items.map(|own| (site.below(&["items"], "item"), own));
                let of = |(index, said): &(usize, &Keywords<'d>)| {
                    let at = site.at.push("allOf").index(*index);
                    let below = Site { at, path: site.path.clone() }.below(&["items"], "item");
                    Some((below, said.items.filter(|_| said.places().is_none())?))
                };
                let mut united = items;
                for (below, more) in others.iter().filter_map(of).chain(own) {
                    let more = self.schema(more, &below);
                    united = self.both(united, more, &below);
                }
                (united != items).then_some(Kind::Array(united))
            }
            Kind::Enum(values) => self.listed_by_all(values, others, site).map(Kind::Enum),
            Kind::IntegerEnum(IntegerEnum { values, unsigned }) => {
                let values = self.listed_by_all(values, others, site);
                values.map(|values| Kind::IntegerEnum(IntegerEnum { values, unsigned }))
            }
            _ => None,
        };
        match (narrowed, target) {
            (Some(narrowed), Some(target)) => {
                // It is no second name any more, and keeps what was said there.
                let inner = self.docs_of(target);
                let slot = &mut self.schemas[id.0];
                slot.docs = std::mem::take(&mut slot.docs).over(&inner);
                narrowed
            }
            (Some(narrowed), None) => narrowed,
            (None, _) => kind,
        }
    }

    /// The values that no member leaves out; nothing where they leave out none, or all.
    fn listed_by_all(
        &mut self,
        mut values: Vec<EnumValue>,
        others: &[(usize, &Keywords<'_>)],
        site: &Site,
    ) -> Option<Vec<EnumValue>> {
        let before = values.len();
        for (index, said) in others.iter().filter(|(_, said)| !said.values.is_empty()) {
            let listed: BTreeSet<String> = said.values.iter().map(wire).collect();
            let is_listed = |value: &EnumValue| listed.contains(&value.wire);
            if values.iter().any(is_listed) {
                values.retain(is_listed);
            } else {
                self.warn(
                    Code::FaultyDocument,
                    "two members of `allOf` list values that have none in common",
                    &site.at.push("allOf").index(*index),
                    "the first list is taken; no value can be in both, so one of them is wrong",
                );
            }
        }
        (values.len() < before).then_some(values)
    }
}

/// A listed value as an `EnumValue` has it.
fn wire(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What comes of two schemas of one value.
pub(super) enum Narrower {
    Found(United),
    /// No value can be both, for this reason.
    Neither(String),
}

pub(super) fn narrower(left: &Schema, right: &Schema) -> Narrower {
    let united = match (&left.kind, &right.kind) {
        (Kind::Enum(one), Kind::Enum(two)) => match in_both(one, two) {
            Some(Listed::Those(values)) => United::New(Kind::Enum(values)),
            Some(Listed::All(united)) => united,
            None => return Narrower::Neither(nothing_in_common("texts")),
        },
        (Kind::IntegerEnum(one), Kind::IntegerEnum(two)) => {
            match in_both(&one.values, &two.values) {
                Some(Listed::Those(values)) => {
                    let unsigned = one.unsigned && two.unsigned;
                    United::New(Kind::IntegerEnum(IntegerEnum { values, unsigned }))
                }
                Some(Listed::All(united)) => united,
                None => return Narrower::Neither(nothing_in_common("numbers")),
            }
        }
        (one, other) => match (json_type(one), json_type(other)) {
            (Some(one), Some(other)) if one != other => {
                return Narrower::Neither(format!(
                    "this value is {one} by one schema and {other} by another"
                ));
            }
            _ if weight(left) > weight(right) => United::Left,
            _ => United::Right,
        },
    };
    Narrower::Found(united)
}

/// The values of two lists that are in both.
pub(super) enum Listed {
    /// One of the lists has no others.
    All(United),
    Those(Vec<EnumValue>),
}

/// Nothing where none is.
pub(super) fn in_both(one: &[EnumValue], two: &[EnumValue]) -> Option<Listed> {
    let known: BTreeSet<&str> = one.iter().map(|value| value.wire.as_str()).collect();
    let both = two.iter().filter(|value| known.contains(value.wire.as_str()));
    let both: Vec<EnumValue> = both.cloned().collect();
    match both.len() {
        0 => None,
        all if all == two.len() => Some(Listed::All(United::Right)),
        all if all == one.len() => Some(Listed::All(United::Left)),
        _ => Some(Listed::Those(both)),
    }
}

fn nothing_in_common(what: &str) -> String {
    format!("two schemas of this value list {what} that have none in common")
}

/// How much a schema says of a text or a number: its values, its format, or its type alone.
fn weight(schema: &Schema) -> u8 {
    let format = u8::from(schema.format.is_some());
    match &schema.kind {
        Kind::Enum(_) | Kind::IntegerEnum(_) => 5,
        Kind::Integer(IntegerFormat::Int64) => 3 + format,
        Kind::Integer(_) => 4,
        Kind::Number(NumberFormat::Double) | Kind::String(StringFormat::Plain) => 1 + format,
        Kind::Number(_) | Kind::String(_) => 2,
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => 0,
    }
}

/// What values of a kind are in JSON, where they are one thing.
fn json_type(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Boolean => Some("true or false"),
        Kind::Integer(_) | Kind::Number(_) | Kind::IntegerEnum(_) => Some("a number"),
        Kind::String(_) | Kind::Enum(_) => Some("a text"),
        Kind::Array(_) | Kind::Tuple(_) => Some("a list"),
        Kind::Map(_) | Kind::Object(_) => Some("an object"),
        Kind::Any(_) | Kind::Alias(_) | Kind::Union(_) | Kind::Foreign(_) => None,
    }
}
