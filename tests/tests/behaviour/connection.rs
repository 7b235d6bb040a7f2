//! What goes wrong below HTTP, and whether the server may have taken the snapshot all the same.

use atlas_snapshots::{ApiKey, Client, ServiceAccount};
use specwright_runtime::ErrorKind;
use specwright_runtime::auth::External;

use crate::fixtures::{CallError, MEDIA_TYPE, SNAPSHOT, builder, call, client, fails, snapshot};
use crate::server::{Nowhere, Reply, Server};

fn broke_off(error: &CallError) {
    let answering = error.status().is_some();
    let kind = if answering { ErrorKind::Truncated } else { ErrorKind::Transport };
    assert_eq!(error.kind(), kind, "{error:?}");
    assert!(error.may_have_reached_server());
    assert!(!error.is_connect() && !error.is_timeout());
    assert!(error.as_service().is_none() && error.bytes().is_none());
}

/// The server could only say no; the client can say which logins there are.
#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::always(snapshot()).await;
    let error = call(&builder(&server).build().unwrap()).send().await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    assert!(!error.may_have_reached_server());
    let text = error.to_string();
    assert!(text.contains("a credential for `ServiceAccounts` or `DigestAuth`"), "{text}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_refused_connection_has_reached_nobody() {
    let nowhere = Nowhere::new();
    let bare = || Client::builder().base_url(nowhere.url());
    for (builder, kind) in [
        (bare().credentials(External), ErrorKind::Connect),
        (bare().credentials(ApiKey::new("a", "b")), ErrorKind::Connect),
        (bare().credentials(ServiceAccount::new("a", "b")), ErrorKind::Auth),
    ] {
        let error = call(&builder.build().unwrap()).send().await.unwrap_err();

        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.is_connect());
        assert!(!error.may_have_reached_server() && !error.is_timeout());
        assert!(error.status().is_none() && error.as_service().is_none());
    }
}

#[tokio::test]
async fn a_connection_that_ends_after_the_request_may_have_reached_the_server() {
    // `fails` has seen exactly one POST, with its body.
    broke_off(&fails(Reply::hang_up()).await);
    broke_off(&fails(Reply::raw("HTTP/1.1 20").then_close()).await);
    broke_off(&fails(Reply::raw("HTTP/1.1 200 OK\r\nContent-Type: a").then_close()).await);
    broke_off(&fails(Reply::raw("SSH-2.0-OpenSSH_9.9\r\n\r\n").then_close()).await);
}

#[tokio::test]
async fn a_post_is_not_repeated_on_a_reused_connection_either() {
    let server = Server::script([snapshot(), Reply::hang_up()]).await;
    let client = client(&server);
    call(&client).send().await.unwrap();
    broke_off(&call(&client).send().await.unwrap_err());

    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_its_status() {
    for status in [200, 404, 503] {
        let length = SNAPSHOT.len() + 1;
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {MEDIA_TYPE}\r\n");
        for rest in [
            format!("Content-Length: {length}\r\n\r\n{SNAPSHOT}"),
            format!("Content-Length: {length}\r\n\r\n"),
            format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{SNAPSHOT}\r\n", SNAPSHOT.len()),
        ] {
            let error = fails(Reply::raw(format!("{head}{rest}")).then_close()).await;
            broke_off(&error);
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.headers()["content-type"], MEDIA_TYPE);
        }
    }
}

#[tokio::test]
async fn an_answer_may_end_with_its_connection_or_come_in_chunks() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {MEDIA_TYPE}\r\n");
    let (first, second) = SNAPSHOT.split_at(9);
    let chunked = format!("9\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", second.len());
    for reply in [
        Reply::raw(format!("{head}Connection: close\r\n\r\n{SNAPSHOT}")).then_close(),
        Reply::raw(format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunked}")),
    ] {
        let server = Server::always(reply).await;
        assert!(call(&client(&server)).send().await.is_ok());
    }
}

#[tokio::test]
async fn an_answer_is_not_decompressed_behind_the_callers_back() {
    let server = Server::always(snapshot()).await;
    call(&client(&server)).send().await.unwrap();
    assert_eq!(server.only().header("accept-encoding"), None);
}

#[tokio::test]
async fn after_a_challenge_the_second_trip_counts() {
    let challenge =
        Reply::new(401, &[("WWW-Authenticate", r#"Digest realm="r", nonce="n", qop="auth""#)], "");
    let server = Server::script([challenge, Reply::hang_up()]).await;
    let client = builder(&server).credentials(ApiKey::new("a", "b")).build().unwrap();

    broke_off(&call(&client).send().await.unwrap_err());
    assert_eq!(server.seen().len(), 2);
}
