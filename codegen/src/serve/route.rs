//! From the path of a request to the operation of the document.

use http::{Method, StatusCode};
use percent::decode;
use serde_json::Value;

use super::problem::{Problem, Violation};
use super::tree::Place;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// One operation and the paths it answers.
#[derive(Clone, Debug)]
pub(super) struct Route {
    method: String,
    template: Vec<Vec<Piece>>,
    /// The path item, which has parameters too.
    pub(super) item: Pointer,
    pub(super) operation: Pointer,
}

/// A part of a segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Name(String),
}

/// An operation, and what stands for its parameters in the path.
pub(super) struct Match<'r> {
    pub(super) route: &'r Route,
    pub(super) values: Vec<(String, String)>,
}

/// The routes of a document: concrete paths before templated ones (OpenAPI 3.0, section 4.7.8.2).
pub(super) fn routes(root: &Value) -> Vec<Route> {
    let mut routes = Vec::new();
    let Some(paths) = Place::root(root).get("paths") else { return routes };
    for (path, item) in paths.members() {
        if !path.starts_with('/') {
            continue;
        }
        for method in METHODS {
            if item.value.get(method).is_some() {
                routes.push(Route {
                    method: method.to_ascii_uppercase(),
                    template: path[1..].split('/').map(pieces).collect(),
                    item: item.at.clone(),
                    operation: item.at.push(method),
                });
            }
        }
    }
    routes.sort_by_cached_key(|route| {
        let names = |segment: &Vec<Piece>| segment.iter().any(|p| matches!(p, Piece::Name(_)));
        route.template.iter().map(names).collect::<Vec<_>>()
    });
    routes
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{')
        && let Some((name, after)) = after.split_once('}')
    {
        if !before.is_empty() {
            found.push(Piece::Text(before.to_owned()));
        }
        found.push(Piece::Name(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() || found.is_empty() {
        found.push(Piece::Text(rest.to_owned()));
    }
    found
}

/// The operation of a request.
///
/// # Errors
/// No such path, or not by that method.
pub(super) fn find<'r>(
    routes: &'r [Route],
    method: &Method,
    path: &str,
) -> Result<Match<'r>, Problem> {
    let mut allowed: Vec<&str> = Vec::new();
    for route in routes {
        let Some(values) = values(&route.template, path) else { continue };
        if route.method == method.as_str() {
            return Ok(Match { route, values });
        }
        allowed.push(&route.method);
    }
    if allowed.is_empty() {
        let message = "the document has no such path".to_owned();
        let violation = Violation { part: "path", place: path.to_owned(), message, rule: None };
        return Err(Problem::new(StatusCode::NOT_FOUND, "No such path").because(violation));
    }
    allowed.dedup();
    let allowed = allowed.join(", ");
    let violation = Violation {
        part: "method",
        place: method.to_string(),
        message: format!("the document has this path with {allowed} only"),
        rule: None,
    };
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "No such method");
    Err(problem.because(violation).with_header("allow", allowed))
}

fn values(template: &[Vec<Piece>], path: &str) -> Option<Vec<(String, String)>> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    if segments.len() != template.len() {
        return None;
    }
    let mut values = Vec::new();
    for (pieces, segment) in template.iter().zip(segments) {
        fill(pieces, segment, &mut values)?;
    }
    Some(values)
}

/// Cuts a segment at the texts between the names; a name takes as little as it can, and something.
fn fill(pieces: &[Piece], segment: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let mut rest = segment;
    for (index, piece) in pieces.iter().enumerate() {
        match (piece, pieces.get(index + 1)) {
            (Piece::Text(text), next) => {
                // As written, or with escapes that mean the same.
                rest = match rest.strip_prefix(text.as_str()) {
                    Some(rest) => rest,
                    None if next.is_none() && decode(rest) == *text => "",
                    None => return None,
                };
            }
            (Piece::Name(name), next) => {
                let end = match next {
                    None | Some(Piece::Name(_)) => rest.len(),
                    Some(Piece::Text(text)) => rest.find(text.as_str())?,
                };
                let (value, after) = rest.split_at(end);
                if value.is_empty() {
                    return None;
                }
                values.push((name.clone(), value.to_owned()));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(())
}

/// Percent-decoding that never fails.
pub(super) mod percent {
    use std::borrow::Cow;

    use crate::pointer::percent_decode;

    /// The text without its escapes; as it is where they are broken.
    pub(crate) fn decode(text: &str) -> String {
        percent_decode(text).map_or_else(|| text.to_owned(), Cow::into_owned)
    }
}
