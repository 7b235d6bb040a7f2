//! The modules of the output, and how what they hold is come by.

use super::Piece;

/// A module of the root, whose modules hold a `B` each: the recipes of what they hold at first, and
/// then its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree<B> {
    /// What it holds itself.
    pub(crate) body: B,
    /// The modules below it.
    pub(crate) below: Vec<Below<B>>,
}

/// A module below one of the root.
#[derive(Clone, Debug)]
pub(crate) struct Below<B> {
    /// Its name.
    pub(crate) name: String,
    /// The features of which any one needs it; without any it is always there.
    pub(crate) features: Vec<String>,
    /// What it holds.
    pub(crate) body: B,
}

/// What a module holds, part by part.
pub(crate) type Recipes<'m> = Vec<Recipe<'m>>;

/// A part of the model that is spelled when it is printed, as at least one piece. Tokens cannot leave
/// the thread that makes them, and those of a whole client would take more memory than all else.
pub(crate) struct Recipe<'m>(Box<dyn Fn() -> Vec<Piece> + Send + Sync + 'm>);

impl<'m> Recipe<'m> {
    pub(super) fn new(spell: impl Fn() -> Vec<Piece> + Send + Sync + 'm) -> Self {
        Self(Box::new(spell))
    }

    /// Its pieces, in order.
    pub(crate) fn spell(&self) -> Vec<Piece> {
        (self.0)()
    }
}

impl Tree<Recipes<'_>> {
    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty() && self.below.is_empty()
    }
}

impl<B> Tree<B> {
    /// The same modules, and in each what becomes of what it holds.
    pub(crate) fn map<C>(self, become_of: &mut impl FnMut(B) -> C) -> Tree<C> {
        let body = become_of(self.body);
        let below = self.below.into_iter().map(|below| Below {
            name: below.name,
            features: below.features,
            body: become_of(below.body),
        });
        Tree { body, below: below.collect() }
    }
}
