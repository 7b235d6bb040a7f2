//! Headers that say how long something will be there.

use http::HeaderMap;
use jiff::Timestamp;

/// `Deprecation`, the time since when or from which on callers should look for something else (RFC
/// 9745): `@` and seconds. Earlier drafts had a date as in `Date`.
pub(crate) fn deprecation(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get("deprecation")?.to_str().ok()?;
    let item = text.split(';').next().unwrap_or_default().trim();
    match item.strip_prefix('@') {
        Some(seconds) => Timestamp::from_second(seconds.parse().ok()?).ok(),
        None => date(item),
    }
}

/// `Sunset`, the time from which on it is expected to be gone (RFC 8594, section 3).
pub(crate) fn sunset(headers: &HeaderMap) -> Option<Timestamp> {
    date(headers.get("sunset")?.to_str().ok()?.trim())
}

fn date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &str) -> Option<i64> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        let found = deprecation(&headers).or_else(|| sunset(&headers));
        found.map(Timestamp::as_second)
    }

    #[test]
    fn times() {
        assert_eq!(read("deprecation", "@1688169599"), Some(1_688_169_599));
        assert_eq!(read("deprecation", " @1688169599;a=b"), Some(1_688_169_599));
        assert_eq!(read("deprecation", "Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(read("sunset", "Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
    }

    #[test]
    fn anything_else_is_no_time() {
        for value in ["", "true", "@", "@x", "@99999999999999999999", "2024-01-01"] {
            assert_eq!(read("deprecation", value), None, "{value}");
            assert_eq!(read("sunset", value), None, "{value}");
        }
        assert_eq!(read("sunset", "@1688169599"), None);
    }
}
