//! Choices: a value that is one of several.
//!
//! Here the alternatives are listed, each with what it goes by; `settle` compares them once all are
//! lowered, and decides how they are told apart. Three spellings are understood: `oneOf` or
//! `anyOf`, with or without a discriminator; a discriminator whose mapping alone lists the
//! alternatives; and one without either, whose alternatives are the schemas that merge this one:
//!
//! ```yaml
//! Snapshot:
//!   discriminator: {propertyName: type, mapping: {replicaSet: '#/components/schemas/ReplicaSet'}}
//!   properties: {id: {type: string}}
//! ```

mod called;
mod demands;
mod loose;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema as RawSchema};

pub(super) use self::called::assign;
pub(super) use self::demands::only_requires;
use self::demands::requires_of_any;
use super::Lowerer;
use super::compose::{Choice, Word, object_kind};
use super::docs::schema_docs;
use super::families::{mapping, referred};
use super::keywords::Keywords;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Docs, Kind, Object, Property, SchemaId, Untyped};
use crate::pointer::Pointer;

/// A choice whose alternatives are not compared yet.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) site: Site,
    pub(super) word: Word,
    pub(super) alternatives: Vec<Alternative>,
    /// Those of a second choice, with each of which each of them is a pair.
    pub(super) second: Vec<Alternative>,
    /// The discriminator's property.
    pub(super) property: Option<String>,
    /// Whether it is written in place, as an alternative of a choice whose discriminator tells the objects
    /// of both apart.
    pub(super) is_told_around: bool,
    /// What a value still has that is none of the alternatives.
    pub(super) base: SchemaId,
    /// What the schema says beside the choice: properties that every alternative has too.
    pub(super) own: Object,
    /// What it says beside the choice, where it is no object.
    pub(super) scalar: Option<Kind>,
}

/// One alternative of a choice.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    pub(super) schema: SchemaId,
    /// The discriminator's values for it, as far as its mapping has them.
    pub(super) tags: Vec<String>,
    /// What it goes by.
    pub(super) name: String,
    /// Whether that is what the document calls it, as a component.
    pub(super) is_named: bool,
    /// Where it is listed.
    pub(super) at: Pointer,
    /// Whether it is the very schema that offers the choice.
    pub(super) is_base: bool,
    /// Whether its schema was made up of others, for this choice alone.
    pub(super) is_made: bool,
}

impl<'d> Lowerer<'d> {
    /// Remembers a choice to be settled later. Of several choices in one schema the first is one, or the
    /// first two are one of pairs; the properties of the others' alternatives are optional.
    pub(super) fn choose(
        &mut self,
        id: SchemaId,
        choices: Vec<Choice<'d>>,
        mut own: Object,
        scalar: Option<Kind>,
        site: &Site,
    ) -> Kind {
        let base = self.base_of(site);
        let mut choices = self.with_discriminator_around(choices).into_iter();
        let first = choices.find_map(|choice| {
            if self.demand(id, &choice) {
                return None;
            }
            let alternatives = self.alternatives(id, &choice, &own);
            (!alternatives.is_empty()).then_some((choice, alternatives))
        });
        let mut second = Vec::new();
        for other in choices {
            if self.demand(id, &other) {
                continue;
            }
            let chosen = first.as_ref().filter(|_| second.is_empty() && scalar.is_none());
            if chosen.is_some_and(|(choice, _)| self.makes_pairs(choice, &other)) {
                second = self.alternatives(id, &other, &own);
            } else {
                self.loosen(id, &mut own, &other, site);
            }
        }
        let Some((choice, alternatives)) = first else {
            return match scalar {
                Some(scalar) => scalar,
                None if self.closed.contains(&id) => Kind::Object(own),
                None => object_kind(own),
            };
        };
        let pending = Pending {
            site: site.clone(),
            word: choice.word,
            alternatives,
            second,
            property: choice.discriminator.map(|known| known.property_name.clone()),
            is_told_around: false,
            base,
            own,
            scalar,
        };
        if pending.property.is_some() {
            self.tell_within(&pending.alternatives);
        }
        self.pending.insert(id, pending);
        // Until it is settled it is anything.
        Kind::Any(Untyped::DocumentSays)
    }

    /// The choices, of which one has the discriminator that stands around it, beside the `allOf` or the
    /// reference that leads to it. Such a one lists no other alternatives itself.
    fn with_discriminator_around(&self, mut choices: Vec<Choice<'d>>) -> Vec<Choice<'d>> {
        let is_of = |around: &Choice<'d>, one: &Choice<'d>| {
            let listed: BTreeSet<String> = one.list.iter().filter_map(referred).collect();
            around.list.is_empty()
                && one.discriminator.is_none()
                && !one.list.is_empty()
                && around.discriminator.is_some_and(|known| {
                    let mapped = mapping(known);
                    let own = around.site.own_component().filter(|_| mapped.is_empty());
                    one.bears(&known.property_name)
                        && mapped.iter().all(|(_, name)| listed.contains(name))
                        && own.is_none_or(|own| self.families.descendants(&own).is_empty())
                })
        };
        let pair = choices.iter().enumerate().find_map(|(outer, around)| {
            let place = choices.iter().position(|one| is_of(around, one))?;
            Some((outer, place))
        });
        if let Some((outer, place)) = pair {
            choices[place].discriminator = choices[outer].discriminator.take();
            choices[place].outer = choices[outer].outer.clone();
            choices.swap(0, place);
        }
        choices
    }

    /// The alternatives of a choice, with the values that a mapping gives them.
    fn alternatives(
        &mut self,
        id: SchemaId,
        choice: &Choice<'d>,
        own: &Object,
    ) -> Vec<Alternative> {
        let mapped = choice.discriminator.map(mapping).unwrap_or_default();
        let mut tags: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (tag, target) in &mapped {
            tags.entry(target).or_default().push(tag);
        }
        let mut all = Vec::new();
        let names = self.called(choice.list);
        for (index, alternative) in choice.list.iter().enumerate() {
            let at = choice.site.at.push(choice.word.as_str()).index(index);
            match referred(alternative) {
                Some(name) => {
                    let tags = tags.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
                    let first = all.len();
                    self.named(id, choice, &name, tags, at, &mut all);
                    self.with_words_around(alternative, &mut all[first..]);
                }
                None => {
                    all.push(self.unnamed(alternative, choice, (index, &names[index]), at, own))
                }
            }
        }
        let listed: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
        let known: Vec<bool> =
            mapped.iter().map(|(_, name)| listed.contains(name.as_str())).collect();
        for ((tag, name), known) in mapped.iter().zip(known) {
            if !known {
                let at = mapping_place(choice).push(tag);
                self.named(id, choice, name, &[tag], at, &mut all);
            }
        }
        if let (true, Some(_), Some(own)) =
            (all.is_empty(), choice.discriminator, choice.site.own_component())
        {
            for name in self.families.descendants(&own) {
                let at = choice.site.at.push("discriminator");
                self.named(id, choice, &name, &[], at, &mut all);
            }
        }
        all
    }

    /// Notes that a discriminator tells the alternatives of the choices apart that are written in place of
    /// one of its own alternatives: what is ambiguous there is not so here.
    fn tell_within(&mut self, alternatives: &[Alternative]) {
        let mut open: Vec<SchemaId> = in_place(alternatives).collect();
        while let Some(id) = open.pop() {
            // A component may be chosen from elsewhere too.
            let is_shared = self.schemas[id.0].is_component();
            let Some(inner) = self.pending.get_mut(&id).filter(|_| !is_shared) else { continue };
            if inner.property.is_none() && !inner.is_told_around {
                inner.is_told_around = true;
                open.extend(in_place(&inner.alternatives));
            }
        }
    }

    /// Adds the words that stand around the reference to a component: they are of this place alone.
    fn with_words_around(&mut self, written: &ReferenceOr<RawSchema>, all: &mut [Alternative]) {
        let ReferenceOr::Item(schema) = written else { return };
        let docs = schema_docs(schema, &Keywords::of(schema));
        if docs == Docs::default() && !schema.schema_data.nullable {
            return;
        }
        for one in all.iter_mut().filter(|one| !one.is_base) {
            let site = Site { at: one.at.clone(), path: vec![one.name.clone()] };
            let around = self.made_up(&site, docs.clone(), Kind::Alias(one.schema));
            self.schemas[around.0].nullable = schema.schema_data.nullable;
            one.schema = around;
        }
    }

    /// An alternative that is a component: one for each of its tags.
    fn named(
        &mut self,
        id: SchemaId,
        choice: &Choice<'d>,
        name: &str,
        tags: &[&String],
        at: Pointer,
        all: &mut Vec<Alternative>,
    ) {
        let schema = self.component(name);
        // A mapping alone may list the schema it belongs to: what is that and none of those which
        // merge it. A list of alternatives may not.
        if schema == id && !choice.list.is_empty() {
            self.is_choice_itself(&at);
        }
        let alternative = Alternative {
            schema,
            tags: Vec::new(),
            name: name.to_owned(),
            is_named: !self.nameless.contains(name),
            at,
            is_base: schema == id,
            is_made: false,
        };
        if tags.is_empty() {
            all.push(alternative);
            return;
        }
        for tag in tags {
            let at = mapping_place(choice).push(tag);
            all.push(Alternative { tags: vec![(*tag).clone()], at, ..alternative.clone() });
        }
    }

    /// Tells of an alternative that is the schema it is an alternative of.
    pub(super) fn is_choice_itself(&mut self, at: &Pointer) {
        self.warn(
            Code::FaultyDocument,
            "this alternative is the choice itself",
            at,
            "take it out: a value that is only that has no end",
        );
    }

    /// An alternative that is written in place.
    fn unnamed(
        &mut self,
        alternative: &'d ReferenceOr<RawSchema>,
        choice: &Choice<'d>,
        (index, name): (usize, &str),
        at: Pointer,
        own: &Object,
    ) -> Alternative {
        let word = choice.word.as_str();
        let below = choice.site.below(&[word, &index.to_string()], name);
        self.beside.insert(below.at.clone(), own.clone());
        let schema = self.schema(alternative.into(), &below);
        self.beside.remove(&below.at);
        if let ReferenceOr::Item(raw) = alternative {
            let keywords = Keywords::of(raw);
            match requires_of_any(&keywords) {
                Some(names) => self.schemas[schema.0].kind = self.requiring(&names, own, &below),
                None => self.require_of_own(schema, keywords.required, own),
            }
        }
        let name = name.to_owned();
        Alternative {
            schema,
            tags: Vec::new(),
            name,
            is_named: false,
            at,
            is_base: false,
            is_made: false,
        }
    }

    /// Requires properties that an alternative names, and that the schema beside the choice declares.
    fn require_of_own(&mut self, id: SchemaId, names: &[String], own: &Object) {
        let Kind::Object(object) = &mut self.schemas[id.0].kind else { return };
        for name in names {
            let is_declared = object.properties.iter().any(|known| known.wire == *name);
            let beside = own.properties.iter().find(|known| known.wire == *name);
            if let (false, Some(property)) = (is_declared, beside) {
                object.properties.push(Property { required: true, ..property.clone() });
            }
        }
    }

    /// An object of which no more is said than that some properties are there, beside alternatives of
    /// which more is: what it has is what the schema beside the choice says.
    fn requiring(&mut self, names: &[String], own: &Object, site: &Site) -> Kind {
        let mut properties: Vec<Property> = Vec::with_capacity(names.len());
        for name in names {
            let known = own.properties.iter().find(|known| known.wire == *name);
            let property = known.cloned().unwrap_or_else(|| {
                let below = site.below(&["required"], name);
                let kind = Kind::Any(Untyped::DocumentSays);
                let schema = self.made_up(&below, Docs::default(), kind);
                Property { wire: name.clone(), at: below.at, schema, required: true }
            });
            if !properties.iter().any(|one| one.wire == *name) {
                properties.push(Property { required: true, ..property });
            }
        }
        Kind::Object(Object { properties, additional: None })
    }

    /// A place for what a value still has that is none of the alternatives, right behind the choice.
    pub(super) fn base_of(&mut self, site: &Site) -> SchemaId {
        let mut path = site.path.clone();
        path.push("base".to_owned());
        let kind = Kind::Any(Untyped::DocumentSays);
        self.made_up(&Site { at: site.at.clone(), path }, Docs::default(), kind)
    }
}

/// The schemas of those alternatives that no name of the document leads to.
fn in_place(all: &[Alternative]) -> impl Iterator<Item = SchemaId> {
    all.iter().filter(|one| !one.is_named).map(|one| one.schema)
}

/// Where a mapping stands.
fn mapping_place(choice: &Choice<'_>) -> Pointer {
    choice.outer.push("discriminator").push("mapping")
}
