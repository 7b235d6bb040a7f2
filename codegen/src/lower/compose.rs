//! Schemas in which other schemas have a say: `allOf`, `oneOf`, `anyOf`, discriminators.
//!
//! Most of them are one of three simple things: another name for one other schema, one type said
//! several times, or a scalar with a list of its values. What is left is an object, a choice, or
//! both at once.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lowerer;
use super::docs::schema_docs;
use super::families::referred;
use super::keywords::{Keywords, TypeName};
use super::schema::Site;
use super::words::NULL;
use crate::ir::{Constraint, Kind, Object, SchemaId, Untyped, all_hold};
use crate::pointer::Pointer;

/// A list of alternatives, and where it stands.
#[derive(Clone)]
pub(super) struct Choice<'d> {
    pub(super) word: Word,
    pub(super) list: &'d [ReferenceOr<Schema>],
    pub(super) discriminator: Option<&'d Discriminator>,
    /// The schema that the discriminator stands in.
    pub(super) outer: Pointer,
    pub(super) site: Site,
}

impl Choice<'_> {
    /// Whether each alternative has a name, or declares this property.
    pub(super) fn bears(&self, property: &str) -> bool {
        self.list.iter().all(|one| match one {
            ReferenceOr::Item(schema) if referred(one).is_none() => {
                Keywords::of(schema).properties.iter().any(|(name, _)| *name == property)
            }
            ReferenceOr::Item(_) | ReferenceOr::Reference { .. } => true,
        })
    }
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
        // A format beside another schema may say what type the value has.
        let has_format = keywords.format.is_some() && keywords.effective_type().is_none();
        if has_format && let Some(kind) = self.refined(id, keywords, site) {
            return kind;
        }
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
        let parts = match self.members(schema, site) {
            Ok(parts) => parts,
            Err(why) => return self.untyped(why.of_all(), site),
        };
        self.hold(id, parts.rules());
        self.schemas[id.0].docs.format = parts.format();
        if !schema_docs(schema, keywords).has_words() {
            let words = parts.words(site);
            let slot = &mut self.schemas[id.0];
            slot.docs = std::mem::take(&mut slot.docs).over(&words);
        }
        for pair in parts.defaults(site).windows(2) {
            self.report_defaults(pair.first(), pair.last(), pair.last(), &site.at);
        }
        let (read_only, write_only) = parts.directions(site);
        let slot = &mut self.schemas[id.0];
        slot.nullable |= parts.allow_null();
        slot.read_only |= read_only;
        slot.write_only |= write_only;
        let own = self.merge(&parts, site);
        self.choose(id, parts.choices, own, None, site)
    }

    /// The one schema that this one is another name for.
    fn second_name(&mut self, id: SchemaId, keywords: &Keywords<'d>, site: &Site) -> Option<Kind> {
        let contradicts = self.only_says_object(keywords);
        let alone =
            (keywords.effective_type().is_none() || contradicts) && keywords.required.is_empty();
        let lists =
            [("allOf", keywords.all_of), ("oneOf", keywords.one_of), ("anyOf", keywords.any_of)];
        let mut speaking = Vec::new();
        let mut beside = Vec::new();
        let mut null = false;
        let mut words_of_null = Vec::new();
        for (word, list) in lists {
            for (index, member) in list.iter().enumerate() {
                match silent(member) {
                    // A member of `allOf` that names no type has words and rules all the same.
                    Some(schema) if word == "allOf" => beside.push(schema),
                    // Among alternatives it is null, or else any value.
                    Some(schema) if schema.schema_data.nullable => {
                        null = true;
                        words_of_null.push(schema_docs(schema, &Keywords::of(schema)));
                    }
                    Some(_) | None => speaking.push((word, index, member)),
                }
            }
        }
        let mapped = keywords.discriminator.is_some_and(|known| !known.mapping.is_empty());
        // One beside a choice that has none is of that.
        let is_chosen_by = |member: &'d ReferenceOr<Schema>| {
            let is_undecided = |schema: &'d Schema| {
                let keywords = Keywords::of(schema);
                keywords.is_choice() && keywords.discriminator.is_none()
            };
            keywords.discriminator.is_some() && self.raw(member).is_some_and(is_undecided)
        };
        // A format says something of a value whose type another member names.
        let adds_format = beside.iter().any(|schema| Keywords::of(schema).format.is_some());
        match speaking.as_slice() {
            [("allOf", _, only)] if is_chosen_by(only) => None,
            [(word, index, only)] if alone && !mapped && !adds_format => {
                if contradicts {
                    let keyword = keywords.type_name.map_or("additionalProperties", |_| "type");
                    self.report_contradiction(keyword, "members of `allOf`", site);
                }
                self.schemas[id.0].nullable |= null;
                for words in &words_of_null {
                    self.say_of(id, NULL, words);
                }
                let at = site.at.push(word).index(*index);
                let kind = self.stand_for(id, only, at, site);
                let rules = beside.iter().flat_map(|schema| Keywords::of(schema).constraints);
                self.hold(id, rules.collect());
                self.say_together(id, &beside);
                Some(kind)
            }
            _ => None,
        }
    }

    /// Whether a schema adds `type: object` or `additionalProperties`, and nothing that an object has, to
    /// members of `allOf` none of which is one. Generators of documents write them beside every `allOf`.
    fn only_says_object(&self, keywords: &Keywords<'d>) -> bool {
        let other = |member: &'d ReferenceOr<Schema>| {
            let named = self.raw(member).and_then(|schema| Keywords::of(schema).effective_type());
            named.is_some_and(|name| name != TypeName::Object)
        };
        keywords.effective_type() == Some(TypeName::Object)
            && keywords.properties.is_empty()
            && !keywords.all_of.is_empty()
            && keywords.all_of.iter().all(other)
    }

    /// Adds rules that hold for the values of a schema as well.
    pub(super) fn hold(&mut self, id: SchemaId, rules: Vec<Constraint>) {
        if !rules.is_empty() {
            let known = &mut self.schemas[id.0].docs.constraints;
            *known = all_hold(std::mem::take(known).into_iter().chain(rules));
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
        let kind = self.kind(id, schema, &keywords, &Site { at, path: site.path.clone() });
        self.say(id, &kind, schema, &keywords);
        kind
    }

    /// The schema that is written where another one refers to it, through any number of names.
    pub(super) fn raw(&self, schema: &'d ReferenceOr<Schema>) -> Option<&'d Schema> {
        let map = self.document.components.as_ref().map(|all| &all.schemas);
        let root = Pointer::root();
        super::resolve(schema, root, "schemas", map).map(|(schema, _)| schema)
    }
}

/// A schema written in place that says nothing about a value.
fn silent(member: &ReferenceOr<Schema>) -> Option<&Schema> {
    match member {
        ReferenceOr::Item(schema) => {
            let keywords = Keywords::of(schema);
            (keywords.says_nothing() && keywords.required.is_empty()).then_some(schema)
        }
        ReferenceOr::Reference { .. } => None,
    }
}

/// The choices that a schema offers. A discriminator is of one of them, which then is the first: of that
/// whose alternatives all have a name or the property.
pub(super) fn choices<'d>(keywords: &Keywords<'d>, site: &Site) -> Vec<Choice<'d>> {
    let choice = |word, list| {
        let (site, outer) = (site.clone(), site.at.clone());
        Choice { word, list, discriminator: None, outer, site }
    };
    let mut choices = Vec::new();
    if !keywords.any_of.is_empty() {
        choices.push(choice(Word::AnyOf, keywords.any_of));
    }
    // A discriminator alone is a choice of one among those that its mapping lists.
    if !keywords.one_of.is_empty() || (choices.is_empty() && keywords.discriminator.is_some()) {
        choices.push(choice(Word::OneOf, keywords.one_of));
    }
    if let Some(discriminator) = keywords.discriminator {
        let bears = |choice: &Choice<'d>| choice.bears(&discriminator.property_name);
        // Without one that does, it is of `oneOf`, which stands last.
        let place = choices.iter().rposition(bears).or(choices.len().checked_sub(1));
        if let Some(place) = place {
            choices[..=place].rotate_right(1);
            choices[0].discriminator = Some(discriminator);
        }
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
