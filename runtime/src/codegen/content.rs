//! Bodies and answers of which the document offers several.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::decode;
use crate::error::ErrorKind;
use crate::exchange::Answer;

/// One of several bodies; implemented by generated enums.
pub trait RequestContent {
    /// Puts the body into the call, with its media type.
    fn apply(self, call: Call) -> Call;
}

/// One of several successes, told apart by status; implemented by generated enums.
pub trait Answers: Sized {
    /// The variant for the answer's status.
    ///
    /// # Errors
    /// The body is not what the document promises for that status.
    fn decode(parts: AnswerParts<'_>) -> Result<Self, Undecodable>;
}

/// A success, read as its variant wants it.
#[derive(Clone, Copy)]
pub struct AnswerParts<'a> {
    answer: &'a Answer,
}

/// Why a success is not what was promised; never quotes the body.
#[derive(Debug)]
pub struct Undecodable {
    pub(crate) kind: ErrorKind,
    pub(crate) reason: String,
}

impl Undecodable {
    /// A body that is of the right sort but wrong.
    pub(crate) fn broken(reason: String) -> Self {
        Self { kind: ErrorKind::Decode, reason }
    }
}

impl<'a> AnswerParts<'a> {
    pub(crate) fn new(answer: &'a Answer) -> Self {
        Self { answer }
    }

    /// The status. Inside an envelope, the inner status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.answer.status.as_u16()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is none, or not of that type.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Undecodable> {
        decode::answer(self.answer)
    }

    /// The body as UTF-8 text.
    ///
    /// # Errors
    /// It is none, or of a media type that was not asked for.
    pub fn text(self) -> Result<String, Undecodable> {
        decode::text(self.answer)
    }

    /// The body as it is.
    ///
    /// # Errors
    /// It is of a media type that was not asked for.
    pub fn bytes(self) -> Result<Bytes, Undecodable> {
        decode::bytes(self.answer)
    }

    /// A status that the document does not list.
    ///
    /// # Errors
    /// Always.
    pub fn unlisted<T>(self) -> Result<T, Undecodable> {
        let reason = format!("the document lists no answer for status {}", self.status());
        Err(Undecodable::broken(reason))
    }
}

/// Texts of any sort as owned ones.
pub fn texts<I>(values: I) -> Vec<String>
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    values.into_iter().map(|value| value.as_ref().to_owned()).collect()
}

/// The values of an iterator.
pub fn list<I: IntoIterator>(values: I) -> Vec<I::Item> {
    values.into_iter().collect()
}
