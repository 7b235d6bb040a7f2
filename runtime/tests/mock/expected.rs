//! Which request meets which expectation.

use specwright_runtime::mock::MockTransport;

use crate::api::{Client, TakeSnapshotRequest};
use crate::{mocked, snapshot};

#[tokio::test(start_paused = true)]
async fn arguments_count() {
    let (mock, client) = mocked();
    let call = |name: &str, why: &str| client.take_snapshot("g", name, why);
    mock.when(call("a", "x").send()).then(snapshot("1", ""));
    mock.when(call("b", "x").send()).then(snapshot("2", ""));
    mock.when(call("a", "y").send()).then(snapshot("3", ""));
    mock.when(call("a", "x").pretty(true).send()).then(snapshot("4", ""));
    mock.when(call("a", "x").request_id("7").send()).then(snapshot("5", ""));
    let calls = [
        call("a", "x").request_id("7"),
        call("a", "x").pretty(true),
        call("a", "y"),
        call("b", "x"),
        call("a", "x"),
    ];
    for (call, id) in calls.into_iter().zip(["5", "4", "3", "2", "1"]) {
        assert_eq!(call.send().await.unwrap().id.as_deref(), Some(id));
    }
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn fewer_may_count() {
    let (mock, client) = mocked();
    let call = |name: &str, why: &str| client.take_snapshot("g", name, why).send();
    mock.when(call("a", "?")).any_body().then(snapshot("1", ""));
    mock.when(client.take_snapshot("g", "c", "x").send()).any_headers().then(snapshot("0", ""));
    let with_id = client.take_snapshot("g", "c", "x").request_id("by chance");
    assert_eq!(with_id.send().await.unwrap().id.as_deref(), Some("0"));
    mock.when(call("?", "?"))
        .any_arguments()
        .matching(|sent| sent.path_value("clusterName") == Some("é/ü"))
        .then(snapshot("2", ""));
    mock.when(call("?", "?")).any_arguments().then(snapshot("3", "")).always();
    for (name, id) in [("b", "3"), ("a", "1"), ("é/ü", "2"), ("a", "3")] {
        assert_eq!(call(name, "x").await.unwrap().id.as_deref(), Some(id));
    }
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_can_be_looked_at() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "é/ü", "why").pretty(true).request_id("7").send();
    mock.when(call()).then(snapshot("1", ""));
    call().await.unwrap();
    let sent = &mock.sent()[0];
    assert_eq!(sent.operation(), Some("takeSnapshot"));
    assert_eq!(
        (sent.method().as_str(), sent.path()),
        ("POST", "/v2/groups/g/clusters/%C3%A9%2F%C3%BC")
    );
    assert_eq!(sent.path_value("clusterName"), Some("é/ü"));
    assert_eq!(sent.path_value("nobody"), None);
    assert_eq!(sent.query("pretty").as_deref(), Some("true"));
    assert_eq!(sent.header("x-request-id"), Some("7"));
    assert!(sent.is_json(&TakeSnapshotRequest { description: Some("why".to_owned()) }));
    assert!(!sent.is_json(&TakeSnapshotRequest { description: None }));
    let body: serde_json::Value = sent.json().unwrap();
    assert_eq!(body["description"], "why");
}

#[tokio::test(start_paused = true)]
async fn any_order_or_that_one() {
    for in_order in [false, true] {
        let mock = if in_order { MockTransport::in_order() } else { MockTransport::new() };
        let client = mock.client(Client::builder()).unwrap();
        let get = |id: &str| client.get_snapshot("g", id).send();
        mock.when(get("0")).then(snapshot("0", "")).always();
        mock.when(get("1")).then(snapshot("1", ""));
        mock.when(get("2")).then(snapshot("2", ""));
        assert_eq!(get("2").await.is_ok(), !in_order);
        get("1").await.unwrap();
        assert_eq!(get("2").await.is_ok(), in_order);
        assert!(mock.check().is_err());
    }
}

/// Concurrent calls each get an answer of their own.
#[tokio::test(start_paused = true)]
async fn calls_side_by_side() {
    let (mock, client) = mocked();
    let call = |id: &str| client.get_snapshot("g", id).send();
    for id in ["1", "2", "3"] {
        mock.when(call(id)).then(snapshot(id, ""));
    }
    let (three, one, two) = tokio::join!(call("3"), call("1"), call("2"));
    let ids: Vec<_> = [one, two, three].map(|answer| answer.unwrap().id.unwrap()).into();
    assert_eq!(ids, ["1", "2", "3"]);
    mock.verify();
}

#[test]
#[should_panic(expected = "this call cannot be sent: path parameter `groupId` is empty")]
fn a_call_that_could_not_be_sent() {
    let (mock, client) = mocked();
    let _ = mock.when(client.get_snapshot("", "1").send());
}
