//! Two schemas of one value, of which both hold.
//!
//! ```yaml
//! allOf:
//!   - properties: {limits: {type: object, properties: {least: {type: integer}}}}
//!   - properties: {limits: {type: object, properties: {most: {type: integer}}}}
//! ```
//! has `limits` with both properties. Of objects the properties are united, of lists the items; of
//! two texts or numbers the one that says more is taken, or the later one. The rules of both hold,
//! and the words are the later ones. Where no value can be both, the rules are those of the one that
//! is taken.

use serde_json::Value;

use super::Lowerer;
use super::compose::object_kind;
use super::defaults::problem;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Constraint, Docs, Kind, Object, Property, SchemaId, Untyped};
use crate::pointer::Pointer;

/// What a value is that is two schemas at once, its docs aside.
pub(super) enum United {
    /// What the earlier one says.
    Left,
    /// What the later one says.
    Right,
    /// What neither says alone.
    New(Kind),
}

/// What is said of a value on the way to it, through second names.
#[derive(PartialEq)]
struct Said {
    docs: Docs,
    nullable: bool,
    read_only: bool,
    write_only: bool,
}

/// The pairs that are being united: what contains itself has no end.
type Open = Vec<(SchemaId, SchemaId)>;

impl Lowerer<'_> {
    /// The schema of a value that is `left` and `right` at once; `site` is where the later stands.
    pub(super) fn both(&mut self, left: SchemaId, right: SchemaId, site: &Site) -> SchemaId {
        self.unite(left, right, site, &mut Vec::new())
    }

    fn unite(&mut self, left: SchemaId, right: SchemaId, site: &Site, open: &mut Open) -> SchemaId {
        let pair = (self.known(left), self.known(right));
        if left == right || open.contains(&pair) {
            return right;
        }
        open.push(pair);
        let choice = self.unite_choice(pair, site, open);
        let united = match &choice {
            Some(_) => United::New(Kind::Any(Untyped::DocumentSays)),
            None if pair.0 == pair.1 => United::Right,
            None => self.unite_kinds(pair, site, open),
        };
        open.pop();
        let excludes = choice.is_none()
            && ![(pair.0, pair.1), (pair.1, pair.0)]
                .iter()
                .any(|(id, other)| id == other || self.is_silent(*id, *other))
            && self.contradict(pair.0, pair.1);
        let id = self.with_docs_of_both(left, right, united, excludes, site);
        if let Some(choice) = choice {
            self.pending.insert(id, choice);
        }
        id
    }

    fn unite_kinds(&mut self, pair: (SchemaId, SchemaId), site: &Site, open: &mut Open) -> United {
        if self.is_silent(pair.0, pair.1) {
            return United::Right;
        }
        if self.is_silent(pair.1, pair.0) {
            return United::Left;
        }
        let changed = match (&self.schemas[pair.0.0].kind, &self.schemas[pair.1.0].kind) {
            (Kind::Array(first), Kind::Array(second)) => {
                let (first, second) = (*first, *second);
                let items = self.unite(first, second, &site.below(&["items"], "item"), open);
                (items != second).then_some(Kind::Array(items))
            }
            (left, right) => match (as_object(left), as_object(right)) {
                (Some(first), Some(second)) => {
                    let united = self.unite_objects(first, &second, site, open);
                    match self.closed_by(pair, united.as_ref().unwrap_or(&second), site) {
                        Some(closed) => Some(Kind::Object(closed)),
                        None => united.map(object_kind),
                    }
                }
                _ => return self.narrow(pair, site),
            },
        };
        changed.map_or(United::Right, United::New)
    }

    /// Whether a schema says nothing that the one beside it does not.
    pub(super) fn is_silent(&self, id: SchemaId, beside: SchemaId) -> bool {
        if self.pending.contains_key(&id) {
            return false;
        }
        match &self.schemas[id.0].kind {
            Kind::Any(Untyped::DocumentSays) => true,
            Kind::Any(Untyped::AnyObject) => {
                let other = &self.schemas[beside.0].kind;
                matches!(other, Kind::Object(_) | Kind::Map(_) | Kind::Union(_))
                    || self.pending.contains_key(&beside)
            }
            _ => false,
        }
    }

    /// A schema of that kind with what both say about the value: one of them, where it says all.
    /// Where the later `excludes` the earlier, nothing but words is taken from that.
    fn with_docs_of_both(
        &mut self,
        left: SchemaId,
        right: SchemaId,
        united: United,
        excludes: bool,
        site: &Site,
    ) -> SchemaId {
        let (mut earlier, mut later) = (self.said(left), self.said(right));
        if excludes {
            let docs = &mut earlier.docs;
            (docs.constraints, docs.format, docs.default) = Default::default();
        }
        let (one, other) = (self.target(left), self.target(right));
        let is_later_silent = self.is_silent(other, one) && !self.is_silent(one, other);
        let is_new = matches!(united, United::New(_));
        let is_listed = |kind: &Kind| matches!(kind, Kind::Enum(_) | Kind::IntegerEnum(_));
        if match &united {
            United::Left => is_listed(&self.schemas[one.0].kind),
            United::Right => is_listed(&self.schemas[other.0].kind),
            United::New(kind) => is_listed(kind),
        } {
            // The type says which values there are.
            for said in [&mut earlier, &mut later] {
                said.docs.constraints.retain(|rule| !matches!(rule, Constraint::OneOf(_)));
            }
        }
        let mut said = Said {
            docs: self.docs_of_both(&earlier.docs, &later.docs, site),
            nullable: match is_later_silent {
                true => earlier.nullable || later.nullable,
                false => later.nullable && (earlier.nullable || !is_new),
            },
            // A schema that says what the value is says which way it goes too: many declare anew what
            // their base has for answers alone, so that it is sent.
            read_only: later.read_only || (is_later_silent && earlier.read_only),
            write_only: later.write_only || (is_later_silent && earlier.write_only),
        };
        let default_of =
            |id| self.second_names(id).find_map(|id| self.schemas[id.0].default.clone());
        let (before, after) = (default_of(left).filter(|_| !excludes), default_of(right));
        let (default, unfit) = {
            let kind = match &united {
                United::Left => self.kind_of(left),
                United::Right => self.kind_of(right),
                United::New(kind) => self.said_kind(kind),
            };
            let fits = |value: &&Value| problem(value, kind).is_none();
            let default = after.as_ref().filter(fits).or(before.as_ref().filter(fits)).cloned();
            // Of what is no value of its own schema another warning tells.
            let own = |value: &&Value, id| problem(value, self.kind_of(id)).is_none();
            let unfit = after.as_ref().filter(|value| own(value, right));
            let unfit = unfit.or(before.as_ref().filter(|value| own(value, left)));
            let unfit = unfit.filter(|_| default.is_none()).map(ToString::to_string);
            (default, unfit)
        };
        self.report_defaults(before.as_ref(), after.as_ref(), default.as_ref(), &site.at);
        if default.is_some() {
            said.docs.default = default.as_ref().map(ToString::to_string);
        }
        let kind = match united {
            United::Left if said == earlier => return left,
            United::Right if said == later => return right,
            United::Left => self.values_of(left),
            United::Right => self.values_of(right),
            United::New(kind) => kind,
        };
        let lost = if excludes { right } else { left };
        let chain = || self.second_names(right).chain(self.second_names(lost));
        let format = chain().find_map(|id| self.schemas[id.0].format.clone());
        let is_binary = chain().any(|id| self.binary.contains(&id));
        let is_closed = [one, other].iter().any(|id| self.closed.contains(id));
        if let Some(unfit) = unfit {
            let message = format!(
                "the default `{unfit}` is no value of all the schemas of this value: it is documented only"
            );
            self.warn(Code::Ignored, message, &site.at, "make it a value of all of them");
        }
        let id = self.made_up(site, said.docs, kind);
        if is_closed {
            self.closed.insert(id);
        }
        if is_binary {
            self.binary.insert(id);
        }
        let slot = &mut self.schemas[id.0];
        slot.nullable = said.nullable;
        slot.read_only = said.read_only;
        slot.write_only = said.write_only;
        slot.default = default;
        slot.format = format;
        id
    }

    /// The kind of a schema with the values of this one: a second name, where there is a first.
    pub(super) fn values_of(&self, id: SchemaId) -> Kind {
        let target = self.target(id);
        let named = self.second_names(id).find(|id| self.schemas[id.0].is_component());
        let kind = &self.schemas[target.0].kind;
        let is_scalar =
            matches!(kind, Kind::Boolean | Kind::Integer(_) | Kind::Number(_) | Kind::String(_));
        match named {
            None if is_scalar => kind.clone(),
            named => Kind::Alias(named.unwrap_or(target)),
        }
    }

    fn said_kind<'k>(&'k self, kind: &'k Kind) -> &'k Kind {
        if let Kind::Alias(target) = kind { self.kind_of(*target) } else { kind }
    }

    /// The words of the later schema, or else those of the earlier, and the rules of both. Each of
    /// many schemas may repeat the rules of those before it, so that they are paid for.
    fn docs_of_both(&mut self, earlier: &Docs, later: &Docs, site: &Site) -> Docs {
        let mut docs = later.clone().over(earlier);
        if !earlier.constraints.is_empty()
            && docs.constraints.len() > later.constraints.len()
            && self.allowance.spend(docs.constraints.len()).is_err()
        {
            let message = "the schemas of this value have too many rules for all to be told";
            let help = "write the rules once; those of the last schema are told";
            self.warn(Code::Ignored, message, &site.at, help);
            docs.constraints.clone_from(&later.constraints);
        }
        docs
    }

    /// Tells of two defaults of one value, of which the later is taken, or else the one that is a value
    /// of its type.
    pub(super) fn report_defaults(
        &mut self,
        earlier: Option<&Value>,
        later: Option<&Value>,
        taken: Option<&Value>,
        at: &Pointer,
    ) {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && earlier != later
        {
            let message = format!(
                "the default of this value is `{earlier}` by one schema and `{later}` by another"
            );
            let help = match taken == Some(earlier) {
                true => {
                    "the earlier one is taken, as the later is no such value; take one of them out"
                }
                false => "the later one is taken; take one of them out",
            };
            self.warn(Code::Ignored, message, at, help);
        }
    }

    /// What the document says of a value: the first words on the way to it, and every rule.
    pub(super) fn docs_of(&self, id: SchemaId) -> Docs {
        self.said(id).docs
    }

    fn said(&self, id: SchemaId) -> Said {
        let own = &self.schemas[id.0];
        let mut said = Said {
            docs: own.docs.clone(),
            nullable: own.nullable,
            read_only: own.read_only,
            write_only: own.write_only,
        };
        for next in self.second_names(id).skip(1) {
            let next = &self.schemas[next.0];
            said.docs = said.docs.over(&next.docs);
            said.nullable |= next.nullable;
            said.read_only |= next.read_only;
            said.write_only |= next.write_only;
        }
        said
    }

    /// The schema behind second names, which is lowered if that was put off.
    pub(super) fn known(&mut self, id: SchemaId) -> SchemaId {
        let mut known = self.target(id);
        while self.later.contains_key(&known) {
            self.lower_now(known);
            known = self.target(known);
        }
        known
    }

    /// A choice that is not settled yet takes the properties of an object along: they are what the
    /// schema says beside it.
    fn unite_choice(
        &mut self,
        pair: (SchemaId, SchemaId),
        site: &Site,
        open: &mut Open,
    ) -> Option<super::union::Pending> {
        let object = |id: SchemaId| as_object(&self.schemas[id.0].kind);
        let own = match (object(pair.0), self.pending.get(&pair.1)) {
            (Some(first), Some(choice)) => {
                let second = choice.own.clone();
                (self.unite_objects(first, &second, site, open)?, pair.1)
            }
            _ => {
                let (choice, second) = (self.pending.get(&pair.0)?, object(pair.1)?);
                let first = choice.own.clone();
                let own = self.unite_objects(first, &second, site, open).unwrap_or(second);
                (own, pair.0)
            }
        };
        let (own, choice) = own;
        let mut choice = self.pending.get(&choice)?.clone();
        choice.own = own;
        choice.base = self.base_of(site);
        Some(choice)
    }

    /// An object without the further properties that one of the two it is made of does not allow.
    fn closed_by(
        &mut self,
        pair: (SchemaId, SchemaId),
        united: &Object,
        site: &Site,
    ) -> Option<Object> {
        let is_closed = [pair.0, pair.1].iter().any(|id| self.closed.contains(id));
        if !is_closed || united.additional.is_none() {
            return None;
        }
        self.closes(site);
        Some(Object { properties: united.properties.clone(), additional: None })
    }

    /// Tells of an object that may have further properties by one schema and none by another.
    pub(super) fn closes(&mut self, site: &Site) {
        self.warn(
            Code::Ignored,
            "`additionalProperties` is `false` in one schema of this object and allows some in another",
            &site.at,
            "it has the properties that are declared, and no others; take the `false` out, if there are",
        );
    }

    /// The properties of both; nothing where the second has all that the first has.
    fn unite_objects(
        &mut self,
        first: Object,
        second: &Object,
        site: &Site,
        open: &mut Open,
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
        let additional = match (first.additional, second.additional) {
            (Some(left), Some(right)) => {
                let below = site.below(&["additionalProperties"], "value");
                Some(self.unite(left, right, &below, open))
            }
            (left, right) => right.or(left),
        };
        changed |= additional != second.additional;
        changed.then_some(Object { properties, additional })
    }
}

/// The properties of an object, be they declared or not.
fn as_object(kind: &Kind) -> Option<Object> {
    match kind {
        Kind::Object(object) => Some(object.clone()),
        Kind::Map(values) => Some(Object { properties: Vec::new(), additional: Some(*values) }),
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
        | Kind::Union(_)
        | Kind::Foreign(_) => None,
    }
}
