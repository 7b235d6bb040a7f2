//! Whether a call can be sent again without harm.

use http::{Method, StatusCode};

use super::RetryPolicy;
use crate::error::ErrorKind;

/// What became of an attempt, as far as it decides about another one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ended {
    /// With a complete answer that is not the operation's success.
    Answered {
        status: StatusCode,
        /// The server says when to come again.
        asks_to_wait: bool,
    },
    /// With a failure.
    Failed(ErrorKind),
}

/// Whether another attempt may follow.
pub(crate) fn may_repeat(method: &Method, ended: Ended, policy: &RetryPolicy) -> bool {
    let idempotent = is_idempotent(method);
    match ended {
        // The server says that it has not acted on the call (RFC 6585, section 4).
        Ended::Answered { status: StatusCode::TOO_MANY_REQUESTS, .. } => true,
        Ended::Answered { status: StatusCode::SERVICE_UNAVAILABLE, asks_to_wait } => {
            idempotent || asks_to_wait && policy.repeats_unavailable()
        }
        Ended::Answered { status, .. } => {
            let passing =
                [StatusCode::REQUEST_TIMEOUT, StatusCode::BAD_GATEWAY, StatusCode::GATEWAY_TIMEOUT];
            idempotent && passing.contains(&status)
        }
        Ended::Failed(kind) => match kind {
            ErrorKind::Connect => true,
            ErrorKind::Timeout | ErrorKind::Transport => idempotent,
            ErrorKind::Build
            | ErrorKind::Auth
            | ErrorKind::Refused
            | ErrorKind::Io
            | ErrorKind::Redirect
            | ErrorKind::Service
            | ErrorKind::UnexpectedStatus
            | ErrorKind::Truncated
            | ErrorKind::EmptyBody
            | ErrorKind::MediaType
            | ErrorKind::Decode
            | ErrorKind::TooLarge
            | ErrorKind::NotChallenged
            | ErrorKind::NextPage
            | ErrorKind::WaitFailed => false,
        },
    }
}

/// RFC 9110, section 9.2.2. A method that nobody has heard of is not.
fn is_idempotent(method: &Method) -> bool {
    let idempotent =
        [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE, Method::PUT, Method::DELETE];
    idempotent.contains(method)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE_TO_REPEAT: [&str; 6] = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"];
    const OTHERS: [&str; 5] = ["POST", "PATCH", "CONNECT", "PURGE", "get"];

    fn answered(status: u16, asks_to_wait: bool) -> Ended {
        Ended::Answered { status: StatusCode::from_u16(status).unwrap(), asks_to_wait }
    }

    fn repeats(methods: &[&str], ended: Ended, policy: &RetryPolicy) -> bool {
        let all = methods.iter().map(|method| {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            may_repeat(&method, ended, policy)
        });
        let all: Vec<bool> = all.collect();
        assert!(all.iter().all(|one| *one == all[0]), "{ended:?}: {all:?}");
        all[0]
    }

    #[test]
    fn statuses() {
        let policy = RetryPolicy::new();
        for status in 300..=599 {
            let passing = [408, 429, 502, 503, 504].contains(&status);
            for asks in [false, true] {
                let ended = answered(status, asks);
                assert_eq!(repeats(&SAFE_TO_REPEAT, ended, &policy), passing, "{status}");
                assert_eq!(repeats(&OTHERS, ended, &policy), status == 429, "{status}");
            }
        }
    }

    #[test]
    fn a_503_is_repeated_if_the_caller_and_the_server_say_so() {
        let policy = RetryPolicy::new().repeat_unavailable();
        for status in 300..=599 {
            let expected = [429, 503].contains(&status);
            assert_eq!(repeats(&OTHERS, answered(status, true), &policy), expected, "{status}");
            assert_eq!(repeats(&OTHERS, answered(status, false), &policy), status == 429);
        }
    }

    #[test]
    fn failures() {
        let policy = RetryPolicy::new().repeat_unavailable();
        for (kind, safe, others) in [
            (ErrorKind::Connect, true, true),
            (ErrorKind::Timeout, true, false),
            (ErrorKind::Transport, true, false),
            (ErrorKind::Truncated, false, false),
            (ErrorKind::Build, false, false),
            (ErrorKind::Refused, false, false),
            (ErrorKind::Auth, false, false),
            (ErrorKind::TooLarge, false, false),
            (ErrorKind::NotChallenged, false, false),
        ] {
            assert_eq!(repeats(&SAFE_TO_REPEAT, Ended::Failed(kind), &policy), safe, "{kind:?}");
            assert_eq!(repeats(&OTHERS, Ended::Failed(kind), &policy), others, "{kind:?}");
        }
    }
}
