//! What goes out: every byte of a request is one we meant.

use atlas_snapshots::operations::TakeSnapshot;
use atlas_snapshots::types::TakeSnapshotRequest;

use crate::fixtures::{GROUP, MEDIA_TYPE, PATH, call, client, open, snapshot, sorted, user_agent};
use crate::server::{Seen, Server};

/// The request that a call makes.
async fn sent(prepare: impl FnOnce(TakeSnapshot) -> TakeSnapshot) -> Seen {
    let server = Server::always(snapshot()).await;
    prepare(call(&client(&server))).send().await.unwrap();
    server.only()
}

#[tokio::test]
async fn the_whole_request() {
    let server = Server::always(snapshot()).await;
    let body =
        TakeSnapshotRequest::new().with_retention_in_days(7).with_description("before migration");
    let client = client(&server);
    client.take_snapshot(GROUP, "Cluster0", body).pretty(false).send().await.unwrap();

    let seen = server.only();
    assert_eq!(seen.line, format!("POST {PATH}?pretty=false HTTP/1.1"));
    // In the order of the document, not of the calls; nothing between the tokens.
    assert_eq!(seen.text(), r#"{"description":"before migration","retentionInDays":7}"#);
    let expected = [
        format!("accept: {MEDIA_TYPE}"),
        "content-length: 54".to_owned(),
        format!("content-type: {MEDIA_TYPE}"),
        format!("host: {}", server.authority()),
        format!("user-agent: {}", user_agent()),
    ];
    assert_eq!(sorted(&seen.headers), expected);
}

#[tokio::test]
async fn bodies() {
    let new = TakeSnapshotRequest::new;
    for (body, expected) in [
        (new(), "{}"),
        (new().with_description(""), r#"{"description":""}"#),
        (new().with_retention_in_days(1), r#"{"retentionInDays":1}"#),
        (new().with_retention_in_days(i32::MIN), r#"{"retentionInDays":-2147483648}"#),
        (
            new().with_description("\"ü\" \\ /\n\u{1}\u{1F980}"),
            "{\"description\":\"\\\"ü\\\" \\\\ /\\n\\u0001\u{1F980}\"}",
        ),
    ] {
        let server = Server::always(snapshot()).await;
        client(&server).take_snapshot(GROUP, "Cluster0", body).send().await.unwrap();

        let seen = server.only();
        assert_eq!(seen.text(), expected);
        assert_eq!(seen.header("content-type"), Some(MEDIA_TYPE));
        assert_eq!(seen.header("content-length"), Some(&*expected.len().to_string()));
        assert_eq!(seen.header("transfer-encoding"), None);
    }
}

#[tokio::test]
async fn queries_say_what_was_set_in_that_order() {
    type Prepare = fn(TakeSnapshot) -> TakeSnapshot;
    let table: [(Prepare, &str); 5] = [
        (|call| call, ""),
        (|call| call.pretty(false), "?pretty=false"),
        (|call| call.pretty(true), "?pretty=true"),
        (|call| call.pretty(true).pretty(false), "?pretty=false"),
        (|call| call.envelope(false).pretty(true), "?envelope=false&pretty=true"),
    ];
    for (prepare, query) in table {
        assert_eq!(sent(prepare).await.target(), format!("{PATH}{query}"));
    }
}

#[tokio::test]
async fn an_application_says_its_name_first() {
    let server = Server::always(snapshot()).await;
    let client = open(&server).user_agent("my-app/1.2").build().unwrap();
    call(&client).send().await.unwrap();

    let expected = format!("my-app/1.2 {}", user_agent());
    assert_eq!(server.only().header("user-agent"), Some(&*expected));
}

#[tokio::test]
async fn a_header_of_the_client_is_sent_and_never_wins_over_the_operation() {
    let server = Server::always(snapshot()).await;
    let client = open(&server)
        .header("X-Team", "backup")
        .header("Accept", "text/html")
        .header("Content-Type", "text/html")
        .build()
        .unwrap();
    call(&client).send().await.unwrap();

    let seen = server.only();
    assert_eq!(seen.header("x-team"), Some("backup"));
    assert_eq!(seen.header("accept"), Some(MEDIA_TYPE));
    assert_eq!(seen.header("content-type"), Some(MEDIA_TYPE));
}

#[tokio::test]
async fn a_call_is_sent_as_often_as_it_is_awaited() {
    let server = Server::always(snapshot()).await;
    let client = client(&server);
    let prepared = call(&client);
    drop(prepared.clone().send());
    assert!(server.seen().is_empty());

    prepared.clone().send().await.unwrap();
    prepared.send().await.unwrap();

    let [first, second] = &server.seen()[..] else { panic!("{:#?}", server.seen()) };
    assert_eq!(
        (&first.line, &first.headers, &first.body),
        (&second.line, &second.headers, &second.body)
    );
}
