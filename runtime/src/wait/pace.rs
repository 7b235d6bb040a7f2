//! How long to wait before asking again.

use std::time::Duration;

/// What keeps a pace of nothing from being a busy loop.
const SHORTEST: Duration = Duration::from_millis(1);
/// More than anybody waits between two questions, and little enough to compute with.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The bounds of the pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    shortest: Duration,
    longest: Duration,
}

impl Pace {
    pub(super) const fn new() -> Self {
        Self { shortest: Duration::from_secs(5), longest: Duration::from_secs(60) }
    }

    pub(super) fn between(shortest: Duration, longest: Duration) -> Self {
        let shortest = shortest.clamp(SHORTEST, LONGEST);
        Self { shortest, longest: longest.clamp(shortest, LONGEST) }
    }

    /// The pause behind question number `asked`, counted from 1: between the shortest and twice it at
    /// first, up to four times it then, and so on up to the longest; `chance` is between 0 and 1. No
    /// shorter than what the server wants, `floor`.
    ///
    /// Near the end pauses are shorter, for else the last look would be long before the time is up.
    /// `None` if another question would come too late.
    pub(super) fn pause(
        self,
        asked: u32,
        floor: Option<Duration>,
        left: Duration,
        chance: f64,
    ) -> Option<Duration> {
        let ceiling = self.shortest.saturating_mul(2u32.saturating_pow(asked)).min(self.longest);
        let spread = ceiling.saturating_sub(self.shortest).mul_f64(chance.clamp(0.0, 1.0));
        let pause = (self.shortest + spread).min(self.shortest.max(left / 2));
        let pause = pause.max(floor.unwrap_or_default());
        (pause < left).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);

    fn pause(asked: u32, floor: Option<u64>, left: u64, chance: f64) -> Option<u64> {
        let floor = floor.map(Duration::from_secs);
        let pause = Pace::between(S * 5, S * 60).pause(asked, floor, S * left as u32, chance);
        pause.map(|pause| pause.as_secs())
    }

    #[test]
    fn pauses_grow_between_the_bounds() {
        for (asked, most) in [(1, 10), (2, 20), (3, 40), (4, 60), (5, 60), (u32::MAX, 60)] {
            assert_eq!(pause(asked, None, 1000, 0.0), Some(5), "{asked}");
            assert_eq!(pause(asked, None, 1000, 1.0), Some(most), "{asked}");
        }
        assert_eq!(pause(2, None, 1000, 0.5), Some(12));
    }

    #[test]
    fn the_server_may_ask_for_more() {
        assert_eq!(pause(1, Some(0), 1000, 0.0), Some(5));
        assert_eq!(pause(1, Some(90), 1000, 1.0), Some(90));
        assert_eq!(pause(1, Some(90), 90, 0.0), None);
    }

    #[test]
    fn the_end_is_not_slept_through() {
        assert_eq!(pause(9, None, 30, 1.0), Some(15));
        assert_eq!(pause(9, None, 8, 1.0), Some(5));
        assert_eq!(pause(9, None, 5, 1.0), None);
        assert_eq!(pause(9, None, 0, 1.0), None);
    }

    #[test]
    fn bounds_that_make_no_sense_are_bounds_all_the_same() {
        assert_eq!(Pace::between(S * 9, S), Pace::between(S * 9, S * 9));
        assert_eq!(
            Pace::between(Duration::ZERO, Duration::ZERO),
            Pace::between(SHORTEST, SHORTEST)
        );
        let huge = Pace::between(Duration::MAX, Duration::MAX);
        assert_eq!(huge.pause(u32::MAX, None, Duration::MAX, 1.0), Some(LONGEST));
        assert!(huge.pause(1, Some(Duration::MAX), Duration::MAX, 1.0).is_none());
    }
}
