//! One request and its whole answer.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::progress::Progress;
use super::tries::Exchange;
use super::{Answer, Span, is_success};
use crate::body::is_own;
use crate::clock;
use crate::codegen::Operation;
use crate::decode::Wanted;
use crate::error::{Details, ErrorKind};
use crate::transport::{
    Attempt, CollectError, Next, RequestBody, ResponseBody, TransportError, TransportPhase,
};

/// Sends `request` within the limit of an attempt. Of a `streamed` success only the head is read.
pub(super) async fn send(
    exchange: &Exchange<'_>,
    mut request: Request<RequestBody>,
    streamed: bool,
    progress: &mut Progress,
) -> Result<Answer, Box<Details>> {
    let operation = exchange.prepared.operation;
    progress.sent = progress.sent.saturating_add(1);
    if exchange.client.is_watched {
        request.extensions_mut().insert(Attempt {
            operation: operation.id(),
            path_template: operation.path(),
            number: progress.sent,
        });
    }
    let span = Span::attempt(operation, request.uri(), progress.sent);
    let limit = exchange.limits.attempt;
    let sent = pin!(exchanged(exchange, request, streamed, progress));
    let result = span
        .run(within(limit, sent))
        .await
        .unwrap_or_else(|| Err(timeout(operation, "the attempt", limit)));
    span.answered(&result);
    result
}

async fn exchanged(
    exchange: &Exchange<'_>,
    request: Request<RequestBody>,
    streamed: bool,
    progress: &mut Progress,
) -> Result<Answer, Box<Details>> {
    let (operation, client) = (exchange.prepared.operation, exchange.client);
    let wanted = Wanted::of(request.headers());
    let idle = exchange.limits.idle;
    let next = Next::new(&client.middleware, &*client.transport, &progress.reached, idle);
    let response = next.start(request).await.map_err(|error| {
        let reached = progress.reached.load(std::sync::atomic::Ordering::Relaxed);
        broken(operation, error, reached)
    })?;
    // Whoever answered, the call has been answered.
    progress.set_reached(true);
    let (head, body) = Response::into_parts(response);
    let (status, attempts) = (head.status, progress.sent);
    let (limits, events) = (exchange.limits, exchange.events);
    // There before the body, which may be cut off.
    progress.head = Some((status, head.headers));
    let answer = |headers, bytes, stream| Answer {
        operation,
        status,
        headers,
        bytes,
        stream,
        events,
        limits,
        wanted,
        attempts,
        resumption: None,
        code: None,
    };
    if streamed && is_success(operation, exchange.is_rest, status) {
        return Ok(answer(progress.headers(), Bytes::new(), Some(body)));
    }
    let bytes = read(exchange, status, body).await?;
    Ok(answer(progress.headers(), bytes, None))
}

async fn read(
    exchange: &Exchange<'_>,
    status: StatusCode,
    body: ResponseBody,
) -> Result<Bytes, Box<Details>> {
    let operation = exchange.prepared.operation;
    let success = status.is_success() || operation.is_success(status);
    let limits = &exchange.limits;
    let cap = if success { limits.response_bytes } else { limits.error_bytes };
    body.collect(cap).await.map_err(|error| match error {
        CollectError::TooLarge { cap } => Details::new(ErrorKind::TooLarge, Some(operation))
            .because(format!("more than {cap} bytes")),
        CollectError::Transport(error) if !error.is_timeout() => {
            Details::new(ErrorKind::Truncated, Some(operation)).caused_by(error)
        }
        CollectError::Transport(error) => broken(operation, error, true),
    })
}

/// An error of the transport, unless what was to be sent failed under its hands. If the server may have seen the request, it is no failure to
/// connect, whatever a middleware says.
fn broken(operation: &'static Operation, error: TransportError, reached: bool) -> Box<Details> {
    let kind = match (error.phase(), error.is_timeout()) {
        _ if is_own(&error) => ErrorKind::Io,
        _ if error.is_refused() => ErrorKind::Refused,
        (TransportPhase::Connect, _) if !reached => ErrorKind::Connect,
        (_, true) => ErrorKind::Timeout,
        (TransportPhase::Connect | TransportPhase::Exchange | TransportPhase::Body, false) => {
            ErrorKind::Transport
        }
    };
    let mut details = Details::new(kind, Some(operation));
    details.timeout = error.is_timeout();
    details.lasting = error.is_lasting();
    let reason = std::error::Error::source(&error).filter(|_| kind == ErrorKind::Refused);
    if let Some(reason) = reason.map(ToString::to_string) {
        details = details.because(reason);
    }
    details.caused_by(error)
}

pub(super) fn timeout(
    operation: &'static Operation,
    what: &str,
    limit: Option<Duration>,
) -> Box<Details> {
    let limit = limit.unwrap_or_default();
    let mut details = Details::new(ErrorKind::Timeout, Some(operation))
        .because(format!("{what} took longer than {limit:?}"));
    details.timeout = true;
    details
}

/// The future's output, or nothing if it takes longer than `limit`.
pub(super) async fn within<T>(
    limit: Option<Duration>,
    future: impl Future<Output = T>,
) -> Option<T> {
    match limit {
        Some(limit) => clock::timeout(limit, future).await.ok(),
        None => Some(future.await),
    }
}
