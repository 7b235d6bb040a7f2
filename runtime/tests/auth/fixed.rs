//! Schemes that send the same thing every time.

use std::sync::Arc;

use http::{HeaderMap, Uri};
use proptest::prelude::*;
use specwright_runtime::auth::{
    AuthContext, AuthError, AuthErrorKind, AuthRequest, Basic, Bearer, Credential, Credentials,
    Digest, HeaderKey, Readiness,
};
use specwright_runtime::transport::Transport;
use url::Url;

use crate::support::{Api, Mock, SERVER, answer};

fn mock() -> Mock {
    Mock::new(|_, _| async { answer(401, &[("www-authenticate", "Basic realm=\"x\"")], "") })
}

async fn sent(credentials: &dyn Credentials, target: &str) -> Result<(Uri, HeaderMap), AuthError> {
    let (readiness, uri, headers) = Api::target(target).authorize(credentials, &mock()).await?;
    assert_eq!(readiness, Readiness::Send);
    assert!(headers.values().all(http::HeaderValue::is_sensitive));
    Ok((uri, headers))
}

#[tokio::test]
async fn headers() {
    let cases: [(&dyn Credentials, &str, &str); 5] = [
        (&Bearer::new("a.b-c_d~e+f/g==".into()), "authorization", "Bearer a.b-c_d~e+f/g=="),
        // The example of RFC 7617, section 2, and the one of 2.1 in UTF-8.
        (
            &Basic::new("Aladdin".into(), "open sesame".into()),
            "authorization",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        (&Basic::new("test".into(), "123\u{a3}".into()), "authorization", "Basic dGVzdDoxMjPCow=="),
        (&HeaderKey::new("X-Api-Key", "k 1".into()), "x-api-key", "k 1"),
        (&HeaderKey::cookie("SID", "31d4d96e".into()), "cookie", "SID=31d4d96e"),
    ];
    for (credentials, name, value) in cases {
        let (uri, headers) = sent(credentials, "/a?b=c").await.unwrap();
        assert_eq!(uri, "https://cloud.example.com/a?b=c");
        assert_eq!((headers.len(), &headers[name]), (1, &value.parse().unwrap()));
    }
}

#[tokio::test]
async fn a_key_in_the_query_joins_what_is_there() {
    let key = HeaderKey::query("api key", "a&b=c/\u{e9}%".into());
    for (target, expected) in [
        ("/a", "/a?api%20key=a%26b%3Dc%2F%C3%A9%25"),
        ("/a?", "/a?api%20key=a%26b%3Dc%2F%C3%A9%25"),
        ("/a?x=1", "/a?x=1&api%20key=a%26b%3Dc%2F%C3%A9%25"),
        // A request that is authorized again.
        ("/a?api%20key=a%26b%3Dc%2F%C3%A9%25", "/a?api%20key=a%26b%3Dc%2F%C3%A9%25"),
    ] {
        let (uri, headers) = sent(&key, target).await.unwrap();
        assert_eq!(uri.path_and_query().unwrap().as_str(), expected, "{target}");
        assert!(headers.is_empty());
    }
}

proptest! {
    #[test]
    fn any_key_arrives_as_it_is(name in "\\PC{1,8}", value in any::<String>()) {
        let key = HeaderKey::query(name.clone(), value.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (uri, _) = runtime.block_on(sent(&key, "/a?x=1")).unwrap();
        let pairs: Vec<_> =
            form_urlencoded::parse(uri.query().unwrap().as_bytes()).into_owned().collect();
        prop_assert_eq!(pairs, [("x".to_owned(), "1".to_owned()), (name, value)]);
    }
}

#[tokio::test]
async fn a_cookie_joins_the_others_once() {
    let base_url = Url::parse(SERVER).unwrap();
    let mock = mock();
    let transport: Arc<dyn Transport> = Arc::new(mock.clone());
    let context = AuthContext {
        transport: &transport,
        base_url: &base_url,
        server: &base_url,
        declared_server: None,
        token_store: None,
    };
    let mut headers = HeaderMap::from_iter([(http::header::COOKIE, "a=b".parse().unwrap())]);
    let mut uri: Uri = SERVER.parse().unwrap();
    for _ in 0..2 {
        let request =
            AuthRequest { method: &http::Method::GET, uri: &mut uri, headers: &mut headers };
        HeaderKey::cookie("k", "v".into()).authorize(context, request).await.unwrap();
    }
    assert_eq!(headers["cookie"], "a=b; k=v");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let cases: [&dyn Credentials; 13] = [
        &Bearer::new(String::new()),
        &Bearer::new("token\n".into()),
        &Bearer::new("to ken".into()),
        &Bearer::new("t\u{e9}".into()),
        &Basic::new("a:b".into(), "c".into()),
        &Basic::new("a".into(), "b\r\nX: y".into()),
        &HeaderKey::new("X Key", "v".into()),
        &HeaderKey::new("", "v".into()),
        &HeaderKey::new("X-Key", "v\r\nX: y".into()),
        &HeaderKey::new("X-Key", "\u{e9}".into()),
        &HeaderKey::new("X-Key", "k ".into()),
        &HeaderKey::cookie("k", "a; b=c".into()),
        &HeaderKey::cookie("k=", "v".into()),
    ];
    for credentials in cases {
        let error = sent(credentials, "/").await.unwrap_err();
        assert_eq!(error.kind(), AuthErrorKind::Configuration, "{credentials:?}");
    }
}

#[tokio::test]
async fn no_scheme_answers_to_another_origin() {
    let base_url = Url::parse("https://api.example.com/v1").unwrap();
    let mock = mock();
    let transport: Arc<dyn Transport> = Arc::new(mock.clone());
    let context = AuthContext {
        transport: &transport,
        base_url: &base_url,
        server: &base_url,
        declared_server: None,
        token_store: None,
    };
    let all: [&dyn Credentials; 6] = [
        &Bearer::new("t".into()),
        &Basic::new("u".into(), "p".into()),
        &HeaderKey::new("X-Key", "v".into()),
        &HeaderKey::query("k", "v".into()),
        &Digest::new("u".into(), "p".into()),
        &specwright_runtime::auth::ClientCredentials::new(
            "https://id.example.com/token",
            "i".into(),
            "s".into(),
        ),
    ];
    for credentials in all {
        for foreign in [
            "http://api.example.com/v1/x",
            "https://api.example.com:8443/v1/x",
            "https://api.example.com.evil.org/v1/x",
            "https://evil.org/https://api.example.com/v1",
        ] {
            let mut headers = HeaderMap::new();
            let mut uri: Uri = foreign.parse().unwrap();
            let request =
                AuthRequest { method: &http::Method::GET, uri: &mut uri, headers: &mut headers };
            let error = credentials.authorize(context, request).await.unwrap_err();
            assert_eq!(error.kind(), AuthErrorKind::Configuration, "{credentials:?}");
            assert!(headers.is_empty() && uri == foreign);
        }
    }
    assert_eq!(mock.count(), 0);
}

#[tokio::test]
async fn a_401_is_the_answer() {
    let cases: [&dyn Credentials; 3] = [
        &Bearer::new("t".into()),
        &Basic::new("u".into(), "p".into()),
        &HeaderKey::new("X-Key", "v".into()),
    ];
    for credentials in cases {
        assert_eq!(Api::default().call(credentials, &mock()).await.unwrap().trips, 1);
    }
}

#[test]
fn everything_is_a_credential() {
    let _: Credential = Bearer::new("t".into()).into();
    let _ = Credential::for_scheme("DigestAuth", Digest::new("u".into(), "p".into()));
}
