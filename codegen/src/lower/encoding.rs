//! Encodings that nothing has a use for: of parts that there are not, and of bodies without parts.

use std::collections::BTreeSet;

use openapiv3::MediaType;

use super::Lowerer;
use super::body::json_only;
use super::media::essence;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Kind, SchemaId};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

/// What a single value is written as.
const TEXT: &str = "text/plain";

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
    /// Text is what a single value is in any case, and JSON an object that has no style (OpenAPI 3.0.4,
    /// "Encoding the `x-www-form-urlencoded` Media Type").
    pub(super) fn tell_of_fields(&mut self, media: &MediaType, schema: SchemaId, at: &Pointer) {
        for (name, encoding) in &media.encoding {
            let Some(types) = &encoding.content_type else { continue };
            let is_styled = encoding.style.is_some() || encoding.explode || encoding.allow_reserved;
            // Of what is no field another warning tells.
            let Some(usual) = self.usual_type(schema, name) else { continue };
            let is_usual =
                (usual == TEXT || !is_styled) && types.split(',').any(|one| essence(one) == usual);
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
        let Kind::Object(object) = self.kind_of(form) else { return Some(TEXT) };
        let field = object.properties.iter().find(|property| property.wire == name);
        let value = field.map(|field| field.schema).or(object.additional)?;
        let is_json = match self.kind_of(value) {
            Kind::Array(items) => !self.kind_of(*items).is_single(),
            kind => matches!(kind, Kind::Object(_) | Kind::Map(_)),
        };
        Some(if is_json { "application/json" } else { TEXT })
    }

    /// Fields of a form that may be null: a form has no spelling for it, and how it is to be written
    /// is left to each implementation (OpenAPI 3.0.4, "Appendix C: Using RFC6570-Based Serialization"
    /// and "Encoding the `x-www-form-urlencoded` Media Type"). Here they are left out.
    pub(super) fn tell_of_nulls(&mut self, media: &MediaType, schema: SchemaId, at: &Pointer) {
        let Kind::Object(object) = self.kind_of(schema) else { return };
        let is_json = |wire: &str| media.encoding.get(wire).is_some_and(json_only);
        let nullable = object.properties.iter().filter(|property| {
            self.is_nullable(property.schema)
                && !self.schemas[property.schema.0].read_only
                && !is_json(&property.wire)
        });
        let names: Vec<String> = nullable.map(|property| format!("`{}`", property.wire)).collect();
        if names.is_empty() {
            return;
        }
        let message = format!("a form has no null; left out instead: {}", names.join(", "));
        let help = "nothing has to be done, if the server takes what is missing for null; otherwise \
                    `encoding` can make a field JSON, which has null";
        let note = Diagnostic::note(Code::Ignored, message).at(&at.push("schema")).help(help);
        self.diagnostics.push(note);
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
