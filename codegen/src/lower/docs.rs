//! Prose of a schema, gathered as data.

use openapiv3::{ExternalDocumentation, MediaType, Schema};
use serde_json::Value;

use super::Lowerer;
use super::keywords::Keywords;
use crate::ir::{Constraint, Docs, ExternalDocs};
use crate::normalise::EXACT;

impl Lowerer<'_> {
    /// What the schema of a body says that is a text or bytes as a whole.
    pub(super) fn words_of_whole(&self, media: &MediaType) -> Docs {
        let schema = media.schema.as_ref().and_then(|written| self.raw(written));
        schema.map(|schema| text_docs(schema, &Keywords::of(schema))).unwrap_or_default()
    }
}

/// All that a schema says of a value that stays a text, whatever it is by the schema. That it is bytes
/// the type says.
pub(super) fn text_docs(schema: &Schema, keywords: &Keywords<'_>) -> Docs {
    let mut docs = schema_docs(schema, keywords);
    // As they stand in a text, which has no quotes.
    let values = keywords.values.iter().zip(keywords.written_values());
    let text = |(value, text): (&Value, String)| value.as_str().map_or(text, str::to_owned);
    let values: Vec<String> = values.map(text).collect();
    docs.constraints.extend((!values.is_empty()).then_some(Constraint::OneOf(values)));
    docs.format = keywords.format.clone().filter(|name| !["", "binary"].contains(&name.as_str()));
    docs
}

/// Where more is to be read.
pub(super) fn elsewhere(docs: &ExternalDocumentation) -> ExternalDocs {
    ExternalDocs { url: docs.url.clone(), description: docs.description.clone() }
}

/// Title, description, link, constraints and default of a schema.
pub(super) fn schema_docs(schema: &Schema, keywords: &Keywords<'_>) -> Docs {
    let data = &schema.schema_data;
    Docs {
        summary: data.title.clone(),
        description: data.description.clone(),
        links: data.external_docs.iter().map(elsewhere).collect(),
        deprecated: data.deprecated,
        constraints: keywords.constraints.clone(),
        default: data.default.as_ref().map(|value| {
            let written = data.extensions.get(EXACT).and_then(|exact| exact.get("default"));
            written.and_then(Value::as_str).map_or_else(|| value.to_string(), str::to_owned)
        }),
        format: None,
    }
}
