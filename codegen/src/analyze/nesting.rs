//! How deeply types hold one another, and how far the compiler has to follow that.
//!
//! Whether a type is `Send` the compiler finds out from what it holds, step by step: for
//! `Option<Vec<Charge>>` these are the option, the vector, what a vector is made of, and the charge.
//! After `recursion_limit` steps, 128 if nobody says otherwise, it gives up with E0275. It meets no type
//! twice, so only documents in which dozens of schemas lead to one another come so far.
//!
//! The longest way through schemas that lead to one another is not found in reasonable time. As a bound,
//! every group of them counts as if a way went through all its members (Tarjan, Depth-first search and
//! linear graph algorithms, 1972).

use super::children;
use crate::ir::{Api, Kind, SchemaId};

/// What the compiler does without being told.
const USUAL: usize = 128;

/// The steps that the types of a document may take, as a `recursion_limit`; nothing where the usual one
/// is enough.
pub(super) fn recursion_limit(api: &Api) -> Option<usize> {
    let count = api.schemas.len();
    let mut walk = Walk {
        api,
        found: vec![None; count],
        lowest: vec![0; count],
        steps: vec![None; count],
        open: Vec::new(),
        next: 0,
    };
    for id in (0..count).map(SchemaId) {
        walk.from(id);
    }
    let most = walk.steps.into_iter().flatten().max().unwrap_or_default();
    (most > USUAL).then(|| most.next_power_of_two())
}

/// How many steps one type is at most, with the option or the box around it.
fn steps(kind: &Kind) -> usize {
    match kind {
        Kind::Object(_) | Kind::Union(_) | Kind::Array(_) | Kind::Map(_) | Kind::Tuple(_) => 4,
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Foreign(_) => 1,
    }
}

struct Walk<'a> {
    api: &'a Api,
    /// When a schema was met.
    found: Vec<Option<usize>>,
    /// The earliest schema of its group that it leads to, as far as is known.
    lowest: Vec<usize>,
    /// The steps below a schema, once its group is complete.
    steps: Vec<Option<usize>>,
    /// Schemas whose group is not complete.
    open: Vec<SchemaId>,
    next: usize,
}

impl Walk<'_> {
    /// The walk keeps its own stack: documents decide how deep it goes.
    fn from(&mut self, start: SchemaId) {
        if self.found[start.0].is_some() {
            return;
        }
        let mut stack = vec![self.enter(start)];
        while let Some((id, below)) = stack.last_mut() {
            let id = *id;
            match below.pop() {
                Some(child) => match self.found[child.0] {
                    None => stack.push(self.enter(child)),
                    Some(found) if self.steps[child.0].is_none() => {
                        self.lowest[id.0] = self.lowest[id.0].min(found);
                    }
                    Some(_) => {}
                },
                None => {
                    stack.pop();
                    if let Some((parent, _)) = stack.last() {
                        self.lowest[parent.0] = self.lowest[parent.0].min(self.lowest[id.0]);
                    }
                    if self.found[id.0] == Some(self.lowest[id.0]) {
                        self.complete(id);
                    }
                }
            }
        }
    }

    fn enter(&mut self, id: SchemaId) -> (SchemaId, Vec<SchemaId>) {
        self.found[id.0] = Some(self.next);
        self.lowest[id.0] = self.next;
        self.next += 1;
        self.open.push(id);
        (id, children(self.api, id))
    }

    /// The group that was met first at `id` is complete: everything that is open since then.
    fn complete(&mut self, id: SchemaId) {
        let start = self.open.iter().rposition(|open| *open == id).unwrap_or_default();
        let group = self.open.split_off(start);
        let own: usize = group.iter().map(|id| steps(&self.api.schema(*id).kind)).sum();
        let below = group.iter().flat_map(|id| children(self.api, *id));
        let below = below.filter_map(|child| self.steps[child.0]).max().unwrap_or_default();
        for id in group {
            self.steps[id.0] = Some(own + below);
        }
    }
}
