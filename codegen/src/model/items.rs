//! Types of the document: structs, enums, unions and second names.

use super::alias::alias;
use super::build::Context;
use super::place::Place;
use super::policy::{Presence, presence};
use super::types::{Scalar, Type};
use super::{
    Alias, CheckedType, Constant, Docs, Field, FieldRole, Item, Struct, Wire, defaults, derives,
    docs, markdown,
};
use crate::checked::Rule;
use crate::ir::{Kind, Object, Origin, Property, Schema, SchemaId};
use crate::names::Side;
use crate::names::wire::wire_of_field;
use crate::rust_path::RustPath;

/// Every item of the module `types` with the module below it where it stands, in document order.
pub(super) fn items(context: &Context<'_>) -> Vec<(Item, Option<usize>)> {
    let mut items = Vec::new();
    for id in (0..context.api.schemas.len()).map(SchemaId) {
        for side in [Side::Plain, Side::Input] {
            if let Some(name) = context.names.type_name(id, side) {
                let module = context.names.layout().of_type(id, side);
                let context = Context { place: Place::Types(module), ..*context };
                items.push((item(&context, id, side, name), module));
            }
        }
    }
    items
}

fn item(context: &Context<'_>, id: SchemaId, side: Side, name: &str) -> Item {
    let schema = context.api.schema(id);
    let shape = Shape { context, id, side, name, schema };
    if let Some(rules) = context.wishes.checked.rules(id) {
        return Item::Checked(shape.checked(rules));
    }
    let variants = context.names.variants(id);
    match &schema.kind {
        Kind::Object(object) => Item::Struct(shape.structure(object)),
        Kind::Enum(values) => Item::Enum(shape.of_texts(values, variants)),
        Kind::IntegerEnum(numbers) => Item::IntegerEnum(shape.of_numbers(numbers, variants)),
        Kind::Union(union) => Item::Union(shape.union(union)),
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Foreign(_) => Item::Alias(Alias {
            docs: shape.docs(),
            alias: shape.alias(),
            name: name.to_owned(),
            target: context.element_type(id, shape.way()),
        }),
    }
}

/// One schema about to become one item.
pub(super) struct Shape<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) id: SchemaId,
    pub(super) side: Side,
    pub(super) name: &'a str,
    pub(super) schema: &'a Schema,
}

impl<'a> Shape<'a> {
    /// What is sent of a schema.
    pub(super) fn of_sent(context: &'a Context<'a>, id: SchemaId) -> Self {
        let side = if context.facts.is_split(id) { Side::Input } else { Side::Plain };
        Self { context, id, side, name: "", schema: context.api.schema(id) }
    }
}

impl Shape<'_> {
    /// Which way the item travels: of a split schema each side goes one way only.
    pub(super) fn wire(&self) -> Wire {
        let direction = self.context.facts.direction(self.id);
        match (self.context.facts.is_split(self.id), self.side) {
            (true, Side::Input) => Wire { encode: true, decode: false },
            (true, Side::Plain) => Wire { encode: false, decode: true },
            (false, _) => Wire { encode: direction.sent, decode: direction.received },
        }
    }

    /// The derives it carries. Which fields it has is decided by the way it travels all the same, so
    /// that asking for more derives never changes a type.
    pub(super) fn derives(&self) -> Wire {
        if self.context.wishes.both_directions {
            Wire { encode: true, decode: true }
        } else {
            self.wire()
        }
    }

    /// The side its parts are taken from.
    pub(super) fn way(&self) -> Side {
        if self.wire().encode { Side::Input } else { Side::Plain }
    }

    pub(super) fn docs(&self) -> Docs {
        let what = match &self.schema.origin {
            Origin::Component(name) => format!("The schema {}.", markdown::code(name)),
            Origin::Inline(path) => match path.split_last() {
                Some((last, rest)) => {
                    format!(
                        "The {} of {}.",
                        markdown::spelled(last),
                        markdown::code(&rest.join("."))
                    )
                }
                None => "A schema without a name.".to_owned(),
            },
        };
        let mut sections = vec![docs::of_schema(&self.schema.docs, &what)];
        sections.extend(self.context.insides(self.id));
        if self.side == Side::Input {
            sections.push(vec!["This is the form that is sent.".to_owned()]);
        }
        docs::join(sections)
    }

    /// The name of a component, where the type has another.
    pub(super) fn alias(&self) -> Option<String> {
        match &self.schema.origin {
            Origin::Component(name) => alias(self.name, name),
            Origin::Inline(_) => None,
        }
    }

    pub(super) fn structure(&self, object: &Object) -> Struct {
        let wire = self.wire();
        let properties = self.properties(object);
        let mut fields: Vec<Field> =
            properties.map(|(property, name)| self.field(property, name, wire)).collect();
        fields.extend(object.additional.map(|values| self.rest(values)));
        let required = |field: &Field| match field.role {
            FieldRole::Property(presence) => presence.is_required(),
            FieldRole::Rest => false,
        };
        let default = !fields.iter().any(required);
        // Where everything that is required is known, the constructor asks for nothing.
        let asks = fields.iter().any(|field| field.setter.is_none() && field.fixed.is_none());
        let own = ["Clone", "Debug"].into_iter().chain(default.then_some("Default"));
        let own = own.chain(["PartialEq"]).chain(derives::of_wire(self.derives()));
        let mut derives = self.with_added(own);
        derives.retain(|path| default || asks || path.standard() != Some("Default"));
        Struct {
            docs: self.docs(),
            alias: self.alias(),
            name: self.name.to_owned(),
            derives,
            default,
            default_is_new: !default && !asks,
            speaks: fields.iter().all(|field| !field.docs.is_empty()),
            fields,
            constants: self.constants(object, wire),
        }
    }

    /// The derives that it needs, and what the user adds.
    pub(super) fn with_added(&self, own: impl IntoIterator<Item = &'static str>) -> Vec<RustPath> {
        derives::derives(own, self.context.wishes.derives(self.id))
    }

    /// The properties that become fields, with the names of these.
    pub(super) fn properties<'o>(
        &self,
        object: &'o Object,
    ) -> impl Iterator<Item = (&'o Property, &str)> {
        let wire = self.wire();
        let named = object.properties.iter().zip(self.context.names.fields(self.id));
        let named = named.filter(move |(property, _)| self.travels(property, wire));
        named.map(|(property, name)| (property, name.as_str()))
    }

    /// Whether the constructor has to be given a property.
    pub(super) fn is_asked_for(&self, property: &Property) -> bool {
        let bare = self.context.value_type(property.schema, self.way());
        let is_known = !self.is_nullable(property, &bare) && self.fixed(property, &bare).is_some();
        property.required && !is_known
    }

    /// Any JSON value includes null, which needs no second way to say so.
    pub(super) fn is_nullable(&self, property: &Property, bare: &Type) -> bool {
        self.context.api.nullable(property.schema) && *bare != Type::value()
    }

    /// Whether a property's value is held in a box.
    pub(super) fn is_boxed(&self, property: &Property) -> bool {
        self.context.facts.is_boxed(self.id, self.context.api.resolve(property.schema))
    }

    fn constants(&self, object: &Object, wire: Wire) -> Vec<Constant> {
        let fields = self.context.names.fields(self.id).iter();
        let named = fields.zip(self.context.names.defaults(self.id));
        let properties = object.properties.iter().zip(named);
        properties
            .filter(|(property, _)| self.travels(property, wire))
            .filter_map(|(property, (field, name))| {
                defaults::constant(self.context, property.schema, name.as_deref()?, field)
            })
            .collect()
    }

    /// What a checked type holds.
    pub(super) fn holds(&self) -> Scalar {
        match &self.schema.kind {
            Kind::Integer(format) => (*format).into(),
            Kind::Number(format) => (*format).into(),
            Kind::String(format) => (*format).into(),
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => Scalar::Value,
        }
    }

    fn checked(&self, rules: &[Rule]) -> CheckedType {
        let holds = self.holds();
        let when = "Checked when it is made; what the server sends is taken as it is.";
        let docs = docs::join(vec![self.docs(), vec![when.to_owned()]]);
        let copy = holds.is_copy().then_some("Copy");
        let order: &[&str] = match holds.is_float() {
            true => &["PartialEq", "PartialOrd"],
            false => &["PartialEq", "Eq", "PartialOrd", "Ord", "Hash"],
        };
        let own = ["Clone"].into_iter().chain(copy).chain(["Debug"]).chain(order.iter().copied());
        let derives = self.with_added(own.chain(["Checked"]));
        CheckedType {
            docs,
            alias: self.alias(),
            name: self.name.to_owned(),
            derives,
            holds,
            rules: rules.to_vec(),
        }
    }

    /// Read-only properties are never sent, write-only ones never received.
    fn travels(&self, property: &Property, wire: Wire) -> bool {
        let api = self.context.api;
        let lost_going = wire.encode && !wire.decode && api.read_only(property.schema);
        let lost_coming = wire.decode && !wire.encode && api.write_only(property.schema);
        !lost_going && !lost_coming
    }

    pub(super) fn field(&self, property: &Property, name: &str, wire: Wire) -> Field {
        let bare = self.context.value_type(property.schema, self.way());
        let boxed = self.is_boxed(property);
        let presence = presence(property.required, self.is_nullable(property, &bare), wire.encode);
        let inner = if boxed { bare.clone().boxed() } else { bare.clone() };
        Field {
            docs: self.field_docs(property.schema),
            alias: alias(name, &property.wire),
            name: name.to_owned(),
            ty: presence.wrap(inner),
            rename: (wire_of_field(name) != property.wire).then(|| property.wire.clone()),
            role: FieldRole::Property(presence),
            setter: (!presence.is_required()).then(|| setter(name)),
            fixed: (presence == Presence::Required).then(|| self.fixed(property, &bare)).flatten(),
            bare,
            boxed,
        }
    }

    fn field_docs(&self, schema: SchemaId) -> Docs {
        let words = docs::of_schema(&self.context.api.docs(schema), "");
        docs::join(std::iter::once(words).chain(self.context.insides(schema)).collect())
    }

    fn rest(&self, values: SchemaId) -> Field {
        let name = self.context.names.additional(self.id).unwrap_or_default();
        let bare = Type::Map(Box::new(self.context.element_type(values, self.way())));
        let what = vec!["Properties that the document does not list.".to_owned()];
        let words = self.context.insides_of_values(values);
        Field {
            docs: docs::join(std::iter::once(what).chain(words).collect()),
            alias: None,
            name: name.to_owned(),
            ty: bare.clone(),
            rename: None,
            role: FieldRole::Rest,
            setter: Some(setter(name)),
            fixed: None,
            bare,
            boxed: false,
        }
    }
}

/// `r#type` → `with_type`.
pub(super) fn setter(field: &str) -> String {
    format!("with_{}", field.trim_start_matches("r#"))
}
