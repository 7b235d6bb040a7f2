//! Nothing goes to a server that the caller did not choose, whatever the chosen one says.

use atlas_snapshots::types::TakeSnapshotRequest;
use atlas_snapshots::{ApiKey, Client, ServiceAccount};
use specwright_runtime::auth::Credential;

use crate::fixtures::{builder, grant, snapshot};
use crate::server::{Reply, Server};

/// Answers that point to another server in every way there is.
fn lures(elsewhere: &str) -> Vec<Reply> {
    let challenge = |domain: &str| {
        format!(
            r#"Digest realm="r", nonce="n", qop="auth", algorithm=MD5, domain="{domain}", stale=true"#
        )
    };
    let bearer = format!(r#"Bearer realm="{elsewhere}", error="invalid_token""#);
    let body = format!(
        r#"{{"access_token":"t","token_endpoint":"{elsewhere}","location":"{elsewhere}"}}"#
    );
    let mut all = Vec::new();
    for status in [200, 201, 300, 301, 302, 303, 305, 307, 308, 401, 407, 421] {
        for asks in [challenge(elsewhere), bearer.clone()] {
            let headers = [
                ("Location", elsewhere),
                ("Content-Location", elsewhere),
                ("Refresh", elsewhere),
                ("Link", elsewhere),
                ("Alt-Svc", elsewhere),
                ("WWW-Authenticate", &asks),
                ("Content-Type", "application/json"),
            ];
            all.push(Reply::new(status, &headers, &body));
        }
    }
    all
}

fn logins() -> [Credential; 2] {
    [ServiceAccount::new("id", "secret").into(), ApiKey::new("public", "private").into()]
}

/// Twice, since the second call goes by what the first has learned.
async fn call(client: &Client) {
    for _ in 0..2 {
        let call = client.take_snapshot("g", "c", TakeSnapshotRequest::new());
        // How it ends is the business of other tests.
        let _ = call.send().await;
    }
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the count is a result")]
async fn no_answer_sends_a_request_elsewhere() {
    let foreign = Server::always(snapshot()).await;
    let mut requests = 0;
    for lure in lures(&foreign.url) {
        for login in logins() {
            // Of the API, of the token endpoint, and of the API after a good token.
            for token_is_good in [true, false] {
                let lure = lure.clone();
                let server = Server::run(move |_, seen| {
                    if token_is_good && seen.is_token_request() { grant("t") } else { lure.clone() }
                })
                .await;
                let client = builder(&server).credentials(login.clone()).build().unwrap();
                call(&client).await;
                requests += server.seen().len();
            }
        }
    }
    assert!(requests > 200, "{requests}");
    assert!(foreign.seen().is_empty(), "{:#?}", foreign.seen());
    println!("requests or secrets at a foreign origin: 0, of {requests} requests");
}

/// What one server taught a login is not told to another.
#[tokio::test]
async fn a_login_that_serves_two_servers_keeps_them_apart() {
    let challenge = r#"Digest realm="r", nonce="of the first", qop="auth", algorithm=MD5"#;
    for login in logins() {
        let first = Server::run(move |number, seen| {
            if seen.is_token_request() {
                return grant("of-the-first");
            }
            let asks = number == 0 && seen.header("authorization").is_none();
            let asked = [("WWW-Authenticate", challenge)];
            if asks { Reply::new(401, &asked, "") } else { snapshot() }
        })
        .await;
        call(&builder(&first).credentials(login.clone()).build().unwrap()).await;

        let second =
            Server::run(
                |_, seen| {
                    if seen.is_token_request() { grant("of-the-second") } else { snapshot() }
                },
            )
            .await;
        call(&builder(&second).credentials(login).build().unwrap()).await;
        for seen in second.calls() {
            let sent = seen.header("authorization").unwrap_or_default();
            assert!(!sent.contains("of the first") && !sent.contains("of-the-first"), "{sent}");
        }
        assert!(!second.seen().is_empty());
    }
}
