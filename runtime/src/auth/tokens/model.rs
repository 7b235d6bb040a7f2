//! Calls that meet at the token cache, in thousands of orders.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::HeaderValue;
use shuttle::future::{block_on, spawn, yield_now};

use super::super::grant::Grant;
use super::super::{AuthError, AuthErrorKind, ChallengeResponse, sensitive};
use super::Slot;

/// Orders that are tried of each scene.
const ORDERS: usize = 2_000;
/// Changes of turn in an order, at most, that are looked for in particular.
const DEPTH: usize = 3;

/// A token endpoint that counts. Its first `failures` answers are none.
#[derive(Clone)]
struct Endpoint {
    slot: Arc<Slot>,
    asked: Arc<AtomicUsize>,
    failures: usize,
}

impl Endpoint {
    fn new(failures: usize) -> Self {
        Self { slot: Arc::default(), asked: Arc::default(), failures }
    }

    async fn token(&self) -> Result<HeaderValue, AuthError> {
        let fetch = |_| async {
            yield_now().await;
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            yield_now().await;
            if number < self.failures {
                return Err(AuthError::new(AuthErrorKind::Unavailable, "down"));
            }
            let header = sensitive::bearer(&format!("t{number}"))
                .ok_or_else(|| AuthError::malformed("no token"))?;
            Ok(Grant { header, lifetime: None, stored: false, _turn: None })
        };
        let save = |_| async {
            yield_now().await;
            Ok(())
        };
        self.slot.token(fetch, save).await
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn check(scene: fn()) {
    shuttle::check_random(scene, ORDERS);
    shuttle::check_pct(scene, ORDERS, DEPTH);
}

#[test]
fn cold_calls_ask_once() {
    check(|| {
        let endpoint = Endpoint::new(0);
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let endpoint = endpoint.clone();
                spawn(async move { endpoint.token().await.unwrap() })
            })
            .collect();
        for call in calls {
            assert_eq!(block_on(call).unwrap(), "Bearer t0");
        }
        assert_eq!(endpoint.asked(), 1);
    });
}

#[test]
fn a_failure_is_shared() {
    check(|| {
        let endpoint = Endpoint::new(usize::MAX);
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let endpoint = endpoint.clone();
                spawn(async move { endpoint.token().await.unwrap_err().kind() })
            })
            .collect();
        for call in calls {
            assert_eq!(block_on(call).unwrap(), AuthErrorKind::Unavailable);
        }
        assert_eq!(endpoint.asked(), 1);
    });
}

/// Wherever the call is dropped that asks for all, the others get a token, at the price of one more
/// request.
#[test]
fn a_dropped_leader_harms_nobody() {
    check(|| {
        let endpoint = Endpoint::new(0);
        let leader = {
            let endpoint = endpoint.clone();
            spawn(async move { endpoint.token().await.map(|_| ()) })
        };
        let others: Vec<_> = (0..3)
            .map(|_| {
                let endpoint = endpoint.clone();
                spawn(async move { endpoint.token().await.unwrap() })
            })
            .collect();
        leader.abort();
        let tokens: Vec<_> = others.into_iter().map(|call| block_on(call).unwrap()).collect();
        assert!(tokens.windows(2).all(|two| two[0] == two[1]), "{}", tokens.len());
        assert!((1..=2).contains(&endpoint.asked()));
    });
}

/// However many calls a token is refused to, one new token is asked for, and none of them drops it.
#[test]
fn a_refused_token_is_replaced_once() {
    check(|| {
        let endpoint = Endpoint::new(0);
        let calls: Vec<_> = (0..3)
            .map(|_| {
                let endpoint = endpoint.clone();
                spawn(async move {
                    let mut token = endpoint.token().await.unwrap();
                    let mut trips = 1;
                    // The API knows the first token no more.
                    while token == "Bearer t0" {
                        assert_eq!(endpoint.slot.refuse(&token), ChallengeResponse::Replay);
                        yield_now().await;
                        token = endpoint.token().await.unwrap();
                        trips += 1;
                    }
                    (token, trips)
                })
            })
            .collect();
        for call in calls {
            let (token, trips) = block_on(call).unwrap();
            assert_eq!(token, "Bearer t1");
            assert!(trips <= 2, "{trips}");
        }
        assert_eq!(endpoint.asked(), 2);
    });
}

/// A token is revoked while calls use it: whoever comes later asks for another.
#[test]
fn a_revoked_token_is_not_given_out_again() {
    check(|| {
        let endpoint = Endpoint::new(0);
        let first = block_on(endpoint.token()).unwrap();
        let call = {
            let endpoint = endpoint.clone();
            spawn(async move { endpoint.token().await.unwrap() })
        };
        endpoint.slot.forget(&first);
        let later = block_on(endpoint.token()).unwrap();
        assert_eq!(later, "Bearer t1");
        block_on(call).unwrap();
        assert_eq!(endpoint.asked(), 2);
    });
}
