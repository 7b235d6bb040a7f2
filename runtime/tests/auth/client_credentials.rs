//! The token request, its answers, and what a 401 does.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use specwright_runtime::auth::{AuthErrorKind, ClientCredentials, Readiness};
use specwright_runtime::transport::{ResponseBody, TransportError};

use crate::support::{Answer, Api, Mock, SERVER, TOKEN_URL, answer, grant};

fn account() -> ClientCredentials {
    ClientCredentials::new(TOKEN_URL, "my id".to_owned(), "s3:c r&t+%é".to_owned())
}

#[tokio::test]
async fn the_token_request_is_the_one_of_the_rfc() {
    let mock = Mock::new(|_, _| async { grant("t0ken", 3600) });
    let (readiness, _, headers) = Api::default().authorize(&account(), &mock).await.unwrap();
    assert_eq!(readiness, Readiness::Send);
    assert_eq!(headers["authorization"], "Bearer t0ken");
    assert!(headers["authorization"].is_sensitive());

    let seen = &mock.seen()[0];
    assert_eq!(seen.method, Method::POST);
    assert_eq!(seen.uri, TOKEN_URL);
    assert_eq!(seen.body, b"grant_type=client_credentials");
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    let login = STANDARD.encode("my+id:s3%3Ac+r%26t%2B%25%C3%A9");
    assert_eq!(seen.header("authorization"), Some(format!("Basic {login}").as_str()));
    assert!(seen.headers["authorization"].is_sensitive());
    assert_eq!(seen.headers.len(), 3);
}

#[tokio::test]
async fn scopes_go_into_the_form_and_have_tokens_of_their_own() {
    let mock = Mock::new(|number, _| async move { grant(&format!("t{number}"), 3600) });
    let plain = account();
    let scoped = plain.clone().scope("read:a").scope("b&c");
    for (credentials, expected) in [(&plain, "Bearer t0"), (&scoped, "Bearer t1")] {
        let (_, _, headers) = Api::default().authorize(credentials, &mock).await.unwrap();
        assert_eq!(headers["authorization"], expected);
    }
    let form = b"grant_type=client_credentials&scope=read%3Aa+b%26c";
    assert_eq!(mock.seen()[1].body, form);
}

#[tokio::test]
async fn the_token_url_follows_the_base_url_and_tokens_do_not() {
    let mock = Mock::new(|number, _| async move { grant(&format!("t{number}"), 3600) });
    let account = account();
    for (base, token_url, token) in [
        (SERVER, TOKEN_URL, "Bearer t0"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/oauth/token", "Bearer t1"),
    ] {
        let api = Api { base_url: base.to_owned(), ..Api::default() };
        let (_, _, headers) = api.authorize(&account, &mock).await.unwrap();
        assert_eq!(headers["authorization"], token);
        assert_eq!(mock.seen().last().unwrap().uri, token_url);
    }
}

#[tokio::test]
async fn a_vendor_type_with_a_charset_is_read() {
    let mock = Mock::new(|_, _| async {
        let vendor = "application/vnd.atlas.2023-01-01+json;charset=utf-8";
        answer(200, &[("content-type", vendor)], r#"{"access_token":"v","extra":[1]}"#)
    });
    let (_, _, headers) = Api::default().authorize(&account(), &mock).await.unwrap();
    assert_eq!(headers["authorization"], "Bearer v");
}

#[tokio::test]
async fn nothing_is_sent_to_a_stranger_or_in_the_clear() {
    let mock = Mock::new(|_, _| async { grant("t", 3600) });
    let insecure = ClientCredentials::new("http://id.example.org/t", "i".into(), "s".into());
    let error = Api::default().authorize(&insecure, &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Configuration);
    assert!(!error.is_retryable());
    assert_eq!(mock.count(), 0);
}

#[tokio::test]
async fn refusals_have_their_kind() {
    use AuthErrorKind::{AccessDenied, Malformed, RateLimited, Rejected, Unavailable};
    let oauth = |code: &str| format!(r#"{{"error":"{code}","error_description":"my id"}}"#);
    for (status, body, kind, code, retryable) in [
        (401, oauth("invalid_client"), Rejected, Some("invalid_client"), false),
        (400, oauth("invalid_scope"), Rejected, Some("invalid_scope"), false),
        (404, "<html>".to_owned(), Rejected, None, false),
        (403, oauth("access_denied"), AccessDenied, Some("access_denied"), false),
        (403, String::new(), Rejected, None, false),
        (429, r#"{"error":429,"errorCode":"RATE"}"#.to_owned(), RateLimited, None, true),
        (500, String::new(), Unavailable, None, true),
        (503, oauth("temporarily_unavailable"), Unavailable, Some("temporarily_unavailable"), true),
        (302, String::new(), Malformed, None, false),
        (200, "<html>".to_owned(), Malformed, None, false),
    ] {
        let sent = body.clone();
        let mock = Mock::new(move |_, _| {
            let sent = sent.clone();
            async move { answer(status, &[("retry-after", "7"), ("location", "/x")], &sent) }
        });
        let error = Api::default().authorize(&account(), &mock).await.unwrap_err();
        let found = (error.kind(), error.code(), error.is_retryable());
        assert_eq!(found, (kind, code, retryable), "{status} {body}");
        assert_eq!(error.status().unwrap(), status);
        let wait = (status >= 300).then_some(Duration::from_secs(7));
        assert_eq!(error.retry_after(), wait, "{status}");
        assert!(!error.to_string().contains("my id"), "{error}");
        assert_eq!(mock.count(), 1, "one request, no redirect followed");
    }
}

#[tokio::test]
async fn transport_failures_keep_their_cause() {
    type Give = fn() -> Answer;
    let cases: [(Give, bool, bool); 4] = [
        (|| Err(TransportError::connect("refused")), true, false),
        (|| Err(TransportError::exchange("reset")), false, false),
        (|| Err(TransportError::exchange("slow").timed_out()), false, true),
        (
            || {
                let broken = Broken(Some(TransportError::body("cut")));
                Ok(http::Response::new(ResponseBody::from_stream(broken)))
            },
            false,
            false,
        ),
    ];
    for (give, connect, timeout) in cases {
        let mock = Mock::new(move |_, _| async move { give() });
        let error = Api::default().authorize(&account(), &mock).await.unwrap_err();
        assert_eq!(error.kind(), AuthErrorKind::Transport);
        assert_eq!((error.is_connect(), error.is_timeout()), (connect, timeout));
        assert!(error.is_retryable());
        assert!(std::error::Error::source(&error).is_some());
    }
}

/// A body that breaks off.
struct Broken(Option<TransportError>);

impl futures_core::Stream for Broken {
    type Item = Result<bytes::Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Err))
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let huge = format!(r#"{{"access_token":"t","pad":"{}"}}"#, "x".repeat(256 * 1024));
    let mock = Mock::new(move |_, _| {
        let huge = huge.clone();
        async move { answer(200, &[], &huge) }
    });
    let error = Api::default().authorize(&account(), &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Malformed);
}

/// An API that accepts some tokens, with a token endpoint that counts them up.
fn api(accepts: impl Fn(&str) -> bool + Send + Sync + Clone + 'static) -> Mock {
    let tokens = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    Mock::new(move |_, seen| {
        let (accepts, tokens) = (accepts.clone(), tokens.clone());
        async move {
            if seen.uri.path().ends_with("/token") {
                let number = tokens.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                return grant(&format!("t{number}"), 3600);
            }
            let ok = accepts(seen.header("authorization").unwrap());
            answer(if ok { 200 } else { 401 }, &[], "")
        }
    })
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let mock = api(|token| token == "Bearer t1");
    let outcome = Api::default().call(&account(), &mock).await.unwrap();
    assert_eq!((outcome.status.as_u16(), outcome.trips), (200, 2));
    assert_eq!(mock.token_calls(), 2);
}

#[tokio::test]
async fn a_second_401_is_the_answer_and_costs_no_more_tokens() {
    let mock = api(|_| false);
    let account = account();
    let outcome = Api::default().call(&account, &mock).await.unwrap();
    assert_eq!((outcome.status.as_u16(), outcome.trips), (401, 2));
    assert_eq!(mock.token_calls(), 2);
    for _ in 0..20 {
        let outcome = Api::default().call(&account, &mock).await.unwrap();
        assert_eq!((outcome.status.as_u16(), outcome.trips), (401, 1));
    }
    assert_eq!(mock.token_calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_replacement_that_was_good_for_a_while_is_replaced_in_turn() {
    let mock = api(|token| token == "Bearer t2");
    let account = account();
    assert_eq!(Api::default().call(&account, &mock).await.unwrap().trips, 2);
    tokio::time::advance(Duration::from_secs(61)).await;
    let outcome = Api::default().call(&account, &mock).await.unwrap();
    assert_eq!((outcome.status.as_u16(), outcome.trips), (200, 2));
}

#[tokio::test]
async fn a_newer_token_survives_the_refusal_of_an_older_one() {
    let mock = std::sync::Arc::new(api(|token| token != "Bearer t0"));
    let account = account();
    // Warm up, then let many calls be refused with the same token.
    Api::default().authorize(&account, &*mock).await.unwrap();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let (account, mock) = (account.clone(), mock.clone());
            tokio::spawn(async move { Api::default().call(&account, &*mock).await.unwrap() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().status, 200);
    }
    assert_eq!(mock.token_calls(), 2);
}
