//! What tells alternatives apart: a property with another text in each, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::Lowerer;
use super::super::compose::Word;
use super::super::keywords::Keywords;
use super::super::schema::Site;
use super::super::union::{Alternative, Pending};
use super::values::disjoint;
use crate::diagnostics::Code;
use crate::discriminator::{Said, led, owners};
use crate::ir::{Apart, IntegerEnum, Kind, Object, Origin, SchemaId, Variant};

impl Lowerer<'_> {
    /// Gives every object among the alternatives of a discriminator its values; says whether each has
    /// some. One that is written in place has no name that could be one (OpenAPI 3.0.4, section 4.8.25),
    /// and is told apart by its shape, unless its own property says more.
    pub(super) fn complete_tags(
        &mut self,
        alternatives: &mut [Alternative],
        property: &str,
        site: &Site,
    ) -> bool {
        let mut alternatives: Vec<&mut Alternative> =
            alternatives.iter_mut().filter(|one| self.is_object(one.schema)).collect();
        let said = alternatives.iter().map(|one| Said {
            mapped: one.tags.clone(),
            own: self.texts_of_all(one, property),
            name: one.name.clone(),
        });
        let said: Vec<Said> = said.collect();
        let mut has_each = true;
        for ((one, said), led) in alternatives.iter_mut().zip(&said).zip(led(&said)) {
            let is_said = |value| said.mapped.contains(value) || said.own.contains(value);
            if !one.is_named && !led.values.iter().all(is_said) {
                self.report_nameless(one, property);
                has_each = false;
                continue;
            }
            if led.contradicts {
                let at = one.at.clone();
                self.report_contradicting_tag(one, &said.own, property, &at);
            }
            one.tags = led.values;
            self.report_closed(one, property);
            if led.shares {
                // Without any, it cannot be received by this road, and goes by its position.
                if one.tags.is_empty() {
                    one.tags.push(one.at.to_string());
                }
                self.warn(
                    Code::AmbiguousUnion,
                    "two alternatives have the same value of the discriminator",
                    &site.at,
                    "the first one is used; give each its own value",
                );
            }
        }
        has_each
    }

    /// The values of a discriminator that lead to an alternative by its schema. One that others merge has
    /// theirs, and its own name: a value may be that and none of them.
    fn texts_of_all(&self, one: &Alternative, property: &str) -> Vec<String> {
        let mut texts = self.texts(one.schema, property);
        let is_merged = matches!(self.kind_of(one.schema), Kind::Union(_))
            && one.is_named
            && !texts.is_empty()
            && self.is_base(&one.name);
        if is_merged && !texts.contains(&one.name) {
            texts.push(one.name.clone());
        }
        texts
    }

    /// Whether the document has a name for a schema.
    pub(super) fn has_name(&self, id: SchemaId) -> bool {
        match &self.schemas[id.0].origin {
            Origin::Component(name) => !self.nameless.contains(name),
            Origin::Inline(_) => false,
        }
    }

    /// Whether a component has its alternatives in those that merge it, and lists none.
    fn is_base(&self, component: &str) -> bool {
        let schemas = self.document.components.as_ref().map(|all| &all.schemas);
        let written = schemas.and_then(|all| all.get(component));
        let schema = written.and_then(|written| self.raw(written));
        schema.is_some_and(|schema| {
            let keywords = Keywords::of(schema);
            keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && !self.families.descendants(component).is_empty()
        })
    }

    /// Tells of an alternative for which a discriminator has no value.
    fn report_nameless(&mut self, one: &Alternative, property: &str) {
        self.warn(
            Code::FaultyDocument,
            format!(
                "this alternative has no name, and its `{property}` no value of its own: the \
                 discriminator cannot tell it, and its shape does"
            ),
            &one.at,
            "make it a schema of `components.schemas`, or say with `enum` or `const` what the property is",
        );
    }

    /// Tells of an alternative that has no value at all: it needs the property of the discriminator, and
    /// may not have it.
    fn report_closed(&mut self, one: &Alternative, property: &str) {
        let target = self.target(one.schema);
        let declares = self
            .object_of(target)
            .is_none_or(|object| object.properties.iter().any(|known| known.wire == property));
        if self.closed.contains(&target) && !declares {
            self.warn(
                Code::FaultyDocument,
                format!(
                    "`{property}` tells the alternatives apart, and the schema of this one allows no \
                     such property"
                ),
                &one.at,
                "it is sent and read all the same; declare the property",
            );
        }
    }

    fn report_contradicting_tag(
        &mut self,
        one: &Alternative,
        own: &[String],
        property: &str,
        at: &crate::pointer::Pointer,
    ) {
        let list = |texts: &[String]| {
            let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
            texts.join(", ")
        };
        let message = format!(
            "`{property}` is {} by the mapping and {} by the schema",
            list(&one.tags),
            list(own)
        );
        self.warn(Code::InvalidDocument, message, at, "both are accepted; correct one of them");
    }

    /// A property that all alternatives require and that holds other texts in each; its texts
    /// become their tags.
    pub(super) fn find_tag(&self, alternatives: &mut [Alternative]) -> Option<String> {
        if alternatives.len() < 2 {
            return None;
        }
        let first = self.object_of(alternatives.first()?.schema)?;
        let candidates: Vec<&str> = first
            .properties
            .iter()
            .filter(|property| property.required)
            .map(|property| property.wire.as_str())
            .collect();
        for property in candidates {
            let texts: Vec<Vec<String>> = alternatives
                .iter()
                .map(|one| {
                    if self.requires(one.schema, property) {
                        self.texts(one.schema, property)
                    } else {
                        Vec::new()
                    }
                })
                .collect();
            // A tag is a text or a number: null, where it tells one of them, is none.
            let nulls = alternatives.iter().filter(|one| self.may_have_null(one.schema, property));
            let apart = self.are_alike(alternatives, property)
                && nulls.count() != 1
                && texts.iter().all(|texts| !texts.is_empty())
                && owners(texts.iter()).into_values().all(|count| count == 1);
            if apart {
                let found = property.to_owned();
                for (one, texts) in alternatives.iter_mut().zip(texts) {
                    one.tags = texts;
                }
                return Some(found);
            }
        }
        None
    }

    /// Whether a property of an object may be null.
    fn may_have_null(&self, id: SchemaId, property: &str) -> bool {
        let object = self.object_of(id).into_iter().flat_map(|object| &object.properties);
        let mut known = object.filter(|known| known.wire == property);
        known.next().is_some_and(|known| self.is_nullable(known.schema))
    }

    /// Tells of a tag that may be null, which says nothing of the alternative.
    pub(super) fn report_null(&mut self, alternatives: &[Alternative], tag: &str, site: &Site) {
        if !alternatives.iter().any(|one| self.may_have_null(one.schema, tag)) {
            return;
        }
        self.warn(
            Code::AmbiguousUnion,
            format!(
                "`{tag}` tells these alternatives apart, and may be null, which is none of them: such a \
                 value is kept as it came"
            ),
            &site.at,
            "let it be null in no alternative, or make `null` all that it may be in one of them",
        );
    }

    /// Says which objects a value may not tell apart.
    pub(super) fn report_ambiguity(&mut self, variants: &[Variant], word: Word, site: &Site) {
        let mut alike: Vec<&str> = Vec::new();
        // Most alternatives need something that no other has, and need no comparison with each.
        let unlike = self.unlike_all(variants);
        let others = || variants.iter().enumerate().filter(|(index, _)| !unlike.contains(index));
        for (index, one) in others() {
            let confused =
                others().any(|(other, variant)| other != index && self.is_confused(one, variant));
            if confused {
                alike.push(&one.name);
            }
        }
        if alike.is_empty() {
            return;
        }
        let names: Vec<String> = alike.iter().map(|name| format!("`{name}`")).collect();
        let message = format!(
            "a value does not always tell these alternatives of `{}` apart: {}",
            word.as_str(),
            names.join(", ")
        );
        self.warn(
            Code::AmbiguousUnion,
            message,
            &site.at,
            "the one that declares most of a value's properties is taken, of equal ones the first; \
             a `discriminator` would tell",
        );
    }

    /// The alternatives, by position, that require a property which no other declares.
    fn unlike_all(&self, variants: &[Variant]) -> BTreeSet<usize> {
        let objects: Vec<Option<&Object>> =
            variants.iter().map(|one| self.object_of(one.schema)).collect();
        // An object that is open may have what another one needs.
        if objects.iter().flatten().any(|object| object.additional.is_some()) {
            return BTreeSet::new();
        }
        let mut declared: BTreeMap<&str, usize> = BTreeMap::new();
        for property in objects.iter().flatten().flat_map(|object| &object.properties) {
            *declared.entry(&property.wire).or_default() += 1;
        }
        let is_unlike = |object: &Object| {
            let mut required = object.properties.iter().filter(|property| property.required);
            required.any(|property| declared.get(property.wire.as_str()) == Some(&1))
        };
        let objects = objects.iter().enumerate();
        let unlike = objects.filter(|(_, object)| object.is_some_and(is_unlike));
        unlike.map(|(index, _)| index).collect()
    }

    fn is_confused(&self, one: &Variant, other: &Variant) -> bool {
        let kinds = (
            &self.schemas[self.target(one.schema).0].kind,
            &self.schemas[self.target(other.schema).0].kind,
        );
        match kinds {
            (Kind::Tuple(one), Kind::Tuple(other)) => return one.len() == other.len(),
            (Kind::Tuple(_) | Kind::Array(_), Kind::Tuple(_) | Kind::Array(_))
            | (Kind::Map(_), Kind::Map(_)) => return true,
            _ => {}
        }
        let (Some(left), Some(right)) = (self.object_of(one.schema), self.object_of(other.schema))
        else {
            return false;
        };
        let told = one.constants.iter().any(|(property, values)| {
            let theirs = other.constants.iter().find(|(known, _)| known == property);
            theirs.is_some_and(|(_, others)| disjoint(values, others))
        });
        let told = told || self.differ_in_kind(left, right);
        !told && !has_own(left, right) && !has_own(right, left)
    }

    /// A keyword that makes a schema an object, beside others none of which is one.
    pub(in crate::lower) fn report_contradiction(
        &mut self,
        keyword: &str,
        others: &str,
        site: &Site,
    ) {
        let said = if keyword == "type" { "type: object" } else { keyword };
        self.warn(
            Code::InvalidDocument,
            format!("`{said}` stands beside {others} that are no objects"),
            &site.at.push(keyword),
            &format!("the {others} count; take the `{keyword}` out"),
        );
    }

    /// Tells of a discriminator that no alternative can have a property for.
    pub(super) fn report_no_objects(&mut self, alternatives: &[Alternative], site: &Site) {
        let is_none = |one: &Alternative| {
            let kind = &self.schemas[self.target(one.schema).0].kind;
            kind.is_single() || matches!(kind, Kind::Array(_) | Kind::Tuple(_))
        };
        if !alternatives.is_empty() && alternatives.iter().all(is_none) {
            self.warn(
                Code::FaultyDocument,
                "a `discriminator` is the name of a property, and no alternative is an object",
                &site.at,
                "take it out, or correct the alternatives",
            );
        }
    }

    /// Tells of a discriminator whose property no object has (OpenAPI 3.0.4, section 4.8.25: it is to be
    /// defined in each of them).
    pub(super) fn report_undeclared(
        &mut self,
        alternatives: &[Alternative],
        property: &str,
        site: &Site,
    ) {
        let mut objects = alternatives.iter().map(|one| self.object_of(one.schema));
        let is_without = |object: Option<&Object>| {
            object.is_some_and(|object| !object.properties.iter().any(|one| one.wire == property))
        };
        if !alternatives.is_empty() && objects.all(is_without) {
            self.warn(
                Code::FaultyDocument,
                format!("no alternative declares `{property}`, which is to tell them apart"),
                &site.at,
                "declare it in each of them: it is sent, and a value without it is none of them",
            );
        }
    }

    /// Tells of what the schema beside a choice says of all other properties, where it declares none
    /// itself: those of the alternatives would be among them (JSON Schema, `additionalProperties`), and
    /// what an alternative declares is meant.
    pub(super) fn tell_of_other_values(&mut self, pending: &Pending) {
        let Some(others) = pending.own.additional else { return };
        let says_more = !matches!(self.schemas[self.target(others).0].kind, Kind::Any(_));
        if says_more && pending.own.properties.is_empty() {
            self.warn(
                Code::Ignored,
                "`additionalProperties` beside a choice of objects is not read: what the alternatives \
                 declare would have to be of that type too",
                &pending.site.at,
                "write it into each of the alternatives that may have other properties",
            );
        }
    }

    /// Whether a tag is a whole number in every alternative.
    pub(super) fn are_numbers(&self, alternatives: &[Alternative], tag: &str) -> bool {
        alternatives.iter().all(|one| {
            self.is_number(one.schema, tag) && one.tags.iter().all(|tag| tag.parse::<i64>().is_ok())
        })
    }

    /// Whether a tag is a text, or not declared, in every alternative.
    pub(super) fn are_texts(&self, alternatives: &[Alternative], tag: &str) -> bool {
        alternatives.iter().all(|one| self.is_text(one.schema, tag))
    }

    pub(super) fn is_text(&self, id: SchemaId, property: &str) -> bool {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(object) => {
                let known = object.properties.iter().find(|known| known.wire == property);
                known.is_none_or(|known| match &self.schemas[self.target(known.schema).0].kind {
                    Kind::String(_) | Kind::Enum(_) => true,
                    Kind::Any(_) => self.listed_values(known.schema).iter().all(Value::is_string),
                    _ => false,
                })
            }
            Kind::Union(union) => union.apart != Apart::Number(property.to_owned()),
            _ => true,
        }
    }

    /// Whether a property is a whole number in all alternatives or in none.
    fn are_alike(&self, alternatives: &[Alternative], property: &str) -> bool {
        let numbers = alternatives.iter().filter(|one| self.is_number(one.schema, property));
        [0, alternatives.len()].contains(&numbers.count())
    }

    fn is_number(&self, id: SchemaId, property: &str) -> bool {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(object) => {
                let known = object.properties.iter().find(|known| known.wire == property);
                known.is_some_and(|known| {
                    let kind = &self.schemas[self.target(known.schema).0].kind;
                    matches!(kind, Kind::Integer(_) | Kind::IntegerEnum(_))
                })
            }
            Kind::Union(union) => union.apart == Apart::Number(property.to_owned()),
            _ => false,
        }
    }

    /// The values that a property of an object is limited to, numbers as their digits; of a union
    /// those of its alternatives.
    fn texts(&self, id: SchemaId, property: &str) -> Vec<String> {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(object) => {
                let known = object.properties.iter().find(|known| known.wire == property);
                let kind = known.map(|known| &self.schemas[self.target(known.schema).0].kind);
                match kind {
                    Some(Kind::Enum(values) | Kind::IntegerEnum(IntegerEnum { values, .. })) => {
                        values.iter().map(|value| value.wire.clone()).collect()
                    }
                    _ => Vec::new(),
                }
            }
            Kind::Union(union) => match &union.apart {
                Apart::Tag(tag) | Apart::Number(tag) if tag == property => {
                    union.variants.iter().flat_map(|variant| variant.tags.clone()).collect()
                }
                Apart::Tag(_) | Apart::Number(_) | Apart::Shape => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    pub(super) fn requires(&self, id: SchemaId, property: &str) -> bool {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(object) => {
                object.properties.iter().any(|known| known.wire == property && known.required)
            }
            Kind::Union(_) => true,
            _ => false,
        }
    }

    pub(super) fn object_of(&self, id: SchemaId) -> Option<&Object> {
        match &self.schemas[self.target(id).0].kind {
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// Whether `one` requires a property that `other` does not have.
fn has_own(one: &Object, other: &Object) -> bool {
    other.additional.is_none()
        && one.properties.iter().any(|property| {
            property.required && !other.properties.iter().any(|known| known.wire == property.wire)
        })
}
