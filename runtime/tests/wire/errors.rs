//! Documented errors, chosen by status.

use specwright_runtime::codegen::v1::{Decode, ErrorBody, ErrorParts, ServiceError};

#[derive(Clone, Debug, PartialEq, Decode)]
struct ApiError {
    error_code: String,
}

#[derive(Clone, Debug, ServiceError)]
#[non_exhaustive]
enum All {
    #[status(default)]
    Unexpected(ErrorBody<ApiError>),
    #[status(4)]
    ClientError(ErrorBody<()>),
    #[status(5, text)]
    ServerError(ErrorBody<String>),
    #[status(404)]
    NotFound(ErrorBody<ApiError>),
    #[status(409, bytes)]
    Conflict(ErrorBody<bytes::Bytes>),
}

#[derive(Clone, Debug, ServiceError)]
enum One {
    #[status(404)]
    NotFound(ErrorBody<ApiError>),
}

const BODY: &[u8] = br#"{"errorCode":"X"}"#;

#[test]
fn exact_then_range_then_default() {
    for (status, text) in [
        (404, "404 Not Found"),
        (409, "409 Conflict"),
        (400, "4XX Client Error"),
        (499, "4XX Client Error"),
        (500, "5XX Server Error"),
        (599, "5XX Server Error"),
        (302, "Unexpected"),
        (600, "Unexpected"),
    ] {
        let error = All::decode(ErrorParts::new(status, BODY)).unwrap();
        assert_eq!(error.to_string(), text, "{status}");
    }
}

#[test]
fn the_body_as_documented() {
    let decode = |status| All::decode(ErrorParts::new(status, BODY)).unwrap();
    let expected = ApiError { error_code: "X".to_owned() };
    assert!(matches!(decode(404), All::NotFound(body) if body.get() == Some(&expected)));
    assert!(matches!(decode(301), All::Unexpected(body) if body.get() == Some(&expected)));
    assert!(matches!(decode(400), All::ClientError(body) if body.get() == Some(&())));
    assert!(
        matches!(decode(500), All::ServerError(body) if body.get().map(String::as_bytes) == Some(BODY))
    );
    assert!(matches!(decode(409), All::Conflict(body) if body.get().is_some_and(|b| b == BODY)));
    let page = All::decode(ErrorParts::new(404, "<html>")).unwrap();
    assert!(
        matches!(page, All::NotFound(body) if body.get().is_none() && body.bytes() == "<html>")
    );
}

#[test]
fn undocumented_statuses_come_back() {
    assert!(
        matches!(One::decode(ErrorParts::new(404, BODY)), Ok(One::NotFound(body)) if body.get().is_some())
    );
    assert_eq!(One::decode(ErrorParts::new(400, BODY)).unwrap_err().status(), 400);
}
