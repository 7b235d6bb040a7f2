//! Spans for a call and each of its attempts, under the names of OpenTelemetry's conventions for
//! HTTP clients. Without the feature `tracing` there is nothing.
//!
//! No value of a call is recorded: the path is its template, and there is no query.

#[cfg(not(feature = "tracing"))]
pub(super) use self::off::{Span, waits};
#[cfg(feature = "tracing")]
pub(super) use self::on::{Span, waits};

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::Duration;

    use http::{StatusCode, Uri};
    use tracing::Instrument;
    use tracing::field::Empty;

    use super::super::{Answer, Outcome};
    use crate::codegen::Operation;
    use crate::error::Details;

    pub(in super::super) struct Span(tracing::Span);

    impl Span {
        pub(in super::super) fn call(operation: &'static Operation) -> Self {
            Self(tracing::info_span!(
                "call",
                otel.name = operation.id(),
                otel.status_code = Empty,
                http.request.method = operation.method().as_str(),
                url.template = operation.path(),
                http.response.status_code = Empty,
                error.r#type = Empty,
            ))
        }

        pub(in super::super) fn attempt(
            operation: &'static Operation,
            uri: &Uri,
            number: u32,
        ) -> Self {
            let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
            Self(tracing::info_span!(
                "attempt",
                otel.kind = "client",
                otel.name = format!("{} {}", operation.method(), operation.path()),
                otel.status_code = Empty,
                http.request.method = operation.method().as_str(),
                http.request.resend_count = number - 1,
                url.template = operation.path(),
                server.address = uri.host().unwrap_or_default(),
                server.port = uri.port_u16().unwrap_or(default),
                http.response.status_code = Empty,
                error.r#type = Empty,
            ))
        }

        pub(in super::super) async fn run<F: Future>(&self, future: F) -> F::Output {
            future.instrument(self.0.clone()).await
        }

        pub(in super::super) fn answered(&self, result: &Result<Answer, Box<Details>>) {
            match result {
                Ok(answer) => self.status(answer),
                Err(details) => self.failed(details),
            }
        }

        pub(in super::super) fn ended(&self, outcome: &Outcome) {
            match outcome {
                Outcome::Success(answer) | Outcome::Refused(answer) => self.status(answer),
                Outcome::Failed(details) => self.failed(details),
            }
        }

        fn status(&self, answer: &Answer) {
            self.code(answer.status);
            if !answer.operation.is_success(answer.status) {
                self.0.record("error.type", answer.status.as_str());
                self.0.record("otel.status_code", "ERROR");
            }
        }

        fn failed(&self, details: &Details) {
            if let Some(status) = details.status {
                self.code(status);
            }
            self.0.record("error.type", tracing::field::debug(details.kind));
            self.0.record("otel.status_code", "ERROR");
        }

        fn code(&self, status: StatusCode) {
            self.0.record("http.response.status_code", status.as_u16());
        }
    }

    /// Tells that the call is going to be sent again.
    pub(in super::super) fn waits(pause: Duration) {
        tracing::debug!(pause_ms = pause.as_millis() as u64, "the call is going to be sent again");
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use http::Uri;

    use super::super::{Answer, Outcome};
    use crate::codegen::Operation;
    use crate::error::Details;

    pub(in super::super) struct Span;

    impl Span {
        pub(in super::super) fn call(_: &'static Operation) -> Self {
            Self
        }

        pub(in super::super) fn attempt(_: &'static Operation, _: &Uri, _: u32) -> Self {
            Self
        }

        pub(in super::super) fn run<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in super::super) fn answered(&self, _: &Result<Answer, Box<Details>>) {}

        pub(in super::super) fn ended(&self, _: &Outcome) {}
    }

    pub(in super::super) fn waits(_: Duration) {}
}
