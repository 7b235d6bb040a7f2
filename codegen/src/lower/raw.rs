//! What a schema says of a body that is text or bytes in any case.
//!
//! ```yaml
//! text/plain: {schema: {type: string, maxLength: 64}}
//! multipart/mixed: {schema: {type: object, properties: {note: {type: string}}}}
//! ```
//! are a text whose rule is documented, and bytes, which a warning says: the caller writes or reads
//! the parts.

use openapiv3::MediaType;

use super::Lowerer;
use super::keywords::{Keywords, TypeName};
use super::scalar::string_format;
use crate::diagnostics::Code;
use crate::ir::{Opaque, StringFormat, Untyped};
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// What the schema of a media type says of a text, or else of bytes; `at` is the media type.
    pub(super) fn raw_body(
        &mut self,
        name: &str,
        media: &MediaType,
        at: &Pointer,
        is_text: bool,
    ) -> Opaque {
        let Some(said) = self.said_of(media) else { return Opaque::default() };
        let what = if is_text {
            // Null has no spelling in a text.
            let is_nullable = || said.effective_type().is_some() && self.may_be_null(media);
            more_than_text(&said).or_else(|| is_nullable().then_some("a text or null"))
        } else {
            more_than_bytes(&said)
        };
        let docs = self.words_of_whole(media);
        let Some(what) = what else { return Opaque { docs, untyped: None } };
        let taken = if is_text { "a text" } else { "bytes" };
        self.warn(
            Code::Ignored,
            format!("a body of type `{name}` is taken as {taken}, though its schema is {what}"),
            &at.push("schema"),
            "write it, or read it, by code of your own: JSON and forms alone are made of values",
        );
        let why = format!("{what} as `{name}`");
        Opaque { docs, untyped: Some(Untyped::Unsupported(why)) }
    }

    fn may_be_null(&self, media: &MediaType) -> bool {
        let schema = media.schema.as_ref().and_then(|written| self.raw(written));
        schema.is_some_and(|schema| schema.schema_data.nullable)
    }
}

/// What a schema is, where a text of any kind is not all of it.
fn more_than_text(said: &Keywords<'_>) -> Option<&'static str> {
    if let Some(what) = more_than_bytes(said) {
        return Some(what);
    }
    Some(match said.effective_type()? {
        TypeName::Boolean => "true or false",
        TypeName::Integer => "a whole number",
        TypeName::Number => "a number",
        TypeName::String if !said.values.is_empty() => "one of listed texts",
        TypeName::String => match string_format(said.format.as_deref()) {
            StringFormat::Plain | StringFormat::Secret | StringFormat::Base64 => return None,
            StringFormat::DateTime => "a date and time",
            StringFormat::Date => "a date",
            StringFormat::Uuid => "a UUID",
            StringFormat::Ipv4 => "an IPv4 address",
        },
        TypeName::Object | TypeName::Array => return None,
    })
}

/// What a schema is that is made of others; a bare `object` is often written of any contents.
fn more_than_bytes(said: &Keywords<'_>) -> Option<&'static str> {
    if said.is_composed() {
        return Some("made of other schemas");
    }
    let has_members = !said.properties.is_empty() || said.additional.is_some();
    match said.effective_type()? {
        TypeName::Object if has_members => Some("an object"),
        TypeName::Array => Some("a list"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_that_say_more_than_the_body_shows() {
        for (schema, text, bytes) in [
            (r#"{"type": "string", "maxLength": 3}"#, None, None),
            (r#"{"type": "string", "format": "binary"}"#, None, None),
            (r#"{"type": "string", "format": "byte"}"#, None, None),
            (r#"{"type": "string", "format": "date"}"#, Some("a date"), None),
            (r#"{"type": "string", "enum": ["a"]}"#, Some("one of listed texts"), None),
            (r#"{"type": "integer"}"#, Some("a whole number"), None),
            (r#"{"type": "boolean"}"#, Some("true or false"), None),
            (r#"{"type": "object"}"#, None, None),
            (r#"{}"#, None, None),
            (r#"{"type": "array", "items": {}}"#, Some("a list"), Some("a list")),
            (r#"{"properties": {"a": {}}}"#, Some("an object"), Some("an object")),
            (
                r#"{"allOf": [{"type": "string"}, {"maxLength": 3}]}"#,
                { Some("made of other schemas") },
                Some("made of other schemas"),
            ),
        ] {
            let parsed: openapiv3::Schema = serde_json::from_str(schema).unwrap();
            let said = Keywords::of(&parsed);
            assert_eq!((more_than_text(&said), more_than_bytes(&said)), (text, bytes), "{schema}");
        }
    }
}
