//! `envelope=true`: the same types and errors come out of `{"status": …, "content": …}`.

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::Snapshot;
use specwright_runtime::{ErrorKind, Response};

use crate::fixtures::{CallError, PATH, SNAPSHOT, api_error, call, client, ok, refusal, snapshot};
use crate::server::{Reply, Server};

async fn ends(reply: Reply) -> Result<Response<Snapshot>, CallError> {
    let server = Server::always(reply).await;
    let result = call(&client(&server)).envelope(true).send_with_metadata().await;
    assert_eq!(server.only().target(), format!("{PATH}?envelope=true"));
    result
}

async fn fails(reply: Reply) -> CallError {
    ends(reply).await.unwrap_err()
}

fn wrapped(status: u16, content: &str) -> Reply {
    ok(format!(r#"{{"status":{status},"content":{content}}}"#))
}

fn not_found(error: &CallError) -> &[u8] {
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let Some(TakeSnapshotError::NotFound(body)) = error.as_service() else { panic!("{error:?}") };
    assert_eq!(body.get().unwrap().error_code, "CLUSTER_NOT_FOUND");
    body.bytes()
}

#[tokio::test]
async fn a_success_inside() {
    for reply in [
        wrapped(200, SNAPSHOT),
        ok(format!(r#"{{"more":[{{"status":404}}],"content":{SNAPSHOT},"status":200}}"#)),
    ] {
        let answer = ends(reply).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert_eq!(answer.body().id.as_deref(), Some("65a0"));
        assert_eq!(answer.body().storage_size_bytes, Some(12));
    }
}

#[tokio::test]
async fn a_failure_inside_is_the_documented_error() {
    let inner = api_error(404, "CLUSTER_NOT_FOUND");
    let error = fails(wrapped(404, &inner)).await;
    assert_eq!(not_found(&error), inner.as_bytes());
    assert_eq!(error.bytes().unwrap(), inner.as_bytes());
}

#[tokio::test]
async fn other_statuses_inside_are_judged_like_those_outside() {
    for (status, kind) in [
        (429, ErrorKind::Service),
        (500, ErrorKind::Service),
        (418, ErrorKind::UnexpectedStatus),
        (503, ErrorKind::UnexpectedStatus),
        (201, ErrorKind::UnexpectedStatus),
        (307, ErrorKind::Redirect),
    ] {
        let error = fails(wrapped(status, SNAPSHOT)).await;
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (kind, status));
    }
}

#[tokio::test]
async fn a_failure_outside_stays_what_it_is() {
    let inner = api_error(404, "CLUSTER_NOT_FOUND");
    // A gateway that knows no envelopes.
    assert_eq!(not_found(&fails(refusal(404, "CLUSTER_NOT_FOUND")).await), inner.as_bytes());
    // Both at once.
    let both = Reply::new(404, &[], format!(r#"{{"status":404,"content":{inner}}}"#));
    assert_eq!(not_found(&fails(both).await), inner.as_bytes());
    // A failure never turns into a success.
    let lie = Reply::new(500, &[], format!(r#"{{"status":200,"content":{SNAPSHOT}}}"#));
    let error = fails(lie).await;
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::InternalServerError(_))));
    assert_eq!(error.status().unwrap().as_u16(), 500);
}

#[tokio::test]
async fn a_200_that_is_no_envelope() {
    for body in [
        SNAPSHOT,
        "{}",
        "[]",
        "",
        "<html>",
        r#"{"status":200}"#,
        r#"{"content":{"id":"1"}}"#,
        r#"{"status":"200","content":{"id":"1"}}"#,
        r#"{"status":7,"content":{"id":"1"}}"#,
        r#"{"status":200,"content":{"id":"1"}} x"#,
        r#"{"status":200,"status":404,"content":{"id":"1"}}"#,
    ] {
        let error = fails(ok(body)).await;
        let kind = if body.is_empty() { ErrorKind::EmptyBody } else { ErrorKind::Decode };
        assert_eq!(error.kind(), kind, "{body}");
        assert_eq!(error.bytes().unwrap(), body.as_bytes());
        assert!(error.as_service().is_none() && error.may_have_reached_server());
    }
}

#[tokio::test]
async fn an_envelope_around_something_that_is_no_snapshot() {
    for content in ["{}", "[]", "null", &api_error(404, "CLUSTER_NOT_FOUND")] {
        let error = fails(wrapped(200, content)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{content}");
    }
}

#[tokio::test]
async fn an_envelope_that_was_not_asked_for_is_not_opened() {
    let server = Server::script([wrapped(200, SNAPSHOT), snapshot()]).await;
    let client = client(&server);

    let error = call(&client).envelope(true).envelope(false).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(call(&client).envelope(false).send().await.is_ok());
}
