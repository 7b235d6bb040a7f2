//! Media types: which of a body's are one and the same, and what each makes of it.
//!
//! ```yaml
//! content:
//!   application/json: {schema: {$ref: '#/components/schemas/Report'}}
//!   application/vnd.api+json: {schema: {$ref: '#/components/schemas/Report'}}
//!   text/csv: {schema: {type: string}}
//! ```
//! are two representations: JSON under two names, and text.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr};

use super::Lowerer;
use super::schema::Site;
use crate::diagnostics::Code;
use crate::ir::{Framing, Opaque, Payload};
use crate::pointer::Pointer;

/// What one media type makes of a body.
pub(super) struct Representation {
    pub(super) at: Pointer,
    pub(super) media_type: String,
    pub(super) payload: Payload,
}

impl<'d> Lowerer<'d> {
    /// What a `content` map makes of a body: its usual representation, which is the first that is
    /// JSON, else the first that is no stream, else the first of all; then the others.
    pub(super) fn representations(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        site: &Site,
    ) -> Vec<Representation> {
        let chosen = self.distinct(content, Framing::of);
        let mut all = Vec::with_capacity(chosen.len());
        for (index, (name, media)) in chosen.iter().copied().enumerate() {
            let known = chosen[..index].iter().any(|(_, other)| other.schema == media.schema);
            let at = site.at.push("content").push(name);
            let mut place = Site { at: at.push("schema"), path: site.path.clone() };
            // Only the usual representation has the plain name.
            if index > 0 {
                place.path.push(told_apart_by(name));
            }
            let payload = match Framing::of(name) {
                Some(framing) => self.stream(framing, name, media, &place),
                None => self.payload(name, media, &place, known),
            };
            all.push(Representation { at, media_type: name.clone(), payload });
        }
        all
    }

    /// The usual representation alone, for bodies nobody can ask for in another. The others are
    /// named in a warning.
    pub(super) fn usual(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        site: &Site,
    ) -> Payload {
        let chosen = self.distinct(content, |_| None);
        for (name, _) in chosen.iter().skip(1) {
            self.warn(
                Code::Ignored,
                format!("an error of media type `{name}` is not decoded"),
                &site.at.push("content").push(name),
                "its bytes are kept; of several media types the first that is JSON is decoded, \
                 else the first",
            );
        }
        let Some((name, media)) = chosen.first() else { return Payload::Empty };
        let at = site.at.push("content").push(name).push("schema");
        self.payload(name, media, &Site { at, path: site.path.clone() }, false)
    }

    /// The media types that differ in more than their name, JSON first. JSON without a schema says
    /// nothing about the body, so that any other goes before it.
    pub(super) fn distinct(
        &self,
        content: &'d IndexMap<String, MediaType>,
        framing: fn(&str) -> Option<Framing>,
    ) -> Vec<(&'d String, &'d MediaType)> {
        let rank = |(name, media): &(&String, &MediaType)| match (framing(name), &media.schema) {
            (Some(_), _) => 2,
            (None, Some(_)) if self.is_json_body(name, media) => 0,
            (None, None) if is_json(name) => 3,
            (None, Some(_) | None) => 1,
        };
        let mut ranked: Vec<(&String, &MediaType)> = content.iter().collect();
        ranked.sort_by_key(rank);
        let mut chosen: Vec<(&String, &MediaType)> = Vec::new();
        for (name, media) in ranked {
            let repeats = chosen.iter().any(|(known, other)| {
                framing(known) == framing(name) && self.is_same(known, other, name, media)
            });
            if !repeats {
                chosen.push((name, media));
            }
        }
        chosen
    }

    /// Whether a second media type says nothing new: JSON of the same schema or of none, XML under
    /// its other name (RFC 7303), or the same type with other parameters, unless they give JSON
    /// another schema.
    fn is_same(&self, known: &str, first: &MediaType, name: &str, second: &MediaType) -> bool {
        let json = self.is_json_body(known, first) && self.is_json_body(name, second);
        let xml = |name: &str| matches!(&*essence(name), "text/xml" | "application/xml");
        let alike = first.schema == second.schema;
        (json && (alike || second.schema.is_none()))
            || (is_json(name) && second.schema.is_none())
            || (xml(known) && xml(name) && alike)
            || (!json && essence(known) == essence(name))
    }

    /// What a media type makes of a body; `known` says whether another one has the same schema.
    fn payload(&mut self, name: &str, media: &'d MediaType, place: &Site, known: bool) -> Payload {
        self.tell_of_end(media, place);
        let at = place.at.parent().unwrap_or_default();
        self.tell_of_encoding(media, &at, "the body is received as a whole");
        let media_type = name.to_owned();
        if self.is_json_body(name, media) {
            // A media type without a schema says that there is no content to speak of.
            let Some(schema) = &media.schema else { return Payload::Empty };
            let schema = self.schema(schema.into(), place);
            return Payload::Json { media_type, schema };
        }
        let is_text = is_text(name) && holds_text(media);
        // What is made of values under another media type is documented there.
        let raw = match known {
            true => Opaque::default(),
            false => self.raw_body(name, media, &at, is_text),
        };
        if is_text { Payload::Text { media_type, raw } } else { Payload::Bytes { media_type, raw } }
    }
}

/// `application/json` or a structured syntax suffix `+json` (RFC 6839), parameters aside.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// `text/…`, XML under its other names (RFC 7303), and CSV under vendor ones.
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    let suffixes = ["/xml", "+xml", "/csv", "+csv"];
    essence.starts_with("text/") || suffixes.iter().any(|suffix| essence.ends_with(suffix))
}

/// Whether a media type's text is in the one encoding that is written.
pub(super) fn is_utf_8(media_type: &str) -> bool {
    charset(media_type).is_none_or(|charset| matches!(&*charset, "utf-8" | "utf8"))
}

/// Whether it is in ASCII, of which UTF-8 makes no more of digits and the like.
pub(super) fn is_ascii(media_type: &str) -> bool {
    charset(media_type).is_some_and(|charset| charset == "us-ascii")
}

fn charset(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What tells a media type from the usual one beside it: `merge-patch` of
/// `application/merge-patch+json`.
pub(super) fn told_apart_by(media_type: &str) -> String {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype);
    subtype.strip_suffix("+json").unwrap_or(subtype).to_owned()
}

/// Text is decoded as text unless the schema says that it is binary.
fn holds_text(media: &MediaType) -> bool {
    match &media.schema {
        Some(ReferenceOr::Item(schema)) => {
            super::keywords::Keywords::of(schema).format.as_deref() != Some("binary")
        }
        _ => true,
    }
}
