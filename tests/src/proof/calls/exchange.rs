//! One call on the wire: the request judged, the answer made.

use serde_json::{Value, json};

use super::arguments::Given;
use crate::draw::{Drawer, Way};
use crate::drive::{Reply, Seen};
use crate::judge::{Answer, Expected, Operation, is_json};

/// What the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A success, drawn.
    Success(usize),
    /// A success, the document's own.
    Example,
    /// The documented error of this number, drawn.
    Error(usize),
}

impl Mode {
    /// Which arguments go with it.
    pub(super) fn number(self) -> usize {
        match self {
            Self::Success(number) => number,
            Self::Example => 0,
            Self::Error(number) => 10 + number,
        }
    }
}

/// What was sent, as the client should see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) is_json: bool,
    /// The variant of an error, where its status has a name.
    pub(super) variant: Option<&'static str>,
}

/// A call while it lasts.
pub(super) struct Exchange<'d> {
    drawer: &'d Drawer<'d>,
    operation: &'d Operation<'d>,
    expected: Expected<'d>,
    mode: Mode,
    pointer: &'d str,
    pub(super) requests: usize,
    pub(super) mismatches: Vec<String>,
    pub(super) media_types: Vec<String>,
    pub(super) sent: Sent,
}

impl<'d> Exchange<'d> {
    pub(super) fn new(
        drawer: &'d Drawer<'d>,
        operation: &'d Operation<'d>,
        given: Given<'d>,
        mode: Mode,
        pointer: &'d str,
    ) -> Self {
        let successes = operation.successes();
        let content = successes.iter().flat_map(|answer| &answer.content);
        let accepted = content.map(|(name, _)| (*name).to_owned()).collect();
        let media_types = given.body.iter().map(|(name, _)| name.clone()).collect();
        let expected = Expected { operation, values: given.values, body: given.body, accepted };
        Self {
            drawer,
            operation,
            expected,
            mode,
            pointer,
            requests: 0,
            mismatches: Vec::new(),
            media_types,
            sent: Sent::default(),
        }
    }

    pub(super) fn serve(&mut self, seen: &Seen) -> Reply {
        self.requests += 1;
        self.mismatches.extend(self.expected.mismatches(seen));
        let accept = seen.header("accept").unwrap_or_default().to_owned();
        match self.mode {
            Mode::Success(number) => self.success(&accept, Some(number)),
            Mode::Example => self.success(&accept, None),
            Mode::Error(index) => self.error(index),
        }
    }

    /// One of the documented successes, in the first media type that is asked for.
    fn success(&mut self, accept: &str, number: Option<usize>) -> Reply {
        let successes = self.operation.successes();
        let asked = |answer: &&Answer<'_>| {
            answer.content.is_empty() || accept.split(", ").any(|one| answer.media(one).is_some())
        };
        let raw = self.drawer.raw();
        let fitting: Vec<&Answer<'_>> = match number {
            Some(_) => successes.iter().filter(asked).collect(),
            None => successes.iter().filter(|answer| answer.has_example(raw)).collect(),
        };
        let turn = number.unwrap_or_default() % fitting.len().max(1);
        let Some(answer) = fitting.get(turn).copied().or(successes.first()) else {
            return self.reply(204, None, Value::Null);
        };
        let asked = accept.split(", ").find_map(|one| answer.media(one));
        let Some((media_type, media)) = asked.or_else(|| answer.content.first().copied()) else {
            return self.reply(answer.status, None, Value::Null);
        };
        let example = || answer.examples(raw, media_type).first().map(|example| read(example));
        let body = match number {
            Some(number) => self.drawn(media_type, media, "answer", number).and_then(|drawn| {
                let is_empty = drawn.as_object().is_some_and(|object| object.is_empty());
                let again = || self.drawn(media_type, media, "answer", 1);
                if answer.is_nonempty && is_empty { again() } else { Some(drawn) }
            }),
            None => example().or_else(|| self.drawn(media_type, media, "answer", 1)),
        };
        self.reply(answer.status, Some(media_type), body.unwrap_or_default())
    }

    fn error(&mut self, index: usize) -> Reply {
        let errors = self.operation.errors();
        let Some(answer) = errors.get(index) else { return self.reply(500, None, Value::Null) };
        self.sent.variant = phrase(answer.key);
        let json = answer.content.iter().find(|(name, _)| is_json(name));
        let Some((media_type, media)) = json.or(answer.content.first()).copied() else {
            return self.reply(answer.status, None, Value::Null);
        };
        let body = self.drawn(media_type, media, answer.key, index).unwrap_or_default();
        self.reply(answer.status, Some(media_type), body)
    }

    /// A body of a media type: JSON by its schema, a text, or bytes.
    fn drawn(&self, media_type: &str, media: &Value, what: &str, number: usize) -> Option<Value> {
        if !is_json(media_type) {
            let binary = media.pointer("/schema/format") == Some(&json!("binary"));
            let text = media_type.starts_with("text/")
                || ["xml", "csv"].iter().any(|end| media_type.ends_with(end));
            let text = text && !binary;
            return Some(if text { json!("a;b\n1;\u{fc}\n") } else { json!([31, 139, 8, number]) });
        }
        let schema = media.get("schema")?;
        let key = format!("{} {what}", self.pointer);
        let drawn = self.drawer.draw_of(schema, &key, Way::Received, number)?;
        Some(drawn)
    }

    fn reply(&mut self, status: u16, media_type: Option<&str>, body: Value) -> Reply {
        // Nothing comes with these (RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5).
        let is_bare = self.operation.method == "HEAD" || matches!(status, 204 | 304);
        let (media_type, body) = if is_bare { (None, Value::Null) } else { (media_type, body) };
        self.sent.status = status;
        self.sent.is_json = media_type.is_none_or(is_json);
        self.sent.body = body.clone();
        self.media_types.extend(media_type.map(str::to_owned));
        let bytes = match (media_type, &body) {
            (None, _) => Vec::new(),
            (Some(name), body) if is_json(name) => body.to_string().into_bytes(),
            (Some(_), Value::String(text)) => text.clone().into_bytes(),
            (Some(_), body) => serde_json::from_value(body.clone()).unwrap_or_default(),
        };
        Reply { status, media_type: media_type.map(str::to_owned), body: bytes }
    }
}

/// An example; many a document has its JSON as a text.
fn read(example: &Value) -> Value {
    let inner = example.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    inner.filter(|inner| inner.is_object() || inner.is_array()).unwrap_or_else(|| example.clone())
}

impl<'d> Answer<'d> {
    fn media(&self, name: &str) -> Option<(&'d str, &'d Value)> {
        self.content.iter().find(|(known, _)| *known == name).copied()
    }
}

/// The reason phrase of a status as one word (RFC 9110, section 15; RFC 6585).
fn phrase(key: &str) -> Option<&'static str> {
    Some(match key {
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "402" => "PaymentRequired",
        "403" => "Forbidden",
        "404" => "NotFound",
        "405" => "MethodNotAllowed",
        "406" => "NotAcceptable",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "PreconditionFailed",
        "415" => "UnsupportedMediaType",
        "429" => "TooManyRequests",
        "500" => "InternalServerError",
        "501" => "NotImplemented",
        "502" => "BadGateway",
        "503" => "ServiceUnavailable",
        "504" => "GatewayTimeout",
        _ => return None,
    })
}
