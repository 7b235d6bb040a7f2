//! A server that does everything wrong, over real sockets: how each call ends, whether it says so,
//! and how often the server hears of it.
//!
//! Nothing waits for the clock but what a fault makes wait, and that for a fraction of a second.

#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "this is all tests")]

mod api;
mod duplicates;
mod faults;
mod scenarios;
mod server;
mod table;
