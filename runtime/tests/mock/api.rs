//! A client as the generator prints one, for tests and for the documentation of the mock.
#![allow(missing_docs, dead_code, unreachable_pub, reason = "a client of tests")]

use specwright_runtime::codegen::v1::{self, Decode, Encode, Item};
use specwright_runtime::{
    ClientBuilder, ErrorBody, EventStream, JsonStream, Response, ResponseFuture, Waiter,
};

#[derive(Clone, Debug)]
pub struct Client {
    core: v1::Core,
}

static API: v1::Api = v1::Api::new("snapshots", "1.0.0").servers(&["https://cloud.example/v2"]);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self { core }
    }
}

impl Client {
    pub fn builder() -> ClientBuilder<Self> {
        v1::builder(&API)
    }

    pub fn take_snapshot(&self, group_id: &str, name: &str, description: &str) -> TakeSnapshot {
        let body = TakeSnapshotRequest { description: Some(description.to_owned()) };
        let call = self.core.call(&TAKE_SNAPSHOT).path("groupId", group_id);
        TakeSnapshot { call: call.path("clusterName", name).json(&body) }
    }

    pub fn get_snapshot(&self, group_id: &str, id: &str) -> GetSnapshot {
        let call = self.core.call(&GET_SNAPSHOT).path("groupId", group_id).path("snapshotId", id);
        GetSnapshot { call }
    }

    pub fn delete_snapshot(&self, id: &str) -> ResponseFuture<(), TakeSnapshotError> {
        self.core.call(&DELETE_SNAPSHOT).path("snapshotId", id).send_empty()
    }

    pub fn log(&self) -> ResponseFuture<String, TakeSnapshotError> {
        self.core.call(&LOG).send_text()
    }

    pub fn events(&self, item: Item) -> ResponseFuture<EventStream<Snapshot>, TakeSnapshotError> {
        self.core.call(&EVENTS).events(item, Some("[DONE]")).send_events()
    }

    pub fn lines(&self) -> ResponseFuture<JsonStream<Snapshot>, TakeSnapshotError> {
        self.core.call(&LINES).send_lines()
    }

    pub fn records(&self) -> ResponseFuture<JsonStream<Snapshot>, TakeSnapshotError> {
        self.core.call(&RECORDS).send_sequence()
    }
}

static TAKE_SNAPSHOT: v1::Operation = v1::Operation::new(
    v1::Method::POST,
    "takeSnapshot",
    "/groups/{groupId}/clusters/{clusterName}",
)
.accept("application/vnd.example+json")
.content_type("application/vnd.example+json")
.success(&[202])
.security(&[&["Key"]])
.envelope("envelope", "status", "content")
.nonempty();

static GET_SNAPSHOT: v1::Operation =
    v1::Operation::new(v1::Method::GET, "getSnapshot", "/groups/{groupId}/snapshots/{snapshotId}")
        .accept("application/vnd.example+json")
        .success(&[200]);

static DELETE_SNAPSHOT: v1::Operation =
    v1::Operation::new(v1::Method::DELETE, "deleteSnapshot", "/snapshots/{snapshotId}")
        .success(&[204]);

static LOG: v1::Operation = v1::Operation::new(v1::Method::GET, "log", "/log").accept("text/plain");

static EVENTS: v1::Operation =
    v1::Operation::new(v1::Method::GET, "events", "/events").accept("text/event-stream");

static LINES: v1::Operation =
    v1::Operation::new(v1::Method::GET, "lines", "/lines").accept("application/x-ndjson");

static RECORDS: v1::Operation =
    v1::Operation::new(v1::Method::GET, "records", "/records").accept("application/json-seq");

#[derive(Clone, Debug)]
#[must_use]
pub struct TakeSnapshot {
    call: v1::Call,
}

impl TakeSnapshot {
    pub fn envelope(mut self, envelope: bool) -> Self {
        self.call = self.call.envelope(envelope);
        self
    }

    pub fn pretty(mut self, pretty: bool) -> Self {
        self.call = self.call.query("pretty", pretty);
        self
    }

    pub fn request_id(mut self, id: &str) -> Self {
        self.call = self.call.header("X-Request-Id", id);
        self
    }

    pub fn send(self) -> ResponseFuture<Snapshot, TakeSnapshotError> {
        self.call.send_json()
    }

    pub fn send_with_metadata(self) -> ResponseFuture<Response<Snapshot>, TakeSnapshotError> {
        self.call.send_json_with_metadata()
    }
}

#[derive(Clone, Debug)]
#[must_use]
pub struct GetSnapshot {
    call: v1::Call,
}

impl GetSnapshot {
    pub fn send(self) -> ResponseFuture<Snapshot, TakeSnapshotError> {
        self.call.send_json()
    }

    pub fn wait_until_completed(self) -> Waiter<Snapshot> {
        let judge = |answer: &Snapshot| match answer.status.as_deref() {
            Some("completed") => v1::Progress::Reached,
            Some("failed") => v1::Progress::Failed,
            Some(_) | None => v1::Progress::Pending,
        };
        self.call.wait_json::<_, TakeSnapshotError>(judge)
    }
}

#[derive(Clone, Debug, PartialEq, Encode)]
pub struct TakeSnapshotRequest {
    pub description: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Decode)]
pub struct Snapshot {
    pub id: Option<String>,
    pub status: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Decode)]
pub struct ApiError {
    pub error: u16,
    pub error_code: String,
}

#[derive(Clone, Debug, v1::ServiceError)]
pub enum TakeSnapshotError {
    #[status(404)]
    NotFound(ErrorBody<ApiError>),
    #[status(429)]
    TooManyRequests(ErrorBody<ApiError>),
    #[status(500)]
    Broken(ErrorBody<()>),
    #[status(5, text)]
    Server(ErrorBody<String>),
    #[status(default)]
    Other(ErrorBody<ApiError>),
}
