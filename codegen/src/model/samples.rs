//! Placeholder values: how a caller makes what the document asks for.
//!
//! The words of the document are no part of them. A text is the name of where it goes, a number is one
//! that the limits allow, an enum its first variant, and an object what its constructor asks for.

use std::collections::BTreeSet;

use super::build::Context;
use super::code::Code;
use super::items::{Shape, setter};
use super::types::{Scalar, Type};
use crate::ir::{Constraint, Kind, Object, Property, Schema, SchemaId, Union};
use crate::names::Side;

/// How a place takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// As this type and no other.
    AsIs,
    /// As whatever becomes this type, of which some are written as literals.
    Converted,
    /// As whatever becomes another type, so that its own has to be seen.
    Told,
}

impl Taken {
    /// How a list takes its items.
    fn inside(self) -> Self {
        match self {
            Self::Told => Self::Told,
            Self::AsIs | Self::Converted => Self::AsIs,
        }
    }
}

/// Values, and what they need from elsewhere.
#[derive(Clone)]
pub(super) struct Samples<'a> {
    context: &'a Context<'a>,
    /// Types of the document that they name.
    pub(super) types: BTreeSet<String>,
    /// Modules of the runtime that they name.
    pub(super) modules: BTreeSet<&'static str>,
    /// The objects and unions around the value that is being made.
    open: Vec<SchemaId>,
    /// How many values may still be made: an example that nobody reads to the end is of no use, and
    /// objects that share others may be met any number of times.
    left: usize,
}

/// How many setters are shown where nothing is required.
const SETTERS: usize = 2;
/// How many values an example may have.
const VALUES: usize = 40;

impl<'a> Samples<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let (types, modules) = Default::default();
        Self { context, types, modules, open: Vec::new(), left: VALUES }
    }

    /// A value of a schema, null aside; none where each that there is holds another one or a type of the
    /// user's.
    pub(super) fn value(&mut self, id: SchemaId, name: &str, taken: Taken) -> Option<Code> {
        self.left = self.left.checked_sub(1)?;
        if let Some(id) = self.context.checked_schema(id) {
            return self.checked(id, name);
        }
        let id = self.context.api.resolve(id);
        let schema = self.context.api.schema(id);
        match &schema.kind {
            Kind::Any(_) | Kind::Alias(_) => Some(self.scalar(Scalar::Value, schema, name, taken)),
            Kind::Boolean => Some(self.scalar(Scalar::Bool, schema, name, taken)),
            Kind::Integer(format) => Some(self.scalar((*format).into(), schema, name, taken)),
            Kind::Number(format) => Some(self.scalar((*format).into(), schema, name, taken)),
            Kind::String(format) => Some(self.scalar((*format).into(), schema, name, taken)),
            Kind::Array(items) => self.list(*items, name, taken),
            Kind::Tuple(places) => self.tuple(id, places, name, taken),
            Kind::Map(values) => self.map(*values, taken),
            Kind::Enum(_) | Kind::IntegerEnum(_) => self.variant(id, schema, taken),
            Kind::Object(object) => self.inside(id, |all| all.object(id, schema, object)),
            Kind::Union(union) => self.inside(id, |all| all.alternative(id, union)),
            // How a type of the user's is made is known to the user alone.
            Kind::Foreign(_) => None,
        }
    }

    /// An item of a list, a value of a map or a place of a tuple, which may be null.
    pub(super) fn element(&mut self, id: SchemaId, name: &str, taken: Taken) -> Option<Code> {
        let is_option = matches!(self.context.element_type(id, Side::Input), Type::Option(_));
        match self.value(id, name, taken) {
            Some(value) if is_option => Some(Code::call("Some", vec![value])),
            Some(value) => Some(value),
            None => (is_option && taken == Taken::AsIs).then(|| Code::text("None")),
        }
    }

    /// An array of one, of what a list has.
    pub(super) fn listed(&mut self, id: SchemaId, name: &str) -> Option<Code> {
        let Kind::Array(items) = &self.context.api.resolved(id).kind else { return None };
        let item = self.value(*items, name, Taken::AsIs)?;
        Some(Code::List { open: "[".to_owned(), items: vec![item], close: "]" })
    }

    /// A value that holds others, unless it is one of those that hold it.
    fn inside(
        &mut self,
        id: SchemaId,
        make: impl FnOnce(&mut Self) -> Option<Code>,
    ) -> Option<Code> {
        if self.open.contains(&id) {
            return None;
        }
        let types = self.types.clone();
        self.open.push(id);
        let value = make(self);
        self.open.pop();
        if value.is_none() {
            self.types = types;
        }
        value
    }

    /// The name of a type, as an example that imports it has it.
    fn named(&mut self, id: SchemaId) -> Option<&'a str> {
        let side = if self.context.facts.is_split(id) { Side::Input } else { Side::Plain };
        let name = self.context.names.type_name(id, side)?;
        self.types.insert(name.to_owned());
        Some(name)
    }

    fn scalar(&mut self, scalar: Scalar, schema: &Schema, name: &str, taken: Taken) -> Code {
        let name = name.trim_start_matches("r#");
        let number = |suffix: &str, least: i64, most: i64| {
            let number = number(&schema.docs.constraints).clamp(least, most);
            let point = if suffix.starts_with('f') { ".0" } else { "" };
            let suffix = if taken == Taken::Told { format!("_{suffix}") } else { String::new() };
            format!("{number}{point}{suffix}")
        };
        let converted = taken == Taken::Converted;
        Code::text(match scalar {
            Scalar::Bool => "true".to_owned(),
            Scalar::I8 => number("i8", i8::MIN.into(), i8::MAX.into()),
            Scalar::I16 => number("i16", i16::MIN.into(), i16::MAX.into()),
            Scalar::I32 => number("i32", i32::MIN.into(), i32::MAX.into()),
            Scalar::I64 => number("i64", i64::MIN, i64::MAX),
            Scalar::U8 => number("u8", 0, u8::MAX.into()),
            Scalar::U16 => number("u16", 0, u16::MAX.into()),
            Scalar::U32 => number("u32", 0, u32::MAX.into()),
            Scalar::U64 => number("u64", 0, i64::MAX),
            Scalar::F32 => number("f32", i64::MIN, i64::MAX),
            Scalar::F64 => number("f64", i64::MIN, i64::MAX),
            Scalar::String | Scalar::Secret if converted => format!("\"{name}\""),
            Scalar::String => format!("\"{name}\".to_owned()"),
            Scalar::Secret => format!("specwright_runtime::Secret::from(\"{name}\")"),
            Scalar::Base64 if converted => format!("{name:?}.as_bytes()"),
            Scalar::Base64 => format!("specwright_runtime::Base64::from({name:?}.as_bytes())"),
            Scalar::Decimal if converted => "1_i64".to_owned(),
            Scalar::Decimal => "specwright_runtime::Decimal::from(1_i64)".to_owned(),
            Scalar::Timestamp => self.of_module("jiff", "jiff::Timestamp::now()"),
            Scalar::Date => self.of_module("jiff", "jiff::civil::date(2026, 1, 31)"),
            Scalar::Uuid => self.of_module("uuid", "uuid::Uuid::nil()"),
            Scalar::Ipv4 => "std::net::Ipv4Addr::LOCALHOST".to_owned(),
            Scalar::Value => self.of_module("serde_json", "serde_json::json!({})"),
        })
    }

    fn of_module(&mut self, module: &'static str, value: &str) -> String {
        self.modules.insert(module);
        value.to_owned()
    }

    /// A list of one; of none where an item would hold the list.
    fn list(&mut self, items: SchemaId, name: &str, taken: Taken) -> Option<Code> {
        let taken = taken.inside();
        match self.element(items, name, taken) {
            Some(item) => {
                Some(Code::List { open: "vec![".to_owned(), items: vec![item], close: "]" })
            }
            None => (taken == Taken::AsIs).then(|| Code::text("Vec::new()")),
        }
    }

    /// A map of one; of none where a value would hold the map.
    fn map(&mut self, values: SchemaId, taken: Taken) -> Option<Code> {
        let taken = taken.inside();
        let Some(value) = self.element(values, "value", taken) else {
            return (taken == Taken::AsIs).then(|| Code::text("Default::default()"));
        };
        let pair = Code::call("", vec![Code::text("\"key\".to_owned()"), value]);
        let open = "std::collections::BTreeMap::from([".to_owned();
        Some(Code::List { open, items: vec![pair], close: "])" })
    }

    fn tuple(
        &mut self,
        id: SchemaId,
        places: &[SchemaId],
        name: &str,
        taken: Taken,
    ) -> Option<Code> {
        let taken = taken.inside();
        let mut items = Vec::new();
        for place in places {
            let is_boxed = self.context.facts.is_boxed(id, self.context.api.resolve(*place));
            let value = self.element(*place, name, taken)?;
            items.push(if is_boxed { Code::call("Box::new", vec![value]) } else { value });
        }
        match items.as_slice() {
            [only] => Some(Code::text(format!("({},)", only.flat()))),
            _ => Some(Code::call("", items)),
        }
    }

    /// The first that an enum lists.
    fn variant(&mut self, id: SchemaId, schema: &Schema, taken: Taken) -> Option<Code> {
        let variant = self.context.names.variants(id).first()?;
        match self.named(id) {
            Some(name) => Some(Code::text(format!("{name}::{variant}"))),
            None => Some(self.scalar(Scalar::Value, schema, "", taken)),
        }
    }

    fn checked(&mut self, id: SchemaId, name: &str) -> Option<Code> {
        let holds = Shape::of_sent(self.context, id).holds();
        let taken = if holds == Scalar::String { Taken::Converted } else { Taken::Told };
        let value = self.scalar(holds, self.context.api.schema(id), name, taken);
        let name = self.named(id)?;
        Some(Code::text(format!("{name}::try_from({})?", value.flat())))
    }

    /// The first alternative that can be made.
    fn alternative(&mut self, id: SchemaId, union: &Union) -> Option<Code> {
        let names = self.context.names.variants(id);
        let name = self.named(id)?;
        union.variants.iter().zip(names).find_map(|(variant, variant_name)| {
            let value = self.value(variant.schema, "value", Taken::AsIs)?;
            let shape = Shape::of_sent(self.context, id);
            let (make, value) = match shape.held(variant.schema) {
                // It puts itself into the box.
                Type::Boxed(_) if shape.is_made_of(union, variant.schema) => ("from", value),
                Type::Boxed(_) => (variant_name.as_str(), Code::call("Box::new", vec![value])),
                _ => (variant_name.as_str(), value),
            };
            Some(Code::call(format!("{name}::{make}"), vec![value]))
        })
    }

    fn object(&mut self, id: SchemaId, schema: &'a Schema, object: &Object) -> Option<Code> {
        let Some(name) = self.named(id) else {
            return Some(self.scalar(Scalar::Value, schema, "", Taken::AsIs));
        };
        let shape = Shape::of_sent(self.context, id);
        let fields: Vec<_> = shape.properties(object).collect();
        let asked: Vec<_> = fields.iter().filter(|(one, _)| shape.is_asked_for(one)).collect();
        let arguments: Option<Vec<Code>> =
            asked.iter().map(|(property, name)| self.field(&shape, property, name)).collect();
        let new = Code::call(format!("{name}::new"), arguments?);
        // What a body without any field is good for cannot be seen.
        let is_outermost = self.open.len() == 1;
        let setters = if asked.is_empty() && is_outermost {
            let optional = fields.iter().filter(|(one, _)| !one.required);
            optional
                .filter_map(|(one, name)| self.setter(&shape, one, name))
                .take(SETTERS)
                .collect()
        } else {
            Vec::new()
        };
        Some(if setters.is_empty() { new } else { Code::Chain(Box::new(new), setters) })
    }

    /// What a constructor or setter is given for a property.
    fn field(&mut self, shape: &Shape<'_>, property: &Property, name: &str) -> Option<Code> {
        let schema = property.schema;
        let bare = self.context.value_type(schema, Side::Input);
        let is_boxed = shape.is_boxed(property);
        let nullable = shape.is_nullable(property, &bare);
        let taken = match (nullable, &bare) {
            // What may be left out or be null takes a text as it is written too.
            (true, Type::Scalar(Scalar::String)) if !property.required => Taken::Converted,
            (true, _) => Taken::Told,
            (false, Type::Scalar(scalar)) if scalar.is_converted() => Taken::Converted,
            (false, _) => Taken::AsIs,
        };
        let value = self.value(schema, name, taken)?;
        // One that cannot be null is put into its box by whoever takes it.
        Some(if nullable && is_boxed { Code::call("Box::new", vec![value]) } else { value })
    }

    /// A setter, of what is written in a word.
    fn setter(&mut self, shape: &Shape<'_>, property: &Property, name: &str) -> Option<Code> {
        let is_single = self.context.api.resolved(property.schema).kind.is_single();
        if !is_single || self.context.api.docs(property.schema).deprecated {
            return None;
        }
        let value = self.field(shape, property, name)?;
        Some(Code::call(setter(name), vec![value]))
    }
}

/// A whole number near one that the limits allow.
fn number(rules: &[Constraint]) -> i64 {
    let whole = |text: &String| text.parse::<f64>().ok().map(|number| number as i64);
    let mut number = 1;
    for rule in rules {
        match rule {
            Constraint::Minimum(least, is_exclusive) => {
                number =
                    number.max(whole(least).unwrap_or(0).saturating_add(i64::from(*is_exclusive)));
            }
            Constraint::Maximum(most, is_exclusive) => {
                let most = whole(most).unwrap_or(1).saturating_sub(i64::from(*is_exclusive));
                number = number.min(most);
            }
            Constraint::MultipleOf(_)
            | Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::OneOf(_)
            | Constraint::RequiresOneOf(_)
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_)
            | Constraint::Format(_)
            | Constraint::Content(_)
            | Constraint::EitherOf(_)
            | Constraint::Not
            | Constraint::Never => {}
        }
    }
    number
}
