//! Alternatives that are one: texts, numbers, several values of a tag.

use std::collections::BTreeSet;
use std::mem;

use serde_json::Value;

use super::super::Lowerer;
use super::super::scalar::is_unsigned;
use super::super::schema::Site;
use super::super::union::{Alternative, Pending};
use super::super::words::{ONE_OF_SEVERAL, quoted};
use crate::diagnostics::Code;
use crate::ir::{
    Constraint, Docs, EnumValue, IntegerEnum, IntegerFormat, Kind, NumberFormat, Object, SchemaId,
    StringFormat, one_holds,
};

/// What alternatives can be put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Text,
    Number,
    Boolean,
}

impl Lowerer<'_> {
    /// Puts all texts together and all numbers, each where the first of them stood.
    pub(super) fn one_text_one_number(
        &mut self,
        alternatives: Vec<Alternative>,
        site: &Site,
    ) -> Vec<Alternative> {
        let mut out: Vec<Alternative> = Vec::with_capacity(alternatives.len());
        let groups: Vec<Option<Group>> = alternatives.iter().map(|one| self.group(one)).collect();
        let mut done: Vec<Group> = Vec::new();
        for (one, group) in alternatives.iter().zip(&groups) {
            let Some(group) = *group else {
                out.push(one.clone());
                continue;
            };
            if done.contains(&group) {
                continue;
            }
            done.push(group);
            let members = alternatives.iter().zip(&groups);
            let members = members.filter(|(_, known)| **known == Some(group));
            let members: Vec<&Alternative> = members.map(|(member, _)| member).collect();
            // Alone it is the choice itself, and has its name.
            let is_alone = groups.iter().all(|known| *known == Some(group));
            out.push(match members.as_slice() {
                [only] => (*only).clone(),
                _ => self.one_of_group(group, &members, is_alone, site),
            });
        }
        out
    }

    /// One alternative for several of a group, where the first of them stood.
    fn one_of_group(
        &mut self,
        group: Group,
        members: &[&Alternative],
        is_alone: bool,
        site: &Site,
    ) -> Alternative {
        let first = members[0];
        let kind = self.together(group, members);
        let rules: Vec<Vec<Constraint>> = self.rules_of_each(members, kind.as_ref());
        let name = match group {
            Group::Text => "text",
            Group::Number => "number",
            Group::Boolean => "boolean",
        };
        let below = Site { at: first.at.clone(), path: site.path.clone() };
        let below = if is_alone { below } else { below.below(&[], name) };
        let words = self.words_of_all(members, kind.as_ref());
        let says_no_more = words == Docs::default() || words == self.words_in_place(first);
        let are_alike = says_no_more && rules.windows(2).all(|pair| pair[0] == pair[1]);
        let (schema, is_made) = match kind {
            None if are_alike => (first.schema, false),
            kind => {
                let kind = kind.unwrap_or_else(|| self.kind_of(first.schema).clone());
                let docs = Docs { constraints: one_holds(rules), ..words };
                (self.made_up(&below, docs, kind), true)
            }
        };
        Alternative { schema, is_made, name: name.to_owned(), ..first.clone() }
    }

    /// What is said of several alternatives that become one. Of one that is a single value among others
    /// of a list the value says it.
    fn words_of_all(&mut self, members: &[&Alternative], made: Option<&Kind>) -> Docs {
        let is_list = matches!(made, Some(Kind::Enum(_) | Kind::IntegerEnum(_)));
        let others = members.iter().filter(|one| !is_list || self.only_value(one).is_none());
        let others: Vec<(&Alternative, Docs)> =
            others.map(|one| (*one, self.words_in_place(one))).collect();
        let deprecated =
            others.len() == members.len() && others.iter().all(|(_, docs)| docs.deprecated);
        for (one, docs) in &others {
            if docs.deprecated && !deprecated {
                self.warn(
                    Code::Ignored,
                    "this alternative is deprecated, and others that are of the same type are not",
                    &one.at,
                    "a value does not tell which of them it is: say it in the description",
                );
            }
        }
        // Words that are true of every value say so themselves, as do those of all that are alike.
        let all_speak = others.len() == members.len()
            && others
                .iter()
                .all(|(one, docs)| docs.has_words() && self.values_of_one(one).is_none());
        let mut said: Vec<Docs> = Vec::with_capacity(others.len());
        for (one, docs) in others {
            let text = match all_speak {
                true => None,
                false => docs.about(&self.about(one, members)),
            };
            said.push(match text {
                Some(text) => Docs { summary: None, description: Some(text), ..docs },
                None => docs,
            });
        }
        Docs { deprecated, ..Docs::of_all(said) }
    }

    /// What the words of one of several alternatives of a type are about.
    fn about(&self, one: &Alternative, members: &[&Alternative]) -> String {
        let is_alone = members.iter().filter(|one| self.values_of_one(one).is_none()).count() == 1;
        match self.values_of_one(one) {
            Some(values) => quoted(values.iter().map(String::as_str)),
            None => is_alone.then(|| "Any other".to_owned()),
        }
        .unwrap_or_else(|| ONE_OF_SEVERAL.to_owned())
    }

    /// The values that an alternative lists.
    fn values_of_one(&self, one: &Alternative) -> Option<Vec<String>> {
        match self.kind_of(one.schema) {
            Kind::Enum(values) | Kind::IntegerEnum(IntegerEnum { values, .. }) => {
                Some(values.iter().map(|value| value.wire.clone()).collect())
            }
            _ => self.docs_of(one.schema).constraints.into_iter().find_map(|rule| match rule {
                Constraint::OneOf(values) => Some(values),
                _ => None,
            }),
        }
    }

    /// What an alternative says besides rules. A component has a place of its own to say it.
    pub(super) fn words_in_place(&self, one: &Alternative) -> Docs {
        let schema = &self.schemas[one.schema.0];
        if schema.is_component() {
            return Docs::default();
        }
        Docs { constraints: Vec::new(), format: None, ..schema.docs.clone() }
    }

    /// The value of an alternative that is this one alone, with what is said of it.
    fn only_value(&self, one: &Alternative) -> Option<EnumValue> {
        let values = match self.kind_of(one.schema) {
            Kind::Enum(values) => values,
            Kind::IntegerEnum(IntegerEnum { values, .. }) => values,
            _ => return None,
        };
        let [value] = values.as_slice() else { return None };
        let docs = self.words_in_place(one);
        Some(EnumValue {
            name: value.name.clone().or(docs.summary),
            description: value.description.clone().or(docs.description),
            deprecated: value.deprecated || docs.deprecated,
            ..value.clone()
        })
    }

    /// The rules of each of several alternatives that become one of this kind, with what their types
    /// say and that one does not.
    fn rules_of_each(&self, members: &[&Alternative], made: Option<&Kind>) -> Vec<Vec<Constraint>> {
        let said = |one: &&Alternative| {
            let docs = self.docs_of(one.schema);
            let format = docs.format.or_else(|| match (self.kind_of(one.schema), made) {
                (Kind::String(format), Some(Kind::String(StringFormat::Plain)))
                    if *format != StringFormat::Plain =>
                {
                    self.second_names(one.schema).find_map(|id| self.schemas[id.0].format.clone())
                }
                _ => None,
            });
            let mut rules = docs.constraints;
            rules.extend(format.map(Constraint::Format));
            rules
        };
        let mut rules: Vec<Vec<Constraint>> = members.iter().map(said).collect();
        // An open list says which values there are; beside rules it is one of several.
        let is_listed = |one: &Alternative| {
            matches!(self.kind_of(one.schema), Kind::Enum(_) | Kind::IntegerEnum(_))
        };
        if rules.iter().any(|rules| !rules.is_empty()) && !members.iter().all(|one| is_listed(one))
        {
            for (one, rules) in members.iter().zip(&mut rules) {
                let values: Vec<String> = match self.kind_of(one.schema) {
                    Kind::Enum(values) => values
                        .iter()
                        .map(|one| Value::from(one.wire.as_str()).to_string())
                        .collect(),
                    Kind::IntegerEnum(numbers) => {
                        numbers.values.iter().map(|one| one.wire.clone()).collect()
                    }
                    _ => continue,
                };
                rules.push(Constraint::OneOf(values));
            }
        }
        rules
    }

    /// Puts the values of a tag together that lead to one schema, if it declares the tag: the value's
    /// own field then says which it is. Any other has a variant for each, or it would be lost; so has
    /// one that declares it for one direction only, since it has no such field in the other.
    pub(super) fn one_variant_each(
        &self,
        alternatives: Vec<Alternative>,
        pending: &Pending,
    ) -> Vec<Alternative> {
        let Some(tag) = &pending.property else { return alternatives };
        let travels = |schema: SchemaId| {
            let (outer, inner) = (&self.schemas[schema.0], &self.schemas[self.target(schema).0]);
            ![outer, inner].iter().any(|one| one.read_only || one.write_only)
        };
        let declares = |object: &Object| {
            let mut properties = object.properties.iter();
            properties.any(|known| known.wire == *tag && travels(known.schema))
        };
        let mut out: Vec<Alternative> = Vec::with_capacity(alternatives.len());
        for one in alternatives {
            let target = self.target(one.schema);
            let says_which = match &self.schemas[target.0].kind {
                Kind::Object(object) => declares(object) || declares(&pending.own),
                _ => false,
            };
            match out.iter_mut().find(|known| says_which && self.target(known.schema) == target) {
                Some(known) => known.tags.extend(one.tags),
                None => out.push(one),
            }
        }
        out
    }

    fn group(&self, one: &Alternative) -> Option<Group> {
        match &self.schemas[self.target(one.schema).0].kind {
            Kind::String(_) | Kind::Enum(_) => Some(Group::Text),
            Kind::Integer(_) | Kind::IntegerEnum(_) | Kind::Number(_) => Some(Group::Number),
            Kind::Boolean => Some(Group::Boolean),
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => None,
        }
    }

    /// The kind of an alternative, with the places of its values; of one that is a single value with what
    /// is said of that.
    fn kind_with_words(&self, one: &Alternative) -> Kind {
        let mut kind = self.kind_of(one.schema).clone();
        let only = self.only_value(one);
        if let Kind::Enum(values) | Kind::IntegerEnum(IntegerEnum { values, .. }) = &mut kind {
            *values = only.map_or_else(|| mem::take(values), |only| vec![only]);
            let list = self.schemas[self.target(one.schema).0].at.push("enum");
            for value in values {
                value.at.get_or_insert_with(|| list.index(value.index));
            }
        }
        kind
    }

    /// One kind for all members; nothing where they are alike already.
    fn together(&self, group: Group, members: &[&Alternative]) -> Option<Kind> {
        let kinds: Vec<Kind> = members.iter().map(|one| self.kind_with_words(one)).collect();
        match group {
            Group::Boolean => None,
            Group::Number => numbers(&kinds),
            Group::Text => {
                let mut listed = Listed::default();
                let mut formats: Vec<StringFormat> = Vec::new();
                for kind in kinds {
                    match kind {
                        Kind::Enum(values) => listed.add(&values),
                        Kind::String(format) => formats.push(format),
                        _ => {}
                    }
                }
                // Whatever is not listed is kept by an open enum.
                if !listed.values.is_empty() {
                    return Some(Kind::Enum(listed.values));
                }
                let same = formats.windows(2).all(|pair| pair[0] == pair[1]);
                (!same).then_some(Kind::String(StringFormat::Plain))
            }
        }
    }
}

/// One kind for several of numbers; nothing where they are whole and alike already.
fn numbers(kinds: &[Kind]) -> Option<Kind> {
    let (mut listed, mut unsigned) = (Listed::default(), false);
    let mut formats: Vec<IntegerFormat> = Vec::new();
    for kind in kinds {
        match kind {
            Kind::IntegerEnum(numbers) => {
                listed.add(&numbers.values);
                unsigned |= numbers.unsigned;
            }
            Kind::Integer(format) => {
                formats.push(*format);
                unsigned |= *format == IntegerFormat::UInt64;
            }
            _ => return Some(Kind::Number(NumberFormat::Double)),
        }
    }
    if !listed.values.is_empty() {
        let format = if unsigned { IntegerFormat::UInt64 } else { IntegerFormat::Int64 };
        // Whatever is not listed is kept by an open enum.
        return Some(match is_unsigned(&listed.values, format) {
            Some(unsigned) => Kind::IntegerEnum(IntegerEnum { values: listed.values, unsigned }),
            None => Kind::Number(NumberFormat::Decimal),
        });
    }
    if formats.windows(2).all(|pair| pair[0] == pair[1]) {
        return None;
    }
    let has_no_sign = |format: &IntegerFormat| match format {
        IntegerFormat::UInt8
        | IntegerFormat::UInt16
        | IntegerFormat::UInt32
        | IntegerFormat::UInt64 => true,
        IntegerFormat::Int8
        | IntegerFormat::Int16
        | IntegerFormat::Int32
        | IntegerFormat::Int64 => false,
    };
    Some(match (formats.iter().all(has_no_sign), unsigned) {
        (true, _) => Kind::Integer(IntegerFormat::UInt64),
        (false, false) => Kind::Integer(IntegerFormat::Int64),
        // No integer of ours holds all of both.
        (false, true) => Kind::Number(NumberFormat::Double),
    })
}

/// The values of several enums, each once.
#[derive(Default)]
struct Listed {
    values: Vec<EnumValue>,
    known: BTreeSet<String>,
}

impl Listed {
    /// Adds the values that are not there yet.
    fn add(&mut self, more: &[EnumValue]) {
        for value in more {
            if self.known.insert(value.wire.clone()) {
                self.values.push(EnumValue { index: self.values.len(), ..value.clone() });
            }
        }
    }
}
