//! The rest of a download that broke off, if it is of the same file (RFC 9110, sections 13.1.5, 14 and
//! 15.3.7).

use http::header::{
    ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_RANGE, RANGE,
};
use http::{HeaderMap, Method, StatusCode};

use crate::call::{Call, Parts};
use crate::clock;
use crate::exchange::{self, Answer, Outcome};
use crate::transport::BoxFuture;

/// The answer with the rest, and where its bytes end; or why there is none.
pub(super) type Rest = BoxFuture<'static, Result<(Answer, u64), String>>;

/// How a download may be taken up again where the caller wants it; or why it may not.
pub(crate) type Chance = Result<Box<Resumption>, &'static str>;

/// The call of a download that may be taken up again.
pub(crate) struct Resumption {
    parts: Box<Parts>,
    /// How often.
    left: u32,
    tried: u32,
}

/// By what the rest is known to be of the same file.
#[derive(Clone)]
pub(super) struct Mark {
    /// A strong one: it changes whenever a byte does.
    tag: HeaderValue,
    coding: Option<HeaderValue>,
    /// `Content-Type` of what has come.
    media_type: Option<HeaderValue>,
    /// How many bytes there are in all, if the server says so.
    length: Option<u64>,
}

impl Resumption {
    /// For a download whose caller wants it; it can only be had of a call that asks for a whole file.
    pub(crate) fn of(parts: &Parts) -> Option<Chance> {
        let left = parts.options.as_deref()?.resumptions.filter(|times| *times > 0)?;
        if !parts.download || parts.is_rest {
            return None;
        }
        let reads =
            parts.operation.method() == Method::GET && parts.body.is_none() && parts.form.is_none();
        let asks =
            |headers: &HeaderMap| [RANGE, IF_RANGE].iter().any(|name| headers.contains_key(name));
        Some(if !reads {
            Err("only the answer to a GET without a body can be")
        } else if asks(&parts.headers) || asks(&parts.core.shared().headers) {
            Err("the call asks for a range of its own")
        } else {
            Ok(Box::new(Self { parts: Box::new(parts.clone()), left, tried: 0 }))
        })
    }

    /// How often it was taken up.
    pub(super) fn tried(&self) -> u32 {
        self.tried
    }

    /// Asks for what stands behind the first `received` bytes; `None` if that was done often enough.
    pub(super) fn rest(&mut self, mark: &Mark, received: u64) -> Option<Rest> {
        self.left = self.left.checked_sub(1)?;
        self.tried = self.tried.saturating_add(1);
        let mut parts = self.parts.clone();
        parts.is_rest = true;
        parts.headers.insert(RANGE, HeaderValue::from_str(&format!("bytes={received}-")).ok()?);
        parts.headers.insert(IF_RANGE, mark.tag.clone());
        let own = parts.options.as_deref().and_then(|options| options.retry.as_ref());
        let policy = own.unwrap_or(&parts.core.shared().retry);
        let pause = policy.pause(self.tried, None, fastrand::f64()).unwrap_or_default();
        let mark = mark.clone();
        Some(Box::pin(async move {
            clock::sleep(pause).await;
            match exchange::start(Call::from_parts(parts)).await {
                Outcome::Success(answer) => {
                    let end = mark.end(answer.status, &answer.headers, received)?;
                    Ok((answer, end))
                }
                Outcome::Refused(answer) => {
                    Err(format!("the rest was answered with {}", answer.status.as_u16()))
                }
                Outcome::Failed(details) => {
                    Err(format!("the rest could not be had: {:?}", details.kind))
                }
            }
        }))
    }
}

impl Mark {
    /// That of an answer which can be continued.
    ///
    /// # Errors
    /// It cannot, and why.
    pub(super) fn of(answer: &Answer, length: Option<u64>) -> Result<Self, &'static str> {
        let headers = &answer.headers;
        if answer.status != StatusCode::OK {
            return Err("the status of the answer is not 200");
        }
        if headers.get(ACCEPT_RANGES).is_some_and(|value| value == "none") {
            return Err("the server gives out no parts of the file");
        }
        // A browser has undone a coding, and a range counts the bytes of the coded file.
        if cfg!(target_family = "wasm") && headers.contains_key(CONTENT_ENCODING) {
            return Err("the answer was coded");
        }
        let tag = headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""));
        Ok(Self {
            tag: tag.ok_or("the answer has no strong ETag")?.clone(),
            coding: headers.get(CONTENT_ENCODING).cloned(),
            media_type: headers.get(CONTENT_TYPE).cloned(),
            length,
        })
    }

    /// Where the bytes of the rest end.
    ///
    /// # Errors
    /// It is no rest, or one of another file.
    fn end(&self, status: StatusCode, headers: &HeaderMap, received: u64) -> Result<u64, String> {
        if status != StatusCode::PARTIAL_CONTENT {
            // Which is what `If-Range` asks for where the tag is another one.
            return Err("the file has changed, or the server gives out no parts of it".to_owned());
        }
        let same = |name: HeaderName, value: Option<&HeaderValue>| headers.get(name) == value;
        if !same(ETAG, Some(&self.tag)) || !same(CONTENT_ENCODING, self.coding.as_ref()) {
            return Err("the rest is of another file".to_owned());
        }
        if let (Some(before), Some(now)) = (&self.media_type, headers.get(CONTENT_TYPE))
            && essence(before) != essence(now)
        {
            let name = essence(now);
            return Err(format!("the rest is of another media type, {name:?}"));
        }
        let range = headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
        let range = range.and_then(content_range);
        let (first, last, length) = range.ok_or("the rest does not say where it belongs")?;
        let end = last.checked_add(1).filter(|_| first <= last);
        let whole = length.or(self.length);
        let fits = first == received
            && (length.is_none() || self.length.is_none() || length == self.length)
            && whole.is_none_or(|whole| Some(whole) == end);
        match end {
            Some(end) if fits => Ok(end),
            Some(_) | None => Err("the rest is another part than was asked for".to_owned()),
        }
    }
}

/// A media type without its parameters, which some servers give and leave out as it comes.
fn essence(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// First byte, last byte and length of `bytes 5-9/10`; of `bytes 5-9/*` the length is not known.
fn content_range(text: &str) -> Option<(u64, u64, Option<u64>)> {
    let (unit, range) = text.trim().split_once(' ')?;
    let (places, length) = range.trim().split_once('/')?;
    let (first, last) = places.split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        // `parse` takes a sign, too.
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let length = if length == "*" { None } else { Some(number(length)?) };
    unit.eq_ignore_ascii_case("bytes").then_some((number(first)?, number(last)?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(
        status: u16,
        headers: &[(HeaderName, &'static str)],
        length: Option<u64>,
    ) -> Option<u64> {
        let mark = Mark {
            tag: HeaderValue::from_static("\"a\""),
            coding: None,
            media_type: Some(HeaderValue::from_static("text/csv; charset=utf-8")),
            length,
        };
        let headers = headers.iter().cloned();
        let headers =
            headers.map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
        mark.end(StatusCode::from_u16(status).unwrap(), &headers, 4).ok()
    }

    #[test]
    fn a_rest_has_to_be_of_the_same_file_and_begin_where_it_broke_off() {
        let of = |range: &'static str| [(ETAG, "\"a\""), (CONTENT_RANGE, range)];
        for (range, length, expected) in [
            ("bytes 4-9/10", Some(10), Some(10)),
            ("bytes 4-9/10", None, Some(10)),
            ("bytes 4-9/*", Some(10), Some(10)),
            ("bytes 4-9/*", None, Some(10)),
            ("Bytes 4-9/10", Some(10), Some(10)),
            // Another length, another place, less than the rest, none at all.
            ("bytes 4-9/10", Some(11), None),
            ("bytes 4-9/*", Some(11), None),
            ("bytes 3-9/10", Some(10), None),
            ("bytes 5-9/10", Some(10), None),
            ("bytes 4-8/10", Some(10), None),
            ("bytes 4-3/4", None, None),
            ("bytes */10", Some(10), None),
            ("bytes 4-+9/10", Some(10), None),
            ("lines 4-9/10", Some(10), None),
            ("bytes 4-18446744073709551615/*", None, None),
            ("", None, None),
        ] {
            assert_eq!(end(206, &of(range), length), expected, "{range} {length:?}");
        }
        let right = of("bytes 4-9/10");
        assert_eq!(end(200, &right, Some(10)), None);
        assert_eq!(end(206, &right[1..], Some(10)), None, "no tag");
        for tag in ["\"b\"", "W/\"a\""] {
            assert_eq!(end(206, &[(ETAG, tag), right[1].clone()], Some(10)), None, "{tag}");
        }
        for (kind, expected) in [
            ("Text/CSV", Some(10)),
            ("text/csv; charset=\"utf-8\"", Some(10)),
            ("text/html", None),
            ("multipart/byteranges; boundary=a", None),
        ] {
            let typed = [right[0].clone(), right[1].clone(), (CONTENT_TYPE, kind)];
            assert_eq!(end(206, &typed, Some(10)), expected, "{kind}");
        }
        let coded = [right[0].clone(), right[1].clone(), (CONTENT_ENCODING, "gzip")];
        assert_eq!(end(206, &coded, Some(10)), None);
    }
}
