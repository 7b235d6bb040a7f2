//! A round trip, and what a replay says of requests that are not as they were recorded.

use specwright_runtime::codegen::v1::Item;
use specwright_runtime::mock::{MockTransport, Reply};
use specwright_runtime::recorder::Replay;
use specwright_runtime::transport::TransportError;
use specwright_runtime::{ErrorKind, RetryPolicy};

use crate::api::{Client, TakeSnapshotError};
use crate::{Tape, api_error, emails, open, snapshot};

/// Why the replay refused a request: what stands behind the words for any that is refused.
fn reason<E>(error: &specwright_runtime::Error<E>) -> String {
    assert_eq!(error.kind(), ErrorKind::Refused);
    let told = error.to_string();
    told.split_once("the transport refused the request: ").unwrap().1.to_owned()
}

/// Calls of every sort of answer.
async fn program(client: &Client) -> Vec<String> {
    let mut seen = Vec::new();
    let take = client.take_snapshot("g", "Cluster0", "why").pretty(true).request_id("7");
    seen.push(format!("{:?}", take.send().await));
    seen.push(format!("{:?}", client.get_snapshot("g", "1").send().await.map_err(|e| e.kind())));
    seen.push(format!("{:?}", client.delete_snapshot("1").await));
    seen.push(format!("{:?}", client.log().await));
    let mut events = client.events(Item::Data).await.unwrap();
    while let Some(event) = events.try_next().await.unwrap() {
        seen.push(format!("{event:?}"));
    }
    let mut lines = client.lines().await.unwrap();
    seen.push(format!("{:?}", lines.try_next().await));
    seen.push(format!("{:?}", lines.try_next().await.map_err(|error| error.kind())));
    seen
}

fn expected() -> MockTransport {
    let mock = MockTransport::in_order();
    let client = mock.client(Client::builder()).unwrap();
    let take = client.take_snapshot("g", "Cluster0", "why").pretty(true).request_id("7");
    mock.when(take.send())
        .then_error(TakeSnapshotError::TooManyRequests(api_error(429, "SLOW")))
        .with_header("retry-after", "20")
        .then(snapshot("1", "queued"));
    mock.when(client.get_snapshot("g", "1").send())
        .then_failure(TransportError::exchange("reset"))
        .then_error(TakeSnapshotError::NotFound(api_error(404, "GONE")));
    mock.when(client.delete_snapshot("1")).then(());
    mock.when(client.log()).then("a line\nand another".to_owned());
    mock.when(client.events(Item::Data)).then_events([snapshot("1", "a"), snapshot("2", "b")]);
    let half = Reply::new(200).header("content-type", "application/x-ndjson");
    let half = half.chunk("{\"id\": \"1\"}\n{\"id\":").broken_off();
    mock.when(client.lines()).then_reply(half);
    mock
}

#[tokio::test(start_paused = true)]
async fn a_round_trip() {
    let (tape, mock) = (Tape::new("round-trip"), expected());
    let recorder = tape.recorder(&mock);
    let seen = program(&open(recorder.clone())).await;
    recorder.finish().unwrap();
    mock.verify();
    for by_request in [false, true] {
        let replay = Replay::open(&tape.0).unwrap();
        let replay = if by_request { replay.by_request() } else { replay };
        assert_eq!(program(&open(replay.clone())).await, seen);
        replay.verify();
    }
    // And again, the same to the byte.
    let (again, mock) = (Tape::new("round-trip-again"), expected());
    let recorder = again.recorder(&mock);
    program(&open(recorder.clone())).await;
    assert_eq!(again.text(), tape.text());
}

#[tokio::test(start_paused = true)]
async fn a_file_can_be_read() {
    let (tape, mock) = (Tape::new("read"), expected());
    let recorder = tape.recorder(&mock).redaction(emails());
    program(&open(recorder)).await;
    let text = tape.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"request":{"operation":"takeSnapshot","method":"POST","path":"/v2/groups/g/clusters/redacted-1","query":["pretty=true"],"headers":{"accept":"application/vnd.example+json","content-type":"application/vnd.example+json"},"body":{"json":{"description":"redacted-3"}}},"response":{"status":429,"headers":{"content-type":"application/json","retry-after":"20"},"body":{"json":{"error":429,"errorCode":"SLOW"}}}}"#
    );
    assert!(lines[2].ends_with(r#""failure":{"phase":"exchange"}}"#), "{}", lines[2]);
    assert_eq!(lines.len(), 8);
}

/// What a request differs in from the one whose turn it is.
#[tokio::test(start_paused = true)]
async fn what_differs_is_told() {
    let (tape, mock) = (Tape::new("differs"), MockTransport::new());
    let plan = mock.client(Client::builder()).unwrap();
    mock.when(plan.take_snapshot("g", "a", "x").send()).then(snapshot("1", ""));
    mock.when(plan.take_snapshot("g", "b", "x").send()).then(snapshot("2", ""));
    let client = open(tape.recorder(&mock));
    client.take_snapshot("g", "a", "x").send().await.unwrap();
    client.take_snapshot("g", "b", "x").send().await.unwrap();

    let replay = Replay::open(&tape.0).unwrap();
    let client = open(replay.clone());
    let error = client.take_snapshot("g", "a", "y").pretty(true).send().await.unwrap_err();
    assert_eq!(
        reason(&error),
        "takeSnapshot (POST /v2/groups/g/clusters/a) is not as it was recorded; the next is \
         takeSnapshot (POST /v2/groups/g/clusters/a):\n\
         -   \"description\": \"x\"\n\
         + query pretty=true\n\
         +   \"description\": \"y\""
    );
    // Not in this order.
    assert!(client.take_snapshot("g", "b", "x").send().await.is_err());
    client.take_snapshot("g", "a", "x").send().await.unwrap();
    client.take_snapshot("g", "b", "x").send().await.unwrap();
    let error = client.take_snapshot("g", "b", "x").send().await.unwrap_err();
    let source = reason(&error);
    assert!(source.ends_with("came, and nothing that was recorded is left"), "{source}");
    assert_eq!(replay.check().unwrap_err().to_string().matches("takeSnapshot").count(), 5);

    // In any.
    let replay = Replay::open(&tape.0).unwrap().by_request();
    let client = open(replay.clone());
    let two = client.take_snapshot("g", "b", "x").send().await.unwrap();
    assert_eq!(two.id.as_deref(), Some("2"));
    let told = replay.check().unwrap_err().to_string();
    assert_eq!(told, "takeSnapshot (POST /v2/groups/g/clusters/a) was recorded and never came");
    client.take_snapshot("g", "a", "x").send().await.unwrap();
    replay.verify();
}

#[tokio::test(start_paused = true)]
async fn bodies_have_bounds() {
    let (tape, mock) = (Tape::new("bounds"), MockTransport::new());
    let plan = mock.client(Client::builder()).unwrap();
    let long = "x".repeat(2_000);
    mock.when(plan.log()).then(long.clone());
    mock.when(plan.get_snapshot("g", "1").send())
        .then_reply(Reply::new(200).header("content-type", "image/png").body(&b"\x89PNG\xff"[..]));
    let client = open(tape.recorder(&mock).max_body_bytes(1_000));
    assert_eq!(client.log().await.unwrap(), long);
    client.get_snapshot("g", "1").send().await.unwrap_err();
    let text = tape.text();
    assert!(text.len() < 1_000 && text.contains(r#""body":{"omitted":1001}"#), "{text}");
    assert!(text.contains(r#""body":{"base64":"iVBORw=="#) || text.contains("iVBOR/8="), "{text}");

    let replay = Replay::open(&tape.0).unwrap();
    let client = open(replay);
    let error = client.log().await.unwrap_err();
    assert!(reason(&error).contains("were not recorded"));
    let error = client.get_snapshot("g", "1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MediaType);
}

/// Calls side by side are in the file in the order in which they were made, and one that is given
/// up holds up no other.
#[tokio::test(start_paused = true)]
async fn the_order_is_that_of_the_requests() {
    let (tape, mock) = (Tape::new("order"), MockTransport::new());
    let plan = mock.client(Client::builder()).unwrap();
    let get = |client: &Client, id: &str| client.get_snapshot("g", id).send();
    mock.when(get(&plan, "1")).then(snapshot("1", "")).after(std::time::Duration::from_secs(9));
    mock.when(get(&plan, "2")).then_silence();
    mock.when(get(&plan, "3")).then(snapshot("3", ""));
    let builder = Client::builder().credentials(specwright_runtime::auth::External);
    let builder = builder.transport(tape.recorder(&mock)).retry(RetryPolicy::never());
    let client = builder.build().unwrap();
    let (one, two, three) = tokio::join!(get(&client, "1"), get(&client, "2"), get(&client, "3"));
    assert!(one.is_ok() && two.is_err() && three.is_ok());
    let text = tape.text();
    let ids: Vec<&str> = text
        .lines()
        .map(|line| line.split_once("/snapshots/").unwrap().1.split_once('"').unwrap().0)
        .collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert!(text.contains(r#""failure":{"phase":"exchange","timeout":true}"#), "{text}");
}

/// A stream that nobody reads to its end is recorded as far as it was read.
#[tokio::test(start_paused = true)]
async fn streams_that_are_given_up() {
    let (tape, mock) = (Tape::new("given-up"), MockTransport::new());
    let plan = mock.client(Client::builder()).unwrap();
    mock.when(plan.lines()).then_values([snapshot("1", ""), snapshot("2", "")]);
    let client = open(tape.recorder(&mock));
    let mut lines = client.lines().await.unwrap();
    lines.try_next().await.unwrap();
    drop(lines);
    let text = tape.text();
    assert!(!text.contains("\\\"2\\\""), "{text}");
    assert!(text.ends_with("\"brokenOff\":true}}\n"), "{text}");
}

#[test]
fn what_is_no_recording() {
    let tape = Tape::new("none");
    std::fs::write(&tape.0, "{}\n").unwrap();
    let error = Replay::open(&tape.0).unwrap_err();
    assert!(error.to_string().starts_with("line 1: missing field `request`"), "{error}");
}
