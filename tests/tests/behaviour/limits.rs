//! A call takes no longer, and an answer no more memory, than the client allows.

use std::time::{Duration, Instant};

use atlas_snapshots::{ApiKey, Client, ServiceAccount};
use specwright_runtime::{ClientBuilder, ErrorKind};

use crate::fixtures::{
    CallError, MEDIA_TYPE, SNAPSHOT, api_error, builder, call, grant, open, refusal, snapshot,
};
use crate::server::{Reply, Server};

const SOON: Duration = Duration::from_millis(150);

/// Both ways to say it in chunks of eight bytes, and with the length in front.
fn in_both_ways(status: u16, body: &str) -> [Reply; 2] {
    let mut chunked = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {MEDIA_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    for chunk in body.as_bytes().chunks(8) {
        let text = std::str::from_utf8(chunk).unwrap();
        chunked += &format!("{:x}\r\n{text}\r\n", chunk.len());
    }
    let counted = Reply::new(status, &[("Content-Type", MEDIA_TYPE)], body);
    [counted, Reply::raw(format!("{chunked}0\r\n\r\n"))]
}

async fn too_large(server: &Server, builder: ClientBuilder<Client>, status: u16) {
    let error = call(&builder.build().unwrap()).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), status);
    assert!(error.may_have_reached_server());
    assert!(error.as_service().is_none() && error.bytes().is_none());
    server.only();
}

#[tokio::test]
async fn answers_are_read_up_to_a_cap() {
    let length = SNAPSHOT.len() as u64;
    for reply in in_both_ways(200, SNAPSHOT) {
        let server = Server::always(reply).await;
        let enough = open(&server).max_response_bytes(length).max_error_bytes(0);
        assert!(call(&enough.build().unwrap()).send().await.is_ok());
    }
    for reply in in_both_ways(200, SNAPSHOT) {
        let server = Server::always(reply).await;
        too_large(&server, open(&server).max_response_bytes(length - 1), 200).await;
    }
}

#[tokio::test]
async fn errors_have_a_cap_of_their_own() {
    let body = api_error(404, "CLUSTER_NOT_FOUND");
    let length = body.len() as u64;
    for reply in in_both_ways(404, &body) {
        let server = Server::always(reply).await;
        let enough = open(&server).max_error_bytes(length).max_response_bytes(0);
        let error = call(&enough.build().unwrap()).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
    }
    for reply in in_both_ways(404, &body) {
        let server = Server::always(reply).await;
        too_large(&server, open(&server).max_error_bytes(length - 1), 404).await;
    }
}

#[tokio::test]
async fn an_endless_answer_ends_at_the_cap() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {MEDIA_TYPE}\r\n");
    let flood = "x".repeat(64 * 1024);
    for length in ["", "Content-Length: 9000000000000000000\r\n"] {
        let reply = Reply::raw(format!("{head}{length}\r\n{flood}")).then_stall();
        let server = Server::always(reply).await;
        too_large(&server, open(&server).max_response_bytes(4096), 200).await;
    }
}

/// The call runs out of time, in time.
async fn times_out(builder: ClientBuilder<Client>) -> CallError {
    let start = Instant::now();
    let error = call(&builder.build().unwrap()).send().await.unwrap_err();
    assert!((SOON..SOON * 40).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.as_service().is_none());
    error
}

#[tokio::test]
async fn a_server_that_says_nothing() {
    for limit in [ClientBuilder::attempt_timeout, ClientBuilder::timeout] {
        let server = Server::always(Reply::silence()).await;
        let error = times_out(limit(open(&server), SOON)).await;
        assert!(error.may_have_reached_server());
        assert_eq!(error.status(), None);
        server.only();
    }
}

#[tokio::test]
async fn a_server_that_stops_in_the_middle() {
    let head = format!("HTTP/1.1 404 X\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Length: 9\r\n\r\n");
    for limit in [ClientBuilder::attempt_timeout, ClientBuilder::timeout] {
        let server = Server::always(Reply::raw(format!("{head}{{")).then_stall()).await;
        let error = times_out(limit(open(&server), SOON)).await;
        assert!(error.may_have_reached_server());
        assert_eq!(error.status().unwrap().as_u16(), 404);
        server.only();
    }
}

#[tokio::test]
async fn a_token_endpoint_that_says_nothing_has_not_seen_the_call() {
    let login = || ServiceAccount::new("id", "secret");
    let server = Server::always(Reply::silence()).await;
    let error = times_out(builder(&server).credentials(login()).timeout(SOON)).await;
    assert!(!error.may_have_reached_server());

    // The same after a 401, which says that nothing was done.
    let replies = [grant("t"), refusal(401, "X"), Reply::silence()];
    let server = Server::script(replies).await;
    let error = times_out(builder(&server).credentials(login()).timeout(SOON)).await;
    assert!(!error.may_have_reached_server());
    assert_eq!(server.calls().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_nothing_to_the_second_trip() {
    let challenge =
        Reply::new(401, &[("WWW-Authenticate", r#"Digest realm="r", nonce="n", qop="auth""#)], "");
    let server = Server::script([challenge, Reply::silence()]).await;
    let login = ApiKey::new("a", "b");
    let error = times_out(builder(&server).credentials(login).attempt_timeout(SOON)).await;
    assert!(error.may_have_reached_server());
    assert_eq!(error.status(), None, "the 401 is over");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_client_survives_a_call_that_ran_out_of_time() {
    let server = Server::script([Reply::silence(), snapshot()]).await;
    let client = open(&server).attempt_timeout(SOON).build().unwrap();
    assert!(call(&client).send().await.unwrap_err().is_timeout());
    assert!(call(&client).send().await.is_ok());
}
