//! Asking again and again. The clock stands still but for the waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime::codegen::v1::{self, Progress};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{
    AnyError, ErrorKind, RetryPolicy, Started, WaitError, WaitReason, Waiter,
};
use tokio::time::Instant;

use crate::api::{Client, Snapshot, TakeSnapshotError, open};
use crate::mock::{Mock, Reply};

static GET: v1::Operation =
    v1::Operation::new(v1::Method::GET, "getSnapshot", "/snapshots/{snapshotId}").success(&[200]);

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

fn get(client: &v1::Core, id: &str) -> v1::Call {
    client.call(&GET).path("snapshotId", id)
}

fn completed(call: v1::Call) -> Waiter<Snapshot> {
    call.wait_json::<_, TakeSnapshotError>(|answer| match answer.status.as_deref() {
        Some("completed") => Progress::Reached,
        Some("failed") => Progress::Failed,
        _ => Progress::Pending,
    })
}

fn gone(call: v1::Call) -> Waiter<Snapshot, ()> {
    call.wait_json_for_status::<_, TakeSnapshotError>(404)
}

fn is(status: &str) -> Reply {
    Reply::json(200, format!(r#"{{"id":"65a0","status":"{status}"}}"#))
}

fn over(replies: impl IntoIterator<Item = Reply>) -> (Client, Mock) {
    let mock = Mock::new(replies);
    (open(&mock).build().unwrap(), mock)
}

fn waiting(replies: impl IntoIterator<Item = Reply>) -> (Waiter<Snapshot>, Mock) {
    let (client, mock) = over(replies);
    (completed(get(client.core(), "65a0")).poll_every(SECOND * 5..=SECOND * 60), mock)
}

#[tokio::test(start_paused = true)]
async fn it_asks_at_once_and_until_it_is_so() {
    let states = ["queued", "inProgress", "whatever", "completed"];
    let (waiter, mock) = waiting(states.map(is));
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let shown = Arc::clone(&seen);
    let waiter = waiter.on_update(move |state: &Snapshot| {
        shown.lock().unwrap().extend(state.status.clone());
    });
    let start = Instant::now();
    assert!(mock.seen().is_empty());
    let snapshot = waiter.wait(HOUR).await.unwrap();
    assert_eq!(snapshot.status.as_deref(), Some("completed"));
    assert_eq!(*seen.lock().unwrap(), states);
    assert!(mock.seen().iter().all(|seen| seen.uri.ends_with("/snapshots/65a0")));
    // Three pauses: 5 to 10 seconds, to 20, to 40.
    let took = start.elapsed();
    assert!(took >= SECOND * 15 && took <= SECOND * 71, "{took:?}");

    let (waiter, _mock) = waiting([is("completed")]);
    let start = Instant::now();
    waiter.wait(SECOND).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_no_success_and_has_the_state() {
    let (waiter, mock) = waiting([is("queued"), is("failed")]);
    let error = waiter.wait(HOUR).await.unwrap_err();
    assert!(error.is_failure() && !error.is_timeout() && error.as_call().is_none());
    assert_eq!(error.last().unwrap().status.as_deref(), Some("failed"));
    assert!(!format!("{error:?}").contains("65a0"), "{error:?}");
    let text = "GET /snapshots/{snapshotId}: what was waited for has failed";
    assert_eq!(error.to_string(), text);
    assert_eq!(mock.seen().len(), 2);
    let any = AnyError::from(error);
    assert_eq!((any.kind(), any.to_string().as_str()), (ErrorKind::WaitFailed, text));
    assert!(any.may_have_reached_server() && !any.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn the_time_is_up_on_time() {
    let (waiter, mock) = waiting((0..1000).map(|_| is("queued")));
    let start = Instant::now();
    let error = waiter.wait(SECOND * 100).await.unwrap_err();
    assert!(
        error.is_timeout()
            && matches!(error.reason(), WaitReason::TimedOut(max) if *max == SECOND * 100)
    );
    assert_eq!(error.last().unwrap().status.as_deref(), Some("queued"));
    // Another question would come too late, so there is nothing to wait for.
    let took = start.elapsed();
    assert!(took <= SECOND * 100 && took > SECOND * 94, "{took:?}");
    assert!(mock.seen().len() > 4);
    let any = AnyError::from(error);
    assert!(any.is_timeout() && any.may_have_reached_server());
    assert_eq!(
        any.to_string(),
        "GET /snapshots/{snapshotId}: a time limit ran out: what is waited for has not come within \
         100s"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_not_waited_for_any_longer() {
    let (waiter, _mock) = waiting([is("queued"), Reply::Hang]);
    let start = Instant::now();
    let error = waiter.wait(SECOND * 30).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.into_last().unwrap().status.as_deref(), Some("queued"));
    assert!(start.elapsed() <= SECOND * 30 + Duration::from_millis(2));
}

#[tokio::test(start_paused = true)]
async fn the_server_says_when_to_ask_again() {
    let (waiter, _mock) = waiting([is("queued").with("retry-after", "120"), is("completed")]);
    let start = Instant::now();
    waiter.wait(HOUR).await.unwrap();
    assert!(start.elapsed() >= SECOND * 120, "{:?}", start.elapsed());

    let (waiter, mock) = waiting([is("queued").with("retry-after", "120")]);
    assert!(waiter.wait(SECOND * 110).await.unwrap_err().is_timeout());
    assert_eq!(mock.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_tried_again_as_for_any_call() {
    let lost = || Reply::Fail(TransportError::exchange("reset"));
    let busy = || Reply::plain(503, "").with("retry-after", "3");
    let (waiter, mock) = waiting([is("queued"), busy(), lost(), is("completed")]);
    waiter.wait(HOUR).await.unwrap();
    assert_eq!(mock.seen().len(), 4);

    // Three attempts, and the policy gives up; so does the wait.
    let (waiter, mock) = waiting([is("queued"), busy(), busy(), busy()]);
    let error = waiter.wait(HOUR).await.unwrap_err();
    let call = error.as_call().unwrap();
    assert_eq!((call.status().unwrap().as_u16(), call.attempts()), (503, 3));
    assert_eq!(error.last().unwrap().status.as_deref(), Some("queued"));
    assert_eq!(mock.seen().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_documented_error_of_a_question_is_what_it_always_is() {
    let body = r#"{"error":404,"errorCode":"SNAPSHOT_NOT_FOUND"}"#;
    let (waiter, _mock) = waiting([Reply::json(404, body)]);
    let error = waiter.wait(HOUR).await.unwrap_err();
    assert!(error.last().is_none());
    assert!(!format!("{error:?}").is_empty());
    let any = AnyError::from(error);
    assert!(matches!(any.as_service(), Some(TakeSnapshotError::NotFound(_))));
}

#[tokio::test(start_paused = true)]
async fn until_it_is_gone() {
    let body = r#"{"error":404,"errorCode":"SNAPSHOT_NOT_FOUND"}"#;
    let (client, mock) = over([is("deleting"), Reply::json(404, body)]);
    let updates = Arc::new(Mutex::new(0));
    let count = Arc::clone(&updates);
    let waiter = gone(get(client.core(), "65a0")).on_update(move |_| *count.lock().unwrap() += 1);
    waiter.wait(HOUR).await.unwrap();
    assert_eq!((mock.seen().len(), *updates.lock().unwrap()), (2, 1));

    let (client, _mock) = over([Reply::json(401, r#"{"error":401,"errorCode":"NO"}"#)]);
    let error = gone(get(client.core(), "65a0")).wait(HOUR).await.unwrap_err();
    assert_eq!(error.as_call().unwrap().status().unwrap().as_u16(), 401);
}

#[tokio::test(start_paused = true)]
async fn dropping_ends_it() {
    let (waiter, mock) = waiting((0..100).map(|_| is("queued")));
    let waiting = tokio::time::timeout(SECOND, waiter.wait(HOUR));
    assert!(waiting.await.is_err());
    tokio::time::sleep(HOUR).await;
    assert_eq!(mock.seen().len(), 1);
}

fn taking(client: &Client) -> Started<Snapshot, Snapshot> {
    let taken = client.take_snapshot("g", "c");
    v1::started(taken.call.clone(), taken.send(), |before, answer: &Snapshot| {
        assert_eq!((before.given("groupId"), before.given("elsewhere")), ("g", ""));
        Some(completed(get(before.core(), answer.id.as_deref()?)))
    })
}

#[tokio::test(start_paused = true)]
async fn to_start_and_to_wait_is_one() {
    let (client, mock) = over([is("queued"), is("inProgress"), is("completed")]);
    let snapshot = taking(&client).poll_every(SECOND..=SECOND).wait(HOUR).await.unwrap();
    assert_eq!(snapshot.status.as_deref(), Some("completed"));
    let methods: Vec<String> = mock.seen().into_iter().map(|seen| seen.method).collect();
    assert_eq!(methods, ["POST", "GET", "GET"]);
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_one_for_both() {
    let (client, mock) = over([Reply::Hang]);
    let start = Instant::now();
    let error = taking(&client).wait(SECOND * 20).await.unwrap_err();
    assert!(error.is_timeout() && error.last().is_none());
    assert_eq!((start.elapsed().as_secs(), mock.seen().len()), (20, 1));
}

#[tokio::test(start_paused = true)]
async fn behind_the_start_every_error_says_that_something_happened() {
    let refused = Reply::Fail(TransportError::connect("refused").lasting());
    let mock = Mock::new([is("queued"), refused]);
    let lost = open(&mock).build().unwrap();
    let error = taking(&lost).wait(HOUR).await.unwrap_err();
    let call = error.as_call().unwrap();
    assert!(call.is_connect() && call.may_have_reached_server());

    // An answer that does not have what it takes to go on.
    let (client, mock) = over([Reply::json(200, r#"{"status":"queued"}"#)]);
    let error = taking(&client).wait(HOUR).await.unwrap_err();
    let call = error.as_call().unwrap();
    assert_eq!(call.kind(), ErrorKind::Decode);
    assert!(call.may_have_reached_server());
    assert_eq!(mock.seen().len(), 1);
}

async fn found(reply: Reply) -> (Result<Snapshot, WaitError<Snapshot>>, usize) {
    let mock = Mock::new([reply, is("completed")]);
    let client = open(&mock).retry(RetryPolicy::never()).build().unwrap();
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let waiter = taking(&client).or_find(move |error| async move {
        *count.lock().unwrap() += 1;
        match error.status() {
            Some(_) => Err(error),
            None => Ok(Snapshot { id: Some("65a1".to_owned()), status: None }),
        }
    });
    let result = waiter.wait(HOUR).await;
    let asked = *asked.lock().unwrap();
    (result, asked)
}

#[tokio::test(start_paused = true)]
async fn what_was_lost_is_looked_for() {
    let (result, asked) = found(Reply::Fail(TransportError::exchange("reset"))).await;
    assert_eq!((result.unwrap().status.as_deref(), asked), (Some("completed"), 1));

    // There is nothing: the error is the call's.
    let (result, asked) = found(Reply::plain(500, "")).await;
    assert_eq!(result.unwrap_err().as_call().unwrap().status().unwrap().as_u16(), 500);
    assert_eq!(asked, 1);

    // Nothing was sent, or the API says no: there is nothing to look for.
    for reply in [
        Reply::Fail(TransportError::connect("refused")),
        Reply::json(404, r#"{"error":404,"errorCode":"CLUSTER_NOT_FOUND"}"#),
    ] {
        let (result, asked) = found(reply).await;
        assert!(result.unwrap_err().as_call().is_some());
        assert_eq!(asked, 0);
    }
}
