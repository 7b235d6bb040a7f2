//! About how much text something becomes. Nobody counts on the exact number: it only tells what
//! fits into a file from what would make it enormous.

use crate::ir::{Api, Docs, Kind, Operation, SchemaId};

/// Lines of the type of a schema, with its constructor and setters.
pub(crate) fn lines_of_schema(api: &Api, id: SchemaId) -> usize {
    let schema = api.schema(id);
    let each = |id: SchemaId| 11 + lines_of_docs(&api.schema(id).docs);
    let body = match &schema.kind {
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_)
        | Kind::Foreign(_) => 1,
        Kind::Enum(values) => 8 + 3 * values.len(),
        Kind::IntegerEnum(listed) => 8 + 3 * listed.values.len(),
        Kind::Object(object) => {
            let properties = object.properties.iter().map(|property| each(property.schema));
            15 + properties.sum::<usize>() + object.additional.map_or(0, each)
        }
        Kind::Union(union) => {
            let shared = match &api.resolved(union.base).kind {
                Kind::Object(object) => object.properties.len(),
                _ => 0,
            };
            15 + 8 * union.variants.len() + shared * (10 + union.variants.len())
        }
    };
    body + lines_of_docs(&schema.docs)
}

/// Lines of the call of an operation, or of its method with all documentation.
pub(crate) fn lines_of_operation(api: &Api, operation: &Operation) -> usize {
    let parameters = operation.parameters.iter().map(|parameter| {
        9 + lines_of_docs(&parameter.docs) + lines_of_docs(&api.schema(parameter.schema).docs)
    });
    let outcomes = 4 * (operation.successes.len() + operation.errors.len());
    35 + outcomes + lines_of_docs(&operation.docs) + parameters.sum::<usize>()
}

fn lines_of_docs(docs: &Docs) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, |text| text.lines().count() + 1);
    let constraints = if docs.constraints.is_empty() { 0 } else { 2 };
    text(&docs.summary) + text(&docs.description) + constraints
}
