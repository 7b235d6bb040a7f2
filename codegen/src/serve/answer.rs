//! The answer to a sound request: the first success of the operation, with a value for its body.

use http::{HeaderMap, Response, StatusCode, header};
use serde_json::{Value, json};

use super::Direction;
use super::charset::Charset;
use super::media::{Media, weight};
use super::problem::{Problem, Violation};
use super::sample::Sampler;
use super::schema::{Checks, Fault};
use super::tree::Place;
use super::wish::{self, Wish};
use crate::ir::Framing;

/// Who asks: what the client accepts, and what it prefers.
#[derive(Default)]
pub(super) struct Asked<'r> {
    pub(super) accept: Option<&'r str>,
    pub(super) wish: Wish,
}

impl<'r> Asked<'r> {
    /// # Errors
    /// A preference makes no sense.
    pub(super) fn by(headers: &'r HeaderMap) -> Result<Self, Problem> {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        Ok(Self { accept, wish: Wish::of(headers)? })
    }
}

/// What is changed in the value of an answer, beside its schema, before it is written.
pub(super) type Amend<'a> = &'a dyn Fn(&mut Value, &Place<'_>);

/// The answer of an operation when all is well.
///
/// # Errors
/// The client accepts nothing that the operation answers with.
pub(super) fn success(
    checks: &Checks,
    operation: &Place<'_>,
    asked: &Asked<'_>,
    amend: Amend<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let found = match &asked.wish.code {
        Some(code) => Some(wish::response(operation, code)?),
        None => expected(operation),
    };
    match found {
        Some((status, described)) => write(checks, status, &described, asked, amend),
        None => {
            wish::check_empty(&asked.wish, StatusCode::NO_CONTENT, operation)?;
            Ok(empty(StatusCode::NO_CONTENT))
        }
    }
}

/// A failure: as the operation describes it, or else as a problem.
pub(super) fn failure(
    checks: &Checks,
    operation: Option<&Place<'_>>,
    status: StatusCode,
    asked: &Asked<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let described = operation.and_then(|operation| described(operation, status));
    let plain = Asked { accept: asked.accept, wish: Wish::default() };
    let written = described.map(|described| {
        let written = |asked: &Asked<'_>| write(checks, status, &described, asked, &|_, _| ());
        // An example that is preferred may be one of the answer that comes when all is well.
        written(asked).or_else(|_| written(&plain))
    });
    let response = match written {
        Some(Ok(response)) => Ok(response),
        Some(Err(_)) | None => Err(Problem::new(status, "A failure that was asked for")),
    };
    // Both may say when to come back (RFC 9110, section 10.2.3); a second is soon enough to test.
    if !matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        return response;
    }
    match response {
        Ok(mut response) => {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
            Ok(response)
        }
        Err(problem) => Err(problem.with_header("retry-after", "1")),
    }
}

/// The response that a caller hopes for: the first 2xx, else `default`, else the first there is.
fn expected<'d>(operation: &Place<'d>) -> Option<(StatusCode, Place<'d>)> {
    let mut responses = operation.get("responses")?.members();
    responses.retain(|(key, _)| !key.starts_with("x-"));
    let status = |key: &str| match key {
        "default" => Some(StatusCode::OK),
        _ => key.to_ascii_uppercase().replace("XX", "00").parse().ok(),
    };
    let rank = |key: &str| match key.as_bytes().first() {
        Some(b'2') => 0,
        Some(b'd') => 1,
        _ => 2,
    };
    responses.sort_by_key(|(key, _)| (rank(key), *key));
    responses.into_iter().find_map(|(key, place)| Some((status(key)?, place)))
}

/// What the operation says of a status: by itself, by its class, or by `default`.
pub(super) fn described<'d>(operation: &Place<'d>, status: StatusCode) -> Option<Place<'d>> {
    let responses = operation.get("responses")?;
    let class = status.as_u16() / 100;
    let keys = [status.as_u16().to_string(), format!("{class}XX"), format!("{class}xx")];
    let named = keys.iter().find_map(|key| responses.get(key));
    named.or_else(|| responses.get("default"))
}

fn write(
    checks: &Checks,
    status: StatusCode,
    described: &Place<'_>,
    asked: &Asked<'_>,
    amend: Amend<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let mut response = empty(status);
    headers(checks, described, &mut response);
    let content = described.get("content").map(|content| content.members()).unwrap_or_default();
    if content.is_empty() || status == StatusCode::NO_CONTENT || status.is_informational() {
        wish::check_empty(&asked.wish, status, described)?;
        return Ok(response);
    }
    // What went wrong is told to whoever asks (RFC 9110, section 12.5.1): clients name the types that they
    // hope for.
    let is_failure = status.is_client_error() || status.is_server_error();
    let anyhow = || preferred(&content, &Asked::default()).filter(|_| is_failure);
    let Some((name, media, place)) = preferred(&content, asked).or_else(anyhow) else {
        let names: Vec<&str> = content.iter().map(|(name, _)| *name).collect();
        let message = format!("accepts none of {}", names.join(", "));
        let violation = Violation {
            part: "header",
            place: "accept".to_owned(),
            message,
            rule: Some(described.at.push("content")),
        };
        let title = "Nothing that the client accepts";
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, title).because(violation));
    };
    wish::check(&asked.wish, place)?;
    let (name, body) = body(checks, name, &media, place, asked, amend);
    if let Ok(value) = name.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    *response.body_mut() = body;
    Ok(response)
}

/// The type that the client wants most; the first of several.
fn preferred<'p, 'd>(
    content: &'p [(&'d str, Place<'d>)],
    asked: &Asked<'_>,
) -> Option<(&'d str, Media, &'p Place<'d>)> {
    let mut best = None;
    let mut most = None;
    for (name, place) in content {
        let Some(media) = Media::parse(name) else { continue };
        let weight = weight(asked.accept, &media);
        if weight > most {
            most = weight;
            best = Some((*name, media, place));
        }
    }
    best
}

/// The headers that the document promises, as far as a text can be made of them.
fn headers(checks: &Checks, described: &Place<'_>, response: &mut Response<Vec<u8>>) {
    let Some(headers) = described.get("headers") else { return };
    for (name, described) in headers.members() {
        let given = described.value.get("example").cloned();
        let sampled = || {
            let schema = described.get("schema")?;
            Some(Sampler::new(schema.root, checks).sample(schema.value))
        };
        let value = given.or_else(sampled).unwrap_or_default();
        // Who writes a body knows its type and length.
        let own = ["content-type", "content-length", "transfer-encoding", "connection"];
        if let (Ok(name), Ok(value)) =
            (name.parse::<header::HeaderName>(), plain(&value).parse::<header::HeaderValue>())
            && !own.contains(&name.as_str())
        {
            response.headers_mut().insert(name, value);
        }
    }
}

/// A value as the style `simple` writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(map) => {
            let parts = map.iter().map(|(key, value)| format!("{key},{}", plain(value)));
            parts.collect::<Vec<_>>().join(",")
        }
    }
}

/// The bytes of a body, and its type where the document has a range of them.
fn body(
    checks: &Checks,
    name: &str,
    media: &Media,
    place: &Place<'_>,
    asked: &Asked<'_>,
    amend: Amend<'_>,
) -> (String, Vec<u8>) {
    let named = wish::example(&asked.wish, place);
    let mut value = named.cloned().unwrap_or_else(|| example(checks, place));
    // What was asked for by name is given as it is.
    if let (Some(schema), None) = (place.get("schema"), named) {
        amend(&mut value, &schema);
    }
    if let Some(framing) = Framing::of(name) {
        return (name.to_owned(), framed(framing, &stream_item(checks, place, &value)));
    }
    if media.is_range() {
        return ("application/json".to_owned(), json_text(&value));
    }
    let bytes = match &value {
        value if media.is_json() => json_text(value),
        Value::String(text) => {
            let charset = media.parameter("charset").and_then(Charset::of);
            charset.unwrap_or(Charset::Utf8).write(text)
        }
        Value::Null => Vec::new(),
        value => json_text(value),
    };
    (name.to_owned(), bytes)
}

fn json_text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// The first example that is what the schema says, or else a value made of the schema.
fn example(checks: &Checks, place: &Place<'_>) -> Value {
    let schema = place.get("schema");
    let fits = |value: &&Value| {
        let Some(schema) = &schema else { return true };
        checks.faults(schema.root, &schema.at, Direction::Answer, value).is_empty()
    };
    let listed = place.get("examples").map(|examples| examples.members()).unwrap_or_default();
    let listed = listed.iter().filter_map(|(_, example)| example.value.get("value"));
    let given = place.value.get("example").into_iter().chain(listed).find(fits);
    match (given, &schema) {
        (Some(value), _) => value.clone(),
        // By its reference, if it is one: the name of a schema may stand in its values.
        (None, Some(schema)) => {
            let named = place.value.get("schema").unwrap_or(schema.value);
            Sampler::new(schema.root, checks).sample(named)
        }
        (None, None) => Value::Null,
    }
}

/// What is wrong with the answer that an operation gets when all is well, and the place of its schema: none of its
/// examples is what the schema says, and no value could be made that is.
pub(super) fn faults<'d>(
    checks: &Checks,
    operation: &Place<'d>,
) -> Option<(Place<'d>, Vec<Fault>)> {
    let (_, described) = expected(operation)?;
    let content = described.get("content")?.members();
    let (_, _, place) = preferred(&content, &Asked::default())?;
    let schema = place.get("schema")?;
    let value = example(checks, place);
    let faults = checks.faults(schema.root, &schema.at, Direction::Answer, &value);
    (!faults.is_empty()).then(|| (place.clone(), faults))
}

/// The examples of the answers of an operation whose values stand elsewhere.
pub(super) fn elsewhere<'d>(operation: &Place<'d>) -> Vec<(&'d str, Place<'d>)> {
    let responses = operation.get("responses").map(|all| all.members()).unwrap_or_default();
    let content = responses.iter().filter_map(|(_, response)| response.get("content"));
    let media = content.flat_map(|content| content.members());
    let examples = media.filter_map(|(_, media)| media.get("examples"));
    let examples = examples.flat_map(|examples| examples.members());
    let has_none = |(_, example): &(&str, Place<'_>)| {
        example.text("externalValue").is_some() && example.value.get("value").is_none()
    };
    examples.filter(has_none).collect()
}

/// What one item of a stream is: of a list, what it lists.
fn stream_item(checks: &Checks, place: &Place<'_>, value: &Value) -> Value {
    let items = place.get("schema").and_then(|schema| schema.get("items"));
    match (items, value) {
        (Some(items), _) => Sampler::new(items.root, checks).sample(items.value),
        (None, Value::Array(items)) => items.first().cloned().unwrap_or_default(),
        (None, value) => value.clone(),
    }
}

/// A stream of one item.
fn framed(framing: Framing, item: &Value) -> Vec<u8> {
    match framing {
        Framing::Lines => format!("{item}\n").into_bytes(),
        Framing::Sequence => format!("\u{1e}{item}\n").into_bytes(),
        Framing::Events(_) => event(item).into_bytes(),
    }
}

/// An event: the whole of it if the value has nothing but fields of one (OpenAPI 3.2, section
/// 4.14.4), else its data.
fn event(item: &Value) -> String {
    let fields = ["data", "event", "id", "retry"];
    let whole = item.as_object().filter(|map| {
        map.contains_key("data") && map.keys().all(|key| fields.contains(&key.as_str()))
    });
    let nothing = json!({"data": item});
    let map = whole.or(nothing.as_object()).into_iter().flatten();
    let lines = map.map(|(name, value)| {
        let text = plain_or_json(value);
        text.lines().map(|line| format!("{name}: {line}\n")).collect::<String>()
    });
    format!("{}\n", lines.collect::<String>())
}

fn plain_or_json(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
