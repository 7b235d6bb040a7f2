//! Time: what limits and pauses are measured by.
//!
//! It is tokio's, which tests can stop. In a browser that has neither a clock nor a timer: asking it for
//! the time panics. There the same things are made of `performance.now` and `setTimeout`.

use std::time::SystemTime;

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use tokio::time::{Instant, Sleep, sleep, timeout, timeout_at};
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use wasmtimer::{
    std::Instant,
    tokio::{Sleep, sleep, timeout, timeout_at},
};

/// The time of day.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn today() -> SystemTime {
    SystemTime::now()
}

/// The time of day.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) fn today() -> SystemTime {
    use wasmtimer::std::{SystemTime as Date, UNIX_EPOCH};
    let since = Date::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    SystemTime::UNIX_EPOCH + since
}
