//! Of two schemas of one value that are not both objects, the one that says more.
//!
//! ```yaml
//! allOf: [{type: string, enum: [a, b, c]}, {type: string}, {type: string, enum: [b, c, d]}]
//! ```
//! is `b` or `c`. Of two formats the narrower one is taken, and of two that are not one within the
//! other the later, with a warning.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Lowerer;
use super::both::United;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{
    Constraint, EnumValue, IntegerEnum, IntegerFormat, Kind, NumberFormat, Schema, SchemaId,
    StringFormat, Untyped,
};

/// What comes of two schemas of one value.
pub(super) enum Narrower {
    Found(United),
    /// The later one, though it is not all that holds: what of the other is not carried.
    Later(String),
    /// No value can be both, for this reason.
    Neither(String),
}

use Narrower::{Found, Later, Neither};

impl Lowerer<'_> {
    /// What two schemas are at once that are not both objects and not both lists.
    pub(super) fn narrow(&mut self, (left, right): (SchemaId, SchemaId), site: &Site) -> United {
        match self.narrower(left, right) {
            Found(united) => united,
            Later(message) => {
                let help = "the later one gives the type; write one schema of what is meant";
                self.warn(Code::Ignored, message, &site.at, help);
                United::Right
            }
            Neither(message) => {
                let help = "the later one is taken; no value can be both, so one of them is wrong";
                self.warn(Code::FaultyDocument, message, &site.at, help);
                United::Right
            }
        }
    }

    /// Whether no value can be both, which is told where they are united.
    pub(super) fn contradict(&self, left: SchemaId, right: SchemaId) -> bool {
        matches!(self.narrower(self.target(left), self.target(right)), Neither(_))
    }

    fn narrower(&self, left: SchemaId, right: SchemaId) -> Narrower {
        match (self.is_choice(left), self.is_choice(right)) {
            (true, true) => Later("this value is one of several by two schemas".to_owned()),
            (true, false) => self.chosen(left, right, United::Right),
            (false, true) => self.chosen(right, left, United::Left),
            (false, false) => narrower(&self.schemas[left.0], &self.schemas[right.0]),
        }
    }

    fn is_choice(&self, id: SchemaId) -> bool {
        self.pending.contains_key(&id) || matches!(self.schemas[id.0].kind, Kind::Union(_))
    }

    /// A choice beside a schema that is none: the schema, where it is among the alternatives.
    fn chosen(&self, choice: SchemaId, other: SchemaId, united: United) -> Narrower {
        let Some(word) = json_type(&self.schemas[other.0].kind) else { return Found(united) };
        let listed: Vec<SchemaId> = match (&self.schemas[choice.0].kind, self.pending.get(&choice))
        {
            (_, Some(pending)) => pending.alternatives.iter().map(|one| one.schema).collect(),
            (Kind::Union(union), None) => union.variants.iter().map(|one| one.schema).collect(),
            _ => Vec::new(),
        };
        let mut words = listed.iter().map(|id| json_type(&self.schemas[self.target(*id).0].kind));
        if words.all(|known| known.is_some_and(|known| known != word)) {
            return Neither(format!(
                "this value is {word} by one schema, and no alternative of another"
            ));
        }
        if word == AN_OBJECT {
            return Later(
                "this value is one of several by one schema and an object by another".to_owned(),
            );
        }
        Found(united)
    }

    /// Listed values without those that a rule of the schema leaves out: what is listed for values of
    /// several types is a rule and no type.
    pub(super) fn listed_by_rules(&mut self, id: SchemaId, kind: Kind, site: &Site) -> Kind {
        let target = match kind {
            Kind::Alias(target) => Some(self.known(target)),
            _ => None,
        };
        let known = target.map_or(&kind, |target| &self.schemas[target.0].kind);
        let rules = &self.schemas[id.0].docs.constraints;
        let Some(narrowed) = among(known, rules) else { return kind };
        let is_narrower = narrowed.as_ref().is_some_and(|narrowed| !is_as_long(narrowed, known));
        if narrowed.is_none() {
            let help =
                "the list of one type is taken; no value can be in both, so one of them is wrong";
            self.warn(Code::FaultyDocument, nothing_in_common("values"), &site.at, help);
        }
        // It is no second name any more where it is narrower, and keeps what was said there.
        let inner = target.filter(|_| is_narrower).map(|target| self.docs_of(target));
        let docs = &mut self.schemas[id.0].docs;
        // The type says which values there are.
        docs.constraints.retain(|rule| !matches!(rule, Constraint::OneOf(_)));
        if let Some(inner) = inner {
            *docs = std::mem::take(docs).over(&inner);
        }
        narrowed.filter(|_| is_narrower).unwrap_or(kind)
    }
}

/// A schema beside one without a type, whose rules may list values all the same.
fn listed_among(kind: &Kind, other: &Schema, united: United) -> Narrower {
    match among(kind, &other.docs.constraints) {
        Some(Some(narrowed)) if !is_as_long(&narrowed, kind) => Found(United::New(narrowed)),
        Some(None) => Neither(nothing_in_common("values")),
        Some(Some(_)) | None => Found(united),
    }
}

/// Listed values of a kind that a rule lists as JSON: nothing where there is no such list, and none
/// where it has none of them.
fn among(kind: &Kind, rules: &[Constraint]) -> Option<Option<Kind>> {
    let list = rules.iter().find_map(|rule| match rule {
        Constraint::OneOf(values) => Some(values.iter().map(String::as_str)),
        _ => None,
    });
    let list: BTreeSet<&str> = list?.collect();
    let some = |listed: Vec<EnumValue>| (!listed.is_empty()).then_some(listed);
    match kind {
        Kind::Enum(values) => {
            let json = |value: &EnumValue| Value::from(value.wire.as_str()).to_string();
            let listed = values.iter().filter(|value| list.contains(json(value).as_str()));
            Some(some(listed.cloned().collect()).map(Kind::Enum))
        }
        Kind::IntegerEnum(IntegerEnum { values, unsigned }) => {
            let listed = values.iter().filter(|value| list.contains(value.wire.as_str()));
            let unsigned = *unsigned;
            let narrowed = |values| Kind::IntegerEnum(IntegerEnum { values, unsigned });
            Some(some(listed.cloned().collect()).map(narrowed))
        }
        _ => None,
    }
}

/// Whether two lists have as many values.
fn is_as_long(one: &Kind, other: &Kind) -> bool {
    let length = |kind: &Kind| match kind {
        Kind::Enum(values) | Kind::IntegerEnum(IntegerEnum { values, .. }) => values.len(),
        _ => 0,
    };
    length(one) == length(other)
}

fn narrower(left: &Schema, right: &Schema) -> Narrower {
    match (&left.kind, &right.kind) {
        (Kind::Enum(one), Kind::Enum(two)) => match in_both(one, two) {
            Some(Listed::Those(values)) => Found(United::New(Kind::Enum(values))),
            Some(Listed::All(united)) => Found(united),
            None => Neither(nothing_in_common("texts")),
        },
        (Kind::IntegerEnum(one), Kind::IntegerEnum(two)) => {
            match in_both(&one.values, &two.values) {
                Some(Listed::Those(values)) => {
                    let unsigned = one.unsigned && two.unsigned;
                    Found(United::New(Kind::IntegerEnum(IntegerEnum { values, unsigned })))
                }
                Some(Listed::All(united)) => Found(united),
                None => Neither(nothing_in_common("numbers")),
            }
        }
        (Kind::Any(Untyped::Fault(_) | Untyped::Unsupported(_)), kind) => {
            listed_among(kind, left, United::Right)
        }
        (kind, Kind::Any(Untyped::Fault(_) | Untyped::Unsupported(_))) => {
            listed_among(kind, right, United::Left)
        }
        (one, other) => match (json_type(one), json_type(other)) {
            (Some(one), Some(other)) if one != other => {
                Neither(format!("this value is {one} by one schema and {other} by another"))
            }
            _ => by_format(left, right),
        },
    }
}

/// Of two schemas of one JSON type.
fn by_format(left: &Schema, right: &Schema) -> Narrower {
    let (one, two) = (weight(left), weight(right));
    if one != two {
        return Found(if one > two { United::Left } else { United::Right });
    }
    let clash = || match (&left.format, &right.format) {
        (Some(one), Some(two)) => {
            format!("`format` is `{one}` by one schema and `{two}` by another")
        }
        (Some(_) | None, _) => "two schemas of this value have formats of their own".to_owned(),
    };
    match (&left.kind, &right.kind) {
        (Kind::Integer(one), Kind::Integer(two)) => {
            let (one, two) = (one.range(), two.range());
            let holds = |outer: &std::ops::RangeInclusive<i128>,
                         inner: &std::ops::RangeInclusive<i128>| {
                outer.contains(inner.start()) && outer.contains(inner.end())
            };
            match (holds(&one, &two), holds(&two, &one)) {
                (true, _) => Found(United::Right),
                (false, true) => Found(United::Left),
                (false, false) => Later(clash()),
            }
        }
        (Kind::Number(one), Kind::Number(two)) => {
            Found(match narrowness(*one) > narrowness(*two) {
                true => United::Left,
                false => United::Right,
            })
        }
        (Kind::String(StringFormat::Plain), Kind::String(StringFormat::Plain)) => {
            match left.docs.format == right.docs.format {
                true => Found(United::Right),
                false => Later(clash()),
            }
        }
        (Kind::String(one), Kind::String(two)) if one == two => Found(United::Right),
        (Kind::String(one), Kind::String(two)) if is_exact(*one) && is_exact(*two) => {
            Neither(clash())
        }
        (Kind::String(_), Kind::String(_)) => Later(clash()),
        (Kind::Tuple(_), Kind::Tuple(_) | Kind::Array(_)) | (Kind::Array(_), Kind::Tuple(_)) => {
            Later("two schemas say what the places of this list hold".to_owned())
        }
        _ => Found(United::Right),
    }
}

/// Whether no text of this format is one of another format.
fn is_exact(format: StringFormat) -> bool {
    match format {
        StringFormat::DateTime | StringFormat::Date | StringFormat::Uuid | StringFormat::Ipv4 => {
            true
        }
        StringFormat::Plain | StringFormat::Base64 | StringFormat::Secret => false,
    }
}

/// How few numbers a format has.
fn narrowness(format: NumberFormat) -> u8 {
    match format {
        NumberFormat::Decimal => 0,
        NumberFormat::Double => 1,
        NumberFormat::Float => 2,
    }
}

/// The values of two lists that are in both.
pub(super) enum Listed {
    /// One of the lists has no others.
    All(United),
    Those(Vec<EnumValue>),
}

/// Nothing where none is. What either list calls a value or says of it stays, of both the later.
pub(super) fn in_both(one: &[EnumValue], two: &[EnumValue]) -> Option<Listed> {
    let known: BTreeMap<&str, &EnumValue> =
        one.iter().map(|value| (value.wire.as_str(), value)).collect();
    let both = two.iter().filter_map(|value| {
        let other = known.get(value.wire.as_str())?;
        let mut value = value.clone();
        value.name = value.name.or_else(|| other.name.clone());
        value.description = value.description.or_else(|| other.description.clone());
        Some(value)
    });
    let both: Vec<EnumValue> = both.collect();
    if both.is_empty() {
        return None;
    }
    Some(match (says_all(two, &both), says_all(one, &both)) {
        (true, _) => Listed::All(United::Right),
        (false, true) => Listed::All(United::Left),
        (false, false) => Listed::Those(both),
    })
}

/// Whether a list has these values and no others, with all that is said of them.
fn says_all(list: &[EnumValue], values: &[EnumValue]) -> bool {
    fn said(value: &EnumValue) -> (&str, [Option<&str>; 2]) {
        (value.wire.as_str(), [value.name.as_deref(), value.description.as_deref()])
    }
    let list: BTreeMap<&str, [Option<&str>; 2]> = list.iter().map(said).collect();
    list.len() == values.len()
        && values.iter().map(said).all(|(wire, words)| list.get(wire) == Some(&words))
}

fn nothing_in_common(what: &str) -> String {
    format!("two schemas of this value list {what} that have none in common")
}

/// How much a schema says of a text or a number: its values, a format that the type has, one that is
/// documented only, or its type alone.
fn weight(schema: &Schema) -> u8 {
    let format = match (&schema.format, &schema.docs.format) {
        (_, Some(_)) => 1,
        (Some(_), None) => 2,
        (None, None) => 0,
    };
    match &schema.kind {
        Kind::Enum(_) | Kind::IntegerEnum(_) => 9,
        Kind::Integer(IntegerFormat::Int64) => 5 + format,
        Kind::Integer(_) => 7,
        Kind::Number(NumberFormat::Double) | Kind::String(StringFormat::Plain) => 1 + format,
        Kind::Number(_) | Kind::String(_) => 3,
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

const AN_OBJECT: &str = "an object";

/// What values of a kind are in JSON, where they are one thing.
fn json_type(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Boolean => Some("true or false"),
        Kind::Integer(_) | Kind::Number(_) | Kind::IntegerEnum(_) => Some("a number"),
        Kind::String(_) | Kind::Enum(_) => Some("a text"),
        Kind::Array(_) | Kind::Tuple(_) => Some("a list"),
        Kind::Map(_) | Kind::Object(_) | Kind::Any(Untyped::AnyObject) => Some(AN_OBJECT),
        Kind::Any(Untyped::DocumentSays | Untyped::Fault(_) | Untyped::Unsupported(_))
        | Kind::Alias(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => None,
    }
}
