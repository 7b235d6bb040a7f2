use super::*;
use crate::client::Limits;
use crate::codegen::Operation;
use crate::decode::Wanted;
use crate::exchange::Answer;
use crate::stream::Item;

static OPERATION: Operation =
    Operation::new(http::Method::POST, "takeSnapshot", "/groups/{groupId}/snapshots");

#[derive(Debug)]
struct Documented;

impl fmt::Display for Documented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such cluster")
    }
}

impl std::error::Error for Documented {}

impl ServiceError for Documented {
    fn decode(parts: ErrorParts) -> Result<Self, ErrorParts> {
        if parts.status() == 404 { Ok(Self) } else { Err(parts) }
    }
}

fn answered() -> Box<Details> {
    let mut headers = HeaderMap::new();
    headers.insert("set-cookie", "canary".parse().unwrap());
    headers.insert("retry-after", "3".parse().unwrap());
    let status = StatusCode::NOT_FOUND;
    let answer = Answer {
        operation: &OPERATION,
        status,
        headers,
        bytes: "canary".into(),
        stream: None,
        events: (Item::Data, None),
        limits: Limits::default(),
        wanted: Wanted::default(),
        attempts: 2,
        resumption: None,
        code: None,
    };
    Details::answered(ErrorKind::Service, answer)
}

fn chain(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect()
}

#[test]
fn an_error_is_two_pointers() {
    assert_eq!(size_of::<Error<[u8; 400]>>(), 2 * size_of::<usize>());
}

#[test]
fn errors_say_method_template_status_and_kind() {
    let error = Error::documented(answered(), Documented);
    let text = "POST /groups/{groupId}/snapshots: 404 Not Found";
    assert_eq!(chain(&error), [text], "nothing is said twice");
    assert_eq!(error.operation(), "takeSnapshot");
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert!(error.may_have_reached_server() && !error.is_timeout() && !error.is_connect());
    let debug = format!("{error:?}{error:#?}");
    assert!(!debug.contains("canary") && debug.contains("set-cookie"), "{debug}");
    assert!(error.into_service().is_ok());
}

#[test]
fn reasons_follow_the_kind() {
    let details = Details::new(ErrorKind::Build, Some(&OPERATION)).because("no value");
    let error: Error<Documented> = Error::undocumented(details);
    let text =
        "POST /groups/{groupId}/snapshots: the call was refused before it was sent: no value";
    assert_eq!(chain(&error), [text]);
    assert!(!error.may_have_reached_server() && error.as_service().is_none());
    assert_eq!(error.into_service().unwrap_err().kind(), ErrorKind::Build);
}

#[test]
fn any_error_keeps_everything() {
    let error = AnyError::from(Error::documented(answered(), Documented));
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.bytes().map(Bytes::len), Some(6));
    assert!(error.as_service::<Documented>().is_some());
    assert!(error.as_service::<NoError>().is_none());
    assert_eq!(chain(&error), ["POST /groups/{groupId}/snapshots: 404 Not Found"]);
    assert!(!format!("{error:?}").contains("canary"));
    let error = error.into_service::<NoError>().unwrap_err();
    assert!(error.into_service::<Documented>().is_ok());
}

#[test]
fn any_error_takes_what_comes_before_a_call() {
    let error = AnyError::from(CredentialsError::new(vec!["TOKEN", "SECRET"]));
    let text = "not set in the environment, or empty, or not Unicode: TOKEN, SECRET";
    assert_eq!((error.kind(), chain(&error)), (ErrorKind::Auth, vec![text.to_owned()]));
    let error = AnyError::from(BuildError::new("no server"));
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Build, "no server"));
    assert_eq!((error.operation(), error.status()), ("", None));
}

#[test]
fn bodies_decode_or_say_why_not() {
    let good: ErrorBody<Vec<u8>> = ErrorBody::from_bytes("[1]");
    assert_eq!((good.get(), good.decode_error()), (Some(&vec![1]), None));
    let bad: ErrorBody<Vec<u8>> = ErrorParts::new(404, "[\"canary\"]").json();
    assert_eq!((bad.get(), &bad.bytes()[..]), (None, &b"[\"canary\"]"[..]));
    let reason = "Vec<u8>[0]: expected u8, found a string (line 1, column 9)";
    assert_eq!(bad.decode_error(), Some(reason));
    assert!(!format!("{bad:?}").contains("canary"));
    assert_eq!(ErrorParts::new(404, "é").text().into_value().as_deref(), Some("é"));
    assert!(ErrorParts::new(404, &b"\xff"[..]).text().get().is_none());
    assert_eq!(ErrorParts::new(404, "x").bytes().get().map(Bytes::len), Some(1));
    assert_eq!(ErrorParts::new(404, "x").empty().get(), Some(&()));
    assert_eq!(ErrorBody::new(7).into_value(), Some(7));
}
