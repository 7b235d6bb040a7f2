//! `allOf` of one type that is no object, said several times: the value is what all members say.
//!
//! ```yaml
//! allOf: [{$ref: '#/components/schemas/Text'}, {type: string, maxLength: 8}, {format: uuid}]
//! ```
//! is a `Uuid` with the rules of `Text` and of at most 8 characters. Members are put together one by
//! one (`both`); those that name no type have rules, a format or values for the type of the others.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lowerer;
use super::docs::schema_docs;
use super::keywords::{Keywords, TypeName};
use super::schema::{Site, own_default};
use crate::ir::{Constraint, Docs, Kind, SchemaId};

/// A member of an `allOf` with its place, what it is when its references are followed, and what that
/// says.
struct Member<'d> {
    site: Site,
    written: &'d ReferenceOr<Schema>,
    schema: &'d Schema,
    keywords: Keywords<'d>,
}

impl<'d> Lowerer<'d> {
    /// The kind of such an `allOf`, if the schema is one.
    pub(super) fn refined(
        &mut self,
        id: SchemaId,
        keywords: &Keywords<'d>,
        site: &Site,
    ) -> Option<Kind> {
        if !keywords.one_of.is_empty() || !keywords.any_of.is_empty() {
            return None;
        }
        let is_listed = super::scalar::kind_of_all(&keywords.values).is_some();
        let members = self.plain_members(keywords, is_listed, site)?;
        let types = members.iter().filter_map(|member| member.keywords.effective_type());
        let name = one_type(types.chain(keywords.effective_type()))?;
        let mut united = None;
        for member in &members {
            if let Some(next) = self.said_by(member, name, united) {
                united = Some(match united {
                    None => next,
                    Some(known) => self.both(known, next, &member.site),
                });
            }
        }
        if let Some(own) = self.said_beside(keywords, name, united, site) {
            united = Some(match united {
                None => own,
                Some(known) => self.both(known, own, site),
            });
        }
        let kind = self.stand_in(id, united?);
        let silent = members.iter().filter(|member| member.keywords.effective_type().is_none());
        let rules = silent.flat_map(|Member { keywords: said, .. }| {
            // What is listed for values of several types is a rule for those of one.
            let listed =
                (!said.values.is_empty()).then(|| Constraint::OneOf(said.written_values()));
            said.constraints.iter().cloned().chain(listed)
        });
        let rules = rules.collect();
        self.hold(id, rules);
        let in_place = |member: &&Member<'d>| matches!(member.written, ReferenceOr::Item(_));
        let in_place: Vec<&Schema> =
            members.iter().filter(in_place).map(|member| member.schema).collect();
        self.say_together(id, &in_place);
        let kind = self.listed_by_rules(id, kind, site);
        Some(kind)
    }

    /// The members that no other schema has a say in; nothing where one is composed itself, unless
    /// a list of values leaves it nothing to add.
    fn plain_members(
        &self,
        keywords: &Keywords<'d>,
        is_listed: bool,
        site: &Site,
    ) -> Option<Vec<Member<'d>>> {
        let mut members = Vec::with_capacity(keywords.all_of.len());
        for (index, written) in keywords.all_of.iter().enumerate() {
            let found = self.raw(written).map(|schema| (schema, Keywords::of(schema)));
            match found.filter(|(_, said)| !said.is_composed()) {
                Some((schema, keywords)) => {
                    let at = site.at.push("allOf").index(index);
                    let site = Site { at, path: site.path.clone() };
                    members.push(Member { site, written, schema, keywords });
                }
                None if is_listed => {}
                None => return None,
            }
        }
        Some(members)
    }

    /// The schema of a member that says what the value is, by itself or given the type of the others.
    fn said_by(
        &mut self,
        member: &Member<'d>,
        name: TypeName,
        known: Option<SchemaId>,
    ) -> Option<SchemaId> {
        let said = &member.keywords;
        if said.effective_type().is_some() {
            return Some(self.schema(member.written.into(), &member.site));
        }
        said.format.as_ref()?;
        let said = Keywords {
            type_name: Some(name),
            constraints: Vec::new(),
            ..Keywords::of(member.schema)
        };
        Some(self.of_keywords(&said, known, &member.site))
    }

    /// What the schema itself says of the value beside its `allOf`, where that is more than its type.
    fn said_beside(
        &mut self,
        keywords: &Keywords<'d>,
        name: TypeName,
        known: Option<SchemaId>,
        site: &Site,
    ) -> Option<SchemaId> {
        let says_more =
            !keywords.values.is_empty() || keywords.format.is_some() || keywords.items.is_some();
        if !says_more && known.is_some() {
            return None;
        }
        let own = Keywords {
            type_name: keywords.type_name.or(Some(name)),
            format: keywords.format.clone(),
            values: keywords.values.clone(),
            digits: keywords.digits.clone(),
            items: keywords.items,
            extensions: keywords.extensions,
            ..Keywords::default()
        };
        Some(self.of_keywords(&own, known, site))
    }

    /// A schema of what these keywords say, rules aside, with what is known of the same value before.
    fn of_keywords(
        &mut self,
        keywords: &Keywords<'d>,
        known: Option<SchemaId>,
        site: &Site,
    ) -> SchemaId {
        let kind = self.plain(keywords, site);
        let docs = Docs {
            format: super::scalar::unsaid_format(&kind, keywords.format.as_deref()),
            ..Docs::default()
        };
        let id = self.made_up(site, docs, kind);
        // What names no type has no word on null.
        let is_nullable = known.is_some_and(|known| self.is_nullable(known));
        let slot = &mut self.schemas[id.0];
        slot.format.clone_from(&keywords.format);
        slot.nullable = is_nullable || keywords.values.iter().any(Value::is_null);
        id
    }

    /// The kind of a schema that is what another one is: a second name where that has a name, or else
    /// the other itself, with what is said of it.
    fn stand_in(&mut self, id: SchemaId, other: SchemaId) -> Kind {
        let known = self.schemas[other.0].clone();
        if known.is_component() {
            return Kind::Alias(other);
        }
        let slot = &mut self.schemas[id.0];
        slot.docs = std::mem::take(&mut slot.docs).over(&known.docs);
        slot.nullable |= known.nullable;
        slot.read_only |= known.read_only;
        slot.write_only |= known.write_only;
        slot.default = slot.default.take().or(known.default);
        slot.format = slot.format.take().or(known.format);
        known.kind
    }

    /// Says of a schema what the members of its `allOf` say that are written in place: the words of
    /// all of them, and which way the value goes.
    pub(super) fn say_together(&mut self, id: SchemaId, members: &[&Schema]) {
        let words = members.iter().map(|member| Docs {
            constraints: Vec::new(),
            ..schema_docs(member, &Keywords::default())
        });
        let words = Docs::of_all(words);
        let silent =
            members.iter().filter(|member| Keywords::of(member).effective_type().is_none());
        for member in members {
            // True of one member is true of the value (JSON Schema Validation, section 9.4).
            let slot = &mut self.schemas[id.0];
            slot.read_only |= member.schema_data.read_only;
            slot.write_only |= member.schema_data.write_only;
        }
        for member in silent {
            let slot = &mut self.schemas[id.0];
            slot.nullable |= member.schema_data.nullable;
            let at = slot.at.clone();
            let (known, new) = (slot.default.take(), own_default(member));
            self.report_defaults(known.as_ref(), new.as_ref(), new.as_ref(), &at);
            self.schemas[id.0].default = new.or(known);
        }
        let slot = &mut self.schemas[id.0];
        slot.docs = words.over(&std::mem::take(&mut slot.docs));
    }
}

/// The one type that all have, where that is no object: a whole number is a number.
fn one_type(types: impl Iterator<Item = TypeName>) -> Option<TypeName> {
    let mut found = None;
    for name in types {
        found = Some(match (found, name) {
            (None, name) => name,
            (Some(known), name) if known == name => name,
            (Some(TypeName::Integer), TypeName::Number)
            | (Some(TypeName::Number), TypeName::Integer) => TypeName::Integer,
            (Some(_), _) => return None,
        });
    }
    found.filter(|name| *name != TypeName::Object)
}
