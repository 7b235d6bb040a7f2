//! Schemas that have a type of the user's own: those of a format, and those at a place.
//!
//! In: an `Api` in which every schema is what it is going to be, and what the user has types for. Out:
//! the same, with `Kind::Foreign` in these places; what such a schema holds is nobody's business any
//! more. The alternatives of a choice are told apart by what they declare, so that none of them can be
//! foreign if it is an object.
//!
//! ```yaml
//! Money: {type: string, format: decimal}
//! Order: {type: object, properties: {price: {$ref: '#/components/schemas/Money'}}}
//! ```
//! `/components/schemas/Money` makes every use of `Money` foreign, and
//! `/components/schemas/Order/properties/price` this one alone.

mod edges;

use std::collections::{BTreeMap, BTreeSet};

use self::edges::edges;
use super::Asked;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, By, Foreign, Kind, Origin, Schema, SchemaId, StringFormat};
use crate::names::type_place;
use crate::nearest::did_you_mean;
use crate::selectors::nowhere;

/// Puts the user's types in their places.
pub(super) fn lower(api: &mut Api, asked: &Asked<'_>) -> Diagnostics {
    if asked.formats.is_empty() && asked.places.is_empty() {
        return Diagnostics::default();
    }
    let (formats, mut diagnostics) = by_format(api, asked);
    let mut known = by_place(api, asked);
    references(api, asked, &mut known);
    diagnostics.extend(shadowed(api, asked, &formats));
    let stale = asked.places.iter().filter(|place| !known.contains(**place));
    let told = stale.map(|place| nowhere("types", place, "schema", known.iter(), asked.written));
    diagnostics.extend(told);
    diagnostics.extend(alternatives(api));
    diagnostics
}

/// Gives the formats that there are.
fn by_format(api: &mut Api, asked: &Asked<'_>) -> (BTreeSet<String>, Diagnostics) {
    let mut formats: BTreeSet<String> = BTreeSet::new();
    for schema in &mut api.schemas {
        let Some(format) = format_of(schema) else { continue };
        if asked.formats.contains(format.as_str()) {
            schema.kind = foreign(By::Format(format.clone()), schema.kind.clone());
            schema.default = None;
        }
        formats.insert(format);
    }
    let stale = asked.formats.iter().filter(|format| !formats.contains(**format));
    let told = stale.map(|format| {
        let message = format!("`formats` names `{format}`, which no text or number in use has");
        let help = did_you_mean(format, formats.iter().map(String::as_str))
            .unwrap_or_else(|| "remove the entry, or correct the name of the format".to_owned());
        Diagnostic::error(Code::Config, message).about("formats", Some(format)).stale().help(help)
    });
    let told = told.collect();
    (formats, told)
}

/// Formats of which no schema is left, because each that has it stands at a place of `types`.
fn shadowed<'a>(
    api: &'a Api,
    asked: &'a Asked<'_>,
    formats: &'a BTreeSet<String>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let left = api.schemas.iter().filter_map(|schema| match &schema.kind {
        Kind::Foreign(Foreign { by: By::Format(format), .. }) => Some(format.as_str()),
        _ => None,
    });
    let left: BTreeSet<&str> = left.collect();
    let none_left = asked.formats.iter().filter(move |format| !left.contains(**format));
    none_left.filter(|format| formats.contains(**format)).map(|format| {
        let message = format!(
            "`formats` names `{format}`, and every text or number that has it has a type of its own by \
             `types`"
        );
        let error = Diagnostic::error(Code::Config, message).about("formats", Some(format));
        error.stale().help("remove the entry, which does nothing")
    })
}

/// The format of a text or number that is no enum: as it is written, or as an `allOf` has left it.
fn format_of(schema: &Schema) -> Option<String> {
    let implied = match &schema.kind {
        Kind::String(format) => match format {
            StringFormat::Plain => None,
            StringFormat::DateTime => Some("date-time"),
            StringFormat::Date => Some("date"),
            StringFormat::Uuid => Some("uuid"),
            StringFormat::Ipv4 => Some("ipv4"),
            StringFormat::Base64 => Some("byte"),
            StringFormat::Secret => Some("password"),
        },
        Kind::Boolean | Kind::Integer(_) | Kind::Number(_) => None,
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_)
        | Kind::Union(_)
        | Kind::Foreign(_) => return None,
    };
    let written = schema.format.as_ref().or(schema.docs.format.as_ref());
    written.cloned().or_else(|| implied.map(str::to_owned))
}

/// Schemas that stand at such a place themselves. Gives every place where one stands.
fn by_place(api: &mut Api, asked: &Asked<'_>) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for id in (0..api.schemas.len()).map(SchemaId) {
        let place = asked.origins.of(&type_place(api, id)).to_string();
        if asked.places.contains(place.as_str()) {
            make_foreign(api, id, id, &place);
        }
        known.insert(place);
    }
    known
}

/// References at such a place. What they lead to stays what it is elsewhere.
fn references(api: &mut Api, asked: &Asked<'_>, known: &mut BTreeSet<String>) {
    let mut wanted = Vec::new();
    edges(api, &mut |at, id| {
        let place = asked.origins.of(at).to_string();
        if asked.places.contains(place.as_str()) {
            wanted.push((place.clone(), at.clone(), *id));
        }
        known.insert(place);
    });
    let mut made = BTreeMap::new();
    for (place, at, id) in wanted {
        let is_own = asked.origins.of(&type_place(api, id)).as_str() == place;
        if !is_own && !made.contains_key(&at) {
            let new = SchemaId(api.schemas.len());
            let origin = Origin::Inline(at.last().into_iter().collect());
            let like = api.schema(id).clone();
            api.schemas.push(Schema { at: at.clone(), origin, ..like });
            make_foreign(api, new, id, &place);
            made.insert(at, new);
        }
    }
    edges(api, &mut |at, id| {
        if let Some(new) = made.get(at) {
            *id = *new;
        }
    });
}

/// Gives `id` the user's type, in place of what `target` is.
fn make_foreign(api: &mut Api, id: SchemaId, target: SchemaId, place: &str) {
    let instead = match &api.resolved(target).kind {
        Kind::Foreign(known) => (*known.instead).clone(),
        kind => kind.clone(),
    };
    let (nullable, read_only, write_only) =
        (api.nullable(target), api.read_only(target), api.write_only(target));
    let slot = &mut api.schemas[id.0];
    (slot.nullable, slot.read_only, slot.write_only) = (nullable, read_only, write_only);
    slot.default = None;
    slot.kind = foreign(By::Place(place.to_owned()), instead);
}

fn foreign(by: By, instead: Kind) -> Kind {
    Kind::Foreign(Foreign { by, instead: Box::new(instead) })
}

/// Choices among objects of which one is foreign.
fn alternatives(api: &Api) -> Diagnostics {
    let mut found = Diagnostics::default();
    for schema in &api.schemas {
        let Kind::Union(union) = &schema.kind else { continue };
        let variants = union.variants.iter().map(|variant| (&variant.at, variant.schema));
        for (at, id) in variants.chain([(&schema.at, union.base)]) {
            if is_foreign_object(&api.resolved(id).kind) {
                let message = format!(
                    "an alternative of `{}` has a type of yours: no value could be told from others",
                    schema.origin
                );
                let help =
                    "give the whole choice a type of yours, or properties of the alternative";
                found.push(Diagnostic::error(Code::Config, message).at(at).help(help));
            }
        }
    }
    found
}

fn is_foreign_object(kind: &Kind) -> bool {
    let Kind::Foreign(foreign) = kind else { return false };
    match &*foreign.instead {
        Kind::Any(_) | Kind::Map(_) | Kind::Object(_) | Kind::Union(_) => true,
        Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Foreign(_) => false,
    }
}
