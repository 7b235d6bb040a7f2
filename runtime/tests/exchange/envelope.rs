//! Envelopes: HTTP status × envelope status × body.

use specwright_runtime::ErrorKind;

use crate::api::{TakeSnapshotError, client};
use crate::mock::Reply;

/// What became of an answer to a call that asked for an envelope.
async fn outcome(status: u16, body: &str) -> Result<String, (ErrorKind, u16)> {
    let (client, mock) = client([Reply::json(status, body.to_owned())]);
    let result = client.take_snapshot("g", "c").envelope(true).send_with_metadata().await;
    assert!(mock.only().uri.ends_with("/snapshots?envelope=true"));
    result
        .map(|response| {
            assert_eq!(response.status().as_u16(), 200);
            response.into_inner().id.unwrap_or_default()
        })
        .map_err(|error| (error.kind(), error.status().map_or(0, |status| status.as_u16())))
}

#[tokio::test]
async fn the_inner_status_decides() {
    let error = r#"{"error":404,"errorCode":"NOPE"}"#;
    let wrap =
        |status: &str, content: &str| format!(r#"{{"status":{status},"content":{content}}}"#);
    let (decode, service) = (ErrorKind::Decode, ErrorKind::Service);
    for (http, body, expected) in [
        (200, wrap("200", r#"{"id":"a"}"#), Ok("a")),
        (202, wrap("200", r#"{"id":"a"}"#), Ok("a")),
        (200, wrap("404", error), Err((service, 404))),
        (200, wrap("404", "\"text\""), Err((service, 404))),
        (200, wrap("418", error), Err((ErrorKind::UnexpectedStatus, 418))),
        (200, wrap("202", r#"{"id":"a"}"#), Err((ErrorKind::UnexpectedStatus, 202))),
        (200, wrap("302", "{}"), Err((ErrorKind::Redirect, 302))),
        (200, wrap("200", error), Err((decode, 200))),
        (200, wrap("200", "{}"), Err((decode, 200))),
        (200, wrap("200", "null"), Err((decode, 200))),
        (200, wrap("\"queued\"", "{}"), Err((decode, 200))),
        (200, r#"{"id":"a","status":"queued"}"#.to_owned(), Err((decode, 200))),
        (200, r#"{"status":200}"#.to_owned(), Err((decode, 200))),
        (200, String::new(), Err((ErrorKind::EmptyBody, 200))),
        (200, "<html>".to_owned(), Err((decode, 200))),
        // A failing HTTP status is never turned into a success.
        (404, error.to_owned(), Err((service, 404))),
        (502, "<html>".to_owned(), Err((service, 502))),
        (502, wrap("200", r#"{"id":"a"}"#), Err((service, 502))),
        (500, wrap("404", error), Err((service, 404))),
    ] {
        let got = outcome(http, &body).await;
        assert_eq!(got, expected.map(ToOwned::to_owned), "{http} {body}");
    }
}

#[tokio::test]
async fn the_inner_body_is_the_errors_body() {
    let body = r#"{"content": {"error":404,"errorCode":"NOPE"} ,"status":404}"#;
    let (client, _) = client([Reply::json(200, body)]);
    let error = client.take_snapshot("g", "c").envelope(true).send().await.unwrap_err();
    let Some(TakeSnapshotError::NotFound(got)) = error.as_service() else { panic!("{error:?}") };
    assert_eq!(got.get().map(|e| e.error_code.as_str()), Some("NOPE"));
    assert_eq!(&got.bytes()[..], br#"{"error":404,"errorCode":"NOPE"}"#);
}

#[tokio::test]
async fn without_an_envelope_nothing_is_unwrapped() {
    let body = r#"{"status":"x","id":"a","content":{"id":"b"}}"#;
    let (client, mock) = client([Reply::json(200, body), Reply::json(200, body)]);
    let snapshot = client.take_snapshot("g", "c").envelope(true).envelope(false).send().await;
    assert_eq!(snapshot.unwrap().id.as_deref(), Some("a"));
    client.take_snapshot("g", "c").send().await.unwrap();
    assert!(mock.seen()[0].uri.ends_with("?envelope=false"));
    assert!(mock.seen()[1].uri.ends_with("/snapshots"));
}
