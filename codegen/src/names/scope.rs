//! Names that share a space: the fields of a type, the variants of an enum, the types of a crate.
//!
//! Each wish has a ladder of names, made from its own text alone:
//!
//! 1. its plain name: `id`;
//! 2. where that is reserved, the same with the scope's suffix: `OptionType`;
//! 3. a description of how its text is written: `created_at_camel`, `underscore_id`; for a name that
//!    we invent, the scope's suffix;
//! 4. a digest of its text: `id_x1f0c93ab`, then `id_x1f0c93ab_2` and so on.
//!
//! All wishes without a name ask for the next one on their ladder at once. One that is reserved or
//! given away is refused; of several that ask for the same, the wish ranked first gets it. Hence:
//!
//! - names are distinct, and every wish gets one: the fourth step never ends, while the names that
//!   can be in the way are finite in number;
//! - order does not matter, since a round looks at sets and ranks only (two identical wishes apart);
//! - whoever wants a plain name that nobody else wants has it, whatever happens elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{self, Case};
use super::keywords::unraw;

/// Something that needs a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish<'a> {
    /// Its name in the document; what tells it from the others in the scope.
    pub(crate) wire: &'a str,
    /// What to derive the name from instead, where it has none of its own: parent and property.
    pub(crate) hint: Option<&'a str>,
}

/// The name that a wish got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// A Rust identifier, raw where it must be.
    pub(crate) ident: String,
    /// Why it is not the plain name, where it is not.
    pub(crate) collision: Option<Collision>,
}

/// What kept a wish from its plain name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Collision {
    /// The name belongs to Rust's prelude or to the output itself.
    Reserved {
        /// The plain name.
        wanted: String,
    },
    /// Others in the scope have the same plain name, and one of them comes first.
    Taken {
        /// The plain name.
        wanted: String,
        /// The wire texts of the first few of those others, first ranked first.
        with: Vec<String>,
        /// How many more there are.
        more: usize,
    },
}

impl Collision {
    /// The plain name.
    pub(crate) fn wanted(&self) -> &str {
        match self {
            Self::Reserved { wanted } | Self::Taken { wanted, .. } => wanted,
        }
    }
}

/// So many of those that share a plain name are told of, or each of a thousand would tell of all.
const TOLD: usize = 8;

/// One space of names and what may not be used in it.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    case: Case,
    reserved: BTreeSet<String>,
    suffix: Vec<String>,
}

impl Scope {
    /// A scope in which nothing is reserved.
    pub(crate) fn new(case: Case) -> Self {
        Self { case, reserved: BTreeSet::new(), suffix: vec!["value".to_owned()] }
    }

    /// Keeps names from being given: those of the prelude, our own items, locals of emitted bodies.
    pub(crate) fn reserve(mut self, names: &[&str]) -> Self {
        self.reserved.extend(names.iter().map(|name| unraw(name).to_owned()));
        self
    }

    /// What is added to a wish for a reserved name: with `Type`, `Option` is `OptionType`. Without
    /// this it is `Value`.
    pub(crate) fn reserved_suffix(mut self, suffix: &str) -> Self {
        self.suffix = case::words(suffix);
        self
    }

    /// A name for each wish, in the order of the wishes.
    pub(crate) fn assign(&self, wishes: &[Wish<'_>]) -> Vec<Assigned> {
        let ladders: Vec<Ladder<'_>> = wishes.iter().map(|wish| self.ladder(*wish)).collect();
        let mut idents = vec![String::new(); wishes.len()];
        let mut taken = BTreeSet::new();
        let mut waiting: Vec<usize> = (0..wishes.len()).collect();
        for step in 0.. {
            if waiting.is_empty() {
                break;
            }
            for (name, index) in self.winners(&ladders, &waiting, step) {
                if !self.is_reserved(&name) && taken.insert(name.clone()) {
                    idents[index] = name;
                }
            }
            waiting.retain(|&index| idents[index].is_empty());
        }
        let collisions = self.collisions(&ladders, &idents);
        idents
            .into_iter()
            .zip(collisions)
            .map(|(ident, collision)| Assigned { ident, collision })
            .collect()
    }

    /// The names asked for at one step of the ladder, each with the wish ranked first for it.
    fn winners(
        &self,
        ladders: &[Ladder<'_>],
        waiting: &[usize],
        step: usize,
    ) -> BTreeMap<String, usize> {
        let mut winners = BTreeMap::new();
        for &index in waiting {
            let Some(name) = ladders[index].name(step, self.case) else { continue };
            let winner = winners.entry(name).or_insert(index);
            if (&ladders[index].rank, index) < (&ladders[*winner].rank, *winner) {
                *winner = index;
            }
        }
        winners
    }

    fn collisions(&self, ladders: &[Ladder<'_>], idents: &[String]) -> Vec<Option<Collision>> {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, ladder) in ladders.iter().enumerate() {
            groups.entry(&ladder.plain).or_default().push(index);
        }
        for group in groups.values_mut() {
            group.sort_by_key(|&index| (&ladders[index].rank, index));
        }
        let others = |index: usize| {
            let group = groups.get(ladders[index].plain.as_str()).map(Vec::as_slice);
            let group = group.unwrap_or_default();
            let others = group.iter().filter(|&&other| other != index).take(TOLD);
            let with: Vec<String> =
                others.map(|&other| ladders[other].rank.wire.to_owned()).collect();
            let more = group.len().saturating_sub(1 + with.len());
            (with, more)
        };
        let collision = |(index, ident): (usize, &String)| {
            let wanted = ladders[index].plain.clone();
            (*ident != wanted).then(|| {
                if self.is_reserved(&wanted) {
                    return Collision::Reserved { wanted };
                }
                let (with, more) = others(index);
                Collision::Taken { wanted, with, more }
            })
        };
        idents.iter().enumerate().map(collision).collect()
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(unraw(name))
    }

    fn ladder<'a>(&'a self, wish: Wish<'a>) -> Ladder<'a> {
        let mut words = case::words(wish.hint.unwrap_or(wish.wire));
        let plain = case::join(&words, self.case);
        let reserved = self.is_reserved(&plain);
        if reserved {
            words.extend_from_slice(&self.suffix);
        }
        let spelling = Spelling::of(wish.wire);
        let suffix = wish.hint.map(|_| if reserved { &[][..] } else { &self.suffix });
        let is_rust = unraw(&plain) == wish.wire;
        let rank = Rank {
            is_invented: wish.hint.is_some(),
            spelling: if is_rust { None } else { Some(spelling) },
            wire: wish.wire,
            hint: wish.hint,
        };
        Ladder { plain, is_reserved: reserved, suffix, words, spelling, rank }
    }
}

/// The names that one wish will take, best first.
struct Ladder<'a> {
    plain: String,
    /// Whether that name is not to be had.
    is_reserved: bool,
    /// What a name of our invention gets to be told from others.
    suffix: Option<&'a [String]>,
    /// What a description or digest is added to.
    words: Vec<String>,
    spelling: Spelling,
    rank: Rank<'a>,
}

impl Ladder<'_> {
    /// Words that tell this wish from another of the same words.
    fn described(&self) -> Option<Vec<String>> {
        match self.suffix {
            Some([]) => None,
            Some(suffix) => Some([&self.words[..], suffix].concat()),
            None => Some(self.spelling.describe(self.rank.wire, &self.words)),
        }
    }

    /// The name at a step; from the third on there always is one, and no two are alike.
    fn name(&self, step: usize, case: Case) -> Option<String> {
        match step {
            0 => Some(self.plain.clone()),
            1 => self.is_reserved.then(|| case::join(&self.words, case)),
            2 => self.described().map(|words| case::join(&words, case)),
            _ => {
                let Rank { wire, hint, .. } = self.rank;
                let text = hint.map_or_else(|| wire.to_owned(), |hint| format!("{hint}\n{wire}"));
                let number = (step > 3).then(|| (step - 2).to_string());
                let mut words = self.words.clone();
                words.push(case::digest(&text));
                words.extend(number);
                Some(case::join(&words, case))
            }
        }
    }
}

/// Who comes first where several want one name: names of the document before those we invent, then
/// the text that is its own Rust name, then by spelling, then by bytes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'a> {
    is_invented: bool,
    /// None where the text already is the Rust name, which sorts first.
    spelling: Option<Spelling>,
    wire: &'a str,
    hint: Option<&'a str>,
}

/// How a text is written; in the order of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    Lower,
    Camel,
    Snake,
    Kebab,
    Pascal,
    Upper,
    Other,
}

impl Spelling {
    fn of(wire: &str) -> Self {
        let joined_by = |separator: char| wire.contains(separator);
        let has = |test: fn(char) -> bool| wire.chars().any(test);
        let parts_are_words = wire
            .split(['_', '-'])
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
        if !parts_are_words || !has(char::is_alphabetic) {
            return Self::Other;
        }
        let (upper, lower) = (has(char::is_uppercase), has(char::is_lowercase));
        match (joined_by('_'), joined_by('-')) {
            (true, false) if !upper => Self::Snake,
            (false, true) if !upper => Self::Kebab,
            (false, false) if !upper => Self::Lower,
            (_, false) if !lower => Self::Upper,
            (false, false) if wire.starts_with(char::is_uppercase) => Self::Pascal,
            (false, false) => Self::Camel,
            (true, true) | (true, false) | (false, true) => Self::Other,
        }
    }

    /// Words that tell this spelling from another of the same words.
    fn describe(self, wire: &str, words: &[String]) -> Vec<String> {
        let style = match self {
            Self::Lower => "lower",
            Self::Camel => "camel",
            Self::Snake => "snake",
            Self::Kebab => "kebab",
            Self::Pascal => "pascal",
            Self::Upper => "upper",
            // Its symbols are what sets it apart.
            Self::Other => return case::words_spelled_out(wire),
        };
        words.iter().cloned().chain([style.to_owned()]).collect()
    }
}

#[cfg(test)]
mod tests;
