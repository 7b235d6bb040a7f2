//! The lock around what calls share.
//!
//! In this crate's own unit tests it is shuttle's, which tries one order of the calls after the other
//! (`tokens/model.rs`, `digest/model.rs`); so nothing that locks works there outside of such a test.

#[cfg(test)]
use shuttle::sync::MutexGuard;
#[cfg(not(test))]
use std::sync::MutexGuard;
use std::sync::PoisonError;

#[cfg(test)]
pub(super) use shuttle::sync::Mutex;
#[cfg(not(test))]
pub(super) use std::sync::Mutex;

/// A panic elsewhere leaves the state whole: every change is a plain assignment.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
