//! What the rewriting moves, so that a diagnostic names a place that the document has.

use crate::pointer::Pointer;
use crate::shape::Trail;
use crate::source::Origins;

/// Moves in the order in which they are found: those within an object before its own.
#[derive(Default)]
pub(super) struct Moves(Vec<Move>);

struct Move {
    /// What holds the place, as the tree has it so far.
    holder: Pointer,
    /// Where it is now.
    to: Pointer,
    /// Where it was, below the holder.
    from: Pointer,
}

/// The moves within one object.
pub(super) struct Within<'m> {
    moves: &'m mut Moves,
    trail: &'m Trail<'m>,
}

impl Moves {
    /// Those within the object at `trail`.
    pub(super) fn within<'m>(&'m mut self, trail: &'m Trail<'m>) -> Within<'m> {
        Within { moves: self, trail }
    }

    /// What is at `to` below the holder was at `from` below it. What moved within that moves along.
    pub(super) fn note(&mut self, holder: Pointer, to: &Pointer, from: Pointer) {
        let (old, to) = (holder.join(from.as_str()), holder.join(to.as_str()));
        if from != Pointer::root() {
            let within =
                self.0.iter_mut().rev().take_while(|one| below(&one.to, &holder).is_some());
            for one in within {
                for place in [&mut one.holder, &mut one.to] {
                    if let Some(rest) = below(place, &old) {
                        *place = to.join(rest);
                    }
                }
            }
        }
        self.0.push(Move { holder, to, from });
    }

    /// All of them as the way back to the document. A holder may have moved itself, so that the
    /// outer ones come first.
    pub(super) fn into_origins(mut self) -> Origins {
        let mut origins = Origins::default();
        self.0.sort_by_key(|one| one.to.tokens().count());
        for Move { holder, to, from } in self.0 {
            let written = origins.of(&holder).join(from.as_str());
            origins.insert(to, written);
        }
        origins
    }
}

impl Within<'_> {
    /// What is under the keys `to` was under the keys `from`.
    pub(super) fn note(&mut self, to: &[&str], from: &[&str]) {
        self.moves.note(self.trail.pointer(), &path(to), path(from));
    }
}

/// A way down by its keys.
pub(super) fn path(keys: &[&str]) -> Pointer {
    keys.iter().fold(Pointer::root(), |at, key| at.push(key))
}

/// The rest of a pointer that is this one or leads into it.
fn below<'p>(pointer: &'p Pointer, holder: &Pointer) -> Option<&'p str> {
    let rest = pointer.as_str().strip_prefix(holder.as_str())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}
