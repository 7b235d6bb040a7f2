//! From a path of a few names to a field: `$.state.name`, or `$['state']['name']`.
//!
//! Of what `steps` reads that is the part without lists.

use super::problem::Problem;
use super::steps;
use crate::ir::{Api, FieldPath, Kind, Object, Property, SchemaId, Step, Union};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Follows a path from a schema to the field it means.
pub(super) fn follow(
    api: &Api,
    schema: SchemaId,
    path: &str,
    at: &Pointer,
) -> Result<FieldPath, Problem> {
    let Some(names) = names(path) else {
        let message = format!("`{path}` is no path to a field");
        return Err(Problem::new(message, at, "write the names of fields: `$.state.name`"));
    };
    let mut leaf = schema;
    let mut steps = Vec::new();
    for name in names {
        let holder = api.resolve(leaf);
        leaf = step(api, holder, &name, at)?;
        steps.push((holder, name));
    }
    Ok(FieldPath { steps, leaf })
}

/// The schema of a property that answers have, of an object or of a choice whose alternatives share it.
pub(super) fn step(
    api: &Api,
    holder: SchemaId,
    name: &str,
    at: &Pointer,
) -> Result<SchemaId, Problem> {
    let schema = api.schema(holder);
    let found = match &schema.kind {
        Kind::Object(object) => property(object, name).map(|property| property.schema),
        Kind::Union(union) => shared(api, union, name),
        Kind::Any(_)
        | Kind::Alias(_)
        | Kind::Boolean
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::IntegerEnum(_)
        | Kind::Array(_)
        | Kind::Tuple(_)
        | Kind::Map(_) => {
            let message = format!("`{}` is no object with fields", schema.origin);
            return Err(Problem::new(message, at, "the path leads from one object to another"));
        }
        Kind::Foreign(_) => {
            let message =
                format!("`{}` has a type of yours, whose fields are not known", schema.origin);
            let help = "take its entry out of `types`, or wait by something else";
            return Err(Problem::new(message, at, help));
        }
    };
    match found {
        Some(found) if api.write_only(found) => {
            let message = format!("`{name}` of `{}` is never received", schema.origin);
            Err(Problem::new(message, at, "name a field that answers have"))
        }
        Some(found) => Ok(found),
        None => {
            let known = properties(api, holder);
            let help = match nearest(name, known.iter().map(String::as_str), 1).first() {
                Some(known) => format!("did you mean `{known}`?"),
                None if matches!(schema.kind, Kind::Union(_)) => {
                    "a choice has the properties that its own schema and all alternatives have"
                        .to_owned()
                }
                None => "name a property that the schema has".to_owned(),
            };
            let message = format!("`{}` has no field `{name}`", schema.origin);
            Err(Problem::new(message, at, help))
        }
    }
}

fn property<'a>(object: &'a Object, name: &str) -> Option<&'a Property> {
    object.properties.iter().find(|property| property.wire == name)
}

/// A property that all alternatives have alike, and what is none of them too: then the union has it.
fn shared(api: &Api, union: &Union, name: &str) -> Option<SchemaId> {
    let of = |id: SchemaId| {
        let Kind::Object(object) = &api.resolved(id).kind else { return None };
        property(object, name)
    };
    let base = of(union.base)?;
    let alike = |other: &Property| {
        api.resolve(other.schema) == api.resolve(base.schema)
            && other.required == base.required
            && api.nullable(other.schema) == api.nullable(base.schema)
    };
    let mut all = union.variants.iter().map(|variant| of(variant.schema));
    all.all(|other| other.is_some_and(alike)).then_some(base.schema)
}

/// The properties that may have been meant; of a choice nobody can say.
fn properties(api: &Api, holder: SchemaId) -> Vec<String> {
    let Kind::Object(object) = &api.schema(holder).kind else { return Vec::new() };
    object.properties.iter().map(|property| property.wire.clone()).collect()
}

/// The names of a path; `None` if it has none, or is anything else.
fn names(path: &str) -> Option<Vec<String>> {
    let name = |step| match step {
        Step::Name(name) => Some(name),
        Step::Last | Step::Where(..) => None,
    };
    let names: Vec<String> = steps::parse(path)?.into_iter().map(name).collect::<Option<_>>()?;
    (!names.is_empty()).then_some(names)
}
