//! A request against the operation it should be for.

use serde_json::Value;

use super::operation::{Operation, Parameter};
use super::same::{Verdict, same};
use super::style;
use crate::drive::Seen;

/// What a request must say.
#[derive(Debug)]
pub struct Expected<'d> {
    /// The operation.
    pub operation: &'d Operation<'d>,
    /// The parameters it was given, with their values.
    pub values: Vec<(&'d Parameter<'d>, Value)>,
    /// Media type and value of the body.
    pub body: Option<(String, Value)>,
    /// The media types the answer may have; none if it has no body.
    pub accepted: Vec<String>,
}

impl Expected<'_> {
    /// Everything that is not as it must be.
    pub fn mismatches(&self, seen: &Seen) -> Vec<String> {
        let mut found = Vec::new();
        if seen.method != self.operation.method {
            found.push(format!("the method is {}", seen.method));
        }
        let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
        found.extend(self.path(path));
        found.extend(self.query(query));
        found.extend(self.headers(seen));
        found.extend(self.body(seen));
        found
    }

    fn given(&self, place: &str) -> impl Iterator<Item = &(&Parameter<'_>, Value)> {
        self.values.iter().filter(move |(parameter, _)| parameter.place == place)
    }

    /// Segment by segment, since an escaped slash is none.
    fn path(&self, path: &str) -> Option<String> {
        let seen: Vec<String> = path.split('/').map(|segment| decode(segment, false)).collect();
        let template = self.operation.path.split(['?', '#']).next().unwrap_or_default();
        let expected: Vec<String> = template.split('/').map(|one| self.filled(one)).collect();
        let alike = seen.len() == expected.len()
            && seen.iter().zip(&expected).all(|(seen, expected)| alike(seen, expected));
        (!alike).then(|| format!("the path is {path}, decoded {seen:?} and not {expected:?}"))
    }

    fn filled(&self, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, behind)) = behind.split_once('}') else { break };
            let value = self.given("path").find(|(parameter, _)| parameter.name == name);
            filled.extend(value.map(|(parameter, value)| style::segment(parameter, value)));
            rest = behind;
        }
        filled + rest
    }

    /// Every pair once, in any order but for those of one name.
    fn query(&self, query: &str) -> Option<String> {
        let reserved = |name: &str| self.given("query").any(|(p, _)| p.reserved && p.name == name);
        let seen = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name, true);
            // A reserved `+` stands for itself.
            let value = decode(value, !reserved(&name));
            (name, value)
        });
        let mut seen: Vec<(String, String)> = seen.collect();
        let mut expected: Vec<(String, String)> =
            self.given("query").flat_map(|(one, value)| style::pairs(one, value)).collect();
        if let Some((_, fixed)) = self.operation.path.split_once('?') {
            let pairs = fixed.split('&').filter_map(|pair| pair.split_once('='));
            expected.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        seen.sort_by(|left, right| left.0.cmp(&right.0));
        expected.sort_by(|left, right| left.0.cmp(&right.0));
        let same = seen.len() == expected.len()
            && seen.iter().zip(&expected).all(|(l, r)| l.0 == r.0 && alike(&l.1, &r.1));
        (!same).then(|| format!("the query is {seen:?} and not {expected:?}"))
    }

    fn headers(&self, seen: &Seen) -> Vec<String> {
        let mut found = Vec::new();
        for (parameter, value) in self.given("header") {
            let expected = style::segment(parameter, value);
            let sent = seen.header(parameter.name);
            if !sent.is_some_and(|sent| alike(sent, &expected)) {
                found.push(format!(
                    "the header {} is {sent:?} and not {expected:?}",
                    parameter.name
                ));
            }
        }
        let cookies = seen.header("cookie").unwrap_or_default();
        let cookies: Vec<String> = cookies.split("; ").map(|one| decode(one, false)).collect();
        for (parameter, value) in self.given("cookie") {
            for (name, value) in style::pairs(parameter, value) {
                if !cookies.contains(&format!("{name}={value}")) {
                    found.push(format!("the cookies {cookies:?} lack {name}={value}"));
                }
            }
        }
        let accept: Vec<&str> = seen.header("accept").unwrap_or("*/*").split(", ").collect();
        let known = |one: &&str| self.accepted.iter().any(|media_type| media_type == one);
        if !self.accepted.is_empty() && !accept.iter().all(known) {
            found.push(format!("Accept is {accept:?}, and the document has {:?}", self.accepted));
        }
        found
    }

    fn body(&self, seen: &Seen) -> Option<String> {
        let content_type = seen.header("content-type");
        let Some((media_type, value)) = &self.body else {
            let none = seen.body.is_empty() && content_type.is_none();
            return (!none).then(|| format!("there is a body of type {content_type:?}"));
        };
        if content_type != Some(media_type) {
            return Some(format!("Content-Type is {content_type:?} and not {media_type}"));
        }
        if let Some(text) = value.as_str().filter(|_| !is_json(media_type)) {
            return (seen.body != text.as_bytes()).then(|| "the body is another text".to_owned());
        }
        if !is_json(media_type) {
            let bytes: Vec<u8> = serde_json::from_value(value.clone()).unwrap_or_default();
            return (seen.body != bytes).then(|| "the body is other bytes".to_owned());
        }
        let Ok(sent) = serde_json::from_slice::<Value>(&seen.body) else {
            return Some("the body is not JSON".to_owned());
        };
        match same(value, &sent, false) {
            Verdict::Equal | Verdict::Same(_) => None,
            Verdict::Different(at, left, right) => {
                Some(format!("the body differs at `{at}`: {left:?} was sent as {right:?}"))
            }
        }
    }
}

/// `application/json` and whatever ends in `+json`.
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Equal, as texts or as what JSON values they are.
fn alike(left: &str, right: &str) -> bool {
    let read =
        |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
    left == right || !matches!(same(&read(left), &read(right), false), Verdict::Different(..))
}

fn decode(text: &str, form: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let ahead: Vec<u8> = rest.clone().take(2).collect();
        let hex = std::str::from_utf8(&ahead).ok().filter(|hex| hex.len() == 2);
        match (byte, hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            (b'+', _) if form => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
