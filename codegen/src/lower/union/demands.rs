//! Choices of what has to be there: alternatives that name properties and describe none.
//!
//! ```yaml
//! anyOf: [{required: [email]}, {required: [phone]}]
//! ```
//! is no shape of a value. A rule of the schema around it says it.

use openapiv3::{ReferenceOr, Schema as RawSchema};

use super::super::Lowerer;
use super::super::compose::Choice;
use super::super::docs::schema_docs;
use super::super::keywords::{Keywords, TypeName};
use super::super::words::{ONE_OF_SEVERAL, quoted};
use crate::diagnostics::Code;
use crate::ir::{Constraint, SchemaId};

impl<'d> Lowerer<'d> {
    /// Whether a choice is one of what has to be there alone, which is no shape of a value: a rule then
    /// says it.
    pub(super) fn demand(&mut self, id: SchemaId, choice: &Choice<'d>) -> bool {
        let rule = |one: &'d ReferenceOr<RawSchema>| match one {
            ReferenceOr::Item(schema) => {
                let keywords = Keywords::of(schema);
                let asks_for_nothing = || asks_for_nothing(schema, &keywords).then(Vec::new);
                only_requires(&keywords).or_else(asks_for_nothing)
            }
            ReferenceOr::Reference { .. } => None,
        };
        let lists: Option<Vec<Vec<String>>> = choice.list.iter().map(rule).collect();
        let Some(lists) = lists else { return false };
        if lists.iter().all(Vec::is_empty) {
            return false;
        }
        self.say_of_demands(id, choice, &lists);
        if lists.iter().any(Vec::is_empty) {
            self.tell_of_rules_beside(choice);
        } else {
            self.demands.entry(id).or_default().push(Constraint::RequiresOneOf(lists));
        }
        true
    }

    /// The words of alternatives that say what has to be there, each with what it is about.
    fn say_of_demands(&mut self, id: SchemaId, choice: &Choice<'d>, lists: &[Vec<String>]) {
        for (one, names) in choice.list.iter().zip(lists) {
            let ReferenceOr::Item(schema) = one else { continue };
            let about = match quoted(names.iter().map(String::as_str)) {
                Some(names) => format!("With {names}"),
                None => ONE_OF_SEVERAL.to_owned(),
            };
            let words = schema_docs(schema, &Keywords::of(schema));
            self.say_of(id, &about, &words);
        }
    }

    /// Tells of alternatives with rules of their own beside one by which something has to be there.
    fn tell_of_rules_beside(&mut self, choice: &Choice<'d>) {
        for (index, one) in choice.list.iter().enumerate() {
            let ReferenceOr::Item(schema) = one else { continue };
            let keywords = Keywords::of(schema);
            let has_rules = keywords.constraints.iter().any(|rule| *rule != Constraint::Not);
            if has_rules && only_requires(&keywords).is_none() {
                let message = "this alternative has rules, and others say what has to be there: neither is \
                               told, and nothing has to be there";
                let at = choice.site.at.push(choice.word.as_str()).index(index);
                self.warn(
                    Code::Ignored,
                    message,
                    &at,
                    "write the rules beside the choice, if they always hold",
                );
            }
        }
    }
}

/// The properties that an alternative asks for, if it says nothing else.
pub(in crate::lower) fn only_requires(keywords: &Keywords<'_>) -> Option<Vec<String>> {
    let has_no_rule = keywords.constraints.iter().all(|rule| *rule == Constraint::Not);
    let only = has_no_shape(keywords) && has_no_rule && !keywords.required.is_empty();
    only.then(|| keywords.required.to_vec())
}

/// The same of one that may have rules besides.
pub(super) fn requires_of_any(keywords: &Keywords<'_>) -> Option<Vec<String>> {
    let is_object = matches!(keywords.effective_type(), None | Some(TypeName::Object));
    let only = is_object && has_no_shape(keywords) && !keywords.required.is_empty();
    only.then(|| keywords.required.to_vec())
}

/// Whether an alternative admits an object of any properties, its rules aside: beside one that requires
/// some, nothing has to be there.
fn asks_for_nothing(schema: &RawSchema, keywords: &Keywords<'_>) -> bool {
    matches!(keywords.effective_type(), None | Some(TypeName::Object))
        && keywords.unknown_type.is_none()
        && !schema.schema_data.nullable
        && keywords.required.is_empty()
        && has_no_shape(keywords)
}

/// Whether nothing is said of properties, items and values.
fn has_no_shape(keywords: &Keywords<'_>) -> bool {
    keywords.properties.is_empty()
        && keywords.additional.is_none()
        && keywords.items.is_none()
        && keywords.values.is_empty()
        && !keywords.is_composed()
}
