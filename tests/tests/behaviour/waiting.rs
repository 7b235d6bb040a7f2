//! Waiting for a snapshot over real HTTP: what is asked, how often, what ends it, and what is done
//! where an answer is lost. Pauses are of a few milliseconds, because the clock that matters is the
//! socket's.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use atlas_snapshots::operations::{GetSnapshotError, TakeSnapshotError};
use atlas_snapshots::types::{Snapshot, SnapshotStatus, TakeSnapshotRequest};
use atlas_snapshots::{Client, Error};
use specwright_runtime::{RetryPolicy, Started, WaitError, Waiter};

use crate::clients::{of, waiters};
use crate::fixtures::{GROUP, MEDIA_TYPE, PATH, client, ok, open, refusal};
use crate::server::{Reply, Server};

const SHORT: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(60);

fn is(status: &str) -> Reply {
    ok(format!(r#"{{"id":"65a0","status":"{status}"}}"#))
}

fn after(status: &str, seconds: &str) -> Reply {
    let body = format!(r#"{{"id":"65a0","status":"{status}"}}"#);
    Reply::new(200, &[("Content-Type", MEDIA_TYPE), ("Retry-After", seconds)], body)
}

fn waiter(client: &Client) -> Waiter<Snapshot> {
    let waiter = client.wait_until_snapshot_completed(GROUP, "Cluster0", "65a0");
    waiter.poll_every(SHORT..=SHORT * 2)
}

fn taking(client: &Client) -> Started<Snapshot, Snapshot> {
    let request = TakeSnapshotRequest::new().with_description("note");
    let taken = client.take_snapshot(GROUP, "Cluster0", request).and_wait();
    taken.poll_every(SHORT..=SHORT * 2)
}

fn lines(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.line).collect()
}

fn asked() -> String {
    format!("GET {PATH}/65a0 HTTP/1.1")
}

#[tokio::test]
async fn it_asks_until_the_snapshot_is_complete() {
    let states = ["queued", "inProgress", "copying", "completed"];
    let server = Server::script(states.map(is)).await;
    let updates: Arc<Mutex<Vec<Option<SnapshotStatus>>>> = Arc::default();
    let seen = Arc::clone(&updates);
    let waiter = waiter(&client(&server))
        .on_update(move |snapshot| seen.lock().unwrap().push(snapshot.status.clone()));
    // A task of its own may wait as well.
    let snapshot = tokio::spawn(waiter.wait(LONG)).await.unwrap().unwrap();
    assert_eq!(snapshot.status, Some(SnapshotStatus::Completed));
    let expected = states.map(|state| Some(SnapshotStatus::from(state)));
    assert_eq!(*updates.lock().unwrap(), expected);
    assert_eq!(lines(&server), [asked(), asked(), asked(), asked()]);
    assert!(server.seen().iter().all(|seen| seen.header("accept") == Some(MEDIA_TYPE)));
}

#[tokio::test]
async fn a_failed_snapshot_is_an_error_with_the_snapshot() {
    let server = Server::script(["inProgress", "failed"].map(is)).await;
    let error = waiter(&client(&server)).wait(LONG).await.unwrap_err();
    assert!(error.is_failure());
    assert_eq!(error.last().unwrap().status, Some(SnapshotStatus::Failed));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn setters_and_errors_are_those_of_the_call() {
    let server = Server::script([refusal(404, "SNAPSHOT_NOT_FOUND")]).await;
    let call = client(&server).get_snapshot(GROUP, "Cluster0", "65a0").pretty(true);
    let error: Error = call.wait_until_snapshot_completed().wait(LONG).await.unwrap_err().into();
    assert_eq!(lines(&server), [format!("GET {PATH}/65a0?pretty=true HTTP/1.1")]);
    assert!(matches!(error.as_service(), Some(GetSnapshotError::NotFound(_))));
    assert_eq!(error.code(), Some("SNAPSHOT_NOT_FOUND"));
}

#[tokio::test]
async fn the_time_that_it_may_last_is_a_limit() {
    let server = Server::always(is("queued")).await;
    let error = waiter(&client(&server)).wait(Duration::from_millis(50)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.into_last().unwrap().status, Some(SnapshotStatus::Queued));

    let server = Server::always(Reply::silence()).await;
    let error = waiter(&client(&server)).wait(Duration::from_millis(50)).await.unwrap_err();
    assert!(error.is_timeout() && error.last().is_none());
}

#[tokio::test]
async fn the_server_is_not_asked_earlier_than_it_wants() {
    let server = Server::script([after("queued", "30")]).await;
    let error = waiter(&client(&server)).wait(Duration::from_secs(20)).await.unwrap_err();
    // The next question would be too late, which is known at once.
    assert!(error.is_timeout());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let busy = || Reply::new(503, &[("Retry-After", "0")], "");
    let server = Server::script([busy(), is("queued"), busy(), is("completed")]).await;
    let policy = RetryPolicy::new().backoff(SHORT, SHORT);
    let client = open(&server).retry(policy).build().unwrap();
    waiter(&client).wait(LONG).await.unwrap();
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn dropping_it_ends_it() {
    let server = Server::always(is("queued")).await;
    let waiter = waiter(&client(&server)).poll_every(LONG..=LONG);
    let waiting = tokio::spawn(waiter.wait(LONG * 10));
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn to_take_a_snapshot_and_to_wait_is_one_call() {
    let server = Server::script(["queued", "inProgress", "completed"].map(is)).await;
    let snapshot = taking(&client(&server)).wait(LONG).await.unwrap();
    assert_eq!(snapshot.status, Some(SnapshotStatus::Completed));
    assert_eq!(lines(&server), [format!("POST {PATH} HTTP/1.1"), asked(), asked()]);
}

/// Lists, then decides: what the example does.
async fn recovered(listed: &'static str) -> (Result<Snapshot, WaitError<Snapshot>>, Vec<String>) {
    let server = Server::run(move |number, seen| match number {
        0 => Reply::hang_up(),
        _ if seen.line.contains("/snapshots?") => ok(listed),
        _ => is("completed"),
    })
    .await;
    let client = client(&server);
    let again = client.clone();
    let waiter = taking(&client).or_find(move |lost| async move {
        let page = again.list_snapshots(GROUP, "Cluster0").items_per_page(10).send().await?;
        let is_ours = |snapshot: &Snapshot| snapshot.description.as_deref() == Some("note");
        page.results.into_iter().find(is_ours).ok_or(lost)
    });
    let result = waiter.wait(LONG).await;
    (result, lines(&server))
}

#[tokio::test]
async fn a_snapshot_whose_answer_was_lost_is_found() {
    let listed =
        r#"{"results":[{"id":"65a1","description":"other"},{"id":"65a0","description":"note"}]}"#;
    let (result, lines) = recovered(listed).await;
    assert_eq!(result.unwrap().status, Some(SnapshotStatus::Completed));
    let listing = format!("GET {PATH}?itemsPerPage=10 HTTP/1.1");
    assert_eq!(lines, [format!("POST {PATH} HTTP/1.1"), listing, asked()]);
}

#[tokio::test]
async fn where_there_is_none_the_error_is_that_of_the_call() {
    let (result, lines) = recovered(r#"{"results":[]}"#).await;
    let error: Error = result.unwrap_err().into();
    assert!(error.may_have_reached_server() && error.status().is_none());
    assert_eq!((error.operation(), lines.len()), ("takeSnapshot", 2));
}

#[tokio::test]
async fn a_refusal_is_no_reason_to_look() {
    let server = Server::always(refusal(404, "CLUSTER_NOT_FOUND")).await;
    let waiter = taking(&client(&server)).or_find(|lost| async move { Err(lost) });
    let error: Error = waiter.wait(LONG).await.unwrap_err().into();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::NotFound(_))));
    assert_eq!(server.seen().len(), 1);
}

fn json(status: u16, body: &str) -> Reply {
    Reply::new(status, &[("Content-Type", "application/json")], body)
}

#[tokio::test]
async fn other_sorts_of_waits() {
    let job =
        |started: bool| json(200, &format!(r#"{{"id":7,"progress":{{"started":{started}}}}}"#));
    let server = Server::script([job(false), job(true)]).await;
    let client = of(waiters::Client::builder(), &server);
    let waiter = client.get_job(7).wait_until_progress_started().poll_every(SHORT..=SHORT);
    assert!(waiter.wait(LONG).await.unwrap().progress.started);
    assert_eq!(lines(&server), ["GET /jobs/7 HTTP/1.1"; 2]);

    // Until it is gone; the id is that of the first call.
    let gone = json(404, r#"{"message":"no"}"#);
    let server = Server::script([json(202, ""), job(true), gone]).await;
    let client = of(waiters::Client::builder(), &server);
    client.remove_job(7).and_wait().poll_every(SHORT..=SHORT).wait(LONG).await.unwrap();
    let expected = ["DELETE /jobs/7 HTTP/1.1", "GET /jobs/7 HTTP/1.1", "GET /jobs/7 HTTP/1.1"];
    assert_eq!(lines(&server), expected);

    // What the next call is given comes from the path and from the answer.
    let ordered = json(200, r#"{"kind":"small","day":"2026-11-23","number":9}"#);
    let lost = json(200, r#"{"sort":"gift","state":{"name":"LOST"}}"#);
    let server = Server::script([ordered, json(200, r#"{"sort":"loan"}"#), lost]).await;
    let client = of(waiters::Client::builder(), &server);
    let waiter = client.order("a b").and_wait().poll_every(SHORT..=SHORT);
    let error = waiter.wait(LONG).await.unwrap_err();
    assert!(error.is_failure());
    assert_eq!(lines(&server)[1], "GET /shops/a%20b/orders/small/2026-11-23/9 HTTP/1.1");
}
