//! Why a wait ended without what was waited for.

use std::fmt;
use std::time::Duration;

use crate::codegen::Operation;
use crate::error::{AnyError, Details, ErrorKind};

/// Why a wait did not give what was waited for, with the last state that was seen.
///
/// `?` turns it into a client's error of any operation. Neither `Display` nor `Debug` shows the state.
pub struct WaitError<T> {
    reason: WaitReason,
    operation: Option<&'static Operation>,
    last: Option<Box<T>>,
}

/// The sorts of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitReason {
    /// It has come to a state that counts as failure.
    Failed,
    /// The time that the caller gave it is up.
    TimedOut(Duration),
    /// A call failed.
    Call(AnyError),
}

impl<T> WaitError<T> {
    pub(super) fn new(
        reason: WaitReason,
        operation: Option<&'static Operation>,
        last: Option<T>,
    ) -> Self {
        Self { reason, operation, last: last.map(Box::new) }
    }

    /// What sort of end it was.
    #[must_use]
    pub fn reason(&self) -> &WaitReason {
        &self.reason
    }

    /// Whether it has come to a state that counts as failure.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self.reason, WaitReason::Failed)
    }

    /// Whether the time is up that the caller gave it.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.reason, WaitReason::TimedOut(_))
    }

    /// The error of the call that failed, if one did.
    #[must_use]
    pub fn as_call(&self) -> Option<&AnyError> {
        match &self.reason {
            WaitReason::Call(error) => Some(error),
            WaitReason::Failed | WaitReason::TimedOut(_) => None,
        }
    }

    /// The last state that was seen; of a failure, the state that is one.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.last.as_deref()
    }

    /// The last state by value.
    #[must_use]
    pub fn into_last(self) -> Option<T> {
        self.last.map(|last| *last)
    }

    /// The error of an end that comes after something was started: whatever it is, that has
    /// happened.
    pub(super) fn after_start(mut self) -> Self {
        if let WaitReason::Call(error) = &mut self.reason {
            error.set_reached();
        }
        self
    }
}

impl<T> From<WaitError<T>> for AnyError {
    fn from(error: WaitError<T>) -> Self {
        let kind = match error.reason {
            WaitReason::Call(error) => return error,
            WaitReason::Failed => ErrorKind::WaitFailed,
            WaitReason::TimedOut(_) => ErrorKind::Timeout,
        };
        let mut details = Details::new(kind, error.operation);
        details.timeout = kind == ErrorKind::Timeout;
        details.reached = true;
        if let WaitReason::TimedOut(max) = error.reason {
            details = details.because(time_is_up(max));
        }
        Self::of(details)
    }
}

fn time_is_up(max: Duration) -> String {
    format!("what is waited for has not come within {max:?}")
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(operation), None) = (self.operation, self.as_call()) {
            write!(f, "{} {}: ", operation.method(), operation.path())?;
        }
        match &self.reason {
            WaitReason::Failed => ErrorKind::WaitFailed.fmt(f),
            WaitReason::TimedOut(max) => f.write_str(&time_is_up(*max)),
            WaitReason::Call(error) => error.fmt(f),
        }
    }
}

impl<T> fmt::Debug for WaitError<T> {
    /// Says that there is a state, which may be anybody's business, and not what it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError")
            .field("reason", &self.reason)
            .field("operation", &self.operation.map_or("", Operation::id))
            .field("last", &self.last.as_ref().map(|_| ".."))
            .finish()
    }
}

impl<T> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.as_call().and_then(std::error::Error::source)
    }
}
