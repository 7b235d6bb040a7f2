//! A client as the generator prints it, by hand.

use specwright_runtime::auth::External;
use specwright_runtime::codegen::v1::{self, Decode, Encode};
use specwright_runtime::{
    CallOptions, ClientBuilder, ErrorBody, Response, ResponseFuture, RetryPolicy,
};

use crate::mock::{Mock, Reply};

#[derive(Clone, Debug)]
pub(crate) struct Client {
    core: v1::Core,
}

pub(crate) static API: v1::Api =
    v1::Api::new("atlas-snapshots", "0.1.0").servers(&["/relative", "https://cloud.example"]);

impl v1::Service for Client {
    fn from_core(core: v1::Core) -> Self {
        Self { core }
    }
}

impl Client {
    pub(crate) fn builder() -> ClientBuilder<Self> {
        v1::builder(&API)
    }

    pub(crate) fn with_options(&self, options: CallOptions) -> Self {
        Self { core: self.core.with_options(options) }
    }

    pub(crate) fn take_snapshot(&self, group_id: &str, cluster_name: &str) -> TakeSnapshot {
        let body = TakeSnapshotRequest { description: Some("before".to_owned()) };
        let call = self.core.call(&TAKE_SNAPSHOT);
        let call = call.path("groupId", group_id).path("clusterName", cluster_name);
        TakeSnapshot { call: call.json(&body) }
    }

    pub(crate) fn core(&self) -> &v1::Core {
        &self.core
    }

    pub(crate) fn call(&self, operation: &'static v1::Operation) -> v1::Call {
        self.core.call(operation)
    }
}

/// A client over `replies`, which ask for no login, that repeats nothing by itself.
pub(crate) fn client(replies: impl IntoIterator<Item = Reply>) -> (Client, Mock) {
    let mock = Mock::new(replies);
    (open(&mock).retry(RetryPolicy::never()).build().unwrap(), mock)
}

/// A builder over `mock`, which asks for no login.
pub(crate) fn open(mock: &Mock) -> ClientBuilder<Client> {
    Client::builder().transport(mock.clone()).credentials(External)
}

pub(crate) static TAKE_SNAPSHOT: v1::Operation = v1::Operation::new(
    v1::Method::POST,
    "takeSnapshot",
    "/api/groups/{groupId}/clusters/{clusterName}/snapshots",
)
.accept("application/vnd.atlas.2023-01-01+json")
.content_type("application/vnd.atlas.2023-01-01+json")
.success(&[200])
.security(&[&["ServiceAccounts"], &["DigestAuth"]])
.envelope("envelope", "status", "content")
.nonempty();

#[derive(Clone, Debug)]
pub(crate) struct TakeSnapshot {
    pub(crate) call: v1::Call,
}

impl TakeSnapshot {
    pub(crate) fn envelope(mut self, envelope: bool) -> Self {
        self.call = self.call.envelope(envelope);
        self
    }

    pub(crate) fn send(self) -> ResponseFuture<Snapshot, TakeSnapshotError> {
        self.call.send_json()
    }

    pub(crate) fn send_with_metadata(
        self,
    ) -> ResponseFuture<Response<Snapshot>, TakeSnapshotError> {
        self.call.send_json_with_metadata()
    }
}

#[derive(Clone, Debug, Encode)]
pub(crate) struct TakeSnapshotRequest {
    pub(crate) description: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Decode)]
pub(crate) struct Snapshot {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Decode)]
pub(crate) struct ApiError {
    pub(crate) error: u16,
    pub(crate) error_code: String,
}

#[derive(Clone, Debug, v1::ServiceError)]
pub(crate) enum TakeSnapshotError {
    #[status(401)]
    Unauthorized(ErrorBody<ApiError>),
    #[status(404)]
    NotFound(ErrorBody<ApiError>),
    #[status(5, text)]
    Server(ErrorBody<String>),
}
