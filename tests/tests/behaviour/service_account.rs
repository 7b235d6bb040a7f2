//! The login of service accounts: a token is fetched once, shared, and replaced once.

use std::time::Duration;

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::{Client, ServiceAccount};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use specwright_runtime::ErrorKind;

use crate::fixtures::{PATH, builder, call, grant, refusal, snapshot, sorted, user_agent};
use crate::server::{Reply, Seen, Server};

fn client(server: &Server) -> Client {
    builder(server).credentials(ServiceAccount::new("mdb_sa_id", "secret")).build().unwrap()
}

fn bearers(seen: &[Seen]) -> Vec<&str> {
    seen.iter().map(|seen| seen.header("authorization").unwrap()).collect()
}

#[tokio::test]
async fn the_whole_token_request_and_the_call_that_follows() {
    let server = Server::script([grant("t-1"), snapshot()]).await;
    call(&client(&server)).send().await.unwrap();

    let [token, operation] = &server.seen()[..] else { panic!("{:#?}", server.seen()) };
    assert_eq!(token.line, "POST /api/oauth/token HTTP/1.1");
    assert_eq!(token.text(), "grant_type=client_credentials");
    let expected = [
        "accept: application/json".to_owned(),
        format!("authorization: Basic {}", STANDARD.encode("mdb_sa_id:secret")),
        "content-length: 29".to_owned(),
        "content-type: application/x-www-form-urlencoded".to_owned(),
        format!("host: {}", server.authority()),
        format!("user-agent: {}", user_agent()),
    ];
    assert_eq!(sorted(&token.headers), expected);

    assert_eq!(operation.line, format!("POST {PATH} HTTP/1.1"));
    assert_eq!(operation.text(), r#"{"description":"note"}"#);
    assert_eq!(operation.header("authorization"), Some("Bearer t-1"));
    let names: Vec<String> = sorted(&operation.headers)
        .iter()
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect();
    let meant = ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
    assert_eq!(names, meant);
}

#[tokio::test]
async fn id_and_secret_are_form_encoded_before_they_are_joined() {
    for (id, secret, pair) in [
        ("a:b", "c:d", "a%3Ab:c%3Ad"),
        ("a b", "+%&=", "a+b:%2B%25%26%3D"),
        ("ü", "-._*~", "%C3%BC:-._*%7E"),
    ] {
        let server = Server::script([grant("t"), snapshot()]).await;
        let login = ServiceAccount::new(id, secret);
        call(&builder(&server).credentials(login).build().unwrap()).send().await.unwrap();

        let expected = format!("Basic {}", STANDARD.encode(pair));
        assert_eq!(server.seen()[0].header("authorization"), Some(&*expected));
    }
}

#[tokio::test]
async fn one_token_serves_calls_clones_and_tasks() {
    let server =
        Server::run(|_, seen| if seen.is_token_request() { grant("t-1") } else { snapshot() })
            .await;
    let login = ServiceAccount::new("id", "secret");
    let first = builder(&server).credentials(login.clone()).build().unwrap();
    let second = builder(&server).credentials(login).build().unwrap();
    let tasks: Vec<_> = [&first, &first, &second, &first.clone()]
        .into_iter()
        .map(|client| tokio::spawn(call(client).send()))
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    call(&first).send().await.unwrap();

    assert_eq!(server.token_requests(), 1);
    assert_eq!(bearers(&server.calls()), ["Bearer t-1"; 5]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refused = refusal(401, "NOT_AUTHORIZED");
    let replies = [grant("t-1"), snapshot(), refused, grant("t-2"), snapshot(), snapshot()];
    let server = Server::script(replies).await;
    let client = client(&server);
    for _ in 0..3 {
        call(&client).send().await.unwrap();
    }

    assert_eq!(server.token_requests(), 2);
    let calls = server.calls();
    assert_eq!(bearers(&calls), ["Bearer t-1", "Bearer t-1", "Bearer t-2", "Bearer t-2"]);
    assert!(calls.iter().all(|call| call.text() == r#"{"description":"note"}"#));
}

#[tokio::test]
async fn a_401_that_stays_is_the_documented_error() {
    let server = Server::run(|number, seen| {
        if seen.is_token_request() {
            grant(&format!("t-{number}"))
        } else {
            refusal(401, "NOT_AUTHORIZED")
        }
    })
    .await;
    let error = call(&client(&server)).send().await.unwrap_err();

    assert!(matches!(error.as_service(), Some(TakeSnapshotError::Unauthorized(_))), "{error:?}");
    assert!(error.may_have_reached_server());
    assert_eq!(server.token_requests(), 2);
    assert_eq!(bearers(&server.calls()), ["Bearer t-0", "Bearer t-2"]);
}

#[tokio::test]
async fn token_answers_of_every_label() {
    let body = r#"{"token_type":"bearer","access_token":"t","expires_in":"3600","more":{}}"#;
    for content_type in ["application/vnd.atlas.2023-01-01+json;charset=utf-8", "text/plain"] {
        let token = Reply::new(200, &[("Content-Type", content_type)], body);
        let server = Server::script([token, snapshot()]).await;
        call(&client(&server)).send().await.unwrap();
        assert_eq!(server.calls()[0].header("authorization"), Some("Bearer t"));
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_to_the_operation() {
    let wait = [("Retry-After", "30"), ("Content-Type", "application/json")];
    for (reply, retry_after) in [
        (Reply::new(401, &[], r#"{"error":"invalid_client"}"#), None),
        (Reply::new(403, &[], r#"{"error":"access_denied"}"#), None),
        (Reply::new(429, &wait, crate::fixtures::api_error(429, "RATE_LIMITED")), Some(30)),
        (Reply::new(500, &[], "<html>"), None),
        (Reply::new(307, &[("Location", "/elsewhere")], ""), None),
        (Reply::new(200, &[], "<html>"), None),
        (Reply::new(200, &[], r#"{"token_type":"Bearer"}"#), None),
        (Reply::new(200, &[], r#"{"access_token":"t","token_type":"mac"}"#), None),
        (Reply::hang_up(), None),
    ] {
        let server = Server::script([reply.clone()]).await;
        let error = call(&client(&server)).send().await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Auth, "{reply:?}");
        assert_eq!(error.retry_after(), retry_after.map(Duration::from_secs));
        assert!(!error.may_have_reached_server());
        assert!(error.as_service().is_none() && !error.is_connect() && !error.is_timeout());
        assert_eq!(server.only().line, "POST /api/oauth/token HTTP/1.1");
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_after_a_401() {
    let refused = refusal(401, "NOT_AUTHORIZED");
    let server = Server::script([grant("t-1"), refused, refusal(500, "X")]).await;
    let error = call(&client(&server)).send().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(!error.may_have_reached_server(), "all that was sent was turned away");
    assert_eq!((server.token_requests(), server.calls().len()), (2, 1));
}

#[tokio::test]
async fn the_token_is_not_sent_after_a_redirect() {
    let elsewhere = Server::always(snapshot()).await;
    let moved = Reply::new(307, &[("Location", &elsewhere.url)], "");
    let server = Server::script([grant("t-1"), moved]).await;
    let error = call(&client(&server)).send().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(elsewhere.seen().is_empty());
    assert_eq!(server.seen().len(), 2);
}
