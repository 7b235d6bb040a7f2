//! From a call to its answer: one request, a login where one is asked for, nothing repeated
//! otherwise.
//!
//! Nothing here is generic. A client of 500 operations compiles this once, in this crate.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::call::{Call, Parts};
use crate::client::Shared;
use crate::codegen::Operation;
use crate::error::{Details, ErrorKind};
use crate::transport::{BoxFuture, CollectError, ResponseBody, TransportError, TransportPhase};

mod envelope;
mod login;
mod request;

use self::login::Login;
use self::request::Prepared;

/// A complete answer.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
    /// The body of a success that is to be handed over as it arrives; `bytes` are then empty.
    pub(crate) stream: Option<ResponseBody>,
}

/// How a call ended, before anyone looked at the types of its operation.
pub(crate) enum Outcome {
    /// A status the document makes the operation's answer.
    Success(Answer),
    /// A status that may be one of the operation's documented errors.
    Refused(Answer),
    /// A failure whatever the document says.
    Failed(Box<Details>),
}

/// How far a call has come; outlives an exchange that is cut off by a time limit.
#[derive(Default)]
struct Progress {
    /// The server may have acted on the call.
    reached: bool,
    /// The head of the current answer.
    head: Option<(StatusCode, HeaderMap)>,
}

/// At most this many repeats after a 401: an answered digest probe, and one stale nonce.
const MAX_REPLAYS: u8 = 2;

/// Runs a call to its end.
pub(crate) fn start(call: Call) -> BoxFuture<'static, Outcome> {
    Box::pin(async move {
        let parts = call.into_parts();
        run(*parts).await.unwrap_or_else(Outcome::Failed)
    })
}

async fn run(parts: Parts) -> Result<Outcome, Box<Details>> {
    let operation = parts.operation;
    let core = parts.core.clone();
    let client = core.shared();
    let limit = parts.timeout.or(client.limits.call);
    let enveloped = parts.envelope;
    // What is inside an envelope is only known once it is there.
    let streamed = parts.streamed && !enveloped;
    let login = Login::choose(operation, &client.credentials)?;
    let prepared = Prepared::new(parts, client)?;

    let mut progress = Progress::default();
    let exchanged =
        within(limit, exchange(client, &prepared, &login, streamed, &mut progress)).await;
    let answer = match exchanged {
        Some(Ok(answer)) => answer,
        Some(Err(details)) => return Err(progress.complete(details)),
        None => return Err(progress.complete(timeout(operation, "the call", limit))),
    };
    classify(if enveloped { envelope::unwrap(answer)? } else { answer })
}

/// Sends, and sends again as long as the login scheme has something to say to a 401.
async fn exchange(
    client: &Shared,
    prepared: &Prepared,
    login: &Login<'_>,
    streamed: bool,
    progress: &mut Progress,
) -> Result<Answer, Box<Details>> {
    let operation = prepared.operation;
    let limit = client.limits.attempt;
    let mut replays = MAX_REPLAYS;
    loop {
        let outgoing = login.authorize(client, prepared).await?;
        let (request, probe) = (outgoing.request, outgoing.probe);
        let (sent, uri) = (request.headers().clone(), request.uri().clone());

        let attempt = attempt(client, operation, request, streamed && !probe, progress);
        let result = within(limit, attempt)
            .await
            .unwrap_or_else(|| Err(timeout(operation, "the attempt", limit)));

        // The 401's body does not matter if the scheme wants to go on: it may have been cut off.
        if let (Some((StatusCode::UNAUTHORIZED, head)), true) =
            (&progress.head, replays > 0 && prepared.can_be_sent())
        {
            let head = head.clone();
            // Turned away: until the next try, the server has done nothing.
            progress.reached = false;
            if login.challenged(client, prepared, &sent, &head, &uri).await? {
                *progress = Progress::default();
                replays -= 1;
                continue;
            }
            progress.reached = true;
        }
        let answer = result?;
        if probe && (answer.status.is_success() || operation.is_success(answer.status)) {
            let reason = "a request without its body, sent to be asked for a login, was taken";
            return Err(Details::answered(ErrorKind::NotChallenged, answer).because(reason));
        }
        return Ok(answer);
    }
}

/// One request and its whole answer; of a `streamed` success only the head.
async fn attempt(
    client: &Shared,
    operation: &'static Operation,
    request: http::Request<crate::transport::RequestBody>,
    streamed: bool,
    progress: &mut Progress,
) -> Result<Answer, Box<Details>> {
    progress.reached = true;
    let response = client.transport.send(request).await.map_err(|error| {
        progress.reached = error.phase() != TransportPhase::Connect;
        broken(operation, error)
    })?;
    let (head, body) = Response::into_parts(response);
    progress.head = Some((head.status, head.headers.clone()));
    let (status, headers) = (head.status, head.headers);
    if streamed && operation.is_success(status) {
        let stream = Some(body);
        return Ok(Answer { operation, status, headers, bytes: Bytes::new(), stream });
    }
    let bytes = read(client, operation, status, body).await?;
    Ok(Answer { operation, status, headers, bytes, stream: None })
}

async fn read(
    client: &Shared,
    operation: &'static Operation,
    status: StatusCode,
    body: ResponseBody,
) -> Result<Bytes, Box<Details>> {
    let success = status.is_success() || operation.is_success(status);
    let limits = &client.limits;
    let cap = if success { limits.response_bytes } else { limits.error_bytes };
    body.collect(cap).await.map_err(|error| match error {
        CollectError::TooLarge { cap } => Details::new(ErrorKind::TooLarge, Some(operation))
            .because(format!("more than {cap} bytes")),
        CollectError::Transport(error) => broken(operation, error),
    })
}

/// Decides by status alone.
fn classify(answer: Answer) -> Result<Outcome, Box<Details>> {
    let status = answer.status;
    if answer.operation.is_success(status) {
        Ok(Outcome::Success(answer))
    } else if status.is_success() || status.is_informational() {
        Err(Details::answered(ErrorKind::UnexpectedStatus, answer))
    } else {
        Ok(Outcome::Refused(answer))
    }
}

fn broken(operation: &'static Operation, error: TransportError) -> Box<Details> {
    let kind = match (error.phase(), error.is_timeout()) {
        (TransportPhase::Connect, _) => ErrorKind::Connect,
        (_, true) => ErrorKind::Timeout,
        (_, false) => ErrorKind::Transport,
    };
    let mut details = Details::new(kind, Some(operation));
    details.timeout = error.is_timeout();
    details.caused_by(error)
}

fn timeout(operation: &'static Operation, what: &str, limit: Option<Duration>) -> Box<Details> {
    let limit = limit.unwrap_or_default();
    let mut details = Details::new(ErrorKind::Timeout, Some(operation))
        .because(format!("{what} took longer than {limit:?}"));
    details.timeout = true;
    details
}

impl Progress {
    /// Adds what is known about the answer to a failure that came in the middle of it.
    fn complete(self, mut details: Box<Details>) -> Box<Details> {
        details.reached |= self.reached;
        if let (None, Some((status, headers))) = (details.status, self.head) {
            details.status = Some(status);
            details.headers = headers;
        }
        details
    }
}

/// The future's output, or nothing if it takes longer than `limit`.
async fn within<T>(limit: Option<Duration>, future: impl Future<Output = T>) -> Option<T> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, future).await.ok(),
        None => Some(future.await),
    }
}
