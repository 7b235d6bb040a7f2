//! Choices with a discriminator (OpenAPI 3.0, section 4.7.25): its value says which alternative is
//! meant, as `discriminator` decides for the client as well.

use serde_json::{Map, Value, json};

use super::tree::{reference, target};
use crate::discriminator::{Led, Said, led};

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
    /// Of `oneOf` or `anyOf`, if there is a discriminator and something names every alternative: that in
    /// place has no name, and is known by the values that its property is limited to alone.
    pub(super) fn of(root: &Value, map: &Map<String, Value>, key: &str) -> Option<Self> {
        // Of two choices at once neither is the one that the discriminator is of.
        if key == "allOf" || map.contains_key("oneOf") && map.contains_key("anyOf") {
            return None;
        }
        let discriminator = map.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let parts = map.get(key)?.as_array()?;
        let alternatives = values(root, discriminator, &property, parts, 0)?;
        Some(Self { property, alternatives })
    }

    /// The alternative, for values that name it alone.
    pub(super) fn tagged(&self, index: usize, written: &Value) -> Value {
        let Some((name, tags)) = self.alternatives.get(index) else { return written.clone() };
        let property = &self.property;
        // The values that are its own lead to alternatives before it.
        if tags.is_empty() {
            return json!({NAME: name, TAG: {property: tags}, "not": {}});
        }
        let typed = tags.iter().filter_map(|tag| typed(tag));
        let values: Vec<Value> = tags.iter().map(|tag| json!(tag)).chain(typed).collect();
        let tag = json!({"properties": {property: {"enum": values}}, "required": [property]});
        json!({NAME: name, TAG: {property: tags}, "allOf": [tag, written]})
    }
}

/// The alternatives of a choice by name, with the values that lead to each; nothing where one of them
/// has no name.
fn values(
    root: &Value,
    discriminator: &Value,
    property: &str,
    parts: &[Value],
    depth: usize,
) -> Option<Vec<(String, Vec<String>)>> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let said = parts.iter().map(|part| {
        let own = own(root, property, part, depth);
        let Some(to) = reference(part) else {
            let title = part.get("title").and_then(Value::as_str).unwrap_or("the one in place");
            let said = Said { mapped: Vec::new(), own, name: title.to_owned() };
            return (!said.own.is_empty()).then_some(said);
        };
        let leads_here =
            |(_, target): &(&String, &Value)| target.as_str().map(named).as_deref() == Some(to);
        let mapped = mapping.into_iter().flatten().filter(leads_here);
        let mapped = mapped.map(|(tag, _)| tag.clone()).collect();
        Some(Said { mapped, own, name: name_of(to).to_owned() })
    });
    let said = said.collect::<Option<Vec<Said>>>()?;
    let found = led(&said);
    // What is in place has no name that a value could be.
    let is_named = |((part, said), led): ((&Value, &Said), &Led)| {
        reference(part).is_some() || led.values.iter().all(|value| said.own.contains(value))
    };
    if !parts.iter().zip(&said).zip(&found).all(is_named) {
        return None;
    }
    Some(said.into_iter().zip(found).map(|(said, found)| (said.name, found.values)).collect())
}

/// The values that the property of an alternative is limited to, by itself or by what it is made of;
/// of a choice by the same property those of its alternatives.
fn own(root: &Value, property: &str, part: &Value, depth: usize) -> Vec<String> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let schema = target(root, part).map_or(part, |(schema, _)| schema);
    if let Some(discriminator) = schema.get("discriminator")
        && discriminator.get("propertyName").and_then(Value::as_str) == Some(property)
    {
        let parts = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(*key)?.as_array());
        let nested =
            parts.and_then(|parts| values(root, discriminator, property, parts, depth + 1));
        if let Some(nested) = nested {
            return nested.into_iter().flat_map(|(_, values)| values).collect();
        }
        // A base has its alternatives in the mapping alone.
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mapped: Vec<String> =
            mapping.into_iter().flatten().map(|(tag, _)| tag.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
    }
    let declared = schema.get("properties").and_then(|all| all.get(property));
    let declared =
        declared.map(|declared| target(root, declared).map_or(declared, |found| found.0));
    let listed = declared.and_then(|declared| declared.get("enum")?.as_array()).map(|list| {
        let single = list.iter().filter(|value| !value.is_array() && !value.is_object());
        let single = single.filter(|value| !value.is_null());
        single
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            .collect()
    });
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let members = members.map(|member| own(root, property, member, depth + 1));
    let lists = members.chain(listed).filter(|list: &Vec<String>| !list.is_empty());
    // All of them hold.
    let both = |left: Vec<String>, right: Vec<String>| {
        left.into_iter().filter(|value| right.contains(value)).collect()
    };
    lists.reduce(both).unwrap_or_default()
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
