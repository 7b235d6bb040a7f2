//! Which properties, and which places of tuples, must be boxed.
//!
//! Only what holds an object in place can make a type contain itself: lists, maps and the
//! alternatives of a union live behind a pointer already. A depth-first walk over what is left
//! finds the edges that lead back to a type still open; boxing exactly those breaks every cycle.

use std::collections::BTreeSet;

use crate::ir::{Api, Kind, SchemaId};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Pairs of owner and (resolved) target.
pub(super) fn boxed(api: &Api) -> BTreeSet<(SchemaId, SchemaId)> {
    let mut marks = vec![Mark::New; api.schemas.len()];
    let mut boxed = BTreeSet::new();
    for start in (0..api.schemas.len()).map(SchemaId) {
        if marks[start.0] == Mark::New {
            visit(api, start, &mut marks, &mut boxed);
        }
    }
    boxed
}

/// The walk keeps its own stack: documents decide how deep it goes.
fn visit(
    api: &Api,
    start: SchemaId,
    marks: &mut [Mark],
    boxed: &mut BTreeSet<(SchemaId, SchemaId)>,
) {
    marks[start.0] = Mark::Open;
    let mut stack = vec![(start, in_place(api, start))];
    while let Some((owner, targets)) = stack.last_mut() {
        let Some(target) = targets.pop() else {
            marks[owner.0] = Mark::Done;
            stack.pop();
            continue;
        };
        match marks[target.0] {
            Mark::Done => {}
            Mark::Open => {
                boxed.insert((*owner, target));
            }
            Mark::New => {
                marks[target.0] = Mark::Open;
                stack.push((target, in_place(api, target)));
            }
        }
    }
}

/// The objects and tuples that this one holds in place, last first.
fn in_place(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match &api.schema(id).kind {
        Kind::Object(object) => {
            object.properties.iter().rev().map(|property| api.resolve(property.schema)).collect()
        }
        Kind::Tuple(places) => places.iter().rev().map(|place| api.resolve(*place)).collect(),
        _ => Vec::new(),
    }
}
