//! From a call to its answer: a login where one is asked for, and another attempt where one can do
//! no harm.
//!
//! Nothing here is generic. A client of 500 operations compiles this once, in this crate.

use std::pin::pin;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use url::Url;

use crate::call::{Call, Parts};
use crate::client::Limits;
use crate::codegen::Operation;
use crate::decode::Wanted;
use crate::download::{Chance, Resumption};
use crate::error::{Details, ErrorKind};
use crate::stream::Item;
use crate::transport::{BoxFuture, ResponseBody};

mod attempt;
mod code;
mod envelope;
mod login;
mod progress;
mod request;
mod target;
mod trace;
mod tries;

use self::login::Login;
use self::progress::Progress;
use self::request::Prepared;
use self::trace::Span;
use self::tries::Exchange;

/// A complete answer.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
    /// The body of a success that is to be handed over as it arrives; `bytes` are then empty.
    pub(crate) stream: Option<ResponseBody>,
    /// What of its events is the value, and which data ends them.
    pub(crate) events: (Item, Option<&'static str>),
    /// How much of a stream may be held, and how long it may be silent.
    pub(crate) limits: Limits,
    /// What the call asked for.
    pub(crate) wanted: Wanted,
    /// How many requests the call has sent.
    pub(crate) attempts: u32,
    /// How a download may be taken up again.
    pub(crate) resumption: Option<Chance>,
    /// The name the API gives to a failure.
    pub(crate) code: Option<String>,
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

/// Where a call goes, before any login; `None` if it goes nowhere.
pub(crate) fn address(call: &Call) -> Option<Url> {
    let uri = uri(call.as_parts()).ok()?;
    Url::parse(&uri.to_string()).ok()
}

/// The same as it is sent.
///
/// # Errors
/// Says which argument is refused.
pub(crate) fn uri(parts: &Parts) -> Result<Uri, String> {
    request::locate(parts, parts.core.shared()).map(|(_, uri)| uri)
}

/// Runs a call to its end.
pub(crate) fn start(call: Call) -> BoxFuture<'static, Outcome> {
    Box::pin(async move {
        let parts = call.into_parts();
        let span = Span::call(parts.operation);
        let outcome = span.run(run(parts)).await.unwrap_or_else(Outcome::Failed);
        span.ended(&outcome);
        outcome
    })
}

async fn run(parts: Box<Parts>) -> Result<Outcome, Box<Details>> {
    let operation = parts.operation;
    let (core, options) = (parts.core.clone(), parts.options.clone());
    let client = core.shared();
    let options = options.as_deref();
    let mut limits = options.map_or(client.limits, |options| options.limits(client.limits));
    limits.call = parts.timeout.or(limits.call);
    let policy = options.and_then(|options| options.retry.as_ref()).unwrap_or(&client.retry);
    let enveloped = parts.envelope;
    // What is inside an envelope is only known once it is there.
    let streamed = parts.streamed && !enveloped;
    let events = parts.events;
    let is_rest = parts.is_rest;
    // Only a body that arrives as the server sends it can break off and be continued.
    let resumption = if streamed { Resumption::of(&parts) } else { None };
    let login = Login::choose(operation, &client.credentials)?;
    let prepared = Prepared::new(parts, client)?;
    let exchange =
        Exchange { client, prepared, login, limits, policy, streamed, events, enveloped, is_rest };

    let mut progress = Progress::default();
    let finished = {
        // Pinned where it is: whoever takes a future moves it, and this one is large.
        let running = pin!(exchange.run(&mut progress));
        attempt::within(limits.call, running).await
    };
    let mut answer = finished
        .unwrap_or_else(|| Err(attempt::timeout(operation, "the call", limits.call)))
        .map_err(|details| progress.complete(details))?;
    answer.resumption = resumption;
    if !is_success(operation, is_rest, answer.status) {
        answer.code = client.error_code.and_then(|pointer| code::read(pointer, &answer.bytes));
    }
    let outcome = classify(answer, is_rest)?;
    if matches!(outcome, Outcome::Success(_)) {
        client.budget.earn();
    }
    Ok(outcome)
}

/// Whether the document makes a status the answer of an operation, or it is the rest of such an answer.
fn is_success(operation: &Operation, is_rest: bool, status: StatusCode) -> bool {
    operation.is_success(status) || (is_rest && status == StatusCode::PARTIAL_CONTENT)
}

/// Decides by status alone.
fn classify(answer: Answer, is_rest: bool) -> Result<Outcome, Box<Details>> {
    let status = answer.status;
    if is_success(answer.operation, is_rest, status) {
        Ok(Outcome::Success(answer))
    } else if status.is_success() || status.is_informational() {
        Err(Details::answered(ErrorKind::UnexpectedStatus, answer))
    } else {
        Ok(Outcome::Refused(answer))
    }
}
