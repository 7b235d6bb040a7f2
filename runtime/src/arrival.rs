//! The body of a success that is handed over as it arrives: it may not be silent for too long, and
//! what goes wrong with it is an error of its call. Not generic, so that it is compiled once, in this
//! crate.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use crate::clock::{self, Sleep};
use crate::codegen::Operation;
use crate::error::{Details, ErrorKind};
use crate::exchange::Answer;
use crate::transport::{ResponseBody, TransportError};

/// A body on its way, and the call that it answers.
pub(crate) struct Arrival {
    /// Gone once it has ended, or failed, or nobody wants more of it.
    body: Option<ResponseBody>,
    idle: Option<Duration>,
    /// Runs while the body has nothing to give.
    silence: Option<Pin<Box<Sleep>>>,
    origin: Origin,
}

/// The answer that a body belongs to, for errors.
struct Origin {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl Arrival {
    pub(crate) fn new(answer: Answer) -> Self {
        let bytes = answer.bytes;
        let body = answer.stream.unwrap_or_else(|| ResponseBody::from_bytes(bytes));
        let origin = Origin {
            operation: answer.operation,
            status: answer.status,
            headers: answer.headers,
            attempts: answer.attempts,
        };
        Self { body: Some(body), idle: answer.limits.idle, silence: None, origin }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.origin.headers
    }

    /// Goes on with the body of another answer, which holds the rest.
    pub(crate) fn go_on(&mut self, rest: Answer) {
        self.origin.attempts = self.origin.attempts.saturating_add(rest.attempts);
        self.body = Some(rest.stream.unwrap_or_else(|| ResponseBody::from_bytes(rest.bytes)));
        self.silence = None;
    }

    /// Nothing more is wanted; the connection is closed.
    pub(crate) fn close(&mut self) {
        self.body = None;
    }

    pub(crate) fn is_over(&self) -> bool {
        self.body.is_none()
    }

    /// The next chunk, unless the server is silent for too long. Nothing comes after a failure.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Box<Details>>>> {
        let next = ready!(self.chunk(cx));
        if !matches!(next, Some(Ok(_))) {
            self.close();
        }
        Poll::Ready(next)
    }

    fn chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Box<Details>>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Poll::Ready(chunk) = Pin::new(body).poll_next(cx) {
            self.silence = None;
            return Poll::Ready(
                chunk.map(|chunk| chunk.map_err(|error| self.origin.broken(error))),
            );
        }
        let Some(limit) = self.idle else { return Poll::Pending };
        let silence = self.silence.get_or_insert_with(|| Box::pin(clock::sleep(limit)));
        ready!(silence.as_mut().poll(cx));
        let mut details = self.details(ErrorKind::Timeout);
        details.timeout = true;
        Poll::Ready(Some(Err(details.because(format!("nothing came for {limit:?}")))))
    }

    /// A failure of the call, whose head had arrived.
    pub(crate) fn details(&self, kind: ErrorKind) -> Box<Details> {
        self.origin.details(kind)
    }
}

impl Origin {
    fn details(&self, kind: ErrorKind) -> Box<Details> {
        let mut details = Details::new(kind, Some(self.operation));
        details.status = Some(self.status);
        details.headers = self.headers.clone();
        details.attempts = self.attempts;
        details.reached = true;
        details
    }

    fn broken(&self, error: TransportError) -> Box<Details> {
        let timeout = error.is_timeout();
        let kind = if timeout { ErrorKind::Timeout } else { ErrorKind::Truncated };
        let mut details = self.details(kind);
        details.timeout = timeout;
        details.caused_by(error)
    }
}
