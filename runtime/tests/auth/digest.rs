//! Digest against a server of our own that does its own arithmetic.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use http::Method;
use md5::Md5;
use sha2::{Digest as _, Sha256, Sha512_256};
use specwright_runtime::auth::{AuthErrorKind, Digest, Readiness};

use specwright_runtime::transport::{BoxFuture, RequestBody, Transport};

use crate::support::{Answer, Api, Mock, Outcome, Seen, answer};

const USER: &str = "Mufasa";
const PASSWORD: &str = "Circle of Life";

fn login() -> Digest {
    Digest::new(USER.to_owned(), PASSWORD.to_owned())
}

fn hash(algorithm: &str, text: &str) -> String {
    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    match algorithm {
        "SHA-256" => hex(&Sha256::digest(text)),
        "SHA-512-256" => hex(&Sha512_256::digest(text)),
        _ => hex(&Md5::digest(text)),
    }
}

/// The parameters of an `Authorization` header; values here hold no commas and no escapes.
fn params(seen: &Seen) -> Option<BTreeMap<String, String>> {
    let text = seen.header("authorization")?.strip_prefix("Digest ")?;
    let pairs = text.split(", ").map(|pair| pair.split_once('=').unwrap());
    Some(pairs.map(|(k, v)| (k.to_owned(), v.trim_matches('"').to_owned())).collect())
}

/// RFC 7616, section 3.4, written down once more, independently.
fn expected(seen: &Seen, p: &BTreeMap<String, String>, user: &str, password: &str) -> String {
    let full = p.get("algorithm").map_or("MD5", String::as_str);
    let algorithm = full.trim_end_matches("-sess");
    let h = |text: String| hash(algorithm, &text);
    let mut a1 = h(format!("{user}:{}:{password}", p["realm"]));
    if full.ends_with("-sess") {
        a1 = h(format!("{a1}:{}:{}", p["nonce"], p["cnonce"]));
    }
    let target = seen.uri.path_and_query().unwrap().as_str();
    assert_eq!(p["uri"], target, "the signed target is the one that was sent");
    let a2 = h(format!("{}:{target}", seen.method));
    match p.get("qop") {
        Some(qop) => h(format!("{a1}:{}:{}:{}:{qop}:{a2}", p["nonce"], p["nc"], p["cnonce"])),
        None => h(format!("{a1}:{}:{a2}", p["nonce"])),
    }
}

fn is_right(seen: &Seen) -> bool {
    params(seen).is_some_and(|p| p["response"] == expected(seen, &p, USER, PASSWORD))
}

/// Sends the same challenges with every 401 and accepts every right answer.
fn server(challenges: &[&str]) -> Mock {
    let challenges: Vec<String> = challenges.iter().map(|text| (*text).to_owned()).collect();
    Mock::new(move |_, seen| {
        let headers: Vec<_> =
            challenges.iter().map(|text| ("www-authenticate", text.as_str())).collect();
        let given = answer(if is_right(&seen) { 200 } else { 401 }, &headers, "");
        async move { given }
    })
}

async fn call(credentials: &Digest, mock: &Mock) -> Outcome {
    Api::target("/dir/index.html?a=b").call(credentials, mock).await.unwrap()
}

fn ended(outcome: &Outcome) -> (u16, usize) {
    (outcome.status.as_u16(), outcome.trips)
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_counter_never_repeats() {
    // This server gives everybody the same nonce, as those do that make it from the clock.
    for challenge in [
        r#"Digest realm="r", nonce="n", qop="auth""#,
        r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256"#,
    ] {
        let mock = Arc::new(server(&[challenge]));
        let credentials = login();
        let calls: Vec<_> = (0..100)
            .map(|_| {
                let (mock, credentials) = (mock.clone(), credentials.clone());
                tokio::spawn(async move { call(&credentials, &mock).await })
            })
            .collect();
        for done in calls {
            assert_eq!(done.await.unwrap().status, 200);
        }
        let counts: Vec<String> =
            mock.seen().iter().filter_map(params).map(|p| p["nc"].clone()).collect();
        assert_eq!(counts.len(), 100);
        let different: BTreeSet<_> = counts.iter().collect();
        assert_eq!(different.len(), 100);
        assert_eq!(**different.last().unwrap(), "00000064");
    }
}

/// A server with a nonce for every challenge, each good for `uses` answers.
fn strict(uses: usize, algorithm: &'static str, tell_stale: bool) -> Mock {
    let state: Arc<Mutex<(usize, BTreeMap<String, usize>)>> = Arc::default();
    Mock::new(move |_, seen| {
        let mut state = state.lock().unwrap();
        let right = is_right(&seen);
        let mut stale = false;
        if let Some(p) = params(&seen) {
            let used = state.1.entry(p["nonce"].clone()).or_default();
            *used += 1;
            stale = *used > uses;
        }
        let given = if right && !stale {
            answer(200, &[], "")
        } else {
            state.0 += 1;
            let stale = if right && tell_stale { ", stale=TRUE" } else { "" };
            let challenge = format!(
                "Digest realm=\"r\", nonce=\"n{}\", qop=\"auth\", algorithm={algorithm}{stale}",
                state.0
            );
            answer(401, &[("www-authenticate", &challenge)], "")
        };
        async move { given }
    })
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_within_the_call() {
    for tell_stale in [true, false] {
        let mock = strict(2, "MD5", tell_stale);
        let credentials = login();
        let mut trips = Vec::new();
        for _ in 0..7 {
            let outcome = call(&credentials, &mock).await;
            assert_eq!(outcome.status, 200);
            trips.push(outcome.trips);
        }
        assert_eq!(trips, [2, 1, 2, 1, 2, 1, 2], "stale told: {tell_stale}");
    }
}

#[tokio::test]
async fn calls_at_the_same_time_find_a_nonce_each() {
    for (algorithm, tell_stale) in
        [("MD5", true), ("MD5", false), ("SHA-256", true), ("MD5-sess", true)]
    {
        let mock = Arc::new(strict(1, algorithm, tell_stale));
        let credentials = login();
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let (mock, credentials) = (mock.clone(), credentials.clone());
                tokio::spawn(async move {
                    let api = Slow(mock);
                    Api::default().call(&credentials, &api).await.unwrap()
                })
            })
            .collect();
        for done in calls {
            assert_eq!(ended(&done.await.unwrap()), (200, 2), "{algorithm}");
        }
    }
}

/// Gives way before every answer, so that calls overlap.
#[derive(Clone, Debug)]
struct Slow(Arc<Mock>);

impl Transport for Slow {
    fn send(&self, request: http::Request<RequestBody>) -> BoxFuture<'_, Answer> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.send(request).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_nonce_that_was_left_over_is_used_only_if_there_is_no_newer_one() {
    let mock = strict(9, "MD5", true);
    let credentials = login();
    let api = Api::default();
    // Three calls are challenged, one goes on.
    api.probe(&credentials, &mock).await;
    api.probe(&credentials, &mock).await;
    tokio::time::advance(std::time::Duration::from_secs(6)).await;
    api.probe(&credentials, &mock).await;
    for nc in ["00000001", "00000002"] {
        assert_eq!(ended(&api.call(&credentials, &mock).await.unwrap()), (200, 1));
        let p = params(mock.seen().last().unwrap()).unwrap();
        assert_eq!((&*p["nonce"], &*p["nc"]), ("n3", nc));
    }
}

#[tokio::test]
async fn stale_is_answered_once() {
    let challenge = r#"Digest realm="r", nonce="n@", qop="auth", stale=true"#;
    let mock = Mock::new(move |number, _| async move {
        let challenge = challenge.replace('@', &number.to_string());
        answer(401, &[("www-authenticate", &challenge)], "")
    });
    // Probe, answer, answer to stale: never a fourth trip.
    let outcome = call(&login(), &mock).await;
    assert_eq!(ended(&outcome), (401, 3));
    let seen = mock.seen();
    let nonces: Vec<_> = seen.iter().filter_map(params).map(|p| p["nonce"].clone()).collect();
    assert_eq!(nonces, ["n0", "n1"]);
}

#[tokio::test]
async fn stale_without_a_new_nonce_is_no_reason_to_go_on() {
    let mock = Mock::new(|_, _| async {
        let challenge = r#"Digest realm="r", nonce="n", qop="auth", stale=true"#;
        answer(401, &[("www-authenticate", challenge)], "")
    });
    assert_eq!(ended(&call(&login(), &mock).await), (401, 2));
}

#[tokio::test]
async fn the_nonce_of_a_session_serves_once() {
    let mock = strict(1, "SHA-256-sess", true);
    let credentials = login();
    for _ in 0..3 {
        assert_eq!(ended(&call(&credentials, &mock).await), (200, 2));
    }
    let answers: Vec<_> = mock.seen().iter().filter_map(params).collect();
    assert!(answers.iter().all(|p| p["nc"] == "00000001"));
}

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
