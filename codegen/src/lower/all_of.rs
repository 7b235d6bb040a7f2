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

use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use super::docs::schema_docs;
use super::families::alternatives;
use super::keywords::{Keywords, TypeName};
use super::schema::Site;
use super::{Lowerer, component_name};
use crate::ir::{Kind, Object, Property, SchemaId, Untyped};
use crate::pointer::Pointer;

/// What the members of an `allOf` say, each schema in one of them being a member itself.
#[derive(Default)]
pub(super) struct Parts<'d> {
    members: Vec<Member<'d>>,
    /// Choices, outermost last.
    pub(super) choices: Vec<Choice<'d>>,
}

/// One member of an `allOf`, with the place its properties are written at.
struct Member<'d> {
    schema: &'d Schema,
    keywords: Keywords<'d>,
    site: Site,
}

/// A list of alternatives, and where it stands.
#[derive(Clone)]
pub(super) struct Choice<'d> {
    pub(super) word: Word,
    pub(super) list: &'d [ReferenceOr<Schema>],
    pub(super) discriminator: Option<&'d Discriminator>,
    pub(super) site: Site,
}

/// How many of the alternatives may hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Exactly one.
    OneOf,
    /// One or more.
    AnyOf,
}

impl Word {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
        }
    }
}

impl<'d> Lowerer<'d> {
    /// The kind of a schema with `allOf`, `oneOf`, `anyOf` or a discriminator.
    pub(super) fn composed(
        &mut self,
        id: SchemaId,
        schema: &'d Schema,
        keywords: &Keywords<'d>,
        site: &Site,
    ) -> Kind {
        if let Some(kind) = self.second_name(id, keywords, site) {
            return kind;
        }
        if keywords.type_name == Some(TypeName::Object) && keywords.properties.is_empty() {
            self.says_object.insert(id);
        }
        let named = keywords.effective_type().filter(|name| *name != TypeName::Object);
        if named.is_some() && keywords.all_of.is_empty() {
            let own = self.plain(keywords, site);
            return self.choose(id, choices(keywords, site), Object::default(), Some(own), site);
        }
        if let Some(kind) = self.refined(id, keywords, site) {
            return kind;
        }
        let mut parts = Parts::default();
        let mut chain = site.own_component().into_iter().collect();
        if !self.gather(schema, site, &mut parts, &mut chain) {
            return self.untyped("`allOf` of something that is not an object", site);
        }
        let own = self.merge(&parts.members, site);
        self.choose(id, parts.choices, own, None, site)
    }

    /// The one schema that this one is another name for.
    fn second_name(&mut self, id: SchemaId, keywords: &Keywords<'d>, site: &Site) -> Option<Kind> {
        let alone = keywords.effective_type().is_none() && keywords.required.is_empty();
        let lists =
            [("allOf", keywords.all_of), ("oneOf", keywords.one_of), ("anyOf", keywords.any_of)];
        let mut speaking = Vec::new();
        for (word, list) in lists {
            let each = list.iter().enumerate().filter(|(_, member)| {
                !matches!(member, ReferenceOr::Item(schema) if Keywords::of(schema).says_nothing())
            });
            speaking.extend(each.map(|(index, member)| (word, index, member)));
        }
        let mapped = keywords.discriminator.is_some_and(|known| !known.mapping.is_empty());
        match speaking.as_slice() {
            [(word, index, only)] if alone && !mapped => {
                let at = site.at.push(word).index(*index);
                Some(self.stand_for(id, only, at, site))
            }
            _ => None,
        }
    }

    /// The kind of a schema that is only what one other says: a second name of it, or that itself
    /// where it has no name of its own.
    fn stand_for(
        &mut self,
        id: SchemaId,
        other: &'d ReferenceOr<Schema>,
        at: Pointer,
        site: &Site,
    ) -> Kind {
        let ReferenceOr::Item(schema) = other else {
            let below = Site { at, path: site.path.clone() };
            return Kind::Alias(self.schema(other.into(), &below));
        };
        let keywords = Keywords::of(schema);
        let slot = &mut self.schemas[id.0];
        slot.nullable |= schema.schema_data.nullable || keywords.values.iter().any(Value::is_null);
        slot.read_only |= schema.schema_data.read_only;
        slot.write_only |= schema.schema_data.write_only;
        slot.docs = schema_docs(schema, &keywords);
        self.kind(id, schema, &keywords, &Site { at, path: site.path.clone() })
    }

    /// An `allOf` of one type that is no object, said several times: the member that says most.
    fn refined(&mut self, id: SchemaId, keywords: &Keywords<'d>, site: &Site) -> Option<Kind> {
        if !keywords.one_of.is_empty() || !keywords.any_of.is_empty() {
            return None;
        }
        let mut found: Option<(usize, usize, TypeName)> = None;
        for (index, member) in keywords.all_of.iter().enumerate() {
            let schema = self.raw(member)?;
            let member = Keywords::of(schema);
            if member.is_composed() {
                return None;
            }
            let Some(name) = member.effective_type() else { continue };
            let weight =
                [!member.values.is_empty(), member.items.is_some(), member.format.is_some()];
            let weight = weight.into_iter().fold(0, |sum, says| sum * 2 + usize::from(says));
            match found {
                Some((_, _, known)) if known != name => return None,
                Some((_, most, _)) if most >= weight => {}
                _ => found = Some((index, weight, name)),
            }
        }
        let (index, _, name) = found?;
        let same = keywords.effective_type().is_none_or(|own| own == name);
        if name == TypeName::Object || !same {
            return None;
        }
        let at = site.at.push("allOf").index(index);
        Some(self.stand_for(id, &keywords.all_of[index], at, site))
    }

    /// The schema that is written where another one refers to it, through any number of names.
    pub(super) fn raw(&self, schema: &'d ReferenceOr<Schema>) -> Option<&'d Schema> {
        let map = self.document.components.as_ref().map(|all| &all.schemas);
        let root = Pointer::root();
        super::resolve(schema, root, "schemas", map).map(|(schema, _)| schema)
    }

    /// Collects the members of `schema` and of everything below its `allOf`; false if one of them
    /// is no object. `chain` holds the components that were met.
    pub(super) fn gather(
        &mut self,
        schema: &'d Schema,
        site: &Site,
        parts: &mut Parts<'d>,
        chain: &mut Vec<String>,
    ) -> bool {
        let keywords = Keywords::of(schema);
        if !matches!(keywords.effective_type(), None | Some(TypeName::Object)) {
            return false;
        }
        for (index, member) in keywords.all_of.iter().enumerate() {
            let (member, below) = match member {
                ReferenceOr::Item(schema) => {
                    let at = site.at.push("allOf").index(index);
                    (schema, Site { at, path: site.path.clone() })
                }
                ReferenceOr::Reference { reference } => {
                    let Some(name) = component_name(reference, "schemas") else { return false };
                    if chain.contains(&name) {
                        continue;
                    }
                    chain.push(name.clone());
                    let Some(schema) = self.raw(member) else { return false };
                    (schema, Site::component(&name))
                }
            };
            if !self.gather(member, &below, parts, chain) {
                return false;
            }
        }
        if !self.is_chosen(site, &keywords, chain) {
            parts.choices.extend(choices(&keywords, site));
        }
        parts.members.push(Member { schema, keywords, site: site.clone() });
        true
    }

    /// Whether one of the merged schemas is an alternative of this choice, directly or as an
    /// alternative of an alternative, or is merged from it.
    fn is_chosen(&self, site: &Site, keywords: &Keywords<'d>, chain: &[String]) -> bool {
        let own = site.own_component();
        // The schema that is being merged stands first, and is no alternative of itself.
        if own.is_some() && own.as_ref() == chain.first() {
            return false;
        }
        let mut open = alternatives(keywords);
        if keywords.one_of.is_empty() && keywords.any_of.is_empty() {
            open.extend(own.iter().flat_map(|name| self.families.descendants(name)));
        }
        let mut seen: Vec<String> = Vec::new();
        while let Some(name) = open.pop() {
            if chain.contains(&name) && own.as_ref() != Some(&name) {
                return true;
            }
            if !seen.contains(&name) {
                let all = self.document.components.as_ref();
                let found = all.and_then(|all| all.schemas.get(&name));
                let schema = found.and_then(|schema| self.raw(schema));
                open.extend(schema.iter().flat_map(|schema| alternatives(&Keywords::of(schema))));
                seen.push(name);
            }
        }
        false
    }

    /// The object that the members of `parts` make together.
    pub(super) fn merge_parts(&mut self, parts: &Parts<'d>, site: &Site) -> Object {
        self.merge(&parts.members, site)
    }

    /// Later members refine earlier ones: a property declared twice keeps its first place and its
    /// last schema. A name required anywhere is required.
    fn merge(&mut self, members: &[Member<'d>], site: &Site) -> Object {
        let mut merged = Object::default();
        for member in members {
            let object = self.object_part(member);
            for property in object.properties {
                let same = |known: &&mut Property| known.wire == property.wire;
                match merged.properties.iter_mut().find(same) {
                    Some(known) => {
                        let required = known.required || property.required;
                        *known = Property { required, ..property };
                    }
                    None => merged.properties.push(property),
                }
            }
            merged.additional = object.additional.or(merged.additional);
        }
        let open =
            merged.additional.is_some() || members.iter().any(|member| member.keywords.is_choice());
        for name in members.iter().flat_map(|member| member.keywords.required) {
            match merged.properties.iter_mut().find(|property| property.wire == *name) {
                Some(property) => property.required = true,
                None if open => {}
                None => self.warn(
                    crate::diagnostics::Code::Ignored,
                    format!("`required` names `{name}`, which no member of `allOf` declares"),
                    &site.at,
                    "declare the property, or take its name out of `required`",
                ),
            }
        }
        merged
    }

    fn object_part(&mut self, member: &Member<'d>) -> Object {
        let keywords = Keywords { required: &[], ..Keywords::of(member.schema) };
        self.object(&keywords, &member.site)
    }
}

/// The choices that a schema offers.
fn choices<'d>(keywords: &Keywords<'d>, site: &Site) -> Vec<Choice<'d>> {
    let choice = |word, list| Choice {
        word,
        list,
        discriminator: keywords.discriminator,
        site: site.clone(),
    };
    let mut choices = Vec::new();
    if !keywords.any_of.is_empty() {
        choices.push(choice(Word::AnyOf, keywords.any_of));
    }
    // A discriminator alone is a choice of one among those that its mapping lists.
    if !keywords.one_of.is_empty() || (choices.is_empty() && keywords.discriminator.is_some()) {
        choices.push(choice(Word::OneOf, keywords.one_of));
    }
    choices
}

/// An object without properties of its own is whatever its undeclared properties are.
pub(super) fn object_kind(object: Object) -> Kind {
    match (object.properties.is_empty(), object.additional) {
        (true, None) => Kind::Any(Untyped::DocumentSays),
        (true, Some(values)) => Kind::Map(values),
        (false, _) => Kind::Object(object),
    }
}
