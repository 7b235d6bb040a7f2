//! `allOf`: several descriptions of one value, merged into one.
//!
//! ```yaml
//! Cat:
//!   allOf:
//!     - $ref: '#/components/schemas/Pet'
//!     - properties: {claws: {type: integer}}
//! ```
//! is one object with the properties of both. A member that is a choice (`oneOf`, `anyOf`, a
//! discriminator) makes the whole a choice, unless this very schema is among the alternatives: then
//! the choice has been made, and only what the member says besides counts.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::allowance::Refusal;
use super::compose::{Choice, choices};
use super::docs::schema_docs;
use super::families::alternatives;
use super::keywords::{Keywords, TypeName};
use super::scalar::unsaid_values;
use super::schema::{Site, own_default, part_of_name};
use super::{Lowerer, component_name};
use crate::diagnostics::Code;
use crate::ir::{Constraint, Docs, Kind, Object, Property, Untyped};
use crate::pointer::Pointer;

/// What the members of an `allOf` say, each schema in one of them being a member itself.
#[derive(Default)]
pub(super) struct Parts<'d> {
    members: Vec<Member<'d>>,
    /// Choices, outermost last.
    pub(super) choices: Vec<Choice<'d>>,
}

impl Parts<'_> {
    /// What the members demand of the value as a whole.
    pub(super) fn rules(&self) -> Vec<Constraint> {
        let object = Kind::Any(Untyped::AnyObject);
        let rules = |member: &Member<'_>| {
            // A list of nothing but null is how 3.0 spells null.
            let says = !member.keywords.values.iter().all(Value::is_null);
            let values = unsaid_values(&object, &member.keywords).filter(|_| says);
            member.keywords.constraints.iter().cloned().chain(values).collect::<Vec<_>>()
        };
        self.members.iter().flat_map(rules).collect()
    }

    /// The first format that a member has.
    pub(super) fn format(&self) -> Option<String> {
        let mut formats = self.members.iter().filter_map(|member| member.keywords.format.clone());
        formats.find(|format| !format.is_empty())
    }

    /// The words of the members that are written in place.
    pub(super) fn words(&self, site: &Site) -> Docs {
        let list = site.at.push("allOf");
        let in_place = |member: &&Member<'_>| member.site.at.parent().as_ref() == Some(&list);
        let words = self.members.iter().filter(in_place).map(|member| Docs {
            constraints: Vec::new(),
            ..schema_docs(member.schema, &member.keywords)
        });
        Docs::of_all(words)
    }

    /// The defaults of the members that are written in place.
    pub(super) fn defaults(&self, site: &Site) -> Vec<Value> {
        let list = site.at.push("allOf");
        let in_place = |member: &&Member<'_>| member.site.at.parent().as_ref() == Some(&list);
        let members = self.members.iter().filter(in_place);
        members.filter_map(|member| own_default(member.schema)).collect()
    }

    /// Whether one of the members written in place is only in answers, and one only in requests: true
    /// of one is true of the value (JSON Schema Validation, section 9.4).
    pub(super) fn directions(&self, site: &Site) -> (bool, bool) {
        let list = site.at.push("allOf");
        let in_place = |member: &&Member<'_>| member.site.at.parent().as_ref() == Some(&list);
        let said = || self.members.iter().filter(in_place).map(|one| &one.schema.schema_data);
        (said().any(|data| data.read_only), said().any(|data| data.write_only))
    }

    /// Whether every member that says what the value is allows null as well.
    pub(super) fn allow_null(&self) -> bool {
        let saying = self.members.iter().filter(|one| one.keywords.effective_type().is_some());
        let mut saying = saying.peekable();
        saying.peek().is_some() && saying.all(|member| member.schema.schema_data.nullable)
    }
}

/// One member of an `allOf`, with the place its properties are written at.
struct Member<'d> {
    schema: &'d Schema,
    keywords: Keywords<'d>,
    site: Site,
}

/// The components that were met on the way through an `allOf`.
struct Chain {
    /// The one that is being merged, if it has a name.
    first: Option<String>,
    met: BTreeSet<String>,
    /// Those of them that are being gathered. Two members may merge the same schema; none may merge
    /// itself.
    open: BTreeSet<String>,
}

impl From<&Site> for Chain {
    fn from(site: &Site) -> Self {
        let first = site.own_component();
        let met: BTreeSet<String> = first.iter().cloned().collect();
        Self { open: met.clone(), met, first }
    }
}

impl<'d> Lowerer<'d> {
    /// Collects the members of `schema` and of everything below its `allOf`.
    pub(super) fn members(
        &mut self,
        schema: &'d Schema,
        site: &Site,
    ) -> Result<Parts<'d>, Refusal> {
        let mut parts = Parts::default();
        self.gather(schema, site, &mut parts, &mut Chain::from(site))?;
        Ok(parts)
    }

    /// Adds a schema and what is below its `allOf`. `chain` holds the components that were met.
    fn gather(
        &mut self,
        schema: &'d Schema,
        site: &Site,
        parts: &mut Parts<'d>,
        chain: &mut Chain,
    ) -> Result<(), Refusal> {
        let keywords = Keywords::of(schema);
        if !matches!(keywords.effective_type(), None | Some(TypeName::Object)) {
            return Err(Refusal::NoObject);
        }
        self.allowance.spend(1 + keywords.properties.len())?;
        for (index, member) in keywords.all_of.iter().enumerate() {
            let (member, below) = match member {
                ReferenceOr::Item(schema) => {
                    let at = site.at.push("allOf").index(index);
                    (schema, Site { at, path: site.path.clone() })
                }
                ReferenceOr::Reference { reference } => {
                    let name = component_name(reference, "schemas").ok_or(Refusal::NoObject)?;
                    if chain.open.contains(&name) {
                        self.merges_itself(&name, &site.at.push("allOf").index(index));
                    }
                    if !chain.met.insert(name.clone()) {
                        continue;
                    }
                    let schema = self.raw(member).ok_or(Refusal::NoObject)?;
                    (schema, Site::component(&name))
                }
            };
            let opened = below.own_component().filter(|name| chain.open.insert(name.clone()));
            self.gather(member, &below, parts, chain)?;
            if let Some(name) = opened {
                chain.open.remove(&name);
            }
        }
        if keywords.is_choice() && !self.is_chosen(site, &keywords, chain) {
            parts.choices.extend(choices(&keywords, site));
        }
        parts.members.push(Member { schema, keywords, site: site.clone() });
        Ok(())
    }

    /// Tells of a member that is the very schema it is a member of.
    fn merges_itself(&mut self, name: &str, at: &Pointer) {
        self.warn(
            Code::FaultyDocument,
            format!("`{name}` merges itself: it is what its other members say"),
            at,
            "take the member out",
        );
    }

    /// Whether one of the merged schemas is an alternative of this choice, directly or as an
    /// alternative of an alternative, or is merged from it.
    fn is_chosen(&self, site: &Site, keywords: &Keywords<'d>, chain: &Chain) -> bool {
        let own = site.own_component();
        // The schema that is being merged stands first, and is no alternative of itself.
        if own.is_some() && own == chain.first {
            return false;
        }
        let mut open = alternatives(keywords);
        if keywords.one_of.is_empty() && keywords.any_of.is_empty() {
            open.extend(own.iter().flat_map(|name| self.families.descendants(name)));
        }
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if chain.met.contains(&name) && own.as_ref() != Some(&name) {
                return true;
            }
            if seen.insert(name.clone()) {
                let all = self.document.components.as_ref();
                let found = all.and_then(|all| all.schemas.get(&name));
                let schema = found.and_then(|schema| self.raw(schema));
                open.extend(schema.iter().flat_map(|schema| alternatives(&Keywords::of(schema))));
            }
        }
        false
    }

    /// A property declared twice keeps its first place, and both its schemas hold. A name required
    /// anywhere is required.
    pub(super) fn merge(&mut self, parts: &Parts<'d>, site: &Site) -> Object {
        let members = &parts.members;
        let mut merged: IndexMap<String, Property> = IndexMap::new();
        let (mut additional, mut closed) = (None, false);
        for member in members {
            let object = self.object_part(member);
            for property in object.properties {
                let property = match merged.get(&property.wire) {
                    None => property,
                    Some(known) => {
                        let required = known.required || property.required;
                        let mut path = site.path.clone();
                        path.push(part_of_name(&property.wire));
                        let here = Site { at: property.at.clone(), path };
                        let schema = self.both(known.schema, property.schema, &here);
                        Property { required, schema, ..property }
                    }
                };
                merged.insert(property.wire.clone(), property);
            }
            additional = match (additional, object.additional) {
                (Some(known), Some(new)) => {
                    let at = member.site.at.push("additionalProperties");
                    let here = Site { at, ..site.below(&[], "value") };
                    Some(self.both(known, new, &here))
                }
                (known, new) => new.or(known),
            };
            closed |= member.keywords.is_closed();
        }
        if closed && additional.is_some() {
            self.closes(site);
            additional = None;
            self.closed.extend(self.placed.get(&site.at));
        }
        let open = additional.is_some() || members.iter().any(|member| member.keywords.is_choice());
        let tags: BTreeSet<&str> = members
            .iter()
            .filter_map(|member| Some(member.keywords.discriminator?.property_name.as_str()))
            .collect();
        let mut others: Vec<String> = Vec::new();
        for name in members.iter().flat_map(|member| member.keywords.required) {
            match merged.get_mut(name) {
                Some(property) => property.required = true,
                // The tag of a choice is part of its type.
                None if open && tags.contains(name.as_str()) => {}
                // It is one of the others, or of some alternatives, and has no field of its own here.
                None if open => {
                    if !others.contains(name) {
                        others.push(name.clone());
                    }
                }
                None if self.is_beside(site, name) => {}
                None => self.warn(
                    crate::diagnostics::Code::Ignored,
                    format!("`required` names `{name}`, which no member of `allOf` declares"),
                    &site.at,
                    "declare the property, or take its name out of `required`",
                ),
            }
        }
        if let (false, Some(id)) = (others.is_empty(), self.placed.get(&site.at).copied()) {
            self.hold(id, vec![Constraint::RequiresOneOf(vec![others])]);
        }
        Object { properties: merged.into_values().collect(), additional }
    }

    fn object_part(&mut self, member: &Member<'d>) -> Object {
        let keywords = Keywords { required: &[], ..Keywords::of(member.schema) };
        self.object(&keywords, &member.site)
    }
}
