//! HTTP Digest: a password that is proven and never sent.

use std::collections::BTreeMap;
use std::fmt;
use std::future::ready;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::uri::PathAndQuery;
use http::{HeaderMap, Uri};
use http_auth::PasswordParams;
use secrecy::{ExposeSecret, SecretString};
use url::{Position, Url};

use super::challenge;
use super::nonces::{Nonces, Refused};
use super::origin::{self, Origin};
use super::sync::{Mutex, lock};
use super::{
    AuthContext, AuthError, AuthRequest, ChallengeResponse, Credentials, Readiness, sensitive,
};
use crate::transport::BoxFuture;

/// Answers Digest challenges (RFC 7616; RFC 2069 where the server sends no `qop`).
///
/// The first request goes out without its body, to fetch a challenge; later ones answer the last
/// challenge in advance, until the server wants a new nonce. Of several challenges the strongest
/// algorithm is answered: SHA-512-256, then SHA-256, then MD5. Once a server has offered one, a
/// weaker offer is refused. `qop=auth-int` is refused too.
///
/// Clones share what they learned.
#[derive(Clone)]
pub struct Digest {
    shared: Arc<Shared>,
}

struct Shared {
    username: SecretString,
    password: SecretString,
    by_origin: Mutex<BTreeMap<Origin, Nonces>>,
}

impl Digest {
    /// Credentials for `username`.
    #[must_use]
    pub fn new(username: String, password: String) -> Self {
        Self {
            shared: Arc::new(Shared {
                username: username.into(),
                password: password.into(),
                by_origin: Mutex::default(),
            }),
        }
    }

    fn apply(
        &self,
        context: AuthContext<'_>,
        request: AuthRequest<'_>,
    ) -> Result<Readiness, AuthError> {
        let origin = origin::own(context, request.uri)?;
        let target = settle_target(request.uri)?;
        let params = PasswordParams {
            username: self.shared.username.expose_secret(),
            password: self.shared.password.expose_secret(),
            uri: &target,
            method: request.method.as_str(),
            body: None,
        };
        match self.with_nonces(origin, |nonces| nonces.answer(&params)) {
            Some(answer) => {
                let value = sensitive::answer("the digest answer", &answer)?;
                request.headers.insert(AUTHORIZATION, value);
                Ok(Readiness::Send)
            }
            None => {
                request.headers.remove(AUTHORIZATION);
                Ok(Readiness::Probe)
            }
        }
    }

    /// RFC 7616, section 3.3: `stale=true` asks for the same answer to a new nonce, and everything
    /// else means that the credentials are wrong.
    ///
    /// With one exception: a server may forget a nonce that it has accepted before and say nothing
    /// of `stale` (RFC 2069 servers, restarts, refused counters). So the refusal of a nonce's first
    /// answer is final, and the refusal of a later one is answered with the new nonce, whose first
    /// answer then decides.
    fn refused(
        &self,
        context: AuthContext<'_>,
        sent: &HeaderMap,
        answer: &HeaderMap,
        uri: &Uri,
    ) -> Result<ChallengeResponse, AuthError> {
        let Ok(origin) = origin::own(context, uri) else { return Ok(ChallengeResponse::GiveUp) };
        let Some(offer) = challenge::choose(answer)? else { return Ok(ChallengeResponse::GiveUp) };
        let refused = read_sent(sent);
        self.with_nonces(origin, |nonces| {
            if nonces.is_downgrade(&offer) {
                return Err(AuthError::unsupported(
                    "the server offers a weaker digest algorithm than it did before",
                ));
            }
            let stale = offer.client.stale();
            let last_word = refused.as_ref().is_some_and(|refused| {
                let first = nonces.was_first(refused);
                let answered = refused.realm == offer.client.realm();
                let same_nonce = refused.nonce == offer.client.nonce();
                if stale {
                    same_nonce || (first && nonces.was_after_stale(refused))
                } else {
                    answered && (first || same_nonce)
                }
            });
            if let Some(refused) = &refused {
                nonces.drop_refused(refused);
            }
            if last_word {
                return Ok(ChallengeResponse::GiveUp);
            }
            nonces.keep(offer, stale && refused.is_some());
            Ok(ChallengeResponse::Replay)
        })
    }

    fn with_nonces<T>(&self, origin: Origin, f: impl FnOnce(&mut Nonces) -> T) -> T {
        let mut by_origin = lock(&self.shared.by_origin);
        f(by_origin.entry(origin).or_default())
    }
}

/// The request target as it goes over the wire, for the `uri` of the answer.
///
/// HTTP clients write some characters otherwise than a [`Uri`] may hold them (`'` in a query is one);
/// servers compare byte by byte, so the request gets the target that is signed.
fn settle_target(uri: &mut Uri) -> Result<String, AuthError> {
    let refused = || AuthError::configuration("the request's URI has no target to sign");
    let url = Url::parse(&uri.to_string()).map_err(|_| refused())?;
    let target = url[Position::BeforePath..Position::AfterQuery].to_owned();
    if uri.path_and_query().is_none_or(|old| old.as_str() != target) {
        let mut parts = uri.clone().into_parts();
        parts.path_and_query = Some(PathAndQuery::try_from(&*target).map_err(|_| refused())?);
        *uri = Uri::from_parts(parts).map_err(|_| refused())?;
    }
    Ok(target)
}

/// What we answered last time, if we did.
fn read_sent(sent: &HeaderMap) -> Option<Refused> {
    let answer = challenge::read_answer(sent.get(AUTHORIZATION)?.to_str().ok()?)?;
    Some(Refused {
        realm: challenge::param(&answer, "realm")?,
        nonce: challenge::param(&answer, "nonce")?,
        count: challenge::param(&answer, "nc")
            .and_then(|count| u32::from_str_radix(&count, 16).ok()),
    })
}

impl Credentials for Digest {
    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        Box::pin(ready(self.apply(context, request)))
    }

    fn challenged<'a>(
        &'a self,
        context: AuthContext<'a>,
        sent: &'a HeaderMap,
        answer: &'a HeaderMap,
        uri: &'a Uri,
    ) -> BoxFuture<'a, Result<ChallengeResponse, AuthError>> {
        Box::pin(ready(self.refused(context, sent, answer, uri)))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod model;
