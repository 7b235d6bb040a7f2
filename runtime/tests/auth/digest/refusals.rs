//! What is tried once, refused, or left to the caller.

use specwright_runtime::auth::AuthErrorKind;

use super::{call, ended, is_right, login, params, server};
use crate::support::{Api, Mock, answer};

#[tokio::test]
async fn wrong_credentials_are_told_once() {
    for challenge in [
        r#"Digest realm="r", nonce="n@", qop="auth""#,
        r#"Digest realm="r", nonce="n@""#,
        r#"Digest realm="r", nonce="same", qop="auth""#,
        r#"Digest realm="r", nonce="n@", qop="auth", algorithm=MD5-sess, stale=false"#,
    ] {
        let mock = Mock::new(move |number, _| async move {
            let challenge = challenge.replace('@', &number.to_string());
            answer(401, &[("www-authenticate", &challenge)], "")
        });
        let credentials = login();
        for _ in 0..3 {
            assert_eq!(ended(&call(&credentials, &mock).await), (401, 2), "{challenge}");
        }
        assert_eq!(mock.seen().iter().filter_map(params).count(), 3, "one answer a call");
    }
}

#[tokio::test]
async fn a_password_that_becomes_wrong_is_tried_once_more() {
    // The second call answers in advance; only its answer to the new nonce is the last word.
    let mock = Mock::new(|number, _| async move {
        let challenge = format!("Digest realm=\"r\", nonce=\"n{number}\", qop=\"auth\"");
        answer(if number == 1 { 200 } else { 401 }, &[("www-authenticate", &challenge)], "")
    });
    let credentials = login();
    assert_eq!(ended(&call(&credentials, &mock).await), (200, 2));
    assert_eq!(ended(&call(&credentials, &mock).await), (401, 2));
}

#[tokio::test]
async fn another_realm_is_another_challenge() {
    let mock = Mock::new(|_, seen| {
        let realm = if seen.uri.path().starts_with("/a") { "a" } else { "b" };
        let known = params(&seen).is_some_and(|p| p["realm"] == realm);
        let challenge = format!("Digest realm=\"{realm}\", nonce=\"n{realm}\", qop=\"auth\"");
        let right = known && is_right(&seen);
        async move { answer(if right { 200 } else { 401 }, &[("www-authenticate", &challenge)], "") }
    });
    let credentials = login();
    for (target, trips) in [("/a", 2), ("/b", 2), ("/b", 1), ("/a", 2)] {
        let outcome = Api::target(target).call(&credentials, &mock).await.unwrap();
        assert_eq!(ended(&outcome), (200, trips), "{target}");
    }
}

#[tokio::test]
async fn a_weaker_offer_is_refused() {
    let strong = r#"Digest realm="r", nonce="s", qop="auth", algorithm=SHA-256"#;
    let weak = r#"Digest realm="other", nonce="w", qop="auth", algorithm=MD5"#;
    let mock = Mock::new(move |number, _| async move {
        match number {
            0 => answer(401, &[("www-authenticate", strong)], ""),
            1 => answer(200, &[], ""),
            _ => answer(401, &[("www-authenticate", weak)], ""),
        }
    });
    let credentials = login();
    assert_eq!(ended(&call(&credentials, &mock).await), (200, 2));
    let error = Api::default().call(&credentials, &mock).await.unwrap_err();
    assert_eq!(error.kind(), AuthErrorKind::Unsupported);
    assert!(error.to_string().contains("weaker"), "{error}");
    assert!(mock.seen().iter().filter_map(params).all(|p| p["algorithm"] == "SHA-256"));
}

#[tokio::test]
async fn what_is_not_supported_is_named() {
    for (challenge, kind, word) in [
        (r#"Digest realm="r", nonce="n", qop="auth-int""#, AuthErrorKind::Unsupported, "auth-int"),
        (r#"Digest realm="r", nonce="n", algorithm=X"#, AuthErrorKind::Unsupported, "algorithm"),
        (r#"Digest realm="r""#, AuthErrorKind::Malformed, "challenge"),
    ] {
        let error = Api::default().call(&login(), &server(&[challenge])).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{challenge}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_401_without_a_digest_challenge_is_the_answer() {
    for challenge in ["Basic realm=\"x\"", "Bearer", "Negotiate"] {
        let mock = server(&[challenge]);
        assert_eq!(ended(&call(&login(), &mock).await), (401, 1), "{challenge}");
        assert!(mock.seen().iter().all(|seen| seen.headers.is_empty()));
    }
}
