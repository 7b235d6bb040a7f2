//! What comes with an answer or an error, read as the document describes it.

use specwright_runtime::jiff::Timestamp;

use crate::clients::headers::operations::headers;
use crate::clients::headers::types::State;
use crate::clients::headers::{Client, Error};
use crate::clients::of;
use crate::server::{Reply, Server};

async fn client(reply: Reply) -> Client {
    of(Client::builder(), &Server::always(reply).await)
}

#[tokio::test]
async fn headers_have_types() {
    let sent = [
        ("X-Total", "12"),
        ("X-Next", "/things?page=2"),
        ("x-tags", "a, b"),
        ("X-State", "stale"),
        ("X-Since", "2024-01-11T18:00:00Z"),
        ("X-Shape", "a,1"),
    ];
    let client = client(Reply::new(200, &sent, "")).await;
    let answer = client.list_things().send_with_metadata().await.unwrap();
    assert_eq!(answer.header(headers::X_TOTAL), Some(12));
    assert_eq!(answer.header(headers::X_NEXT).as_deref(), Some("/things?page=2"));
    assert_eq!(answer.header(headers::X_TAGS), Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(answer.header(headers::X_STATE), Some(State::Stale));
    assert_eq!(answer.header(headers::X_SINCE), "2024-01-11T18:00:00Z".parse().ok());
    assert_eq!(answer.header(headers::X_SHAPE).as_deref(), Some("a,1"));
}

#[tokio::test]
async fn a_header_that_is_missing_or_something_else_fails_nothing() {
    let client = client(Reply::new(200, &[("X-Total", "many"), ("X-State", "mouldy")], "")).await;
    let answer = client.list_things().send_with_metadata().await.unwrap();
    assert_eq!(answer.header(headers::X_TOTAL), None);
    assert_eq!(answer.header(headers::X_NEXT), None);
    assert_eq!(answer.header(headers::X_STATE), Some(State::UnknownValue("mouldy".to_owned())));
}

#[tokio::test]
async fn errors_have_headers_too() {
    let client = client(Reply::new(429, &[("X-Next", "/wait"), ("X-Total", "some")], "")).await;
    let error = client.list_things().send().await.unwrap_err();
    assert_eq!(error.header(headers::X_NEXT).as_deref(), Some("/wait"));
    let any = Error::from(error);
    assert_eq!(any.header(headers::X_TOTAL_HEADER).as_deref(), Some("some"));
}

#[tokio::test]
async fn last_days_reach_the_caller() {
    let sent = [("Deprecation", "@784111777"), ("Sunset", "Sun, 06 Nov 1994 08:49:38 GMT")];
    let at = |second| Timestamp::from_second(second).ok();
    let answer = client(Reply::new(200, &sent, "")).await;
    let answer = answer.list_things().send_with_metadata().await.unwrap();
    assert_eq!((answer.deprecation(), answer.sunset()), (at(784_111_777), at(784_111_778)));
    let error = client(Reply::new(410, &sent, "")).await.list_things().send().await.unwrap_err();
    assert_eq!((error.deprecation(), error.sunset()), (at(784_111_777), at(784_111_778)));
    let any = Error::from(error);
    assert_eq!((any.deprecation(), any.sunset()), (at(784_111_777), at(784_111_778)));
    let silent = client(Reply::new(200, &[], "")).await;
    let silent = silent.list_things().send_with_metadata().await.unwrap();
    assert_eq!((silent.deprecation(), silent.sunset()), (None, None));
}
