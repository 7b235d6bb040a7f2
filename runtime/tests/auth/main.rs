//! The login schemes, driven the way a call drives them, against a transport made of closures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client_credentials;
mod digest;
mod fixed;
mod secrecy;
mod store;
mod support;
mod token_life;
