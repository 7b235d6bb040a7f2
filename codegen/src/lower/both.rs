//! Two schemas of one value, of which both hold.
//!
//! ```yaml
//! allOf:
//!   - properties: {limits: {type: object, properties: {least: {type: integer}}}}
//!   - properties: {limits: {type: object, properties: {most: {type: integer}}}}
//! ```
//! has `limits` with both properties. Of objects the properties are united, of lists the items; of
//! anything else the later schema is the one that refines the earlier.

use super::Lowerer;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{EnumValue, Kind, Object, Property, SchemaId, Untyped};

impl Lowerer<'_> {
    /// The schema of a value that is `left` and `right` at once; `site` is where the later stands.
    pub(super) fn both(&mut self, left: SchemaId, right: SchemaId, site: &Site) -> SchemaId {
        self.unite(left, right, site, &mut Vec::new())
    }

    /// `open` holds the pairs that are being united: what contains itself has no end.
    fn unite(
        &mut self,
        left: SchemaId,
        right: SchemaId,
        site: &Site,
        open: &mut Vec<(SchemaId, SchemaId)>,
    ) -> SchemaId {
        let pair = (self.known(left), self.known(right));
        if pair.0 == pair.1 || open.contains(&pair) {
            return right;
        }
        open.push(pair);
        if let Some(id) = self.unite_choice(left, right, pair, site, open) {
            open.pop();
            return id;
        }
        let refined = self.refined_by(left, right);
        if refined != right {
            open.pop();
            return refined;
        }
        let kinds = (self.schemas[pair.0.0].kind.clone(), self.schemas[pair.1.0].kind.clone());
        let kind = match kinds {
            (Kind::Object(first), Kind::Object(second)) => {
                self.unite_objects(first, &second, site, open).map(Kind::Object)
            }
            (Kind::Array(first), Kind::Array(second)) => {
                let items = self.unite(first, second, &site.below(&["items"], "item"), open);
                (items != second).then_some(Kind::Array(items))
            }
            _ => {
                self.report_clash(pair.0, pair.1, site);
                None
            }
        };
        open.pop();
        match kind {
            Some(kind) => self.united(left, right, kind, site),
            None => right,
        }
    }

    /// The schema of a value that is `left`, and `right` if that says anything of its own; where it
    /// only annotates, its words go with the left one.
    pub(super) fn refined_by(&mut self, left: SchemaId, right: SchemaId) -> SchemaId {
        let (one, other) = (self.known(left), self.known(right));
        let is_silent = matches!(self.schemas[other.0].kind, Kind::Any(Untyped::DocumentSays))
            && !self.pending.contains_key(&other);
        if one == other || !is_silent {
            return right;
        }
        let mut schema = self.schemas[right.0].clone();
        let earlier = &self.schemas[left.0];
        schema.docs = schema.docs.or(earlier.docs.clone());
        schema.nullable |= earlier.nullable;
        schema.read_only |= earlier.read_only;
        schema.write_only |= earlier.write_only;
        schema.default = schema.default.or(earlier.default.clone());
        schema.kind = Kind::Alias(one);
        self.push(schema)
    }

    /// The schema behind second names, which is lowered if that was put off.
    fn known(&mut self, id: SchemaId) -> SchemaId {
        let mut known = self.target(id);
        while self.later.contains_key(&known) {
            self.lower_now(known);
            known = self.target(known);
        }
        known
    }

    /// Tells where no value can be both: it has the later type, and may arrive with either.
    fn report_clash(&mut self, left: SchemaId, right: SchemaId, site: &Site) {
        let (earlier, later) = (&self.schemas[left.0], &self.schemas[right.0]);
        let message = match (&earlier.kind, &later.kind) {
            (Kind::Enum(one), Kind::Enum(other)) => {
                let is_in_both = |value: &EnumValue| other.iter().any(|its| its.wire == value.wire);
                if one.iter().any(is_in_both) {
                    return;
                }
                "two schemas of this value list texts that have none in common".to_owned()
            }
            (one, other) => match (json_type(one), json_type(other)) {
                (Some(one), Some(other)) if one != other => {
                    format!("this value is {one} by one schema and {other} by another")
                }
                _ => return,
            },
        };
        let help = "the later one is taken; no value can be both, so one of them is wrong";
        self.warn(Code::FaultyDocument, message, &site.at, help);
    }

    /// A choice that is not settled yet takes the properties of an object along: they are what the
    /// schema says beside it.
    fn unite_choice(
        &mut self,
        left: SchemaId,
        right: SchemaId,
        pair: (SchemaId, SchemaId),
        site: &Site,
        open: &mut Vec<(SchemaId, SchemaId)>,
    ) -> Option<SchemaId> {
        let Kind::Object(first) = self.schemas[pair.0.0].kind.clone() else { return None };
        let mut pending = self.pending.get(&pair.1)?.clone();
        pending.own = self.unite_objects(first, &pending.own, site, open)?;
        pending.base = self.base_of(site);
        let id = self.united(left, right, Kind::Any(Untyped::DocumentSays), site);
        self.pending.insert(id, pending);
        Some(id)
    }

    /// The properties of both; nothing where the second has all that the first has.
    fn unite_objects(
        &mut self,
        first: Object,
        second: &Object,
        site: &Site,
        open: &mut Vec<(SchemaId, SchemaId)>,
    ) -> Option<Object> {
        let mut properties = first.properties;
        let mut changed = false;
        for known in &mut properties {
            let Some(later) = second.properties.iter().find(|one| one.wire == known.wire) else {
                changed = true;
                continue;
            };
            let below = site.below(&["properties", &known.wire], &known.wire);
            let schema = self.unite(known.schema, later.schema, &below, open);
            changed |= schema != later.schema || (known.required && !later.required);
            let required = known.required || later.required;
            *known = Property { schema, required, ..later.clone() };
        }
        let new = second
            .properties
            .iter()
            .filter(|later| !properties.iter().any(|known| known.wire == later.wire));
        let new: Vec<Property> = new.cloned().collect();
        properties.extend(new);
        changed |= first.additional.is_some() && second.additional.is_none();
        let additional = second.additional.or(first.additional);
        changed.then_some(Object { properties, additional })
    }

    fn united(&mut self, left: SchemaId, right: SchemaId, kind: Kind, site: &Site) -> SchemaId {
        let (earlier, later) = (self.schemas[left.0].clone(), self.schemas[right.0].clone());
        let id = self.made_up(site, later.docs, kind);
        let slot = &mut self.schemas[id.0];
        slot.nullable = earlier.nullable && later.nullable;
        slot.read_only = earlier.read_only || later.read_only;
        slot.write_only = earlier.write_only || later.write_only;
        id
    }
}

/// What values of a kind are in JSON, where they are one thing.
fn json_type(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Boolean => Some("true or false"),
        Kind::Integer(_) | Kind::Number(_) | Kind::IntegerEnum(_) => Some("a number"),
        Kind::String(_) | Kind::Enum(_) => Some("a text"),
        Kind::Array(_) | Kind::Tuple(_) => Some("a list"),
        Kind::Map(_) | Kind::Object(_) => Some("an object"),
        Kind::Any(_) | Kind::Alias(_) | Kind::Union(_) | Kind::Foreign(_) => None,
    }
}
