//! Tests of programs that make calls: a transport that answers as it is told (feature `test-util`).
//!
//! An expectation is a call that is written down and not sent, so it has the types of its operation:
//! what `then` takes is what the call gives. Between the mock and the program is the whole client.
//! Values are written as the server would and read again; statuses, headers, repeats, limits of time
//! and waiters are the real ones. There is no port and no thread, and with tokio's clock paused, no
//! waiting.
//!
//! ```
//! # #[path = "../tests/mock/api.rs"] mod api;
//! # use api::{ApiError, Client, Snapshot, TakeSnapshotError};
//! use specwright_runtime::ErrorBody;
//! use specwright_runtime::mock::MockTransport;
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockTransport::new();
//! let client = mock.client(Client::builder())?;
//!
//! let too_many = ErrorBody::new(ApiError { error: 429, error_code: "RATE_LIMITED".into() });
//! mock.when(client.take_snapshot("group", "Cluster0", "before migration").send())
//!     .then_error(TakeSnapshotError::TooManyRequests(too_many))
//!     .with_header("retry-after", "20")
//!     .then(Snapshot { id: Some("1".into()), status: None });
//!
//! // The program under test, which waits 20 seconds of a clock that does not tick.
//! let taken = client.take_snapshot("group", "Cluster0", "before migration").send().await?;
//! assert_eq!(taken.id.as_deref(), Some("1"));
//! mock.verify();
//! # Ok(()) }
//! ```
//!
//! Operations, parameters and answers that a new version of the document adds change nothing here:
//! a mock knows the calls that a test has written down, and no others.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Method, Request, Response, request};

use crate::auth::External;
use crate::client::ClientBuilder;
use crate::codegen::v1::Service;
use crate::error::{BuildError, NoError};
use crate::response::ResponseFuture;
use crate::transport::{
    BoxFuture, CollectError, RequestBody, ResponseBody, Transport, TransportError,
};

mod answer;
mod asked;
mod difference;
mod expectation;
mod reply;
mod rule;
mod sent;
mod unmet;
mod values;
mod wanted;

use self::answer::Answer;
pub(crate) use self::asked::Asked;
pub use self::expectation::Expectation;
pub use self::reply::Reply;
use self::rule::Rule;
pub use self::sent::Sent;
pub use self::unmet::Unmet;
use self::wanted::Wanted;

/// A transport that answers as a test has told it to, and remembers what was sent.
///
/// Clones are the same mock. A call that no expectation is for fails at once, without being repeated,
/// and [`verify`](Self::verify) tells of it.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

/// What the mock knows.
#[derive(Default)]
struct State {
    in_order: bool,
    rules: Vec<Rule>,
    sent: Vec<Sent>,
    /// What no rule was for, each with the words for it.
    unexpected: Vec<String>,
}

impl MockTransport {
    /// A mock that expects nothing. Its expectations are met in any order; where several are for one
    /// call, the first that has an answer left gives it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A mock whose expectations are met in the order in which they are written down.
    #[must_use]
    pub fn in_order() -> Self {
        let mock = Self::new();
        mock.lock().in_order = true;
        mock
    }

    /// The client that `builder` makes, over this mock. It is not asked to log in: to test that, give
    /// the builder its credentials and `transport(mock.clone())`, and write down the requests for
    /// tokens with [`when_request`](Self::when_request).
    ///
    /// # Errors
    /// As [`ClientBuilder::build`]. Where the document has no absolute server, any base URL does.
    pub fn client<C: Service>(&self, builder: ClientBuilder<C>) -> Result<C, BuildError> {
        builder.transport(self.clone()).credentials(External).build()
    }

    /// Expects the call that `call` would be. It is not sent.
    ///
    /// Path, query, body and the headers that the call itself has are expected as they are, and no
    /// others; of a body that is a stream or a form of several parts, anything is.
    /// [`Expectation::any_arguments`] leaves only the operation.
    ///
    /// # Panics
    /// The call could not be sent: an argument was refused.
    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "a call that is expected is not awaited")]
    pub fn when<T, E>(&self, call: ResponseFuture<T, E>) -> Expectation<T, E> {
        match call.into_call().map(Wanted::call) {
            Some(Ok(wanted)) => self.expect(wanted),
            Some(Err(reason)) => broken(&format!("this call cannot be sent: {reason}")),
            None => broken("this call is on its way already"),
        }
    }

    /// Expects any request of this method and path, whoever sends it: for requests that are no call,
    /// such as those for tokens.
    #[track_caller]
    pub fn when_request(
        &self,
        method: Method,
        path: impl Into<String>,
    ) -> Expectation<(), NoError> {
        self.expect(Wanted::request(method, path.into()))
    }

    /// All that was sent, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.lock().sent.clone()
    }

    /// Whether all expectations were met, and nothing else was sent.
    ///
    /// # Errors
    /// Says what was not.
    pub fn check(&self) -> Result<(), Unmet> {
        Unmet::of(&self.lock())
    }

    /// Ends a test: all expectations were met, and nothing else was sent.
    ///
    /// # Panics
    /// Says what was not.
    #[track_caller]
    pub fn verify(&self) {
        if let Err(unmet) = self.check() {
            broken(&unmet.to_string());
        }
    }

    #[track_caller]
    fn expect<T, E>(&self, wanted: Wanted) -> Expectation<T, E> {
        let mut state = self.lock();
        state.rules.push(Rule::new(wanted, Location::caller()));
        Expectation::new(self.clone(), state.rules.len() - 1)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Who answers.
    fn answer(&mut self, sent: &Sent) -> Result<Answer, TransportError> {
        let mut open = self.rules.iter_mut().filter(|rule| rule.has_answer());
        let found = if self.in_order {
            // What may stay away is passed over, what has to come is not.
            open.find(|rule| rule.is_for(sent) || rule.missing() > 0)
                .filter(|rule| rule.is_for(sent))
        } else {
            open.find(|rule| rule.is_for(sent))
        };
        let answer = found.and_then(|rule| rule.next_answer(sent));
        self.sent.push(sent.clone());
        answer.ok_or_else(|| {
            let told = unmet::unexpected(sent, &self.rules, self.in_order);
            self.unexpected.push(told.clone());
            TransportError::refused(told)
        })
    }
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (head, body) = taken_apart(request).await?;
            let sent = Sent::new(&head, body);
            let answer = self.lock().answer(&sent)?;
            answer.give(&sent).await
        })
    }
}

/// The head of a request, and its body as the server would read it: what fails on the way fails the
/// request.
pub(crate) async fn taken_apart(
    request: Request<RequestBody>,
) -> Result<(request::Parts, Bytes), TransportError> {
    let (head, body) = request.into_parts();
    Ok((head, collect(body).await?))
}

async fn collect(body: RequestBody) -> Result<Bytes, TransportError> {
    let stream = match body {
        RequestBody::Empty => return Ok(Bytes::new()),
        RequestBody::Bytes(bytes) => return Ok(bytes),
        RequestBody::Stream(stream) => stream,
    };
    let body = ResponseBody::from_stream(stream);
    body.collect(u64::MAX).await.map_err(|error| match error {
        CollectError::Transport(error) => error,
        CollectError::TooLarge { .. } => TransportError::exchange(error),
    })
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("MockTransport")
            .field("expectations", &state.rules.len())
            .field("sent", &state.sent.len())
            .finish_non_exhaustive()
    }
}

/// Fails the test.
#[track_caller]
#[allow(clippy::panic, reason = "a test that does not hold panics")]
fn broken(reason: &str) -> ! {
    panic!("{reason}")
}
