//! What the document says of values that have no docs of their own in Rust: the places of a tuple, the
//! items of a list, the values of a map, whatever is a `String` or a number.
//!
//! ```yaml
//! prefixItems: [{type: number, description: Latitude in degrees, maximum: 90}, {type: number}]
//! ```
//! goes with whatever has the tuple, as `0: Latitude in degrees. At most 90.`

use std::borrow::Cow;

use super::build::Context;
use super::{Docs, docs, markdown};
use crate::ir::{self, Kind, SchemaId};

const EACH: &str = "The places of each item:";

impl Context<'_> {
    /// What is inside of a value: the places of a tuple, or of those it is a list or map of, or else
    /// the items or values; nothing where the document says nothing of any.
    pub(super) fn insides(&self, id: SchemaId) -> Option<Docs> {
        self.places(id).or_else(|| {
            let (inner, title) = match self.api.resolved(id).kind {
                Kind::Array(inner) => (inner, "Each item:"),
                Kind::Map(inner) => (inner, "Each value:"),
                _ => return None,
            };
            let said = self.said_here(inner)?;
            let is_long = |words: &String| words.trim().contains('\n');
            if said.description.as_ref().is_some_and(is_long) {
                return Some(markdown::behind(format!("- {title}"), docs::of_schema(&said, "")));
            }
            let words = docs::in_a_line(&said);
            (!words.is_empty()).then(|| vec![format!("{title} {words}")])
        })
    }

    fn places(&self, id: SchemaId) -> Option<Docs> {
        let mut title = "Its places:";
        let mut schema = self.api.resolved(id);
        while let Kind::Array(inner) | Kind::Map(inner) = schema.kind {
            // Lists of lists are left alone, and with them those that hold themselves.
            if title == EACH {
                return None;
            }
            title = EACH;
            schema = self.api.resolved(inner);
        }
        let Kind::Tuple(places) = &schema.kind else { return None };
        let lines = places.iter().enumerate().filter_map(|(index, place)| {
            let words = docs::in_a_line(&self.api.docs(*place));
            (!words.is_empty()).then(|| format!("- {index}: {words}"))
        });
        let lines: Vec<String> = lines.collect();
        let all = docs::join(vec![vec![title.to_owned()], lines.clone()]);
        (!lines.is_empty()).then_some(all)
    }

    /// What the document says of a value and no type of its own tells: all of it, where the value has
    /// no such type, else what is said at this place.
    pub(super) fn said_here(&self, id: SchemaId) -> Option<Cow<'_, ir::Docs>> {
        let target = self.api.resolve(id);
        let has_page = match &self.api.schema(target).kind {
            Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => true,
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Map(_) => self.wishes.checked.rules(target).is_some(),
        };
        let own = self.api.schema(id);
        let docs = match has_page {
            false => self.api.docs(id),
            true if id != target && !own.is_component() => Cow::Borrowed(&own.docs),
            true => return None,
        };
        (*docs != ir::Docs::default()).then_some(docs)
    }

    /// The answer of an operation: what the document says of it, and of what is inside, where its
    /// type does not.
    pub(super) fn answer_docs(&self, id: SchemaId) -> Option<Docs> {
        let words = self.said_here(id).map(|words| docs::in_a_line(&words)).unwrap_or_default();
        let own = (!words.is_empty()).then(|| vec![format!("The answer: {words}")]);
        let sections: Vec<Docs> = own.into_iter().chain(self.insides(id)).collect();
        (!sections.is_empty()).then(|| docs::join(sections))
    }
}
