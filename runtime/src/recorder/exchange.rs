//! Requests and answers as the file has them: secrets out, the rest as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, request, response};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::scrubber::Scrubber;
use super::tape::{Answer, Asked, Content};
use crate::mock::Asked as Call;

/// What changes from run to run, or belongs to the connection.
const PASSING: [&str; 8] = [
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "transfer-encoding",
    "user-agent",
    "via",
];

/// What of a challenge is no secret: a replay logs in with it.
const CHALLENGE: [&str; 6] = ["algorithm", "charset", "qop", "realm", "stale", "userhash"];

/// What of it, and of the answer to it, is one.
const NONCES: [&str; 5] = ["cnonce", "nonce", "opaque", "response", "username"];

/// What an endpoint for tokens may say of a failure (RFC 6749, section 5.2).
const GRANT_ERRORS: [&str; 7] = [
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
];

impl Scrubber {
    /// A request. Of one that is no call, such as one for a token, nothing but method and path.
    pub(super) fn request(&mut self, head: &request::Parts, body: &[u8], cap: u64) -> Asked {
        self.learn(&head.headers);
        let call = head.extensions.get::<Arc<Call>>();
        let (mut query, mut headers, mut content) = (Vec::new(), BTreeMap::new(), None);
        let own: Vec<&str> = call.map_or_else(Vec::new, |call| pairs(call.uri.query()).collect());
        for pair in pairs(head.uri.query()) {
            query.push(self.pair(pair, !own.contains(&pair)));
        }
        if call.is_some() {
            headers = self.headers(&head.headers);
            content = self.content(body, head.headers.get(CONTENT_TYPE), cap);
        } else {
            self.learn_form(body);
        }
        Asked {
            operation: call.map(|call| call.operation.id().to_owned()),
            method: head.method.to_string(),
            path: self.text(head.uri.path()),
            query,
            headers,
            body: content,
        }
    }

    /// An answer, to a call or to what is none.
    pub(super) fn answer(
        &mut self,
        head: &response::Parts,
        body: &[u8],
        cap: u64,
        call: bool,
    ) -> Answer {
        self.learn(&head.headers);
        let content = if call {
            self.content(body, head.headers.get(CONTENT_TYPE), cap)
        } else {
            self.grant(body)
        };
        let headers = self.headers(&head.headers);
        Answer { status: head.status.as_u16(), headers, body: content, broken_off: false }
    }

    /// A body, which had `total` bytes of which `body` was kept.
    pub(super) fn content(
        &mut self,
        body: &[u8],
        media_type: Option<&HeaderValue>,
        cap: u64,
    ) -> Option<Content> {
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.to_ascii_lowercase();
        let size = body.len() as u64;
        if body.is_empty() {
            return None;
        }
        // The boundary of a form differs each time.
        if size > cap || media_type.starts_with("multipart/") {
            return Some(Content::Omitted(size));
        }
        let Ok(text) = std::str::from_utf8(body) else {
            // What was removed elsewhere may be in here as well.
            let shown = String::from_utf8_lossy(body);
            let has_secret = self.text(&shown) != shown;
            return Some(if has_secret { Content::Omitted(size) } else { Content::base64(body) });
        };
        if media_type.contains("x-www-form-urlencoded") {
            let pairs: Vec<String> = pairs(Some(text)).map(|pair| self.pair(pair, false)).collect();
            return Some(Content::Text(pairs.join("&")));
        }
        if media_type.is_empty() || media_type.contains("json") {
            if let Ok(mut value) = serde_json::from_str(text) {
                self.json(&mut value);
                return Some(Content::Json(value));
            }
        }
        Some(Content::Text(text.split_inclusive('\n').map(|line| self.line(line)).collect()))
    }

    /// A line of a text, which may be JSON, or an event that holds some.
    fn line(&mut self, line: &str) -> String {
        let Some(start) = line.find(['{', '[']) else { return self.text(line) };
        let (before, json) = line.split_at(start);
        let end = json.trim_end().len();
        match serde_json::from_str::<Value>(&json[..end]) {
            Ok(mut value) => {
                self.json(&mut value);
                format!("{}{value}{}", self.text(before), &json[end..])
            }
            Err(_) => self.text(line),
        }
    }

    fn headers(&mut self, headers: &HeaderMap) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for name in headers.keys() {
            if PASSING.contains(&name.as_str()) {
                continue;
            }
            let values = headers.get_all(name).iter();
            let text = if name == WWW_AUTHENTICATE {
                let challenges: Vec<String> = values.filter_map(|v| self.challenge(v)).collect();
                challenges.join(", ")
            } else if self.rules().hides_header(name.as_str()) {
                continue;
            } else {
                let shown = values.filter(|value| !value.is_sensitive());
                let shown: Vec<&str> = shown.filter_map(|value| value.to_str().ok()).collect();
                self.text(&shown.join(", "))
            };
            if !text.is_empty() {
                out.insert(name.to_string(), text);
            }
        }
        out
    }

    /// A challenge that a replay can answer. One that cannot be read is left out.
    fn challenge(&mut self, value: &HeaderValue) -> Option<String> {
        let text = value.to_str().ok()?;
        let all = http_auth::parse_challenges(text).ok()?;
        let mut shown = Vec::new();
        for challenge in all {
            let mut parameters = Vec::new();
            for (name, value) in &challenge.params {
                let is = |known: &&str| name.eq_ignore_ascii_case(known);
                let value = value.to_unescaped();
                let value = if CHALLENGE.iter().any(is) {
                    self.text(&value)
                } else if NONCES.iter().any(is) {
                    self.hide(&value)
                } else {
                    continue;
                };
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                parameters.push(format!("{name}=\"{value}\""));
            }
            shown.push(format!("{} {}", challenge.scheme, parameters.join(", ")));
        }
        Some(shown.join(", "))
    }

    /// The answer to a request for a token: what a replay logs in with, and nothing that is not
    /// known by name.
    fn grant(&mut self, body: &[u8]) -> Option<Content> {
        let mut found: Map<String, Value> = serde_json::from_slice(body).ok()?;
        let mut kept = Map::new();
        for (name, value) in &mut found {
            match (name.as_str(), &*value) {
                ("expires_in", Value::Number(_)) => {}
                ("token_type", Value::String(kind)) if kind.eq_ignore_ascii_case("bearer") => {}
                ("error", Value::String(code)) if GRANT_ERRORS.contains(&code.as_str()) => {}
                (_, Value::String(text)) => {
                    let stand_in = self.hide(text);
                    if name != "access_token" {
                        continue;
                    }
                    *value = Value::String(stand_in);
                }
                _ => continue,
            }
            kept.insert(name.clone(), value.clone());
        }
        Some(Content::Json(Value::Object(kept)))
    }

    /// The secrets of headers, before anything is written.
    fn learn(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            let Ok(text) = value.to_str() else { continue };
            if name == AUTHORIZATION {
                self.learn_login(text);
            } else if name == COOKIE {
                text.split(';').for_each(|cookie| self.learn_cookie(cookie));
            } else if name == SET_COOKIE {
                self.learn_cookie(text.split(';').next().unwrap_or_default());
            } else if name == WWW_AUTHENTICATE {
                self.challenge(value);
            } else if value.is_sensitive() || self.rules().hides_header(name.as_str()) {
                self.hide(text);
            }
        }
    }

    fn learn_cookie(&mut self, cookie: &str) {
        if let Some((_, value)) = cookie.split_once('=') {
            self.hide(value.trim());
        }
    }

    fn learn_login(&mut self, text: &str) {
        let Some((scheme, data)) = text.split_once(' ') else { return drop(self.hide(text)) };
        self.hide(data);
        if scheme.eq_ignore_ascii_case("Digest") {
            // Grammar and quotes are those of a challenge.
            let _ = HeaderValue::from_str(text).map(|value| self.challenge(&value));
        } else if let Some(pair) =
            STANDARD.decode(data).ok().and_then(|b| String::from_utf8(b).ok())
        {
            for part in pair.splitn(2, ':') {
                self.hide(part);
                self.hide(&percent_decode_str(part).decode_utf8_lossy());
            }
        }
    }

    fn learn_form(&mut self, body: &[u8]) {
        for (name, value) in form_urlencoded::parse(body) {
            if name != "grant_type" && name != "scope" {
                self.hide(&value);
            }
        }
    }
}

/// The pairs of a query or a form, encoded.
fn pairs(query: Option<&str>) -> impl Iterator<Item = &str> {
    query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
}

/// The head and the body of what an [`Answer`] was.
pub(super) fn answer(answer: &Answer) -> Result<(http::response::Builder, Bytes), String> {
    let mut head = http::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        head = head.header(name, value);
    }
    let body = answer.body.as_ref().map_or(Ok(Bytes::new()), Content::bytes)?;
    Ok((head, body))
}
