//! What a call gives is what the mock was told, by way of the real client.

use std::time::Duration;

use specwright_runtime::auth::ClientCredentials;
use specwright_runtime::auth::Credential;
use specwright_runtime::http::Method;
use specwright_runtime::mock::{MockTransport, Reply};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{ErrorBody, ErrorKind, RetryPolicy};
use tokio::time::Instant;

use crate::api::{Client, Snapshot, TakeSnapshotError};
use crate::{api_error, mocked, snapshot};

#[tokio::test(start_paused = true)]
async fn a_value() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "c", "why");
    mock.when(call().send()).then(snapshot("1", "queued"));

    let answer = call().send_with_metadata().await.unwrap();
    assert_eq!(*answer.body(), snapshot("1", "queued"));
    // As the document has it: its success, its media type.
    assert_eq!(answer.status(), 202);
    assert_eq!(answer.headers()["content-type"], "application/vnd.example+json");
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn values_that_are_no_json() {
    let (mock, client) = mocked();
    mock.when(client.delete_snapshot("1")).then(());
    mock.when(client.log()).then("line\n".to_owned());
    client.delete_snapshot("1").await.unwrap();
    assert_eq!(client.log().await.unwrap(), "line\n");
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn documented_errors() {
    let (mock, client) = mocked();
    let call = || client.get_snapshot("g", "1").send();
    mock.when(call())
        .then_error(TakeSnapshotError::NotFound(api_error(404, "GONE")))
        .then_error(TakeSnapshotError::Other(api_error(400, "BAD")))
        .with_status(400)
        .then_error(TakeSnapshotError::NotFound(ErrorBody::from_bytes("<h1>no</h1>")));

    let error = call().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else { panic!("{error:?}") };
    assert_eq!(body.get().unwrap().error_code, "GONE");

    let error = call().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::Other(_))));

    let error = call().await.unwrap_err();
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else { panic!("{error:?}") };
    assert_eq!((body.get(), &body.bytes()[..]), (None, &b"<h1>no</h1>"[..]));
    mock.verify();
}

/// Each variant is read back from the status that is found for it.
#[tokio::test(start_paused = true)]
async fn errors_without_a_status_of_their_own() {
    let mock = MockTransport::new();
    let client = mock.client(Client::builder().retry(RetryPolicy::never())).unwrap();
    let call = || client.get_snapshot("g", "1").send();
    let text = ErrorBody::new("down".to_owned());
    mock.when(call())
        .then_error(TakeSnapshotError::Broken(ErrorBody::new(())))
        .then_error(TakeSnapshotError::Server(text))
        .then_error(TakeSnapshotError::Other(api_error(1, "X")));

    let mut statuses = Vec::new();
    for name in ["Broken", "Server", "Other"] {
        let error = call().await.unwrap_err();
        assert!(format!("{:?}", error.as_service()).contains(name), "{error:?}");
        statuses.push(error.status().unwrap().as_u16());
    }
    assert_eq!(statuses, [500, 501, 400]);
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn repeats_wait_as_long_as_the_server_asks() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "c", "why").send();
    let expected = mock
        .when(call())
        .then_error(TakeSnapshotError::TooManyRequests(api_error(429, "SLOW")))
        .with_header("retry-after", "20")
        .then(snapshot("1", "queued"));

    let begun = Instant::now();
    assert_eq!(call().await.unwrap(), snapshot("1", "queued"));
    assert!(begun.elapsed() >= Duration::from_secs(20));
    let attempts: Vec<u32> = expected.sent().iter().map(|sent| sent.attempt()).collect();
    assert_eq!(attempts, [1, 2]);
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn failures_below_http() {
    let (mock, client) = mocked();
    let take = || client.take_snapshot("g", "c", "why").send();
    mock.when(take())
        // Nothing was sent: the POST is tried again.
        .then_failure(TransportError::connect("refused"))
        .then(snapshot("1", "queued"))
        // It may have been acted on: it is not.
        .then_failure(TransportError::exchange("reset"))
        .then_silence()
        .then_reply(Reply::new(202).chunk(r#"{"id": "#).broken_off());

    take().await.unwrap();
    for kind in [ErrorKind::Transport, ErrorKind::Timeout, ErrorKind::Truncated] {
        let error = take().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.may_have_reached_server());
    }
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn replies_of_any_sort() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "c", "why").send();
    mock.when(call())
        .then_reply(Reply::new(200).header("content-type", "text/html").body("<h1>Login</h1>"))
        .then_with(|sent| {
            Reply::new(202).json(&serde_json::json!({"id": sent.path_value("groupId")}))
        })
        .then(snapshot("2", "queued"))
        .after(Duration::from_secs(50));

    assert_eq!(call().await.unwrap_err().kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(call().await.unwrap().id.as_deref(), Some("g"));
    let begun = Instant::now();
    call().await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(50));
    mock.verify();
}

/// An answer and an error, as they come inside an envelope.
#[tokio::test(start_paused = true)]
async fn envelopes() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "c", "why").envelope(true).send_with_metadata();
    mock.when(client.take_snapshot("g", "c", "why").envelope(true).send())
        .then(snapshot("1", "queued"))
        .then_error(TakeSnapshotError::NotFound(api_error(404, "GONE")));
    let answer = call().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().id.as_deref()), (202, Some("1")));
    let error = call().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::NotFound(_))));
    mock.verify();
}

#[tokio::test(start_paused = true)]
async fn a_waiter() {
    let (mock, client) = mocked();
    let call = || client.get_snapshot("g", "1");
    mock.when(call().send())
        .then(snapshot("1", "queued"))
        .then(snapshot("1", "inProgress"))
        .times(100)
        .then(snapshot("1", "completed"));
    let done = call().wait_until_completed().wait(Duration::from_secs(86_400)).await.unwrap();
    assert_eq!(done, snapshot("1", "completed"));
    assert_eq!(mock.sent().len(), 102);
    mock.verify();
}

/// The empty answer that no server sends is refused, as it is in production.
#[tokio::test(start_paused = true)]
async fn the_clients_own_checks_hold() {
    let (mock, client) = mocked();
    let call = || client.take_snapshot("g", "c", "why").send();
    mock.when(call()).then(Snapshot::default());
    assert_eq!(call().await.unwrap_err().kind(), ErrorKind::Decode);
    mock.verify();
}

/// With credentials of its own, a client logs in at the mock.
#[tokio::test(start_paused = true)]
async fn a_login() {
    let mock = MockTransport::new();
    let account =
        ClientCredentials::new("https://cloud.example/token", "id".into(), "secret".into());
    let client: Client = Client::builder()
        .transport(mock.clone())
        .credentials(Credential::for_scheme("Key", account))
        .build()
        .unwrap();
    mock.when_request(Method::POST, "/token").then_reply(
        Reply::new(200).json(&serde_json::json!({"access_token": "t", "token_type": "Bearer"})),
    );
    let call = || client.take_snapshot("g", "c", "why").send();
    let expected = mock.when(call()).then(snapshot("1", "queued"));
    call().await.unwrap();
    assert_eq!(expected.sent()[0].header("authorization"), Some("Bearer t"));
    mock.verify();
}
