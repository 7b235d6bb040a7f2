//! Unions: enums with a variant for each alternative and one for whatever else comes.

use super::items::Shape;
use super::policy::Presence;
use super::types::{Scalar, Type};
use super::{
    Accessor, Docs, Field, FieldRole, Form, KnownBy, Read, Texts, Union, UnionVariant, derives,
    docs, markdown,
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
                    let constants = variant.constants.iter().map(|(property, texts)| {
                        (property.clone(), self.texts(variant.schema, property, texts))
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
        Union {
            docs: self.docs(),
            alias: self.alias(),
            name: self.name.to_owned(),
            derives: self.with_added(own),
            variants: variants.collect(),
            tag,
            unknown: UNKNOWN_VARIANT,
            base: self.held(union.base),
            accessors: self.accessors(union),
        }
    }

    fn variant_docs(&self, tag: Option<&str>, variant: &ir::Variant) -> Docs {
        let Some(tag) = tag else {
            let what = match self.form(variant.schema) {
                Form::Text => "A text.".to_owned(),
                Form::Number => "A number.".to_owned(),
                Form::Boolean => "`true` or `false`.".to_owned(),
                Form::List => "A list.".to_owned(),
                Form::Object => format!("The object {}.", markdown::code(&variant.name)),
            };
            let words = self.context.said_here(variant.schema);
            let words = words.map(|words| docs::in_a_line(&words)).filter(|all| !all.is_empty());
            return vec![words.map_or(what.clone(), |words| format!("{what} {words}"))];
        };
        let count = variant.tags.len();
        // To say that there is one more takes as long as to name it.
        let named = if count == NAMED + 1 { count } else { NAMED };
        let mut values: Vec<String> =
            variant.tags.iter().take(named).map(|value| markdown::code(value)).collect();
        if count > named {
            values.push(format!("one of {} more", count - named));
        }
        vec![format!("{} is {}.", markdown::code(tag), values.join(" or "))]
    }

    /// The texts of a property, by the name of the enum that lists just these if there is one.
    fn texts(&self, id: SchemaId, property: &str, texts: &[String]) -> Texts {
        let api = self.context.api;
        let listed = Texts::Listed(texts.to_vec());
        let Kind::Object(object) = &api.resolved(id).kind else { return listed };
        let known = object.properties.iter().find(|known| known.wire == property);
        match known.map(|known| (known.schema, &api.resolved(known.schema).kind)) {
            Some((schema, Kind::Enum(values)))
                if values.iter().map(|value| &value.wire).eq(texts) =>
            {
                match self.context.value_type(schema, self.way()) {
                    Type::Named(name) if texts.len() > NAMED => Texts::Of(Type::Named(name)),
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

    /// Fields of the base that every alternative has under the same name and type.
    fn accessors(&self, union: &ir::Union) -> Vec<Accessor> {
        let Some(base) = self.fields_of(union.base) else { return Vec::new() };
        let others: Vec<Vec<Field>> =
            union.variants.iter().filter_map(|variant| self.fields_of(variant.schema)).collect();
        if others.len() != union.variants.len() {
            return Vec::new();
        }
        base.into_iter()
            .filter(|field| {
                let same = |other: &Field| other.name == field.name && other.ty == field.ty;
                others.iter().all(|fields| fields.iter().any(same))
            })
            .filter_map(accessor)
            .collect()
    }

    fn fields_of(&self, id: SchemaId) -> Option<Vec<Field>> {
        let id = self.context.api.resolve(id);
        let schema = self.context.api.schema(id);
        let Kind::Object(object) = &schema.kind else { return None };
        let shape = Shape { id, schema, name: "", ..*self };
        Some(shape.structure(object).fields)
    }
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
    Some(Accessor { docs: field.docs, name: field.name, returns, read })
}
