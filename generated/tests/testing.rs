//! How a program that makes calls is tested: with the client as it is, over a transport that answers
//! as it is told. There is no server, and hours of waiting take no time.
//!
//! What is tested here is a function of the example `take_snapshot`. For a program of your own:
//!
//! ```toml
//! [dev-dependencies]
//! specwright-runtime = { version = "0.1", features = ["test-util"] }
//! tokio = { version = "1", features = ["macros", "rt", "test-util"] }
//! ```

use std::time::Duration;

use atlas_snapshots::operations::{GetSnapshotError, TakeSnapshotError};
use atlas_snapshots::types::{
    ApiError, Link, Snapshot, SnapshotPage, SnapshotStatus, SnapshotType, TakeSnapshotRequest,
};
use atlas_snapshots::{Client, ServiceAccount};
use specwright_runtime::http::Method;
use specwright_runtime::mock::{MockTransport, Reply};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{ErrorBody, WaitReason};
use tokio::time::Instant;

#[path = "../examples/take_snapshot/wait.rs"]
mod wait;

/// What the example prints does not matter.
mod show {
    pub(crate) fn state(_: &atlas_snapshots::types::Snapshot) {}
}

const PROJECT: &str = "32b6e34b3d91647abb20e7b8";
const SNAPSHOT: &str = "6661f1a2b3c4d5e6f7081920";

/// What the program asks for.
fn request() -> TakeSnapshotRequest {
    TakeSnapshotRequest::new().with_description("before migration 4711")
}

fn snapshot(status: SnapshotStatus) -> Snapshot {
    Snapshot::new()
        .with_id(SNAPSHOT)
        .with_description("before migration 4711")
        .with_snapshot_type(SnapshotType::OnDemand)
        .with_status(status)
}

fn api_error(status: i32, code: &str) -> ErrorBody<ApiError> {
    ErrorBody::new(ApiError::new(status, code))
}

async fn back_up(client: &Client) -> Result<Snapshot, specwright_runtime::WaitError<Snapshot>> {
    let every = Duration::from_secs(60)..=Duration::from_secs(300);
    wait::take_snapshot_and_wait(client, PROJECT, "Cluster0", request(), every).await
}

#[tokio::test(start_paused = true)]
async fn takes_a_snapshot_and_waits_for_it() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    // The calls that the program will make, and what becomes of them.
    mock.when(client.take_snapshot(PROJECT, "Cluster0", request()).send())
        .then_error(TakeSnapshotError::TooManyRequests(api_error(429, "RATE_LIMITED")))
        .with_header("retry-after", "20")
        .then(snapshot(SnapshotStatus::Queued));
    mock.when(client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send())
        .then(snapshot(SnapshotStatus::InProgress))
        .times(30)
        .then(snapshot(SnapshotStatus::Completed));

    let begun = Instant::now();
    let done = back_up(&client).await.unwrap();
    assert_eq!(done.status, Some(SnapshotStatus::Completed));
    assert!(begun.elapsed() > Duration::from_secs(30 * 60), "by a clock that does not tick");
    mock.verify();
}

/// The answer to the `POST` is lost: it is not sent again, and the snapshot is found.
#[tokio::test(start_paused = true)]
async fn a_lost_answer_takes_no_second_snapshot() {
    let mock = MockTransport::in_order();
    let client = mock.client(Client::builder()).unwrap();
    mock.when(client.take_snapshot(PROJECT, "Cluster0", request()).send())
        .then_failure(TransportError::exchange("connection reset"));
    let list = client.list_snapshots(PROJECT, "Cluster0").items_per_page(100);
    mock.when(list.send()).then(SnapshotPage::new(vec![snapshot(SnapshotStatus::Queued)]));
    mock.when(client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send())
        .then(snapshot(SnapshotStatus::Completed));

    assert!(back_up(&client).await.is_ok());
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn a_cluster_that_is_not_there() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    let taken = mock
        .when(client.take_snapshot("?", "?", TakeSnapshotRequest::new()).send())
        .any_arguments()
        .then_error(TakeSnapshotError::NotFound(api_error(404, "CLUSTER_NOT_FOUND")));

    let error = back_up(&client).await.unwrap_err();
    let WaitReason::Call(error) = error.reason() else { panic!("{error:?}") };
    assert_eq!(error.code(), Some("CLUSTER_NOT_FOUND"));
    // Arguments can be looked at afterwards as well.
    let sent = &taken.sent()[0];
    assert_eq!(sent.path_value("clusterName"), Some("Cluster0"));
    assert!(sent.is_json(&request()));
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn pages() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    let list = || client.list_snapshots(PROJECT, "Cluster0");
    let next = Link::new().with_rel("next").with_href("https://cloud.mongodb.com/…");
    let first = SnapshotPage::new(vec![snapshot(SnapshotStatus::Completed); 2]);
    let last = SnapshotPage::new(vec![snapshot(SnapshotStatus::Queued)]);
    mock.when(list().send()).then(first.with_links(vec![next]));
    mock.when(list().page_num(2).send()).then(last);

    let mut items = list().items();
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
    mock.verify();
}

/// The login is the client's own too: one token for all calls, and another where it is refused.
#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused() {
    let mock = MockTransport::in_order();
    let client: Client = Client::builder()
        .transport(mock.clone())
        .credentials(ServiceAccount::new("id", "secret"))
        .build()
        .unwrap();
    let token = |token: &str| {
        let body =
            format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
        Reply::new(200).header("content-type", "application/json").body(body)
    };
    let get = || client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send();
    mock.when_request(Method::POST, "/api/oauth/token").then_reply(token("1"));
    mock.when(get())
        .matching(|sent| sent.header("authorization") == Some("Bearer 1"))
        .then(snapshot(SnapshotStatus::Queued))
        .then_error(GetSnapshotError::Unauthorized(api_error(401, "UNAUTHORIZED")));
    mock.when_request(Method::POST, "/api/oauth/token").then_reply(token("2"));
    mock.when(get())
        .matching(|sent| sent.header("authorization") == Some("Bearer 2"))
        .then(snapshot(SnapshotStatus::Completed));

    assert_eq!(get().await.unwrap().status, Some(SnapshotStatus::Queued));
    assert_eq!(get().await.unwrap().status, Some(SnapshotStatus::Completed));
    mock.verify();
}
