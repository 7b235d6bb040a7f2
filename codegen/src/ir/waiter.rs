//! What can be waited for.

use super::SchemaId;
use crate::pointer::Pointer;

/// Something to wait for by asking an operation again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiter {
    /// Where it is declared.
    pub(crate) at: Pointer,
    /// What it is called, where the document says so: `snapshotCompleted`.
    pub(crate) name: Option<String>,
    /// The operation to ask, by position.
    pub(crate) operation: usize,
    /// What ends the wait.
    pub(crate) goal: Goal,
}

/// What ends a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A value in the answer.
    State {
        /// Where it is.
        field: FieldPath,
        /// The values that are waited for.
        reached: Vec<Awaited>,
        /// The values behind which those never come.
        failed: Vec<Awaited>,
    },
    /// An answer with this status, which is no success.
    Status(u16),
}

/// A value that ends a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// One that an enum lists, or any text.
    Text(String),
    /// A truth value.
    Flag(bool),
}

impl std::fmt::Display for Awaited {
    /// As it is on the wire.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// The way from a value to one of its fields, or to a field of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldPath {
    /// Of each step the object or union, and the property.
    pub(crate) steps: Vec<(SchemaId, String)>,
    /// The schema at the end.
    pub(crate) leaf: SchemaId,
}

impl std::fmt::Display for FieldPath {
    /// The properties, joined by dots.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, (_, wire)) in self.steps.iter().enumerate() {
            let dot = if index > 0 { "." } else { "" };
            write!(f, "{dot}{wire}")?;
        }
        Ok(())
    }
}

/// An operation that begins what is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// Where it is declared.
    pub(crate) at: Pointer,
    /// The operation, by position.
    pub(crate) operation: usize,
    /// The waiter, by position.
    pub(crate) waiter: usize,
    /// What the operation to ask is given, one for each of its arguments.
    pub(crate) values: Vec<Given>,
}

/// Where an argument comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// A parameter of the path of the operation that begins it.
    Input(String),
    /// A field of that operation's answer.
    Answer(FieldPath),
}
