//! Alternatives that are one: texts, numbers.

use super::super::Lowerer;
use super::super::schema::Site;
use super::super::union::Alternative;
use crate::ir::{Docs, EnumValue, Kind, NumberFormat, StringFormat};

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
        for (index, one) in alternatives.iter().enumerate() {
            let Some(group) = groups[index] else {
                out.push(one.clone());
                continue;
            };
            let members: Vec<&Alternative> = alternatives
                .iter()
                .zip(&groups)
                .filter(|(_, known)| **known == Some(group))
                .map(|(member, _)| member)
                .collect();
            match members.as_slice() {
                [only] => out.push((*only).clone()),
                [first, ..] if first.at == one.at => {
                    let kind = self.together(group, &members);
                    let name = match group {
                        Group::Text => "text",
                        Group::Number => "number",
                        Group::Boolean => "boolean",
                    };
                    let below = Site { at: one.at.clone(), path: site.path.clone() };
                    // Alone it is the choice itself, and has its name.
                    let alone = groups.iter().all(|known| *known == Some(group));
                    let below = if alone { below } else { below.below(&[], name) };
                    let is_made = kind.is_some();
                    let schema = match kind {
                        None => first.schema,
                        Some(kind) => self.made_up(&below, Docs::default(), kind),
                    };
                    out.push(Alternative { schema, is_made, name: name.to_owned(), ..one.clone() });
                }
                _ => {}
            }
        }
        out
    }

    fn group(&self, one: &Alternative) -> Option<Group> {
        match &self.schemas[self.target(one.schema).0].kind {
            Kind::String(_) | Kind::Enum(_) => Some(Group::Text),
            Kind::Integer(_) | Kind::Number(_) => Some(Group::Number),
            Kind::Boolean => Some(Group::Boolean),
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Array(_)
            | Kind::Map(_)
            | Kind::Object(_)
            | Kind::Union(_) => None,
        }
    }

    /// One kind for all members; nothing where they are alike already.
    fn together(&self, group: Group, members: &[&Alternative]) -> Option<Kind> {
        let kinds: Vec<&Kind> =
            members.iter().map(|one| &self.schemas[self.target(one.schema).0].kind).collect();
        match group {
            Group::Boolean => None,
            Group::Number => {
                let mut formats = kinds.iter().map(|kind| match kind {
                    Kind::Integer(format) => Some(*format),
                    _ => None,
                });
                let first = formats.next().flatten();
                let same = first.is_some() && formats.all(|format| format == first);
                (!same).then_some(Kind::Number(NumberFormat::Double))
            }
            Group::Text => {
                let mut values: Vec<EnumValue> = Vec::new();
                let mut formats: Vec<StringFormat> = Vec::new();
                for kind in kinds {
                    match kind {
                        Kind::Enum(listed) => {
                            for value in listed {
                                if !values.iter().any(|known| known.wire == value.wire) {
                                    let index = values.len();
                                    values.push(EnumValue { index, ..value.clone() });
                                }
                            }
                        }
                        Kind::String(format) => formats.push(*format),
                        _ => {}
                    }
                }
                // Whatever is not listed is kept by an open enum.
                if !values.is_empty() {
                    return Some(Kind::Enum(values));
                }
                let same = formats.windows(2).all(|pair| pair[0] == pair[1]);
                (!same).then_some(Kind::String(StringFormat::Plain))
            }
        }
    }
}
