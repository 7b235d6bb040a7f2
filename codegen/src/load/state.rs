//! What the visitors of one text share: what it has cost so far, where everything stands, and what
//! is wrong with it.

use serde::de::Error;
use serde_json::Value;

use super::allowance::{Allowance, NODE};
use super::problem::{Problem, TOLD};
use super::tree::MAX_DEPTH;
use crate::diagnostics::Code;
use crate::pointer::Pointer;
use crate::source::{Format, Places};

/// How keys are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// As they are written, `0x10` and `1.0` too. One that is no text stops the visitor.
    AsWritten,
    /// As what they mean, be it a list. For a document that is refused, to see what else is wrong.
    OfAnyKind,
}

/// Something wrong that leaves a tree to look at.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) problem: Problem,
    /// The number of its node among the places.
    pub(super) node: usize,
    pub(super) place: NotePlace,
}

/// Where it is in the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum NotePlace {
    Offset(usize),
    /// Counted from 1, as the parser tells it.
    LineAndColumn(usize, usize),
    /// Where the first thing in this node is that has a place.
    Within(usize),
}

/// A problem on its way to whoever knows its place: the parser adds that to an error.
struct Held {
    problem: Problem,
    /// What there is in spite of it.
    value: Option<Value>,
}

/// What the visitors of one document share.
pub(super) struct State<'t> {
    pub(super) format: Format,
    pub(super) text: &'t str,
    allowance: &'t mut Allowance,
    pub(super) depth: usize,
    /// How many bytes lead to where the visitor is.
    pub(super) way: usize,
    problem: Option<Problem>,
    pub(super) keys: Keys,
    /// It was a key that stopped the visitor.
    pub(super) is_key: bool,
    held: Option<Held>,
    pub(super) notes: Vec<Note>,
    /// How many there are beside those.
    unnoted: usize,
    /// The last value is none that a tree can hold.
    is_lost: bool,
    /// A mapping has a key twice.
    pub(super) is_repeated: bool,
    /// The tokens from the place of an error up to the root; empty unless there was one.
    pub(super) trail: Vec<String>,
    /// Where everything stands; JSON has a scanner for that.
    pub(super) places: Option<Places>,
}

impl<'t> State<'t> {
    pub(super) fn new(format: Format, text: &'t str, allowance: &'t mut Allowance) -> Self {
        Self {
            format,
            text,
            allowance,
            depth: 0,
            way: 0,
            problem: None,
            keys: Keys::AsWritten,
            is_key: false,
            held: None,
            notes: Vec::new(),
            unnoted: 0,
            is_lost: false,
            is_repeated: false,
            trail: Vec::new(),
            places: (format == Format::Yaml).then(Places::default),
        }
    }

    pub(super) fn with_keys(self, keys: Keys) -> Self {
        Self { keys, ..self }
    }

    /// Where everything stands, if the tree is complete.
    pub(super) fn into_places(self) -> Option<Places> {
        self.places.map(Places::finish)
    }

    /// The problem the visitor stopped at, if it was the visitor that stopped.
    pub(super) fn problem(&mut self) -> Option<Problem> {
        self.problem.take()
    }

    /// Whether a mapping has a key twice, as far as the text was read.
    pub(super) fn is_repeated(&self) -> bool {
        self.is_repeated
    }

    /// Whether it was a key that stopped it, which is no text.
    pub(super) fn is_key(&self) -> bool {
        self.is_key
    }

    /// What is wrong and did not stop the visitor, as far as it was read, and how much more of that
    /// there is.
    pub(super) fn take_notes(&mut self) -> (Vec<Note>, usize) {
        (std::mem::take(&mut self.notes), self.unnoted)
    }

    /// Where in the tree the error happened, whoever noticed it.
    pub(super) fn pointer(&self) -> Pointer {
        self.trail.iter().rev().fold(Pointer::root(), |pointer, token| pointer.push(token))
    }

    /// A member of `holder` begins.
    pub(super) fn member(&mut self, holder: usize, key: &str, offset: Option<usize>) -> usize {
        let Some(places) = &mut self.places else { return 0 };
        if let Some(offset) = offset {
            places.met(holder, offset);
        }
        places.member(key, offset)
    }

    pub(super) fn element(&mut self) -> usize {
        self.places.as_mut().map_or(0, Places::element)
    }

    pub(super) fn close(&mut self, node: usize) {
        if let Some(places) = &mut self.places {
            places.close(node);
        }
    }

    pub(super) fn take_back(&mut self, element: usize) {
        if let Some(places) = &mut self.places {
            places.take_back(element);
        }
    }

    /// Takes note of a problem that leaves something to go on with.
    pub(super) fn note(&mut self, problem: Problem, node: usize, place: NotePlace) {
        if self.notes.len() < TOLD {
            self.notes.push(Note { problem, node, place });
        } else {
            self.unnoted += 1;
        }
    }

    /// A value that means nothing, or more than it may: an error, because only of errors the parser
    /// says where they are. [`Self::release`] makes a note of it.
    pub(super) fn hold<E: Error>(
        &mut self,
        problem: Problem,
        value: Option<Value>,
    ) -> Result<Value, E> {
        if self.notes.len() < TOLD {
            self.held = Some(Held { problem, value });
            return Err(E::custom(""));
        }
        self.unnoted += 1;
        self.is_lost |= value.is_none();
        Ok(value.unwrap_or_default())
    }

    /// Takes note of what is held, at the place of the error; gives the error back if it was another.
    pub(super) fn release<E: Error>(&mut self, error: E, node: usize) -> Result<Value, E> {
        let Some(Held { problem, value }) = self.held.take() else { return Err(error) };
        let (line, column) = place_of(&error.to_string()).unwrap_or((1, 1));
        self.note(problem, node, NotePlace::LineAndColumn(line, column));
        self.is_lost |= value.is_none();
        Ok(value.unwrap_or_default())
    }

    /// Whether the value just read is none that a tree can hold.
    pub(super) fn take_lost(&mut self) -> bool {
        std::mem::take(&mut self.is_lost)
    }

    pub(super) fn refuse<E: Error>(&mut self, problem: Problem) -> E {
        let error = E::custom(&problem.message);
        self.problem = Some(problem);
        error
    }

    pub(super) fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        if self.allowance.spend(bytes) {
            return Ok(());
        }
        Err(self.refuse(match self.format {
            Format::Json | Format::Text => {
                Problem::new(Code::TooLarge, "the document has too many members")
            }
            Format::Yaml => Problem::aliases(),
        }))
    }

    /// Goes on to what so many bytes more lead to.
    pub(super) fn descend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        self.way += bytes;
        if self.allowance.spend_way(self.way) { Ok(()) } else { Err(self.refuse(Problem::ways())) }
    }

    pub(super) fn enter<E: Error>(&mut self, cost: usize) -> Result<(), E> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.refuse(Problem::depth()));
        }
        self.spend(NODE + cost)
    }

    /// The offset of a scalar lent from the text.
    pub(super) fn offset_of(&self, scalar: &str) -> Option<usize> {
        let offset = (scalar.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (offset <= self.text.len()).then_some(offset)
    }

    /// The offset of a scalar lent from the text, its opening quotation mark included.
    pub(super) fn start_of(&self, scalar: &str) -> Option<usize> {
        let offset = self.offset_of(scalar)?;
        Some(offset - usize::from(self.is_quoted(offset)))
    }

    /// Whether the character in front of `offset` opens a quoted scalar.
    pub(super) fn is_quoted(&self, offset: usize) -> bool {
        offset.checked_sub(1).is_some_and(|at| matches!(self.text.as_bytes()[at], b'"' | b'\''))
    }
}

/// The line and column at the end of an error of serde_yaml; it says none where both are 1.
fn place_of(error: &str) -> Option<(usize, usize)> {
    let (_, place) = error.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}
