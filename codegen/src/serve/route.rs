//! From the path of a request to the operation of the document.

use std::cmp::Reverse;

use http::{Method, StatusCode};
use percent::decode;
use serde_json::Value;

use super::login::path_of;
use super::problem::{Problem, Violation};
use super::tree::Place;
use crate::pointer::Pointer;
use crate::select::METHODS;

/// One operation and the paths it answers.
#[derive(Clone, Debug)]
pub(super) struct Route {
    method: String,
    template: Vec<Vec<Piece>>,
    /// The paths of its servers: of its own, or else of its path or of the document (OpenAPI 3.0.4, section
    /// 4.7.9.1).
    pub(super) bases: Vec<String>,
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
    let document = Place::root(root);
    let Some(paths) = document.get("paths") else { return routes };
    for (path, item) in paths.members() {
        if !path.starts_with('/') {
            continue;
        }
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let said = [&operation, &item, &document].into_iter().find_map(bases);
                routes.push(Route {
                    bases: said.unwrap_or_default(),
                    method: method.to_ascii_uppercase(),
                    template: path[1..].split('/').map(pieces).collect(),
                    item: item.at.clone(),
                    operation: item.at.push(method),
                });
            }
        }
    }
    routes.sort_by_cached_key(|route| route.template.iter().map(|it| rank(it)).collect::<Vec<_>>());
    routes
}

/// The paths of the servers that are said here, their variables at their defaults; nothing where none are.
pub(super) fn bases(place: &Place<'_>) -> Option<Vec<String>> {
    let base = |server: Place<'_>| {
        let mut url = server.text("url")?.to_owned();
        for (name, variable) in server.get("variables").map(|all| all.members()).unwrap_or_default()
        {
            let value = variable.text("default").unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), value);
        }
        Some(path_of(&url)?.trim_end_matches('/').to_owned())
    };
    let servers = place.get("servers")?.elements();
    (!servers.is_empty()).then(|| servers.into_iter().filter_map(base).collect())
}

/// Which segment is tried first: one without names, then those with most text beside theirs, since what is
/// written as `{id}:cancel` is one of `{id}` too.
fn rank(segment: &[Piece]) -> (bool, Reverse<usize>) {
    let names = segment.iter().any(|piece| matches!(piece, Piece::Name(_)));
    let text = segment.iter().map(|piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Name(_) => 0,
    });
    (names, Reverse(text.sum()))
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

/// The operation of a request, of those whose server has the path `base` before it, or of all where that is
/// nothing.
///
/// # Errors
/// No such path, or not by that method.
pub(super) fn find<'r>(
    routes: &'r [Route],
    method: &Method,
    path: &str,
    base: &str,
) -> Result<Match<'r>, Problem> {
    let mut allowed: Vec<&str> = Vec::new();
    let is_there = |route: &&Route| base.is_empty() || route.bases.iter().any(|one| one == base);
    for route in routes.iter().filter(is_there) {
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

/// Cuts a segment at the texts between the names: a name takes something, and as little as it can, so that
/// what is left to the next is as much as there is. A first and a last text have one place each, so that
/// nothing is tried twice, however often a text stands in the segment.
fn fill(pieces: &[Piece], segment: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    if let [Piece::Text(text)] = pieces {
        // As written, or with escapes that mean the same.
        return (text == segment || decode(text) == decode(segment)).then_some(());
    }
    let sent = units(segment);
    let (mut from, mut until) = (0, sent.len());
    let mut open = pieces;
    if let [Piece::Text(text), rest @ ..] = open {
        let text = units(text);
        if !starts_with(&sent, &text) {
            return None;
        }
        (from, open) = (text.len(), rest);
    }
    if let [rest @ .., Piece::Text(text)] = open {
        let text = units(text);
        let at = until.checked_sub(text.len()).filter(|at| *at >= from)?;
        if !starts_with(sent.get(at..)?, &text) {
            return None;
        }
        (until, open) = (at, rest);
    }
    while let [Piece::Name(name), rest @ ..] = open {
        let left = sent.get(from..until).filter(|left| !left.is_empty())?;
        let (taken, next) = match rest {
            [] => (left.len(), 0),
            [Piece::Name(_), ..] => (1, 0),
            [Piece::Text(text), ..] => {
                let text = units(text);
                let at = (1..left.len()).find(|at| starts_with(&left[*at..], &text))?;
                (at, text.len())
            }
        };
        values.push((name.clone(), left[..taken].iter().map(|unit| unit.raw).collect()));
        from += taken + next;
        open = if next == 0 { rest } else { rest.get(1..)? };
    }
    (from == until).then_some(())
}

/// A byte of a segment, written out or as an escape.
#[derive(Debug)]
struct Unit<'r> {
    /// How it is written; of a letter of several bytes the first has all of it.
    raw: &'r str,
    /// What it is; nothing of an escape of what is reserved, which means another thing than that does by
    /// itself (RFC 3986, section 2.2).
    byte: Option<u8>,
}

fn units(text: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let escape = rest.get(..3).and_then(percent::byte);
        let length = if escape.is_some() { 3 } else { first.len_utf8() };
        let (raw, after) = rest.split_at(length);
        match escape {
            Some(byte) => {
                let byte = Some(byte).filter(|byte| !b":/?#[]@!$&'()*+,;=".contains(byte));
                units.push(Unit { raw, byte });
            }
            None => {
                let raws = std::iter::once(raw).chain(std::iter::repeat(""));
                units.extend(
                    raw.bytes().zip(raws).map(|(byte, raw)| Unit { raw, byte: Some(byte) }),
                );
            }
        }
        rest = after;
    }
    units
}

fn starts_with(sent: &[Unit<'_>], text: &[Unit<'_>]) -> bool {
    let is_same = |(one, other): (&Unit<'_>, &Unit<'_>)| match (one.byte, other.byte) {
        (Some(one), Some(other)) => one == other,
        _ => one.raw.eq_ignore_ascii_case(other.raw),
    };
    sent.len() >= text.len() && sent.iter().zip(text).all(is_same)
}

/// Percent-decoding that never fails.
pub(super) mod percent {
    /// The text without its escapes; as it is where they stand for bytes that are no text.
    pub(crate) fn decode(text: &str) -> String {
        String::from_utf8(bytes(text)).unwrap_or_else(|_| text.to_owned())
    }

    /// Whether the text is one without its escapes too.
    pub(crate) fn is_text(text: &str) -> bool {
        !text.contains('%') || std::str::from_utf8(&bytes(text)).is_ok()
    }

    /// What the escapes stand for; a percent sign that begins none is itself (WHATWG URL, section 1.3).
    fn bytes(text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let [first, after @ ..] = rest {
            let escaped = after.get(..2).filter(|_| *first == b'%').and_then(escaped);
            bytes.push(escaped.unwrap_or(*first));
            rest = if escaped.is_some() { &after[2..] } else { after };
        }
        bytes
    }

    /// The byte of an escape.
    pub(in crate::serve) fn byte(text: &str) -> Option<u8> {
        escaped(text.strip_prefix('%')?.as_bytes()).filter(|_| text.len() == 3)
    }

    fn escaped(digits: &[u8]) -> Option<u8> {
        let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
        u8::try_from(digit(0)? * 16 + digit(1)?).ok()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn escapes_are_undone() {
            let check = |text, decoded, is| {
                assert_eq!((decode(text).as_str(), is_text(text)), (decoded, is), "{text}");
            };
            check("a%20b", "a b", true);
            check("%c3%A4", "ä", true);
            check("100%%20", "100% ", true);
            check("%zz%4", "%zz%4", true);
            check("%", "%", true);
            check("%FF", "%FF", false);
            check("a%20%C3", "a%20%C3", false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_cut_at_its_texts() {
        let check = |template: &str, segment: &str, expected: &[&str]| {
            let mut values = Vec::new();
            let found = fill(&pieces(template), segment, &mut values);
            let values: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
            let found = found.map(|()| values);
            assert_eq!(found.unwrap_or_default(), expected, "{template} {segment}");
        };
        check("{a}-{b}.json", "x-y.json", &["x", "y"]);
        check("{a}-{b}.json", "x-y.json.json", &["x", "y.json"]);
        check("{a}-{b}.json", "x-y-z.json", &["x", "y-z"]);
        check("{a}-{b}.json", "-x-y.json", &["-x", "y"]);
        check("{a}-{b}.json", "x-.json", &[]);
        check("{a}-{b}.json", "x.json", &[]);
        check("v{a}.{b}", "v1.2.3", &["1", "2.3"]);
        check("v{a}.{b}", "1.2", &[]);
        check("{a}..{b}", "x...y", &["x", ".y"]);
        check("{a}{b}", "xyz", &["x", "yz"]);
        check("{a}{b}", "x", &[]);
        check("{a}:cancel", "x:cancel", &["x"]);
        check("{a}:cancel", "x:cancel:cancel", &["x:cancel"]);
        check("{a}aba", "xaba", &["x"]);
        check("aba{a}ba", "ababa", &[]);
        // What is escaped is data where by itself it would part the values, and else the same letter.
        check("{a}:{b}", "x%3Ay:z", &["x%3Ay", "z"]);
        check("{a} {b}", "x%20y", &["x", "y"]);
        check("{a}%20{b}", "x%20y", &["x", "y"]);
        check("{a}%3a{b}", "x%3Ay", &["x", "y"]);
        check("{a}-{b}", "x%2Dy", &["x", "y"]);
        check("{a}ä{b}", "x%C3%a4y", &["x", "y"]);
        check("{a}ä{b}", "öäy", &["ö", "y"]);
        check("{a}", "%zz%", &["%zz%"]);
    }

    /// Every way to cut would be tried by who looks back: more than there is time for.
    #[test]
    fn a_long_segment_takes_no_long() {
        let template = pieces(&format!("{}b", "{x}a".repeat(40)));
        let began = std::time::Instant::now();
        let mut values = Vec::new();
        assert_eq!(fill(&template, &"a".repeat(100_000), &mut values), None);
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }
}
