//! One view of a schema's keywords.
//!
//! `openapiv3` sorts schemas into kinds by which keywords are present, and puts everything it
//! does not recognise into `Any`, a schema that *names* a type included. One flat view makes the
//! rest of `lower` independent of that sorting.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Discriminator, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::ir::Constraint;
use crate::normalise::{CONTENT, EXACT, TUPLE};

/// The type a schema has, named or implied by its other keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeName {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

/// A schema in place, or the name of one elsewhere.
#[derive(Clone, Copy)]
pub(super) enum Ref<'d> {
    To(&'d str),
    Here(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Ref<'d> {
    fn from(schema: &'d ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::To(reference),
            ReferenceOr::Item(schema) => Self::Here(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Ref<'d> {
    fn from(schema: &'d ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::To(reference),
            ReferenceOr::Item(schema) => Self::Here(schema),
        }
    }
}

/// The keywords of one schema that say something about its shape.
#[derive(Default)]
pub(super) struct Keywords<'d> {
    pub(super) type_name: Option<TypeName>,
    /// A `type` that OpenAPI 3.0 does not know.
    pub(super) unknown_type: Option<&'d str>,
    pub(super) format: Option<String>,
    /// `enum`, with null among them if it is.
    pub(super) values: Vec<Value>,
    /// The digits of those that no double holds, by position.
    pub(super) digits: BTreeMap<usize, &'d str>,
    pub(super) properties: Vec<(&'d str, Ref<'d>)>,
    pub(super) required: &'d [String],
    pub(super) additional: Option<&'d AdditionalProperties>,
    pub(super) items: Option<Ref<'d>>,
    pub(super) all_of: &'d [ReferenceOr<Schema>],
    pub(super) one_of: &'d [ReferenceOr<Schema>],
    pub(super) any_of: &'d [ReferenceOr<Schema>],
    pub(super) discriminator: Option<&'d Discriminator>,
    pub(super) constraints: Vec<Constraint>,
    /// The keys that begin with `x-`.
    pub(super) extensions: Option<&'d IndexMap<String, Value>>,
}

impl<'d> Keywords<'d> {
    pub(super) fn of(schema: &'d Schema) -> Self {
        let keywords = match &schema.schema_kind {
            SchemaKind::Type(kind) => Self::of_type(kind),
            SchemaKind::OneOf { one_of } => Self { one_of, ..Self::default() },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..Self::default() },
            SchemaKind::AllOf { all_of } => Self { all_of, ..Self::default() },
            SchemaKind::Not { not } => Self { constraints: vec![excluded(not)], ..Self::default() },
            SchemaKind::Any(any) => Self::of_any(any),
        };
        let data = &schema.schema_data;
        let discriminator = data.discriminator.as_ref();
        let mut keywords = Self { discriminator, extensions: Some(&data.extensions), ..keywords };
        let content = data.extensions.get(CONTENT).and_then(Value::as_str);
        if let Some(exact) = data.extensions.get(EXACT) {
            keywords.constraints.iter_mut().for_each(|rule| as_written(rule, exact));
            keywords.digits = digits(exact);
        }
        keywords.constraints.extend(content.map(|name| Constraint::Content(name.to_owned())));
        keywords
    }

    /// The values of `enum` as JSON has them, with all digits that are written.
    pub(super) fn written_values(&self) -> Vec<String> {
        let values = self.values.iter().enumerate();
        let text = |(index, value): (usize, &Value)| match self.digits.get(&index) {
            Some(digits) => (*digits).to_owned(),
            None => spelled(value),
        };
        values.map(text).collect()
    }

    /// Whether other schemas have a say in what this one is.
    pub(super) fn is_composed(&self) -> bool {
        !self.all_of.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || self.discriminator.is_some()
    }

    /// The schemas of the places of a list that holds one value for each, which 3.1 says with
    /// `prefixItems`.
    pub(super) fn places(&self) -> Option<&'d [ReferenceOr<Schema>]> {
        let is_tuple = self.extensions.is_some_and(|all| all.contains_key(TUPLE));
        match self.items.filter(|_| is_tuple)? {
            Ref::Here(items) => Some(Keywords::of(items).any_of),
            Ref::To(_) => None,
        }
    }

    /// Whether no properties are allowed but those that are declared.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.additional, Some(AdditionalProperties::Any(false)))
    }

    /// Whether the schema is one of several.
    pub(super) fn is_choice(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty() || self.discriminator.is_some()
    }

    /// The named type, or the one that the other keywords imply.
    pub(super) fn effective_type(&self) -> Option<TypeName> {
        if self.type_name.is_some() {
            return self.type_name;
        }
        if !self.properties.is_empty() || self.additional.is_some() {
            return Some(TypeName::Object);
        }
        if self.items.is_some() {
            return Some(TypeName::Array);
        }
        super::scalar::kind_of_all(&self.values)
    }

    /// Whether the schema only annotates: nothing in it restricts a value.
    pub(super) fn says_nothing(&self) -> bool {
        self.effective_type().is_none()
            && self.unknown_type.is_none()
            && self.values.is_empty()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
    }

    fn of_type(kind: &'d Type) -> Self {
        match kind {
            Type::String(string) => {
                let mut constraints = lengths(string.min_length, string.max_length);
                constraints.extend(string.pattern.clone().map(Constraint::Pattern));
                Self {
                    type_name: Some(TypeName::String),
                    format: string_format(&string.format),
                    values: values(&string.enumeration, |text| Value::from(text.as_str())),
                    constraints,
                    ..Self::default()
                }
            }
            Type::Number(number) => Self {
                type_name: Some(TypeName::Number),
                format: format_name(&number.format),
                values: values(&number.enumeration, |number| Value::from(*number)),
                constraints: bounds(
                    number.minimum,
                    number.exclusive_minimum,
                    number.maximum,
                    number.exclusive_maximum,
                    number.multiple_of,
                ),
                ..Self::default()
            },
            Type::Integer(integer) => Self {
                type_name: Some(TypeName::Integer),
                format: format_name(&integer.format),
                values: values(&integer.enumeration, |number| Value::from(*number)),
                constraints: bounds(
                    integer.minimum,
                    integer.exclusive_minimum,
                    integer.maximum,
                    integer.exclusive_maximum,
                    integer.multiple_of,
                ),
                ..Self::default()
            },
            Type::Object(object) => Self {
                type_name: Some(TypeName::Object),
                properties: properties(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                constraints: sizes(object.min_properties, object.max_properties),
                ..Self::default()
            },
            Type::Array(array) => Self {
                type_name: Some(TypeName::Array),
                items: array.items.as_ref().map(Ref::from),
                constraints: items(array.min_items, array.max_items, array.unique_items),
                ..Self::default()
            },
            Type::Boolean(boolean) => Self {
                type_name: Some(TypeName::Boolean),
                values: values(&boolean.enumeration, |flag| Value::from(*flag)),
                ..Self::default()
            },
        }
    }

    fn of_any(any: &'d openapiv3::AnySchema) -> Self {
        let type_name = any.typ.as_deref().and_then(type_name);
        let mut constraints = bounds(
            any.minimum,
            any.exclusive_minimum.unwrap_or_default(),
            any.maximum,
            any.exclusive_maximum.unwrap_or_default(),
            any.multiple_of,
        );
        constraints.extend(lengths(any.min_length, any.max_length));
        constraints.extend(any.pattern.clone().map(Constraint::Pattern));
        constraints.extend(items(
            any.min_items,
            any.max_items,
            any.unique_items.unwrap_or_default(),
        ));
        constraints.extend(any.not.as_deref().map(excluded));
        constraints.extend(sizes(any.min_properties, any.max_properties));
        Self {
            type_name,
            unknown_type: any.typ.as_deref().filter(|_| type_name.is_none()),
            format: any.format.clone(),
            values: any.enumeration.clone(),
            digits: BTreeMap::new(),
            properties: properties(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref().map(Ref::from),
            all_of: &any.all_of,
            one_of: &any.one_of,
            any_of: &any.any_of,
            discriminator: None,
            constraints,
            extensions: None,
        }
    }
}

/// A value as JSON has it; of a whole number all digits rather than an exponent, as long as these are few.
fn spelled(value: &Value) -> String {
    const GREATEST: f64 = 1e30;
    let shown = value.to_string();
    match value.as_f64().filter(|_| value.is_f64() && shown.contains('e')) {
        Some(double) if double.fract() == 0.0 && double.abs() < GREATEST => format!("{double}"),
        Some(_) | None => shown,
    }
}

/// A bound with the digits that it is written with, where a double has others.
fn as_written(rule: &mut Constraint, exact: &Value) {
    let (key, text) = match rule {
        Constraint::Minimum(text, _) => ("minimum", text),
        Constraint::Maximum(text, _) => ("maximum", text),
        Constraint::MultipleOf(text) => ("multipleOf", text),
        _ => return,
    };
    if let Some(written) = exact.get(key).and_then(Value::as_str) {
        written.clone_into(text);
    }
}

/// The values of an `enum` as they are written, by position.
fn digits(exact: &Value) -> BTreeMap<usize, &str> {
    let listed = exact.get("enum").and_then(Value::as_object).into_iter().flatten();
    listed.filter_map(|(index, text)| Some((index.parse().ok()?, text.as_str()?))).collect()
}

/// What `not` leaves: nothing, where it excludes any value. A schema `false` of 3.1 is written so.
fn excluded(not: &ReferenceOr<Schema>) -> Constraint {
    let allows_any = |schema: &Schema| {
        let keywords = Keywords::of(schema);
        keywords.says_nothing() && keywords.constraints.is_empty() && keywords.required.is_empty()
    };
    match not {
        ReferenceOr::Item(schema) if allows_any(schema) => Constraint::Never,
        ReferenceOr::Item(_) | ReferenceOr::Reference { .. } => Constraint::Not,
    }
}

fn type_name(name: &str) -> Option<TypeName> {
    match name {
        "string" => Some(TypeName::String),
        "number" => Some(TypeName::Number),
        "integer" => Some(TypeName::Integer),
        "boolean" => Some(TypeName::Boolean),
        "object" => Some(TypeName::Object),
        "array" => Some(TypeName::Array),
        _ => None,
    }
}

fn properties(map: &IndexMap<String, ReferenceOr<Box<Schema>>>) -> Vec<(&str, Ref<'_>)> {
    map.iter().map(|(name, schema)| (name.as_str(), Ref::from(schema))).collect()
}

fn values<T>(list: &[Option<T>], value: impl Fn(&T) -> Value) -> Vec<Value> {
    list.iter().map(|entry| entry.as_ref().map_or(Value::Null, &value)).collect()
}

fn string_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<String> {
    let known = match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "date",
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "date-time",
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => "password",
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => "byte",
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => "binary",
        VariantOrUnknownOrEmpty::Unknown(name) => name,
        VariantOrUnknownOrEmpty::Empty => return None,
    };
    Some(known.to_owned())
}

fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match serde_json::to_value(format) {
        Ok(Value::String(name)) => Some(name),
        _ => None,
    }
}

fn bounds<T: ToString>(
    minimum: Option<T>,
    exclusive_minimum: bool,
    maximum: Option<T>,
    exclusive_maximum: bool,
    multiple_of: Option<T>,
) -> Vec<Constraint> {
    let minimum = minimum.map(|least| Constraint::Minimum(least.to_string(), exclusive_minimum));
    let maximum = maximum.map(|most| Constraint::Maximum(most.to_string(), exclusive_maximum));
    let multiple = multiple_of.map(|step| Constraint::MultipleOf(step.to_string()));
    minimum.into_iter().chain(maximum).chain(multiple).collect()
}

fn lengths(min: Option<usize>, max: Option<usize>) -> Vec<Constraint> {
    let min = min.map(Constraint::MinLength);
    min.into_iter().chain(max.map(Constraint::MaxLength)).collect()
}

fn sizes(min: Option<usize>, max: Option<usize>) -> Vec<Constraint> {
    let min = min.map(Constraint::MinProperties);
    min.into_iter().chain(max.map(Constraint::MaxProperties)).collect()
}

fn items(min: Option<usize>, max: Option<usize>, unique: bool) -> Vec<Constraint> {
    let min = min.map(Constraint::MinItems);
    let max = max.map(Constraint::MaxItems);
    min.into_iter().chain(max).chain(unique.then_some(Constraint::UniqueItems)).collect()
}
