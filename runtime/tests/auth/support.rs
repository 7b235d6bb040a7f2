//! A transport made of a closure, and the exchange of a call around it.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use specwright_runtime::auth::{
    AuthContext, AuthError, AuthRequest, ChallengeResponse, Credentials, Readiness, TokenStore,
};
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};
use url::Url;

pub(crate) const SERVER: &str = "https://cloud.example.com";
pub(crate) const TOKEN_URL: &str = "https://cloud.example.com/api/oauth/token";

pub(crate) type Answer = Result<Response<ResponseBody>, TransportError>;

/// What the transport was given.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

type Handler = dyn Fn(usize, Seen) -> BoxFuture<'static, Answer> + Send + Sync;

/// Answers every request with what the closure makes of its number (from 0) and its contents.
#[derive(Clone)]
pub(crate) struct Mock {
    handler: Arc<Handler>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Mock {
    pub(crate) fn new<F>(handler: impl Fn(usize, Seen) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        let handler = Arc::new(move |number, seen| -> BoxFuture<'static, Answer> {
            Box::pin(handler(number, seen))
        });
        Self { handler, seen: Arc::default() }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// Token requests, as opposed to requests to the API.
    pub(crate) fn token_calls(&self) -> usize {
        self.seen().iter().filter(|seen| seen.uri.path().ends_with("/token")).count()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mock")
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<RequestBody>) -> BoxFuture<'_, Answer> {
        let (head, body) = request.into_parts();
        let body = match body {
            RequestBody::Bytes(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        };
        let seen = Seen { method: head.method, uri: head.uri, headers: head.headers, body };
        let number = {
            let mut all = self.seen.lock().unwrap();
            all.push(seen.clone());
            all.len() - 1
        };
        (self.handler)(number, seen)
    }
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(ResponseBody::from_bytes(body.to_owned())).unwrap())
}

/// A token answer as a plain server would give it.
pub(crate) fn grant(token: &str, expires_in: u64) -> Answer {
    let body =
        format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{expires_in}}}"#);
    answer(200, &[("content-type", "application/json")], &body)
}

/// One call of an API, with its exchange: authorize, send, and at most two replays.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub(crate) base_url: String,
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) token_store: Option<Arc<dyn TokenStore>>,
}

impl Default for Api {
    fn default() -> Self {
        Self {
            base_url: SERVER.to_owned(),
            method: Method::GET,
            target: "/api/v2/x".to_owned(),
            token_store: None,
        }
    }
}

/// How an exchange ended.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) status: StatusCode,
    pub(crate) readiness: Readiness,
    pub(crate) trips: usize,
}

impl Api {
    pub(crate) fn target(target: &str) -> Self {
        Self { target: target.to_owned(), ..Self::default() }
    }

    /// Only the first step: what the request looks like once it is authorized.
    pub(crate) async fn authorize(
        &self,
        credentials: &dyn Credentials,
        transport: &(impl Transport + Clone),
    ) -> Result<(Readiness, Uri, HeaderMap), AuthError> {
        let base_url = Url::parse(&self.base_url).unwrap();
        let shared: Arc<dyn Transport> = Arc::new(transport.clone());
        let context = AuthContext {
            transport: &shared,
            base_url: &base_url,
            server: &base_url,
            declared_server: Some(SERVER),
            token_store: self.token_store.as_ref(),
        };
        let mut uri: Uri =
            format!("{}{}", self.base_url.trim_end_matches('/'), self.target).parse().unwrap();
        let mut headers = HeaderMap::new();
        let request = AuthRequest { method: &self.method, uri: &mut uri, headers: &mut headers };
        let readiness = credentials.authorize(context, request).await?;
        Ok((readiness, uri, headers))
    }

    /// A call that is challenged and then dropped.
    pub(crate) async fn probe(
        &self,
        credentials: &dyn Credentials,
        transport: &(impl Transport + Clone),
    ) {
        let base_url = Url::parse(&self.base_url).unwrap();
        let shared: Arc<dyn Transport> = Arc::new(transport.clone());
        let context = AuthContext {
            transport: &shared,
            base_url: &base_url,
            server: &base_url,
            declared_server: Some(SERVER),
            token_store: self.token_store.as_ref(),
        };
        let uri: Uri = format!("{}{}", self.base_url, self.target).parse().unwrap();
        let request = Request::builder().uri(&uri).body(RequestBody::Empty).unwrap();
        let answer = transport.send(request).await.unwrap();
        let sent = HeaderMap::new();
        credentials.challenged(context, &sent, answer.headers(), &uri).await.unwrap();
    }

    pub(crate) async fn call(
        &self,
        credentials: &dyn Credentials,
        transport: &(impl Transport + Clone),
    ) -> Result<Outcome, AuthError> {
        let base_url = Url::parse(&self.base_url).unwrap();
        let shared: Arc<dyn Transport> = Arc::new(transport.clone());
        let context = AuthContext {
            transport: &shared,
            base_url: &base_url,
            server: &base_url,
            declared_server: Some(SERVER),
            token_store: self.token_store.as_ref(),
        };
        let mut trips = 0;
        loop {
            let (readiness, uri, headers) = self.authorize(credentials, transport).await?;
            let mut request = Request::builder().method(&self.method).uri(&uri);
            *request.headers_mut().unwrap() = headers.clone();
            let answer = transport.send(request.body(RequestBody::Empty).unwrap()).await.unwrap();
            trips += 1;
            let status = answer.status();
            let outcome = Outcome { status, readiness, trips };
            if status != StatusCode::UNAUTHORIZED || trips == 3 {
                return Ok(outcome);
            }
            let next = credentials.challenged(context, &headers, answer.headers(), &uri).await?;
            if next == ChallengeResponse::GiveUp {
                return Ok(outcome);
            }
        }
    }
}
