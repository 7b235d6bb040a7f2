//! Encodings that nothing has a use for: of parts that there are not, and of bodies without parts.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowerer;
use super::body::json_only;
use super::media::essence;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Content, ContentKind, Kind, SchemaId};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// Encodings of what is no property of the body's schema (OpenAPI 3.0, Media Type Object,
    /// `encoding`); `at` is the media type.
    pub(super) fn tell_of_no_part(&mut self, media: &MediaType, schema: SchemaId, at: &Pointer) {
        let Kind::Object(object) = self.kind_of(schema) else { return };
        if object.additional.is_some() {
            return;
        }
        let known = || object.properties.iter().map(|property| property.wire.as_str());
        let warning = |name: &String| {
            let message = format!("`encoding` names `{name}`, which is no part of the body");
            let at = at.push("encoding").push(name);
            let help = did_you_mean(name, known())
                .unwrap_or_else(|| "correct the name, or take it out".to_owned());
            Diagnostic::warning(Code::Ignored, message).at(&at).help(help)
        };
        let parts: BTreeSet<&str> = known().collect();
        let unknown = media.encoding.keys().filter(|name| !parts.contains(name.as_str()));
        let told: Vec<Diagnostic> = unknown.map(warning).collect();
        self.diagnostics.extend(told);
    }

    /// Media types of a form's fields that change nothing: beside a style, or of what nothing here writes.
    /// Text is what a single value is in any case, and JSON an object (OpenAPI 3.0.4, "Encoding the
    /// `x-www-form-urlencoded` Media Type").
    pub(super) fn tell_of_fields(&mut self, media: &MediaType, schema: SchemaId, at: &Pointer) {
        for (name, encoding) in &media.encoding {
            let Some(types) = &encoding.content_type else { continue };
            let is_styled = encoding.style.is_some() || encoding.explode || encoding.allow_reserved;
            // Of what is no field another warning tells.
            let Some(usual) = self.usual_type(schema, name) else { continue };
            let is_usual = types.split(',').any(|one| essence(one) == usual);
            if is_usual || (json_only(encoding) && !is_styled) {
                continue;
            }
            let help = if is_styled {
                "a style says how it is spelled: remove `contentType` or the style"
            } else {
                "only `application/json` makes a difference; declare the property as a string to \
                 write its text yourself"
            };
            let message = format!("`{name}` is not written as `{types}`");
            let at = at.push("encoding").push(name).push("contentType");
            self.warn(Code::Ignored, message, &at, help);
        }
    }

    /// What a field of a form is written as by itself.
    fn usual_type(&self, form: SchemaId, name: &str) -> Option<&'static str> {
        let Kind::Object(object) = self.kind_of(form) else { return Some("text/plain") };
        let field = object.properties.iter().find(|property| property.wire == name);
        let value = field.map(|field| field.schema).or(object.additional)?;
        let is_json = match self.kind_of(value) {
            Kind::Array(items) => !self.kind_of(*items).is_single(),
            kind => matches!(kind, Kind::Object(_) | Kind::Map(_)),
        };
        Some(if is_json { "application/json" } else { "text/plain" })
    }

    /// Encodings of a form that is one of several bodies, and so made by the caller.
    pub(super) fn tell_of_choice(
        &mut self,
        declared: &IndexMap<String, MediaType>,
        contents: &[Content],
        body: &Pointer,
    ) {
        let forms = contents.iter().filter(|one| matches!(one.kind, ContentKind::Multipart(_)));
        for form in forms {
            let Some(media) = declared.get(&form.media_type) else { continue };
            let at = body.push("content").push(&form.media_type);
            let why = "of several bodies a form has the caller's own parts";
            self.tell_of_encoding(media, &at, why);
        }
    }

    /// Encodings of a body that has no parts.
    pub(super) fn tell_of_encoding(&mut self, media: &MediaType, at: &Pointer, why: &str) {
        if !media.encoding.is_empty() {
            let message = format!("`encoding` is not read: {why}");
            let help = "it is for the parts of `multipart/form-data`, and for the properties of \
                        `application/x-www-form-urlencoded`";
            self.warn(Code::Ignored, message, &at.push("encoding"), help);
        }
    }
}
