//! Reading the body of an answer.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::codegen::Undecodable;
use crate::error::{ErrorKind, ParseError};
use crate::exchange::Answer;

mod explain;
mod guard;
mod media;

pub(crate) use self::explain::explain;
pub(crate) use self::media::Wanted;

/// A success as JSON.
///
/// # Errors
/// It is empty, it is coded, it has another media type, or [`json`] refuses it. Never quotes the body.
pub(crate) fn answer<T: DeserializeOwned>(answer: &Answer) -> Result<T, Undecodable> {
    if answer.bytes.is_empty() {
        let reason = "the document promises JSON".to_owned();
        return Err(Undecodable { kind: ErrorKind::EmptyBody, reason });
    }
    answer.wanted.check_coding(&answer.headers)?;
    check_media_type(&answer.headers)
        .map_err(|reason| Undecodable { kind: ErrorKind::MediaType, reason })?;
    json(&answer.bytes, answer.operation.is_nonempty()).map_err(Undecodable::broken)
}

/// JSON under the guard against empty successes: an object of which no property is declared is
/// not what it claims to be, and with `nonempty` neither is one without properties.
///
/// # Errors
/// Says where it is not what `T` wants. Never quotes the body.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8], nonempty: bool) -> Result<T, String> {
    let bytes = without_bom(bytes);
    let value = serde_json::from_slice(bytes)
        .map_err(|error| explain(bytes, &error, std::any::type_name::<T>()))?;
    guard::check(bytes, guard::declared::<T>(), nonempty)?;
    Ok(value)
}

/// JSON that arrived by another road than as an answer: the body of a webhook or callback.
///
/// # Errors
/// Says where the bytes are not what `T` wants, and never quotes them.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ParseError> {
    json(bytes, false).map_err(ParseError::of_body)
}

/// A success as text: UTF-8, or ISO-8859-1 where the answer says so.
///
/// # Errors
/// It is not what was asked for, or not such text.
pub(crate) fn text(answer: &Answer) -> Result<String, Undecodable> {
    in_charset(&bytes(answer)?, &answer.headers).map_err(Undecodable::broken)
}

/// Text in the charset that its media type names (RFC 2046, section 4.1.2). Of ISO-8859-1 each byte is the
/// letter of its number; other charsets take tables, and are read by who takes the bytes.
fn in_charset(bytes: &[u8], headers: &HeaderMap) -> Result<String, String> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let charset = value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    match charset.as_deref() {
        Some("iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1") => {
            Ok(bytes.iter().copied().map(char::from).collect())
        }
        Some(charset) if !matches!(charset, "utf-8" | "utf8" | "us-ascii") => {
            utf8(bytes).map_err(|why| format!("{why}, and charsets like {charset:?} are not read"))
        }
        Some(_) | None => utf8(bytes),
    }
}

/// UTF-8 text.
///
/// # Errors
/// It is not UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<String, String> {
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => Ok(text),
        Err(error) => Err(format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to())),
    }
}

/// A success as it is.
///
/// # Errors
/// It is not what was asked for.
pub(crate) fn bytes(answer: &Answer) -> Result<Bytes, Undecodable> {
    // Of nothing it does not matter what it is.
    if !answer.bytes.is_empty() {
        answer.wanted.check(&answer.headers)?;
    }
    Ok(answer.bytes.clone())
}

/// A parser may ignore a byte order mark (RFC 8259, section 8.1); some servers send one.
fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// `application/json` and whatever ends in `+json` (RFC 6839, section 3.1), with any parameters.
/// A server that does not say is taken at its body.
fn check_media_type(headers: &HeaderMap) -> Result<(), String> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(()) };
    let bytes = value.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
    let essence = bytes.get(..end).unwrap_or_default().trim_ascii();
    if is_json(essence) {
        return Ok(());
    }
    let essence = String::from_utf8_lossy(essence);
    Err(format!("it is {:?}, not JSON", essence.trim().to_ascii_lowercase()))
}

/// Whether this is the name of JSON, in letters of any case; no name at all is taken for one.
fn is_json(essence: &[u8]) -> bool {
    let is = |text: &[u8], wanted: &str| text.eq_ignore_ascii_case(wanted.as_bytes());
    let Some(slash) = essence.iter().position(|byte| *byte == b'/') else {
        return essence.is_empty();
    };
    let (kind, subtype) = essence.split_at(slash);
    match subtype.iter().rposition(|byte| matches!(byte, b'+' | b'/')) {
        Some(0) => is(subtype, "/json") && (is(kind, "application") || is(kind, "text")),
        Some(plus) => is(&subtype[plus..], "+json"),
        None => false,
    }
}

#[cfg(test)]
mod tests;
