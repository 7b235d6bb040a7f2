//! Real exchanges in a file, and the client against the file: `specwright_runtime::recorder`.

use atlas_snapshots::types::Snapshot;
use atlas_snapshots::{ApiKey, Client, ServiceAccount};
use specwright_runtime::ClientBuilder;
use specwright_runtime::recorder::{Recorder, Replay};
use specwright_runtime::transport::ReqwestTransport;

use crate::fixtures::{GROUP, PATH, call, grant, ok, refusal, snapshot};
use crate::server::{Reply, Server};

const SECRETS: [&str; 4] = ["s3cr3t-private", "s3cr3t-token", "s3cr3t-nonce", "s3cr3t-cookie"];
const CHALLENGE: &str = r#"Digest realm="MMS Public API", nonce="s3cr3t-nonce", qop="auth""#;

/// A snapshot is taken, after the server was busy, and looked at.
async fn program(builder: ClientBuilder<Client>) -> Vec<Snapshot> {
    let client = builder.build().unwrap();
    let taken = call(&client).send().await.unwrap();
    let seen = client.get_snapshot(GROUP, "Cluster0", taken.id.as_ref().unwrap());
    vec![seen.send().await.unwrap(), taken]
}

/// The program over HTTP, then over the file and without a server.
async fn round_trip(name: &str, server: Server, login: fn(&str) -> ClientBuilder<Client>) {
    let file = tempfile::Builder::new().prefix(name).suffix(".jsonl").tempfile().unwrap();
    let real = ReqwestTransport::new(Default::default()).unwrap();
    let recorder = Recorder::create(file.path(), real).unwrap();
    let builder = login("s3cr3t-private").base_url(&server.url);
    let first = program(builder.transport(recorder.clone())).await;
    recorder.finish().unwrap();

    let text = std::fs::read_to_string(file.path()).unwrap();
    for secret in SECRETS {
        assert!(!text.contains(secret), "{name}: {secret} in\n{text}");
    }
    let url = server.url.split_once("://").unwrap().1;
    assert!(!text.contains(url), "{text}");
    assert!(text.contains(PATH) && text.contains(r#""json":{"description":"note"}"#), "{text}");
    drop(server);

    let replay = Replay::open(file.path()).unwrap();
    let builder = login("of somebody else").transport(replay.clone());
    assert_eq!(program(builder).await, first);
    replay.verify();
}

fn busy() -> Reply {
    let headers = [("Retry-After", "0"), ("Set-Cookie", "session=s3cr3t-cookie")];
    Reply::new(429, &headers, "")
}

#[tokio::test]
async fn service_accounts() {
    let other = ok(r#"{"id":"65a0","status":"completed"}"#);
    let server = Server::script([
        grant("s3cr3t-token-1"),
        refusal(401, "UNAUTHORIZED"),
        grant("s3cr3t-token-2"),
        busy(),
        snapshot(),
        other,
    ]);
    let login = |secret: &str| Client::builder().credentials(ServiceAccount::new("id", secret));
    round_trip("account", server.await, login).await;
}

#[tokio::test]
async fn api_keys() {
    let challenge = || Reply::new(401, &[("WWW-Authenticate", CHALLENGE)], "");
    let other = ok(r#"{"id":"65a0","status":"completed"}"#);
    let server = Server::script([challenge(), busy(), snapshot(), other]);
    let login = |secret: &str| Client::builder().credentials(ApiKey::new("public", secret));
    round_trip("key", server.await, login).await;
}
