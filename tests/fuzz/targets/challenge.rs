//! `WWW-Authenticate` headers, one a line, as a server may send them to HTTP Digest.

#![no_main]

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method, Uri};
use libfuzzer_sys::{Corpus, fuzz_target};
use specwright_runtime::auth::{
    AuthContext, AuthRequest, ChallengeResponse, Credentials as _, Digest, Readiness,
};
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};
use url::Url;

/// Digest sends nothing by itself.
#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: http::Request<RequestBody>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        panic!("digest has sent something")
    }
}

/// What a future gives that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("digest waits for something"),
    }
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut answer = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(value) = HeaderValue::from_bytes(line) else { return Corpus::Reject };
        answer.append(WWW_AUTHENTICATE, value);
    }
    let transport: Arc<dyn Transport> = Arc::new(Nowhere);
    let server = Url::parse("https://example.com/v1").expect("it is a URL");
    let context = AuthContext {
        transport: &transport,
        base_url: &server,
        server: &server,
        declared_server: None,
        token_store: None,
    };
    let digest = Digest::new("user".to_owned(), "secret".to_owned());
    let mut uri = Uri::from_static("https://example.com/v1/a?b=c");
    let mut sent = HeaderMap::new();
    for _ in 0..2 {
        let told = now(digest.challenged(context, &sent, &answer, &uri));
        let replayed = matches!(told, Ok(ChallengeResponse::Replay));
        let request = AuthRequest { method: &Method::POST, uri: &mut uri, headers: &mut sent };
        let ready = now(digest.authorize(context, request));
        if replayed && matches!(ready, Ok(Readiness::Send)) {
            let header = sent.get(AUTHORIZATION).expect("it says that it has answered");
            assert!(header.is_sensitive() && header.as_bytes().starts_with(b"Digest "));
        }
    }
    Corpus::Keep
});
