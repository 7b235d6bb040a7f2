//! How `src/bin/nightly_backup.rs` is tested without Atlas: its client is the generated one, over a
//! transport that answers as it is told. What it waits for takes no time, since Tokio's clock is paused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use atlas_snapshots::Client;
use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::{
    ApiError, Link, Snapshot, SnapshotPage, SnapshotStatus, TakeSnapshotRequest,
};
use specwright_runtime::ErrorBody;
use specwright_runtime::mock::{Expectation, MockTransport};
use specwright_runtime::transport::TransportError;
use tokio::time::Instant;

#[allow(dead_code, reason = "its `main` is for who runs it")]
#[path = "../src/bin/nightly_backup.rs"]
mod nightly_backup;

const PROJECT: &str = "32b6e34b3d91647abb20e7b8";
const SNAPSHOT: &str = "6661f1a2b3c4d5e6f7081920";

fn snapshot(status: SnapshotStatus) -> Snapshot {
    Snapshot::new().with_id(SNAPSHOT).with_status(status)
}

/// What the program prints, and how it ends.
async fn run(client: &Client) -> (String, Result<(), String>) {
    let mut out = Vec::new();
    let result = nightly_backup::back_up(client, PROJECT, "Cluster0", &mut out).await;
    (String::from_utf8(out).unwrap(), result.map_err(|error| error.to_string()))
}

/// The call that the program begins with. What it sends differs every night.
fn taking(mock: &MockTransport, client: &Client) -> Expectation<Snapshot, TakeSnapshotError> {
    mock.when(client.take_snapshot(PROJECT, "Cluster0", TakeSnapshotRequest::new()).send())
        .any_body()
}

#[tokio::test(start_paused = true)]
async fn waits_and_tells_of_every_page() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    let taken = taking(&mock, &client).then(snapshot(SnapshotStatus::Queued));
    mock.when(client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send())
        .then(snapshot(SnapshotStatus::InProgress))
        .times(60)
        .then(snapshot(SnapshotStatus::Completed));
    let list = || client.list_snapshots(PROJECT, "Cluster0").items_per_page(500);
    let next = Link::new().with_rel("next").with_href("https://cloud.mongodb.com/…");
    let first = SnapshotPage::new(vec![snapshot(SnapshotStatus::Completed); 2]);
    mock.when(list().send()).then(first.with_links(vec![next]));
    let last = SnapshotPage::new(vec![snapshot(SnapshotStatus::Completed)]);
    mock.when(list().page_num(2).send()).then(last);

    let begun = Instant::now();
    let (said, result) = run(&client).await;
    assert_eq!(result, Ok(()));
    assert_eq!(said.lines().filter(|line| line.starts_with("kept: ")).count(), 3);
    // The program waits 5 seconds at least before it asks again; the clock does not tick meanwhile.
    assert!(begun.elapsed() >= Duration::from_secs(60 * 5));
    // What was sent can be looked at afterwards.
    let sent = String::from_utf8_lossy(taken.sent()[0].body()).into_owned();
    assert!(sent.contains(r#""retentionInDays":7"#) && sent.contains("nightly 20"), "{sent}");
    mock.verify();
}

/// The one who runs it at night hears of it, and nothing is listed as if all were well.
#[tokio::test(start_paused = true)]
async fn a_snapshot_that_fails_is_a_failure() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder()).unwrap();
    taking(&mock, &client).then(snapshot(SnapshotStatus::Queued));
    mock.when(client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send())
        .then(snapshot(SnapshotStatus::Failed));

    let (said, result) = run(&client).await;
    assert!(result.is_err() && said.is_empty(), "{said}");
    mock.verify();
}

/// Too many requests are no failure: the client waits as long as it is told and tries again.
#[tokio::test(start_paused = true)]
async fn a_busy_server_is_waited_for() {
    let mock = MockTransport::in_order();
    let client = mock.client(Client::builder()).unwrap();
    let busy = ErrorBody::new(ApiError::new(429, "RATE_LIMITED"));
    taking(&mock, &client)
        .then_error(TakeSnapshotError::TooManyRequests(busy))
        .with_header("retry-after", "20")
        .then(snapshot(SnapshotStatus::Queued));
    mock.when(client.get_snapshot(PROJECT, "Cluster0", SNAPSHOT).send())
        .then_failure(TransportError::exchange("connection reset"))
        .then(snapshot(SnapshotStatus::Completed));
    let list = client.list_snapshots(PROJECT, "Cluster0").items_per_page(500);
    mock.when(list.send()).then(SnapshotPage::new(Vec::new()));

    let begun = Instant::now();
    let (said, result) = run(&client).await;
    assert_eq!(result, Ok(()), "{said}");
    assert!(begun.elapsed() >= Duration::from_secs(20));
    mock.verify();
}
