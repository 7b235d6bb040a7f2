//! Whether an answer is the stream it should be.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Events have to call themselves so (WHATWG HTML, section 9.2.2): what is meant for a caller who
/// asked for no stream has no blank lines either. A server that does not say is taken at its body.
///
/// # Errors
/// Says what it is instead.
pub(crate) fn check(headers: &HeaderMap, events: bool) -> Result<(), String> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(()) };
    let text = String::from_utf8_lossy(value.as_bytes());
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = essence.is_empty()
        || if events { essence == "text/event-stream" } else { may_hold_json(&essence) };
    let wanted = if events { "an event stream" } else { "a stream of JSON" };
    if fits { Ok(()) } else { Err(format!("it is {essence:?}, not {wanted}")) }
}

/// Many servers call lines of JSON by the name of JSON, of text or of bytes. Each line says for
/// itself whether it is JSON.
fn may_hold_json(essence: &str) -> bool {
    let names_json = ["json", "jsonl", "jsonlines"].iter().any(|end| essence.ends_with(end));
    names_json
        || essence.ends_with("/json-seq")
        || essence.ends_with("+json-seq")
        || matches!(essence, "text/plain" | "application/octet-stream" | "binary/octet-stream")
}
