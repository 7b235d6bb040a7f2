//! What is answered to a challenge, and when nothing is.

use http::Method;
use specwright_runtime::auth::{Digest, Readiness};

use super::{call, ended, expected, is_right, login, params, server};
use crate::support::{Api, Mock, Outcome, Seen, answer};

#[tokio::test]
async fn every_kind_of_challenge_is_answered() {
    let rest = r#"realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
    let qop = r#"qop="auth, auth-int""#;
    let cases = [
        (vec![format!("Digest {rest}, {qop}, algorithm=MD5")], "MD5"),
        (vec![format!("Digest {rest}, {qop}, algorithm=md5")], "MD5"),
        (vec![format!("Digest {rest}, {qop}")], "MD5"),
        (vec![format!("Digest {rest}, {qop}, algorithm=MD5-sess")], "MD5-sess"),
        (vec![format!("Digest {rest}, {qop}, algorithm=SHA-256")], "SHA-256"),
        (vec![format!("Digest {rest}, {qop}, algorithm=SHA-256-sess")], "SHA-256-sess"),
        (vec![format!("Digest {rest}, {qop}, algorithm=SHA-512-256")], "SHA-512-256"),
        (vec![format!("Digest {rest}, {qop}, algorithm=SHA-512-256-sess")], "SHA-512-256-sess"),
        // RFC 2069, and what nobody specified but some send.
        (vec![format!("Digest {rest}")], ""),
        (vec![format!("Digest {rest}, algorithm=SHA-256")], "SHA-256"),
        // Several in one header, and in several headers.
        (
            vec![format!(
                "Negotiate abc==, Digest {rest}, {qop}, algorithm=MD5, Digest {rest}, {qop}, \
                 algorithm=SHA-256, Basic realm=\"x, Digest\""
            )],
            "SHA-256",
        ),
        (
            vec![
                "Basic realm=\"x\"".to_owned(),
                format!("Digest {rest}, {qop}, algorithm=MD5"),
                format!("Digest {rest}, {qop}, algorithm=SHA-512-256"),
                format!("Digest {rest}, {qop}, algorithm=SHA-256"),
            ],
            "SHA-512-256",
        ),
    ];
    for (challenges, algorithm) in cases {
        let challenges: Vec<&str> = challenges.iter().map(String::as_str).collect();
        let mock = server(&challenges);
        let outcome = call(&login(), &mock).await;
        assert_eq!(ended(&outcome), (200, 2), "{challenges:?}");
        let seen = mock.seen();
        assert!(seen[0].header("authorization").is_none());
        assert!(seen[1].headers["authorization"].is_sensitive());
        let p = params(&seen[1]).unwrap();
        assert_eq!(p.get("algorithm").map_or("", String::as_str), algorithm, "{challenges:?}");
        assert_eq!(p["opaque"], "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");
        assert_eq!(p.get("qop").map(String::as_str), p.contains_key("nc").then_some("auth"));
    }
}

#[tokio::test]
async fn what_a_quoted_text_may_hold_is_returned() {
    for (challenge, nonce, opaque) in [
        (r#"realm="r", qop="auth", nonce="n", opaque="""#, "n", Some("")),
        (r#"realm="r", nonce="n", opaque="""#, "n", Some("")),
        (r#"realm="r", qop="auth", nonce="n""#, "n", None),
        ("realm=\"r\", qop=\"auth\", nonce=\"a\tb\", opaque=\"o\tp\"", "a\tb", Some("o\tp")),
    ] {
        let mock = server(&[&format!("Digest {challenge}")]);
        assert_eq!(ended(&call(&login(), &mock).await), (200, 2), "{challenge}");
        let p = params(&mock.seen()[1]).unwrap();
        assert_eq!((&*p["nonce"], p.get("opaque").map(String::as_str)), (nonce, opaque));
    }
}

#[tokio::test]
async fn the_example_of_rfc_7616() {
    // Section 3.9.1. The client nonce is our own, so the answer is computed, not copied; that the
    // computation is the RFC's is checked first.
    let mut request = Seen {
        method: Method::GET,
        uri: "http://api.example.org/dir/index.html".parse().unwrap(),
        headers: http::HeaderMap::new(),
        body: Vec::new(),
    };
    for (algorithm, response) in [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ] {
        let sent = format!(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", \
             uri=\"/dir/index.html\", algorithm={algorithm}, \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, \
             cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, \
             response=\"{response}\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        );
        request.headers.insert("authorization", sent.parse().unwrap());
        assert!(is_right(&request), "{algorithm}");
    }
}

#[tokio::test]
async fn a_hashed_user_name_and_one_that_is_not_ascii() {
    let (user, password) = ("J\u{e4}s\u{f8}n Doe", "Secret, or not?");
    let challenge = |userhash: &str| {
        format!(
            "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256, nonce=\"n\", \
             charset=UTF-8, userhash={userhash}"
        )
    };
    for userhash in ["true", "false"] {
        let challenge = challenge(userhash);
        let mock = Mock::new(move |_, seen| {
            let right =
                params(&seen).is_some_and(|p| p["response"] == expected(&seen, &p, user, password));
            let given =
                answer(if right { 200 } else { 401 }, &[("www-authenticate", &challenge)], "");
            async move { given }
        });
        let credentials = Digest::new(user.to_owned(), password.to_owned());
        assert_eq!(ended(&call(&credentials, &mock).await), (200, 2));
        let p = params(&mock.seen()[1]).unwrap();
        if userhash == "true" {
            // The value of errata 4897, since the RFC's own is wrong.
            let hashed = "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b";
            assert_eq!((&*p["username"], &*p["userhash"]), (hashed, "true"));
        } else {
            assert_eq!(p["username*"], "UTF-8''J%C3%A4s%C3%B8n%20Doe");
        }
    }
}

#[tokio::test]
async fn the_signed_target_is_the_one_that_goes_out() {
    let mock = server(&[r#"Digest realm="r", nonce="n", qop="auth""#]);
    let credentials = login();
    for target in ["/", "/?", "/a%2Fb/%C3%A9?q=%20+&r=a,b", "/x?q='a'", "/it's", "/a?b=c%27"] {
        let outcome = Api::target(target).call(&credentials, &mock).await.unwrap();
        assert_eq!(outcome.status, 200, "{target}");
    }
    let sent = mock.seen().last().unwrap().uri.clone();
    assert_eq!(sent.query(), Some("b=c%27"));
}

#[tokio::test]
async fn the_first_trip_is_a_probe_and_later_ones_are_not() {
    let mock = server(&[r#"Digest realm="r", nonce="n", qop="auth""#]);
    let credentials = login();
    let (readiness, _, headers) = Api::default().authorize(&credentials, &mock).await.unwrap();
    assert_eq!(readiness, Readiness::Probe);
    assert!(headers.is_empty());
    for (trips, nc) in [(2, "00000001"), (1, "00000002"), (1, "00000003")] {
        let outcome = call(&credentials.clone(), &mock).await;
        assert_eq!(
            outcome,
            Outcome { status: 200u16.try_into().unwrap(), readiness: Readiness::Send, trips }
        );
        assert_eq!(params(mock.seen().last().unwrap()).unwrap()["nc"], nc);
    }
    // Another server has nonces of its own.
    let other = Api { base_url: "http://127.0.0.1:1".to_owned(), ..Api::default() };
    let (readiness, _, _) = other.authorize(&credentials, &mock).await.unwrap();
    assert_eq!(readiness, Readiness::Probe);
}
