//! Objects that may hold at once, as one object.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::super::Lowerer;
use super::super::allowance::TooMuch;
use super::super::compose::Word;
use super::super::schema::Site;
use super::super::union::{Alternative, Pending, assign};
use crate::ir::{
    Constraint, Docs, Kind, Object, Origin, Property, Schema, SchemaId, Untyped, one_holds,
};

/// What a choice of objects that may hold at once is made of.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct AtOnce {
    /// Schemas of the document.
    of: BTreeSet<SchemaId>,
    /// The choice in whose objects this one is a property.
    within: Option<SchemaId>,
}

/// How deep two schemas are compared; beyond it they count as different.
pub(super) const DEEPEST: usize = 32;

impl Lowerer<'_> {
    /// Makes one object of all that are objects among the alternatives of `choice`, where the first
    /// of them stood.
    pub(super) fn objects_at_once(
        &mut self,
        choice: SchemaId,
        alternatives: Vec<Alternative>,
        site: &Site,
    ) -> Result<Vec<Alternative>, TooMuch> {
        let objects: Vec<(SchemaId, Object)> = alternatives
            .iter()
            .filter_map(|one| {
                let id = self.target(one.schema);
                match &self.schemas[id.0].kind {
                    Kind::Object(object) => Some((id, object.clone())),
                    _ => None,
                }
            })
            .collect();
        if objects.len() < 2 {
            return Ok(alternatives);
        }
        let copied = objects.iter().map(|(_, object)| 1 + object.properties.len());
        self.allowance.spend(copied.sum())?;
        let of = objects.iter().flat_map(|(id, _)| self.made_of(*id)).collect();
        self.at_once.entry(choice).or_default().of = of;
        let are: BTreeSet<SchemaId> = objects.iter().map(|(id, _)| *id).collect();
        let alone = objects.len() == alternatives.len();
        let mut merged = None;
        let mut out = Vec::with_capacity(alternatives.len());
        for mut one in alternatives {
            let id = self.target(one.schema);
            if !are.contains(&id) {
                out.push(one);
            } else if merged.is_none() {
                let below = Site { at: one.at.clone(), path: site.path.clone() };
                let below = if alone { below } else { below.below(&[], "object") };
                let kind = Kind::Object(self.loose(choice, &objects, &below));
                one.schema = self.made_up(&below, Docs::default(), kind);
                "object".clone_into(&mut one.name);
                one.is_made = true;
                merged = Some(one.schema);
                let same = self.at_once.get(&choice).cloned().unwrap_or_default();
                self.at_once.insert(one.schema, same);
                out.push(one);
            }
        }
        Ok(out)
    }

    /// The schemas of the document that a schema is made of: itself, where it is one of them.
    fn made_of(&self, id: SchemaId) -> BTreeSet<SchemaId> {
        let id = self.target(id);
        if let Some(known) = self.at_once.get(&id).filter(|known| !known.of.is_empty()) {
            return known.of.clone();
        }
        match self.pending.get(&id) {
            Some(pending) => {
                pending.alternatives.iter().map(|one| self.target(one.schema)).collect()
            }
            None => BTreeSet::from([id]),
        }
    }

    /// All properties of all objects; those that all require are required.
    fn loose(&mut self, choice: SchemaId, objects: &[(SchemaId, Object)], site: &Site) -> Object {
        let mut merged = Object::default();
        let mut declared: IndexMap<&str, Vec<&Property>> = IndexMap::new();
        for (_, object) in objects {
            for property in &object.properties {
                declared.entry(&property.wire).or_default().push(property);
            }
            merged.additional = merged.additional.or(object.additional);
        }
        for every in declared.into_values() {
            let Some(property) = every.first() else { continue };
            let required = every.len() == objects.len() && every.iter().all(|one| one.required);
            let schemas: Vec<SchemaId> = every.iter().map(|one| one.schema).collect();
            let schema = self.either(choice, &schemas, property, site);
            merged.properties.push(Property { required, schema, ..(*property).clone() });
        }
        merged
    }

    /// One schema for a property that several objects declare: a choice, where they differ. Where
    /// the objects hold themselves, it may be a choice that led here, and is that one.
    pub(in crate::lower) fn either(
        &mut self,
        choice: SchemaId,
        schemas: &[SchemaId],
        property: &Property,
        site: &Site,
    ) -> SchemaId {
        let mut distinct: Vec<SchemaId> = Vec::new();
        for schema in schemas {
            match distinct.iter_mut().find(|known| self.alike_values(**known, *schema, DEEPEST)) {
                // Of two that differ in this alone, the one has all values of the other.
                Some(known) if self.allows_null(*schema) && !self.allows_null(*known) => {
                    *known = *schema;
                }
                Some(_) => {}
                None => distinct.push(*schema),
            }
        }
        if let [only] = distinct.as_slice() {
            return self.under_one_of(*only, schemas, property, site);
        }
        let of: BTreeSet<SchemaId> =
            distinct.iter().flat_map(|schema| self.made_of(*schema)).collect();
        let mut led = Some(choice);
        while let Some(id) = led {
            let Some(known) = self.at_once.get(&id) else { break };
            if known.of == of {
                return id;
            }
            led = known.within;
        }
        let below = site.below(&["properties", &property.wire], &property.wire);
        let id = self.made_up(&below, Docs::default(), Kind::Any(Untyped::DocumentSays));
        let flags: Vec<(bool, bool)> = distinct
            .iter()
            .map(|schema| (self.schemas[schema.0].read_only, self.schemas[schema.0].write_only))
            .collect();
        self.schemas[id.0].read_only = flags.iter().all(|(read_only, _)| *read_only);
        self.schemas[id.0].write_only = flags.iter().all(|(_, write_only)| *write_only);
        let ladders = distinct.iter().map(|schema| self.short_names(*schema, DEEPEST)).collect();
        let named = distinct.into_iter().zip(assign(ladders, BTreeSet::new()));
        let alternatives = named.map(|(schema, name)| Alternative {
            schema,
            tags: Vec::new(),
            name,
            is_named: false,
            at: self.schemas[schema.0].at.clone(),
            is_base: false,
            is_made: false,
        });
        let alternatives = alternatives.collect();
        let base = self.base_of(&below);
        let pending = Pending {
            base,
            site: below,
            word: Word::AnyOf,
            alternatives,
            second: Vec::new(),
            property: None,
            is_told_around: false,
            own: Object::default(),
            scalar: None,
        };
        self.pending.insert(id, pending);
        self.at_once.insert(id, AtOnce { of, within: Some(choice) });
        id
    }

    /// A property that several objects declare alike, but for its rules: those of one of them hold.
    fn under_one_of(
        &mut self,
        only: SchemaId,
        schemas: &[SchemaId],
        property: &Property,
        site: &Site,
    ) -> SchemaId {
        let rules: Vec<Vec<Constraint>> =
            schemas.iter().map(|schema| self.docs_of(*schema).constraints).collect();
        if rules.windows(2).all(|pair| pair[0] == pair[1]) {
            return only;
        }
        let docs = Docs { constraints: one_holds(rules), ..self.docs_of(only) };
        let below = site.below(&["properties", &property.wire], &property.wire);
        let kind = self.values_of(only);
        let like = self.schemas[only.0].clone();
        let (at, origin) = (below.at, Origin::Inline(below.path));
        self.push(Schema { at, origin, docs, kind, ..like })
    }

    /// What an alternative may go by that was a property of several objects, best first.
    pub(super) fn short_names(&self, id: SchemaId, depth: usize) -> Vec<String> {
        let id = self.target(id);
        let schema = &self.schemas[id.0];
        let Some(deeper) = depth.checked_sub(1) else { return Vec::new() };
        if let Origin::Component(name) = &schema.origin {
            return vec![name.clone()];
        }
        let of_items = |word: &str, items: SchemaId| {
            let inner = self.short_names(items, deeper);
            let all = inner.into_iter().map(|inner| format!("{inner} {word}"));
            std::iter::once(word.to_owned()).chain(all).collect()
        };
        let word = match &schema.kind {
            Kind::String(_) | Kind::Enum(_) => "text",
            Kind::Integer(_) | Kind::IntegerEnum(_) => "integer",
            Kind::Number(_) => "number",
            Kind::Boolean => "boolean",
            Kind::Array(items) => return of_items("list", *items),
            Kind::Map(values) => return of_items("map", *values),
            Kind::Tuple(places) => return vec![format!("tuple of {}", places.len())],
            Kind::Object(_) => "object",
            Kind::Union(_) => "mixed",
            Kind::Any(_) => match self.pending.get(&id) {
                Some(pending) => return self.only_one(pending, deeper),
                None => "any",
            },
            Kind::Alias(_) | Kind::Foreign(_) => return Vec::new(),
        };
        vec![word.to_owned()]
    }

    /// What a choice goes by that is not settled: what it is beside null, or several.
    fn only_one(&self, pending: &Pending, depth: usize) -> Vec<String> {
        let is_null = |one: &&Alternative| {
            let schema = &self.schemas[self.target(one.schema).0];
            schema.nullable && matches!(schema.kind, Kind::Any(Untyped::DocumentSays))
        };
        let mut rest = pending.alternatives.iter().filter(|one| !is_null(one));
        match (rest.next(), rest.next()) {
            (Some(only), None) => self.short_names(only.schema, depth),
            _ => vec!["mixed".to_owned()],
        }
    }

    /// Whether null is a value of a schema, itself or as what it is another name for.
    fn allows_null(&self, id: SchemaId) -> bool {
        self.schemas[id.0].nullable || self.schemas[self.target(id).0].nullable
    }

    /// Whether two schemas have the same values, as far as one can see.
    fn alike(&self, left: SchemaId, right: SchemaId, depth: usize) -> bool {
        self.allows_null(left) == self.allows_null(right) && self.alike_values(left, right, depth)
    }

    /// The same of all values but null.
    fn alike_values(&self, left: SchemaId, right: SchemaId, depth: usize) -> bool {
        let (left, right) = (self.target(left), self.target(right));
        if left == right {
            return true;
        }
        if depth == 0 || self.pending.contains_key(&left) || self.pending.contains_key(&right) {
            return false;
        }
        match (&self.schemas[left.0].kind, &self.schemas[right.0].kind) {
            (Kind::Boolean, Kind::Boolean) => true,
            (Kind::Any(a), Kind::Any(b)) => a == b,
            (Kind::Integer(a), Kind::Integer(b)) => a == b,
            (Kind::Number(a), Kind::Number(b)) => a == b,
            (Kind::String(a), Kind::String(b)) => a == b,
            (Kind::Enum(a), Kind::Enum(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.wire == b.wire)
            }
            (Kind::IntegerEnum(a), Kind::IntegerEnum(b)) => a == b,
            (Kind::Array(a), Kind::Array(b)) | (Kind::Map(a), Kind::Map(b)) => {
                self.alike(*a, *b, depth - 1)
            }
            (Kind::Tuple(a), Kind::Tuple(b)) => {
                let mut places = a.iter().zip(b);
                a.len() == b.len() && places.all(|(a, b)| self.alike(*a, *b, depth - 1))
            }
            (Kind::Object(a), Kind::Object(b)) => self.alike_objects(a, b, depth - 1),
            _ => false,
        }
    }

    fn alike_objects(&self, left: &Object, right: &Object, depth: usize) -> bool {
        let additional = match (left.additional, right.additional) {
            (None, None) => true,
            (Some(a), Some(b)) => self.alike(a, b, depth),
            (Some(_), None) | (None, Some(_)) => false,
        };
        let same = |(a, b): (&Property, &Property)| {
            a.wire == b.wire && a.required == b.required && self.alike(a.schema, b.schema, depth)
        };
        additional
            && left.properties.len() == right.properties.len()
            && left.properties.iter().zip(&right.properties).all(same)
    }
}
