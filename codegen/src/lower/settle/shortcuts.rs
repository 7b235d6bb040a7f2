//! The ends of chains of second names, each way walked once.
//!
//! A document may have a hundred thousand schemas each of which is only the next one, and every choice
//! asks where its alternatives end. What was found out for one schema is kept for all on the way: the
//! next one who asks goes on from there (path compression, as of disjoint sets).

use std::cell::RefCell;

use crate::ir::{Kind, Schema, SchemaId};

/// What was found out so far, by schema.
#[derive(Default)]
pub(in super::super) struct Shortcuts(RefCell<Vec<Option<Way>>>);

/// Where second names lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// The schema that is no second name; one of them, where they go in a circle.
    pub(super) end: SchemaId,
    /// Whether one of those in front of the end may be null.
    pub(super) is_nullable: bool,
}

impl Shortcuts {
    /// Where a schema leads. An end that has become a second name since then is followed on.
    pub(super) fn follow(&self, schemas: &[Schema], id: SchemaId) -> Way {
        let mut known = self.0.borrow_mut();
        known.resize(schemas.len(), None);
        let mut way = Way { end: id, is_nullable: false };
        let mut steps: Vec<Step> = Vec::new();
        loop {
            let at = way.end;
            let (next, is_nullable) = match (known[at.0], &schemas[at.0].kind) {
                (Some(way), _) => (way.end, way.is_nullable),
                (None, Kind::Alias(next)) if *next != at => (*next, schemas[at.0].nullable),
                (None, _) => break,
            };
            if steps.len() == schemas.len() {
                // A circle, which is to be broken: nothing of it is worth keeping.
                return way;
            }
            steps.push(Step { from: at, is_nullable });
            way.is_nullable |= is_nullable;
            way.end = next;
        }
        let mut behind = Way { end: way.end, is_nullable: false };
        for Step { from, is_nullable } in steps.into_iter().rev() {
            behind.is_nullable |= is_nullable;
            known[from.0] = Some(behind);
        }
        way
    }

    /// Forgets everything, as second names may have become something else.
    pub(in super::super) fn forget(&mut self) {
        self.0.get_mut().clear();
    }

    /// How many steps it takes from a schema to its end by now.
    #[cfg(test)]
    fn steps(&self, schemas: &[Schema], mut id: SchemaId) -> usize {
        let known = self.0.borrow();
        let next = |id: SchemaId| match (known.get(id.0).copied().flatten(), &schemas[id.0].kind) {
            (Some(way), _) => Some(way.end),
            (None, Kind::Alias(next)) => Some(*next),
            (None, _) => None,
        };
        let mut steps = 0;
        while let Some(end) = next(id) {
            (id, steps) = (end, steps + 1);
        }
        steps
    }
}

struct Step {
    from: SchemaId,
    is_nullable: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Docs, Origin};
    use crate::pointer::Pointer;

    fn schema(kind: Kind, nullable: bool) -> Schema {
        Schema {
            at: Pointer::root(),
            origin: Origin::Component("S".to_owned()),
            docs: Docs::default(),
            nullable,
            read_only: false,
            write_only: false,
            default: None,
            format: None,
            kind,
        }
    }

    #[test]
    fn a_way_is_walked_once() {
        let mut schemas: Vec<Schema> = (0..1_000)
            .map(|at| schema(Kind::Alias(SchemaId(at + 1)), at == 500))
            .chain([schema(Kind::Boolean, true)])
            .collect();
        let shortcuts = Shortcuts::default();
        let way = |at, is_nullable| Way { end: SchemaId(at), is_nullable };
        assert_eq!(shortcuts.follow(&schemas, SchemaId(400)), way(1_000, true));
        assert_eq!(shortcuts.steps(&schemas, SchemaId(400)), 1);
        assert_eq!(shortcuts.follow(&schemas, SchemaId(501)), way(1_000, false));
        assert_eq!(shortcuts.follow(&schemas, SchemaId(0)), way(1_000, true));
        assert!((0..1_000).all(|at| shortcuts.steps(&schemas, SchemaId(at)) == 1));
        // The end has become a second name, whose being null counts from now on.
        schemas[1_000].kind = Kind::Alias(SchemaId(1_001));
        schemas.push(schema(Kind::Boolean, false));
        assert_eq!(shortcuts.follow(&schemas, SchemaId(700)), way(1_001, true));
        assert_eq!(shortcuts.steps(&schemas, SchemaId(700)), 1);
    }

    #[test]
    fn a_circle_ends() {
        let alias = |to| schema(Kind::Alias(SchemaId(to)), false);
        let schemas = vec![alias(1), alias(2), alias(1), alias(3)];
        let mut shortcuts = Shortcuts::default();
        assert!([1, 2].contains(&shortcuts.follow(&schemas, SchemaId(0)).end.0));
        assert_eq!(shortcuts.follow(&schemas, SchemaId(3)).end, SchemaId(3));
        let broken = [alias(1), alias(2), schema(Kind::Boolean, false)];
        shortcuts.forget();
        assert_eq!(shortcuts.follow(&broken, SchemaId(0)).end, SchemaId(2));
    }
}
