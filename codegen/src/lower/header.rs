//! Headers of answers.

use openapiv3::{Header as Raw, ParameterSchemaOrContent, ReferenceOr, Response, Schema};

use super::docs::text_docs;
use super::keywords::{Keywords, TypeName};
use super::schema::{Site, part_of_name};
use super::{Lowerer, resolve};
use crate::diagnostics::Code;
use crate::ir::{Docs, Header, SchemaId};
use crate::pointer::Pointer;

/// Words may stand around a reference so often on the way to a type.
const DEEPEST: usize = 16;

impl<'d> Lowerer<'d> {
    /// Documented headers of an answer. `Content-Type` is not one (OpenAPI 3.0, Response Object).
    pub(super) fn headers(&mut self, response: &'d Response, site: &Site) -> Vec<Header> {
        let map = self.document.components.as_ref().map(|all| &all.headers);
        let mut headers = Vec::new();
        for (name, header) in &response.headers {
            let at = site.at.push("headers").push(name);
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            if !is_token(name) {
                self.warn(
                    Code::Ignored,
                    format!("`{name}` cannot be the name of a header"),
                    &at,
                    "letters, digits and `-` can (RFC 9110, section 5.6.2)",
                );
                continue;
            }
            let here = at.clone();
            let Some((header, at)) = resolve(header, at, "headers", map) else { continue };
            let mut path = site.path.clone();
            path.push(part_of_name(name));
            let schema = self.header_schema(header, &Site { at: at.push("schema"), path });
            let mut docs = Docs {
                description: self.described(&here, header.description.as_deref()),
                deprecated: header.deprecated.unwrap_or_default(),
                ..Docs::default()
            };
            if schema.is_none() {
                docs = docs.over(&self.words_of_text(header, name, &at));
            }
            headers.push(Header { at, wire: name.clone(), schema, docs });
        }
        headers
    }

    /// What the schema of a header says that stays a text. Parts of the text that it describes are told
    /// of: nothing reads them.
    fn words_of_text(&mut self, header: &'d Raw, name: &str, at: &Pointer) -> Docs {
        let (schema, at) = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), at.push("schema")),
            ParameterSchemaOrContent::Content(content) => {
                let media = content.first();
                let schema = media.and_then(|(_, media)| media.schema.as_ref());
                let at = at.push("content");
                (schema, media.map_or(at.clone(), |(name, _)| at.push(name).push("schema")))
            }
        };
        let Some(schema) = schema.and_then(|written| self.raw(written)) else {
            return Docs::default();
        };
        let keywords = Keywords::of(schema);
        let is_text = matches!(
            keywords.effective_type(),
            Some(TypeName::String | TypeName::Number | TypeName::Integer | TypeName::Boolean)
        );
        let says_nothing = keywords.says_nothing() && keywords.required.is_empty();
        if !(is_text || says_nothing) {
            self.warn(
                Code::Ignored,
                format!("what the header `{name}` is made of is not read: its value is a text"),
                &at,
                "read the text yourself; a header that is one text, number or truth value, or a \
                 list of them, is read",
            );
        }
        text_docs(schema, &keywords)
    }

    /// The schema of a header whose value is one text or a list of them; any other stays a text.
    fn header_schema(&mut self, header: &'d Raw, site: &Site) -> Option<SchemaId> {
        let ParameterSchemaOrContent::Schema(schema) = &header.format else { return None };
        let id = match schema {
            ReferenceOr::Item(item) => {
                if !self.is_value(item, DEEPEST) {
                    return None;
                }
                self.schema(schema.into(), site)
            }
            ReferenceOr::Reference { .. } => self.schema(schema.into(), site),
        };
        let single = |id: SchemaId| self.kind_of(id).is_single();
        let flat = match self.kind_of(id) {
            crate::ir::Kind::Array(items) => single(*items),
            kind => kind.is_single(),
        };
        flat.then_some(id)
    }

    /// Whether a schema, or the one member of an `allOf` that words stand around, says that a value is no
    /// object.
    fn is_value(&self, schema: &'d Schema, depth: usize) -> bool {
        let keywords = Keywords::of(schema);
        match (keywords.effective_type(), keywords.all_of) {
            (None, [only]) => {
                let only = self.raw(only).zip(depth.checked_sub(1));
                only.is_some_and(|(only, depth)| self.is_value(only, depth))
            }
            (None | Some(TypeName::Object), _) => false,
            (Some(_), _) => true,
        }
    }
}

/// Whether a header can have this name: a token (RFC 9110, section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    let symbol = |c: char| "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || symbol(c))
}
