//! What a request prefers (RFC 7240): `Prefer: code=404`, `Prefer: example=NAME`, as other servers
//! that play documents know them. A preference that cannot be met is refused, because a test that
//! misspells its wish must not pass.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::answer::described;
use super::problem::{Problem, Violation};
use super::tree::Place;

/// What is preferred.
#[derive(Debug, Default)]
pub(super) struct Wish<'r> {
    /// The response of this status.
    pub(super) code: Option<&'r str>,
    /// The example of this name.
    example: Option<&'r str>,
}

impl<'r> Wish<'r> {
    pub(super) fn of(headers: &'r HeaderMap) -> Self {
        let lines = headers.get_all("prefer").iter().filter_map(|line| line.to_str().ok());
        // Clients write spaces between preferences as well as commas.
        let words = lines.flat_map(|line| line.split([',', ';', ' ']));
        let mut wish = Self::default();
        for (name, value) in words.filter_map(|word| word.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => wish.code = Some(value),
                "example" => wish.example = Some(value),
                _ => {}
            }
        }
        wish
    }
}

/// The response of an operation that is preferred.
///
/// # Errors
/// The operation has none of this status.
pub(super) fn response<'d>(
    operation: &Place<'d>,
    code: &str,
) -> Result<(StatusCode, Place<'d>), Problem> {
    let status = code.parse::<StatusCode>().ok();
    let found = status.and_then(|status| Some((status, described(operation, status)?)));
    found.ok_or_else(|| {
        let known = operation.get("responses").map(|all| names(&all)).unwrap_or_default();
        refusal(format!("`{code}` is none of the responses: {known}"), operation)
    })
}

/// Whether a media type has the example that is preferred.
///
/// # Errors
/// It has not.
pub(super) fn check(wish: &Wish<'_>, media: &Place<'_>) -> Result<(), Problem> {
    match wish.example {
        Some(name) if example(wish, media).is_none() => {
            let known = media.get("examples").map(|all| names(&all)).unwrap_or_default();
            Err(refusal(format!("`{name}` is none of the examples: {known}"), media))
        }
        Some(_) | None => Ok(()),
    }
}

/// The example that is preferred.
pub(super) fn example<'d>(wish: &Wish<'_>, media: &Place<'d>) -> Option<&'d Value> {
    let example = media.get("examples")?.get(wish.example?)?;
    example.value.get("value")
}

fn names(places: &Place<'_>) -> String {
    let names: Vec<&str> = places.members().into_iter().map(|(name, _)| name).collect();
    if names.is_empty() { "there are none".to_owned() } else { names.join(", ") }
}

fn refusal(message: String, rule: &Place<'_>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "No such answer").because(Violation {
        part: "header",
        place: "prefer".to_owned(),
        message,
        rule: Some(rule.at.clone()),
    })
}
