//! What an answer has besides its list: whatever may say that there is another page.

use super::words::{self, plain};
use crate::ir::{Api, FieldPath, Kind, Object, Property, SchemaId, Step, StringFormat};

/// How deeply what is about the page is looked for: `meta.pagination.next_page`, `links.pages.next`.
const DEEPEST: usize = 3;

/// An answer with one list.
pub(super) struct Around {
    /// The list.
    pub(super) items: FieldPath,
    /// What is beside it, and about the page by its name or place.
    pub(super) parts: Vec<Part>,
}

/// A field of the answer, or of an object about the page in it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The way to it.
    pub(super) steps: Vec<Step>,
    /// Its name, plain.
    pub(super) name: String,
    /// The plain name of the object it is in; nothing in the answer itself.
    pub(super) holder: String,
    pub(super) schema: SchemaId,
    /// Whether the last page can be without it.
    pub(super) may_be_missing: bool,
}

impl Around {
    /// What is around the only list of an answer. One that has several, or none, is no page, nor
    /// one that only lists what went wrong.
    pub(super) fn of(api: &Api, answer: SchemaId) -> Option<Self> {
        let root = api.resolve(answer);
        match &api.schema(root).kind {
            Kind::Array(_) => {
                let items = FieldPath { steps: Vec::new(), leaf: answer };
                Some(Self { items, parts: Vec::new() })
            }
            Kind::Object(object) => {
                let lists = lists(api, root, object, &[]);
                let [items] = <[FieldPath; 1]>::try_from(lists).ok()?;
                let is_of_faults =
                    |(_, name): &(SchemaId, String)| words::is_of_faults(&plain(name));
                if items.steps.last().is_some_and(is_of_faults) {
                    return None;
                }
                let mut parts = Vec::new();
                gather(api, object, &Level::default(), &mut parts);
                Some(Self { items, parts })
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => None,
        }
    }

    /// The only part that `fits`; where there are two, nobody can say which.
    pub(super) fn only(&self, fits: impl Fn(&Part) -> bool) -> Option<&Part> {
        let mut found = self.parts.iter().filter(|part| fits(part));
        let part = found.next()?;
        found.next().is_none().then_some(part)
    }
}

/// The lists of an object that are not lists of links.
fn lists(
    api: &Api,
    holder: SchemaId,
    object: &Object,
    way: &[(SchemaId, String)],
) -> Vec<FieldPath> {
    let mut found = Vec::new();
    for property in received(api, object) {
        let inner = api.resolve(property.schema);
        let steps = || [way, &[(holder, property.wire.clone())]].concat();
        match &api.schema(inner).kind {
            Kind::Array(items) if !is_of_links(api, &property.wire, *items) => {
                found.push(FieldPath { steps: steps(), leaf: property.schema });
            }
            Kind::Object(object)
                if way.is_empty() && words::is_embedded(&plain(&property.wire)) =>
            {
                found.extend(lists(api, inner, object, &steps()));
            }
            // Beside a page of one thing, a list in another shape would be as good a list.
            Kind::Tuple(_) => found.push(FieldPath { steps: steps(), leaf: property.schema }),
            Kind::Array(_)
            | Kind::Object(_)
            | Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => {}
        }
    }
    found
}

/// The properties that answers have.
fn received<'a>(api: &'a Api, object: &'a Object) -> impl Iterator<Item = &'a Property> {
    object.properties.iter().filter(|property| !api.write_only(property.schema))
}

/// Where in the answer the search is.
#[derive(Clone, Default)]
struct Level {
    steps: Vec<Step>,
    name: String,
    may_be_missing: bool,
}

impl Level {
    fn part(&self, api: &Api, property: &Property) -> Part {
        let may_be_missing =
            self.may_be_missing || !property.required || api.nullable(property.schema);
        let mut steps = self.steps.clone();
        steps.push(Step::Name(property.wire.clone()));
        Part {
            steps,
            name: plain(&property.wire),
            holder: self.name.clone(),
            schema: property.schema,
            may_be_missing,
        }
    }
}

fn gather(api: &Api, object: &Object, level: &Level, parts: &mut Vec<Part>) {
    for property in received(api, object) {
        let part = level.part(api, property);
        match &api.resolved(property.schema).kind {
            Kind::Array(items) if is_of_links(api, &property.wire, *items) => {
                let mut steps = part.steps;
                steps.push(Step::Where("rel".to_owned(), "next".to_owned()));
                let name = "next".to_owned();
                parts.push(Part { steps, name, holder: part.name, may_be_missing: true, ..part });
            }
            Kind::Object(inner) => {
                if part.steps.len() < DEEPEST && words::is_holder(&part.name) {
                    let level = Level {
                        steps: part.steps.clone(),
                        name: part.name.clone(),
                        may_be_missing: part.may_be_missing,
                    };
                    gather(api, inner, &level, parts);
                }
                parts.push(part);
            }
            Kind::Boolean | Kind::Integer(_) | Kind::Number(_) | Kind::String(_) => {
                parts.push(part)
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Array(_)
            | Kind::Tuple(_)
            | Kind::Enum(_)
            | Kind::IntegerEnum(_)
            | Kind::Map(_)
            | Kind::Union(_)
            | Kind::Foreign(_) => {}
        }
    }
}

/// Whether a list holds links: objects with a relation and a target (RFC 8288, section 2).
fn is_of_links(api: &Api, name: &str, items: SchemaId) -> bool {
    let Kind::Object(object) = &api.resolved(items).kind else { return false };
    let has_text = |wire: &str| {
        object.properties.iter().any(|property| {
            let kind = &api.resolved(property.schema).kind;
            property.wire == wire
                && matches!(kind, Kind::String(StringFormat::Plain) | Kind::Enum(_))
        })
    };
    words::is_links(&plain(name)) && has_text("rel") && has_text("href")
}
