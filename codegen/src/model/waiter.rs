//! Waiting: the methods that ask again and again, as they are printed.

use super::Docs;
use super::types::Type;

/// A method of a call that waits.
#[derive(Clone, Debug)]
pub(crate) struct Wait {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    /// The method of the client, or of a group, that prepares the call as well.
    pub(crate) client: Option<ClientWait>,
    /// What the call answers with.
    pub(crate) state: Type,
    pub(crate) goal: WaitGoal,
}

/// A method beside that of the operation.
#[derive(Clone, Debug)]
pub(crate) struct ClientWait {
    pub(crate) docs: Docs,
    pub(crate) name: String,
}

/// What ends a wait.
#[derive(Clone, Debug)]
pub(crate) enum WaitGoal {
    /// A field of the answer that is one of these.
    State(AwaitedState),
    /// An answer with this status.
    Status(u16),
}

/// A field that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct AwaitedState {
    pub(crate) field: Access,
    /// It has a type of its own and is looked at as a text.
    pub(crate) as_text: bool,
    pub(crate) reached: Vec<Pattern>,
    pub(crate) failed: Vec<Pattern>,
    /// There is no other value.
    pub(crate) is_all: bool,
}

/// A value that a field is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// A variant of an enum.
    Variant(Type, String),
    Text(String),
    Flag(bool),
}

/// How a field of a value is read.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// From one value to the next; the last one reaches the field.
    pub(crate) hops: Vec<Hop>,
}

/// One step of it.
#[derive(Clone, Debug)]
pub(crate) struct Hop {
    pub(crate) name: String,
    /// A method of a union rather than a field.
    pub(crate) is_method: bool,
    pub(crate) holds: Holds,
}

/// What a field holds, and so how its value is borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A value, borrowed.
    Value,
    /// A value that is copied.
    Copied,
    /// A text.
    Text,
    /// An `Option` of a value.
    Maybe,
    /// An `Option` of a value that is copied.
    MaybeCopied,
    /// An `Option` of a text, or of a box.
    MaybeDeref,
    /// A `Nullable`.
    ThreeState,
    /// A `Nullable` of a text.
    ThreeStateText,
    /// A `Nullable` of a value that is copied.
    ThreeStateCopied,
}

impl Holds {
    /// Whether the value may be missing.
    pub(crate) fn is_optional(self) -> bool {
        match self {
            Self::Value | Self::Copied | Self::Text => false,
            Self::Maybe
            | Self::MaybeCopied
            | Self::MaybeDeref
            | Self::ThreeState
            | Self::ThreeStateText
            | Self::ThreeStateCopied => true,
        }
    }
}

/// The method of a call that goes on with a wait.
#[derive(Clone, Debug)]
pub(crate) struct AndWait {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    /// The features of which any one has the call that is made again and again.
    pub(crate) features: Vec<String>,
    /// What the other call answers with.
    pub(crate) state: Type,
    /// Whether the wait gives that state, or nothing.
    pub(crate) gives_state: bool,
    /// The other call.
    pub(crate) call: String,
    /// What it is given.
    pub(crate) arguments: Vec<Onward>,
    /// Its method.
    pub(crate) wait: String,
}

/// An argument of the call that is made again and again.
#[derive(Clone, Debug)]
pub(crate) enum Onward {
    /// A parameter of the path of the first call; read as the type that is due where it is no text.
    Given { wire: String, parsed: bool },
    /// A field of its answer.
    Field(Access, Turned),
}

/// How a field becomes an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turned {
    /// It is one.
    Same,
    /// It has to be cloned.
    Cloned,
    /// It is an enum of texts or a checked text, and a text is due.
    AsText,
    /// It is written out, and a text is due.
    Written,
    /// It is a text and read as what is due.
    Parsed,
    /// It is written out and read as what is due.
    Read,
}
