//! What a request prefers: `Prefer: code=404`, `Prefer: example=NAME`, as other servers that play
//! documents know them. A preference that cannot be met is refused, because a test that misspells its
//! wish must not pass. How they are written is RFC 7240, section 2; what others prefer is let be.

mod read;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use self::read::{Preference, preferences};
use super::answer::described;
use super::problem::{Problem, Violation};
use super::tree::Place;
use crate::pointer::Pointer;

/// What is preferred.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// The response of this status.
    pub(super) code: Option<String>,
    /// The example of this name.
    example: Option<String>,
}

impl Wish {
    /// # Errors
    /// One of ours has no value, or is not written as preferences are.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let lines = headers.get_all("prefer").iter();
        // Lines are one list (RFC 9110, section 5.3); names of examples may be more than ASCII.
        let texts: Vec<_> = lines.map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
        let read: Vec<_> = texts.iter().flat_map(|text| preferences(text)).collect();
        Ok(Self { code: first(&read, "code")?, example: first(&read, "example")? })
    }
}

/// The value of a preference, of which the first counts.
fn first(read: &[Preference], name: &str) -> Result<Option<String>, Problem> {
    let Some(found) = read.iter().find(|one| one.name.eq_ignore_ascii_case(name)) else {
        return Ok(None);
    };
    if let Some(parameter) = &found.parameter {
        let why = format!(
            "`;{parameter}` says something of `{name}`, of which nothing is known: a comma is \
             between preferences"
        );
        return Err(misspelt(why));
    }
    match &found.value {
        Ok(value) if value.is_empty() => Err(misspelt(format!("`{name}` has no value"))),
        Ok(value) => Ok(Some(value.clone())),
        Err(why) => Err(misspelt(format!("`{name}` {why}"))),
    }
}

/// The response of an operation that is preferred: of a status, or of a range of them, which is answered
/// with its first status.
///
/// # Errors
/// The operation has none of this status.
pub(super) fn response<'d>(
    operation: &Place<'d>,
    code: &str,
) -> Result<(StatusCode, Place<'d>), Problem> {
    let found = match class(code) {
        Some(status) => {
            let responses = operation.get("responses");
            let named = |key: &str| responses.as_ref()?.get(key);
            let range = named(&code.to_ascii_uppercase());
            range.or_else(|| named(&code.to_ascii_lowercase())).map(|found| (status, found))
        }
        None => status(code).and_then(|status| Some((status, described(operation, status)?))),
    };
    found.ok_or_else(|| {
        let all = operation.get("responses");
        let known = names(all.as_ref());
        let by_default = all.is_some_and(|all| all.get("default").is_some());
        let how = if by_default { "; `default` is any status from 200 to 599" } else { "" };
        refusal(format!("`{code}` is none of the responses: {known}{how}"), operation)
    })
}

/// A status that an answer can end with.
fn status(code: &str) -> Option<StatusCode> {
    code.parse::<StatusCode>().ok().filter(|status| (200..600).contains(&status.as_u16()))
}

/// The first status of a range (OpenAPI 3.0, section 4.7.16.2).
fn class(code: &str) -> Option<StatusCode> {
    let digit = code.strip_suffix("XX").or_else(|| code.strip_suffix("xx"))?;
    status(&format!("{digit}00"))
}

/// Whether a media type has the example that is preferred.
///
/// # Errors
/// It has not.
pub(super) fn check(wish: &Wish, media: &Place<'_>) -> Result<(), Problem> {
    match &wish.example {
        Some(name) if example(wish, media).is_none() => {
            let known = names(media.get("examples").as_ref());
            Err(refusal(format!("`{name}` is none of the examples: {known}"), media))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether nothing is preferred of an answer that has no content.
///
/// # Errors
/// An example is.
pub(super) fn check_empty(
    wish: &Wish,
    status: StatusCode,
    rule: &Place<'_>,
) -> Result<(), Problem> {
    wish.example.as_ref().map_or(Ok(()), |name| {
        let code = status.as_u16();
        let message = format!("`{name}` is no example of {code}, whose answer has no content");
        Err(refusal(message, rule))
    })
}

/// The example that is preferred.
pub(super) fn example<'d>(wish: &Wish, media: &Place<'d>) -> Option<&'d Value> {
    let example = media.get("examples")?.get(wish.example.as_deref()?)?;
    example.value.get("value")
}

fn names(places: Option<&Place<'_>>) -> String {
    let names = places.map(Place::members).unwrap_or_default();
    let names: Vec<&str> = names.into_iter().map(|(name, _)| name).collect();
    if names.is_empty() { "there are none".to_owned() } else { names.join(", ") }
}

fn refusal(message: String, rule: &Place<'_>) -> Problem {
    problem("No such answer", message, Some(rule.at.clone()))
}

fn misspelt(message: String) -> Problem {
    problem("No such preference", message, None)
}

fn problem(title: &'static str, message: String, rule: Option<Pointer>) -> Problem {
    let place = "prefer".to_owned();
    let violation = Violation { part: "header", place, message, rule };
    Problem::new(StatusCode::BAD_REQUEST, title).because(violation)
}
