//! Schemas that contain themselves with no struct in between.
//!
//! A struct may contain itself, boxed. A list whose items are that very list, or a union whose only
//! alternatives are each other, has no Rust type: the type would be spelled without end. One schema
//! of each such circle stays JSON. The list is a sound document, with values such as `[[], [[]]]`; of a
//! schema that is nothing but itself no document can mean anything.

use super::Lowerer;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Kind, Schema, SchemaId, Untyped};

/// How many lists, maps and second names may stand around a value. Nobody writes more by hand, and
/// a document that does would have every one of them spelled out in every type that uses it.
const DEEPEST: usize = 32;

/// How many types may be spelled out for one value. Only tuples have several side by side, and
/// tuples of tuples multiply.
const LARGEST: usize = 256;

/// How much there is to be spelled for a value.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Extent {
    depth: usize,
    size: usize,
}

impl Extent {
    /// Takes in one that stands below; those of a tuple stand side by side.
    fn take(&mut self, below: Self, is_tuple: bool) {
        self.depth = self.depth.max(below.depth);
        self.size =
            if is_tuple { self.size.saturating_add(below.size) } else { self.size.max(below.size) };
    }
}

/// How far the walk is with a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    /// Done, with this much to be spelled.
    Done(Extent),
}

impl Lowerer<'_> {
    /// Takes the type away from one schema of every circle without a struct, and from what is
    /// nested deeper than a type can reasonably be spelled. One walk over all schemas.
    pub(super) fn break_cycles(&mut self) {
        let mut marks = vec![Mark::New; self.schemas.len()];
        for start in (0..self.schemas.len()).map(SchemaId) {
            if marks[start.0] == Mark::New {
                self.walk(start, &mut marks);
            }
        }
        self.shortcuts.forget();
    }

    /// The walk keeps its own stack: documents decide how deep it goes.
    fn walk(&mut self, start: SchemaId, marks: &mut [Mark]) {
        marks[start.0] = Mark::Open;
        let mut stack = vec![(start, spelled_in(&self.schemas[start.0]), Extent::default())];
        while let Some((id, children, below)) = stack.last_mut() {
            let id = *id;
            let Some(child) = children.pop() else {
                let extent = Extent { depth: below.depth + 1, size: below.size.saturating_add(1) };
                stack.pop();
                let why = match extent {
                    Extent { depth, .. } if depth > DEEPEST => {
                        Some("lists, maps and references nested this deep")
                    }
                    Extent { size, .. } if size > LARGEST => {
                        Some("tuples of so many places in all")
                    }
                    Extent { .. } => None,
                };
                let extent = why.map_or(extent, |why| {
                    self.give_up(id, why);
                    Extent::default()
                });
                marks[id.0] = Mark::Done(extent);
                if let Some((owner, _, below)) = stack.last_mut() {
                    below.take(extent, self.is_tuple(*owner));
                }
                continue;
            };
            match marks[child.0] {
                Mark::New => {
                    marks[child.0] = Mark::Open;
                    let spelled = spelled_in(&self.schemas[child.0]);
                    stack.push((child, spelled, Extent::default()));
                }
                Mark::Open => {
                    let way = stack.iter().rev().map(|(id, ..)| *id);
                    let end = way.clone().position(|id| id == child).unwrap_or_default();
                    if way.take(end + 1).all(|id| self.is_name_or_choice(id)) {
                        self.is_nothing_else(child);
                    } else {
                        self.give_up(child, "a schema that contains itself without an object");
                    }
                }
                Mark::Done(extent) => below.take(extent, self.is_tuple(id)),
            }
        }
    }

    fn is_tuple(&self, id: SchemaId) -> bool {
        matches!(self.schemas[id.0].kind, Kind::Tuple(_))
    }

    /// Whether a value of the schema is one of a schema below it, with nothing around.
    fn is_name_or_choice(&self, id: SchemaId) -> bool {
        matches!(self.schemas[id.0].kind, Kind::Alias(_) | Kind::Union(_))
    }

    /// Tells of a schema that is one with itself, by whatever names in between.
    fn is_nothing_else(&mut self, id: SchemaId) {
        let why = "the schema refers to itself and says nothing else";
        let at = self.schemas[id.0].at.clone();
        self.warn(
            Code::FaultyDocument,
            format!("{why}: the value stays `serde_json::Value`"),
            &at,
            "say what a value is, in one of the schemas that refer to one another",
        );
        self.schemas[id.0].kind = Kind::Any(Untyped::Fault(why.to_owned()));
    }

    fn give_up(&mut self, id: SchemaId, why: &str) {
        if matches!(self.schemas[id.0].kind, Kind::Any(_)) {
            return;
        }
        let at = self.schemas[id.0].at.clone();
        self.schemas[id.0].kind = self.untyped(why, &Site { at, path: Vec::new() });
    }
}

/// The schemas whose types are part of this one's own.
fn spelled_in(schema: &Schema) -> Vec<SchemaId> {
    match &schema.kind {
        Kind::Alias(inner) | Kind::Array(inner) | Kind::Map(inner) => vec![*inner],
        Kind::Tuple(places) => places.clone(),
        Kind::Union(union) => union.variants.iter().map(|variant| variant.schema).collect(),
        Kind::Any(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Object(_)
        | Kind::Foreign(_) => Vec::new(),
    }
}
