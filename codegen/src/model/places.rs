//! What the document says of the places of a tuple, which have no docs of their own in Rust.
//!
//! ```yaml
//! prefixItems: [{type: number, description: Latitude in degrees, maximum: 90}, {type: number}]
//! ```
//! goes with whatever has the tuple, as `0: Latitude in degrees. At most 90.`

use super::build::Context;
use super::{Docs, docs};
use crate::ir::{Kind, SchemaId};

const EACH: &str = "The places of each item:";

impl Context<'_> {
    /// The places of a value that is a tuple, or of those it is a list or map of; nothing where the
    /// document says nothing of any.
    pub(super) fn places(&self, id: SchemaId) -> Option<Docs> {
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

    /// The answer of an operation that is a tuple: what the document says of it and of its places.
    pub(super) fn tuple_docs(&self, id: SchemaId) -> Option<Docs> {
        let is_tuple = matches!(self.api.resolved(id).kind, Kind::Tuple(_));
        let words = docs::in_a_line(&self.api.docs(id));
        let own = (is_tuple && !words.is_empty()).then(|| vec![format!("The answer: {words}")]);
        let sections: Vec<Docs> = own.into_iter().chain(self.places(id)).collect();
        (!sections.is_empty()).then(|| docs::join(sections))
    }
}
