//! The body of a request: its type, and what the schema says of it.

use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::charset::Charset;
use super::media::Media;
use super::parts::{self, Form};
use super::problem::{Problem, Violation};
use super::sample::kinds;
use super::schema::Checks;
use super::style::coerced;
use super::tree::Place;
use super::{Direction, fields};

const TITLE: &str = "The body is not what the document says";

/// Checks the body of a request of an operation.
///
/// # Errors
/// It is not there, of another type, or not what its schema says.
pub(super) fn check(
    checks: &Checks,
    operation: &Place<'_>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), Problem> {
    let Some(described) = operation.get("requestBody") else { return Ok(()) };
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if body.is_empty() && sent.is_none() {
        return if described.is("required") {
            Err(refusal(StatusCode::BAD_REQUEST, "", "is required and not there", &described))
        } else {
            Ok(())
        };
    }
    let Some(content) = described.get("content") else { return Ok(()) };
    let known = content.members();
    let media = sent.and_then(Media::parse);
    let matching = media.as_ref().and_then(|media| {
        let named = |(name, place): &(&str, _)| Some((Media::parse(name)?, Place::clone(place)));
        let ranges = known.iter().filter_map(named).filter(|(range, _)| range.includes(media));
        // The last of the best would be taken, and the first is meant.
        ranges.rev().max_by_key(|(range, _)| range.precision(media))
    });
    let (Some(media), Some((range, described))) = (&media, matching) else {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let sent = sent.unwrap_or("of no type");
        let message = format!("is {sent}, and the document has {}", names.join(", "));
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(of_header(refusal(status, "", &message, &content)));
    };
    let mut problem = Problem::new(StatusCode::BAD_REQUEST, TITLE);
    let Some(schema) = described.get("schema") else { return Ok(()) };
    let value = if media.is("multipart", "form-data") {
        let form = form_of_parts(checks, media, body, &described)?;
        problem.violations.extend(form.violations);
        Some(form.value)
    } else if media.is("application", "x-www-form-urlencoded") {
        let form = fields::read(body, &described);
        problem.violations.extend(form.violations);
        Some(form.value)
    } else {
        read(media, &range, body, &schema)?
    };
    let Some(value) = value else { return Ok(()) };
    let faults = checks.faults(schema.root, &schema.at, Direction::Request, &value);
    problem.violations.extend(faults.into_iter().map(|fault| Violation {
        part: "body",
        place: fault.at,
        message: fault.message,
        rule: fault.rule.or_else(|| Some(schema.at.clone())),
    }));
    if problem.violations.is_empty() { Ok(()) } else { Err(problem) }
}

/// The value of a body, where its type says how to read one; `range` is the type of the document.
fn read(
    media: &Media,
    range: &Media,
    body: &[u8],
    schema: &Place<'_>,
) -> Result<Option<Value>, Problem> {
    let refuse = |message: &str| refusal(StatusCode::BAD_REQUEST, "", message, schema);
    if media.is_json() {
        check_utf8(media, range, body, schema)?;
        // serde_json reads no deeper than 128 levels, so a body cannot use up the stack.
        let value = serde_json::from_slice(body);
        return value.map(Some).map_err(|error| refuse(&format!("is no JSON: {error}")));
    }
    if media.is_text() {
        let kind = kinds(schema.root, schema.value);
        let is_text = |kind: &&str| !matches!(*kind, "object" | "array");
        // What a text says that stands for an object, such as CSV, is known to whoever reads it.
        if !kind.is_empty() && !kind.iter().any(is_text) {
            return Ok(None);
        }
        return Ok(decoded(media, range, body, schema)?.map(|text| coerced(Some(schema), &text)));
    }
    Ok(None)
}

/// JSON is UTF-8, without a mark in front, and has no parameter `charset` (RFC 8259, sections 8.1 and 11). One
/// that says the same of these bytes, or that the document has, is let be.
///
/// # Errors
/// It is in another charset, or says so.
fn check_utf8(
    media: &Media,
    range: &Media,
    body: &[u8],
    schema: &Place<'_>,
) -> Result<(), Problem> {
    const RULE: &str = "and JSON is UTF-8 (RFC 8259, section 8.1)";
    let named = |media: &Media| media.parameter("charset").map(str::to_ascii_lowercase);
    if let Some(name) = named(media).filter(|name| named(range).as_ref() != Some(name)) {
        let is_same = match Charset::of(&name) {
            Some(Charset::Utf8) => true,
            Some(Charset::Ascii | Charset::Latin1 | Charset::Windows1252) => body.is_ascii(),
            None => false,
        };
        if !is_same {
            let message = format!("names the charset {name}, {RULE}");
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(of_header(refusal(status, "", &message, schema)));
        }
    }
    let what = match body {
        [0xef, 0xbb, 0xbf, ..] => "begins with a byte order mark",
        // Whatever JSON begins with is ASCII, of which the other byte is nothing.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => "is UTF-16 or UTF-32",
        _ if std::str::from_utf8(body).is_err() => "is no UTF-8",
        _ => return Ok(()),
    };
    Err(refusal(StatusCode::BAD_REQUEST, "", &format!("{what}, {RULE}"), schema))
}

/// A body as text (RFC 2046, section 4.1.2), UTF-8 where neither it nor the document says otherwise;
/// nothing where the document wants it in a charset that is not read here: then it is bytes.
fn decoded(
    media: &Media,
    range: &Media,
    body: &[u8],
    schema: &Place<'_>,
) -> Result<Option<String>, Problem> {
    let named = |media: &Media| media.parameter("charset").map(str::to_ascii_lowercase);
    let name = named(media).or_else(|| named(range)).unwrap_or_else(|| "utf-8".to_owned());
    let refuse = |status, message: &str| refusal(status, "", message, schema);
    match Charset::of(&name) {
        Some(charset) => charset
            .read(body)
            .map(Some)
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, &format!("is no {}", charset.name()))),
        None if named(range).as_deref() == Some(&name) => Ok(None),
        None => {
            let message = format!(
                "names the charset {name}, which the document does not have, and UTF-8, US-ASCII, \
                 ISO-8859-1 and windows-1252 are read"
            );
            Err(of_header(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &message)))
        }
    }
}

fn form_of_parts(
    checks: &Checks,
    media: &Media,
    body: &[u8],
    described: &Place<'_>,
) -> Result<Form, Problem> {
    let refuse = |message: &str| refusal(StatusCode::BAD_REQUEST, "", message, described);
    match media.parameter("boundary").filter(|boundary| !boundary.is_empty()) {
        None => Err(refuse("is multipart without a boundary")),
        Some(boundary) => {
            parts::read(checks, boundary, body, described).map_err(|why| refuse(&why))
        }
    }
}

/// What is wrong is the header that says what the body is.
fn of_header(mut problem: Problem) -> Problem {
    for violation in &mut problem.violations {
        violation.part = "header";
        violation.place = "content-type".to_owned();
    }
    problem
}

fn refusal(status: StatusCode, place: &str, message: &str, rule: &Place<'_>) -> Problem {
    Problem::new(status, TITLE).because(Violation {
        part: "body",
        place: place.to_owned(),
        message: message.to_owned(),
        rule: Some(rule.at.clone()),
    })
}
