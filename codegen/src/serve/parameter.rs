//! Parameters of a request, read by their styles and checked.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::Direction;
use super::media::Media;
use super::pairs::{NO_TEXT, Pairs};
use super::problem::{Problem, Violation};
use super::route::percent::{decode, is_text};
use super::sample::kinds;
use super::schema::Checks;
use super::style::{Shape, Style, Styled, coerced};
use super::tree::Place;
use crate::lower::is_of_caller;

/// A request as far as parameters go.
pub(super) struct Sent<'r> {
    /// What stands for the names of the path.
    path: &'r [(String, String)],
    query: Pairs,
    cookies: Pairs,
    headers: &'r HeaderMap,
    /// The names in the query and the cookies that are of a login.
    logins: Vec<&'r str>,
}

impl<'r> Sent<'r> {
    pub(super) fn new(
        path: &'r [(String, String)],
        query: &str,
        headers: &'r HeaderMap,
        logins: Vec<&'r str>,
    ) -> Self {
        let query = Pairs::of_query(query);
        Self { path, query, cookies: Pairs::of_cookies(cookie_lines(headers)), headers, logins }
    }
}

/// What is wrong with the parameters of a request.
pub(super) fn check(
    checks: &Checks,
    parameters: &[Place<'_>],
    sent: &Sent<'_>,
) -> Result<(), Problem> {
    let mut problem =
        Problem::new(StatusCode::BAD_REQUEST, "The request is not what the document says");
    let names = parameters.iter().filter_map(|parameter| parameter.text("name"));
    let mut known: Vec<&str> = names.chain(sent.logins.iter().copied()).collect();
    for parameter in parameters.iter().filter(|one| one.text("in") == Some("query")) {
        let schema = parameter.get("schema");
        let style = Style::of_parameter(parameter, "form");
        known.extend(Styled::new("", style, schema.as_ref()).spread());
    }
    let of_path = sent.path.iter().filter(|(_, value)| !is_text(value)).map(|(name, _)| name);
    for (part, name) in of_path
        .map(|name| ("path", name))
        .chain(sent.query.unread().iter().map(|name| ("query", name)))
    {
        let place = name.clone();
        let violation = Violation { part, place, message: NO_TEXT.to_owned(), rule: None };
        problem.violations.push(violation);
    }
    for parameter in parameters {
        let found = violations(checks, parameter, &known, sent, None).unwrap_or_default();
        // What is written says neither that it is a list nor that it is none, where it may be both.
        let is_fit = |shape: &Shape| {
            violations(checks, parameter, &known, sent, Some(*shape))
                .is_some_and(|all| all.is_empty())
        };
        if found.is_empty() || !shapes(parameter).iter().any(is_fit) {
            problem.violations.extend(found);
        }
    }
    if problem.violations.is_empty() { Ok(()) } else { Err(problem) }
}

/// What a parameter may be, where its schema is a choice of several shapes.
fn shapes(parameter: &Place<'_>) -> Vec<Shape> {
    let schema = parameter.get("schema");
    let kinds = schema.map(|schema| kinds(schema.root, schema.value)).unwrap_or_default();
    let has = |shape: &Shape| kinds.iter().any(|kind| Shape::of(kind) == *shape);
    let all: Vec<Shape> =
        [Shape::List, Shape::Object, Shape::Scalar].into_iter().filter(has).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// What is wrong with a parameter, read as one of this shape, or as its schema has it; nothing where it is not
/// there and does not have to be.
fn violations(
    checks: &Checks,
    parameter: &Place<'_>,
    known: &[&str],
    sent: &Sent<'_>,
    shape: Option<Shape>,
) -> Option<Vec<Violation>> {
    let name = parameter.text("name").unwrap_or_default();
    let part = match parameter.text("in") {
        Some("path") => "path",
        Some("header") => "header",
        Some("cookie") => "cookie",
        _ => "query",
    };
    // What no caller says, no client sends as a parameter.
    if part == "header" && !is_of_caller(&name.to_ascii_lowercase()) {
        return None;
    }
    // Such a one is sent in place of none (section 4.7.12.2.1).
    let is_empty = |raw: Option<Result<String, String>>| raw == Some(Ok(String::new()));
    if part == "query" && parameter.is("allowEmptyValue") && is_empty(sent.query.single(name)) {
        return None;
    }
    let violation = |message: String, rule| Violation {
        part,
        place: name.to_owned(),
        message,
        rule: Some(rule),
    };
    let Some((schema, value)) = read(parameter, part, name, known, sent, shape) else {
        let missing = part == "path" || parameter.is("required");
        let message = "is required and not there".to_owned();
        return missing.then(|| vec![violation(message, parameter.at.clone())]);
    };
    let value = match value {
        Ok(value) => value,
        Err(message) => return Some(vec![violation(message, parameter.at.clone())]),
    };
    let Some(schema) = schema else { return Some(Vec::new()) };
    let faults = checks.faults(schema.root, &schema.at, Direction::Request, &value);
    let told = faults.into_iter().map(|fault| {
        let rule = fault.rule.unwrap_or_else(|| schema.at.clone());
        violation(fault.message, rule)
    });
    Some(told.collect())
}

type Read<'d> = (Option<Place<'d>>, Result<Value, String>);

/// The value of a parameter, with its schema; nothing if it was not sent.
fn read<'d>(
    parameter: &Place<'d>,
    part: &str,
    name: &str,
    others: &[&str],
    sent: &Sent<'_>,
    shape: Option<Shape>,
) -> Option<Read<'d>> {
    if let Some(content) = parameter.get("content") {
        let (kind, media) = content.members().into_iter().next()?;
        let schema = media.get("schema");
        let text = match raw(part, name, sent)? {
            Ok(raw) => decode(&raw),
            Err(why) => return Some((schema, Err(why))),
        };
        let is_json = Media::parse(kind).is_none_or(|media| media.is_json());
        let value = match is_json {
            true => serde_json::from_str(&text).map_err(|error| format!("is no JSON: {error}")),
            false => Ok(coerced(schema.as_ref(), &text)),
        };
        return Some((schema, value));
    }
    let schema = parameter.get("schema");
    let usual = if part == "path" || part == "header" { "simple" } else { "form" };
    let mut styled = Styled::new(name, Style::of_parameter(parameter, usual), schema.as_ref());
    if let Some(shape) = shape {
        styled.take_for(shape);
    }
    let value = match part {
        "query" => styled.in_pairs(&sent.query, others)?,
        "cookie" => styled.in_pairs(&sent.cookies, others)?,
        _ => raw(part, name, sent)?.and_then(|raw| styled.in_text(&raw)),
    };
    Some((schema, value))
}

/// The text of a parameter as it was sent.
///
/// # Errors
/// It is sent several times.
fn raw(part: &str, name: &str, sent: &Sent<'_>) -> Option<Result<String, String>> {
    match part {
        "path" => {
            let found = sent.path.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| Ok(value.clone()))
        }
        "header" => {
            // What is not ASCII has no charset of its own (RFC 9110, section 5.5), and is UTF-8 here.
            let texts = sent.headers.get_all(name).iter();
            let values: Result<Vec<&str>, _> =
                texts.map(|value| str::from_utf8(value.as_bytes())).collect();
            match values {
                Ok(values) if values.is_empty() => None,
                // Nothing in a header is escaped, but everything here is decoded once.
                Ok(values) => Some(Ok(values.join(",").replace('%', "%25"))),
                Err(_) => Some(Err(NO_TEXT.to_owned())),
            }
        }
        "cookie" => sent.cookies.single(name),
        _ => sent.query.single(name),
    }
}

/// A cookie of the request (RFC 6265, section 5.4).
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut pairs = cookie_lines(headers)
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn cookie_lines(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok())
}

/// The parameters of a query, decoded.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
}
