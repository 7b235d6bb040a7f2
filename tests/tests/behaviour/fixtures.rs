//! What the tests have in common: one operation, one good answer, one error.

use atlas_snapshots::Client;
use atlas_snapshots::operations::{TakeSnapshot, TakeSnapshotError};
use atlas_snapshots::types::{Snapshot, TakeSnapshotRequest};
use specwright_runtime::auth::External;
use specwright_runtime::{ClientBuilder, Error, RetryPolicy};

use crate::server::{Reply, Server};

pub(crate) type CallError = Error<TakeSnapshotError>;
pub(crate) type CallResult = Result<Snapshot, CallError>;

pub(crate) const MEDIA_TYPE: &str = "application/vnd.atlas.2023-01-01+json";
pub(crate) const GROUP: &str = "32b6e34b3d91647abb20e7b8";
pub(crate) const PATH: &str =
    "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/clusters/Cluster0/backup/snapshots";
pub(crate) const SNAPSHOT: &str = r#"{"id":"65a0","status":"queued","storageSizeBytes":12}"#;

/// A builder for a client of `server` that repeats nothing by itself: what a server has seen is
/// then what became of one attempt.
pub(crate) fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(&server.url).retry(RetryPolicy::never())
}

/// The same for a server that asks for no login.
pub(crate) fn open(server: &Server) -> ClientBuilder<Client> {
    builder(server).credentials(External)
}

/// A client of `server`, which asks for no login.
pub(crate) fn client(server: &Server) -> Client {
    open(server).build().unwrap()
}

/// The call every test makes that is not about its arguments.
pub(crate) fn call(client: &Client) -> TakeSnapshot {
    client.take_snapshot(GROUP, "Cluster0", TakeSnapshotRequest::new().with_description("note"))
}

/// How the call ends if this is the answer; it is sent once, whatever the answer.
pub(crate) async fn ends(reply: Reply) -> CallResult {
    let server = Server::always(reply).await;
    let result = call(&client(&server)).send().await;
    assert_eq!(server.only().line, format!("POST {PATH} HTTP/1.1"));
    result
}

pub(crate) async fn fails(reply: Reply) -> CallError {
    ends(reply).await.unwrap_err()
}

/// A 200 with this body, as Atlas labels it.
pub(crate) fn ok(body: impl AsRef<[u8]>) -> Reply {
    Reply::new(200, &[("Content-Type", MEDIA_TYPE)], body)
}

pub(crate) fn snapshot() -> Reply {
    ok(SNAPSHOT)
}

/// An `ApiError` as Atlas writes it.
pub(crate) fn api_error(status: u16, code: &str) -> String {
    format!(
        r#"{{"detail":"No.","error":{status},"errorCode":"{code}","parameters":["a",7],"reason":"X"}}"#
    )
}

/// An answer that is an `ApiError`.
pub(crate) fn refusal(status: u16, code: &str) -> Reply {
    Reply::new(status, &[("Content-Type", "application/json")], api_error(status, code))
}

/// A token of the service account, good for an hour.
pub(crate) fn grant(token: &str) -> Reply {
    let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
    Reply::new(200, &[("Content-Type", "application/json")], body)
}

/// `name/version` of the generated crate and of the runtime, as `User-Agent` says them.
pub(crate) fn user_agent() -> String {
    let manifest = include_str!("../../../generated/Cargo.toml");
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = ")).unwrap();
    let runtime = env!("CARGO_PKG_VERSION");
    format!("atlas-snapshots/{} specwright-runtime/{runtime}", version.trim_matches('"'))
}

/// The headers as `name: value` with lower-case names, sorted.
pub(crate) fn sorted(headers: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = headers
        .iter()
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            format!("{}: {}", name.to_ascii_lowercase(), value.trim())
        })
        .collect();
    lines.sort();
    lines
}
