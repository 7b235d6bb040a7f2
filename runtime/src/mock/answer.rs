//! What an expectation answers with, and how that becomes an answer.

use std::sync::Arc;

use http::Response;

use super::{Reply, Sent};
use crate::transport::{ResponseBody, TransportError, TransportPhase};

/// An answer that can be given as often as it takes.
#[derive(Clone)]
pub(super) enum Answer {
    Reply(Reply),
    Failure(Failure),
    /// None, ever.
    Silence,
    /// By the test's own function.
    By(Arc<dyn Fn(&Sent) -> Reply + Send + Sync>),
}

/// A failure of the transport, without its source, which cannot be cloned.
#[derive(Clone)]
pub(super) struct Failure {
    phase: TransportPhase,
    timeout: bool,
    lasting: bool,
    source: String,
}

impl Answer {
    pub(super) async fn give(self, sent: &Sent) -> Result<Response<ResponseBody>, TransportError> {
        match self {
            Self::Reply(reply) => reply.give(sent).await,
            Self::By(function) => function(sent).give(sent).await,
            Self::Failure(failure) => Err(failure.into_error()),
            Self::Silence => std::future::pending().await,
        }
    }
}

impl Failure {
    pub(super) fn of(error: &TransportError) -> Self {
        let source = std::error::Error::source(error).map_or_else(String::new, ToString::to_string);
        let (timeout, lasting) = (error.is_timeout(), error.is_lasting());
        Self { phase: error.phase(), timeout, lasting, source }
    }

    fn into_error(self) -> TransportError {
        let error = TransportError::new(self.phase, self.source);
        let error = if self.timeout { error.timed_out() } else { error };
        if self.lasting { error.lasting() } else { error }
    }
}
