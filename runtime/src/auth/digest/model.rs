//! Calls that meet at the nonces, in thousands of orders.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, Method, Uri};
use shuttle::future::{block_on, spawn, yield_now};

use super::super::sync::{Mutex, lock};
use super::*;
use crate::transport::{RequestBody, ResponseBody, Transport, TransportError};

/// Orders that are tried of each scene.
const ORDERS: usize = 500;
/// Changes of turn in an order, at most, that are looked for in particular.
const DEPTH: usize = 3;

const TARGET: &str = "https://api.example/x";

#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(ready(Err(TransportError::connect("nowhere"))))
    }
}

/// A server that takes every counter of a nonce once, and only so many of them.
struct Server {
    uses: u32,
    nonces: u32,
    taken: BTreeSet<(String, u32)>,
}

impl Server {
    /// `None`: come in. Otherwise the challenge.
    fn answer(&mut self, sent: &HeaderMap) -> Option<HeaderMap> {
        let refused = read_sent(sent);
        if let Some(Refused { nonce, count: Some(count), .. }) = &refused {
            let again = !self.taken.insert((nonce.clone(), *count));
            assert!(!again, "{count} of {nonce} was used before");
            if *count <= self.uses {
                return None;
            }
        }
        self.nonces += 1;
        let stale = if refused.is_some() { ", stale=true" } else { "" };
        let number = self.nonces;
        let challenge =
            format!("Digest realm=\"r\", nonce=\"n{number}\", qop=\"auth\", algorithm=MD5{stale}");
        Some(HeaderMap::from_iter([(WWW_AUTHENTICATE, challenge.parse().unwrap())]))
    }
}

/// One call, and how many trips it took.
async fn call(credentials: Digest, server: Arc<Mutex<Server>>) -> usize {
    let base_url = Url::parse("https://api.example").unwrap();
    let transport: Arc<dyn Transport> = Arc::new(Nowhere);
    let context = AuthContext {
        transport: &transport,
        base_url: &base_url,
        server: &base_url,
        declared_server: None,
        token_store: None,
    };
    for trip in 1.. {
        let (mut uri, mut headers) = (Uri::from_static(TARGET), HeaderMap::new());
        let request = AuthRequest { method: &Method::GET, uri: &mut uri, headers: &mut headers };
        credentials.authorize(context, request).await.unwrap();
        yield_now().await;
        let answer = lock(&server).answer(&headers);
        yield_now().await;
        let Some(answer) = answer else { return trip };
        let next = credentials.challenged(context, &headers, &answer, &uri).await.unwrap();
        assert_eq!(next, ChallengeResponse::Replay, "trip {trip}");
    }
    0
}

fn check(uses: u32, trips: usize) {
    let scene = move || {
        let credentials = Digest::new("user".to_owned(), "password".to_owned());
        let server = Server { uses, nonces: 0, taken: BTreeSet::new() };
        let server = Arc::new(Mutex::new(server));
        let calls: Vec<_> =
            (0..3).map(|_| spawn(call(credentials.clone(), Arc::clone(&server)))).collect();
        for call in calls {
            let took = block_on(call).unwrap();
            assert!(took <= trips, "{took} trips");
        }
    };
    shuttle::check_random(scene, ORDERS);
    shuttle::check_pct(scene, ORDERS, DEPTH);
}

#[test]
fn no_counter_is_used_twice() {
    check(u32::MAX, 2);
}

/// With nonces that are good for one answer, a call that comes too late is told so, and comes again.
/// Whoever took the nonce from it has come in by that, and does so once: of three calls the last one
/// is refused for want of a nonce, then for each of the two others, and then comes in.
#[test]
fn nonces_that_wear_out_are_replaced() {
    check(1, 4);
}
