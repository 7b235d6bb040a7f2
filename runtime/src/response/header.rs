//! Headers that say when to call again.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::clock;

/// A server that asks for more is overloaded or wrong; either way a caller must not sleep for it.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3). A date that is over is zero;
/// a negative number or anything else is as good as no header.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let when = httpdate::parse_http_date(text).ok()?;
        when.duration_since(clock::today()).unwrap_or_default()
    };
    Some(wait.min(DAY))
}

/// How many calls a server allows in its current window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// `RateLimit-Limit`: the calls allowed in a window.
    pub limit: Option<u64>,
    /// `RateLimit-Remaining`: the calls left in this window.
    pub remaining: Option<u64>,
}

impl RateLimit {
    /// What the headers say; `None` if they say nothing.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let number =
            |name: &str| -> Option<u64> { headers.get(name)?.to_str().ok()?.trim().parse().ok() };
        let read =
            Self { limit: number("ratelimit-limit"), remaining: number("ratelimit-remaining") };
        (read.limit.is_some() || read.remaining.is_some()).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn after(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        retry_after(&headers)
    }

    #[test]
    fn retry_after_in_seconds_or_as_a_date() {
        assert_eq!(after("0"), Some(Duration::ZERO));
        assert_eq!(after(" 120 "), Some(Duration::from_secs(120)));
        assert_eq!(after("86401"), Some(DAY));
        assert_eq!(after("99999999999999999999999"), Some(DAY));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(after("Fri, 31 Dec 2399 23:59:59 GMT"), Some(DAY));
        let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
        assert!(after(&soon).is_some_and(|wait| (90..=100).contains(&wait.as_secs())));
    }

    #[test]
    fn garbage_is_no_retry_after() {
        for value in ["", "-1", "+1", "1.5", "soon", "1 2"] {
            assert_eq!(after(value), None, "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn rate_limit_needs_one_header() {
        let mut headers = HeaderMap::new();
        assert_eq!(RateLimit::read(&headers), None);
        headers.insert("ratelimit-remaining", "7".parse().unwrap());
        headers.insert("ratelimit-limit", "many".parse().unwrap());
        assert_eq!(RateLimit::read(&headers), Some(RateLimit { limit: None, remaining: Some(7) }));
    }
}
