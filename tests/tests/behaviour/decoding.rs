//! Which answer is which: exact status before range before default, for successes and errors.

use specwright_runtime::ErrorKind;

use crate::clients::answers::operations::{GetAnyError, GetCachedError, GetCachedResponse};
use crate::clients::answers::operations::{StartJobError, StartJobResponse};
use crate::clients::error_ranges::operations::CloseDoorError;
use crate::clients::{self, answers, error_ranges};
use crate::server::{Reply, Server};

fn json(status: u16, body: &str) -> Reply {
    Reply::new(status, &[("Content-Type", "application/json")], body)
}

async fn answering(reply: Reply) -> answers::Client {
    clients::of(answers::Client::builder(), &Server::always(reply).await)
}

#[tokio::test]
async fn successes_by_status() {
    let start = async |reply| answering(reply).await.start_job().send().await.unwrap();
    let job = json(200, r#"{"id":"7"}"#);
    assert!(
        matches!(start(job).await, StartJobResponse::Ok(job) if job.id.as_deref() == Some("7"))
    );
    let queued = Reply::new(202, &[], "soon");
    assert!(matches!(start(queued).await, StartJobResponse::Accepted(text) if text == "soon"));
    assert!(matches!(start(Reply::new(204, &[], "")).await, StartJobResponse::NoContent));
    let other = Reply::new(206, &[], [0xff, 0]);
    assert!(
        matches!(start(other).await, StartJobResponse::Success(bytes) if bytes[..] == [0xff, 0])
    );
}

#[tokio::test]
async fn not_modified_is_a_variant_and_never_decoded() {
    let error = answering(Reply::raw("HTTP/1.1 304 X\r\nETag: \"a\"\r\n\r\n")).await;
    let error = error.start_job().send().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(StartJobError::NotModified(_))));
    assert_eq!(error.headers()["etag"], "\"a\"");
    let cached = answering(Reply::raw("HTTP/1.1 304 X\r\n\r\n")).await.get_cached().send().await;
    assert!(matches!(cached.unwrap_err().as_service(), Some(GetCachedError::NotModified(_))));
}

#[tokio::test]
async fn no_content_is_not_read_as_json() {
    let client = answering(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await;
    assert!(matches!(client.get_cached().send().await, Ok(GetCachedResponse::NoContent)));
    let head =
        Reply::raw("HTTP/1.1 200 X\r\nContent-Length: 400\r\nContent-Type: text/html\r\n\r\n");
    let answer = answering(head).await.probe_cached().send_with_metadata().await.unwrap();
    assert_eq!(answer.headers()["content-length"], "400");
}

#[tokio::test]
async fn a_lone_default_is_for_successes_and_errors() {
    let body = r#"{"id":"7"}"#;
    for status in [200, 299] {
        let job = answering(json(status, body)).await.get_any().send().await.unwrap();
        assert_eq!(job.id.as_deref(), Some("7"), "{status}");
    }
    for status in [303, 404, 500] {
        let error = answering(json(status, body)).await.get_any().send().await.unwrap_err();
        let Some(GetAnyError::Default(job)) = error.as_service() else { panic!("{error}") };
        assert_eq!(job.get().unwrap().id.as_deref(), Some("7"), "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
}

#[tokio::test]
async fn with_errors_only_any_success_says_nothing() {
    for status in [200, 204, 299] {
        let reply = Reply::new(status, &[], if status == 204 { "" } else { "whatever" });
        answering(reply).await.drop_all().send().await.unwrap();
    }
    let error = answering(Reply::new(307, &[], "")).await.drop_all().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn an_upgrade_that_is_not_made() {
    let error = answering(Reply::new(200, &[], "")).await.open_tunnel().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
}

#[tokio::test]
async fn errors_by_status_then_range_then_default() {
    use CloseDoorError::{Conflict, Default, NotFound, ServerError, Status599};
    let fail = async |status| {
        let reply = json(status, r#"{"message":"no"}"#);
        let client: error_ranges::Client =
            clients::of(error_ranges::Client::builder(), &Server::always(reply).await);
        client.close_door("1").send().await.unwrap_err().into_service().unwrap()
    };
    assert!(matches!(fail(404).await, NotFound(_)));
    assert!(matches!(fail(409).await, Conflict(body) if body.get().unwrap().message == "no"));
    assert!(matches!(fail(599).await, Status599(body) if body.get().unwrap().starts_with(b"{")));
    assert!(matches!(fail(500).await, ServerError(body) if body.get().unwrap().starts_with('{')));
    assert!(matches!(fail(400).await, Default(body) if body.get().unwrap().message == "no"));
    assert!(matches!(fail(302).await, Default(_)));
}
