//! Secrets, values of parameters and bodies do not show in anything that can be printed.

use std::error::Error;
use std::fmt::Debug;

use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, Client, ServiceAccount};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use specwright_runtime::AnyError;

use crate::fixtures::{CallError, builder, grant, ok, open, refusal, snapshot};
use crate::server::{Nowhere, Reply, Server};

/// Part of everything that must not show.
const CANARY: &str = "canary";

fn assert_clean(what: &str, text: &str) {
    let encoded = STANDARD.encode("canary:canary");
    let shows = text.contains(CANARY) || text.contains(&encoded);
    assert!(!shows, "{what} shows a secret: {text}");
}

fn assert_debug_clean(what: &str, value: &impl Debug) {
    assert_clean(what, &format!("{value:?}"));
    assert_clean(what, &format!("{value:#?}"));
}

/// The error itself and everything under it.
fn assert_error_clean(what: &str, error: &dyn Error) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert_clean(what, &format!("{error}\n{error:#}\n{error:?}\n{error:#?}"));
        next = error.source();
    }
}

fn service_account() -> ServiceAccount {
    ServiceAccount::new("canary-id", "canary-secret")
}

fn api_key() -> ApiKey {
    ApiKey::new("canary-public", "canary-private")
}

/// How a call ends all of whose values are canaries.
async fn fails(client: &Client) -> CallError {
    let body = TakeSnapshotRequest::new().with_description("canary-description");
    client.take_snapshot("canary-group", "canary-cluster", body).send().await.unwrap_err()
}

async fn check(what: &str, client: &Client) {
    let error = fails(client).await;
    assert_error_clean(what, &error);
    assert_error_clean(what, &AnyError::from(error));
    assert_debug_clean(what, client);
}

#[tokio::test]
async fn what_is_put_together() {
    let server = Server::script([grant("canary-token"), snapshot()]).await;
    assert_debug_clean("ServiceAccount", &service_account());
    assert_debug_clean("ApiKey", &api_key());
    let builder = builder(&server)
        .header("X-Key", "canary-header")
        .credentials(service_account())
        .credentials(api_key());
    assert_debug_clean("the builder", &builder);
    let client = builder.build().unwrap();
    assert_debug_clean("the client", &client);

    let body = TakeSnapshotRequest::new().with_description("canary-description");
    let call = client.take_snapshot("canary-group", "canary-cluster", body);
    assert_debug_clean("the call", &call);
    let future = call.send_with_metadata();
    assert_debug_clean("the future", &future);
    future.await.unwrap();
    assert_debug_clean("the client that holds a token", &client);
}

#[test]
fn what_cannot_be_put_together() {
    let base_urls =
        ["https://canary:canary@127.0.0.1", "https://a/?canary", "canary", "http://canary.example"];
    for url in base_urls {
        let builder = Client::builder().base_url(url);
        assert_debug_clean(url, &builder);
        let error = builder.build().unwrap_err();
        assert_error_clean("a base URL", &error);
        assert_error_clean("a base URL", &AnyError::from(error));
    }
    let error = Client::builder().header("X-Key", "canary\n").build().unwrap_err();
    assert_error_clean("a header", &error);
    let error = Client::builder().user_agent("canary\ncanary").build().unwrap_err();
    assert_error_clean("a user agent", &error);
}

#[tokio::test]
async fn failures_of_a_call() {
    let echo = r#"{"canary":["canary"],"canary-id":"canary-secret"}"#;
    let location = [("Location", "https://canary.example/canary"), ("Set-Cookie", "a=canary")];
    for (what, reply) in [
        ("a redirect", Reply::new(307, &location, echo)),
        ("an undocumented status", Reply::new(418, &location, echo)),
        ("a documented status of no use", Reply::new(404, &location, echo)),
        ("no JSON", ok("canary")),
        ("a string", ok(r#""canary""#)),
        ("undeclared properties", ok(echo)),
        ("a value of the wrong type", ok(r#"{"storageSizeBytes":"canary"}"#)),
        ("a date", ok(r#"{"createdAt":"canary"}"#)),
        ("a UUID", ok(r#"{"masterKeyUUID":"canary"}"#)),
        ("another success", Reply::new(201, &[], echo)),
        ("no answer", Reply::hang_up()),
        ("no HTTP", Reply::raw("canary\r\n\r\n").then_close()),
        ("half an answer", Reply::raw("HTTP/1.1 200 canary\r\ncanary: canary").then_close()),
    ] {
        let server = Server::run(move |_, seen| {
            if seen.is_token_request() { grant("canary-token") } else { reply.clone() }
        })
        .await;
        check(what, &builder(&server).credentials(service_account()).build().unwrap()).await;
        check(what, &open(&server).build().unwrap()).await;
    }
}

#[tokio::test]
async fn failures_of_a_login() {
    let challenge = r#"Digest realm="canary", nonce="canary", qop="auth-int""#;
    for (what, reply) in [
        ("an echo", Reply::new(401, &[], r#"{"error":"canary-secret"}"#)),
        ("a plain echo", Reply::new(400, &[], r#"{"error":"canary"}"#)),
        ("an echo under 200", Reply::new(200, &[], r#"{"token":"canary-secret"}"#)),
        ("a bad token", Reply::new(200, &[], r#"{"access_token":"canary\n"}"#)),
        ("another token", Reply::new(200, &[], r#"{"access_token":"a","token_type":"canary"}"#)),
        ("no answer", Reply::hang_up()),
        ("a challenge", Reply::new(401, &[("WWW-Authenticate", challenge)], "canary")),
        ("a broken challenge", Reply::new(401, &[("WWW-Authenticate", "Digest canary")], "")),
        ("a success", ok(r#"{"id":"canary"}"#)),
    ] {
        let server = Server::always(reply).await;
        check(what, &builder(&server).credentials(service_account()).build().unwrap()).await;
        check(what, &builder(&server).credentials(api_key()).build().unwrap()).await;
    }
}

/// An error code of OAuth is a plain word, and so may be a bad secret.
#[tokio::test]
async fn an_echo_that_looks_like_an_error_code() {
    for (id, secret) in [("canary", "b"), ("b", "canary")] {
        let server = Server::always(Reply::new(400, &[], r#"{"error":"bad_canary"}"#)).await;
        let login = ServiceAccount::new(id, secret);
        check("a code", &builder(&server).credentials(login).build().unwrap()).await;
    }
}

#[tokio::test]
async fn nobody_there_and_refused_arguments() {
    let server = Server::always(refusal(404, "X")).await;
    let nowhere = Nowhere::new();
    let url = format!("{}/canary", nowhere.url());
    // The base URL shows in the client: it is checked to hold no password. Errors do not show it.
    let client = Client::builder().base_url(url).credentials(api_key()).build().unwrap();
    assert_error_clean("nobody there", &fails(&client).await);

    let client = open(&server).build().unwrap();
    let error = client
        .take_snapshot("canary\n", "canary", TakeSnapshotRequest::new())
        .send()
        .await
        .unwrap_err();
    assert_error_clean("a refused argument", &error);
    assert!(server.seen().is_empty());
}
