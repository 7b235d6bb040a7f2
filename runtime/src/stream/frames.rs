//! From the chunks of a body to values. Not generic, so that it is compiled once, in this crate.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use tokio::time::Sleep;

use super::{Frame, events, lines};
use crate::client::Limits;
use crate::codegen::Operation;
use crate::error::{AnyError, Details, ErrorKind};
use crate::exchange::Answer;
use crate::transport::{ResponseBody, TransportError};

/// How values are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    Events,
    Lines,
    Sequence,
}

/// The values of a body.
pub(super) struct Frames {
    body: Option<ResponseBody>,
    parser: Parser,
    limits: Limits,
    /// Runs while the body has nothing to give.
    silence: Option<Pin<Box<Sleep>>>,
    origin: Origin,
}

enum Parser {
    Events(events::Parser),
    Lines(lines::Parser),
}

/// The answer that the values come from, for errors.
struct Origin {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl Frames {
    pub(super) fn new(answer: Answer, framing: Framing) -> Self {
        let bytes = answer.bytes;
        let body = answer.stream.unwrap_or_else(|| ResponseBody::from_bytes(bytes));
        let parser = match framing {
            Framing::Events => Parser::Events(events::Parser::default()),
            Framing::Lines => Parser::Lines(lines::Parser::lines()),
            Framing::Sequence => Parser::Lines(lines::Parser::sequence()),
        };
        let origin = Origin {
            operation: answer.operation,
            status: answer.status,
            headers: answer.headers,
            attempts: answer.attempts,
        };
        Self { body: Some(body), parser, limits: answer.limits, silence: None, origin }
    }

    pub(super) fn last_event_id(&self) -> Option<&str> {
        match &self.parser {
            Parser::Events(parser) => parser.last_id.as_deref(),
            Parser::Lines(_) => None,
        }
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        match &self.parser {
            Parser::Events(parser) => parser.reconnect,
            Parser::Lines(_) => None,
        }
    }

    /// The next value. It ends before one whose data is `until`, with the body, and with the first
    /// failure of the body.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        until: Option<&str>,
    ) -> Poll<Option<Result<Frame, Box<Details>>>> {
        let ends = |data: &Bytes| until.is_some_and(|until| data == until.as_bytes());
        loop {
            if self.body.is_none() {
                return Poll::Ready(None);
            }
            if let Some(frame) = self.parser.next() {
                if ends(&frame.data) {
                    self.body = None;
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(self.within(frame)));
            }
            let cap = self.limits.response_bytes;
            if self.parser.held() as u64 > cap {
                return Poll::Ready(Some(Err(self.too_large(cap))));
            }
            match ready!(self.chunk(cx)) {
                Some(Ok(chunk)) => self.parser.push(&chunk),
                Some(Err(details)) => return Poll::Ready(Some(Err(self.give_up(details)))),
                None => {
                    self.body = None;
                    return Poll::Ready(self.parser.rest().and_then(|rest| match rest {
                        Ok(frame) => Some(self.within(frame)),
                        Err(data) if ends(&data) => None,
                        Err(data) => Some(Err(self.unfinished(data))),
                    }));
                }
            }
        }
    }

    /// A value that is not what its document says.
    pub(super) fn undecodable(&self, frame: Frame, reason: String) -> AnyError {
        let mut details = self.origin.details(ErrorKind::Decode).because(reason);
        details.bytes = Some(frame.data);
        AnyError::of(details)
    }

    /// The next chunk, unless the server is silent for too long.
    fn chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Box<Details>>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if let Poll::Ready(chunk) = Pin::new(body).poll_next(cx) {
            self.silence = None;
            return Poll::Ready(
                chunk.map(|chunk| chunk.map_err(|error| self.origin.broken(error))),
            );
        }
        let Some(limit) = self.limits.idle else { return Poll::Pending };
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        ready!(silence.as_mut().poll(cx));
        let mut details = self.origin.details(ErrorKind::Timeout);
        details.timeout = true;
        Poll::Ready(Some(Err(details.because(format!("nothing came for {limit:?}")))))
    }

    /// A value, unless it is too large: one chunk may bring more than the cap.
    fn within(&mut self, frame: Frame) -> Result<Frame, Box<Details>> {
        let cap = self.limits.response_bytes;
        if frame.data.len() as u64 > cap { Err(self.too_large(cap)) } else { Ok(frame) }
    }

    fn too_large(&mut self, cap: u64) -> Box<Details> {
        let details = self.origin.details(ErrorKind::TooLarge);
        self.give_up(details.because(format!("one value has more than {cap} bytes")))
    }

    fn unfinished(&self, data: Bytes) -> Box<Details> {
        let mut details = self.origin.details(ErrorKind::Truncated);
        details.bytes = Some(data);
        details.because("the last event has no empty line behind it")
    }

    /// Nothing comes after `details`; the connection is closed.
    fn give_up(&mut self, details: Box<Details>) -> Box<Details> {
        self.body = None;
        details
    }
}

impl Parser {
    fn push(&mut self, chunk: &Bytes) {
        match self {
            Self::Events(parser) => parser.push(chunk),
            Self::Lines(parser) => parser.push(chunk),
        }
    }

    fn next(&mut self) -> Option<Frame> {
        match self {
            Self::Events(parser) => parser.next(),
            Self::Lines(parser) => parser.next(),
        }
    }

    fn held(&self) -> usize {
        match self {
            Self::Events(parser) => parser.held(),
            Self::Lines(parser) => parser.held(),
        }
    }

    /// What is left at the end: a whole value, or the data of an event that is not complete.
    fn rest(&mut self) -> Option<Result<Frame, Bytes>> {
        match self {
            Self::Events(parser) => parser.rest().map(Err),
            Self::Lines(parser) => parser.rest(),
        }
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
