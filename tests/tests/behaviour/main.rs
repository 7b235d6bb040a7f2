//! The committed client over real HTTP, against servers of the tests' own on loopback.
//!
//! `server` keeps every request byte for byte and answers what a test scripts, down to broken
//! bytes; `fixtures` has the one operation and its good answer. Each other module is one subject,
//! from what goes out (`request`, `path`, `base_url`, `service_account`, `digest`) over what comes
//! back (`answer`, `statuses`, `envelope`) to what goes wrong on the way (`connection`, `limits`)
//! and what must never be seen (`secrecy`).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answer;
mod base_url;
mod connection;
mod digest;
mod envelope;
mod fixtures;
mod limits;
mod path;
mod request;
mod secrecy;
mod server;
mod service_account;
mod statuses;
