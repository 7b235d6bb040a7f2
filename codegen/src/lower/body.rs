//! Request bodies: what may be sent, and which of several media types are a real choice.
//!
//! ```yaml
//! content:
//!   application/json: {schema: {$ref: '#/components/schemas/Pet'}}
//!   application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
//! ```
//! is one body, JSON: the same values in another spelling are no choice. With another schema under
//! the second media type there would be two.
//!
//! A body that may be left out of a GET or DELETE and whose schema says nothing is not offered:
//! generators of documents write it without meaning it.

use openapiv3::{Encoding, MediaType, Operation as Raw, RequestBody};

use super::keywords::{Keywords, TypeName};
use super::media::{essence, is_json, is_text, is_utf_8, told_apart_by};
use super::parameter::query_form;
use super::response::{sooner, sunset};
use super::schema::Site;
use super::{Lowerer, resolve};
use crate::diagnostics::Code;
use crate::ir::{
    Body, Content, ContentKind, Docs, Kind, Opaque, SchemaId, Style, StyleForm, Untyped,
};
use crate::pointer::Pointer;

/// Methods whose bodies have no defined meaning (RFC 9110, sections 9.3.1, 9.3.5 and 9.3.7).
const BODILESS: [&str; 4] = ["get", "head", "delete", "options"];

/// Which of a body's media types one is.
#[derive(Clone, Copy)]
struct Among {
    /// The first, which has the plain name.
    usual: bool,
    /// The only one.
    only: bool,
}

impl<'d> Lowerer<'d> {
    pub(super) fn body(
        &mut self,
        method: &str,
        raw: &'d Raw,
        site: &Pointer,
        id: &str,
    ) -> Option<Body> {
        let map = self.document.components.as_ref().map(|all| &all.request_bodies);
        let declared = raw.request_body.as_ref()?;
        let (body, at): (&RequestBody, Pointer) =
            resolve(declared, site.push("requestBody"), "requestBodies", map)?;
        if method == "trace" {
            self.warn(
                Code::Ignored,
                "the body of a TRACE is not sent: it must not have one",
                &at,
                "remove it (RFC 9110, section 9.3.8)",
            );
            return None;
        }
        self.unfit_sunsets(&body.content, &at);
        let here = Site { at: at.clone(), path: vec![id.to_owned(), "request".to_owned()] };
        let mut contents = Vec::new();
        let choices = self.choices(&body.content, &here);
        let only = choices.len() == 1;
        for (index, (name, media)) in choices.into_iter().enumerate() {
            contents.push(self.content(name, media, &here, Among { usual: index == 0, only }));
        }
        if BODILESS.contains(&method) {
            self.settle();
            contents.retain(|content| self.says_something(content));
            if method == "get" && !contents.is_empty() {
                self.warn(
                    Code::Ignored,
                    "a body of a GET is sent, though many servers and proxies drop it",
                    &at,
                    "nothing can be done by the client; parameters would be the usual way",
                );
            }
        }
        if contents.is_empty() {
            return None;
        }
        let here = site.push("requestBody");
        let description = self.described(&here, body.description.as_deref());
        let docs = Docs { description, ..Docs::default() };
        Some(Body { required: body.required, contents, docs })
    }

    /// When the first media type of the body goes out of service.
    pub(super) fn body_sunset(&self, raw: &'d Raw) -> Option<String> {
        let map = self.document.components.as_ref().map(|all| &all.request_bodies);
        let declared = raw.request_body.as_ref()?;
        let (body, _) = resolve(declared, Pointer::root(), "requestBodies", map)?;
        let days = body.content.values().map(|media| sunset(&media.extensions));
        days.fold(None, sooner)
    }

    /// The media types that are a choice, JSON first: of several types with one schema the first, a range
    /// of texts or of anything behind the types that are in it ("only the most specific key is applicable",
    /// OpenAPI 3.0, Request Body Object). Of a range of bytes the caller says which type it is.
    fn choices(
        &mut self,
        content: &'d indexmap::IndexMap<String, MediaType>,
        site: &Site,
    ) -> Vec<(&'d str, &'d MediaType)> {
        let (mut json, mut others): (Vec<_>, Vec<_>) =
            content.iter().partition(|(name, media)| self.is_json_body(name, media));
        json.sort_by_key(|(name, _)| name.as_str() == "*/*");
        others.sort_by_key(|(name, _)| is_text(name) && name.contains('*'));
        let mut chosen: Vec<(&'d str, &'d MediaType)> = Vec::new();
        for (name, media) in json.into_iter().chain(others) {
            // JSON under two names is JSON.
            let repeats = chosen.iter().any(|(known, other)| {
                let both_json = self.is_json_body(known, other) && self.is_json_body(name, media);
                both_json && (media.schema == other.schema || media.schema.is_none())
            });
            let mut same = chosen.iter().filter(|(_, other)| media.schema == other.schema);
            let other_spelling = same.clone().next().is_some();
            let is_within = same.any(|(known, _)| is_within(name, known));
            let is_json_by_name = chosen.iter().any(|(known, _)| is_json(known));
            if repeats || is_within {
                continue;
            }
            if name == "*/*" && is_json_by_name && self.is_json_body(name, media) {
                self.warn(
                    Code::Ignored,
                    "the media type `*/*` is not used",
                    &site.at.push("content").push(name),
                    "JSON has a schema of its own beside it, and counts as the more exact of the two",
                );
            } else if other_spelling {
                self.warn(
                    Code::Ignored,
                    format!("the media type `{name}` is not used"),
                    &site.at.push("content").push(name),
                    match is_text(name) && name.contains('*') {
                        true => "the type beside it is the more exact of the two, and is generated",
                        false => {
                            "of several media types for the same values the first that is JSON is \
                             generated, else the first"
                        }
                    },
                );
            } else {
                chosen.push((name, media));
            }
        }
        chosen
    }

    /// JSON by name, or anything at all whose schema is an object or a list.
    pub(super) fn is_json_body(&self, name: &str, media: &MediaType) -> bool {
        is_json(name) || (name == "*/*" && self.is_structured(media))
    }

    /// Whether the schema of a media type names something that only JSON can be.
    pub(super) fn is_structured(&self, media: &MediaType) -> bool {
        self.said_of(media).is_some_and(|said| {
            matches!(said.effective_type(), Some(TypeName::Object | TypeName::Array))
                || !said.all_of.is_empty()
                || !said.one_of.is_empty()
                || !said.any_of.is_empty()
        })
    }

    /// What the schema of a media type says, behind its reference.
    pub(super) fn said_of<'m>(&'m self, media: &'m MediaType) -> Option<Keywords<'m>> {
        let map = self.document.components.as_ref().map(|all| &all.schemas);
        let (schema, _) = resolve(media.schema.as_ref()?, Pointer::root(), "schemas", map)?;
        Some(Keywords::of(schema))
    }

    fn content(
        &mut self,
        name: &str,
        media: &'d MediaType,
        site: &Site,
        Among { usual, only }: Among,
    ) -> Content {
        let at = site.at.push("content").push(name);
        let mut path = site.path.clone();
        // Only the first body has the plain name.
        if !usual {
            path.push(told_apart_by(name));
        }
        let place = Site { at: at.push("schema"), path };
        let mut media_type = name.to_owned();
        let mut range = None;
        let of_caller = self.of_caller(name, media, &at);
        let is_his = of_caller.is_some();
        let kind = if let Some(kind) = of_caller {
            kind
        } else if self.is_json_body(name, media) {
            if name == "*/*" {
                media_type = "application/json".to_owned();
            }
            ContentKind::Json(self.media_schema(media, &place))
        } else if essence(name) == "application/x-www-form-urlencoded" && media.schema.is_some() {
            let schema = self.media_schema(media, &place);
            self.tell_of_no_part(media, schema, &at);
            self.tell_of_fields(media, schema, &at);
            self.tell_of_nulls(media, schema, &at);
            let encoded = media.encoding.iter();
            let styles = encoded
                .filter_map(|(name, encoding)| Some((name.clone(), form_style(encoding)?)))
                .collect();
            ContentKind::Form(schema, styles)
        } else if essence(name) == "multipart/form-data" {
            ContentKind::Multipart(match only {
                true => self.multipart(media, &place),
                false => self.form_of_several(media, &at),
            })
        } else if is_text(name) {
            // A range is no type of a message (RFC 9110, section 8.3).
            if name.contains('*') {
                media_type = "text/plain".to_owned();
                range = Some(name.to_owned());
            }
            ContentKind::Text
        } else {
            if name.contains('*') {
                media_type = "application/octet-stream".to_owned();
                range = Some(name.to_owned());
            }
            ContentKind::Bytes
        };
        if let ContentKind::Json(_) | ContentKind::Text | ContentKind::Bytes = kind {
            self.tell_of_encoding(media, &at, "the body is sent as a whole");
        }
        let raw = match &kind {
            ContentKind::Json(_) | ContentKind::Form(..) => Opaque::default(),
            ContentKind::Multipart(_) => Opaque { docs: self.words_of_whole(media), untyped: None },
            // Of what is the caller's own another warning tells.
            ContentKind::Text | ContentKind::Bytes if is_his => {
                Opaque { docs: self.words_of_whole(media), untyped: None }
            }
            ContentKind::Text => self.raw_body(name, media, &at, true),
            ContentKind::Bytes => self.raw_body(name, media, &at, false),
        };
        Content { at, media_type, range, kind, raw }
    }

    /// What a body is that nothing here writes as the document wants it: the caller's own, and told.
    fn of_caller(&mut self, name: &str, media: &MediaType, at: &Pointer) -> Option<ContentKind> {
        let essence = essence(name);
        let is_pairs = essence == "application/x-www-form-urlencoded";
        if is_pairs && self.has_no_fields(media) {
            self.warn(
                Code::Ignored,
                "a form is made of fields, and this schema has none: the body is the caller's own text",
                &at.push("schema"),
                "write it as an object with a property for each field",
            );
            return Some(ContentKind::Text);
        }
        if (is_pairs || is_text(name) || self.is_json_body(name, media)) && !is_utf_8(name) {
            self.warn(
                Code::Ignored,
                format!("nothing is written as `{name}`: the body is the caller's own bytes"),
                at,
                "only UTF-8 is written from values and texts",
            );
            return Some(ContentKind::Bytes);
        }
        None
    }

    /// Whether the schema of a media type names a type that has no properties.
    fn has_no_fields(&self, media: &MediaType) -> bool {
        let named = self.said_of(media).and_then(|said| said.effective_type());
        named.is_some_and(|name| name != TypeName::Object)
    }

    /// The schema of a media type; without one, any value.
    pub(super) fn media_schema(&mut self, media: &'d MediaType, site: &Site) -> SchemaId {
        match &media.schema {
            Some(schema) => self.schema(schema.into(), site),
            None => self.made_up(site, Docs::default(), Kind::Any(Untyped::DocumentSays)),
        }
    }

    fn says_something(&self, content: &Content) -> bool {
        match &content.kind {
            ContentKind::Json(schema) | ContentKind::Form(schema, _) => match self.kind_of(*schema)
            {
                Kind::Object(object) => {
                    !object.properties.is_empty() || object.additional.is_some()
                }
                Kind::Any(_) => false,
                _ => true,
            },
            ContentKind::Multipart(form) => !form.parts.is_empty() || !form.named.is_empty(),
            ContentKind::Text | ContentKind::Bytes => true,
        }
    }
}

/// Whether a media type is one of a range of bytes, as which its values can be sent.
fn is_within(name: &str, range: &str) -> bool {
    let range = essence(range);
    let start = range.strip_suffix('*').filter(|start| start.ends_with('/') && !is_text(&range));
    start.is_some_and(|start| start == "*/" || essence(name).starts_with(start))
}

/// The style of a form's property; `None` where it is spelled as its type would be. A media type counts
/// only without a style (OpenAPI 3.0.4, Encoding Object), and of all only JSON is a spelling. What is left out
/// of a style, `normalise` has written.
fn form_style(encoding: &Encoding) -> Option<Style> {
    let form = match &encoding.style {
        Some(style) => query_form(style),
        None if json_only(encoding) => StyleForm::Json,
        None => return None,
    };
    Some(Style { form, explode: encoding.explode, reserved: encoding.allow_reserved })
}

/// Whether a value is to be written as JSON, whatever it is.
pub(super) fn json_only(encoding: &Encoding) -> bool {
    encoding.content_type.as_deref().is_some_and(|name| !name.contains(',') && is_json(name))
}
