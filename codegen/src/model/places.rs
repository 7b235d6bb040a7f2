//! What the document says of values that have no docs of their own in Rust: the places of a tuple, the
//! items of a list, the values of a map, whatever is a `String` or a number.
//!
//! ```yaml
//! prefixItems: [{type: number, description: Latitude in degrees, maximum: 90}, {type: number}]
//! ```
//! goes with whatever has the tuple, as `0: Latitude in degrees. At most 90.`, and
//!
//! ```yaml
//! {type: array, items: {type: array, items: {type: string, maxLength: 3}}}
//! ```
//! as `Each item of each item: At most 3 characters.`

use std::borrow::Cow;

use super::build::Context;
use super::{Docs, docs, markdown};
use crate::ir::{self, Kind, Payload, SchemaId};

/// Steps into a value that are spelled out; of more of them the number is told.
const SPELLED: usize = 3;

/// The way from a value to what is inside of it.
struct Inside {
    /// `item` or `value`, the innermost last.
    steps: Vec<&'static str>,
    /// The lists, maps and tuples on the way: one that holds itself is told of once.
    open: Vec<SchemaId>,
    told: Vec<Docs>,
}

impl Context<'_> {
    /// What is inside of a value and has no docs of its own: the places of a tuple, the items of a list,
    /// the values of a map, and what is inside of these; nothing where the document says nothing of any.
    pub(super) fn insides(&self, id: SchemaId) -> Option<Docs> {
        let mut inside = Inside { steps: Vec::new(), open: Vec::new(), told: Vec::new() };
        self.look_inside(id, &mut inside);
        inside.joined()
    }

    /// The same for a map of which only the schema of its values is known.
    pub(super) fn insides_of_values(&self, values: SchemaId) -> Option<Docs> {
        let mut inside = Inside { steps: Vec::new(), open: Vec::new(), told: Vec::new() };
        self.look_at("value", values, &mut inside);
        inside.joined()
    }

    fn look_inside(&self, id: SchemaId, inside: &mut Inside) {
        let id = self.api.resolve(id);
        if inside.open.contains(&id) {
            return;
        }
        inside.open.push(id);
        match &self.api.schema(id).kind {
            Kind::Array(items) => self.look_at("item", *items, inside),
            Kind::Map(values) => self.look_at("value", *values, inside),
            Kind::Tuple(places) => {
                let title = match inside.steps.is_empty() {
                    true => "Its places:".to_owned(),
                    false => format!("The places of {}:", inside.way()),
                };
                let lines: Vec<Docs> = places
                    .iter()
                    .enumerate()
                    .filter_map(|(index, place)| self.place(index, *place, &inside.open))
                    .collect();
                if !lines.is_empty() {
                    inside.told.push(docs::join(vec![vec![title], lines.concat()]));
                }
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Object(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => {}
        }
        inside.open.pop();
    }

    /// What is said of the items or values one step further in, and of what is inside of them.
    fn look_at(&self, step: &'static str, inner: SchemaId, inside: &mut Inside) {
        inside.steps.push(step);
        if let Some(said) = self.said_here(inner) {
            let way = inside.way();
            let mut letters = way.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let title = format!("{}:", first.chain(letters).collect::<String>());
            inside.told.extend(self.behind(&title, &said));
        }
        self.look_inside(inner, inside);
        inside.steps.pop();
    }

    /// What a schema says, behind a title: in a line, or as an item of a list where that is too long.
    fn behind(&self, title: &str, said: &ir::Docs) -> Option<Docs> {
        let is_long = |words: &String| words.trim().contains('\n');
        if said.description.as_ref().is_some_and(is_long) {
            return Some(markdown::behind(format!("- {title}"), docs::of_schema(said, "")));
        }
        let words = docs::in_a_line(said);
        (!words.is_empty()).then(|| vec![format!("{title} {words}")])
    }

    /// A place of a tuple, with what is inside of it.
    fn place(&self, index: usize, place: SchemaId, open: &[SchemaId]) -> Option<Docs> {
        let words = docs::in_a_line(&self.api.docs(place));
        let mut inside = Inside { steps: Vec::new(), open: open.to_vec(), told: Vec::new() };
        self.look_inside(place, &mut inside);
        let own = (!words.is_empty()).then(|| vec![words]);
        let all = docs::join(own.into_iter().chain(inside.told).collect());
        (!all.is_empty()).then(|| markdown::behind(format!("- {index}:"), all))
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

    /// What the document says of an answer that no type tells.
    pub(super) fn payload_docs(&self, payload: &Payload) -> Option<Docs> {
        match payload {
            Payload::Json { schema, .. } => self.answer_docs(*schema),
            Payload::Text { raw, .. } | Payload::Bytes { raw, .. } => {
                let words = docs::in_a_line(&raw.docs);
                (!words.is_empty()).then(|| vec![format!("The answer: {words}")])
            }
            Payload::Empty | Payload::Stream { .. } => None,
        }
    }

    /// The answer of an operation: what the document says of it, and of what is inside, where its
    /// type does not.
    fn answer_docs(&self, id: SchemaId) -> Option<Docs> {
        let words = self.said_here(id).map(|words| docs::in_a_line(&words)).unwrap_or_default();
        let own = (!words.is_empty()).then(|| vec![format!("The answer: {words}")]);
        let sections: Vec<Docs> = own.into_iter().chain(self.insides(id)).collect();
        (!sections.is_empty()).then(|| docs::join(sections))
    }
}

impl Inside {
    /// `each item of each value`: the innermost first.
    fn way(&self) -> String {
        match self.steps.last() {
            Some(step) if self.steps.len() > SPELLED => {
                format!("each {step} {} levels down", self.steps.len())
            }
            _ => {
                let steps: Vec<String> =
                    self.steps.iter().rev().map(|step| format!("each {step}")).collect();
                steps.join(" of ")
            }
        }
    }

    fn joined(self) -> Option<Docs> {
        (!self.told.is_empty()).then(|| docs::join(self.told))
    }
}
