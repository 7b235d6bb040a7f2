//! Values as the body of an answer.

use bytes::Bytes;
use serde_json::Value;

use super::Reply;
use super::wanted::Wanted;
use crate::codegen::v1::Sample;
use crate::stream::Item;
use crate::wire::Sampled;

/// A single value: as JSON where the call accepts that or says nothing, else as it is.
///
/// # Errors
/// Says why it cannot be written.
pub(super) fn single<T: Sample>(wanted: &Wanted, value: &T) -> Result<Reply, String> {
    let reply = Reply::new(wanted.success());
    let (media_type, raw) = (wanted.media_type(), value.raw());
    let is_json = media_type.is_some_and(|text| text.contains("json"));
    let (body, usual) = match raw {
        Some(raw) if raw.is_empty() || !is_json => (raw, None),
        Some(_) | None => (json(value)?, Some("application/json")),
    };
    let media_type = media_type.or(usual).filter(|_| !body.is_empty());
    let reply = match media_type {
        Some(media_type) => reply.header("content-type", media_type),
        None => reply,
    };
    let mut reply = if body.is_empty() { reply } else { reply.body(body) };
    reply.typed = true;
    Ok(reply)
}

/// Server-sent events, one for each value, and the one that ends them.
///
/// # Errors
/// Says which value cannot be written, and why.
pub(super) fn events<T: Sample>(
    wanted: &Wanted,
    values: impl IntoIterator<Item = T>,
) -> Result<Reply, String> {
    let (item, until) = wanted.events();
    let mut reply = Reply::new(wanted.success()).header("content-type", "text/event-stream");
    for (index, value) in values.into_iter().enumerate() {
        let value = serde_json::to_value(Sampled(&value)).map_err(|error| error.to_string());
        let event = value.and_then(|value| event(item, &value));
        reply = reply.chunk(event.map_err(|reason| format!("event {index}: {reason}"))?);
    }
    if let Some(until) = until {
        reply = reply.chunk(frame(None, until));
    }
    Ok(reply)
}

/// JSON that follows JSON: lines, or records of a sequence (RFC 7464).
///
/// # Errors
/// Says why a value cannot be written.
pub(super) fn stream<T: Sample>(
    wanted: &Wanted,
    values: impl IntoIterator<Item = T>,
) -> Result<Reply, String> {
    let media_type = wanted.media_type().unwrap_or("application/x-ndjson");
    let before = if media_type.ends_with("json-seq") { "\u{1e}" } else { "" };
    let mut reply = Reply::new(wanted.success()).header("content-type", media_type);
    for value in values {
        let json = json(&value)?;
        reply = reply.chunk([before.as_bytes(), &json, b"\n"].concat());
    }
    Ok(reply)
}

fn json<T: Sample>(value: &T) -> Result<Bytes, String> {
    serde_json::to_vec(&Sampled(value)).map(Bytes::from).map_err(|error| error.to_string())
}

/// The event that is read as `value`.
fn event(item: Item, value: &Value) -> Result<String, String> {
    let text = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err("its data is no text".to_owned()),
    };
    let data = &value["data"];
    match item {
        Item::Data => Ok(frame(None, &value.to_string())),
        Item::Text => Ok(frame(None, &text(value)?)),
        Item::Whole => Ok(frame(Some(value), &data.to_string())),
        Item::WholeText => Ok(frame(Some(value), &text(data)?)),
        Item::WholeEither => {
            Ok(frame(Some(value), &text(data).unwrap_or_else(|_| data.to_string())))
        }
        Item::Named(known, others) => match value["event"].as_str() {
            Some(name) => {
                let found = known.iter().find(|(its, _)| *its == name).map(|(_, item)| *item);
                event(found.unwrap_or(*others), value)
            }
            None => Err("its name is not part of the value: write it with `then_reply`".to_owned()),
        },
    }
}

/// Data, behind the other fields of an event.
fn frame(whole: Option<&Value>, data: &str) -> String {
    let mut out = String::new();
    for name in ["event", "id", "retry"] {
        match whole.map(|whole| &whole[name]) {
            Some(Value::String(text)) => out += &format!("{name}: {text}\n"),
            Some(Value::Number(number)) => out += &format!("{name}: {number}\n"),
            Some(_) | None => {}
        }
    }
    for line in data.split('\n') {
        out += &format!("data: {line}\n");
    }
    out.push('\n');
    out
}
