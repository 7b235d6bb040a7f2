//! Prose of a schema, gathered as data.

use openapiv3::Schema;

use super::keywords::Keywords;
use crate::ir::Docs;

/// Title, description, link, constraints and default of a schema.
pub(super) fn schema_docs(schema: &Schema, keywords: &Keywords<'_>) -> Docs {
    let data = &schema.schema_data;
    Docs {
        summary: data.title.clone(),
        description: data.description.clone(),
        link: data.external_docs.as_ref().map(|docs| docs.url.clone()),
        deprecated: data.deprecated,
        constraints: keywords.constraints.clone(),
        default: data.default.as_ref().map(ToString::to_string),
        format: None,
    }
}
