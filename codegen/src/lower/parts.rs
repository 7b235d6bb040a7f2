//! Parts of a multipart body: what is taken for each, and under which media type it is sent.
//!
//! ```yaml
//! multipart/form-data:
//!   encoding:
//!     note: {contentType: text/markdown}
//!     picture: {contentType: 'image/png, image/jpeg'}
//!     order: {contentType: application/xml}
//! ```
//! The note is a text that is sent as Markdown. Of the picture the caller says which it is. The order,
//! an object, is one that the caller has written: nothing here writes XML, which a warning says.

use openapiv3::{Encoding, MediaType, ReferenceOr};

use super::Lowerer;
use super::media::{essence, is_ascii, is_json, is_text, is_utf_8};
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Form, Kind, Object, Part, PartKind, SchemaId, StringFormat, Untyped};
use crate::pointer::Pointer;

/// How a value is written where the document says no more.
enum Nature {
    /// Text, or any value, which text can be.
    Text,
    /// A number and the like: their text.
    Single,
    /// A part for each.
    Singles,
    /// JSON.
    Structured,
}

impl<'d> Lowerer<'d> {
    /// The parts of a form; none where its schema does not tell them apart, so that they are the
    /// caller's own.
    pub(super) fn multipart(&mut self, media: &'d MediaType, site: &Site) -> Form {
        let at = site.at.parent().unwrap_or_default();
        let Some(schema) = &media.schema else {
            self.tell_of_encoding(media, &at, "without a schema the parts are the caller's own");
            return Untyped::DocumentSays.into();
        };
        let here = self.schema(schema.into(), site);
        // What the parts are decides how they are written.
        self.settle();
        self.tell_of_no_part(media, here, &at);
        self.tell_of_nulls(media, here, &at);
        let Kind::Object(Object { properties, additional }) = self.kind_of(here).clone() else {
            return self.no_form(media, here, site).into();
        };
        let Some(first) = properties.first().map(|property| property.schema) else {
            return self.no_form(media, here, site).into();
        };
        if let Some(values) = additional {
            let place = self.place_of_others(here, values);
            self.warn(
                Code::Ignored,
                "only the parts that `properties` names can be sent",
                &place,
                "name the others there too; a form of `additionalProperties` alone has the caller's \
                 own parts",
            );
        }
        if let ReferenceOr::Item(_) = schema {
            // Its properties become arguments one by one; a type for all of them has no use.
            self.schemas[here.0].kind = Kind::Alias(first);
        }
        let mut parts = Vec::with_capacity(properties.len());
        for property in properties {
            if self.schemas[property.schema.0].read_only {
                continue;
            }
            let encoding = media.encoding.get(&property.wire);
            if let Some(encoding) = encoding {
                self.tell_of_part(&property.wire, encoding, &at);
            }
            let place = at.push("encoding").push(&property.wire).push("contentType");
            parts.push(Part {
                kind: self.part_kind(&property.wire, property.schema, encoding, &place),
                at: property.at,
                wire: property.wire,
                schema: property.schema,
                required: property.required,
            });
        }
        Form { parts, untyped: None, named: Vec::new() }
    }

    /// A form that is one of several bodies: its parts are the caller's own, and named in the docs.
    pub(super) fn form_of_several(&mut self, media: &MediaType, at: &Pointer) -> Form {
        let said = self.said_of(media);
        let named: Vec<(String, bool)> = said.map_or_else(Vec::new, |said| {
            let is_required = |wire: &str| said.required.iter().any(|name| name == wire);
            let each = said.properties.iter();
            each.map(|(wire, _)| ((*wire).to_owned(), is_required(wire))).collect()
        });
        if media.schema.is_none() {
            self.tell_of_encoding(media, at, "without a schema the parts are the caller's own");
            return Untyped::DocumentSays.into();
        }
        let lost = match media.encoding.is_empty() {
            true => "its schema types nothing",
            false => "neither its schema nor its `encoding` is followed",
        };
        self.warn(
            Code::Ignored,
            format!("a form beside other bodies has the caller's own parts: {lost}"),
            at,
            "`Multipart::part` makes each of them; for arguments of their own describe the form in an \
             operation of its own",
        );
        let untyped = Untyped::Unsupported("a form beside other bodies".to_owned());
        Form { named, ..untyped.into() }
    }

    /// Where it says that an object may have further properties: what stands there, or else the object,
    /// where it is what has the schema of these elsewhere.
    fn place_of_others(&self, object: SchemaId, values: SchemaId) -> Pointer {
        let values = &self.schemas[values.0];
        match values.is_component() {
            true => self.schemas[self.target(object).0].at.clone(),
            false => values.at.clone(),
        }
    }

    /// Why a form whose schema is a choice, a list or anything else without properties has no parts.
    fn no_form(&mut self, media: &MediaType, schema: SchemaId, site: &Site) -> Untyped {
        let why = "the parts are the caller's own";
        let kind = self.kind_of(schema);
        let untyped = if let Kind::Any(untyped) = kind {
            untyped.clone()
        } else if let Kind::Map(_) | Kind::Object(_) = kind {
            Untyped::DocumentSays
        } else {
            self.warn(
                Code::Ignored,
                format!("the schema of this form is no object with properties: {why}"),
                &site.at,
                "write it as one object with a property for each part, those that need not be there \
                 not `required`",
            );
            Untyped::Unsupported("a form that is no object with properties".to_owned())
        };
        self.tell_of_encoding(media, &site.at.parent().unwrap_or_default(), why);
        untyped
    }

    /// What an encoding says and nothing does.
    fn tell_of_part(&mut self, wire: &str, encoding: &Encoding, media: &Pointer) {
        if !encoding.headers.is_empty() {
            self.warn(
                Code::Ignored,
                format!("the headers of part `{wire}` are not sent"),
                &media.push("encoding").push(wire).push("headers"),
                "only its name, file name and media type are",
            );
        }
        if encoding.style.is_some() || encoding.explode || encoding.allow_reserved {
            self.warn(
                Code::Ignored,
                format!("part `{wire}` is not spelled in a style"),
                &media.push("encoding").push(wire),
                "in OpenAPI 3.0 `style`, `explode` and `allowReserved` are for \
                 `application/x-www-form-urlencoded` alone; declare the part as a string to spell it \
                 yourself",
            );
        }
    }

    fn part_kind(
        &mut self,
        wire: &str,
        schema: SchemaId,
        encoding: Option<&Encoding>,
        at: &Pointer,
    ) -> PartKind {
        let types = stated(encoding);
        if self.is_binary(schema) {
            return PartKind::File(types);
        }
        let nature = match self.kind_of(schema) {
            Kind::Array(items) if self.is_binary(*items) => return PartKind::Files(types),
            Kind::Array(items) if self.kind_of(*items).is_single() => Nature::Singles,
            kind => nature(kind),
        };
        if types.is_empty() {
            return PartKind::Value(None);
        }
        if let Some(kind) = written(&nature, &types) {
            return kind;
        }
        let is_named = |name: &String| is_text(name) || is_json(name);
        // Pictures and the like are often described as text, and a choice among types is the caller's.
        let is_his = matches!(nature, Nature::Text)
            && (types.len() > 1 || !types.iter().any(is_named) || types[0].contains('*'));
        if !is_his {
            let names = types.join(", ");
            self.warn(
                Code::Ignored,
                format!("part `{wire}` is not written as `{names}`: the caller has to"),
                at,
                "it is taken as a `Part` of bytes or text and sent under that media type; only texts \
                 in UTF-8 and JSON are written from values",
            );
        }
        PartKind::File(types)
    }

    /// Whether a schema is of format `binary`.
    fn is_binary(&self, mut id: SchemaId) -> bool {
        while let Kind::Alias(next) = self.schemas[id.0].kind {
            id = next;
        }
        self.binary.contains(&id)
    }
}

/// The media types that an encoding allows, ranges among them (OpenAPI 3.0, Encoding Object).
fn stated(encoding: Option<&Encoding>) -> Vec<String> {
    let text = encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default();
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn nature(kind: &Kind) -> Nature {
    match kind {
        Kind::String(StringFormat::Plain | StringFormat::Secret) | Kind::Any(_) => Nature::Text,
        Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(
            StringFormat::DateTime
            | StringFormat::Date
            | StringFormat::Uuid
            | StringFormat::Ipv4
            | StringFormat::Base64,
        )
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Foreign(_) => Nature::Single,
        Kind::Alias(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Object(_)
        | Kind::Union(_) => Nature::Structured,
    }
}

/// What the client writes of such a value by itself, if any of the types allows it.
fn written(nature: &Nature, types: &[String]) -> Option<PartKind> {
    if let (Nature::Text, [_, _, ..]) = (nature, types) {
        return None;
    }
    let usual = if let Nature::Structured = nature { "application/json" } else { "text/plain" };
    types.iter().find_map(|name| {
        let essence = essence(name);
        if essence.contains('*') {
            return (essence == "*/*" || covers(&essence, usual)).then_some(PartKind::Value(None));
        }
        if !(is_utf_8(name) || matches!(nature, Nature::Single) && is_ascii(name)) {
            return None;
        }
        let is_written = match nature {
            Nature::Text => is_text(name),
            Nature::Single => true,
            // Of another type the list as a whole may be one, such as CSV.
            Nature::Singles => essence == usual,
            Nature::Structured => false,
        };
        match (is_json(name), is_written) {
            (true, _) => Some(PartKind::Json(name.clone())),
            (false, true) => Some(PartKind::Value(Some(name.clone()))),
            (false, false) => None,
        }
    })
}

/// Whether a range of media types has `usual` in it; of texts the caller says which.
fn covers(range: &str, usual: &str) -> bool {
    usual.starts_with("application/") && range == "application/*"
}
