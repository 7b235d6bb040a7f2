//! Components that add rules to a text or a number: each is a text or number of its own.
//!
//! ```yaml
//! Name: {type: string, pattern: '^[a-z]+$'}
//! ShortName: {allOf: [{$ref: '#/components/schemas/Name'}, {maxLength: 8}]}
//! ```
//! are two texts, each with all of its rules, so that either can be checked. Without rules of its own
//! the second would be another name of the first.

use crate::ir::{Api, Kind, SchemaId};

pub(super) fn lower(api: &mut Api) {
    for id in (0..api.schemas.len()).map(SchemaId) {
        let schema = api.schema(id);
        let adds_rules = schema.is_component() && !schema.docs.constraints.is_empty();
        let (Kind::Alias(_), true) = (&schema.kind, adds_rules) else { continue };
        let inner = api.resolved(id);
        let kind @ (Kind::String(_) | Kind::Integer(_) | Kind::Number(_)) = inner.kind.clone()
        else {
            continue;
        };
        let format = inner.format.clone();
        let docs = api.docs(id).into_owned();
        let default = api.default(id).cloned();
        let flags = (api.nullable(id), api.read_only(id), api.write_only(id));
        let slot = &mut api.schemas[id.0];
        (slot.nullable, slot.read_only, slot.write_only) = flags;
        slot.docs = docs;
        slot.default = default;
        slot.format = slot.format.take().or(format);
        slot.kind = kind;
    }
}
