//! Answers that are no success: the status alone decides, and nothing that came is lost.

use std::time::Duration;

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::types::ApiError;
use specwright_runtime::{AnyError, ErrorBody, ErrorKind};

use crate::fixtures::{api_error, call, client, fails, refusal};
use crate::server::{Reply, Server};

const DOCUMENTED: [u16; 6] = [400, 401, 403, 404, 429, 500];

/// The status that the variant is for, and what the variant holds.
fn opened(error: &TakeSnapshotError) -> (u16, &ErrorBody<ApiError>) {
    match error {
        TakeSnapshotError::BadRequest(body) => (400, body),
        TakeSnapshotError::Unauthorized(body) => (401, body),
        TakeSnapshotError::Forbidden(body) => (403, body),
        TakeSnapshotError::NotFound(body) => (404, body),
        TakeSnapshotError::TooManyRequests(body) => (429, body),
        TakeSnapshotError::InternalServerError(body) => (500, body),
        other => panic!("a variant the document does not list: {other:?}"),
    }
}

#[tokio::test]
async fn each_documented_status_has_its_own_variant_with_the_typed_error() {
    for status in DOCUMENTED {
        let error = fails(refusal(status, "NO_LUCK")).await;

        assert_eq!(error.kind(), ErrorKind::Service, "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.headers()["content-type"], "application/json");
        assert_eq!(error.operation(), "takeSnapshot");
        assert!(error.may_have_reached_server());
        let (variant, body) = opened(error.as_service().unwrap());
        let expected = ApiError::new(i32::from(status), "NO_LUCK")
            .with_detail("No.")
            .with_reason("X")
            .with_parameters(vec!["a".into(), 7.into()]);
        assert_eq!((variant, body.get()), (status, Some(&expected)));
        assert_eq!(body.bytes(), api_error(status, "NO_LUCK").as_bytes());
        assert_eq!(error.bytes(), Some(body.bytes()));
        assert_eq!(body.decode_error(), None);
    }
}

#[tokio::test]
async fn an_error_says_the_name_that_the_service_has_for_it() {
    for (status, place) in [(404, ""), (418, ": a status the document does not list")] {
        let error = fails(refusal(status, "CLUSTER_NOT_FOUND")).await;
        assert_eq!(error.code(), Some("CLUSTER_NOT_FOUND"));
        let text = error.to_string();
        assert!(text.starts_with("POST /api/atlas/v2/groups/{groupId}/clusters/"), "{text}");
        assert!(text.ends_with(&format!(": CLUSTER_NOT_FOUND{place}")), "{text}");
        assert_eq!(AnyError::from(error).code(), Some("CLUSTER_NOT_FOUND"));
    }
    for body in ["<html>", "", r#"{"errorCode":"a cluster called orders"}"#] {
        let error = fails(Reply::new(404, &[], body)).await;
        assert_eq!(error.code(), None, "{body}");
    }
}

#[tokio::test]
async fn the_body_never_overrules_the_status() {
    let body = api_error(404, "CLUSTER_NOT_FOUND");
    let error = fails(Reply::new(403, &[("Content-Type", "application/json")], body)).await;

    let (variant, body) = opened(error.as_service().unwrap());
    assert_eq!((variant, body.get().unwrap().error), (403, 404));
}

#[tokio::test]
async fn a_refused_field_is_named() {
    let body = r#"{"error":400,"errorCode":"VALIDATION_ERROR","detail":null,"reason":null,
        "badRequestDetail":{"fields":[{"field":"retentionInDays","description":"too small"}]}}"#;
    let error = fails(Reply::new(400, &[("Content-Type", "application/json")], body)).await;

    let Some(TakeSnapshotError::BadRequest(body)) = error.as_service() else { panic!("{error:?}") };
    let error = body.get().unwrap();
    assert_eq!((&error.detail, &error.parameters), (&None, &None));
    let fields = error.bad_request_detail.as_ref().unwrap().fields.as_ref().unwrap();
    assert_eq!((&*fields[0].field, &*fields[0].description), ("retentionInDays", "too small"));
}

#[tokio::test]
async fn a_documented_status_keeps_its_variant_whatever_its_body() {
    let (html, json) = ("text/html", "application/json; charset=utf-8");
    for (content_type, body) in [
        (html, "<html>504</html>"),
        (html, ""),
        (json, ""),
        (json, "{}"),
        (json, "[]"),
        (json, r#"{"error":"404","errorCode":"X"}"#),
        (json, r#"{"error":404}"#),
        (json, r#"{"error":404,"errorCode":"X"#),
        (json, "\u{feff}null"),
    ] {
        let replies =
            DOCUMENTED.map(|status| Reply::new(status, &[("Content-Type", content_type)], body));
        let server = Server::script(replies).await;
        let client = client(&server);
        for status in DOCUMENTED {
            let error = call(&client).send().await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Service, "{status} {body}");
            let (variant, kept) = opened(error.as_service().unwrap());
            assert_eq!((variant, kept.get()), (status, None), "{body}");
            assert_eq!(kept.bytes(), body.as_bytes());
            assert!(kept.decode_error().is_some());
        }
    }
}

#[tokio::test]
async fn a_documented_status_with_bytes_that_are_no_text() {
    let error = fails(Reply::new(500, &[], b"\xff\x00\xfe")).await;

    let (variant, body) = opened(error.as_service().unwrap());
    assert_eq!((variant, body.get(), &body.bytes()[..]), (500, None, &b"\xff\x00\xfe"[..]));
}

#[tokio::test]
async fn an_undocumented_status_is_none_of_the_variants() {
    for status in [402, 405, 409, 418, 451, 499, 501, 502, 503, 599] {
        let error = fails(refusal(status, "TEAPOT")).await;

        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus, "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.bytes().unwrap(), api_error(status, "TEAPOT").as_bytes());
        assert!(error.as_service().is_none() && error.may_have_reached_server());
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        assert!(error.into_service().is_err());
    }
}

#[tokio::test]
async fn a_server_may_say_how_long_to_wait() {
    let seconds = Duration::from_secs;
    for (status, header, expected) in [
        (429, Some("7"), Some(seconds(7))),
        (429, Some("0"), Some(seconds(0))),
        (429, Some("Sun, 06 Nov 1994 08:49:37 GMT"), Some(seconds(0))),
        (429, Some("soon"), None),
        (429, None, None),
        (503, Some("120"), Some(seconds(120))),
    ] {
        let headers: Vec<(&str, &str)> =
            header.map(|value| ("Retry-After", value)).into_iter().collect();
        let error = fails(Reply::new(status, &headers, api_error(status, "SLOW_DOWN"))).await;
        assert_eq!(error.retry_after(), expected, "{header:?}");
        assert_eq!(AnyError::from(error).retry_after(), expected, "{header:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::always(crate::fixtures::snapshot()).await;
        for location in [format!("{}/elsewhere", elsewhere.url), "/elsewhere".to_owned()] {
            // `fails` has seen exactly one POST.
            let error = fails(Reply::new(status, &[("Location", &location)], "moved")).await;

            assert_eq!(error.kind(), ErrorKind::Redirect, "{status}");
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.headers()["location"], *location);
            assert!(error.as_service().is_none() && error.may_have_reached_server());
        }
        assert!(elsewhere.seen().is_empty(), "{status}: {:#?}", elsewhere.seen());
    }
}

#[tokio::test]
async fn the_crate_wide_error_still_knows_the_operation_s() {
    async fn both() -> Result<(), atlas_snapshots::Error> {
        let server = Server::always(refusal(404, "CLUSTER_NOT_FOUND")).await;
        let client = client(&server);
        call(&client).send().await?;
        Ok(())
    }
    let error = both().await.unwrap_err();

    assert_eq!((error.kind(), error.operation()), (ErrorKind::Service, "takeSnapshot"));
    let (variant, body) = opened(error.as_service::<TakeSnapshotError>().unwrap());
    assert_eq!((variant, &*body.get().unwrap().error_code), (404, "CLUSTER_NOT_FOUND"));
    assert!(error.into_service::<TakeSnapshotError>().is_ok());
}
