//! Answers from a file.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{Request, Response};

use super::redaction::Redaction;
use super::scrubber::Scrubber;
use super::tape::{self, Asked, Entry, Outcome};
use super::{LARGEST, Mismatch, exchange};
use crate::transport::{BoxFuture, RequestBody, ResponseBody, Transport, TransportError};

/// A transport that answers from a recording.
///
/// Requests have to come as they were recorded, and in that order, unless
/// [`by_request`](Self::by_request) says otherwise. One that differs fails at once, and the error says
/// where. Clones are the same replay.
#[derive(Clone)]
pub struct Replay {
    state: Arc<Mutex<State>>,
}

struct State {
    entries: Vec<Entry>,
    used: Vec<bool>,
    by_request: bool,
    scrubber: Scrubber,
    cap: u64,
    mismatches: Vec<String>,
}

impl Replay {
    /// The recording in the file at `path`.
    ///
    /// # Errors
    /// The file cannot be read, or is no recording.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        let invalid = |reason| io::Error::new(io::ErrorKind::InvalidData, reason);
        let entries = tape::read(&text).map_err(invalid)?;
        let state = State {
            used: vec![false; entries.len()],
            entries,
            by_request: false,
            scrubber: Scrubber::new(Redaction::new()),
            cap: LARGEST,
            mismatches: Vec::new(),
        };
        Ok(Self { state: Arc::new(Mutex::new(state)) })
    }

    /// Takes for each request the first exchange that is left for it, in whatever order they come:
    /// for programs that make several calls at a time.
    #[must_use]
    pub fn by_request(self) -> Self {
        self.lock().by_request = true;
        self
    }

    /// What the recording left out beside what it leaves out by itself, and requests are not
    /// compared by.
    #[must_use]
    pub fn redaction(self, redaction: Redaction) -> Self {
        self.lock().scrubber = Scrubber::new(redaction);
        self
    }

    /// The largest body that was recorded, if it is not 1 MiB.
    #[must_use]
    pub fn max_body_bytes(self, bytes: u64) -> Self {
        self.lock().cap = bytes;
        self
    }

    /// Whether every request was as recorded, and none is missing.
    ///
    /// # Errors
    /// Says which is not.
    pub fn check(&self) -> Result<(), Mismatch> {
        let state = self.lock();
        let mut told = state.mismatches.clone();
        for (entry, _) in state.entries.iter().zip(&state.used).filter(|(_, used)| !**used) {
            told.push(format!("{} was recorded and never came", entry.request.title()));
        }
        if told.is_empty() { Ok(()) } else { Err(Mismatch { text: told.join("\n") }) }
    }

    /// Ends a test: every request was as recorded, and none is missing.
    ///
    /// # Panics
    /// Says which is not.
    #[track_caller]
    #[allow(clippy::panic, reason = "a test that does not hold panics")]
    pub fn verify(&self) {
        if let Err(mismatch) = self.check() {
            panic!("{mismatch}");
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The outcome that was recorded for a request.
    fn outcome(&mut self, sent: &Asked) -> Result<Outcome, String> {
        let lines = sent.lines();
        let mut left = (0..self.entries.len()).filter(|index| !self.used[*index]);
        let is_it = |index: &usize| self.entries[*index].request.lines() == lines;
        let found = if self.by_request { left.find(is_it) } else { left.next().filter(is_it) };
        if let Some(index) = found {
            self.used[index] = true;
            return Ok(self.entries[index].outcome.clone());
        }
        let told = self.mismatch(sent, &lines);
        self.mismatches.push(told.clone());
        Err(told)
    }

    /// What differs from the exchange whose turn it is, or from the one that is most like it.
    fn mismatch(&self, sent: &Asked, lines: &[String]) -> String {
        let left = self.entries.iter().zip(&self.used).filter(|(_, used)| !**used);
        let mut left = left.map(|(entry, _)| &entry.request);
        let nearest = if self.by_request {
            left.min_by_key(|wanted| difference(&wanted.lines(), lines).len())
        } else {
            left.next()
        };
        let Some(wanted) = nearest else {
            return format!("{} came, and nothing that was recorded is left", sent.title());
        };
        let difference = difference(&wanted.lines(), lines).join("\n");
        let which = if self.by_request { "the nearest is" } else { "the next is" };
        let (came, title) = (sent.title(), wanted.title());
        format!("{came} is not as it was recorded; {which} {title}:\n{difference}")
    }
}

/// The lines that only one of them has: `-` of the recording, `+` of what came.
fn difference(wanted: &[String], sent: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = sent.iter().collect();
    let mut told = Vec::new();
    for line in wanted {
        match left.iter().position(|other| *other == line) {
            Some(index) => drop(left.remove(index)),
            None => told.push(format!("- {line}")),
        }
    }
    told.extend(left.into_iter().map(|line| format!("+ {line}")));
    told
}

impl Transport for Replay {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (head, body) = crate::mock::taken_apart(request).await?;
            let outcome = {
                let mut state = self.lock();
                let cap = state.cap;
                let sent = state.scrubber.request(&head, &body, cap);
                state.outcome(&sent)
            };
            let refused = |told: String| TransportError::refused(told);
            match outcome.map_err(refused)? {
                Outcome::Failure(failure) => Err(failure.into_error()),
                Outcome::Response(answer) => {
                    let (head, body) = exchange::answer(&answer).map_err(refused)?;
                    let body = if answer.broken_off {
                        ResponseBody::from_stream(super::Broken::after(body))
                    } else {
                        ResponseBody::from_bytes(body)
                    };
                    head.body(body).map_err(|error| refused(error.to_string()))
                }
            }
        })
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        let left = state.used.iter().filter(|used| !**used).count();
        f.debug_struct("Replay")
            .field("entries", &state.entries.len())
            .field("left", &left)
            .finish_non_exhaustive()
    }
}
