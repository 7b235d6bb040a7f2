//! What a test is told where the calls were not those it expected.

use std::error::Error as _;

use specwright_runtime::ErrorKind;
use specwright_runtime::http::Method;

use crate::{mocked, snapshot};

/// The words without the place in the source, which changes with every line added here.
fn placeless(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once("expected at ") {
        Some((before, at)) => {
            let rest = at.split_once(", ").map_or("", |(_, rest)| rest);
            assert!(at.contains("told.rs:"), "{line}");
            format!("{before}expected at … {rest}").trim_end().to_owned()
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(start_paused = true)]
async fn calls_that_did_not_come() {
    let (mock, client) = mocked();
    mock.when(client.take_snapshot("g", "c", "why").pretty(true).send()).then(snapshot("1", ""));
    mock.when(client.get_snapshot("g", "1").send()).then(snapshot("1", "")).times(3);
    mock.when(client.get_snapshot("g", "?").send()).any_arguments().then(snapshot("1", ""));
    mock.when(client.get_snapshot("g", "9").send()).then(snapshot("1", "")).always();
    mock.when_request(Method::POST, "/token").then(());
    client.get_snapshot("g", "1").send().await.unwrap();
    let told = mock.check().unwrap_err().to_string();
    assert_eq!(
        placeless(&told),
        "takeSnapshot (POST /v2/groups/g/clusters/c?pretty=true) never came; expected at …\n\
         getSnapshot (GET /v2/groups/g/snapshots/1) came only once, and was expected 3 times; \
         expected at …\n\
         getSnapshot (GET /groups/{groupId}/snapshots/{snapshotId}) never came; expected at …\n\
         POST /token never came; expected at …"
    );
}

#[tokio::test(start_paused = true)]
async fn calls_that_nobody_expected() {
    let (mock, client) = mocked();
    let call = |name: &str, why: &str| client.take_snapshot("g", name, why);
    let error = client.get_snapshot("g", "1").send().await.unwrap_err();
    // The error says why by itself, and does not speak of connections.
    assert_eq!(
        error.to_string(),
        "GET /groups/{groupId}/snapshots/{snapshotId}: the transport refused the request: \
         getSnapshot (GET /v2/groups/g/snapshots/1) was not expected; nothing else was either"
    );
    assert!(error.source().is_none() && error.kind() == ErrorKind::Refused);
    assert!(!error.may_have_reached_server() && !error.is_connect());

    mock.when(call("a", "x").pretty(true).send()).then(snapshot("1", ""));
    mock.when(call("b", "y").send()).any_body().then(snapshot("1", ""));
    client.get_snapshot("g", "1").send().await.unwrap_err();
    call("a", "y").send().await.unwrap_err();
    call("b", "y").send().await.unwrap();
    call("b", "y").send().await.unwrap_err();
    // Nothing is repeated.
    assert_eq!(mock.sent().len(), 5);
    call("a", "x").pretty(true).send().await.unwrap();

    let told = mock.check().unwrap_err().to_string();
    assert_eq!(
        placeless(&told),
        r#"getSnapshot (GET /v2/groups/g/snapshots/1) was not expected; nothing else was either
getSnapshot (GET /v2/groups/g/snapshots/1) was not expected; expected was takeSnapshot (POST /v2/groups/g/clusters/a?pretty=true), takeSnapshot (POST /v2/groups/g/clusters/b)
takeSnapshot (POST /v2/groups/g/clusters/a) was not expected; the nearest is takeSnapshot (POST /v2/groups/g/clusters/b), expected at …
  path: expected /v2/groups/g/clusters/b, sent /v2/groups/g/clusters/a
takeSnapshot (POST /v2/groups/g/clusters/b) was not expected; the nearest is takeSnapshot (POST /v2/groups/g/clusters/b), expected at … which has no answer left"#
    );
}

#[tokio::test(start_paused = true)]
async fn the_nearest_says_what_differs() {
    let (mock, client) = mocked();
    let call = |why: &str| client.take_snapshot("g", "c", why);
    mock.when(call("x").pretty(true).request_id("7").send())
        .matching(|sent| sent.attempt() > 1)
        .then(snapshot("1", ""));
    call("y").send().await.unwrap_err();
    let told = mock.check().unwrap_err().to_string();
    let (_, differences) = told.split_once("the nearest").unwrap();
    assert_eq!(
        differences.lines().skip(1).collect::<Vec<_>>(),
        [
            "  query: `pretty=true` was not sent",
            "  header: `x-request-id: 7` was not sent",
            "  body at `/description`: expected \"x\", sent \"y\"",
            "  the condition given to `matching` does not hold",
        ]
    );
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "getSnapshot (GET /v2/groups/g/snapshots/1) never came")]
async fn verify_panics() {
    let (mock, client) = mocked();
    mock.when(client.get_snapshot("g", "1").send()).then(snapshot("1", ""));
    mock.verify();
}
