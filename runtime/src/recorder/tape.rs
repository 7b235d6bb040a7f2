//! The file: a line of JSON for each exchange, in the order in which the requests were made.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::scrubber::alike;
use crate::transport::{TransportError, TransportPhase};

/// An exchange, without its secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) request: Asked,
    #[serde(flatten)]
    pub(super) outcome: Outcome,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<String>,
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) query: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Content>,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Outcome {
    Response(Answer),
    Failure(Failure),
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Content>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) broken_off: bool,
}

/// No answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Failure {
    phase: Phase,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    timeout: bool,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Phase {
    Connect,
    Exchange,
    Body,
}

/// A body, in the form that can be read best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Content {
    Json(Value),
    Text(String),
    Base64(String),
    /// So many bytes, which were too many.
    Omitted(u64),
}

impl Content {
    pub(super) fn base64(bytes: &[u8]) -> Self {
        Self::Base64(STANDARD.encode(bytes))
    }

    /// The bytes again; JSON in another spelling perhaps.
    ///
    /// # Errors
    /// Says why there are none.
    pub(super) fn bytes(&self) -> Result<Bytes, String> {
        match self {
            Self::Json(value) => Ok(value.to_string().into()),
            Self::Text(text) => Ok(text.clone().into()),
            Self::Base64(text) => {
                STANDARD.decode(text).map(Bytes::from).map_err(|error| error.to_string())
            }
            Self::Omitted(count) => Err(format!("its {count} bytes were not recorded")),
        }
    }
}

impl Failure {
    pub(super) fn of(error: &TransportError) -> Self {
        let phase = match error.phase() {
            TransportPhase::Connect => Phase::Connect,
            TransportPhase::Exchange => Phase::Exchange,
            TransportPhase::Body => Phase::Body,
        };
        Self { phase, timeout: error.is_timeout() }
    }

    pub(super) fn into_error(self) -> TransportError {
        let source = "as it was recorded";
        let error = match self.phase {
            Phase::Connect => TransportError::connect(source),
            Phase::Exchange => TransportError::exchange(source),
            Phase::Body => TransportError::body(source),
        };
        if self.timeout { error.timed_out() } else { error }
    }
}

impl Asked {
    /// The request a line for each thing that it says: what a difference is told of. Secrets are
    /// alike, whichever they were.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} {}", self.method, self.path)];
        let mut query = self.query.clone();
        query.sort();
        lines.extend(query.iter().map(|pair| format!("query {pair}")));
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        let body = match &self.body {
            None => String::new(),
            Some(Content::Json(value)) => format!("{value:#}"),
            Some(Content::Text(text) | Content::Base64(text)) => text.clone(),
            Some(Content::Omitted(count)) => format!("{count} bytes"),
        };
        lines.extend(body.lines().map(str::to_owned));
        lines.iter().map(|line| alike(line)).collect()
    }

    /// `takeSnapshot (POST /groups/32b6)`.
    pub(super) fn title(&self) -> String {
        match &self.operation {
            Some(id) => format!("{id} ({} {})", self.method, self.path),
            None => format!("{} {}", self.method, self.path),
        }
    }
}

/// The line of an exchange.
pub(super) fn line(entry: &Entry) -> Result<String, serde_json::Error> {
    serde_json::to_string(entry).map(|line| line + "\n")
}

/// All exchanges of a file.
///
/// # Errors
/// Says which line is none.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let entry = |(index, line)| {
        serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))
    };
    lines.map(entry).collect()
}
