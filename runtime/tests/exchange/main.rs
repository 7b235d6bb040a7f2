//! Calls over a transport that answers as it is told: what goes out, and what comes of what comes
//! back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "this is all tests")]

mod api;
mod envelope;
mod limits;
mod login;
mod matrix;
mod mock;
mod operations;
mod options;
mod outcome;
mod pages;
mod request;
mod retry;
mod secrecy;
mod wait;
