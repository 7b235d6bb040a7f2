//! Parameters of a request: from their styles (OpenAPI 3.0, section 4.7.12.3) back to values.

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::Direction;
use super::problem::{Problem, Violation};
use super::route::percent::decode;
use super::sample::kinds;
use super::schema::Checks;
use super::tree::Place;

/// A request as far as parameters go.
pub(super) struct Sent<'r> {
    /// What stands for the names of the path.
    pub(super) path: &'r [(String, String)],
    /// The query, as sent.
    pub(super) query: &'r str,
    pub(super) headers: &'r HeaderMap,
}

/// What is wrong with the parameters of a request.
pub(super) fn check(
    checks: &Checks,
    parameters: &[Place<'_>],
    sent: &Sent<'_>,
) -> Result<(), Problem> {
    let mut problem =
        Problem::new(StatusCode::BAD_REQUEST, "The request is not what the document says");
    for parameter in parameters {
        problem.violations.extend(violations(checks, parameter, sent));
    }
    if problem.violations.is_empty() { Ok(()) } else { Err(problem) }
}

fn violations(checks: &Checks, parameter: &Place<'_>, sent: &Sent<'_>) -> Vec<Violation> {
    let name = parameter.text("name").unwrap_or_default();
    let part = match parameter.text("in") {
        Some("path") => "path",
        Some("header") => "header",
        Some("cookie") => "cookie",
        _ => "query",
    };
    // These are described elsewhere (section 4.7.12.1).
    let ignored = ["accept", "content-type", "authorization"];
    if part == "header" && ignored.contains(&name.to_ascii_lowercase().as_str()) {
        return Vec::new();
    }
    let violation = |message: String, rule| Violation {
        part,
        place: name.to_owned(),
        message,
        rule: Some(rule),
    };
    let Some((schema, value)) = read(parameter, part, name, sent) else {
        let missing = part == "path" || parameter.is("required");
        let message = "is required and not there".to_owned();
        return if missing { vec![violation(message, parameter.at.clone())] } else { Vec::new() };
    };
    let value = match value {
        Ok(value) => value,
        Err(message) => return vec![violation(message, parameter.at.clone())],
    };
    let Some(schema) = schema else { return Vec::new() };
    let faults = checks.faults(schema.root, &schema.at, Direction::Request, &value);
    let told = faults.into_iter().map(|fault| {
        let rule = fault.rule.unwrap_or_else(|| schema.at.clone());
        violation(fault.message, rule)
    });
    told.collect()
}

type Read<'d> = (Option<Place<'d>>, Result<Value, String>);

/// The value of a parameter, with its schema; nothing if it was not sent.
fn read<'d>(parameter: &Place<'d>, part: &str, name: &str, sent: &Sent<'_>) -> Option<Read<'d>> {
    if let Some(content) = parameter.get("content") {
        let (_, media) = content.members().into_iter().next()?;
        let text = text(part, name, sent)?;
        let value = serde_json::from_str(&text).map_err(|error| format!("is no JSON: {error}"));
        return Some((media.get("schema"), value));
    }
    let schema = parameter.get("schema");
    let usual = if part == "path" || part == "header" { "simple" } else { "form" };
    let style = parameter.text("style").unwrap_or(usual);
    let explode = match parameter.value.get("explode") {
        Some(explode) => explode == &Value::Bool(true),
        None => style == "form",
    };
    let kind = schema.as_ref().map(|schema| kinds(schema.root, schema.value)).unwrap_or_default();
    let shape = Shape { style, explode, schema: schema.as_ref() };
    let value = if part == "query" && kind.contains(&"object") {
        shape.object_of_query(name, sent.query)?
    } else if part == "query" && explode && kind.contains(&"array") {
        let values: Vec<String> =
            pairs(sent.query).filter(|(key, _)| key == name).map(|(_, value)| value).collect();
        if values.is_empty() {
            return None;
        }
        Value::Array(values.iter().map(|text| shape.item(text)).collect())
    } else {
        let raw = raw(part, name, sent)?;
        shape.value(&kind, name, &raw)
    };
    Some((schema, Ok(value)))
}

/// How a value is written.
struct Shape<'s, 'd> {
    style: &'s str,
    explode: bool,
    schema: Option<&'s Place<'d>>,
}

impl Shape<'_, '_> {
    /// A value out of one text, which is not decoded yet: its separators are no data.
    fn value(&self, kind: &[&str], name: &str, raw: &str) -> Value {
        let (raw, separator) = self.trimmed(name, raw);
        if kind.contains(&"array") {
            let parts: Vec<&str> = if raw.is_empty() { vec![] } else { split(raw, separator) };
            return parts.iter().map(|part| self.item(&own_name(self, name, part))).collect();
        }
        if kind.contains(&"object") {
            return self.object(raw, separator);
        }
        coerced(self.schema, &decode(raw))
    }

    /// Without what a style writes in front, and what is between the parts.
    fn trimmed<'r>(&self, name: &str, raw: &'r str) -> (&'r str, &'static str) {
        match self.style {
            "label" => (raw.strip_prefix('.').unwrap_or(raw), if self.explode { "." } else { "," }),
            "matrix" => {
                let raw = raw.strip_prefix(';').unwrap_or(raw);
                if self.explode {
                    let own = raw.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
                    let single = own.filter(|rest| !rest.contains(';'));
                    return (single.unwrap_or(raw), ";");
                }
                let own = raw.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
                (own.unwrap_or(raw), ",")
            }
            "spaceDelimited" => (raw, "%20"),
            "pipeDelimited" => (raw, "|"),
            _ => (raw, ","),
        }
    }

    fn object(&self, raw: &str, separator: &str) -> Value {
        let parts = split(raw, separator);
        let mut map = Map::new();
        if self.explode {
            for (key, value) in parts.iter().filter_map(|part| part.split_once('=')) {
                map.insert(decode(key), self.property(&decode(key), &decode(value)));
            }
        } else {
            for pair in parts.chunks(2) {
                if let [key, value] = pair {
                    map.insert(decode(key), self.property(&decode(key), &decode(value)));
                }
            }
        }
        Value::Object(map)
    }

    /// `deepObject`, the properties as parameters of their own, or one text.
    fn object_of_query(&self, name: &str, query: &str) -> Option<Value> {
        let mut map = Map::new();
        if self.style == "deepObject" {
            for (key, value) in pairs(query) {
                let inner = key
                    .strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
                if let Some(inner) = inner {
                    map.insert(inner.to_owned(), self.property(inner, &value));
                }
            }
        } else if self.explode {
            let properties = self.schema.and_then(|schema| schema.get("properties"));
            let known = properties.as_ref().map(Place::members).unwrap_or_default();
            for (key, value) in pairs(query) {
                if known.iter().any(|(name, _)| *name == key) {
                    map.insert(key.clone(), self.property(&key, &value));
                }
            }
        } else {
            let raw = raw("query", name, &Sent { path: &[], query, headers: &HeaderMap::new() })?;
            return Some(self.object(&raw, ","));
        }
        (!map.is_empty()).then_some(Value::Object(map))
    }

    fn item(&self, text: &str) -> Value {
        coerced(self.schema.and_then(|schema| schema.get("items")).as_ref(), text)
    }

    fn property(&self, name: &str, text: &str) -> Value {
        let schema = self.schema.and_then(|schema| schema.get("properties")?.get(name));
        coerced(schema.as_ref(), text)
    }
}

/// An exploded matrix repeats the name before each part.
fn own_name(shape: &Shape<'_, '_>, name: &str, part: &str) -> String {
    let own = part.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
    let is_repeated = shape.style == "matrix" && shape.explode;
    decode(own.filter(|_| is_repeated).unwrap_or(part))
}

/// Splits at a separator, however it is escaped: some clients escape what the style means to be one.
fn split<'r>(raw: &'r str, separator: &str) -> Vec<&'r str> {
    match separator {
        "%20" if raw.contains('+') => raw.split('+').collect(),
        "|" if raw.contains("%7C") => raw.split("%7C").collect(),
        other => raw.split(other).collect(),
    }
}

/// The text as the kind of value that the schema asks for; as it is, if it is none.
pub(super) fn coerced(schema: Option<&Place<'_>>, text: &str) -> Value {
    let kind = schema.map(|schema| kinds(schema.root, schema.value)).unwrap_or_default();
    let read = || serde_json::from_str::<Value>(text).ok();
    let fits = |value: &Value| match value {
        Value::Bool(_) => kind.contains(&"boolean"),
        Value::Number(_) => kind.contains(&"integer") || kind.contains(&"number"),
        Value::Object(_) => kind.contains(&"object"),
        Value::Array(_) => kind.contains(&"array"),
        Value::Null | Value::String(_) => false,
    };
    read().filter(fits).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// The text of a parameter, decoded.
fn text(part: &str, name: &str, sent: &Sent<'_>) -> Option<String> {
    Some(decode(&raw(part, name, sent)?))
}

/// The text of a parameter as it was sent.
fn raw(part: &str, name: &str, sent: &Sent<'_>) -> Option<String> {
    match part {
        "path" => {
            let found = sent.path.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        }
        "header" => {
            let values: Vec<&str> =
                sent.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
            // Nothing in a header is escaped, but everything here is decoded once.
            (!values.is_empty()).then(|| values.join(",").replace('%', "%25"))
        }
        "cookie" => cookie(sent.headers, name),
        _ => raw_pairs(sent.query)
            .find(|(key, _)| decode(&key.replace('+', " ")) == name)
            .map(|(_, value)| value.replace('+', "%20")),
    }
}

/// A cookie of the request (RFC 6265, section 5.4).
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, "")))
}

/// The parameters of a query, decoded.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
}
