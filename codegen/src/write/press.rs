//! Recipes to text, on all processors: spelling and printing are half of a run, and no part of the
//! output needs another.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::imports::Imports;
use super::print::{Memory, Pen};
use crate::emit::{Modules, Recipe, Recipes};
use crate::parallel::STACK;

/// How many recipes a thread takes at once.
const HANDFUL: usize = 8;

/// Threads beyond which there is nothing to be gained.
const THREADS: usize = 8;

/// What a module holds, and what it takes from elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Its items, a blank line between them.
    pub(super) items: Result<String, String>,
    pub(super) imports: Imports,
    /// Whether it declares anything, rather than only adding to what others declare.
    pub(super) declares: bool,
}

impl Default for Text {
    fn default() -> Self {
        Self { items: Ok(String::new()), imports: Imports::default(), declares: false }
    }
}

impl Text {
    fn of(recipe: &Recipe<'_>, pen: &mut Pen<'_>) -> Self {
        let mut text = Self::default();
        for piece in recipe.spell() {
            match pen.piece(piece, &mut text.imports) {
                Ok(printed) => text.push(&printed.text, printed.declares),
                Err(message) => return Self { items: Err(message), ..text },
            }
        }
        text
    }

    fn push(&mut self, more: &str, declares: bool) {
        if let Ok(items) = &mut self.items {
            if !items.is_empty() {
                items.push('\n');
            }
            items.push_str(more);
        }
        self.declares |= declares;
    }

    fn extend(mut self, other: Self) -> Self {
        match other.items {
            Ok(more) => self.push(&more, other.declares),
            Err(message) => self.items = self.items.and(Err(message)),
        }
        self.imports.extend(&other.imports);
        self
    }
}

/// The text of one recipe.
#[cfg(feature = "preview")]
pub(super) fn text(recipe: &Recipe<'_>) -> Result<String, String> {
    Text::of(recipe, &mut Pen::new(&Memory::default())).items
}

/// The text of every module.
pub(super) fn press(modules: Modules<Recipes<'_>>) -> Modules<Text> {
    let mut recipes = Vec::new();
    let modules = modules.map(|body| {
        let number = body.len();
        recipes.extend(body);
        number
    });
    let mut texts = on_all_processors(&recipes).into_iter();
    modules.map(|number| texts.by_ref().take(number).fold(Text::default(), Text::extend))
}

/// The text of each recipe, in their order.
fn on_all_processors(recipes: &[Recipe<'_>]) -> Vec<Text> {
    let handfuls: Vec<&[Recipe<'_>]> = recipes.chunks(HANDFUL).collect();
    let next = AtomicUsize::new(0);
    let memory = Memory::default();
    let work = || {
        let mut pen = Pen::new(&memory);
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(handful) = handfuls.get(at) else { return done };
            done.push((
                at,
                handful.iter().map(|recipe| Text::of(recipe, &mut pen)).collect::<Vec<_>>(),
            ));
        }
    };
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let helpers = processors.min(THREADS).min(handfuls.len());
    let mut done = std::thread::scope(|scope| {
        let spawn =
            |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let helpers: Vec<_> = (0..helpers).filter_map(spawn).collect();
        // Where there are no threads to be had, this one does it all.
        let mut done = if helpers.is_empty() { work() } else { Vec::new() };
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, texts)| texts).collect()
}
