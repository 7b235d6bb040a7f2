//! The login of API keys: asked without the body, answered with it, and proven right by hashes of
//! our own.

use atlas_snapshots::operations::TakeSnapshotError;
use atlas_snapshots::{ApiKey, Client};
use specwright_runtime::ErrorKind;

use crate::fixtures::{MEDIA_TYPE, PATH, builder, call, grant, refusal, snapshot, sorted};
use crate::server::{Reply, Seen, Server};

mod answer;

use answer::{Algorithm, Answer};

const USER: &str = "publickey";
const PASSWORD: &str = "private:key ü";
const MD5: &str = r#"Digest realm="MMS Public API", domain="", nonce="n,1=", algorithm=MD5, qop="auth", stale=false"#;

fn client(server: &Server) -> Client {
    builder(server).credentials(ApiKey::new(USER, PASSWORD)).build().unwrap()
}

fn challenge(text: &str) -> Reply {
    let headers = [("WWW-Authenticate", text), ("Content-Type", "application/json")];
    Reply::new(401, &headers, crate::fixtures::api_error(401, "NOT_LOGGED_IN"))
}

/// The answer in the request, after it was found to prove the password for this very request.
fn proven(seen: &Seen, algorithm: Algorithm) -> Answer {
    let answer = Answer::read(seen.header("authorization").unwrap());
    assert_eq!(answer.get("username"), USER);
    assert_eq!(answer.get("realm"), "MMS Public API");
    assert_eq!(answer.get("uri"), seen.target());
    let expected = answer.expected(algorithm, PASSWORD, "POST");
    assert_eq!(answer.get("response"), expected, "{seen:?}");
    answer
}

/// A trip that carries nothing yet.
fn assert_probe(seen: &Seen) {
    assert_eq!(seen.header("content-length"), Some("0"));
    assert_eq!((seen.header("content-type"), seen.header("authorization")), (None, None));
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn two_trips() {
    let server = Server::script([challenge(MD5), snapshot()]).await;
    call(&client(&server)).pretty(false).send().await.unwrap();

    let [probe, answered] = &server.seen()[..] else { panic!("{:#?}", server.seen()) };
    assert_probe(probe);
    let expected = [
        format!("accept: {MEDIA_TYPE}"),
        "content-length: 0".to_owned(),
        format!("host: {}", server.authority()),
        format!("user-agent: {}", crate::fixtures::user_agent()),
    ];
    assert_eq!(sorted(&probe.headers), expected);
    assert_eq!(probe.line, format!("POST {PATH}?pretty=false HTTP/1.1"));
    assert_eq!(answered.line, probe.line);
    assert_eq!(answered.text(), r#"{"description":"note"}"#);
    assert_eq!(answered.header("content-type"), Some(MEDIA_TYPE));
    let answer = proven(answered, Algorithm::Md5);
    assert_eq!((answer.get("nonce"), answer.get("nc")), ("n,1=", "00000001"));
    assert_eq!(answer.get("qop"), "auth");
    assert!(answer.get("cnonce").len() >= 8);
}

#[tokio::test]
async fn every_algorithm_and_the_style_of_rfc_2069() {
    let realm = r#"realm="MMS Public API""#;
    for (offer, algorithm) in [
        (format!(r#"Digest {realm}, nonce="n", qop="auth""#), Algorithm::Md5),
        (format!(r#"Digest {realm}, nonce="n", qop="auth", algorithm=SHA-256"#), Algorithm::Sha256),
        (
            format!(r#"Digest {realm}, nonce="n", qop="auth", algorithm=SHA-512-256, opaque="o""#),
            Algorithm::Sha512Trunc256,
        ),
        (format!(r#"Digest {realm}, nonce="n", qop="auth,auth-int""#), Algorithm::Md5),
        (format!(r#"Digest {realm}, nonce="n""#), Algorithm::Md5),
        (
            format!(
                r#"Digest {realm}, nonce="n", qop="auth", algorithm=MD5, Digest {realm}, nonce="m", qop="auth", algorithm=SHA-256"#
            ),
            Algorithm::Sha256,
        ),
        (format!(r#"Basic {realm}, Digest {realm}, nonce="n", qop="auth""#), Algorithm::Md5),
    ] {
        let server = Server::script([challenge(&offer), snapshot()]).await;
        call(&client(&server)).send().await.unwrap();

        let [_, answered] = &server.seen()[..] else { panic!("{offer}: {:#?}", server.seen()) };
        let answer = proven(answered, algorithm);
        assert_eq!(answer.find("qop").is_some(), offer.contains("qop"), "{offer}");
        assert_eq!(answer.find("opaque"), offer.contains("opaque").then_some("o"));
    }
}

#[tokio::test]
async fn the_password_is_proven_for_the_path_as_it_is_sent() {
    let server = Server::script([challenge(MD5), snapshot()]).await;
    let body = atlas_snapshots::types::TakeSnapshotRequest::new();
    client(&server).take_snapshot("a/b", "ü'(%", body).pretty(true).send().await.unwrap();
    proven(&server.seen()[1], Algorithm::Md5);
}

#[tokio::test]
async fn a_nonce_is_used_again_with_a_rising_count() {
    let server =
        Server::run(|number, _| if number == 0 { challenge(MD5) } else { snapshot() }).await;
    let client = client(&server);
    for client in [&client, &client.clone(), &client] {
        call(client).send().await.unwrap();
    }

    let seen = server.seen();
    let counts: Vec<String> =
        seen[1..].iter().map(|seen| proven(seen, Algorithm::Md5).get("nc").to_owned()).collect();
    assert_eq!(counts, ["00000001", "00000002", "00000003"]);
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_in_the_same_call() {
    let newer = MD5.replace("n,1=", "n2").replace("stale=false", "stale=true");
    let replies = [challenge(MD5), snapshot(), challenge(&newer), snapshot()];
    let server = Server::script(replies).await;
    let client = client(&server);
    call(&client).send().await.unwrap();
    call(&client).send().await.unwrap();

    let used: Vec<(String, String)> = server.seen()[1..]
        .iter()
        .map(|seen| proven(seen, Algorithm::Md5))
        .map(|answer| (answer.get("nonce").to_owned(), answer.get("nc").to_owned()))
        .collect();
    let expected = [("n,1=", "00000001"), ("n,1=", "00000002"), ("n2", "00000001")];
    assert_eq!(used, expected.map(|(nonce, nc)| (nonce.to_owned(), nc.to_owned())));
}

#[tokio::test]
async fn a_wrong_password_is_the_documented_error() {
    let server = Server::always(challenge(MD5)).await;
    let error = call(&client(&server)).send().await.unwrap_err();

    let Some(TakeSnapshotError::Unauthorized(body)) = error.as_service() else {
        panic!("{error:?}")
    };
    assert_eq!(body.get().unwrap().error_code, "NOT_LOGGED_IN");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_probe_that_is_taken_is_not_a_success() {
    for reply in [snapshot(), Reply::new(201, &[], ""), Reply::new(204, &[], "")] {
        let server = Server::always(reply).await;
        let error = call(&client(&server)).send().await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::NotChallenged);
        assert!(error.may_have_reached_server());
        assert!(error.as_service().is_none());
        assert_probe(&server.only());
    }
}

#[tokio::test]
async fn a_probe_that_fails_otherwise_ends_as_its_answer_says() {
    let server = Server::always(refusal(404, "CLUSTER_NOT_FOUND")).await;
    let error = call(&client(&server)).send().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::NotFound(_))));
    assert_probe(&server.only());
}

#[tokio::test]
async fn a_401_without_a_challenge_is_the_documented_error() {
    for reply in [refusal(401, "X"), challenge("Basic realm=\"a\""), challenge("Bearer")] {
        let server = Server::always(reply).await;
        let error = call(&client(&server)).send().await.unwrap_err();
        assert!(matches!(error.as_service(), Some(TakeSnapshotError::Unauthorized(_))));
        assert_probe(&server.only());
    }
}

#[tokio::test]
async fn what_would_prove_too_little_is_refused() {
    let offer = MD5.replace(r#"qop="auth""#, r#"qop="auth-int""#);
    let server = Server::always(challenge(&offer)).await;
    let error = call(&client(&server)).send().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(!error.may_have_reached_server());
    assert_probe(&server.only());
}

#[tokio::test]
async fn of_both_logins_the_document_s_first_is_taken() {
    let server = Server::script([grant("t"), snapshot()]).await;
    let client = builder(&server)
        .credentials(ApiKey::new(USER, PASSWORD))
        .credentials(atlas_snapshots::ServiceAccount::new("id", "secret"))
        .build()
        .unwrap();
    call(&client).send().await.unwrap();
    assert_eq!(server.calls()[0].header("authorization"), Some("Bearer t"));
}
