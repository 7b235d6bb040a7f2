//! Schemas → structs, enums and field types, by a table of our own.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::reach::Usage;
use super::{Document, entries, flag, items, list, text};
use crate::case::{pascal, snake};
use crate::surface::Surface;

/// The keywords this checker either compares or knows to have no counterpart in a Rust type.
const KNOWN_KEYWORDS: [&str; 19] = [
    "$ref",
    "default",
    "deprecated",
    "description",
    "enum",
    "example",
    "format",
    "items",
    "maxLength",
    "minLength",
    "maximum",
    "minimum",
    "nullable",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "writeOnly",
];

pub(super) fn describe(
    document: &Document,
    types: &BTreeMap<String, Usage<'_>>,
    surface: &mut Surface,
) {
    for (name, usage) in types {
        if usage.schema.get("enum").is_some() {
            describe_enum(name, usage.schema, surface);
        } else {
            describe_struct(document, name, usage, surface);
        }
    }
}

/// `CloudProvider` of `{$ref: '#/components/schemas/CloudProvider'}`.
pub(super) fn component_name(schema: &Value) -> Option<&str> {
    text(schema, "$ref")?.strip_prefix("#/components/schemas/")
}

/// Parent and property: `Snapshot` and `status` → `SnapshotStatus`.
pub(super) fn inline_name(parent: &str, property: &str) -> String {
    pascal(parent) + &pascal(property)
}

/// Enums and objects with properties become types of their own.
pub(super) fn is_named_type(schema: &Value) -> bool {
    schema.get("enum").is_some() || schema.get("properties").is_some()
}

/// The Rust type of a value of this schema. `inline_name` is used for an enum or object written in
/// place.
pub(super) fn rust_type(
    document: &Document,
    schema: &Value,
    inline_name: &str,
    surface: &mut Surface,
) -> String {
    let target = document.resolve(schema);
    for (keyword, _) in
        entries(Some(target)).filter(|(keyword, _)| !KNOWN_KEYWORDS.contains(keyword))
    {
        surface.problem(format!("{inline_name}: this test does not know the keyword {keyword}"));
    }
    if is_named_type(target) {
        return format!("types::{}", pascal(component_name(schema).unwrap_or(inline_name)));
    }
    match (text(target, "type"), text(target, "format")) {
        (Some("string"), None) => "String".into(),
        (Some("string"), Some("date-time")) => "specwright_runtime::jiff::Timestamp".into(),
        (Some("string"), Some("uuid")) => "specwright_runtime::uuid::Uuid".into(),
        (Some("integer"), Some("int32")) => "i32".into(),
        (Some("integer"), Some("int64")) => "i64".into(),
        (Some("boolean"), None) => "bool".into(),
        (Some("array"), None) => {
            let items = target.get("items").unwrap_or(&Value::Null);
            format!("Vec<{}>", rust_type(document, items, "", surface))
        }
        (None | Some("object"), None) => "specwright_runtime::serde_json::Value".into(),
        other => {
            surface.problem(format!("{inline_name}: this test has no Rust type for {other:?}"));
            String::new()
        }
    }
}

/// How a constructor or a setter takes a value of this type.
pub(super) fn argument(ty: &str) -> String {
    if ty == "String" { "impl Into<String>".into() } else { ty.to_owned() }
}

fn describe_enum(name: &str, schema: &Value, surface: &mut Surface) {
    let place = format!("types::{}", pascal(name));
    if text(schema, "type") != Some("string") {
        surface.problem(format!("{place}: this test only knows enums of texts"));
    }
    let values: Vec<&str> = items(schema.get("enum")).filter_map(Value::as_str).collect();
    for value in &values {
        surface.add(format!("{place}::{}", pascal(value)), format!("{value:?}"));
    }
    surface.add(format!("{place}::UnknownValue"), "(String)");
    let variants: Vec<String> =
        values.iter().map(|value| pascal(value)).chain(["UnknownValue".to_owned()]).collect();
    surface.add(&place, format!("enum [StringEnum] non_exhaustive {{{}}}", variants.join(", ")));
}

struct Field {
    ident: String,
    ty: String,
    required: bool,
}

fn describe_struct(document: &Document, name: &str, usage: &Usage<'_>, surface: &mut Surface) {
    let place = format!("types::{}", pascal(name));
    let mut fields = Vec::new();
    for (wire, property) in entries(usage.schema.get("properties")) {
        let absent = (usage.sent && !usage.received && flag(property, "readOnly"))
            || (usage.received && !usage.sent && flag(property, "writeOnly"));
        if !absent {
            fields.push(describe_field(document, &place, wire, property, usage, surface));
        }
    }
    let derives: Vec<&str> = [(usage.received, "Decode"), (usage.sent, "Encode")]
        .into_iter()
        .filter_map(|(needed, derive)| needed.then_some(derive))
        .collect();
    let idents = fields.iter().map(|field| field.ident.as_str());
    surface.add(
        &place,
        format!(
            "struct [{}] non_exhaustive {{{}}}",
            derives.join(", "),
            idents.collect::<Vec<_>>().join(", ")
        ),
    );
    describe_constructors(&place, &fields, surface);
}

fn describe_field(
    document: &Document,
    place: &str,
    wire: &str,
    property: &Value,
    usage: &Usage<'_>,
    surface: &mut Surface,
) -> Field {
    let parent = place.trim_start_matches("types::");
    let value = rust_type(document, property, &inline_name(parent, wire), surface);
    let required = items(usage.schema.get("required")).any(|name| name.as_str() == Some(wire));
    let nullable = flag(document.resolve(property), "nullable");
    let (ty, mark) = match (required, nullable) {
        (true, false) => (value.clone(), ""),
        (true, true) => (format!("Option<{value}>"), " nullable"),
        (false, true) if usage.sent => (format!("specwright_runtime::Nullable<{value}>"), ""),
        (false, _) => (format!("Option<{value}>"), ""),
    };
    let ident = snake(wire);
    surface.add(format!("{place}.{ident}"), format!("{wire:?}{mark}: {ty}"));
    let taken = if required || ty.contains("Nullable<") { ty } else { value };
    Field { ident, ty: taken, required }
}

/// `new` takes what is required, in document order; `with_…` sets the rest.
fn describe_constructors(place: &str, fields: &[Field], surface: &mut Surface) {
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.required);
    let arguments: Vec<String> =
        required.iter().map(|field| format!("{}: {}", field.ident, argument(&field.ty))).collect();
    let sets = list(required.iter().map(|field| field.ident.as_str()));
    surface.add(format!("{place}::new"), format!("({}) -> Self sets {sets}", arguments.join(", ")));
    for field in optional {
        let Field { ident, ty, .. } = field;
        surface.add(
            format!("{place}::with_{ident}"),
            format!("(self, {ident}: {}) -> Self sets [{ident}]", argument(ty)),
        );
    }
}
