//! Failures below HTTP.

use std::fmt;

/// Where an exchange broke off; decides whether the server may have seen the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportPhase {
    /// No connection was made: the server has seen nothing.
    Connect,
    /// The connection stood; how much the server saw is unknown.
    Exchange,
    /// The head of the answer had arrived; its body did not end well.
    Body,
}

/// A failure below HTTP.
#[derive(Debug)]
pub struct TransportError {
    phase: TransportPhase,
    timeout: bool,
    lasting: bool,
    refused: bool,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// A failure in `phase`. `source` must not print the request's URI or headers.
    pub fn new(
        phase: TransportPhase,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { phase, timeout: false, lasting: false, refused: false, source: source.into() }
    }

    /// No connection was made.
    pub fn connect(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(TransportPhase::Connect, source)
    }

    /// The transport itself does not send the request, and would not if it were asked again: a mock
    /// that expects another one, a rule of the program. The error of the call says `source`.
    pub fn refused(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { refused: true, ..Self::connect(source).lasting() }
    }

    /// The exchange broke off before the head of the answer was complete.
    pub fn exchange(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(TransportPhase::Exchange, source)
    }

    /// The body of the answer broke off.
    pub fn body(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(TransportPhase::Body, source)
    }

    /// Says that a time limit was the reason.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Says that another try would end the same way, as with a certificate that is not trusted.
    #[must_use]
    pub fn lasting(mut self) -> Self {
        self.lasting = true;
        self
    }

    /// How far the exchange had come.
    #[must_use]
    pub fn phase(&self) -> TransportPhase {
        self.phase
    }

    /// Whether a time limit was the reason.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Whether another try would end the same way. Such a failure is not repeated.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// Whether the transport itself did not send the request.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.refused {
            return f.write_str("the transport refused the request");
        }
        f.write_str(match (self.phase, self.timeout) {
            (TransportPhase::Connect, false) => "no connection could be made",
            (TransportPhase::Connect, true) => "no connection was made in time",
            (TransportPhase::Exchange, false) => "the exchange broke off before an answer",
            (TransportPhase::Exchange, true) => "no answer came in time",
            (TransportPhase::Body, false) => "the answer broke off in the middle",
            (TransportPhase::Body, true) => "the answer was not complete in time",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
