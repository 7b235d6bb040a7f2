//! From the chunks of a body to values. Not generic, so that it is compiled once, in this crate.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::{Frame, events, lines};
use crate::arrival::Arrival;
use crate::error::{AnyError, Details, ErrorKind};
use crate::exchange::Answer;

/// How values are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    Events,
    Lines,
    Sequence,
}

/// The values of a body.
pub(super) struct Frames {
    arrival: Arrival,
    parser: Parser,
    /// How many bytes a value may have.
    cap: u64,
}

enum Parser {
    Events(events::Parser),
    Lines(lines::Parser),
}

impl Frames {
    pub(super) fn new(answer: Answer, framing: Framing) -> Self {
        let parser = match framing {
            Framing::Events => Parser::Events(events::Parser::default()),
            Framing::Lines => Parser::Lines(lines::Parser::lines()),
            Framing::Sequence => Parser::Lines(lines::Parser::sequence()),
        };
        let cap = answer.limits.response_bytes;
        Self { arrival: Arrival::new(answer), parser, cap }
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
            if self.arrival.is_over() {
                return Poll::Ready(None);
            }
            if let Some(frame) = self.parser.next() {
                if ends(&frame.data) {
                    self.arrival.close();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(self.within(frame)));
            }
            if self.parser.held() as u64 > self.cap {
                return Poll::Ready(Some(Err(self.too_large())));
            }
            match ready!(self.arrival.poll(cx)) {
                Some(Ok(chunk)) => self.parser.push(&chunk),
                Some(Err(details)) => return Poll::Ready(Some(Err(details))),
                None => {
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
        let mut details = self.arrival.details(ErrorKind::Decode).because(reason);
        details.bytes = Some(frame.data);
        AnyError::of(details)
    }

    /// A value, unless it is too large: one chunk may bring more than the cap.
    fn within(&mut self, frame: Frame) -> Result<Frame, Box<Details>> {
        if frame.data.len() as u64 > self.cap { Err(self.too_large()) } else { Ok(frame) }
    }

    /// Nothing comes after a value that is too large; the connection is closed.
    fn too_large(&mut self) -> Box<Details> {
        self.arrival.close();
        let details = self.arrival.details(ErrorKind::TooLarge);
        details.because(format!("one value has more than {} bytes", self.cap))
    }

    fn unfinished(&self, data: Bytes) -> Box<Details> {
        let mut details = self.arrival.details(ErrorKind::Truncated);
        details.bytes = Some(data);
        details.because("the last event has no empty line behind it")
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
