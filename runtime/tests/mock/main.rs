//! A program that makes calls, tested with the mock: no port, no thread, and no time that passes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

mod answers;
mod api;
mod expected;
mod samples;
mod streams;
mod told;

use specwright_runtime::ErrorBody;
use specwright_runtime::mock::MockTransport;

use api::{ApiError, Client, Snapshot};

/// A mock, and a client over it.
fn mocked() -> (MockTransport, Client) {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    (mock, client)
}

fn snapshot(id: &str, status: &str) -> Snapshot {
    Snapshot { id: Some(id.to_owned()), status: Some(status.to_owned()) }
}

fn api_error(error: u16, code: &str) -> ErrorBody<ApiError> {
    ErrorBody::new(ApiError { error, error_code: code.to_owned() })
}
