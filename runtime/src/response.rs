//! An answer and what can be asked about it; the thin generic end of every call.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::codegen::v1::AnswerParts;
use crate::codegen::{Answers, Undecodable};
use crate::decode;
use crate::download::Download;
use crate::error::{Details, Error, ErrorKind, ErrorParts, ServiceError};
use crate::exchange::{Answer, Outcome};
use crate::stream::{self, EventStream, JsonStream};
use crate::transport::ResponseBody;

mod future;
mod header;
mod lifetime;
mod typed;

pub use self::future::ResponseFuture;
pub use self::header::RateLimit;
pub(crate) use self::header::retry_after;
pub(crate) use self::lifetime::{deprecation, sunset};
pub use self::typed::Header;

/// A success with its status and headers.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> Response<T> {
    /// The status. Inside an envelope, the inner status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as the type its documentation promises; `None` if it is not there or is not that.
    #[must_use]
    pub fn header_as<H: FromStr>(&self, name: &str) -> Option<H> {
        self.headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }

    /// A header that the document describes; `None` if it is not there or is not what the document
    /// says.
    #[must_use]
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Option<H> {
        header.read(&self.headers)
    }

    /// How many requests the call sent, those that a login needed included and those for tokens
    /// not.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body by value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.body
    }

    /// How many calls the server still allows, if it says so.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// How long the server asks to wait (RFC 9110, section 10.2.3), at most a day.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Since when, or from when on, what was called is deprecated (`Deprecation`, RFC 9745), if the
    /// server says so.
    #[must_use]
    pub fn deprecation(&self) -> Option<Timestamp> {
        deprecation(&self.headers)
    }

    /// When what was called is expected to be gone (`Sunset`, RFC 8594), if the server says so.
    #[must_use]
    pub fn sunset(&self) -> Option<Timestamp> {
        sunset(&self.headers)
    }

    /// Where the answer points, for a created resource or a documented redirect.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Header names only: cookies and tokens travel in the values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

pub(crate) fn json<T: DeserializeOwned, E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<T>, Error<E>> {
    finish(outcome, decode::answer::<T>)
}

pub(crate) fn json_body<T: DeserializeOwned, E: ServiceError>(
    outcome: Outcome,
) -> Result<T, Error<E>> {
    json(outcome).map(Response::into_inner)
}

pub(crate) fn text<E: ServiceError>(outcome: Outcome) -> Result<Response<String>, Error<E>> {
    finish(outcome, decode::text)
}

pub(crate) fn text_body<E: ServiceError>(outcome: Outcome) -> Result<String, Error<E>> {
    text(outcome).map(Response::into_inner)
}

pub(crate) fn bytes<E: ServiceError>(outcome: Outcome) -> Result<Response<Bytes>, Error<E>> {
    finish(outcome, decode::bytes)
}

pub(crate) fn bytes_body<E: ServiceError>(outcome: Outcome) -> Result<Bytes, Error<E>> {
    bytes(outcome).map(Response::into_inner)
}

pub(crate) fn empty<E: ServiceError>(outcome: Outcome) -> Result<Response<()>, Error<E>> {
    finish(outcome, |_| Ok(()))
}

pub(crate) fn empty_body<E: ServiceError>(outcome: Outcome) -> Result<(), Error<E>> {
    empty(outcome).map(Response::into_inner)
}

pub(crate) fn one_of<T: Answers, E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<T>, Error<E>> {
    finish(outcome, |answer| T::decode(AnswerParts::new(answer)))
}

pub(crate) fn one_of_body<T: Answers, E: ServiceError>(outcome: Outcome) -> Result<T, Error<E>> {
    one_of(outcome).map(Response::into_inner)
}

pub(crate) fn as_it_arrives<E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<ResponseBody>, Error<E>> {
    let body = |answer: Answer| {
        let bytes = answer.bytes;
        answer.stream.unwrap_or_else(|| ResponseBody::from_bytes(bytes))
    };
    arriving(outcome, |answer| answer.wanted.check(&answer.headers), body)
}

pub(crate) fn download<E: ServiceError>(outcome: Outcome) -> Result<Response<Download>, Error<E>> {
    arriving(outcome, |answer| answer.wanted.check(&answer.headers), Download::new)
}

pub(crate) fn events<T, E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<EventStream<T>>, Error<E>> {
    values(outcome, true, |answer| {
        let (item, until) = answer.events;
        EventStream::new(answer, item, until)
    })
}

pub(crate) fn events_body<T, E: ServiceError>(
    outcome: Outcome,
) -> Result<EventStream<T>, Error<E>> {
    events(outcome).map(Response::into_inner)
}

pub(crate) fn lines<T, E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<JsonStream<T>>, Error<E>> {
    values(outcome, false, JsonStream::lines)
}

pub(crate) fn lines_body<T, E: ServiceError>(outcome: Outcome) -> Result<JsonStream<T>, Error<E>> {
    lines(outcome).map(Response::into_inner)
}

pub(crate) fn sequence<T, E: ServiceError>(
    outcome: Outcome,
) -> Result<Response<JsonStream<T>>, Error<E>> {
    values(outcome, false, JsonStream::sequence)
}

pub(crate) fn sequence_body<T, E: ServiceError>(
    outcome: Outcome,
) -> Result<JsonStream<T>, Error<E>> {
    sequence(outcome).map(Response::into_inner)
}

/// Gives an outcome of many values the types of its operation.
fn values<S, E: ServiceError>(
    outcome: Outcome,
    are_events: bool,
    read: fn(Answer) -> S,
) -> Result<Response<S>, Error<E>> {
    let check = |answer: &Answer| {
        answer.wanted.check_coding(&answer.headers)?;
        let media_type = |reason| Undecodable { kind: ErrorKind::MediaType, reason };
        stream::check(&answer.headers, are_events).map_err(media_type)
    };
    arriving(outcome, check, read)
}

/// Gives an outcome that is read as it arrives the types of its operation, if its head is right.
fn arriving<S, E: ServiceError>(
    outcome: Outcome,
    check: impl Fn(&Answer) -> Result<(), Undecodable>,
    read: fn(Answer) -> S,
) -> Result<Response<S>, Error<E>> {
    match outcome {
        Outcome::Success(answer) => match check(&answer) {
            Ok(()) => Ok(Response {
                status: answer.status,
                headers: answer.headers.clone(),
                attempts: answer.attempts,
                body: read(answer),
            }),
            Err(Undecodable { kind, reason }) => {
                let mut details = Details::answered(kind, answer).because(reason);
                // Nothing of the body was read.
                details.bytes = None;
                Err(Error::undocumented(details))
            }
        },
        Outcome::Refused(answer) => Err(refused(answer)),
        Outcome::Failed(details) => Err(Error::undocumented(details)),
    }
}

/// Gives an outcome the types of its operation.
fn finish<T, E: ServiceError>(
    outcome: Outcome,
    read: fn(&Answer) -> Result<T, Undecodable>,
) -> Result<Response<T>, Error<E>> {
    match outcome {
        Outcome::Success(answer) => match read(&answer) {
            Ok(body) => Ok(Response {
                body,
                status: answer.status,
                headers: answer.headers,
                attempts: answer.attempts,
            }),
            Err(Undecodable { kind, reason }) => {
                let details = Details::answered(kind, answer).because(reason);
                Err(Error::undocumented(details))
            }
        },
        Outcome::Refused(answer) => Err(refused(answer)),
        Outcome::Failed(details) => Err(Error::undocumented(details)),
    }
}

/// The documented error for the answer's status, whatever its body looks like.
fn refused<E: ServiceError>(answer: Answer) -> Error<E> {
    let parts = ErrorParts::new(answer.status.as_u16(), answer.bytes.clone());
    match E::decode(parts) {
        Ok(service) => Error::documented(Details::answered(ErrorKind::Service, answer), service),
        Err(_) if answer.status.is_redirection() => {
            Error::undocumented(Details::answered(ErrorKind::Redirect, answer))
        }
        Err(_) => Error::undocumented(Details::answered(ErrorKind::UnexpectedStatus, answer)),
    }
}
