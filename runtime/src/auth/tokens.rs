//! One token shared by many calls: kept, renewed in time, asked for once.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::grant::Grant;
use super::revoke::Source;
use super::sync::{Mutex, lock};
use super::{AuthError, ChallengeResponse};
use crate::clock::Instant;

/// A token is renewed when a tenth of its life is left, or this much of a long one, or up to half as
/// much again: programs that were started together do not all ask in the same second.
const MAX_MARGIN: Duration = Duration::from_secs(60);
/// After a failure nobody asks again for a second, then two, four, and so on up to `MAX_PAUSE`.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// A `Retry-After` is obeyed up to this long, so that a wrong one does not end the program's day.
const MAX_OBEYED: Duration = Duration::from_secs(5 * 60);
/// A token that replaced a refused one and is itself refused this soon is not the problem.
const TRUST: Duration = Duration::from_secs(60);

/// The tokens of one login, by token endpoint: one login may serve clients of several servers.
#[derive(Default)]
pub(super) struct Tokens {
    by_endpoint: Mutex<BTreeMap<String, Arc<Slot>>>,
}

impl Tokens {
    pub(super) fn slot(&self, endpoint: &str) -> Arc<Slot> {
        let mut slots = lock(&self.by_endpoint);
        if let Some(slot) = slots.get(endpoint) {
            return Arc::clone(slot);
        }
        Arc::clone(slots.entry(endpoint.to_owned()).or_default())
    }

    /// Every endpoint that was asked so far.
    pub(super) fn all(&self) -> Vec<Arc<Slot>> {
        lock(&self.by_endpoint).values().cloned().collect()
    }
}

/// The token of one endpoint.
///
/// Whoever holds `flight` is the only one to ask for a token. A holder that is dropped gives the
/// turn to the next in the queue, so nobody depends on the life of another call.
#[derive(Default)]
pub(super) struct Slot {
    state: Mutex<State>,
    flight: tokio::sync::Mutex<()>,
    source: Mutex<Option<Arc<Source>>>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    failure: Option<Failure>,
    /// The last token was dropped because of a 401.
    refused: bool,
}

struct Token {
    header: HeaderValue,
    obtained: Instant,
    /// `None`: until a 401.
    expires: Option<Instant>,
    renew: Option<Instant>,
    /// It replaces a token that a 401 refused.
    replacement: bool,
}

struct Failure {
    error: AuthError,
    at: Instant,
    until: Instant,
    in_a_row: u32,
}

impl Failure {
    /// The error for a call that comes later and has less time left to wait.
    fn repeated(&self, now: Instant) -> AuthError {
        let left = self.error.retry_after().map(|delay| delay.saturating_sub(now - self.at));
        self.error.clone().with_retry_after(left)
    }
}

/// Which token is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fetch {
    /// Any that lives, also one that was stored.
    Any,
    /// One that was never used: the last was refused.
    New,
}

enum Look {
    Use(HeaderValue),
    /// Good, but not for long.
    Renew(HeaderValue),
    Fetch,
    Fail(AuthError),
}

impl Slot {
    /// A token that is good now, from `fetch` when there is none.
    ///
    /// `fetch` is told whether it has to be a new one, because the last was refused. `save` gets
    /// it once it is in use here, so that a call that is dropped meanwhile loses no token.
    pub(super) async fn token<F, S>(
        &self,
        fetch: impl FnOnce(Fetch) -> F,
        save: impl FnOnce(Grant) -> S,
    ) -> Result<HeaderValue, AuthError>
    where
        F: Future<Output = Result<Grant, AuthError>>,
        S: Future<Output = Result<(), AuthError>>,
    {
        let _turn = match self.look() {
            Look::Use(header) => return Ok(header),
            Look::Fail(error) => return Err(error),
            Look::Renew(header) => match self.flight.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Ok(header),
            },
            Look::Fetch => self.flight.lock().await,
        };
        // While this call waited for its turn, another may have succeeded or failed for all.
        match self.look() {
            Look::Use(header) => return Ok(header),
            Look::Fail(error) => return Err(error),
            Look::Renew(_) | Look::Fetch => {}
        }
        let want = if lock(&self.state).refused { Fetch::New } else { Fetch::Any };
        match fetch(want).await {
            Ok(grant) => {
                let header = self.keep(&grant);
                save(grant).await.map(|()| header)
            }
            Err(error) => self.fail(error),
        }
    }

    /// Remembers where the next token comes from.
    pub(super) fn comes_from(&self, source: Source) {
        *lock(&self.source) = Some(Arc::new(source));
    }

    /// Where the last token came from.
    pub(super) fn source(&self) -> Option<Arc<Source>> {
        lock(&self.source).clone()
    }

    /// The token that is in use, if there is one.
    pub(super) fn current(&self) -> Option<HeaderValue> {
        lock(&self.state).token.as_ref().map(|token| token.header.clone())
    }

    /// Uses `revoked` no more.
    pub(super) fn forget(&self, revoked: &HeaderValue) {
        let mut state = lock(&self.state);
        if state.token.as_ref().is_some_and(|token| token.header == *revoked) {
            state.token = None;
        }
    }

    fn look(&self) -> Look {
        let now = Instant::now();
        let state = lock(&self.state);
        let paused = state.failure.as_ref().filter(|failure| now < failure.until);
        let live = state.token.as_ref().filter(|token| token.expires.is_none_or(|at| now < at));
        match (live, paused) {
            (Some(token), None) if token.renew.is_some_and(|at| at <= now) => {
                Look::Renew(token.header.clone())
            }
            (Some(token), _) => Look::Use(token.header.clone()),
            (None, Some(failure)) => Look::Fail(failure.repeated(now)),
            (None, None) => Look::Fetch,
        }
    }

    fn keep(&self, grant: &Grant) -> HeaderValue {
        let now = Instant::now();
        let mut state = lock(&self.state);
        let replacement = std::mem::take(&mut state.refused);
        state.failure = None;
        state.token = Some(Token {
            header: grant.header.clone(),
            obtained: now,
            expires: grant.lifetime.map(|life| now + life),
            renew: grant.lifetime.map(|life| now + (life - margin(life))),
            replacement,
        });
        grant.header.clone()
    }

    /// Remembers the failure for those who wait, and falls back on a token that still lives.
    fn fail(&self, error: AuthError) -> Result<HeaderValue, AuthError> {
        let now = Instant::now();
        {
            let mut state = lock(&self.state);
            let in_a_row = state.failure.as_ref().map_or(0, |failure| failure.in_a_row + 1);
            let pause = (FIRST_PAUSE * 2u32.saturating_pow(in_a_row.min(16))).min(MAX_PAUSE);
            let asked = error.retry_after().unwrap_or_default().min(MAX_OBEYED);
            let until = now + pause.max(asked);
            state.failure = Some(Failure { error: error.clone(), at: now, until, in_a_row });
        }
        match self.look() {
            Look::Use(header) | Look::Renew(header) => Ok(header),
            Look::Fetch | Look::Fail(_) => Err(error),
        }
    }

    /// The API answered 401 to `refused`.
    ///
    /// Tokens are compared by value: if another call has already replaced the refused one, the
    /// newer one stays. A replacement that is refused as well, right away, means that the client
    /// lacks permission, and another token would change nothing.
    pub(super) fn refuse(&self, refused: &HeaderValue) -> ChallengeResponse {
        let mut state = lock(&self.state);
        match &state.token {
            Some(token) if token.header == *refused => {
                if token.replacement && token.obtained.elapsed() < TRUST {
                    return ChallengeResponse::GiveUp;
                }
                state.token = None;
                state.refused = true;
                ChallengeResponse::Replay
            }
            Some(_) | None => ChallengeResponse::Replay,
        }
    }
}

/// How long before its end a token of this `life` is renewed.
fn margin(life: Duration) -> Duration {
    let least = MAX_MARGIN.min(life / 10);
    least + least.mul_f64(fastrand::f64() / 2.0)
}

#[cfg(test)]
mod model;
