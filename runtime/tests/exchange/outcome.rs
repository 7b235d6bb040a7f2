//! What an answer becomes.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use specwright_runtime::codegen::v1::{Method, Operation};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{AnyError, Error, ErrorKind, NoError};

use crate::api::{Snapshot, TakeSnapshotError, client};
use crate::mock::Reply;

async fn send(reply: Reply) -> Result<Snapshot, Error<TakeSnapshotError>> {
    client([reply]).0.take_snapshot("g", "c").send().await
}

async fn kind(reply: Reply) -> ErrorKind {
    send(reply).await.unwrap_err().kind()
}

const NOT_FOUND: &str = r#"{"error":404,"errorCode":"CLUSTER_NOT_FOUND"}"#;

#[tokio::test]
async fn statuses_choose_the_error() {
    let error = send(Reply::json(404, NOT_FOUND)).await.unwrap_err();
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else { panic!("{error:?}") };
    assert_eq!(body.get().map(|e| e.error_code.as_str()), Some("CLUSTER_NOT_FOUND"));
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Service, "takeSnapshot"));
    assert_eq!(error.bytes().map(Bytes::len), Some(NOT_FOUND.len()));
    assert!(error.source().is_none() && error.to_string().ends_with(": 404 Not Found"), "{error}");

    let error = send(Reply::plain(503, "busy").with("retry-after", "7")).await.unwrap_err();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::Server(b)) if b.get().is_some()));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));

    let error = send(Reply::json(418, NOT_FOUND)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert!(error.as_service().is_none() && error.may_have_reached_server());
    assert_eq!(error.bytes().map(|b| &b[..]), Some(NOT_FOUND.as_bytes()));
}

#[tokio::test]
async fn an_unreadable_error_body_keeps_its_status_and_bytes() {
    for body in ["<html>", "", "{}", r#"{"message":"x"}"#, "[]", r#"{"error":"a"}"#] {
        let error = send(Reply::plain(404, body)).await.unwrap_err();
        let Some(TakeSnapshotError::NotFound(got)) = error.as_service() else { panic!("{body}") };
        assert!(got.get().is_none() && got.decode_error().is_some(), "{body}");
        assert_eq!(&got.bytes()[..], body.as_bytes());
    }
}

#[tokio::test]
async fn a_success_must_be_what_was_promised() {
    for body in ["<html>", r#"{"error":500}"#, "{}", r#"{"id":1}"#, r#"{"id":"a""#, "3"] {
        let error = send(Reply::json(200, body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.may_have_reached_server());
        assert_eq!(error.status().map(|s| s.as_u16()), Some(200));
        assert_eq!(error.bytes().map(|b| &b[..]), Some(body.as_bytes()));
    }
    let html = Reply::json(200, r#"{"id":"a"}"#).with("content-type", "text/html");
    assert_eq!(kind(html).await, ErrorKind::MediaType);
    assert_eq!(kind(Reply::json(200, "")).await, ErrorKind::EmptyBody);
    let vendor = Reply::json(200, r#"{"id":"a"}"#)
        .with("content-type", "application/vnd.atlas.2023-01-01+json; charset=utf-8");
    assert!(send(vendor).await.is_ok());
}

#[tokio::test]
async fn other_successes_and_redirects_are_failures() {
    assert_eq!(kind(Reply::json(202, r#"{"id":"a"}"#)).await, ErrorKind::UnexpectedStatus);
    assert_eq!(kind(Reply::plain(204, "")).await, ErrorKind::UnexpectedStatus);
    for status in [301, 302, 303, 304, 307, 308] {
        let reply = Reply::plain(status, "").with("location", "https://evil.example/");
        let error = send(reply).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(error.headers().contains_key("location"));
    }
}

#[tokio::test]
async fn a_documented_redirect_is_an_answer() {
    static GO: Operation = Operation::new(Method::GET, "go", "/go").success(&[303]);
    let (client, _) = client([Reply::plain(303, "").with("location", "/there")]);
    let call = client.call(&GO).send_empty_with_metadata::<NoError>();
    let response = call.await.unwrap();
    assert_eq!((response.location(), response.status().as_u16()), (Some("/there"), 303));
}

#[tokio::test]
async fn failures_below_http_tell_what_the_server_saw() {
    for (error, kind, reached, timeout) in [
        (TransportError::connect("refused"), ErrorKind::Connect, false, false),
        (TransportError::connect("slow").timed_out(), ErrorKind::Connect, false, true),
        (TransportError::exchange("reset"), ErrorKind::Transport, true, false),
        (TransportError::exchange("slow").timed_out(), ErrorKind::Timeout, true, true),
    ] {
        let error = send(Reply::Fail(error)).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(error.may_have_reached_server(), reached, "{kind:?}");
        assert_eq!(error.is_timeout(), timeout);
        assert_eq!(error.is_connect(), kind == ErrorKind::Connect);
        assert!(error.status().is_none() && error.as_transport().is_some());
        let behind = error.source().map(ToString::to_string);
        assert!(
            behind.is_some_and(|behind| ["refused", "slow", "reset"].contains(&behind.as_str()))
        );
    }
}

#[tokio::test]
async fn texts_bytes_and_nothing() {
    static GET: Operation = Operation::new(Method::GET, "get", "/get");
    let raw = &b"\xff\x00"[..];
    let replies = [
        Reply::plain(200, "é").with("content-type", "text/plain"),
        Reply::plain(200, raw),
        Reply::plain(201, raw).with("ratelimit-remaining", "3"),
        Reply::plain(204, ""),
    ];
    let (client, _) = client(replies);
    let get = || client.call(&GET);
    assert_eq!(get().send_text::<NoError>().await.unwrap(), "é");
    let error = get().send_text::<NoError>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let response = get().send_bytes_with_metadata::<NoError>().await.unwrap();
    assert_eq!(response.rate_limit().and_then(|limit| limit.remaining), Some(3));
    assert_eq!((response.status().as_u16(), &response.into_inner()[..]), (201, raw));
    get().send_empty::<NoError>().await.unwrap();
}

#[tokio::test]
async fn metadata_and_the_error_for_everything() {
    async fn program() -> Result<(), AnyError> {
        let replies = [Reply::json(200, r#"{"id":"a"}"#), Reply::json(404, NOT_FOUND)];
        let (client, _) = client(replies);
        let response = client.take_snapshot("g", "c").send_with_metadata().await?;
        assert_eq!(response.body().id.as_deref(), Some("a"));
        assert!(response.headers().contains_key("content-type"));
        client.take_snapshot("g", "c").send().await?;
        Ok(())
    }
    let error = program().await.unwrap_err();
    assert!(error.as_service::<TakeSnapshotError>().is_some());
}

#[test]
fn futures_and_errors_move_between_threads() {
    fn send<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let (client, _) = client([]);
    shared(&client);
    shared(&client.take_snapshot("g", "c"));
    send(&client.take_snapshot("g", "c").send());
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error<TakeSnapshotError>>();
    error::<AnyError>();
}
