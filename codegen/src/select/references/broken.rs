//! References that lead nowhere: what is said of them, and what becomes of their places.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::meant::meant;
use crate::assemble::Refusal;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::faults::{Mark, remove};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::shape::{Object, Shape, shape_at};
use crate::source::{Origins, Source};

/// How many broken references get a suggestion; comparing names is the one slow thing here.
const SUGGESTIONS: usize = 20;

/// Why a reference leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It names a place that the document does not have.
    Nothing,
    /// It is the bare name of a schema that the document does not have.
    NoSchema,
    /// It leads to something else than this.
    Misfit(Object),
    /// It comes back to itself; that is told of all in the circle at once.
    Circle,
    /// It is none, or leads into another file, and was not followed.
    Refused(Refusal),
}

/// What a reference stands for, as far as that decides what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// A schema: the value can stay JSON.
    Schema,
    /// A value of a discriminator: it is then one that the document does not list.
    Mapping,
    /// Something that no call needs.
    Spare,
    /// An answer that is there and says nothing a reader could use: its bytes are true of any.
    Answer,
    /// Something that a call cannot be made without.
    Call,
}

/// Every broken reference, with its places.
#[derive(Default)]
pub(super) struct Broken(IndexMap<(String, Place), (Why, IndexMap<Pointer, ()>)>);

impl Why {
    fn code(self) -> Code {
        match self {
            Self::Nothing | Self::NoSchema | Self::Misfit(_) => Code::UnresolvedReference,
            Self::Circle => Code::ReferenceCycle,
            Self::Refused(refusal) => refusal.code(),
        }
    }

    /// Of a reference to something else than such an object, as far as the specification says what
    /// stands there. One to a schema may lead anywhere.
    pub(super) fn of_misfit(reference: &str, object: Object) -> Option<Self> {
        let found = shape_at(&Pointer::from_reference(reference)?)?;
        let fits = object == Object::Schema || found == Shape::One(object);
        (!fits && found != Shape::Anything).then_some(Self::Misfit(object))
    }

    /// What is out of the document may be there; what is in it is not.
    fn mark(self) -> Mark {
        match self {
            Self::Nothing | Self::NoSchema | Self::Misfit(_) | Self::Circle => Mark::Fault,
            Self::Refused(refusal) => refusal.mark(),
        }
    }

    fn message(self, reference: &str) -> String {
        match self {
            Self::Nothing => format!("`{reference}` refers to nothing in the document"),
            Self::NoSchema => format!("the document has no schema `{reference}`"),
            Self::Misfit(object) => {
                format!("`{reference}` does not lead to {}", object.name())
            }
            Self::Circle => format!("the reference `{reference}` goes in a circle"),
            Self::Refused(refusal) => refusal.message(reference),
        }
    }

    fn help(self, reference: &str, place: Place, whole: &Source, may_suggest: bool) -> String {
        const ABSENT: &str = "add what it names to the document, or correct the reference";
        let meant = || meant(reference, place, whole).filter(|_| may_suggest);
        let found = match self {
            Self::Misfit(Object::PathItem) => {
                Some("refer to a path item: `#/paths/~1widgets`".to_owned())
            }
            Self::Misfit(object) => object.section().map(|section| {
                let section = whole.origins().reference(&format!("#/components/{section}"));
                format!("refer to a component under `{section}`")
            }),
            Self::Circle => Some(Refusal::Circle.help().to_owned()),
            Self::Refused(refusal) => {
                let near = meant().filter(|_| refusal == Refusal::Absent);
                Some(near.unwrap_or_else(|| refusal.help().to_owned()))
            }
            Self::NoSchema => {
                let names = whole.root.pointer("/components/schemas").and_then(Value::as_object);
                let names = names.filter(|_| may_suggest);
                names.and_then(|all| did_you_mean(reference, all.keys().map(String::as_str)))
            }
            Self::Nothing => meant(),
        };
        found.unwrap_or_else(|| ABSENT.to_owned())
    }
}

impl Place {
    /// What becomes of a broken reference to such an object.
    pub(super) fn of(object: Object) -> Self {
        match object {
            Object::Schema => Self::Schema,
            Object::Header | Object::Example | Object::Link | Object::Callback => Self::Spare,
            Object::Components
            | Object::Contact
            | Object::Discriminator
            | Object::Document
            | Object::Encoding
            | Object::ExternalDocs
            | Object::Info
            | Object::Items
            | Object::License
            | Object::MediaType
            | Object::OAuthFlow
            | Object::OAuthFlows
            | Object::Operation
            | Object::Parameter
            | Object::PathItem
            | Object::Paths
            | Object::RequestBody
            | Object::Response
            | Object::Responses
            | Object::SecurityRequirement
            | Object::SecurityScheme
            | Object::Server
            | Object::ServerVariable
            | Object::Tag
            | Object::Xml => Self::Call,
        }
    }

    /// The same where the component is of another kind: an answer is there, whatever it holds, and
    /// a parameter without a name cannot be sent.
    pub(super) fn of_misfit(object: Object) -> Self {
        match object {
            Object::Response => Self::Answer,
            Object::Parameter => Self::Spare,
            other => Self::of(other),
        }
    }

    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Schema | Self::Mapping | Self::Spare | Self::Answer => Severity::Warning,
            Self::Call => Severity::Error,
        }
    }

    pub(super) fn consequence(self) -> &'static str {
        match self {
            Self::Schema => ": the value stays `serde_json::Value`",
            Self::Mapping => ": the value is left out of the discriminator",
            Self::Spare => ": what it stands for is left out",
            Self::Answer => ": the answer is its bytes",
            Self::Call => "",
        }
    }
}

impl Broken {
    /// Why this reference is broken wherever it stands, if it is known to be.
    pub(super) fn known(&self, reference: &str) -> Option<Why> {
        let places = [Place::Schema, Place::Mapping, Place::Spare, Place::Answer, Place::Call];
        places
            .into_iter()
            .find_map(|place| self.0.get(&(reference.to_owned(), place)).map(|(why, _)| *why))
            .filter(|why| !matches!(why, Why::Misfit(_)))
    }

    /// Notes the reference at `pointer`.
    pub(super) fn add(&mut self, reference: &str, why: Why, place: Place, pointer: Pointer) {
        let (_, places) =
            self.0.entry((reference.to_owned(), place)).or_insert_with(|| (why, IndexMap::new()));
        places.insert(pointer, ());
    }

    /// One diagnostic a reference, at its first place.
    pub(super) fn report(&self, whole: &Source, diagnostics: &mut Diagnostics) {
        for (index, ((reference, place), (why, places))) in self.0.iter().enumerate() {
            let Some((first, ())) = places.first().filter(|_| *why != Why::Circle) else {
                continue;
            };
            let written = whole.origins().reference(reference);
            let message = format!("{}{}", why.message(&written), place.consequence());
            let more = match places.len() {
                1 => String::new(),
                number => format!("; {number} references lead there"),
            };
            let help = why.help(reference, *place, whole, index < SUGGESTIONS);
            let diagnostic = Diagnostic::new(why.code(), place.severity(), message);
            diagnostics.push(diagnostic.at(first).help(help + &more));
        }
    }

    /// Puts marked schemas in the place of broken ones, and takes out what no call needs.
    pub(super) fn mend(&self, root: &mut Value, origins: &Origins) {
        let mut gone = Vec::new();
        for ((reference, place), (why, places)) in &self.0 {
            for pointer in places.keys() {
                let holder = pointer.parent().unwrap_or_default();
                match place {
                    Place::Schema => {
                        let why_not = why.message(&origins.reference(reference));
                        why.mark().put(root, &holder, &why_not);
                    }
                    Place::Mapping => gone.push(pointer.clone()),
                    Place::Spare => gone.push(holder),
                    Place::Answer => put_bytes(root, &holder),
                    Place::Call => {}
                }
            }
        }
        // Of a list the last element goes first, so that the others stay where they are.
        gone.sort_by_key(|pointer| (pointer.as_str().len(), pointer.clone()));
        gone.iter().rev().for_each(|pointer| remove(root, pointer));
    }
}

/// Puts an answer there of which nothing is known.
fn put_bytes(root: &mut Value, at: &Pointer) {
    if let Some(place) = root.pointer_mut(at.as_str()) {
        *place = json!({"description": "", "content": {"*/*": {}}});
    }
}
