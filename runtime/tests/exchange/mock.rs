//! A transport that answers from a list and remembers what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};

/// What the transport does with one request.
pub(crate) enum Reply {
    Answer { status: u16, headers: Vec<(&'static str, String)>, body: ResponseBody },
    Fail(TransportError),
    Hang,
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self::Answer { status, headers, body: ResponseBody::from_bytes(body) }
    }

    pub(crate) fn plain(status: u16, body: impl Into<Bytes>) -> Self {
        Self::Answer { status, headers: Vec::new(), body: ResponseBody::from_bytes(body) }
    }

    pub(crate) fn stream(status: u16, body: ResponseBody) -> Self {
        Self::Answer { status, headers: Vec::new(), body }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.retain(|(known, _)| *known != name);
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// One request as it arrived.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone, Default)]
pub(crate) struct Mock {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// How many requests find no connection before the first that does.
    unreachable: Arc<Mutex<usize>>,
}

impl std::fmt::Debug for Mock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mock")
    }
}

impl Mock {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        Self { replies, ..Self::default() }
    }

    /// The first requests find no connection, and their bodies are not read.
    pub(crate) fn unreachable(self, times: usize) -> Self {
        *self.unreachable.lock().unwrap() = times;
        self
    }

    fn connects(&self) -> bool {
        let mut left = self.unreachable.lock().unwrap();
        let connects = *left == 0;
        *left = left.saturating_sub(1);
        connects
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request there was.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen[0].clone()
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            if !self.connects() {
                return Err(TransportError::connect("refused"));
            }
            let (head, body) = request.into_parts();
            let body = match body {
                RequestBody::Bytes(bytes) => Some(bytes),
                RequestBody::Stream(stream) => {
                    Some(ResponseBody::from_stream(stream).collect(u64::MAX).await.unwrap())
                }
                _ => None,
            };
            let (method, uri) = (head.method.to_string(), head.uri.to_string());
            self.seen.lock().unwrap().push(Seen { method, uri, headers: head.headers, body });
            let reply = self.replies.lock().unwrap().pop_front();
            match reply.expect("a request too many") {
                Reply::Fail(error) => Err(error),
                Reply::Hang => std::future::pending().await,
                Reply::Answer { status, headers, body } => {
                    let mut response = Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(body).unwrap())
                }
            }
        })
    }
}
