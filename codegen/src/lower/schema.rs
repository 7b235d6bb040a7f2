//! One schema: its kind, from its keywords.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::docs::schema_docs;
use super::fault::unreadable;
use super::keywords::{Keywords, Ref, TypeName};
use super::object::unsaid_required;
use super::scalar::{unsaid_format, unsaid_values};
use super::whole::whole_bounds;
use super::{Lowerer, component_name, component_pointer};
use crate::diagnostics::Code;
use crate::ir::{Docs, Kind, Origin, SchemaId, Untyped};
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
                let why = no_schema(reference);
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

/// Why nothing can be made of a reference, as far as its text tells.
fn no_schema(reference: &str) -> String {
    match other_section(reference) {
        Some(section) => {
            format!("`{reference}` leads to one of `components.{section}`, which is no schema")
        }
        None => format!("`{reference}` is not a schema under `#/components/schemas`"),
    }
}

/// The part of `components` that a reference leads to a component of, if that is not the schemas.
fn other_section(reference: &str) -> Option<&str> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (section != "schemas" && !name.contains('/')).then_some(section)
}

/// What to do about a reference that leads to no component.
fn led_astray(reference: &str) -> &'static str {
    if other_section(reference).is_some() {
        return "refer to a schema: to that of what it leads to, as a component of its own, if it is meant";
    }
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
        [.., "properties" | "oneOf" | "anyOf" | "allOf" | "prefixItems"] => {
            "it leads to several schemas: add the name or the number of the one that is meant"
        }
        _ => "move the schema to `components.schemas` and refer to it there",
    }
}

/// Null as a default says that there is none.
pub(super) fn own_default(schema: &Schema) -> Option<Value> {
    schema.schema_data.default.clone().filter(|value| !value.is_null())
}

#[cfg(test)]
mod tests {
    use super::{led_astray, no_schema};

    #[test]
    fn advice_depends_on_where_a_reference_leads() {
        for (reference, advice) in [
            ("#/components/schemas", "it leads to all"),
            ("#/components", "it leads to all"),
            ("#/components/parameters/A", "refer to a schema"),
            ("#/components/parameters/A/schema", "move the schema"),
            ("#/components/schemas/A/enum/0", "it leads to a value"),
            ("#/components/schemas/A/properties/b/const", "it leads to a value"),
            ("#/components/schemas/A/properties/example", "move the schema"),
            ("#/components/schemas/default", "move the schema"),
            ("#/components/schemas/A/properties", "it leads to several"),
            ("#/components/schemas/A/properties/oneOf", "move the schema"),
            ("#/components/schemas/A/items/oneOf", "it leads to several"),
            ("#/paths/~1a/get/responses/200", "move the schema"),
            ("other.yaml", "move the schema"),
        ] {
            assert!(led_astray(reference).starts_with(advice), "{reference}");
        }
        let why = no_schema("#/components/parameters/A");
        assert!(why.ends_with("leads to one of `components.parameters`, which is no schema"));
        assert!(no_schema("#/paths/~1a").ends_with("is not a schema under `#/components/schemas`"));
    }
}
