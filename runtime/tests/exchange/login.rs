//! Which credentials a call uses, probes, challenges and replays.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, HeaderValue, Uri};
use specwright_runtime::auth::{
    AuthContext, AuthError, AuthRequest, ChallengeResponse, Credential, Credentials, External,
    Readiness,
};
use specwright_runtime::codegen::v1::{Method, Operation};
use specwright_runtime::transport::{BoxFuture, TransportError};
use specwright_runtime::{ClientBuilder, Error, ErrorKind, NoError, RetryPolicy};

use crate::api::{Client, TakeSnapshotError};
use crate::mock::{Mock, Reply};

/// A scheme that does as it is told: it probes for as long as it has not been challenged `probes`
/// times, and asks for a replay at the first `replays` challenges.
#[derive(Clone, Debug, Default)]
struct Scripted {
    name: &'static str,
    probes: usize,
    replays: usize,
    elsewhere: bool,
    challenges: Arc<Mutex<Vec<(HeaderMap, HeaderMap, String)>>>,
}

impl Scripted {
    fn challenged(&self) -> usize {
        self.challenges.lock().unwrap().len()
    }
}

impl Credentials for Scripted {
    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        assert_eq!(context.base_url.as_str(), "https://cloud.example/");
        assert_eq!(context.declared_server, Some("https://cloud.example"));
        if self.elsewhere {
            *request.uri = Uri::from_static("https://evil.example/");
        }
        if self.challenged() < self.probes {
            return Box::pin(async { Ok(Readiness::Probe) });
        }
        let round = format!("{} {}", self.name, self.challenged());
        request.headers.append("authorization", HeaderValue::from_str(&round).unwrap());
        Box::pin(async { Ok(Readiness::Send) })
    }

    fn challenged<'a>(
        &'a self,
        _: AuthContext<'a>,
        sent: &'a HeaderMap,
        answer: &'a HeaderMap,
        uri: &'a Uri,
    ) -> BoxFuture<'a, Result<ChallengeResponse, AuthError>> {
        let round = (sent.clone(), answer.clone(), uri.to_string());
        self.challenges.lock().unwrap().push(round);
        let again = self.challenged() <= self.replays;
        Box::pin(async move {
            Ok(if again { ChallengeResponse::Replay } else { ChallengeResponse::GiveUp })
        })
    }
}

fn scripted(name: &'static str) -> Scripted {
    Scripted { name, ..Scripted::default() }
}

fn build(mock: &Mock, credentials: impl IntoIterator<Item = Credential>) -> Client {
    let builder = Client::builder().transport(mock.clone()).retry(RetryPolicy::never());
    credentials.into_iter().fold(builder, |b, c| b.credentials(c)).build().unwrap()
}

fn ok() -> Reply {
    Reply::json(200, r#"{"id":"a"}"#)
}

fn unauthorized() -> Reply {
    Reply::json(401, r#"{"error":401,"errorCode":"NO"}"#).with("www-authenticate", "Digest x")
}

async fn run(mock: &Mock, scheme: &Scripted) -> Result<(), Error<TakeSnapshotError>> {
    let client = build(mock, [scheme.clone().into()]);
    client.take_snapshot("g", "c").send().await.map(|_| ())
}

static OPTIONAL: Operation =
    Operation::new(Method::GET, "o", "/o").security(&[&[], &["A"], &["B", "C"]]);
static OPEN: Operation = Operation::new(Method::GET, "p", "/p");
static BOTH: Operation = Operation::new(Method::GET, "q", "/q").security(&[&["B", "C"], &["A"]]);

#[tokio::test]
async fn the_first_alternative_the_client_can_serve_is_used() {
    let for_scheme = |name| Credential::for_scheme(name, scripted(name));
    let any = || Credential::from(scripted("any"));
    for (operation, held, expected) in [
        (&OPEN, vec![for_scheme("A"), any()], Ok(vec![])),
        (&OPTIONAL, vec![], Ok(vec![])),
        (&OPTIONAL, vec![for_scheme("B")], Ok(vec![])),
        (&OPTIONAL, vec![for_scheme("C"), for_scheme("B")], Ok(vec!["B 0", "C 0"])),
        (&OPTIONAL, vec![for_scheme("A")], Ok(vec!["A 0"])),
        (&BOTH, vec![External.into()], Ok(vec![])),
        (&BOTH, vec![], Err("a credential for `B` with `C` or `A`, and the client has none: …")),
        (&BOTH, vec![for_scheme("A"), for_scheme("B")], Ok(vec!["A 0"])),
        (&BOTH, vec![any()], Ok(vec!["any 0"])),
        (&BOTH, vec![any(), for_scheme("C")], Ok(vec!["any 0", "C 0"])),
        (
            &BOTH,
            vec![for_scheme("B")],
            Err("a credential for `B` with `C` or `A`, and the client has others: …"),
        ),
        (
            &BOTH,
            vec![for_scheme("X")],
            Err("a credential for `B` with `C` or `A`, and the client has others: …"),
        ),
    ] {
        let mock = Mock::new([Reply::plain(200, "")]);
        let result = build(&mock, held).call(operation).send_empty::<NoError>().await;
        match expected {
            Ok(expected) => {
                result.unwrap();
                let seen = mock.only();
                let values = seen.headers.get_all("authorization").iter();
                assert_eq!(values.collect::<Vec<_>>(), expected);
            }
            Err(reason) => {
                let error = result.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Auth);
                let reason = reason.replace('…', "give it one with the builder's `credentials`");
                assert!(error.to_string().ends_with(&reason), "{error}");
                assert_eq!(error.attempts(), 0);
                assert!(mock.seen().is_empty() && !error.may_have_reached_server());
            }
        }
    }
}

#[tokio::test]
async fn a_probe_has_no_body_and_its_replay_has() {
    let scheme = Scripted { probes: 1, replays: 1, ..scripted("digest") };
    let mock = Mock::new([unauthorized(), ok()]);
    run(&mock, &scheme).await.unwrap();
    let seen = mock.seen();
    assert_eq!((seen[0].body.as_ref(), seen[0].header("content-type")), (None, None));
    assert_eq!(seen[0].header("authorization"), None);
    assert!(seen[1].body.is_some() && seen[1].header("content-type").is_some());
    assert_eq!(seen[1].header("authorization"), Some("digest 1"));
    assert!(seen[1].headers["authorization"].is_sensitive());
    let (sent, answer, uri) = scheme.challenges.lock().unwrap()[0].clone();
    assert!(!sent.contains_key("authorization") && answer.contains_key("www-authenticate"));
    assert_eq!(uri, seen[0].uri);
}

#[tokio::test]
async fn a_call_is_replayed_at_most_twice() {
    let eager = Scripted { replays: usize::MAX, ..scripted("eager") };
    let mock = Mock::new([unauthorized(), unauthorized(), unauthorized()]);
    let error = run(&mock, &eager).await.unwrap_err();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::Unauthorized(_))));
    assert_eq!((mock.seen().len(), eager.challenged()), (3, 2));

    let modest = scripted("modest");
    let mock = Mock::new([unauthorized()]);
    let error = run(&mock, &modest).await.unwrap_err();
    assert_eq!((error.kind(), modest.challenged()), (ErrorKind::Service, 1));
    assert!(error.may_have_reached_server());
}

#[tokio::test]
async fn a_probe_that_is_not_challenged_is_no_success() {
    for status in [200, 202, 204] {
        let scheme = Scripted { probes: 1, replays: 1, ..scripted("digest") };
        let mock = Mock::new([Reply::json(status, r#"{"id":"a"}"#)]);
        let error = run(&mock, &scheme).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotChallenged);
        assert!(error.may_have_reached_server());
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
    }
    for (status, kind) in
        [(404, ErrorKind::Service), (307, ErrorKind::Redirect), (418, ErrorKind::UnexpectedStatus)]
    {
        let scheme = Scripted { probes: 1, replays: 1, ..scripted("digest") };
        let error = run(&Mock::new([Reply::json(status, "{}")]), &scheme).await.unwrap_err();
        assert_eq!(error.kind(), kind);
    }
}

#[tokio::test]
async fn what_was_turned_away_has_not_reached_the_server() {
    let scheme = Scripted { probes: 1, replays: 1, ..scripted("digest") };
    let lost = Reply::Fail(TransportError::connect("refused"));
    let error = run(&Mock::new([unauthorized(), lost]), &scheme).await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_reached_server());
    assert!(error.status().is_none());

    let scheme = Scripted { probes: 1, replays: 1, ..scripted("digest") };
    let lost = Reply::Fail(TransportError::exchange("reset"));
    let error = run(&Mock::new([unauthorized(), lost]), &scheme).await.unwrap_err();
    assert!(error.may_have_reached_server());
}

#[tokio::test]
async fn a_scheme_cannot_send_a_call_elsewhere() {
    let scheme = Scripted { elsewhere: true, ..scripted("evil") };
    let mock = Mock::new([]);
    let error = run(&mock, &scheme).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(mock.seen().is_empty());
}

#[tokio::test]
async fn without_a_login_of_ours_a_401_is_the_answer() {
    let mock = Mock::new([unauthorized()]);
    let error = build(&mock, [External.into()]).take_snapshot("g", "c").send().await.unwrap_err();
    let Ok(TakeSnapshotError::Unauthorized(body)) = error.into_service() else { panic!() };
    assert_eq!(body.get().map(|e| e.error), Some(401));
}

#[tokio::test]
async fn the_real_schemes_fit() {
    use specwright_runtime::auth::{ClientCredentials, Digest};

    let token = r#"{"access_token":"t1","token_type":"Bearer","expires_in":3600}"#;
    let mock = Mock::new([Reply::json(200, token), ok(), ok()]);
    let account =
        ClientCredentials::new("https://cloud.example/oauth/token", "id".into(), "secret".into());
    let client = build(&mock, [Credential::for_scheme("ServiceAccounts", account)]);
    client.take_snapshot("g", "c").send().await.unwrap();
    client.clone().take_snapshot("g", "c").send().await.unwrap();
    let seen = mock.seen();
    assert_eq!(seen[0].uri, "https://cloud.example/oauth/token");
    assert_eq!(seen[2].header("authorization"), Some("Bearer t1"));

    let challenge = r#"Digest realm="r", nonce="n", qop="auth", algorithm=MD5"#;
    let asked = unauthorized().with("www-authenticate", challenge);
    let mock = Mock::new([asked, ok(), ok()]);
    let client = build(&mock, [Digest::new("public".into(), "private".into()).into()]);
    client.take_snapshot("g", "c").send().await.unwrap();
    client.take_snapshot("g", "c").send().await.unwrap();
    let seen = mock.seen();
    assert!(seen[0].body.is_none() && seen[1].body.is_some() && seen[2].body.is_some());
    assert!(seen[2].header("authorization").unwrap().starts_with("Digest "));
}

#[tokio::test]
async fn a_token_endpoint_in_trouble_is_a_failed_login() {
    use specwright_runtime::auth::ClientCredentials;

    let account =
        ClientCredentials::new("https://cloud.example/oauth/token", "id".into(), "canary".into());
    let busy = Reply::plain(429, "").with("retry-after", "9");
    let client = build(&Mock::new([busy]), [account.into()]);
    let error = client.take_snapshot("g", "c").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(9));
    assert!(!error.may_have_reached_server() && !format!("{error:?}").contains("canary"));

    let account =
        ClientCredentials::new("https://cloud.example/oauth/token", "id".into(), "canary".into());
    let mock = Mock::new([Reply::Fail(TransportError::connect("refused"))]);
    let error = build(&mock, [account.into()]).take_snapshot("g", "c").send().await.unwrap_err();
    assert_eq!((error.kind(), error.is_connect()), (ErrorKind::Auth, true));
}

static UPLOAD: Operation = Operation::new(Method::GET, "up", "/up")
    .server("https://upload.example/v2")
    .security(&[&["any"]]);

/// An operation's own server gets the credentials where the document or the caller names it, and
/// nothing at all where only the base URL was changed.
#[tokio::test]
async fn credentials_go_where_the_document_or_the_caller_says() {
    use specwright_runtime::auth::{Basic, Bearer};
    type Change = fn(ClientBuilder<Client>) -> ClientBuilder<Client>;
    let cases: [(Change, Option<&str>); 4] = [
        (|b| b, Some("https://upload.example/v2/up")),
        (|b| b.base_url("https://test.example"), None),
        (
            |b| b.server("https://upload.example/v2", "http://127.0.0.1:1"),
            Some("http://127.0.0.1:1/up"),
        ),
        (
            |b| {
                let builder = b.base_url("https://test.example");
                builder.server("https://upload.example/v2", "https://test.example/up")
            },
            Some("https://test.example/up/up"),
        ),
    ];
    for (change, expected) in cases {
        for login in
            [Credential::from(Bearer::new("t".into())), Basic::new("u".into(), "p".into()).into()]
        {
            let mock = Mock::new([Reply::plain(200, "")]);
            let builder = change(Client::builder().transport(mock.clone()).credentials(login));
            let sent = builder.build().unwrap().call(&UPLOAD).send_empty::<NoError>().await;
            let Some(uri) = expected else {
                assert_eq!(sent.unwrap_err().kind(), ErrorKind::Build);
                assert!(mock.seen().is_empty());
                continue;
            };
            sent.unwrap();
            assert_eq!(mock.only().uri, uri);
            assert!(mock.only().header("authorization").is_some());
        }
    }
}
