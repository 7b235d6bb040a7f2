//! A generated client in miniature, exactly as the generator prints one: it must compile without
//! a warning against the surface generated code may use, and do what its documentation says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]
#![allow(unreachable_pub, dead_code, reason = "a generated crate is a library")]
#![deny(missing_docs)]

mod client {
    use specwright_runtime::codegen::v1;

    /// A client of the API.
    #[derive(Clone, Debug)]
    pub struct Client {
        core: v1::Core,
    }

    impl Client {
        /// Starts building a client.
        pub fn builder() -> specwright_runtime::ClientBuilder<Self> {
            v1::builder(&API)
        }

        /// Take one snapshot.
        pub fn take_snapshot(
            &self,
            group_id: impl AsRef<str>,
            cluster_name: impl AsRef<str>,
            body: super::types::TakeSnapshotRequest,
        ) -> super::operations::TakeSnapshot {
            super::operations::TakeSnapshot::new(
                &self.core,
                group_id.as_ref(),
                cluster_name.as_ref(),
                body,
            )
        }
    }

    impl v1::Service for Client {
        fn from_core(core: v1::Core) -> Self {
            Self { core }
        }
    }

    static API: v1::Api = v1::Api::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
        .servers(&["https://cloud.example"]);
}

mod credentials {
    use specwright_runtime::codegen::v1;

    /// A service account.
    #[derive(Clone, Debug)]
    pub struct ServiceAccount(specwright_runtime::auth::ClientCredentials);

    impl ServiceAccount {
        /// Credentials with their values.
        pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
            Self(specwright_runtime::auth::ClientCredentials::new(
                "https://cloud.example/api/oauth/token",
                client_id.into(),
                client_secret.into(),
            ))
        }

        /// Credentials from the environment.
        pub fn from_env() -> Result<Self, specwright_runtime::CredentialsError> {
            let [client_id, client_secret] =
                v1::env_vars(["SPECWRIGHT_SHAPE_ID", "SPECWRIGHT_SHAPE_SECRET"])?;
            Ok(Self::new(client_id, client_secret))
        }
    }

    impl From<ServiceAccount> for specwright_runtime::auth::Credential {
        fn from(value: ServiceAccount) -> Self {
            Self::for_scheme("ServiceAccounts", value.0)
        }
    }
}

mod operations {
    use specwright_runtime::codegen::v1;

    /// A call of `takeSnapshot`.
    #[derive(Clone, Debug)]
    #[must_use = "a call does nothing until `send` is awaited"]
    pub struct TakeSnapshot {
        call: v1::Call,
    }

    static TAKE_SNAPSHOT: v1::Operation = v1::Operation::new(
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

    impl TakeSnapshot {
        pub(super) fn new(
            core: &v1::Core,
            group_id: &str,
            cluster_name: &str,
            body: super::types::TakeSnapshotRequest,
        ) -> Self {
            Self {
                call: core
                    .call(&TAKE_SNAPSHOT)
                    .path("groupId", group_id)
                    .path("clusterName", cluster_name)
                    .json(&body),
            }
        }

        /// Wraps the answer.
        pub fn envelope(mut self, envelope: bool) -> Self {
            self.call = self.call.envelope(envelope);
            self
        }

        /// Formats the answer.
        pub fn pretty(mut self, pretty: bool) -> Self {
            self.call = self.call.query("pretty", pretty);
            self
        }

        /// Filters by status, by id and by time.
        pub fn filter(
            mut self,
            status: super::types::SnapshotStatus,
            ids: impl IntoIterator<Item = specwright_runtime::uuid::Uuid>,
            since: specwright_runtime::jiff::Timestamp,
        ) -> Self {
            self.call = self.call.query("status", status).query_list("id", ids, true);
            self.call = self.call.header("X-Since", since);
            self
        }

        /// Sends the call.
        pub fn send(
            self,
        ) -> specwright_runtime::ResponseFuture<super::types::Snapshot, TakeSnapshotError> {
            self.call.send_json()
        }

        /// Sends the call and keeps status and headers.
        pub fn send_with_metadata(
            self,
        ) -> specwright_runtime::ResponseFuture<
            specwright_runtime::Response<super::types::Snapshot>,
            TakeSnapshotError,
        > {
            self.call.send_json_with_metadata()
        }
    }

    /// What `takeSnapshot` can fail with.
    #[derive(Clone, Debug, v1::ServiceError)]
    #[non_exhaustive]
    pub enum TakeSnapshotError {
        /// 404: no such cluster.
        #[status(404)]
        NotFound(specwright_runtime::ErrorBody<super::types::ApiError>),
        /// 5XX: the service is in trouble.
        #[status(5)]
        Server(specwright_runtime::ErrorBody<super::types::ApiError>),
    }
}

mod types {
    use specwright_runtime::codegen::v1::{Decode, Encode, StringEnum};

    /// A request.
    #[derive(Clone, Debug, Default, PartialEq, Encode)]
    #[non_exhaustive]
    pub struct TakeSnapshotRequest {
        /// A description.
        pub description: Option<String>,
        /// How long to keep the snapshot.
        pub retention_in_days: Option<i32>,
    }

    impl TakeSnapshotRequest {
        /// An empty request.
        pub fn new() -> Self {
            Self::default()
        }

        /// Sets the description.
        pub fn with_description(mut self, description: impl Into<String>) -> Self {
            self.description = Some(description.into());
            self
        }
    }

    /// A snapshot.
    #[derive(Clone, Debug, Default, PartialEq, Decode)]
    #[non_exhaustive]
    pub struct Snapshot {
        /// When it was taken.
        pub created_at: Option<specwright_runtime::jiff::Timestamp>,
        /// How far it is.
        pub status: Option<SnapshotStatus>,
        /// The key.
        #[wire("masterKeyUUID")]
        pub master_key_uuid: Option<specwright_runtime::uuid::Uuid>,
    }

    /// How far a snapshot is.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
    pub enum SnapshotStatus {
        /// It waits.
        Queued,
        /// It runs.
        InProgress,
        /// Something newer than this client.
        UnknownValue(String),
    }

    /// An error.
    #[derive(Clone, Debug, PartialEq, Decode)]
    #[non_exhaustive]
    pub struct ApiError {
        /// The status.
        pub error: i32,
        /// The code.
        pub error_code: String,
    }
}

use http::{Request, Response};
use specwright_runtime::AnyError as Error;
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};

use self::client::Client;
use self::credentials::ServiceAccount;
use self::operations::TakeSnapshotError;
use self::types::{SnapshotStatus, TakeSnapshotRequest};

/// Gives a token to whoever asks, and everybody else the same answer.
#[derive(Debug)]
struct Server {
    status: u16,
    body: &'static str,
}

impl Transport for Server {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let token = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#;
        let asks_for_token = request.uri().path().ends_with("/oauth/token");
        let (status, body) = if asks_for_token { (200, token) } else { (self.status, self.body) };
        let response = Response::builder().status(status).body(ResponseBody::from_bytes(body));
        Box::pin(async move { Ok(response.unwrap()) })
    }
}

async fn take(status: u16, body: &'static str) -> Result<types::Snapshot, Error> {
    let client = Client::builder()
        .credentials(ServiceAccount::new("id", "secret"))
        .transport(Server { status, body })
        .build()?;
    let request = TakeSnapshotRequest::new().with_description("before migration");
    let call = client.take_snapshot("32b6", String::from("Cluster0"), request).pretty(false);
    let now = specwright_runtime::jiff::Timestamp::UNIX_EPOCH;
    let call = call.filter(SnapshotStatus::InProgress, [Default::default()], now);
    Ok(call.send().await?)
}

#[tokio::test]
async fn the_generated_shape_works() {
    let snapshot = take(200, r#"{"status":"inProgress","masterKeyUUID":null}"#).await.unwrap();
    assert_eq!(snapshot.status, Some(SnapshotStatus::InProgress));

    let error = take(404, r#"{"error":404,"errorCode":"GONE"}"#).await.unwrap_err();
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else { panic!("{error}") };
    assert_eq!(body.get().map(|e| e.error_code.as_str()), Some("GONE"));
    assert!(ServiceAccount::from_env().map_err(Error::from).is_err());
}

#[tokio::test]
async fn an_empty_or_foreign_success_is_none() {
    use specwright_runtime::ErrorKind;

    for body in ["{}", "[]", "[null,null,null]", r#"{"error":404,"errorCode":"GONE"}"#, "null"] {
        let error = take(200, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn both_ways_of_sending_and_the_envelope() {
    let server = Server { status: 200, body: r#"{"status":200,"content":{"status":"new"}}"# };
    use specwright_runtime::auth::External;

    let client = Client::builder().credentials(External).transport(server).build().unwrap();
    let call = client.take_snapshot("g", "c", TakeSnapshotRequest::new()).envelope(true);
    let response = call.clone().send_with_metadata().await.unwrap();
    assert_eq!(response.body().status, Some(SnapshotStatus::UnknownValue("new".to_owned())));
    call.send().await.unwrap();
}
