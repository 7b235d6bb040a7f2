//! Unions: enums with a variant for each alternative and one for whatever else comes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::items::Shape;
use super::policy::Presence;
use super::types::{Scalar, Type};
use super::{
    Accessor, Allowed, Docs, Field, FieldRole, Form, KnownBy, Otherwise, Read, Union, UnionVariant,
    derives, docs, markdown,
};
use crate::ir::{self, Apart, Kind, SchemaId};
use crate::names::UNKNOWN_VARIANT;

/// How many values of a tag are named in the docs of a variant.
const NAMED: usize = 4;

impl Shape<'_> {
    pub(super) fn union(&self, union: &ir::Union) -> Union {
        let names = self.context.names.variants(self.id);
        let tag = match &union.apart {
            Apart::Tag(tag) | Apart::Number(tag) => Some(tag.clone()),
            Apart::Shape => None,
        };
        let variants = union.variants.iter().zip(names).map(|(variant, name)| {
            let known_by = match &tag {
                Some(_) if matches!(union.apart, Apart::Number(_)) => {
                    let numbers = variant.tags.iter().filter_map(|tag| tag.parse().ok());
                    KnownBy::Number(numbers.collect())
                }
                Some(_) => KnownBy::Tag(variant.tags.clone()),
                None => {
                    let constants = variant.constants.iter().map(|(property, values)| {
                        (property.clone(), self.values(variant.schema, property, values))
                    });
                    KnownBy::Shape(self.form(variant.schema), constants.collect())
                }
            };
            UnionVariant {
                docs: self.variant_docs(tag.as_deref(), variant),
                name: name.clone(),
                known_by,
                ty: self.held(variant.schema),
            }
        });
        let own = ["Clone", "Debug", "PartialEq"].into_iter();
        let own = own.chain(derives::of_wire(self.derives()));
        let variants: Vec<UnionVariant> = variants.collect();
        let base = self.held(union.base);
        let own = own.chain(self.is_made_of_parts(&variants, &base).then_some("FromVariants"));
        Union {
            docs: self.docs(),
            alias: self.alias(),
            name: self.name.to_owned(),
            derives: self.with_added(own),
            variants,
            tag,
            unknown: UNKNOWN_VARIANT,
            base,
            accessors: self.accessors(union),
        }
    }

    /// Whether what an alternative holds says which one it is, so that it becomes the union by itself.
    /// Two types of the user's own may be one, and then rustc would refuse them both.
    fn is_made_of_parts(&self, variants: &[UnionVariant], base: &Type) -> bool {
        let held = || variants.iter().map(|variant| &variant.ty);
        let is_only = |ty: &Type| ty != base && held().filter(|other| *other == ty).count() == 1;
        held().any(is_only) && !held().any(Type::has_foreign)
    }

    /// Whether what this alternative holds becomes the union by itself.
    pub(super) fn is_made_of(&self, union: &ir::Union, alternative: SchemaId) -> bool {
        let held: Vec<Type> = union.variants.iter().map(|one| self.held(one.schema)).collect();
        let ty = self.held(alternative);
        ty != self.held(union.base)
            && held.iter().filter(|other| **other == ty).count() == 1
            && !held.iter().any(Type::has_foreign)
    }

    fn variant_docs(&self, tag: Option<&str>, variant: &ir::Variant) -> Docs {
        let Some(tag) = tag else {
            let what = match self.form(variant.schema) {
                Form::Text => "A text.".to_owned(),
                Form::Number => "A number.".to_owned(),
                Form::Boolean => "`true` or `false`.".to_owned(),
                Form::List => "A list.".to_owned(),
                Form::Object => self.object_in_words(variant),
            };
            let words = self.context.said_here(variant.schema);
            let words = words.map(|words| docs::in_a_line(&words)).filter(|all| !all.is_empty());
            let line = words.map_or(what.clone(), |words| format!("{what} {words}"));
            let insides = self.context.insides(variant.schema);
            return docs::join(std::iter::once(vec![line]).chain(insides).collect());
        };
        let count = variant.tags.len();
        // To say that there is one more takes as long as to name it.
        let named = if count == NAMED + 1 { count } else { NAMED };
        let mut values: Vec<String> =
            variant.tags.iter().take(named).map(|value| markdown::spelled(value)).collect();
        if count > named {
            values.push(format!("one of {} more", count - named));
        }
        vec![format!("{} is {}.", markdown::code(tag), values.join(" or "))]
    }

    /// What an object is known by: the values of a property, or else the properties it must have.
    fn object_in_words(&self, variant: &ir::Variant) -> String {
        let codes = |all: &mut dyn Iterator<Item = &str>, word: &str| {
            let codes: Vec<String> = all.map(markdown::code).collect();
            codes.join(word)
        };
        if let Some((property, values)) = variant.constants.first()
            && values.len() <= NAMED
        {
            let values: Vec<String> = values.iter().map(markdown::value).collect();
            let (property, values) = (markdown::code(property), values.join(" or "));
            return format!("An object whose {property} is {values}.");
        }
        let object = self.object(variant.schema).map(|(_, object)| object);
        let properties = object.into_iter().flat_map(|object| &object.properties);
        let required = properties.filter(|property| property.required);
        let required: Vec<&str> = required.map(|property| property.wire.as_str()).collect();
        match required.len() {
            0 => "An object.".to_owned(),
            count if count <= NAMED => {
                format!("An object with {}.", codes(&mut required.into_iter(), " and "))
            }
            count => {
                let first = codes(&mut required.into_iter().take(NAMED), ", ");
                format!("An object with {first} and {} more.", count - NAMED)
            }
        }
    }

    /// The values of a property, by the name of the enum that lists just these if there is one.
    fn values(&self, id: SchemaId, property: &str, values: &[Value]) -> Allowed {
        let api = self.context.api;
        let listed = Allowed::Listed(values.to_vec());
        let Kind::Object(object) = &api.resolved(id).kind else { return listed };
        let known = object.properties.iter().find(|known| known.wire == property);
        match known.map(|known| (known.schema, &api.resolved(known.schema).kind)) {
            Some((schema, Kind::Enum(texts)))
                if texts
                    .iter()
                    .map(|text| Some(text.wire.as_str()))
                    .eq(values.iter().map(Value::as_str)) =>
            {
                match self.context.value_type(schema, self.way()) {
                    Type::Named(name) if values.len() > NAMED => Allowed::Of(Type::Named(name)),
                    _ => listed,
                }
            }
            _ => listed,
        }
    }

    /// What a variant holds: objects in a box, so that the enum is no larger than it must be and
    /// may contain itself.
    pub(super) fn held(&self, id: SchemaId) -> Type {
        let api = self.context.api;
        let ty = self.context.value_type(id, self.way());
        match &api.resolved(id).kind {
            Kind::Object(_) | Kind::Union(_) => ty.boxed(),
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Foreign(_) => ty,
        }
    }

    fn form(&self, id: SchemaId) -> Form {
        match self.context.api.resolved(id).kind.said() {
            Kind::Boolean => Form::Boolean,
            Kind::Integer(_) | Kind::IntegerEnum(_) | Kind::Number(_) => Form::Number,
            Kind::String(_) | Kind::Enum(_) => Form::Text,
            Kind::Array(_) | Kind::Tuple(_) => Form::List,
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => Form::Object,
        }
    }

    /// Fields that every alternative has under the same name and type. Where what is none of them has
    /// the field too, it is always there.
    fn accessors(&self, union: &ir::Union) -> Vec<Accessor> {
        let Some(names) = self.shared_names(union) else { return Vec::new() };
        let fields = |id: SchemaId| self.fields_of(id, &names);
        let all: Vec<Vec<Field>> =
            union.variants.iter().map(|variant| fields(variant.schema)).collect();
        let types: Vec<_> = all.iter().map(|fields| types_of(fields)).collect();
        let is_in = |field: &Field, all: &BTreeMap<&str, &Type>| {
            all.get(field.name.as_str()).is_some_and(|ty| **ty == field.ty)
        };
        let is_shared = |field: &Field| types.iter().all(|types| is_in(field, types));
        let mut base = fields(union.base);
        base.retain(is_shared);
        let known = types_of(&base);
        // What one alternative has is found by naming it.
        let first = all.first().filter(|_| all.len() > 1).into_iter().flatten();
        let others = first.filter(|field| is_shared(field) && !is_in(field, &known));
        let others = others.map(|field| Field { docs: said_by_all(field, &all), ..field.clone() });
        let others = others.filter_map(accessor).map(Accessor::or_nothing);
        let others: Vec<Accessor> = others.collect();
        base.into_iter().filter_map(accessor).chain(others).collect()
    }

    /// The names of fields that all alternatives have; nothing where one of them has none.
    fn shared_names(&self, union: &ir::Union) -> Option<BTreeSet<String>> {
        let (first, others) = union.variants.split_first()?;
        let (shape, object) = self.object(first.schema)?;
        let mut names: BTreeSet<String> =
            shape.properties(object).map(|(_, name)| name.to_owned()).collect();
        for other in others {
            let (shape, object) = self.object(other.schema)?;
            let own: BTreeSet<&str> = shape.properties(object).map(|(_, name)| name).collect();
            names.retain(|name| own.contains(name.as_str()));
        }
        Some(names)
    }

    /// The fields of an object that have one of these names.
    fn fields_of(&self, id: SchemaId, names: &BTreeSet<String>) -> Vec<Field> {
        let Some((shape, object)) = self.object(id) else { return Vec::new() };
        let named = shape.properties(object).filter(|(_, name)| names.contains(*name));
        named.map(|(property, name)| shape.field(property, name, shape.wire())).collect()
    }

    fn object(&self, id: SchemaId) -> Option<(Shape<'_>, &ir::Object)> {
        let id = self.context.api.resolve(id);
        let schema = self.context.api.schema(id);
        let Kind::Object(object) = &schema.kind else { return None };
        // Of a type that differs by direction, the one that a variant holds.
        Some((Shape { id, schema, name: "", side: self.way(), ..*self }, object))
    }
}

impl Accessor {
    /// The same, which gives nothing of what is no alternative.
    fn or_nothing(self) -> Self {
        let (returns, otherwise) = match self.returns {
            already @ Type::Option(_) => (already, Otherwise::Nothing),
            other => (other.optional(), Otherwise::NothingElseSome),
        };
        Self { returns, otherwise, ..self }
    }
}

/// What the documentation of a field says in every alternative: rules may be those of one alone.
fn said_by_all(field: &Field, all: &[Vec<Field>]) -> Docs {
    let mut paragraphs: Vec<&[String]> = field.docs.split(String::is_empty).collect();
    for other in all.iter().flatten().filter(|other| other.name == field.name) {
        if other.docs != field.docs {
            let theirs: BTreeSet<&[String]> = other.docs.split(String::is_empty).collect();
            paragraphs.retain(|paragraph| theirs.contains(paragraph));
        }
    }
    paragraphs.join(&String::new())
}

/// The types of fields, by their names.
fn types_of(fields: &[Field]) -> BTreeMap<&str, &Type> {
    fields.iter().map(|field| (field.name.as_str(), &field.ty)).collect()
}

fn accessor(field: Field) -> Option<Accessor> {
    let FieldRole::Property(presence) = field.role else { return None };
    let copy = matches!(field.bare, Type::Scalar(scalar) if scalar.is_copy());
    let text = field.bare == Type::Scalar(Scalar::String);
    let (returns, read) = match presence {
        Presence::ThreeState => (field.ty.by_ref(), Read::Borrow),
        Presence::Required if copy => (field.bare, Read::Copy),
        Presence::Required if text => (Type::Str.by_ref(), Read::Borrow),
        Presence::Required => (field.bare.by_ref(), Read::Borrow),
        Presence::Optional | Presence::RequiredNullable if copy => (field.ty, Read::Copy),
        Presence::Optional | Presence::RequiredNullable if text => {
            (Type::Str.by_ref().optional(), Read::DerefInside)
        }
        Presence::Optional | Presence::RequiredNullable => {
            let read = if field.boxed { Read::DerefInside } else { Read::BorrowInside };
            (field.bare.by_ref().optional(), read)
        }
    };
    let otherwise = Otherwise::Same;
    let docs = match field.docs.is_empty() {
        true => vec!["What all alternatives have under this name.".to_owned()],
        false => field.docs,
    };
    Some(Accessor { docs, name: field.name, returns, read, otherwise })
}
