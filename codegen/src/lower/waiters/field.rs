//! From a path of a few names to a field: `$.state.name`, or `$['state']['name']`.
//!
//! Of JSONPath (RFC 9535) that is the part that always means one place, without positions in lists.

use super::Problem;
use crate::ir::{Api, FieldPath, Kind, Object, Property, SchemaId, Union};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Follows a path from a schema to the field it means.
pub(super) fn follow(
    api: &Api,
    schema: SchemaId,
    path: &str,
    at: &Pointer,
) -> Result<FieldPath, Problem> {
    let Some(names) = names(path).filter(|names| !names.is_empty()) else {
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

fn step(api: &Api, holder: SchemaId, name: &str, at: &Pointer) -> Result<SchemaId, Problem> {
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

/// The names of a path; `None` if it is anything else.
fn names(path: &str) -> Option<Vec<String>> {
    let mut rest = path.strip_prefix('$')?;
    let mut names = Vec::new();
    while !rest.is_empty() {
        let (name, left) = if let Some(dotted) = rest.strip_prefix('.') {
            let end = dotted.find(['.', '[']).unwrap_or(dotted.len());
            dotted.split_at(end)
        } else {
            let bracket = rest.strip_prefix('[')?;
            let quote = bracket.chars().next().filter(|c| ['\'', '"'].contains(c))?;
            let (name, left) = bracket[1..].split_once(quote)?;
            (name, left.strip_prefix(']')?)
        };
        if name.is_empty() || name.contains(['*', '?', '\\', '\'', '"', ']']) {
            return None;
        }
        names.push(name.to_owned());
        rest = left;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn paths() {
        let check = |path: &str, expected: Option<&[&str]>| {
            let found = names(path);
            let found: Option<Vec<&str>> =
                found.as_ref().map(|names| names.iter().map(String::as_str).collect());
            assert_eq!(found.as_deref(), expected, "{path}");
        };
        check("$.status", Some(&["status"]));
        check("$.a.b-c", Some(&["a", "b-c"]));
        check("$['a.b'][\"c\"].d", Some(&["a.b", "c", "d"]));
        check("$", Some(&[]));
        for path in
            ["", "status", "$status", "$.", "$..a", "$.a[0]", "$.*", "$['a", "$['']", "$[?a]"]
        {
            check(path, None);
        }
    }
}
