//! No secret gets into a file, whatever the login and whatever the server sends back.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use specwright_runtime::auth::{Basic, Bearer, ClientCredentials, Credential, Digest, HeaderKey};
use specwright_runtime::http::{Method, Request};
use specwright_runtime::mock::{MockTransport, Reply, Sent};
use specwright_runtime::recorder::{Recorder, Replay};
use specwright_runtime::transport::{RequestBody, Transport};

use crate::api::{Client, Snapshot};
use crate::{Tape, snapshot};

/// Unlikely by chance in any text, and changed by percent-encoding.
const CANARY: &str = "c4n4ry+S3c-r3.t";
const ID: &str = "c4n4ry+1d";

fn spellings(secret: &str) -> Vec<String> {
    vec![
        secret.to_owned(),
        // Without the last letters, which depend on what follows.
        STANDARD.encode(secret)[..10].to_owned(),
        URL_SAFE_NO_PAD.encode(secret)[..10].to_owned(),
        STANDARD.encode(format!("{ID}:{secret}"))[..10].to_owned(),
        secret.replace('+', "%2B"),
        secret.replace('+', "%2b"),
    ]
}

fn check(what: &str, text: &str) {
    for spelling in [CANARY, ID].into_iter().flat_map(spellings) {
        assert!(!text.contains(&spelling), "{what} shows {spelling}:\n{text}");
    }
}

fn logins() -> Vec<(&'static str, Credential)> {
    let (id, secret) = (|| ID.to_owned(), || CANARY.to_owned());
    let token_url = "https://cloud.example/oauth/token";
    let key = |name, credential| (name, credential);
    vec![
        key("basic", Credential::for_scheme("Key", Basic::new(id(), secret()))),
        key("bearer", Credential::for_scheme("Key", Bearer::new(secret()))),
        key("digest", Credential::for_scheme("Key", Digest::new(id(), secret()))),
        key("header", Credential::for_scheme("Key", HeaderKey::new("x-own", secret()))),
        key("query", Credential::for_scheme("Key", HeaderKey::query("own", secret()))),
        key("cookie", Credential::for_scheme("Key", HeaderKey::cookie("own", secret()))),
        key(
            "client credentials",
            Credential::for_scheme("Key", ClientCredentials::new(token_url, id(), secret())),
        ),
    ]
}

/// A server that sends everything back that it was sent, and secrets of its own.
fn echo(sent: &Sent) -> Reply {
    let seen = format!("{} {:?}", sent.uri(), sent.header("authorization"));
    if sent.header("authorization").is_none() && sent.path().contains("/clusters/needs-login") {
        return Reply::new(401).header(
            "www-authenticate",
            &format!("Digest realm=\"r\", nonce=\"{CANARY}\", opaque=\"{CANARY}\", qop=\"auth\""),
        );
    }
    let body = serde_json::json!({
        "id": "1",
        "seen": seen,
        "cookie": sent.header("cookie"),
        "own": sent.header("x-own"),
        "in a URL": format!("/x/{}", CANARY.replace('+', "%2B")),
        "in a URL too": format!("/x/{}", CANARY.replace('+', "%2b")),
        "clientSecret": CANARY,
        "nested": [{"private_key": {"pem": [CANARY]}}],
        "url": format!("https://{ID}:{CANARY}@cloud.example/?sig={CANARY}&x=1"),
    });
    Reply::new(202)
        .header("set-cookie", &format!("session={CANARY}; Path=/"))
        .header("authentication-info", &format!("nextnonce=\"{CANARY}\""))
        .header("location", &format!("https://{ID}:{CANARY}@cloud.example/x?token={CANARY}"))
        .header("x-csrf-token", CANARY)
        .json(&body)
}

fn server() -> MockTransport {
    let mock = MockTransport::new();
    let token = serde_json::json!({
        "access_token": CANARY, "token_type": "Bearer", "expires_in": 3600,
        "refresh_token": CANARY, "scope": CANARY, CANARY: 1,
    });
    mock.when_request(Method::POST, "/oauth/token")
        .then_reply(Reply::new(200).header("x-echo", CANARY).json(&token))
        .always();
    let plan = mock.client(Client::builder()).unwrap();
    mock.when(plan.take_snapshot("?", "?", "?").send()).any_arguments().then_with(echo).always();
    mock
}

async fn program(client: &Client) -> Snapshot {
    client.take_snapshot("g", "needs-login", "why").request_id("7").send().await.unwrap()
}

/// Recorded with the secret, replayed with another.
#[tokio::test(start_paused = true)]
async fn logins_leave_nothing_behind() {
    for (name, credential) in logins() {
        let tape = Tape::new(&format!("secrets-{}", name.replace(' ', "-")));
        // Where the login is no header that the server understands, it is not asked for.
        let cluster = match name {
            "header" | "query" | "cookie" => "open",
            _ => "needs-login",
        };
        let call = |client: &Client| client.take_snapshot("g", cluster, "why").send();
        let recorder = tape.recorder(&server());
        let builder = Client::builder().header("X-Client-Wide", CANARY);
        let client = builder.transport(recorder).credentials(credential).build().unwrap();
        let answer = call(&client).await.unwrap();
        assert_eq!(answer.id.as_deref(), Some("1"));
        let text = tape.text();
        check(name, &text);
        assert!(text.contains("takeSnapshot"), "{text}");

        let replay = Replay::open(&tape.0).unwrap();
        let others = logins_of_somebody_else();
        let (_, other) = others.into_iter().find(|(other, _)| *other == name).unwrap();
        let builder = Client::builder().transport(replay.clone());
        let client = builder.credentials(other).build().unwrap();
        assert_eq!(call(&client).await.unwrap(), answer, "{name}");
        replay.verify();

        // What is told of a request that differs is told without the secret as well.
        let replay = Replay::open(&tape.0).unwrap();
        let (_, own) = logins().into_iter().find(|(own, _)| *own == name).unwrap();
        let builder = Client::builder().transport(replay.clone());
        let client = builder.credentials(own).build().unwrap();
        let error = client.take_snapshot("g", "another", "why").send().await.unwrap_err();
        check(name, &format!("{error:?} {}", replay.check().unwrap_err()));
    }
}

fn logins_of_somebody_else() -> Vec<(&'static str, Credential)> {
    let (id, secret) = (|| "x".to_owned(), || "y".to_owned());
    let account = ClientCredentials::new("https://cloud.example/oauth/token", id(), secret());
    vec![
        ("basic", Credential::for_scheme("Key", Basic::new(id(), secret()))),
        ("bearer", Credential::for_scheme("Key", Bearer::new(secret()))),
        ("digest", Credential::for_scheme("Key", Digest::new(id(), secret()))),
        ("header", Credential::for_scheme("Key", HeaderKey::new("x-own", secret()))),
        ("query", Credential::for_scheme("Key", HeaderKey::query("own", secret()))),
        ("cookie", Credential::for_scheme("Key", HeaderKey::cookie("own", secret()))),
        ("client credentials", Credential::for_scheme("Key", account)),
    ]
}

/// Neither does what the runtime prints of a recorder.
#[tokio::test(start_paused = true)]
async fn nothing_shows() {
    let tape = Tape::new("shows");
    let redaction = specwright_runtime::recorder::Redaction::new().value(CANARY);
    check("Redaction", &format!("{redaction:?}"));
    let recorder: Recorder = tape.recorder(&server()).redaction(redaction);
    check("Recorder", &format!("{recorder:?}"));
    let basic = Credential::for_scheme("Key", Basic::new(ID.into(), CANARY.into()));
    let client = Client::builder().transport(recorder.clone()).credentials(basic).build().unwrap();
    program(&client).await;
    check("Recorder", &format!("{recorder:?}"));
    check("Replay", &format!("{:?}", Replay::open(&tape.0).unwrap()));
}

/// Bodies of every form.
#[tokio::test(start_paused = true)]
async fn bodies_of_any_form() {
    let (tape, mock) = (Tape::new("forms"), MockTransport::new());
    let plan = mock.client(Client::builder()).unwrap();
    let line = format!(r#"{{"id": "1", "token": "{CANARY}"}}"#);
    let of = |kind: &str| Reply::new(200).header("content-type", kind);
    mock.when(plan.lines()).then_reply(of("application/x-ndjson").body(format!("{line}\n{line}")));
    mock.when(plan.log())
        .then_reply(of("application/x-www-form-urlencoded").body("a=1&api_key=c4n4ry%2BS3c-r3.t"))
        .then_reply(of("text/plain").body(format!("see https://x:{CANARY}@h/?sig={CANARY}")))
        .then_reply(of("image/png").body([b"\xff ", CANARY.as_bytes()].concat()));
    let events = format!("event: x\ndata: {line}\n\n");
    let item = specwright_runtime::codegen::v1::Item::Data;
    mock.when(plan.events(item)).then_reply(of("text/event-stream").body(events));
    let client = crate::open(tape.recorder(&mock));
    let mut lines = client.lines().await.unwrap();
    while lines.try_next().await.unwrap().is_some() {}
    for _ in 0..3 {
        let _ = client.log().await;
    }
    let mut events = client.events(item).await.unwrap();
    assert_eq!(
        events.try_next().await.unwrap(),
        Some(Snapshot { status: None, ..snapshot("1", "") })
    );
    assert_eq!(events.try_next().await.unwrap(), None);
    let text = tape.text();
    assert_eq!(text.lines().count(), 5);
    check("the file", &text);
}

/// A request for a token whose secret is in its body, and an answer with names of its own.
#[tokio::test(start_paused = true)]
async fn what_is_no_call_is_hardly_recorded() {
    let (tape, mock) = (Tape::new("no-call"), MockTransport::new());
    let answer = serde_json::json!({"access_token": "t", CANARY: CANARY, "error": CANARY});
    let reply = Reply::new(400).header("x-echo", CANARY).header("x-id", ID).json(&answer);
    mock.when_request(Method::POST, "/token").then_reply(reply);
    let form = format!("grant_type=password&username={ID}&client_secret={CANARY}");
    let body = RequestBody::Bytes(form.replace('+', "%2B").into());
    let request = Request::post("https://h/token?x=c4n4ry%2B1d").body(body).unwrap();
    let answer = tape.recorder(&mock).send(request).await.unwrap();
    answer.into_body().collect(1_000).await.unwrap();
    check("the file", &tape.text());
    assert_eq!(
        tape.text(),
        "{\"request\":{\"method\":\"POST\",\"path\":\"/token\",\"query\":[\"x=redacted-1\"]},\
         \"response\":{\"status\":400,\"headers\":{\"content-type\":\"application/json\",\
         \"x-echo\":\"redacted-2\",\"x-id\":\"redacted-1\"},\
         \"body\":{\"json\":{\"access_token\":\"redacted-3\"}}}}\n"
    );
}
