//! What the rewriting moves, so that a diagnostic names a place that the document has.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::shape::Trail;
use crate::source::Origins;

/// Moves in the order in which they are found: those within an object before its own.
#[derive(Default)]
pub(super) struct Moves {
    all: Vec<Move>,
    /// Which of them lead to a place: an object may have a great many.
    places: BTreeMap<Pointer, Vec<usize>>,
}

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
            let mut is_known = false;
            for index in self.take_below(&old) {
                let Some(one) = self.all.get_mut(index) else { continue };
                is_known |= one.to == old;
                for place in [&mut one.holder, &mut one.to] {
                    if let Some(rest) = below(place, &old) {
                        *place = to.join(rest);
                    }
                }
                self.places.entry(one.to.clone()).or_default().push(index);
            }
            // It came from elsewhere, which is where it is written.
            if is_known {
                return;
            }
        }
        self.places.entry(to.clone()).or_default().push(self.all.len());
        self.all.push(Move { holder, to, from });
    }

    /// Those that lead to a place or to one within it, which are about to lead elsewhere.
    fn take_below(&mut self, place: &Pointer) -> Vec<usize> {
        let within = place.join("/");
        let keys: Vec<Pointer> = (self.places.range(within.clone()..))
            .map(|(key, _)| key)
            .take_while(|key| key.as_str().starts_with(within.as_str()))
            .chain(self.places.get_key_value(place).map(|(key, _)| key))
            .cloned()
            .collect();
        keys.iter().filter_map(|key| self.places.remove(key)).flatten().collect()
    }

    /// All of them as the way back to the document. A holder may have moved itself, so that the
    /// outer ones come first.
    pub(super) fn into_origins(mut self) -> Origins {
        let mut origins = Origins::default();
        self.all.sort_by_key(|one| one.to.tokens().count());
        for Move { holder, to, from } in self.all {
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
