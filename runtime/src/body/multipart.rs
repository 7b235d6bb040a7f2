//! `multipart/form-data` (RFC 7578).

use std::fmt::{self, Write as _};
use std::hash::{BuildHasher, RandomState};

use bytes::{Bytes, BytesMut};
use serde::Serialize;

use super::Body;
use crate::call::tree::Tree;

/// One part of a form: bytes, a file or a stream, perhaps with a file name and a media type.
#[derive(Clone)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
}

impl Part {
    /// A part without a name for the file.
    pub fn new(body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: None }
    }

    /// A file: most servers take a part for one only if it has a name.
    pub fn file(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: Some(name.into()) }
    }

    /// The media type of the part.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.body = self.body.with_media_type(media_type);
        self
    }
}

impl Part {
    /// The media type of the part, unless it has one.
    pub(crate) fn or_media_type(self, media_type: &str) -> Self {
        if self.body.media_type().is_some() { self } else { self.with_media_type(media_type) }
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

impl fmt::Debug for Part {
    /// The name of a file is a value of the call, as its contents are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("body", &self.body).finish_non_exhaustive()
    }
}

/// A form of several parts.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

impl Multipart {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. Several may have one name.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.parts.push((name.into(), part.into()));
        self
    }

    pub(crate) fn replace(&mut self, name: &str, parts: Vec<Part>) {
        self.parts.retain(|(known, _)| known != name);
        self.parts.extend(parts.into_iter().map(|part| (name.to_owned(), part)));
    }

    /// The whole form as one body, with the boundary in its media type.
    ///
    /// # Errors
    /// Says which part is refused, without its contents.
    pub(crate) fn into_body(self) -> Result<Body, String> {
        let boundary = boundary();
        let media_type = format!("multipart/form-data; boundary={boundary}");
        let mut pieces = Vec::new();
        for (name, part) in self.parts {
            let head = head(&boundary, &name, &part)?;
            pieces.push(Body::from(head));
            pieces.push(part.body);
            pieces.push(Body::from("\r\n"));
        }
        pieces.push(Body::from(format!("--{boundary}--\r\n")));
        let complete: Option<Vec<&Bytes>> =
            pieces.iter().map(|piece| piece.bytes().filter(|_| !piece.is_watched())).collect();
        let body = match complete {
            Some(all) => {
                let mut whole = BytesMut::new();
                all.iter().for_each(|bytes| whole.extend_from_slice(bytes));
                Body::from(whole.freeze())
            }
            None => Body::chained(pieces),
        };
        Ok(body.with_media_type(media_type))
    }
}

/// 128 random bits: no contents hold them by chance.
fn boundary() -> String {
    // The keys of the hasher are what nobody can guess; in a browser they are always the same.
    let random = || RandomState::new().hash_one(fastrand::u64(..));
    format!("specwright-{:016x}{:016x}", random(), random())
}

/// The delimiter and the headers of a part (RFC 7578, section 4).
fn head(boundary: &str, name: &str, part: &Part) -> Result<String, String> {
    let quoted = quoted(name);
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{quoted}\"");
    if let Some(file) = &part.file_name {
        let _ = write!(head, "; filename=\"{}\"", self::quoted(file));
    }
    head.push_str("\r\n");
    let media_type = part.body.media_type();
    // A file of unknown type is bytes (RFC 7578, section 4.4).
    let media_type = media_type.or(part.file_name.is_some().then_some("application/octet-stream"));
    if let Some(media_type) = media_type {
        if media_type.chars().any(char::is_control) {
            return Err(format!("the media type of part `{name}` holds a control character"));
        }
        let _ = write!(head, "Content-Type: {media_type}\r\n");
    }
    head.push_str("\r\n");
    Ok(head)
}

/// As browsers do it (WHATWG HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The parts of a value that is no file: text for a text, one part an item for a list, JSON for
/// an object (OpenAPI 3.0, Encoding Object, `contentType`).
///
/// # Errors
/// The value has no such form.
pub(crate) fn value_parts<T: Serialize + ?Sized>(value: &T) -> Result<Vec<Part>, ()> {
    // A number goes as its own digits, more of which may count than a JSON value keeps.
    if let Ok(Tree::Text(text) | Tree::Word(text)) = Tree::of(value) {
        return Ok(vec![Part::new(text)]);
    }
    let value = serde_json::to_value(value).map_err(|_| ())?;
    let items = match value {
        serde_json::Value::Array(items) => items,
        other => vec![other],
    };
    Ok(items.into_iter().filter_map(value_part).collect())
}

fn value_part(value: serde_json::Value) -> Option<Part> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(Part::new(text)),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            Some(Part::new(value.to_string()))
        }
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            Some(Part::new(value.to_string()).with_media_type("application/json"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(form: Multipart) -> String {
        let body = form.into_body().unwrap();
        let (_, boundary) = body.media_type().unwrap().split_once("boundary=").unwrap();
        let text = String::from_utf8(body.bytes().unwrap().to_vec()).unwrap();
        text.replace(boundary, "B")
    }

    #[test]
    fn parts_have_their_headers() {
        let form = Multipart::new()
            .part("a", "1")
            .part("f\"\r\n", Part::file("x\".txt", vec![b'x']))
            .part("j", Part::new("{}").with_media_type("application/json"));
        assert_eq!(
            text(form),
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"f%22%0D%0A\"; filename=\"x%22.txt\"\r\n\
             Content-Type: application/octet-stream\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"j\"\r\n\
             Content-Type: application/json\r\n\r\n{}\r\n--B--\r\n"
        );
        assert_eq!(text(Multipart::new()), "--B--\r\n");
    }

    #[test]
    fn values_become_texts_or_json() {
        let kinds = |value| -> Vec<(Vec<u8>, Option<String>)> {
            let parts = value_parts::<serde_json::Value>(&value).unwrap();
            let shown = |part: &Part| {
                (part.body.bytes().unwrap().to_vec(), part.body.media_type().map(str::to_owned))
            };
            parts.iter().map(shown).collect()
        };
        assert_eq!(kinds(json!("a")), [(b"a".to_vec(), None)]);
        assert_eq!(kinds(json!(1.5)), [(b"1.5".to_vec(), None)]);
        assert_eq!(
            kinds(json!([1, null, true])),
            [(b"1".to_vec(), None), (b"true".to_vec(), None)]
        );
        let json = Some("application/json".to_owned());
        assert_eq!(kinds(json!({"a": 1})), [(br#"{"a":1}"#.to_vec(), json)]);
        assert!(kinds(json!(null)).is_empty());
    }

    #[test]
    fn media_types_cannot_smuggle_headers() {
        let part = Part::new("x").with_media_type("a/b\r\nX: y");
        assert!(Multipart::new().part("a", part).into_body().is_err());
    }
}
