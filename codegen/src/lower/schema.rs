//! One schema: its kind, from its keywords.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::docs::schema_docs;
use super::fault::unreadable;
use super::keywords::{Keywords, Ref, TypeName};
use super::scalar::{unsaid_format, unsaid_values};
use super::whole::whole_bounds;
use super::{Lowerer, component_name, component_pointer};
use crate::diagnostics::Code;
use crate::ir::{Constraint, Docs, Kind, Object, Origin, Property, SchemaId, Untyped};
use crate::pointer::{Pointer, percent_decode};

/// What a name gives to those of everything below it, in bytes: no name that is read is longer
/// (`names` cuts at half of it), and each of thousands of schemas below repeats it.
const PART: usize = 256;

/// A name as part of others.
pub(super) fn part_of_name(name: &str) -> String {
    let end = (0..=PART.min(name.len())).rev().find(|&end| name.is_char_boundary(end));
    name[..end.unwrap_or_default()].to_owned()
}

/// Where a schema stands and what it would be called.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) at: Pointer,
    pub(super) path: Vec<String>,
}

impl Site {
    pub(super) fn component(name: &str) -> Self {
        Self { at: component_pointer("schemas", name), path: vec![part_of_name(name)] }
    }

    /// The component that stands here, if it is one.
    pub(super) fn own_component(&self) -> Option<String> {
        let mut tokens = self.at.tokens();
        let found = tokens.next()? == "components" && tokens.next()? == "schemas";
        let name = tokens.next()?;
        (found && tokens.next().is_none()).then_some(name)
    }

    /// A schema below this one: `steps` lead to it, `name` joins its name.
    pub(super) fn below(&self, steps: &[&str], name: &str) -> Self {
        let at = steps.iter().fold(self.at.clone(), |at, step| at.push(step));
        let mut path = self.path.clone();
        path.push(part_of_name(name));
        Self { at, path }
    }
}

/// A schema that lists others as its alternatives, with its properties by name.
struct Base<'d> {
    site: Site,
    properties: BTreeMap<&'d str, Ref<'d>>,
}

/// How many components may be lowered within one another: those that are met deeper are put off,
/// so that no chain of references uses up the stack.
const DEEP: usize = 64;

impl<'d> Lowerer<'d> {
    /// The schema of `components.schemas` with this name. What it is may still be unknown: see
    /// [`Self::lower_now`].
    pub(super) fn component(&mut self, name: &str) -> SchemaId {
        let site = Site::component(name);
        if let Some(id) = self.placed.get(&site.at) {
            return *id;
        }
        let id = self.reserve(&site.at, Origin::Component(name.to_owned()));
        self.later.insert(id, name.to_owned());
        if self.depth < DEEP {
            self.lower_now(id);
        }
        id
    }

    /// Lowers the component of this place, if that is put off.
    pub(super) fn lower_now(&mut self, id: SchemaId) {
        let Some(name) = self.later.remove(&id) else { return };
        let site = Site::component(&name);
        self.depth += 1;
        match self.document.components.as_ref().and_then(|all| all.schemas.get(&name)) {
            Some(ReferenceOr::Item(schema)) => self.fill(id, schema, &site),
            Some(ReferenceOr::Reference { reference }) => {
                let target = self.reference(reference, &site.at);
                self.schemas[id.0].kind = Kind::Alias(target);
            }
            None => {}
        }
        self.depth -= 1;
    }

    pub(super) fn reference(&mut self, reference: &str, at: &Pointer) -> SchemaId {
        let known = component_name(reference, "schemas").filter(|name| {
            self.document.components.as_ref().is_some_and(|all| all.schemas.contains_key(name))
        });
        match known {
            Some(name) => self.component(&name),
            None => {
                let why = format!("`{reference}` is not a schema under `#/components/schemas`");
                let message = format!("{why}: the value stays `serde_json::Value`");
                self.warn(Code::UnsupportedReference, message, at, led_astray(reference));
                let id = self.reserve(at, Origin::Inline(vec!["unresolved".to_owned()]));
                self.schemas[id.0].kind = Kind::Any(Untyped::Unsupported(why));
                id
            }
        }
    }

    /// A schema wherever one may stand.
    pub(super) fn schema(&mut self, schema: Ref<'d>, site: &Site) -> SchemaId {
        match schema {
            Ref::To(reference) => self.reference(reference, &site.at),
            Ref::Here(schema) => {
                if let Some(id) = self.placed.get(&site.at) {
                    return *id;
                }
                let id = self.reserve(&site.at, Origin::Inline(site.path.clone()));
                self.fill(id, schema, site);
                id
            }
        }
    }

    fn fill(&mut self, id: SchemaId, schema: &'d Schema, site: &Site) {
        let keywords = Keywords::of(schema);
        let kind = self.kind(id, schema, &keywords, site);
        self.say(id, &kind, schema, &keywords);
        whole_bounds(&kind, &mut self.schemas[id.0].docs.constraints);
        self.schemas[id.0].kind = kind;
        if let Some(rules) = self.demands.remove(&id) {
            self.schemas[id.0].docs.constraints.extend(rules);
        }
        self.tell_said_of(id);
        let slot = &self.schemas[id.0];
        if matches!(slot.kind, Kind::String(_)) && slot.format.as_deref() == Some("binary") {
            self.binary.insert(id);
        }
        if keywords.is_closed() && !keywords.is_composed() {
            self.closed.insert(id);
        }
    }

    /// Adds what `schema` says about the values of this one, whose kind is known: its words go
    /// before those that are there, and its rules and flags hold besides them.
    pub(super) fn say(
        &mut self,
        id: SchemaId,
        kind: &Kind,
        schema: &Schema,
        keywords: &Keywords<'_>,
    ) {
        let slot = &mut self.schemas[id.0];
        let mut docs = schema_docs(schema, keywords);
        docs.format = unsaid_format(kind, keywords.format.as_deref());
        docs.constraints.extend(unsaid_values(kind, keywords));
        docs.constraints.extend(unsaid_required(kind, keywords));
        let lists_null = keywords.values.iter().any(Value::is_null);
        slot.nullable |= schema.schema_data.nullable || lists_null;
        slot.read_only |= schema.schema_data.read_only;
        slot.write_only |= schema.schema_data.write_only;
        slot.docs = docs.or(std::mem::take(&mut slot.docs));
        slot.default = own_default(schema).or(slot.default.take());
        slot.format = keywords.format.clone().or(slot.format.take());
    }

    pub(super) fn kind(
        &mut self,
        id: SchemaId,
        schema: &'d Schema,
        keywords: &Keywords<'d>,
        site: &Site,
    ) -> Kind {
        if let Some(untyped) = unreadable(keywords) {
            Kind::Any(untyped)
        } else if keywords.is_composed() {
            self.composed(id, schema, keywords, site)
        } else {
            self.plain(keywords, site)
        }
    }

    /// The kind of a schema in which no other one has a say.
    pub(super) fn plain(&mut self, keywords: &Keywords<'d>, site: &Site) -> Kind {
        if let Some(name) = keywords.unknown_type {
            return self.unknown_type(name, site);
        }
        match keywords.effective_type() {
            // An `enum` of null alone is how OpenAPI 3.0 spells null; any other says something.
            None if keywords.values.iter().any(|one| one.is_array() || one.is_object()) => {
                self.untyped("a list or an object among the values that are allowed", site)
            }
            None if !keywords.values.iter().all(Value::is_null) => {
                self.untyped("an `enum` of values of several kinds", site)
            }
            None => Kind::Any(Untyped::DocumentSays),
            Some(TypeName::Array) => self.array(keywords, site),
            Some(TypeName::Object) => self.object_kind(keywords, site),
            Some(
                name
                @ (TypeName::Boolean | TypeName::Integer | TypeName::Number | TypeName::String),
            ) => self.scalar(name, keywords, site),
        }
    }

    /// A value that stays JSON because we cannot say more, with the warning that says so.
    pub(super) fn untyped(&mut self, why: impl Into<String>, site: &Site) -> Kind {
        let why = why.into();
        self.warn(
            Code::UnsupportedSchema,
            format!("{why}: the value stays `serde_json::Value`"),
            &site.at,
            "nothing is lost: every JSON value is accepted and kept as it is",
        );
        Kind::Any(Untyped::Unsupported(why))
    }

    fn array(&mut self, keywords: &Keywords<'d>, site: &Site) -> Kind {
        if let Some(places) = keywords.places() {
            return self.tuple(places, site);
        }
        let below = site.below(&["items"], "item");
        let items = match &keywords.items {
            Some(items) => self.schema(*items, &below),
            None => self.anything(&below),
        };
        Kind::Array(items)
    }

    /// A list with a schema for each of its places.
    fn tuple(&mut self, places: &'d [ReferenceOr<Schema>], site: &Site) -> Kind {
        let place = |(index, place): (usize, &'d ReferenceOr<Schema>)| {
            let name = format!("place {}", index + 1);
            self.schema(place.into(), &site.below(&["items", "anyOf", &index.to_string()], &name))
        };
        Kind::Tuple(places.iter().enumerate().map(place).collect())
    }

    /// A schema that allows everything, where the document has none.
    fn anything(&mut self, site: &Site) -> SchemaId {
        self.reserve(&site.at, Origin::Inline(site.path.clone()))
    }

    fn object_kind(&mut self, keywords: &Keywords<'d>, site: &Site) -> Kind {
        if !keywords.properties.is_empty() {
            return Kind::Object(self.object(keywords, site));
        }
        match keywords.additional {
            None => Kind::Any(Untyped::AnyObject),
            Some(AdditionalProperties::Any(false)) => {
                self.report_unknown_required(keywords, &[], site);
                Kind::Object(Object::default())
            }
            Some(AdditionalProperties::Any(true)) => {
                Kind::Map(self.anything(&site.below(&["additionalProperties"], "value")))
            }
            Some(AdditionalProperties::Schema(values)) => {
                let below = site.below(&["additionalProperties"], "value");
                Kind::Map(self.schema(values.as_ref().into(), &below))
            }
        }
    }

    /// The declared properties of one schema, without what `allOf` adds.
    pub(super) fn object(&mut self, keywords: &Keywords<'d>, site: &Site) -> Object {
        let mut properties = Vec::with_capacity(keywords.properties.len());
        let all_required: BTreeSet<&str> = keywords.required.iter().map(String::as_str).collect();
        let base = self.base(site);
        for (wire, schema) in &keywords.properties {
            let below = site.below(&["properties", wire], wire);
            let inherited = base.as_ref().and_then(|base| self.inherited(base, wire, schema));
            let id = match inherited {
                Some(id) => self.same_as(id, schema, &below),
                None => self.schema(*schema, &below),
            };
            let required = all_required.contains(wire);
            let wire = (*wire).to_owned();
            properties.push(Property { wire, at: below.at, schema: id, required });
        }
        self.report_unknown_required(keywords, &properties, site);
        Object { properties, additional: self.additional(keywords, site) }
    }

    pub(super) fn additional(&mut self, keywords: &Keywords<'d>, site: &Site) -> Option<SchemaId> {
        let below = site.below(&["additionalProperties"], "value");
        match keywords.additional? {
            AdditionalProperties::Any(false) => None,
            AdditionalProperties::Any(true) => Some(self.anything(&below)),
            AdditionalProperties::Schema(schema) => {
                Some(self.schema(schema.as_ref().into(), &below))
            }
        }
    }

    /// Whether a schema is an alternative, and the one that offers the choice declares this property.
    pub(super) fn is_beside(&self, site: &Site, name: &str) -> bool {
        let own = self.beside.get(&site.at);
        own.is_some_and(|own| own.properties.iter().any(|known| known.wire == name))
    }

    fn report_unknown_required(
        &mut self,
        keywords: &Keywords<'d>,
        properties: &[Property],
        site: &Site,
    ) {
        let is_closed = keywords.is_closed();
        if (keywords.additional.is_some() && !is_closed) || keywords.is_choice() {
            return;
        }
        let known: BTreeSet<&str> = properties.iter().map(|known| known.wire.as_str()).collect();
        for (index, name) in keywords.required.iter().enumerate() {
            if known.contains(name.as_str()) || self.is_beside(site, name) {
                continue;
            }
            let (code, message) = if is_closed {
                let why = "and `additionalProperties: false` allows none but those declared";
                (Code::FaultyDocument, format!("`required` names `{name}`, {why}"))
            } else {
                let why = "which is not among the properties";
                (Code::Ignored, format!("`required` names `{name}`, {why}"))
            };
            let at = site.at.push("required").push(&index.to_string());
            self.warn(
                code,
                message,
                &at,
                "declare the property, or take its name out of `required`",
            );
        }
    }

    /// The base of the family that a component is an alternative of.
    fn base(&self, site: &Site) -> Option<Base<'d>> {
        let [component] = site.path.as_slice() else { return None };
        let base = self.families.base_of(component)?;
        let all = self.document.components.as_ref()?;
        let ReferenceOr::Item(schema) = all.schemas.get(base)? else { return None };
        let properties = Keywords::of(schema).properties.into_iter().collect();
        Some(Base { site: Site::component(base), properties })
    }

    /// The type that the base gave the same property, if it is the same.
    fn inherited(&mut self, base: &Base<'d>, wire: &str, schema: &Ref<'d>) -> Option<SchemaId> {
        let (Ref::Here(mine), Ref::Here(theirs)) = (schema, *base.properties.get(wire)?) else {
            return None;
        };
        let below = base.site.below(&["properties", wire], wire);
        same_values(mine, theirs).then(|| self.schema(Ref::Here(theirs), &below))
    }

    /// A schema with prose of its own and the values of another.
    fn same_as(&mut self, target: SchemaId, schema: &Ref<'d>, site: &Site) -> SchemaId {
        if let Some(id) = self.placed.get(&site.at) {
            return *id;
        }
        let id = self.reserve(&site.at, Origin::Inline(site.path.clone()));
        if let Ref::Here(schema) = schema {
            let slot = &mut self.schemas[id.0];
            slot.docs = schema_docs(schema, &Keywords::of(schema));
            slot.default = own_default(schema);
            slot.nullable = schema.schema_data.nullable;
            slot.read_only = schema.schema_data.read_only;
            slot.write_only = schema.schema_data.write_only;
        }
        self.schemas[id.0].kind = Kind::Alias(target);
        id
    }

    /// A schema we make up: same place as another, a name of its own.
    pub(super) fn made_up(&mut self, site: &Site, docs: Docs, kind: Kind) -> SchemaId {
        self.push(crate::ir::Schema {
            at: site.at.clone(),
            origin: Origin::Inline(site.path.clone()),
            docs,
            nullable: false,
            read_only: false,
            write_only: false,
            default: None,
            format: None,
            kind,
        })
    }
}

impl Lowerer<'_> {
    /// Takes out the rules that fields say: an alternative that only requires a property gets the
    /// property itself from what stands around the choice.
    pub(super) fn drop_said_rules(&mut self) {
        for schema in &mut self.schemas {
            let Kind::Object(object) = &schema.kind else { continue };
            let is_field = |name: &String| {
                object.properties.iter().any(|property| property.wire == *name && property.required)
            };
            schema.docs.constraints.retain(|rule| match rule {
                Constraint::RequiresOneOf(lists) => {
                    !matches!(lists.as_slice(), [names] if names.iter().all(is_field))
                }
                _ => true,
            });
        }
    }
}

/// The properties that have to be there, where the type has no fields for them.
fn unsaid_required(kind: &Kind, keywords: &Keywords<'_>) -> Option<Constraint> {
    let has_fields = match kind {
        Kind::Map(_) | Kind::Any(Untyped::DocumentSays | Untyped::AnyObject) => false,
        // Without others a warning tells.
        Kind::Object(object) => object.additional.is_none(),
        Kind::Any(Untyped::Fault(_) | Untyped::Unsupported(_))
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => true,
    };
    if has_fields || keywords.is_composed() {
        return None;
    }
    let known: BTreeSet<&str> = keywords.properties.iter().map(|(name, _)| *name).collect();
    let names = keywords.required.iter().filter(|name| !known.contains(name.as_str()));
    let names: Vec<String> = names.cloned().collect();
    (!names.is_empty()).then(|| Constraint::RequiresOneOf(vec![names]))
}

/// What to do about a reference that leads to no component.
fn led_astray(reference: &str) -> &'static str {
    let pointer = reference.strip_prefix('#').and_then(percent_decode);
    let tokens: Vec<&str> = pointer.iter().flat_map(|pointer| pointer.split('/').skip(1)).collect();
    match tokens.as_slice() {
        ["components"] | ["components", "schemas"] => {
            "it leads to all of them: add the name of the one that is meant"
        }
        // What a property is called is no keyword.
        [.., "properties" | "schemas", _] => {
            "move the schema to `components.schemas` and refer to it there"
        }
        [.., "enum" | "examples", _] | [.., "const" | "default" | "example"] => {
            "it leads to a value, which is no schema: refer to a schema"
        }
        _ => "move the schema to `components.schemas` and refer to it there",
    }
}

/// Null as a default says that there is none.
pub(super) fn own_default(schema: &Schema) -> Option<Value> {
    schema.schema_data.default.clone().filter(|value| !value.is_null())
}

/// Equal but for prose and examples.
fn same_values(left: &Schema, right: &Schema) -> bool {
    left.schema_kind == right.schema_kind
        && left.schema_data.nullable == right.schema_data.nullable
        && left.schema_data.discriminator == right.schema_data.discriminator
}
