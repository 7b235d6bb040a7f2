//! Forms of `application/x-www-form-urlencoded`: what they hold as an object.
//!
//! A field whose encoding has a style is read by it, as a parameter of a query is (OpenAPI 3.0.4, section
//! 4.7.15.1.1). Of the others a repeated name is a list, and an object is JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::media::Media;
use super::pairs::{NO_TEXT, Pairs};
use super::parts::{Form, at, violation};
use super::sample::kinds;
use super::style::{Style, Styled, coerced};
use super::tree::Place;

/// Reads a form; `described` is the media type object, with schema and encodings.
pub(super) fn read(body: &[u8], described: &Place<'_>) -> Form {
    let text = String::from_utf8_lossy(body);
    let pairs = Pairs::of_query(&text);
    let schema = described.get("schema");
    let encodings = described.get("encoding").map(|all| all.members()).unwrap_or_default();
    let member = |name: &str| schema.as_ref().and_then(|schema| schema.member(name));
    let fields: Vec<(&str, Style<'_>, Option<Place<'_>>)> = (encodings.iter())
        .filter_map(|(name, encoding)| Some((*name, Style::of_field(encoding)?, member(name))))
        .collect();
    let styled: Vec<Styled<'_, '_>> = (fields.iter())
        .map(|(name, style, schema)| Styled::new(name, *style, schema.as_ref()))
        .collect();
    let mut named = schema.as_ref().map(Place::property_names).unwrap_or_default();
    named.extend(styled.iter().flat_map(Styled::spread));
    let mut form = Form { value: Value::Null, violations: Vec::new() };
    if matches!(text, Cow::Owned(_)) {
        form.violations.push(violation("", "is no UTF-8", described));
    }
    let unread = pairs.unread().iter().map(|name| violation(&at(name), NO_TEXT, described));
    form.violations.extend(unread);
    let mut members = Map::new();
    for field in &styled {
        match field.in_pairs(&pairs, &named) {
            Some(Ok(value)) => {
                members.insert(field.name.to_owned(), value);
            }
            Some(Err(why)) => form.violations.push(violation(&at(field.name), &why, described)),
            None => {}
        }
    }
    for (name, text) in pairs.decoded() {
        if styled.iter().any(|field| field.takes(name, &named)) {
            continue;
        }
        let encoding = encodings.iter().find(|(known, _)| *known == name).map(|(_, one)| one);
        let put = put(&mut members, name, &text, member(name).as_ref(), encoding);
        form.violations.extend(put.err().map(|why| violation(&at(name), &why, described)));
    }
    form.value = Value::Object(members);
    form
}

/// Adds a field without a style.
///
/// # Errors
/// It is no JSON where it has to be, or is there already and is no list; in words.
fn put(
    members: &mut Map<String, Value>,
    name: &str,
    text: &str,
    schema: Option<&Place<'_>>,
    encoding: Option<&Place<'_>>,
) -> Result<(), String> {
    let types = encoding.and_then(|encoding| encoding.text("contentType"));
    let is_json = types.and_then(Media::parse).is_some_and(|media| media.is_json());
    let is_list = schema.is_some_and(|one| kinds(one.root, one.value).contains(&"array"));
    if is_list && !is_json {
        let item = coerced(schema.and_then(Place::items).as_ref(), text);
        match members.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(items) => items.push(item),
            other => *other = item,
        }
        return Ok(());
    }
    let value = match is_json {
        true => serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?,
        false => coerced(schema, text),
    };
    match members.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err("is sent twice and has one value".to_owned()),
    }
}
