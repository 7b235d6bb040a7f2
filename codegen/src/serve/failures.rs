//! Failures on demand: what a client has to live with, and a sound API shows too seldom.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::problem::Violation;

/// Asks for one answer with this status.
const FAIL: &str = "x-specwright-fail";
/// Asks for one answer this late.
const DELAY: &str = "x-specwright-delay";
/// Nobody waits longer than an hour.
const LONGEST: Duration = Duration::from_secs(3600);

/// The failures to come: `429:3,500:1` is three answers of 429, then one of 500, then sound ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures(Vec<(StatusCode, u32)>);

impl Failures {
    /// Reads `STATUS[:TIMES]` with commas between.
    ///
    /// # Errors
    /// What of it makes no sense.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',').map(failure).collect::<Result<_, _>>().map(Self)
    }
}

fn failure(part: &str) -> Result<(StatusCode, u32), String> {
    let (status, times) = part.trim().split_once(':').unwrap_or((part.trim(), "1"));
    let code = failing(status)
        .ok_or_else(|| format!("`{status}` is no status of a failure, from 400 to 599"))?;
    let times = times.parse().map_err(|_| format!("`{times}` is no number of times"))?;
    Ok((code, times))
}

fn failing(text: &str) -> Option<StatusCode> {
    let status = text.trim().parse::<StatusCode>().ok()?;
    (status.is_client_error() || status.is_server_error()).then_some(status)
}

/// Reads `2s`, `250ms` or `1m`.
///
/// # Errors
/// What of it makes no sense.
pub fn parse_delay(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: u64 = number.parse().map_err(|_| format!("`{text}` is no time, such as 2s"))?;
    let delay = match unit.trim() {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        "m" => Duration::from_secs(number.saturating_mul(60)),
        _ => return Err(format!("`{text}` has no unit: ms, s or m")),
    };
    if delay > LONGEST { Err(format!("`{text}` is more than an hour")) } else { Ok(delay) }
}

/// The failures that are still to come.
#[derive(Debug)]
pub(super) struct Queue(Mutex<Vec<(StatusCode, u32)>>);

impl Queue {
    pub(super) fn new(failures: &Failures) -> Self {
        Self(Mutex::new(failures.0.iter().rev().copied().collect()))
    }

    /// How this request fails, if it does. One that asks for a failure leaves the others to come.
    pub(super) fn next(&self, headers: &HeaderMap) -> Option<StatusCode> {
        if let Some(text) = headers.get(FAIL).and_then(|text| text.to_str().ok()) {
            return failing(text);
        }
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((status, times)) = left.last_mut() {
            if *times > 0 {
                *times -= 1;
                return Some(*status);
            }
            left.pop();
        }
        None
    }
}

/// How late a request wants its answer.
pub(super) fn delay(headers: &HeaderMap) -> Option<Duration> {
    parse_delay(headers.get(DELAY)?.to_str().ok()?).ok()
}

/// What a request asks for and cannot have: a test that misspells its wish must not pass.
pub(super) fn misspelt(headers: &HeaderMap) -> Option<Violation> {
    let text = |name: &str| headers.get(name).map(|text| text.to_str().unwrap_or_default());
    let status = text(FAIL).filter(|text| failing(text).is_none());
    let status =
        status.map(|text| (FAIL, format!("`{text}` is no status of a failure, from 400 to 599")));
    let delay = || text(DELAY).and_then(|text| parse_delay(text).err()).map(|why| (DELAY, why));
    let (place, message) = status.or_else(delay)?;
    Some(Violation { part: "header", place: place.to_owned(), message, rule: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_come_in_order_and_end() {
        let queue = Queue::new(&Failures::parse("429:2, 500").unwrap());
        let none = HeaderMap::new();
        let mut wish = HeaderMap::new();
        wish.insert(FAIL, "503".parse().unwrap());
        let next = |headers| queue.next(headers).map(|status| status.as_u16());
        assert_eq!(next(&none), Some(429));
        assert_eq!(next(&wish), Some(503));
        assert_eq!([next(&none), next(&none), next(&none)], [Some(429), Some(500), None]);
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for text in ["", "200", "429:x", "abc", "429:-1", "700", "429,,500"] {
            assert!(Failures::parse(text).is_err(), "{text}");
        }
        for text in ["", "2", "s", "2h", "-1s", "61m", "99999999999999999999s"] {
            assert!(parse_delay(text).is_err(), "{text}");
        }
        for (name, text) in [(FAIL, "99999"), (FAIL, "204"), (DELAY, "-1ms"), (DELAY, "soon")] {
            let headers = [(http::HeaderName::from_static(name), text.parse().unwrap())];
            let told = misspelt(&headers.into_iter().collect()).unwrap();
            assert_eq!((told.part, told.place.as_str()), ("header", name), "{text}");
        }
        assert!(misspelt(&HeaderMap::new()).is_none());
        assert_eq!(parse_delay("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(parse_delay("1m"), Ok(Duration::from_secs(60)));
    }
}
