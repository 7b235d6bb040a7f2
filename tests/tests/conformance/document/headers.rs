//! Headers of answers → the constants of `operations::headers`.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{Document, Operation, entries, schema};
use crate::case::snake;
use crate::surface::Surface;

/// One constant a header, however many answers have it.
pub(super) fn describe(document: &Document, operations: &[Operation<'_>], surface: &mut Surface) {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let responses = operations.iter().flat_map(|one| entries(one.value.get("responses")));
    for (_, response) in responses {
        for (name, header) in entries(document.resolve(response).get("headers")) {
            let schema = document.resolve(header).get("schema").unwrap_or(&Value::Null);
            let ty = schema::rust_type(document, schema, name, surface);
            let header = "specwright_runtime::Header";
            let fact = format!("{header}::new({name:?}): {header}<{ty}>");
            if found.insert(name.to_owned(), fact.clone()).is_some_and(|before| before != fact) {
                surface.problem(format!("{name}: this test only knows headers of one type"));
            }
        }
    }
    if !found.is_empty() {
        surface.add("operations::headers", "pub mod");
    }
    for (name, fact) in found {
        surface.add(format!("operations::headers::{}", snake(&name).to_uppercase()), fact);
    }
}
