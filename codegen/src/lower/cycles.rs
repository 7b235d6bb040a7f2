//! Schemas that contain themselves with no struct in between.
//!
//! A struct may contain itself, boxed. A list whose items are that very list, or a union whose only
//! alternatives are each other, has no Rust type: the type would be spelled without end. One schema
//! of each such circle stays JSON.

use std::collections::BTreeSet;

use super::Lowerer;
use super::schema::Site;
use crate::ir::{Kind, Schema, SchemaId};

impl Lowerer<'_> {
    /// Takes the type away from one schema of every circle without a struct.
    pub(super) fn break_cycles(&mut self) {
        for start in (0..self.schemas.len()).map(SchemaId) {
            if self.returns_to(start) {
                let at = self.schemas[start.0].at.clone();
                let site = Site { at, path: Vec::new() };
                self.schemas[start.0].kind =
                    self.untyped("a schema that contains itself without an object", &site);
            }
        }
    }

    fn returns_to(&self, start: SchemaId) -> bool {
        let mut open = spelled_in(&self.schemas[start.0]);
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if id == start {
                return true;
            }
            if seen.insert(id) {
                open.extend(spelled_in(&self.schemas[id.0]));
            }
        }
        false
    }
}

/// The schemas whose types are part of this one's own.
fn spelled_in(schema: &Schema) -> Vec<SchemaId> {
    match &schema.kind {
        Kind::Alias(inner) | Kind::Array(inner) | Kind::Map(inner) => vec![*inner],
        Kind::Union(union) => union.variants.iter().map(|variant| variant.schema).collect(),
        Kind::Any(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::Object(_) => Vec::new(),
    }
}
