//! Nonces: their counters, their end, and calls at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use specwright_runtime::transport::{BoxFuture, RequestBody, Transport};

use super::{call, ended, is_right, login, params, server};
use crate::support::{Answer, Api, Mock, answer};

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
