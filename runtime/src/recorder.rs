//! Real exchanges in a file, without their secrets, and answers from it (feature `test-util`).
//!
//! ```no_run
//! # use specwright_runtime::ClientBuilder;
//! # use specwright_runtime::codegen::v1::Service;
//! use specwright_runtime::recorder::{Recorder, Replay};
//! # use specwright_runtime::transport::Transport;
//! # fn look<C: Service>(builder: fn() -> ClientBuilder<C>, real: impl Transport)
//! # -> Result<(), Box<dyn std::error::Error>> {
//!
//! // Once, with real credentials:
//! let recorder = Recorder::create("tests/backup.jsonl", real)?;
//! let client = builder().transport(recorder.clone()).build()?;
//! // …calls…
//! recorder.finish()?;
//!
//! // From then on, with any:
//! let replay = Replay::open("tests/backup.jsonl")?;
//! let client = builder().transport(replay.clone()).build()?;
//! // …the same calls…
//! replay.verify();
//! # Ok(()) }
//! ```
//!
//! A line of the file is an exchange, in the order of the requests: operation, method, path, query,
//! the headers that were neither secret nor the connection's own, and the body as JSON where it is
//! some, else as text or base64. The server is not in it. [`Redaction`] says what is left out.
//!
//! A login is recorded as far as a replay needs one: the challenge with another nonce, the answer to
//! a request for a token with another token.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, Request, Response, response};

use crate::transport::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError};

mod exchange;
mod redaction;
mod replay;
mod scrubber;
mod tape;
mod tee;

pub use self::redaction::Redaction;
pub use self::replay::Replay;
use self::scrubber::Scrubber;
use self::tape::{Asked, Entry, Failure, Outcome};
use self::tee::{Kept, Seen, Tee};

/// The largest body that is recorded.
const LARGEST: u64 = 1024 * 1024;

/// A transport that sends through another one, and writes down what passes.
///
/// Clones write to the same file.
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    tape: Arc<Mutex<Tape>>,
}

/// The file, and the exchanges that are not in it yet.
struct Tape {
    file: File,
    scrubber: Scrubber,
    cap: u64,
    /// In the order of their requests; nothing where one is still on its way.
    open: VecDeque<Option<Entry>>,
    /// How many are written.
    written: usize,
    failure: Option<io::Error>,
}

/// Why a replay is not content: a request that came otherwise than recorded, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    text: String,
}

impl Recorder {
    /// Records into the file at `path`, which is made or emptied, what is sent through `transport`.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn create(path: impl AsRef<Path>, transport: impl Transport) -> io::Result<Self> {
        let tape = Tape {
            file: File::create(path)?,
            scrubber: Scrubber::new(Redaction::new()),
            cap: LARGEST,
            open: VecDeque::new(),
            written: 0,
            failure: None,
        };
        Ok(Self { transport: Arc::new(transport), tape: Arc::new(Mutex::new(tape)) })
    }

    /// Leaves out more than it leaves out by itself.
    #[must_use]
    pub fn redaction(self, redaction: Redaction) -> Self {
        lock(&self.tape).scrubber = Scrubber::new(redaction);
        self
    }

    /// The largest body that is recorded: 1 MiB if not set. Of a larger one only that there was one
    /// is recorded, and it cannot be replayed.
    #[must_use]
    pub fn max_body_bytes(self, bytes: u64) -> Self {
        lock(&self.tape).cap = bytes;
        self
    }

    /// Makes sure that everything is in the file. Exchanges whose answers were not read to their end
    /// are in it once they are dropped.
    ///
    /// # Errors
    /// Something could not be written.
    pub fn finish(&self) -> io::Result<()> {
        let mut tape = lock(&self.tape);
        match tape.failure.take() {
            Some(failure) => Err(failure),
            None => tape.file.sync_all(),
        }
    }
}

impl Tape {
    fn end(&mut self, number: usize, entry: Entry) {
        if let Some(slot) = self.open.get_mut(number - self.written) {
            *slot = Some(entry);
        }
        while let Some(Some(_)) = self.open.front() {
            self.written += 1;
            if let Some(Some(entry)) = self.open.pop_front() {
                let line = tape::line(&entry).map_err(io::Error::from);
                let written = line.and_then(|line| self.file.write_all(line.as_bytes()));
                self.failure = self.failure.take().or(written.err());
            }
        }
    }
}

/// An exchange that has begun. Whoever gives it up leaves a failure in the file.
struct Exchange {
    tape: Arc<Mutex<Tape>>,
    number: usize,
    asked: Option<Asked>,
    /// Where the body of a request that is a stream is kept, and its media type.
    streamed: Option<(Kept, Option<HeaderValue>)>,
    is_call: bool,
}

impl Exchange {
    fn fail(mut self, failure: Failure) {
        self.end(|_, _| Outcome::Failure(failure));
    }

    fn answer(mut self, head: &response::Parts, seen: &Seen) {
        let is_call = self.is_call;
        self.end(|scrubber, cap| {
            let mut answer = scrubber.answer(head, &seen.bytes, cap, is_call);
            answer.broken_off = seen.broken_off;
            Outcome::Response(answer)
        });
    }

    fn end(&mut self, outcome: impl FnOnce(&mut Scrubber, u64) -> Outcome) {
        let Some(mut asked) = self.asked.take() else { return };
        let mut tape = lock(&self.tape);
        let cap = tape.cap;
        if let Some((kept, media_type)) = &self.streamed {
            let kept = tee::lock(kept).bytes.clone();
            asked.body = tape.scrubber.content(&kept, media_type.as_ref(), cap);
        }
        let outcome = outcome(&mut tape.scrubber, cap);
        tape.end(self.number, Entry { request: asked, outcome });
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let given_up = TransportError::exchange("given up").timed_out();
        self.end(|_, _| Outcome::Failure(Failure::of(&given_up)));
    }
}

impl Recorder {
    fn begin(&self, request: Request<RequestBody>) -> (Exchange, Request<RequestBody>) {
        let (head, body) = request.into_parts();
        let mut tape = lock(&self.tape);
        let (cap, number) = (tape.cap, tape.written + tape.open.len());
        tape.open.push_back(None);
        let (bytes, body, streamed) = match body {
            RequestBody::Empty => (Bytes::new(), RequestBody::Empty, None),
            RequestBody::Bytes(bytes) => (bytes.clone(), RequestBody::Bytes(bytes), None),
            RequestBody::Stream(stream) => {
                let kept = Kept::default();
                let tee = Tee::new(stream, Arc::clone(&kept), cap, None);
                let media_type = head.headers.get(http::header::CONTENT_TYPE).cloned();
                (Bytes::new(), RequestBody::Stream(Box::pin(tee)), Some((kept, media_type)))
            }
        };
        let asked = Some(tape.scrubber.request(&head, &bytes, cap));
        let is_call = asked.as_ref().is_some_and(|asked| asked.operation.is_some());
        let tape = Arc::clone(&self.tape);
        let exchange = Exchange { tape, number, asked, streamed, is_call };
        (exchange, Request::from_parts(head, body))
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (exchange, request) = self.begin(request);
            let response = match self.transport.send(request).await {
                Ok(response) => response,
                Err(error) => {
                    exchange.fail(Failure::of(&error));
                    return Err(error);
                }
            };
            let (head, body) = response.into_parts();
            let mut kept = Response::new(());
            *kept.status_mut() = head.status;
            *kept.headers_mut() = head.headers.clone();
            let (kept, ()) = kept.into_parts();
            let then = Box::new(move |seen: Seen| exchange.answer(&kept, &seen));
            let cap = lock(&self.tape).cap;
            let tee = Tee::new(Box::pin(body), Kept::default(), cap, Some(then));
            Ok(Response::from_parts(head, ResponseBody::from_stream(tee)))
        })
    }
}

/// A body that breaks off behind what was recorded.
struct Broken {
    chunk: Option<Bytes>,
    broken_off: bool,
}

impl Broken {
    fn after(chunk: Bytes) -> Self {
        Self { chunk: Some(chunk), broken_off: true }
    }
}

impl Stream for Broken {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(chunk) = self.chunk.take() {
            return Poll::Ready(Some(Ok(chunk)));
        }
        let broken_off = std::mem::take(&mut self.broken_off);
        Poll::Ready(broken_off.then(|| Err(TransportError::body("as it was recorded"))))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("transport", &self.transport).finish_non_exhaustive()
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Mismatch {}

fn lock(tape: &Mutex<Tape>) -> MutexGuard<'_, Tape> {
    tape.lock().unwrap_or_else(PoisonError::into_inner)
}
