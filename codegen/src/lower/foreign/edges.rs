//! Every place of an `Api` where a schema is used, with what is used there.

use crate::ir::{Api, Content, ContentKind, Kind, Operation, Outcome, Payload, Schema, SchemaId};
use crate::pointer::Pointer;

/// What is done with each place.
type Visit<'v> = dyn FnMut(&Pointer, &mut SchemaId) + 'v;

/// Visits all of them.
pub(super) fn edges(api: &mut Api, visit: &mut Visit<'_>) {
    for schema in &mut api.schemas {
        of_schema(schema, visit);
    }
    for operation in &mut api.operations {
        of_operation(operation, visit);
    }
    for hook in &mut api.hooks {
        visit(&hook.at, &mut hook.payload);
    }
}

fn of_schema(schema: &mut Schema, visit: &mut Visit<'_>) {
    let at = &schema.at;
    match &mut schema.kind {
        Kind::Array(items) => visit(&at.push("items"), items),
        Kind::Map(values) => visit(&at.push("additionalProperties"), values),
        Kind::Tuple(places) => {
            let at = at.push("items").push("anyOf");
            for (index, place) in places.iter_mut().enumerate() {
                visit(&at.index(index), place);
            }
        }
        Kind::Object(object) => {
            for property in &mut object.properties {
                visit(&property.at, &mut property.schema);
            }
            if let Some(values) = &mut object.additional {
                visit(&at.push("additionalProperties"), values);
            }
        }
        Kind::Union(union) => {
            for variant in &mut union.variants {
                visit(&variant.at, &mut variant.schema);
            }
        }
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Foreign(_) => {}
    }
}

fn of_operation(operation: &mut Operation, visit: &mut Visit<'_>) {
    for parameter in &mut operation.parameters {
        visit(&parameter.at.push("schema"), &mut parameter.schema);
    }
    for content in operation.body.iter_mut().flat_map(|body| &mut body.contents) {
        of_content(content, visit);
    }
    let others = operation.representations.iter_mut().flat_map(|other| &mut other.successes);
    for outcome in operation.successes.iter_mut().chain(others).chain(&mut operation.errors) {
        of_outcome(outcome, visit);
    }
}

fn of_content(content: &mut Content, visit: &mut Visit<'_>) {
    match &mut content.kind {
        ContentKind::Json(schema) | ContentKind::Form(schema, _) => {
            visit(&content.at.push("schema"), schema);
        }
        ContentKind::Multipart(form) => {
            for part in &mut form.parts {
                visit(&part.at, &mut part.schema);
            }
        }
        ContentKind::Text | ContentKind::Bytes => {}
    }
}

fn of_outcome(outcome: &mut Outcome, visit: &mut Visit<'_>) {
    for header in &mut outcome.headers {
        if let Some(schema) = &mut header.schema {
            visit(&header.at.push("schema"), schema);
        }
    }
    let at = |media_type: &str| outcome.at.push("content").push(media_type).push("schema");
    match &mut outcome.payload {
        Payload::Json { media_type, schema }
        | Payload::Stream { media_type, schema: Some(schema), .. } => {
            visit(&at(media_type), schema);
        }
        Payload::Empty
        | Payload::Text { .. }
        | Payload::Bytes { .. }
        | Payload::Stream { schema: None, .. } => {}
    }
}
