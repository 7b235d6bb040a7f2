//! Every status with every media type and every body: what an answer becomes is a matter of its
//! status first, then of its media type, then of its body.

use bytes::Bytes;
use specwright_runtime::ErrorKind;

use crate::api::{TakeSnapshotError, client};
use crate::mock::Reply;

const STATUSES: [u16; 16] =
    [200, 201, 202, 204, 206, 300, 302, 307, 400, 401, 404, 418, 429, 500, 502, 503];

const JSON: [Option<&str>; 3] =
    [None, Some("application/json"), Some("application/vnd.atlas.2023-01-01+json; charset=utf-8")];
const OTHERS: [Option<&str>; 3] =
    [Some("text/html"), Some("text/plain; charset=utf-8"), Some("application/octet-stream")];

const SNAPSHOT: &str = r#"{"id":"a","status":"queued"}"#;
const API_ERROR: &str = r#"{"error":404,"errorCode":"CLUSTER_NOT_FOUND"}"#;
const BODIES: [&str; 8] =
    [SNAPSHOT, API_ERROR, "", "{}", "[]", "null", "<html>oops</html>", r#"{"id":"a"#];

/// What the table of the documentation says.
fn expected(status: u16, json: bool, body: &str) -> Option<ErrorKind> {
    match status {
        200 if body.is_empty() => Some(ErrorKind::EmptyBody),
        200 if !json => Some(ErrorKind::MediaType),
        200 if body == SNAPSHOT => None,
        200 => Some(ErrorKind::Decode),
        201..=299 => Some(ErrorKind::UnexpectedStatus),
        300..=399 => Some(ErrorKind::Redirect),
        401 | 404 | 500..=599 => Some(ErrorKind::Service),
        _ => Some(ErrorKind::UnexpectedStatus),
    }
}

async fn cell(status: u16, media_type: Option<&str>, json: bool, body: &'static str) {
    let mut reply = Reply::plain(status, body);
    if let Some(media_type) = media_type {
        reply = reply.with("content-type", media_type);
    }
    let (client, mock) = client([reply]);
    let result = client.take_snapshot("g", "c").send().await;
    let at = format!("{status} {media_type:?} {body}");
    mock.only();

    let Some(kind) = expected(status, json, body) else {
        assert_eq!(result.unwrap().id.as_deref(), Some("a"), "{at}");
        return;
    };
    let error = result.unwrap_err();
    assert_eq!(error.kind(), kind, "{at}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{at}");
    assert_eq!(error.bytes().map(Bytes::as_ref), Some(body.as_bytes()), "{at}");
    assert!(error.may_have_reached_server() && error.attempts() == 1, "{at}");
    assert!(!error.is_timeout() && !error.is_connect(), "{at}");
    let text = error.to_string();
    assert!(text.starts_with("POST /api/groups/{groupId}/"), "{at}: {text}");
    assert!(!text.contains("oops") && !text.contains("CLUSTER_NOT_FOUND"), "{at}: {text}");

    let read = match error.as_service() {
        Some(TakeSnapshotError::Unauthorized(error)) => (401, error.get().is_some()),
        Some(TakeSnapshotError::NotFound(error)) => (404, error.get().is_some()),
        Some(TakeSnapshotError::Server(error)) => (5, error.get().is_some()),
        None => return assert_ne!(kind, ErrorKind::Service, "{at}"),
    };
    let readable = status >= 500 || body == API_ERROR;
    assert!([status, status / 100].contains(&read.0) && read.1 == readable, "{at}");
}

/// A row of the table in the README.
#[allow(clippy::print_stdout, reason = "seen with `--nocapture` only")]
fn told(cells: usize) {
    println!("| answers: status × media type × body, each its own kind of error | {cells} | 0 |");
}

#[tokio::test]
async fn status_then_media_type_then_body() {
    let mut cells = 0;
    for status in STATUSES {
        for (types, json) in [(JSON, true), (OTHERS, false)] {
            for media_type in types {
                for body in BODIES {
                    cell(status, media_type, json, body).await;
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 768);
    told(cells);
}
