//! The census, and its form as JSON.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostics, Location};
use crate::pointer::Pointer;
use crate::source::Source;

/// What the output consists of, and how much of it has a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Every operation, in document order.
    pub operations: Vec<OperationEntry>,
    /// Every type, in document order.
    pub types: Vec<TypeEntry>,
    /// How many places have a type.
    pub typed: usize,
    /// The places that have none, in document order.
    pub untyped: Vec<UntypedPlace>,
}

/// An operation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationEntry {
    /// Where it is written.
    pub pointer: Pointer,
    /// `operationId`, or what stands in for it.
    pub id: String,
    /// The client's method that gives the group this one is a method of; nothing if it is the
    /// client's own.
    pub group: Option<String>,
    /// Its method.
    pub method: String,
    /// The media types it can send.
    pub sends: Vec<String>,
    /// The media types of its successes.
    pub accepts: Vec<String>,
}

/// A type of the module `types`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeEntry {
    /// The schema it is made of; `base` below a choice is what a value has that is none of its
    /// alternatives.
    pub pointer: Pointer,
    /// Its name.
    pub name: String,
    /// Which way its values go.
    pub travel: Travel,
}

/// Which way the values of a type go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// In requests.
    Sent,
    /// In answers.
    Received,
    /// In both.
    Both,
}

/// A place without a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntypedPlace {
    /// Where it is written.
    pub pointer: Pointer,
    /// What stands there.
    pub what: What,
    /// Who is to blame.
    pub cause: Cause,
    /// Why, in words.
    pub reason: String,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A schema with a name.
    Schema,
    /// A property of an object.
    Property,
    /// An item of a list.
    Item,
    /// A value of a map.
    Value,
    /// An alternative of a union.
    Alternative,
    /// A parameter.
    Parameter,
    /// A request body.
    Body,
    /// A part of a request body.
    Part,
    /// The body of an answer.
    Answer,
    /// A header of an answer.
    Header,
}

/// Why a place has no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The document allows anything there.
    Document,
    /// The document is broken there.
    Fault,
    /// The generator cannot express what the document says.
    Generator,
}

impl Census {
    /// The places without a type for this cause.
    pub fn untyped_by(&self, cause: Cause) -> impl Iterator<Item = &UntypedPlace> {
        self.untyped.iter().filter(move |place| place.cause == cause)
    }

    /// The pointers of all entries, list by list.
    pub(crate) fn pointers(&self) -> Vec<&Pointer> {
        let operations = self.operations.iter().map(|entry| &entry.pointer);
        let types = self.types.iter().map(|entry| &entry.pointer);
        operations.chain(types).chain(self.untyped.iter().map(|entry| &entry.pointer)).collect()
    }

    /// Brings the lists into the order of the document, with the pointers that it has itself.
    /// `places` are those of [`Census::pointers`], which takes a pass over the text to find.
    ///
    /// Of several files the order is that of the one that they would be together.
    pub(crate) fn sort(&mut self, source: &Source, places: Vec<Location>) {
        if source.files().nth(1).is_none() {
            self.sort_by(source, places);
        } else {
            let orders: Vec<Vec<usize>> =
                self.pointers().into_iter().map(|pointer| pointer.order_in(&source.root)).collect();
            self.sort_by(source, orders);
        }
    }

    fn sort_by<K: Ord>(&mut self, source: &Source, keys: Vec<K>) {
        let mut keys = keys.into_iter();
        in_document_order(&mut self.operations, |entry| &mut entry.pointer, source, &mut keys);
        in_document_order(&mut self.types, |entry| &mut entry.pointer, source, &mut keys);
        in_document_order(&mut self.untyped, |entry| &mut entry.pointer, source, &mut keys);
    }

    /// The report that `--report` writes; `docs/report.md` describes it.
    pub(crate) fn report(
        &self,
        title: &str,
        inputs: &[PathBuf],
        diagnostics: &Diagnostics,
    ) -> Value {
        let list = |cause| self.untyped_by(cause).map(UntypedPlace::object).collect::<Vec<_>>();
        let (by_document, by_fault) = (list(Cause::Document), list(Cause::Fault));
        let by_us = list(Cause::Generator);
        json!({
            "version": 3,
            "title": title,
            "files": beside(inputs),
            "places": {
                "typed": self.typed,
                "untyped_by_document": by_document.len(),
                "untyped_by_fault": by_fault.len(),
                "untyped_by_us": by_us.len(),
            },
            "untyped_by_us": by_us,
            "untyped_by_fault": by_fault,
            "untyped_by_document": by_document,
            "diagnostics": diagnostics.counts(),
            "operations": self.operations.iter().map(OperationEntry::object).collect::<Vec<_>>(),
            "types": self.types.iter().map(TypeEntry::object).collect::<Vec<_>>(),
        })
    }
}

/// The files as the document would name them, so that a report is the same wherever it is made.
fn beside(inputs: &[PathBuf]) -> Vec<String> {
    let folder = inputs.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    inputs.iter().map(name).collect()
}

/// A stable sort: what stands at one place keeps its order.
fn in_document_order<T, K: Ord>(
    entries: &mut Vec<T>,
    pointer: impl Fn(&mut T) -> &mut Pointer,
    source: &Source,
    keys: &mut impl Iterator<Item = K>,
) {
    // Asked for a key only where there is an entry, so that the next list finds its own.
    let mut placed: Vec<_> =
        std::mem::take(entries).into_iter().zip(keys).map(|(entry, at)| (at, entry)).collect();
    placed.sort_by(|(left, _), (right, _)| left.cmp(right));
    entries.extend(placed.into_iter().map(|(_, mut entry)| {
        let at = pointer(&mut entry);
        *at = source.origins().of(at);
        entry
    }));
}

impl OperationEntry {
    fn object(&self) -> Value {
        let Self { pointer, id, group, method, sends, accepts } = self;
        json!({
            "pointer": pointer.as_str(),
            "id": id,
            "group": group,
            "method": method,
            "sends": sends,
            "accepts": accepts,
        })
    }
}

impl TypeEntry {
    fn object(&self) -> Value {
        let Self { pointer, name, travel } = self;
        json!({"pointer": pointer.as_str(), "name": name, "travels": travel.as_str()})
    }
}

impl UntypedPlace {
    fn object(&self) -> Value {
        let Self { pointer, what, cause: _, reason } = self;
        json!({"pointer": pointer.as_str(), "what": what.as_str(), "reason": reason})
    }
}

impl Travel {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Both => "both",
        }
    }
}

impl What {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Property => "property",
            Self::Item => "item",
            Self::Value => "value",
            Self::Alternative => "alternative",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Part => "part",
            Self::Answer => "answer",
            Self::Header => "header",
        }
    }
}
