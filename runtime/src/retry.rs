//! When a call is sent again, and after how long.
//!
//! Two questions are kept apart. Whether another attempt can do harm is decided by
//! [`verdict`](self::verdict) from the method and from what became of the last attempt, and no
//! setting but one changes it. How many there are, and how far apart, is the caller's
//! [`RetryPolicy`]. Over both stands the [`Budget`](self::budget::Budget) of the client.

use std::time::Duration;

pub(crate) mod budget;
pub(crate) mod verdict;

/// More than anybody waits, and little enough to compute with.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a call is tried, and how long it waits in between.
///
/// A call that does not change anything when it is made twice (GET, HEAD, OPTIONS, TRACE, PUT,
/// DELETE: RFC 9110, section 9.2.2) is repeated after what usually passes: no connection, a
/// connection that broke off before an answer, an attempt that took too long, and the statuses
/// 408, 429, 502, 503 and 504.
///
/// Any other call, such as a POST, is repeated only where the server has certainly not acted on
/// it: no connection was made, or it was refused with a 429. Never after a time limit, a broken
/// connection or a 5xx, except for what [`repeat_unavailable`](Self::repeat_unavailable) says.
///
/// No policy repeats a call whose body is a stream of which anything was sent.
///
/// ```
/// # use specwright_runtime::RetryPolicy;
/// # use std::time::Duration;
/// let patient = RetryPolicy::new()
///     .max_attempts(6)
///     .backoff(Duration::from_secs(1), Duration::from_secs(30));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first: Duration,
    longest: Duration,
    obeyed: Duration,
    unavailable: bool,
}

impl RetryPolicy {
    /// Three attempts, half a second apart at first and 20 seconds at most.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            obeyed: Duration::from_secs(60),
            unavailable: false,
        }
    }

    /// One attempt.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// How often a call is tried, the first time included; 0 is 1. What a login sends again after
    /// a 401 is not counted.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The wait before the second attempt is up to `first`, before the third up to twice that, and
    /// so on, never more than `longest`. How much of it is chance (full jitter), so that clients
    /// that failed together do not come back together.
    #[must_use]
    pub const fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// The longest `Retry-After` that is waited for: a minute unless set. A server is never asked
    /// earlier than it wants to be, so if it names a longer time, or one behind the call's own
    /// limit, the answer is the call's answer, at once.
    #[must_use]
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.obeyed = longest;
        self
    }

    /// Repeats also a POST or PATCH that was answered with a 503 that has a `Retry-After`.
    ///
    /// To choose where the server is known to say this only before it has done anything.
    #[must_use]
    pub const fn repeat_unavailable(mut self) -> Self {
        self.unavailable = true;
        self
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.max(1)
    }

    pub(crate) fn repeats_unavailable(&self) -> bool {
        self.unavailable
    }

    /// How long to wait after attempt number `tried`, counted from 1, if the server asked for
    /// `asked`; `chance` is between 0 and 1. `None` if that is longer than the caller wants to
    /// wait.
    pub(crate) fn pause(
        &self,
        tried: u32,
        asked: Option<Duration>,
        chance: f64,
    ) -> Option<Duration> {
        let asked = asked.unwrap_or_default();
        if asked > self.obeyed {
            return None;
        }
        let doubled = 2u32.saturating_pow(tried.saturating_sub(1));
        let ceiling = self.first.saturating_mul(doubled).min(self.longest).min(DAY);
        Some(asked.saturating_add(ceiling.mul_f64(chance.clamp(0.0, 1.0))))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(tried: u32, asked: Option<u64>, chance: f64) -> Option<u128> {
        let pause = RetryPolicy::new().pause(tried, asked.map(Duration::from_secs), chance);
        pause.map(|pause| pause.as_millis())
    }

    #[test]
    fn pauses_double_up_to_a_ceiling_and_are_all_chance() {
        for (tried, most) in [(1, 500), (2, 1000), (3, 2000), (6, 16_000), (7, 20_000)] {
            assert_eq!(pause(tried, None, 1.0), Some(most), "{tried}");
            assert_eq!(pause(tried, None, 0.0), Some(0), "{tried}");
        }
        assert_eq!(pause(u32::MAX, None, 0.5), Some(10_000));
        let huge = RetryPolicy::new().backoff(Duration::MAX, Duration::MAX);
        assert!(huge.pause(9, Some(Duration::from_secs(1)), 0.5).is_some());
    }

    #[test]
    fn what_the_server_asks_for_is_the_floor() {
        assert_eq!(pause(1, Some(0), 0.0), Some(0));
        assert_eq!(pause(1, Some(7), 0.0), Some(7000));
        assert_eq!(pause(1, Some(60), 1.0), Some(60_500));
        assert_eq!(pause(1, Some(61), 0.0), None);
        let patient = RetryPolicy::new().max_retry_after(Duration::MAX);
        assert!(patient.pause(1, Some(Duration::MAX), 1.0).is_some());
    }

    #[test]
    fn there_is_always_a_first_attempt() {
        assert_eq!(RetryPolicy::never().attempts(), 1);
        assert_eq!(RetryPolicy::new().max_attempts(0).attempts(), 1);
        assert_eq!(RetryPolicy::default().attempts(), 3);
    }
}
