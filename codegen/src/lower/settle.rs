//! Settling choices: once all alternatives are lowered, how are they told apart?
//!
//! In this order:
//!
//! 1. Alternatives that say null make the value nullable; texts are one text (an open enum, if any
//!    of them lists its values), numbers are one number.
//! 2. Objects with a discriminator, or with a property that holds another text in each of them, are
//!    a union told apart by that property.
//! 3. Objects of an `anyOf` that are not told apart may hold at once. They are one object, in which
//!    only what all of them require is required, so that nothing of a value gets lost.
//! 4. Anything else is a union told apart by shape; alternatives that a value cannot tell apart are
//!    reported.

mod beside;
mod group;
mod kinds;
mod loose;
mod pairs;
mod shortcuts;
mod tell;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use self::beside::Beside;
pub(super) use self::loose::AtOnce;
pub(super) use self::shortcuts::Shortcuts;
pub(super) use self::values::key;
use super::Lowerer;
use super::allowance::TooMuch;
use super::compose::{Word, object_kind};
use super::schema::Site;
use super::union::{Alternative, Pending};
use super::words::NULL;
use crate::diagnostics::Code;
use crate::ir::{Apart, Docs, Kind, Object, Property, SchemaId, Union, Untyped, Variant};

impl Lowerer<'_> {
    /// Settles every choice that is pending, those that others choose from first.
    pub(super) fn settle(&mut self) {
        while let Some(start) = self.pending.keys().next().copied() {
            let mut open = BTreeSet::from([start]);
            let mut stack = vec![start];
            while let Some(&id) = stack.last() {
                match self.pending_below(id, &open) {
                    Some(next) => {
                        open.insert(next);
                        stack.push(next);
                    }
                    None => {
                        stack.pop();
                        let Some(pending) = self.pending.remove(&id) else { continue };
                        let kind = self.decide(id, pending);
                        self.schemas[id.0].kind = kind;
                    }
                }
            }
        }
    }

    /// An alternative of this choice that is a choice itself, not settled and not on its way.
    fn pending_below(&self, id: SchemaId, open: &BTreeSet<SchemaId>) -> Option<SchemaId> {
        let pending = self.pending.get(&id)?;
        let below = pending.alternatives.iter().map(|alternative| self.target(alternative.schema));
        below.into_iter().find(|id| self.pending.contains_key(id) && !open.contains(id))
    }

    fn decide(&mut self, id: SchemaId, mut pending: Pending) -> Kind {
        let site = pending.site.clone();
        let listed = std::mem::take(&mut pending.alternatives);
        let (mut alternatives, is_more) = match self.speaking(id, listed, &pending) {
            Ok(Some(speaking)) => speaking,
            Ok(None) => return Kind::Any(Untyped::DocumentSays),
            Err(why) => return self.untyped(why.of_choice(), &site),
        };
        alternatives = self.one_variant_each(alternatives, &pending);
        alternatives = self.one_text_one_number(alternatives, &site);
        if !pending.second.is_empty() {
            alternatives = match self.pairs(alternatives, &pending.second, &site) {
                Ok(pairs) => pairs,
                Err(why) => return self.untyped(why.of_choice(), &site),
            };
        }
        let is_object = |lowerer: &Self, one: &Alternative| lowerer.is_object(one.schema);
        let all_objects = alternatives.iter().all(|one| is_object(self, one));
        if alternatives.iter().any(|one| is_object(self, one)) {
            alternatives = match self.with_own(alternatives, &pending.own, &site) {
                Ok(merged) => merged,
                Err(why) => return self.untyped(why.of_choice(), &site),
            };
            self.tell_of_other_values(&pending);
        } else if self.says_object.contains(&id) {
            self.report_contradiction("type", "alternatives", &site);
        }
        if let Some(property) = &pending.property {
            self.report_no_objects(&alternatives, &site);
            self.report_undeclared(&alternatives, property, &site);
        }
        if let (Some(property), false) = (&pending.property, all_objects) {
            // Of the objects it tells which one, and the kind of the value tells the others.
            self.complete_tags(&mut alternatives, property, &site);
        }
        if all_objects
            && !alternatives.is_empty()
            && let Some(union) = self.by_tag(&mut alternatives, &pending, &site)
        {
            return union;
        }
        // What holds another value in each cannot be two of them at once.
        let tag = pending.property.as_deref();
        if pending.word == Word::AnyOf && !self.differ_in_a_value(&alternatives, tag) {
            alternatives = match self.objects_at_once(id, alternatives, &site) {
                Ok(merged) => merged,
                Err(why) => return self.untyped(why.of_choice(), &site),
            };
        }
        match alternatives.as_slice() {
            [_, ..] if is_more => self.by_shape(alternatives, &pending, &site),
            [] => pending.scalar.unwrap_or_else(|| object_kind(pending.own)),
            [only] if only.is_made => {
                // It is the choice itself: a name of its own would be a second one.
                let made = &mut self.schemas[only.schema.0];
                let mut docs = std::mem::take(&mut made.docs);
                let kind = std::mem::replace(&mut made.kind, Kind::Any(Untyped::DocumentSays));
                self.hold(id, std::mem::take(&mut docs.constraints));
                if kind.is_single() {
                    let slot = &mut self.schemas[id.0];
                    let own = std::mem::take(&mut slot.docs);
                    let default = own.default.clone().or_else(|| docs.default.clone());
                    slot.docs = Docs { default, ..Docs::of_all([own, docs]) };
                }
                kind
            }
            [only] => Kind::Alias(only.schema),
            _ => self.by_shape(alternatives, &pending, &site),
        }
    }

    /// The alternatives that say something about a value, and whether there are others for which there
    /// is no type; nothing where one allows any value.
    fn speaking(
        &mut self,
        id: SchemaId,
        listed: Vec<Alternative>,
        pending: &Pending,
    ) -> Result<Option<(Vec<Alternative>, bool)>, TooMuch> {
        let says_more = !pending.own.properties.is_empty() || pending.scalar.is_some();
        let mut speaking: Vec<Alternative> = Vec::with_capacity(listed.len());
        let mut beside = Beside::default();
        // The first that names no type, and where it stood.
        let mut unnamed = None;
        let mut is_more = false;
        for mut one in listed {
            let target = self.target(one.schema);
            let says_nothing = pending.own.properties.is_empty() && one.tags.is_empty();
            if one.is_base && says_nothing {
                continue;
            }
            if one.is_base {
                one.schema = self.fill_base(pending);
                speaking.push(one);
                continue;
            }
            if target == id || self.pending.contains_key(&target) {
                self.is_choice_itself(&one.at);
                continue;
            }
            let nullable = self.is_nullable(one.schema);
            self.schemas[id.0].nullable |= nullable;
            match &self.schemas[target.0].kind {
                // `{nullable: true}` and `{enum: [null]}` are how OpenAPI 3.0 spells null.
                Kind::Any(Untyped::DocumentSays) if nullable => {
                    let words = self.words_in_place(&one);
                    self.say_of(id, NULL, &words);
                }
                Kind::Any(Untyped::DocumentSays | Untyped::AnyObject) => {
                    match pending.scalar.as_ref().filter(|kind| kind.is_single()) {
                        Some(scalar) => speaking.push(self.given(one, scalar.clone(), pending)),
                        None => {
                            beside.allows_any |= !says_more;
                            beside.add(&one, self.rules_of(one.schema));
                            unnamed.get_or_insert((speaking.len(), one));
                        }
                    }
                }
                // It has its own warning, and the variant for other values holds what it is.
                Kind::Any(Untyped::Fault(_) | Untyped::Unsupported(_)) => is_more = true,
                Kind::Union(Union { apart: Apart::Shape, variants, .. }) => {
                    self.allowance.spend(variants.len())?;
                    let inner = variants.iter().map(|variant| Alternative {
                        schema: variant.schema,
                        tags: Vec::new(),
                        name: variant.name.clone(),
                        is_named: self.has_name(variant.schema),
                        at: variant.at.clone(),
                        is_base: false,
                        is_made: false,
                    });
                    let inner: Vec<Alternative> = inner.collect();
                    let told = self.with_words_of(one.schema, inner);
                    speaking.extend(told);
                }
                _ => speaking.push(one),
            }
        }
        let are_all = speaking.is_empty();
        let map = unnamed
            .as_ref()
            .and_then(|(_, one)| self.map_beside(id, one, &speaking, &beside, pending));
        let allows_any = beside.allows_any && map.is_none();
        if let (Some((_, one)), true, false) = (&unnamed, allows_any, are_all)
            // Of one that has rules these are told.
            && self.rules_of(one.schema).is_empty()
        {
            let kind = &self.schemas[self.target(one.schema).0].kind;
            let is_object = matches!(kind, Kind::Any(Untyped::AnyObject));
            let what = if is_object { "object" } else { "value" };
            self.warn(
                Code::Ignored,
                format!(
                    "this alternative allows any {what}: whatever the others say, the value stays \
                     `serde_json::Value`"
                ),
                &one.at.clone(),
                "take it out, or say which values it is there for",
            );
        }
        // Beside those that name one, it is what the schema beside the choice says.
        if let (Some((at, one)), Some(kind), false, false) =
            (unnamed, map.or_else(|| self.kind_beside(pending, &speaking)), are_all, allows_any)
        {
            let is_object = matches!(kind, Kind::Object(_));
            let mut given = self.given(one, kind, pending);
            self.schemas[given.schema.0].docs.constraints = beside.one_holds();
            if !is_object {
                let mut words = self.short_names(given.schema, loose::DEEPEST).into_iter();
                let is_free = |word: &String| speaking.iter().all(|one| one.name != *word);
                given.name = words.find(is_free).unwrap_or(given.name);
            }
            speaking.insert(at, given);
        } else {
            self.say_rules(id, beside, are_all);
        }
        self.tell_said_of(id);
        if allows_any {
            return Ok(None);
        }
        let mut seen = BTreeSet::new();
        speaking.retain(|one| seen.insert((self.target(one.schema), one.tags.clone())));
        Ok(Some((speaking, is_more)))
    }

    /// What an alternative is that only has rules, where it or the schema beside the choice says that a value
    /// is an object: an object of any properties, beside others whose properties are known. Those of an
    /// `anyOf` may hold at once with it, and would lose what they do not declare.
    fn map_beside(
        &mut self,
        id: SchemaId,
        one: &Alternative,
        others: &[Alternative],
        beside: &Beside,
        pending: &Pending,
    ) -> Option<Kind> {
        let is_known = self.says_object.contains(&id)
            || matches!(self.kind_of(one.schema), Kind::Any(Untyped::AnyObject));
        let is_beside = pending.word == Word::OneOf
            && pending.own.properties.is_empty()
            && pending.scalar.is_none()
            && !others.is_empty()
            && others.iter().all(|other| self.object_of(other.schema).is_some());
        if !is_known || !is_beside || !beside.all_have_rules() {
            return None;
        }
        let site = Site { at: one.at.clone(), path: pending.site.path.clone() };
        let values = pending.own.additional.unwrap_or_else(|| {
            let below = site.below(&[], &one.name).below(&[], "value");
            self.made_up(&below, Docs::default(), Kind::Any(Untyped::DocumentSays))
        });
        Some(Kind::Map(values))
    }

    /// What the schema beside a choice says that a value is. An alternative that requires no more of an
    /// object stands for that too.
    fn kind_beside(&self, pending: &Pending, alternatives: &[Alternative]) -> Option<Kind> {
        let own = &pending.own;
        let is_required =
            |name: &str| own.properties.iter().any(|known| known.required && known.wire == name);
        let asks_more = |one: &Alternative| match self.object_of(one.schema) {
            Some(object) => {
                object.properties.iter().any(|known| known.required && !is_required(&known.wire))
            }
            None => true,
        };
        let is_object = !own.properties.is_empty() && alternatives.iter().any(asks_more);
        pending.scalar.clone().or_else(|| is_object.then(|| Kind::Object(own.clone())))
    }

    /// A union told apart by a property, if there is one that does.
    pub(super) fn by_tag(
        &mut self,
        alternatives: &mut Vec<Alternative>,
        pending: &Pending,
        site: &Site,
    ) -> Option<Kind> {
        let tag = match &pending.property {
            Some(property) => {
                if !self.complete_tags(alternatives, property, site) {
                    return None;
                }
                property.clone()
            }
            None => self.find_tag(alternatives)?,
        };
        let numbers = self.are_numbers(alternatives, &tag);
        if !numbers && !self.are_texts(alternatives, &tag) {
            return None;
        }
        self.report_null(alternatives, &tag, site);
        let apart = if numbers { Apart::Number(tag) } else { Apart::Tag(tag) };
        let base = self.fill_base(pending);
        let variants = std::mem::take(alternatives).into_iter().map(|one| Variant {
            // Digits say less than the name of a schema does.
            name: match one.tags.as_slice() {
                [only] if !numbers => only.clone(),
                _ => one.name,
            },
            at: one.at,
            tags: one.tags,
            constants: Vec::new(),
            schema: one.schema,
        });
        let variants = variants.collect();
        Some(Kind::Union(Union { apart, variants, base }))
    }

    /// A union told apart by shape.
    fn by_shape(&mut self, alternatives: Vec<Alternative>, pending: &Pending, site: &Site) -> Kind {
        let variants: Vec<Variant> = alternatives
            .iter()
            .map(|one| Variant {
                name: one.name.clone(),
                at: one.at.clone(),
                tags: Vec::new(),
                constants: self.constants(one, &alternatives, pending.property.as_deref()),
                schema: one.schema,
            })
            .collect();
        if !pending.is_told_around {
            self.report_ambiguity(&variants, pending.word, site);
        }
        Kind::Union(Union { apart: Apart::Shape, variants, base: pending.base })
    }

    /// What every alternative has, a value with an unlisted tag included.
    fn fill_base(&mut self, pending: &Pending) -> SchemaId {
        self.schemas[pending.base.0].kind = object_kind(pending.own.clone());
        pending.base
    }

    /// Alternatives that have the properties the schema itself declares: those that declare them
    /// all stay what they are, the others are merged with them.
    fn with_own(
        &mut self,
        alternatives: Vec<Alternative>,
        own: &Object,
        site: &Site,
    ) -> Result<Vec<Alternative>, TooMuch> {
        let each = alternatives.into_iter();
        each.map(|mut one| {
            let target = self.target(one.schema);
            let Kind::Object(object) = &self.schemas[target.0].kind else { return Ok(one) };
            let declared: BTreeMap<&str, &Property> =
                object.properties.iter().map(|known| (known.wire.as_str(), known)).collect();
            let has = |property: &Property| {
                let known = declared.get(property.wire.as_str());
                known.is_some_and(|known| {
                    (known.required || !property.required) && !self.only_constrains(known, property)
                })
            };
            if own.properties.iter().all(has) {
                return Ok(one);
            }
            self.allowance.spend(1 + own.properties.len() + object.properties.len())?;
            let object = object.clone();
            let mut merged = own.clone();
            let places: BTreeMap<&str, usize> = own
                .properties
                .iter()
                .enumerate()
                .map(|(at, known)| (known.wire.as_str(), at))
                .collect();
            for property in &object.properties {
                let place = places.get(property.wire.as_str());
                match place.and_then(|at| merged.properties.get_mut(*at)) {
                    Some(known) => {
                        let required = known.required || property.required;
                        let here = Site { at: property.at.clone(), path: site.path.clone() };
                        let here = here.below(&[], &one.name).below(&[], &property.wire);
                        // The data of an event is a text on the wire, and may be said to be more.
                        let schema = match self.contradict(known.schema, property.schema) {
                            true => property.schema,
                            false => self.both(known.schema, property.schema, &here),
                        };
                        *known = Property { required, schema, ..property.clone() };
                    }
                    None => merged.properties.push(property.clone()),
                }
            }
            merged.additional = object.additional.or(merged.additional);
            let docs = self.schemas[target.0].docs.clone();
            let below = Site { at: one.at.clone(), path: site.path.clone() }.below(&[], &one.name);
            one.schema = self.made_up(&below, docs, Kind::Object(merged));
            one.is_made = true;
            Ok(one)
        })
        .collect()
    }

    /// Whether an alternative says of a property no more than rules, and the schema beside the choice
    /// says what it is.
    fn only_constrains(&self, known: &Property, own: &Property) -> bool {
        let (known, own) = (self.target(known.schema), self.target(own.schema));
        self.is_silent(known, own) && !self.is_silent(own, known)
    }

    /// The schema behind second names; one of them, where they go in a circle that is not broken
    /// yet.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        self.shortcuts.follow(&self.schemas, id).end
    }

    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        let way = self.shortcuts.follow(&self.schemas, id);
        way.is_nullable || self.schemas[way.end.0].nullable
    }

    /// A schema and what it is a second name of, to the end; no more of them than there are.
    pub(super) fn second_names(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> {
        let next = |id: &SchemaId| match self.schemas[id.0].kind {
            Kind::Alias(next) if next != *id => Some(next),
            _ => None,
        };
        std::iter::successors(Some(id), next).take(self.schemas.len())
    }

    /// Whether values are objects with declared properties.
    fn is_object(&self, id: SchemaId) -> bool {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(_) => true,
            Kind::Union(union) => union.apart != Apart::Shape,
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
            | Kind::Foreign(_) => false,
        }
    }
}
