//! A bound on how many repeats all calls of a client make together.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a repeat costs, in tenths; a success gives back one tenth.
const REPEAT: u64 = 10;

/// A bucket of repeats, shared by all clones of a client.
///
/// While a server is down every call fails, and repeating each of them only makes it three times as
/// busy when it comes back. A full bucket carries single failures; once it is empty, calls are
/// repeated no more often than one for ten that succeed.
#[derive(Debug)]
pub(crate) struct Budget {
    /// In tenths of a repeat; `None` is no bound.
    capacity: Option<u64>,
    left: AtomicU64,
}

impl Budget {
    pub(crate) fn new(repeats: Option<u32>) -> Self {
        let capacity = repeats.map(|repeats| u64::from(repeats) * REPEAT);
        Self { capacity, left: AtomicU64::new(capacity.unwrap_or_default()) }
    }

    /// Pays for a repeat; false if there is not enough left.
    pub(crate) fn spend(&self) -> bool {
        self.capacity.is_none() || self.change(|left| left.checked_sub(REPEAT))
    }

    /// A call has succeeded.
    pub(crate) fn earn(&self) {
        if let Some(capacity) = self.capacity {
            self.change(|left| (left < capacity).then_some(left + 1));
        }
    }

    fn change(&self, how: impl Fn(u64) -> Option<u64>) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, how).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(budget: &Budget, wanted: usize) -> usize {
        (0..wanted).filter(|_| budget.spend()).count()
    }

    #[test]
    fn it_is_spent_and_earned_back() {
        let budget = Budget::new(Some(3));
        assert_eq!(spent(&budget, 10), 3);
        (0..9).for_each(|_| budget.earn());
        assert_eq!(spent(&budget, 10), 0);
        (0..21).for_each(|_| budget.earn());
        assert_eq!(spent(&budget, 10), 3);
    }

    #[test]
    fn it_never_holds_more_than_its_capacity() {
        let budget = Budget::new(Some(2));
        (0..1000).for_each(|_| budget.earn());
        assert_eq!(spent(&budget, 10), 2);
    }

    #[test]
    fn none_and_nothing() {
        assert_eq!(spent(&Budget::new(None), 1000), 1000);
        assert_eq!(spent(&Budget::new(Some(0)), 10), 0);
    }

    #[test]
    fn threads_spend_it_together() {
        let budget = Budget::new(Some(100));
        let total: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| spent(&budget, 50))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
        });
        assert_eq!(total, 100);
    }
}
