//! Objects in which no other schema has a say: their properties, and what other properties may be.
//!
//! ```yaml
//! Widget: {type: object, required: [id], properties: {id: {type: string}}, additionalProperties: {type: integer}}
//! ```
//! has one property, which is there, and keeps whole numbers under any other key. Without properties of its
//! own it would be a map.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::Lowerer;
use super::docs::schema_docs;
use super::keywords::{Keywords, Ref};
use super::schema::{Site, own_default};
use crate::diagnostics::Code;
use crate::ir::{Constraint, Kind, Object, Origin, Property, SchemaId, Untyped};

/// A schema that lists others as its alternatives, with its properties by name.
struct Base<'d> {
    site: Site,
    properties: BTreeMap<&'d str, Ref<'d>>,
}

impl<'d> Lowerer<'d> {
    pub(super) fn object_kind(&mut self, keywords: &Keywords<'d>, site: &Site) -> Kind {
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
pub(super) fn unsaid_required(kind: &Kind, keywords: &Keywords<'_>) -> Option<Constraint> {
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

/// Equal but for prose and examples.
fn same_values(left: &Schema, right: &Schema) -> bool {
    left.schema_kind == right.schema_kind
        && left.schema_data.nullable == right.schema_data.nullable
        && left.schema_data.discriminator == right.schema_data.discriminator
}
