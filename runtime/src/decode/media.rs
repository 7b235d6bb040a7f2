//! Whether a body is what was asked for, where only its head can say so: bytes and text are anything at
//! all, and a proxy's page or a compressed copy would be kept as if it were the file.

use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};

use crate::codegen::Undecodable;
use crate::error::ErrorKind;

/// What a request asked for. Nothing asked, nothing refused.
#[derive(Default)]
pub(crate) struct Wanted {
    /// Its `Accept`: what the document lists, unless the caller asks for something else.
    types: Option<HeaderValue>,
    /// Whether the caller asked for a coding, and so knows what to do with it.
    codings: bool,
}

impl Wanted {
    pub(crate) fn of(request: &HeaderMap) -> Self {
        Self { types: request.get(ACCEPT).cloned(), codings: request.contains_key(ACCEPT_ENCODING) }
    }

    /// Whether bytes or text with this head may be given out.
    ///
    /// # Errors
    /// They are coded, or of a media type that was not asked for.
    pub(crate) fn check(&self, head: &HeaderMap) -> Result<(), Undecodable> {
        self.check_coding(head)?;
        let (Some(types), Some(given)) = (&self.types, head.get(CONTENT_TYPE)) else {
            return Ok(());
        };
        let (types, given) = (text(types), essence(&text(given)));
        // A server that does not say is taken at its body.
        if given.is_empty() || types.split(',').any(|range| fits(&essence(range), &given)) {
            return Ok(());
        }
        Err(refused(format!("it is {given:?}, not {types}")))
    }

    /// Whether the body is itself. Without `Accept-Encoding` a server may choose any coding (RFC 9110,
    /// section 12.5.3), but nothing here undoes one.
    ///
    /// # Errors
    /// It is coded.
    pub(crate) fn check_coding(&self, head: &HeaderMap) -> Result<(), Undecodable> {
        // A browser undoes what it has asked for, and leaves the header.
        let is_coded = head.contains_key(CONTENT_ENCODING);
        if !is_coded || self.codings || cfg!(target_family = "wasm") {
            return Ok(());
        }
        let given = head.get(CONTENT_TYPE).map(text).map(|text| essence(&text));
        let kind = given.as_deref().map(kind);
        let codings = head.get_all(CONTENT_ENCODING).iter().map(text).collect::<Vec<_>>().join(",");
        // Servers that know a file by its ending call a `.gz` both: a type and a coding of the same name
        // are one and the same compression.
        let undone = codings
            .split(',')
            .map(|coding| coding.trim().to_ascii_lowercase())
            .find(|coding| !is_none(coding) && kind != Some(plain(coding)));
        match undone {
            None => Ok(()),
            Some(coding) => {
                let why = format!(
                    "it is coded as {coding:?}, though no `Content-Encoding` was asked for"
                );
                Err(refused(why))
            }
        }
    }
}

fn refused(reason: String) -> Undecodable {
    Undecodable { kind: ErrorKind::MediaType, reason }
}

fn is_none(coding: &str) -> bool {
    // `aws-chunked` is how a file was sent to its store, and stays in its description.
    matches!(coding, "" | "identity" | "aws-chunked")
}

/// Whether one media type is what another or a range of them promises.
fn fits(range: &str, given: &str) -> bool {
    let subtypes = range.strip_suffix('*').filter(|start| start.ends_with('/'));
    given == range
        || range == "*/*"
        || subtypes.is_some_and(|start| given.starts_with(start))
        || kind(given) == kind(range)
        // These say no more of bytes and of text than that they are such.
        || is_bytes(given)
        || given == "text/plain" && is_text(range)
        // Whoever promises bytes may be more exact, but pages and messages are no files.
        || is_bytes(range) && !matches!(kind(given), "html" | "json" | "xml")
}

fn is_bytes(essence: &str) -> bool {
    matches!(essence, "application/octet-stream" | "binary/octet-stream")
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/") || matches!(kind(essence), "json" | "xml" | "csv")
}

/// What the bytes are, whatever a vendor calls them: the suffix (RFC 6838, section 4.2.8), else the
/// subtype.
fn kind(essence: &str) -> &str {
    let subtype = essence.split_once('/').map_or(essence, |(_, subtype)| subtype);
    let subtype = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
    let subtype = plain(subtype);
    subtype.strip_suffix("-compressed").unwrap_or(subtype)
}

/// A name without the mark of those that nobody registered.
fn plain(name: &str) -> &str {
    name.strip_prefix("x-").unwrap_or(name)
}

/// A media type without its parameters, in lower case.
fn essence(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(pairs: &[(http::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn media_types() {
        let fits = |wanted: &str, given: &str| {
            let wanted = Wanted::of(&head(&[(ACCEPT, wanted)]));
            wanted.check(&head(&[(CONTENT_TYPE, given)])).is_ok()
        };
        for (wanted, given) in [
            ("application/gzip", "application/gzip; x=y"),
            ("application/vnd.a.2023-01-01+gzip", "application/x-gzip"),
            ("application/zip", "application/x-zip-compressed"),
            ("application/gzip", "application/octet-stream"),
            ("application/gzip", ""),
            ("image/*", "Image/PNG"),
            ("*/*", "text/html"),
            ("text/csv;q=0.5, application/pdf", "application/pdf"),
            ("text/csv", "text/plain; charset=utf-8"),
            ("application/xml", "text/xml"),
            ("application/octet-stream", "application/zip"),
            ("application/octet-stream", "text/csv"),
        ] {
            assert!(fits(wanted, given), "{given} for {wanted}");
        }
        for (wanted, given) in [
            ("application/gzip", "text/html"),
            ("application/gzip", "application/json"),
            ("application/gzip", "text/plain"),
            ("image/*", "text/html"),
            ("text/csv", "text/html"),
            ("application/octet-stream", "text/html; charset=utf-8"),
            ("application/octet-stream", "application/problem+json"),
        ] {
            assert!(!fits(wanted, given), "{given} for {wanted}");
        }
        assert!(Wanted::default().check(&head(&[(CONTENT_TYPE, "text/html")])).is_ok());
    }

    #[test]
    fn codings() {
        let fits = |asked: &[(http::HeaderName, &str)], coding: &str, media_type: &str| {
            let given = head(&[(CONTENT_ENCODING, coding), (CONTENT_TYPE, media_type)]);
            Wanted::of(&head(asked)).check_coding(&given).is_ok()
        };
        assert!(!fits(&[], "gzip", "text/csv") && !fits(&[], "identity, BR", "text/csv"));
        assert!(!fits(&[], "zstd", "application/gzip"));
        assert!(fits(&[], "Identity", "text/csv") && fits(&[], "", "text/csv"));
        assert!(fits(&[(ACCEPT_ENCODING, "gzip")], "gzip", "text/csv"));
        for name in ["application/gzip", "application/x-gzip", "application/vnd.a+gzip"] {
            assert!(fits(&[], "gzip", name) && fits(&[], "x-gzip", name), "{name}");
        }
    }
}
