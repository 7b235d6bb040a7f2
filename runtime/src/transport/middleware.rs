//! A hook around every attempt of a call.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, ready};
use std::time::Duration;

use super::upload::Upload;
use super::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError, TransportPhase};

/// Sees every request of a call on its way out, and its answer on the way back: to count, to log,
/// to sign, to add a header.
///
/// It is called for each attempt and each repeat after a 401, with the login already in the
/// headers. Requests for tokens do not pass it. Which attempt of which operation it is stands in
/// the request's extensions, as [`Attempt`].
///
/// ```
/// use specwright_runtime::transport::{
///     BoxFuture, Middleware, Next, RequestBody, ResponseBody, TransportError,
/// };
/// use specwright_runtime::http::{HeaderValue, Request, Response};
///
/// #[derive(Debug)]
/// struct RequestId;
///
/// impl Middleware for RequestId {
///     fn handle<'a>(
///         &'a self,
///         mut request: Request<RequestBody>,
///         next: Next<'a>,
///     ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
///         request.headers_mut().insert("x-request-id", HeaderValue::from_static("4711"));
///         next.run(request)
///     }
/// }
/// ```
pub trait Middleware: fmt::Debug + Send + Sync + 'static {
    /// Hands `request` on to `next`, or answers by itself. `next` is spent by that, so nothing is
    /// sent twice from here: repeating is the call's business.
    fn handle<'a>(
        &'a self,
        request: http::Request<RequestBody>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>>;
}

/// What a request is for: in the extensions of every request of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation's id in its document.
    pub operation: &'static str,
    /// The operation's path as the document has it, without any value.
    pub path_template: &'static str,
    /// The how manieth request of the call it is, from 1.
    pub number: u32,
}

/// The rest of the way: the other middleware, then the transport.
pub struct Next<'a> {
    rest: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
    /// Whether the server may have seen the request. Kept here, where it cannot be got wrong by
    /// what a middleware makes of an error.
    reached: &'a AtomicBool,
    /// For how long a server may take nothing of what is sent.
    idle: Option<Duration>,
}

impl<'a> Next<'a> {
    pub(crate) fn new(
        rest: &'a [Arc<dyn Middleware>],
        transport: &'a dyn Transport,
        reached: &'a AtomicBool,
        idle: Option<Duration>,
    ) -> Self {
        Self { rest, transport, reached, idle }
    }

    /// Sends the request.
    #[must_use]
    pub fn run(
        self,
        request: http::Request<RequestBody>,
    ) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
        if let Some((first, rest)) = self.rest.split_first() {
            return first.handle(request, Self { rest, ..self });
        }
        Box::pin(self.deliver(request))
    }

    /// Sends the request, without a future of its own where nobody is on the way.
    pub(crate) async fn start(
        self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<ResponseBody>, TransportError> {
        if self.rest.is_empty() { self.deliver(request).await } else { self.run(request).await }
    }

    async fn deliver(
        self,
        mut request: http::Request<RequestBody>,
    ) -> Result<http::Response<ResponseBody>, TransportError> {
        self.reached.store(true, Ordering::Relaxed);
        let watched = self.idle.and_then(|limit| Some((Upload::of(&mut request)?, limit)));
        let sending = self.transport.send(request);
        let result = match watched {
            None => sending.await,
            Some((upload, limit)) => unless_stalled(sending, &upload, limit).await,
        };
        if let Err(error) = &result {
            let reached = error.phase() != TransportPhase::Connect;
            self.reached.store(reached, Ordering::Relaxed);
        }
        result
    }
}

/// The answer, or that the server takes nothing more of what is sent to it.
async fn unless_stalled(
    mut sending: BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>>,
    upload: &Upload,
    limit: Duration,
) -> Result<http::Response<ResponseBody>, TransportError> {
    let mut stalled = pin!(upload.stalled(limit));
    poll_fn(|cx| {
        if let Poll::Ready(result) = sending.as_mut().poll(cx) {
            return Poll::Ready(result);
        }
        ready!(stalled.as_mut().poll(cx));
        let reason = format!("nothing more of the body was taken for {limit:?}");
        Poll::Ready(Err(TransportError::exchange(reason).timed_out()))
    })
    .await
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("rest", &self.rest).finish_non_exhaustive()
    }
}
