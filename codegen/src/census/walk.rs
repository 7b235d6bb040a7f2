//! Counting: from operations and types to every place they carry.

use std::collections::BTreeSet;

use super::entries::{Cause, Census, OperationEntry, Travel, TypeEntry, UntypedPlace, What};
use crate::analyze::{Direction, Facts};
use crate::ir::{
    Api, Constraint, Content, ContentKind, Kind, Opaque, Operation, Origin, Outcome, Payload,
    Property, SchemaId, Untyped,
};
use crate::names::{NameTable, OperationNames, Side, type_place};
use crate::pointer::Pointer;

/// Counts everything that is generated.
pub(crate) fn take(api: &Api, facts: &Facts, names: &NameTable) -> Census {
    let mut walk = Walk { api, facts, names, counted: BTreeSet::new(), census: Census::default() };
    for (index, operation) in api.operations.iter().enumerate() {
        walk.operation(operation, names.operation(index));
    }
    for hook in &api.hooks {
        walk.place(What::Body, &hook.at, hook.payload);
    }
    for id in (0..api.schemas.len()).map(SchemaId) {
        walk.types_of(id);
    }
    walk.census
}

struct Walk<'a> {
    api: &'a Api,
    facts: &'a Facts,
    names: &'a NameTable,
    counted: BTreeSet<(What, Pointer)>,
    census: Census,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation, names: &OperationNames) {
        for parameter in &operation.parameters {
            self.place(What::Parameter, &parameter.at, parameter.schema);
        }
        let contents = || operation.body.iter().flat_map(|body| &body.contents);
        contents().for_each(|content| self.content(content));
        let successes = || operation.ways().flatten();
        successes().chain(&operation.errors).for_each(|one| self.outcome(one));
        let sends = contents().map(|content| content.media_type.as_str());
        let accepts = successes().filter_map(|one| one.accept.as_deref());
        self.census.operations.push(OperationEntry {
            pointer: operation.at.clone(),
            id: operation.id.clone(),
            group: names.group.map(|group| self.names.groups()[group].accessor.clone()),
            method: names.method.clone(),
            sends: distinct(sends),
            accepts: distinct(accepts),
        });
    }

    fn content(&mut self, content: &Content) {
        match &content.kind {
            ContentKind::Json(schema) | ContentKind::Form(schema, _) => {
                self.place(What::Body, &content.at, *schema);
            }
            ContentKind::Multipart(form) => {
                if let Some(untyped) = &form.untyped {
                    self.untyped(What::Body, &content.at, reason(untyped));
                }
                for part in &form.parts {
                    self.place(What::Part, &part.at, part.schema);
                }
            }
            ContentKind::Text | ContentKind::Bytes => {
                self.raw(What::Body, &content.at, &content.raw);
            }
        }
    }

    fn outcome(&mut self, outcome: &Outcome) {
        for header in &outcome.headers {
            match header.schema {
                Some(schema) => self.place(What::Header, &header.at, schema),
                None => self.typed(What::Header, &header.at),
            }
        }
        let at = |media_type: &str| outcome.at.push("content").push(media_type);
        match &outcome.payload {
            Payload::Empty => {}
            Payload::Json { media_type, schema } => {
                self.place(What::Answer, &at(media_type), *schema);
            }
            Payload::Stream { media_type, schema: Some(schema), .. } => {
                self.place(What::Answer, &at(media_type), *schema);
            }
            Payload::Stream { media_type, schema: None, .. } => {
                self.typed(What::Answer, &at(media_type));
            }
            Payload::Text { media_type, raw } | Payload::Bytes { media_type, raw } => {
                self.raw(What::Answer, &at(media_type), raw);
            }
        }
    }

    /// A body of text or bytes, which is all of it unless its schema says more.
    fn raw(&mut self, what: What, at: &Pointer, raw: &Opaque) {
        match &raw.untyped {
            Some(untyped) => self.untyped(what, at, reason(untyped)),
            None => self.typed(what, at),
        }
    }

    /// The types made of a schema, and what they hold.
    fn types_of(&mut self, id: SchemaId) {
        let mut named = false;
        for side in [Side::Plain, Side::Input] {
            if let Some(name) = self.names.type_name(id, side) {
                let (pointer, name) = (type_place(self.api, id), name.to_owned());
                let travel = self.travel(id, side);
                self.census.types.push(TypeEntry { pointer, name, travel });
                named = true;
            }
        }
        if named {
            self.members(id);
        }
    }

    fn travel(&self, id: SchemaId, side: Side) -> Travel {
        let Direction { sent, received } = self.facts.direction(id);
        match (self.facts.is_split(id), side) {
            (true, Side::Input) => Travel::Sent,
            (true, Side::Plain) => Travel::Received,
            (false, _) if sent && received => Travel::Both,
            (false, _) if sent => Travel::Sent,
            (false, _) => Travel::Received,
        }
    }

    /// What a schema with a type of its own holds.
    fn members(&mut self, id: SchemaId) {
        let schema = self.api.schema(id);
        match &schema.kind {
            Kind::Object(object) => {
                for property in &object.properties {
                    if self.travels(id, property) {
                        self.place(What::Property, &property.at, property.schema);
                    }
                }
                if let Some(values) = object.additional {
                    self.place(What::Value, &schema.at.push("additionalProperties"), values);
                }
            }
            Kind::Union(union) => {
                for variant in &union.variants {
                    self.place(What::Alternative, &variant.at, variant.schema);
                }
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Foreign(_) => self.place(What::Schema, &schema.at, id),
            Kind::Array(_) | Kind::Tuple(_) | Kind::Map(_) => {
                self.typed(What::Schema, &schema.at);
                self.elements(id);
            }
        }
    }

    /// Whether any type of `owner` has the property at all.
    fn travels(&self, owner: SchemaId, property: &Property) -> bool {
        let Direction { sent, received } = self.facts.direction(owner);
        (sent && !self.api.read_only(property.schema))
            || (received && !self.api.write_only(property.schema))
            || (sent && received)
    }

    /// What the list or map `id` holds.
    fn elements(&mut self, id: SchemaId) {
        let schema = self.api.schema(id);
        match &schema.kind {
            Kind::Array(items) => self.place(What::Item, &schema.at.push("items"), *items),
            Kind::Tuple(places) => {
                let at = schema.at.push("prefixItems");
                for (index, place) in places.iter().enumerate() {
                    self.place(What::Item, &at.index(index), *place);
                }
            }
            Kind::Map(values) => {
                self.place(What::Value, &schema.at.push("additionalProperties"), *values);
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => {}
        }
    }

    /// Counts one place; a list or map without a name brings its elements along.
    fn place(&mut self, what: What, at: &Pointer, schema: SchemaId) {
        let id = self.api.resolve(schema);
        let schema = self.api.schema(id);
        let (cause, reason) = match &schema.kind {
            Kind::Any(_) if schema.docs.constraints.contains(&Constraint::Never) => {
                (Cause::Document, "no value is allowed".to_owned())
            }
            // Nothing is left to say of a value that is always null.
            Kind::Any(Untyped::DocumentSays) if is_null(&schema.docs.constraints) => {
                self.typed(what, at);
                return;
            }
            Kind::Any(Untyped::DocumentSays) if !schema.docs.constraints.is_empty() => {
                (Cause::Document, "there are rules, but no type".to_owned())
            }
            Kind::Any(Untyped::AnyObject) if !schema.docs.constraints.is_empty() => {
                (Cause::Document, "there are rules, but no properties".to_owned())
            }
            Kind::Any(untyped) => reason(untyped),
            Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => {
                self.typed(what, at);
                if matches!(schema.origin, Origin::Inline(_)) {
                    self.elements(id);
                }
                return;
            }
        };
        self.untyped(what, at, (cause, reason));
    }

    fn untyped(&mut self, what: What, at: &Pointer, (cause, reason): (Cause, String)) {
        if self.counted.insert((what, at.clone())) {
            let pointer = at.clone();
            self.census.untyped.push(UntypedPlace { pointer, what, cause, reason });
        }
    }

    fn typed(&mut self, what: What, at: &Pointer) {
        if self.counted.insert((what, at.clone())) {
            self.census.typed += 1;
        }
    }
}

fn is_null(rules: &[Constraint]) -> bool {
    let is_all = |values: &[String]| values.iter().all(|value| value == "null");
    rules.iter().any(|rule| matches!(rule, Constraint::OneOf(values) if is_all(values)))
}

fn reason(untyped: &Untyped) -> (Cause, String) {
    match untyped {
        Untyped::DocumentSays => (Cause::Document, "any value is allowed".to_owned()),
        Untyped::AnyObject => (Cause::Document, "any object is allowed".to_owned()),
        Untyped::Fault(why) => (Cause::Fault, why.clone()),
        Untyped::Unsupported(why) => (Cause::Generator, why.clone()),
    }
}

fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.iter().any(|known| known == text) {
            all.push(text.to_owned());
        }
    }
    all
}
