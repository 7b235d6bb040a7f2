//! What is in a recording, what is not, and what comes of replaying it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

#[path = "../mock/api.rs"]
mod api;
mod replayed;
mod secrets;

use std::path::PathBuf;

use specwright_runtime::ErrorBody;
use specwright_runtime::mock::MockTransport;
use specwright_runtime::recorder::{Recorder, Redaction};

use api::{ApiError, Client, Snapshot};

/// A file of this test's own.
struct Tape(PathBuf);

impl Tape {
    fn new(name: &str) -> Self {
        let file = format!("specwright-{name}-{}.jsonl", std::process::id());
        Self(std::env::temp_dir().join(file))
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }

    fn recorder(&self, mock: &MockTransport) -> Recorder {
        Recorder::create(&self.0, mock.clone()).unwrap()
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A client that records, or replays, and is not asked to log in.
fn open(transport: impl specwright_runtime::transport::Transport) -> Client {
    let builder = Client::builder().credentials(specwright_runtime::auth::External);
    builder.transport(transport).build().unwrap()
}

fn snapshot(id: &str, status: &str) -> Snapshot {
    Snapshot { id: Some(id.to_owned()), status: Some(status.to_owned()) }
}

fn api_error(error: u16, code: &str) -> ErrorBody<ApiError> {
    ErrorBody::new(ApiError { error, error_code: code.to_owned() })
}

fn emails() -> Redaction {
    Redaction::new().pointer("/description").header("X-Request-Id").value("Cluster0")
}
