//! Choices with a discriminator (OpenAPI 3.0, section 4.7.25): its value says which alternative is
//! meant, by the mapping or by the name of the schema.

use serde_json::{Map, Value, json};

use super::tree::{reference, target};

/// In a written alternative: the property that names it, and the values that do.
pub(super) const TAG: &str = "x-tag";
/// In a written alternative: what the document calls it.
pub(super) const NAME: &str = "x-name";
/// Alternatives may be choices themselves.
const DEEPEST: usize = 16;

/// The alternatives of a schema that a property tells apart.
pub(super) struct Choice {
    property: String,
    /// Of each alternative its name, and the values that name it.
    alternatives: Vec<(String, Vec<String>)>,
}

impl Choice {
    /// Of `oneOf` or `anyOf`, if there is a discriminator and every alternative has a name: those in
    /// place have none.
    pub(super) fn of(root: &Value, map: &Map<String, Value>, key: &str) -> Option<Self> {
        // Of two choices at once neither is the one that the discriminator is of.
        if key == "allOf" || map.contains_key("oneOf") && map.contains_key("anyOf") {
            return None;
        }
        let discriminator = map.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let parts = map.get(key)?.as_array()?;
        let named = parts.iter().map(|part| Some(name_of(reference(part)?).to_owned()));
        let named = named.collect::<Option<Vec<_>>>()?;
        let tags = parts.iter().map(|part| tags(root, discriminator, &property, part, 0));
        let alternatives: Vec<_> = named.into_iter().zip(tags).collect();
        Some(Self { property, alternatives })
    }

    /// The alternative, for values that name it alone.
    pub(super) fn tagged(&self, index: usize, written: &Value) -> Value {
        let Some((name, tags)) = self.alternatives.get(index) else { return written.clone() };
        let property = &self.property;
        let typed = tags.iter().filter_map(|tag| typed(tag));
        let values: Vec<Value> = tags.iter().map(|tag| json!(tag)).chain(typed).collect();
        let tag = json!({"properties": {property: {"enum": values}}, "required": [property]});
        json!({NAME: name, TAG: {property: tags}, "allOf": [tag, written]})
    }
}

/// The values that name an alternative: those of the mapping, and its name unless that is mapped to
/// another; of a choice by the same property also those of its own.
fn tags(
    root: &Value,
    discriminator: &Value,
    property: &str,
    part: &Value,
    depth: usize,
) -> Vec<String> {
    let Some(to) = reference(part) else { return Vec::new() };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten();
    let leads_here =
        |(_, target): &(&String, &Value)| target.as_str().map(named).as_deref() == Some(to);
    let mut found: Vec<String> = mapped.filter(leads_here).map(|(tag, _)| tag.clone()).collect();
    let name = name_of(to);
    if mapping.is_none_or(|mapping| !mapping.contains_key(name)) {
        found.push(name.to_owned());
    }
    let inner = target(root, part).map(|(schema, _)| schema).filter(|_| depth < DEEPEST);
    let nested = inner.and_then(|schema| Some((schema, schema.get("discriminator")?)));
    if let Some((schema, discriminator)) = nested
        && discriminator.get("propertyName").and_then(Value::as_str) == Some(property)
    {
        let parts = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array());
        for part in parts.flatten() {
            found.extend(tags(root, discriminator, property, part, depth + 1));
        }
        // A base has its alternatives in the mapping alone.
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        found.extend(mapping.into_iter().flatten().map(|(tag, _)| tag.clone()));
    }
    found
}

/// What a value of a mapping is where its property is no text: keys of a mapping always are one.
fn typed(tag: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(tag).ok()?;
    (value.is_boolean() || value.is_number()).then_some(value)
}

/// The value that a part of an answer has for its discriminator: the first that names it, of the type
/// that the property has.
pub(super) fn tag(discriminator: &Value, to: &str, before: Option<&Value>) -> Value {
    let tag = first_tag(discriminator, to);
    let is_text = before.is_none_or(|before| before.is_null() || before.is_string());
    typed(&tag).filter(|_| !is_text).unwrap_or_else(|| json!(tag))
}

fn first_tag(discriminator: &Value, to: &str) -> String {
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    let mut mapped =
        mapping.filter(|(_, target)| target.as_str().map(named).as_deref() == Some(to));
    mapped.next().map_or_else(|| name_of(to).to_owned(), |(tag, _)| tag.clone())
}

/// The name of the schema that a reference leads to.
fn name_of(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// A mapping leads to a schema by reference or by name.
pub(super) fn named(target: &str) -> String {
    if target.contains('#') { target.to_owned() } else { format!("#/components/schemas/{target}") }
}
