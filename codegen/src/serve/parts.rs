//! Forms of several parts (RFC 7578): what they hold as an object, and what is said of each part.

use std::convert::Infallible;
use std::future::ready;

use axum::body::Bytes;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures_util::FutureExt as _;
use http::HeaderMap;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Direction;
use super::media::Media;
use super::pairs::several;
use super::problem::Violation;
use super::sample::kinds;
use super::schema::Checks;
use super::style::{Style, Styled, coerced};
use super::tree::Place;

/// A form that was sent.
pub(super) struct Form {
    /// Its parts by their names; those of one name are a list.
    pub(super) value: Value,
    /// What is wrong with the heads of its parts.
    pub(super) violations: Vec<Violation>,
}

struct Part {
    name: Option<String>,
    media: Option<Media>,
    /// The type as it was sent, for messages.
    said: String,
    headers: HeaderMap,
    content: Bytes,
}

impl Part {
    /// What it holds. Bytes of a type of their own that the document describes as `byte` are those that
    /// its text stands for.
    fn value(&self, schema: Option<&Place<'_>>) -> Value {
        let is_file = self.media.as_ref().is_some_and(|media| !media.is_text() && !media.is_json());
        if is_file && schema.is_some_and(|schema| schema.text("format") == Some("byte")) {
            return Value::String(BASE64_STANDARD.encode(&self.content));
        }
        coerced(schema, &String::from_utf8_lossy(&self.content))
    }
}

/// Reads a form; `described` is the media type object, with schema and encodings.
///
/// # Errors
/// It is no such form, in words.
pub(super) fn read(
    checks: &Checks,
    boundary: &str,
    body: &[u8],
    described: &Place<'_>,
) -> Result<Form, String> {
    let schema = described.get("schema");
    let mut form = Form { value: Value::Null, violations: Vec::new() };
    let mut named: IndexMap<String, Vec<Part>> = IndexMap::new();
    for part in parts(boundary, body)? {
        let Some(name) = part.name.clone() else {
            form.violations.push(violation("", "has a part without a name", described));
            continue;
        };
        let encoding = described.get("encoding").and_then(|all| all.get(&name));
        let types = encoding.as_ref().and_then(|one| one.get("contentType"));
        let property = schema.as_ref().and_then(|schema| schema.member(&name));
        form.violations.extend(match types {
            Some(types) => unlisted(&part, &name, &types),
            None => unusual(&part, &name, property.as_ref()),
        });
        let headers = encoding.and_then(|one| one.get("headers"));
        form.violations.extend(headers.iter().flat_map(|all| headless(checks, &part, &name, all)));
        named.entry(name).or_default().push(part);
    }
    let mut members = Map::new();
    for (name, parts) in named {
        let property = schema.as_ref().and_then(|schema| schema.member(&name));
        let value = value(&parts, property.as_ref()).unwrap_or_else(|why| {
            form.violations.push(violation(&at(&name), &why, described));
            // It is there all the same.
            parts.first().map(|part| part.value(property.as_ref())).unwrap_or_default()
        });
        members.insert(name, value);
    }
    form.value = Value::Object(members);
    Ok(form)
}

/// The parts; all of the body is here, so that nothing is waited for.
fn parts(boundary: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let body = Ok::<_, Infallible>(Bytes::copy_from_slice(body));
    let mut form = multer::Multipart::new(futures_util::stream::once(ready(body)), boundary);
    let all = async {
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await? {
            let said = field.content_type().map(ToString::to_string).unwrap_or_default();
            parts.push(Part {
                name: field.name().map(str::to_owned),
                media: Media::parse(&said),
                said,
                headers: field.headers().clone(),
                content: field.bytes().await?,
            });
        }
        Ok::<_, multer::Error>(parts)
    };
    let all = all.now_or_never().ok_or_else(|| "is cut off".to_owned())?;
    all.map_err(|error| format!("is no form of several parts: {error}"))
}

/// What the parts of one name hold.
///
/// # Errors
/// There are several, and it is no list; in words.
fn value(parts: &[Part], property: Option<&Place<'_>>) -> Result<Value, String> {
    let is_list = can_be(property, "array");
    let items = property.and_then(Place::items);
    match parts {
        [part] if !is_list => Ok(part.value(property)),
        [part] => {
            let whole = part.value(property);
            // A list is as many parts as it has items, unless one part is all of it as JSON. Of texts a
            // single one may look like that, and is a text unless the part says JSON; of lists in a list
            // too, but for what it holds.
            let (of_texts, of_lists) =
                (can_be(items.as_ref(), "string"), can_be(items.as_ref(), "array"));
            let is_json = part.media.as_ref().is_some_and(Media::is_json);
            let is_whole = |list: &Vec<Value>| {
                (is_json || !of_texts) && (!of_lists || list.iter().all(Value::is_array))
            };
            match whole.as_array().is_some_and(is_whole) {
                true => Ok(whole),
                false => Ok(Value::Array(vec![part.value(items.as_ref())])),
            }
        }
        several if is_list => Ok(several.iter().map(|part| part.value(items.as_ref())).collect()),
        all => Err(several(all.len())),
    }
}

fn can_be(schema: Option<&Place<'_>>, kind: &str) -> bool {
    schema.is_some_and(|schema| kinds(schema.root, schema.value).contains(&kind))
}

/// A part of another type than its Encoding Object has (OpenAPI 3.0.4, section 4.8.15.1). One that does
/// not say is what the document says.
fn unlisted(part: &Part, name: &str, types: &Place<'_>) -> Option<Violation> {
    let listed = types.value.as_str()?;
    let fits = |media: &Media| {
        listed.split(',').filter_map(Media::parse).any(|range| range.includes(media))
    };
    part.media.as_ref().filter(|media| !fits(media))?;
    let message = format!("is {}, and the document has {listed}", part.said);
    Some(violation(&at(name), &message, types))
}

/// A part of another type than the usual one of an object, which is JSON where the document says nothing.
fn unusual(part: &Part, name: &str, property: Option<&Place<'_>>) -> Option<Violation> {
    let property = property?;
    let kinds = kinds(property.root, property.value);
    let is_object = !kinds.is_empty() && kinds.iter().all(|kind| *kind == "object");
    part.media.as_ref().filter(|media| is_object && !media.is_json())?;
    let message = format!(
        "is {}, and an object is application/json where the document does not say otherwise",
        part.said
    );
    Some(violation(&at(name), &message, property))
}

/// What of the headers of a part is not as its Encoding Object has it. Its type is no header of those.
fn headless(checks: &Checks, part: &Part, name: &str, described: &Place<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (header, described) in described.members() {
        if header.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let Some(value) = part.headers.get(header) else {
            if described.is("required") {
                let message = format!("has no header `{header}`");
                found.push(violation(&at(name), &message, &described));
            }
            continue;
        };
        let Some(schema) = described.get("schema") else { continue };
        // Nothing in a header is escaped, but everything in a style is decoded once.
        let text = String::from_utf8_lossy(value.as_bytes()).replace('%', "%25");
        let style = Style::of_parameter(&described, "simple");
        let value = Styled::new(header, style, Some(&schema)).in_text(&text);
        let told: Vec<String> = match value {
            Err(why) => vec![why],
            Ok(value) => {
                let faults = checks.faults(schema.root, &schema.at, Direction::Request, &value);
                faults.into_iter().map(|fault| fault.message).collect()
            }
        };
        found.extend(
            told.iter()
                .map(|why| violation(&at(name), &format!("header `{header}`: {why}"), &schema)),
        );
    }
    found
}

/// The place of a member of a form.
pub(super) fn at(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

pub(super) fn violation(place: &str, message: &str, rule: &Place<'_>) -> Violation {
    Violation {
        part: "body",
        place: place.to_owned(),
        message: message.to_owned(),
        rule: Some(rule.at.clone()),
    }
}
