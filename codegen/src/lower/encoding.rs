//! Encodings that nothing has a use for: of parts that there are not, and of bodies without parts.

use std::collections::BTreeSet;

use openapiv3::MediaType;

use super::Lowerer;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Kind, SchemaId};
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
