//! The sorts of failure.

use std::fmt;

/// What sort of failure an [`Error`](crate::Error) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The arguments were refused before anything was sent, for instance an empty path parameter.
    Build,
    /// Logging in failed, or the client lacks the credential the operation needs.
    Auth,
    /// No connection was made; the server has seen nothing of the last attempt.
    Connect,
    /// The transport did not send the request: a mock that expects another one, a rule of the program.
    Refused,
    /// A time limit ran out.
    Timeout,
    /// The exchange broke off before an answer, or what came was no HTTP.
    Transport,
    /// The answer broke off in the middle: its status is known, its body is not.
    Truncated,
    /// What the program itself gave to the call failed: a file or a stream that was to be sent, or
    /// where it wanted to have what arrived. Without a call, what the system has refused.
    Io,
    /// The answer is a redirect, which is never followed: repeating a request elsewhere would
    /// hand its body and credentials to whom the answer names.
    Redirect,
    /// An error the document lists for the operation.
    Service,
    /// A status the document does not list for the operation.
    UnexpectedStatus,
    /// A success without the body that the document promises.
    EmptyBody,
    /// A success of another media type than the document promises, such as a proxy's HTML page.
    MediaType,
    /// A success that is not what the document promises: broken JSON, an error body under a 2xx.
    Decode,
    /// The answer has more bytes than the client was told to read.
    TooLarge,
    /// The request that only asks for a login challenge was answered with a success instead.
    NotChallenged,
    /// A page of an answer does not say where the next one is, although there is one, or leads to
    /// another server or back to where it came from.
    NextPage,
    /// What was waited for has come to a state that counts as failure.
    WaitFailed,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Build => "the call was refused before it was sent",
            Self::Auth => "logging in failed",
            Self::Connect => "no connection could be made",
            Self::Refused => "the transport refused the request",
            Self::Timeout => "a time limit ran out",
            Self::Transport => "the exchange broke off",
            Self::Truncated => "the answer broke off",
            Self::Io => "a file or a stream of the program's own failed",
            Self::Redirect => "the answer is a redirect, which is not followed",
            Self::Service => "a documented error",
            Self::UnexpectedStatus => "a status the document does not list",
            Self::EmptyBody => "the answer has no body",
            Self::MediaType => "the answer has another media type",
            Self::Decode => "the answer is not what the document promises",
            Self::TooLarge => "the answer is too large",
            Self::NotChallenged => "the server did not ask for a login",
            Self::NextPage => "there is no way to the next page",
            Self::WaitFailed => "what was waited for has failed",
        })
    }
}
