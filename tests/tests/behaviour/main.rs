//! Generated clients over real HTTP, against servers of the tests' own on loopback: the committed
//! one, and those of some cases (`clients`), which the build script of this package makes.
//!
//! `server` keeps every request byte for byte and answers what a test scripts, down to broken
//! bytes; `fixtures` has the one operation and its good answer. Each other module is one subject,
//! from what goes out (`request`, `path`, `base_url`, `service_account`, `digest`) over what comes
//! back (`answer`, `statuses`, `envelope`) to what goes wrong on the way (`connection`, `limits`)
//! and what must never be seen (`secrecy`, `canaries`, `recorded`) or sent elsewhere (`origins`). Of the cases:
//! which answer is which (`decoding`), what is asked for (`representations`), what is kept as it
//! arrives (`downloads`), what comes one by one (`streams`), what else is with an answer (`headers`), what is sent (`bodies`,
//! `requests`), from where (`uploads`), what a
//! document of Swagger 2.0 means (`swagger`), lists with a schema for each place (`tuples`), what
//! is waited for (`waiting`), what enums refuse (`closed`), what the user has types for (`foreign`), what nobody is asked for (`left_out`),
//! who makes the call (`groups`), and what arrives unasked (`webhooks`).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answer;
mod base_url;
mod blocking;
mod bodies;
mod canaries;
mod clients;
mod closed;
mod connection;
mod decoding;
mod digest;
mod downloads;
mod envelope;
mod events;
mod fixtures;
mod foreign;
mod groups;
mod headers;
mod inferred_pages;
mod left_out;
mod limits;
mod origins;
mod pages;
mod parts;
mod path;
mod recorded;
mod representations;
mod request;
mod requests;
mod secrecy;
mod security;
mod server;
mod servers;
mod service_account;
mod statuses;
mod streams;
mod swagger;
mod times;
mod tuples;
mod unions;
mod uploads;
mod waiting;
mod webhooks;
