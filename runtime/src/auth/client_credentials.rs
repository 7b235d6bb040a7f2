//! OAuth2 client credentials: a service account that fetches its own tokens.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};
use secrecy::SecretString;
use url::Url;

use super::grant::{self, Grant, Login};
use super::revoke::Source;
use super::tokens::{Fetch, Tokens};
use super::{
    AuthContext, AuthError, AuthRequest, ChallengeResponse, Credentials, Readiness, TokenStore,
    endpoint, origin,
};
use crate::transport::BoxFuture;

/// Logs in with a client id and secret, and sends the token it gets (RFC 6749, section 4.4).
///
/// One token is shared by all clones and all their calls. However many calls need it, it is asked
/// for once; it is renewed before it expires; after a failure nobody asks again for a moment. A 401
/// drops the token it refused and the call is sent once more with a new one. With
/// [`ClientBuilder::token_store`](crate::ClientBuilder::token_store) a token serves several runs of a
/// program; [`Credential::revoke`](super::Credential::revoke) gives it back.
///
/// A token URL on the origin of the document's server follows the client's base URL; any other is
/// used as it is, over https or on loopback.
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: Arc<str>,
    login: Arc<Login>,
    tokens: Arc<Tokens>,
}

impl ClientCredentials {
    /// A service account whose tokens come from `token_url`.
    #[must_use]
    pub fn new(token_url: impl AsRef<str>, client_id: String, client_secret: String) -> Self {
        let login =
            Login { client_id: client_id.into(), client_secret: client_secret.into(), scope: None };
        Self {
            token_url: token_url.as_ref().into(),
            login: Arc::new(login),
            tokens: Arc::default(),
        }
    }

    /// Asks for `scope` too; several scopes are several calls, or one with spaces.
    ///
    /// The result has tokens of its own, not those of `self` or its clones.
    #[must_use]
    pub fn scope(self, scope: impl AsRef<str>) -> Self {
        let scope = match &self.login.scope {
            Some(others) => format!("{others} {}", scope.as_ref()),
            None => scope.as_ref().to_owned(),
        };
        let copy = |secret: &SecretString| secret.clone();
        let login = Login {
            client_id: copy(&self.login.client_id),
            client_secret: copy(&self.login.client_secret),
            scope: Some(scope),
        };
        Self { token_url: self.token_url, login: Arc::new(login), tokens: Arc::default() }
    }

    async fn apply(
        &self,
        context: AuthContext<'_>,
        request: AuthRequest<'_>,
    ) -> Result<Readiness, AuthError> {
        origin::own(context, request.uri)?;
        let endpoint = endpoint::resolve(&self.token_url, context)?;
        let slot = self.tokens.slot(endpoint.as_str());
        // The token request is made by whoever makes the call.
        let agent = request.headers.get(USER_AGENT).cloned();
        let fetch = |want| {
            slot.comes_from(Source::new(context, &endpoint, agent.clone()));
            self.fetch(context, &endpoint, agent, want)
        };
        let save = |grant| self.save(context, &endpoint, grant);
        let token = slot.token(fetch, save).await?;
        request.headers.insert(AUTHORIZATION, token);
        Ok(Readiness::Send)
    }

    async fn fetch(
        &self,
        context: AuthContext<'_>,
        endpoint: &Url,
        agent: Option<HeaderValue>,
        want: Fetch,
    ) -> Result<Grant, AuthError> {
        let asked = grant::request(&**context.transport, endpoint, &self.login, agent);
        let Some(store) = context.token_store else { return asked.await };
        if let Some(grant) = self.stored(store, endpoint, want).await? {
            return Ok(grant);
        }
        let turn = store.turn(self.login.key(endpoint)).await?;
        // While this program waited for its turn, another may have saved a token.
        if let Some(grant) = self.stored(store, endpoint, want).await? {
            return Ok(grant);
        }
        Ok(Grant { _turn: Some(turn), ..asked.await? })
    }

    /// The token in the store, unless it is worth nothing or the last one was refused.
    async fn stored(
        &self,
        store: &Arc<dyn TokenStore>,
        endpoint: &Url,
        want: Fetch,
    ) -> Result<Option<Grant>, AuthError> {
        match want {
            Fetch::Any => {
                let stored = store.load(self.login.key(endpoint)).await?;
                Ok(stored.as_ref().and_then(Grant::from_store))
            }
            Fetch::New => Ok(None),
        }
    }

    async fn save(
        &self,
        context: AuthContext<'_>,
        endpoint: &Url,
        grant: Grant,
    ) -> Result<(), AuthError> {
        match context.token_store {
            Some(store) if !grant.stored => {
                store.save(self.login.key(endpoint), grant.to_store()).await
            }
            Some(_) | None => Ok(()),
        }
    }

    async fn give_back(&self, revocation_url: &str) -> Result<(), AuthError> {
        for slot in self.tokens.all() {
            let (Some(source), Some(token)) = (slot.source(), slot.current()) else { continue };
            source.revoke(revocation_url, &self.login, &token).await?;
            slot.forget(&token);
        }
        Ok(())
    }

    fn refused(
        &self,
        context: AuthContext<'_>,
        sent: &HeaderMap,
        uri: &Uri,
    ) -> Result<ChallengeResponse, AuthError> {
        let Some(token) = sent.get(AUTHORIZATION) else { return Ok(ChallengeResponse::GiveUp) };
        if origin::own(context, uri).is_err() {
            return Ok(ChallengeResponse::GiveUp);
        }
        let endpoint = endpoint::resolve(&self.token_url, context)?;
        Ok(self.tokens.slot(endpoint.as_str()).refuse(token))
    }
}

impl Credentials for ClientCredentials {
    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        Box::pin(self.apply(context, request))
    }

    fn challenged<'a>(
        &'a self,
        context: AuthContext<'a>,
        sent: &'a HeaderMap,
        _: &'a HeaderMap,
        uri: &'a Uri,
    ) -> BoxFuture<'a, Result<ChallengeResponse, AuthError>> {
        Box::pin(std::future::ready(self.refused(context, sent, uri)))
    }

    fn revoke<'a>(&'a self, revocation_url: &'a str) -> BoxFuture<'a, Result<(), AuthError>> {
        Box::pin(self.give_back(revocation_url))
    }
}

impl fmt::Debug for ClientCredentials {
    /// Names the token endpoint's origin and path, and neither the id nor the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = Url::parse(&self.token_url)
            .map(|url| format!("{}{}", url.origin().ascii_serialization(), url.path()));
        f.debug_struct("ClientCredentials")
            .field("token_url", &place.as_deref().unwrap_or("(relative)"))
            .finish_non_exhaustive()
    }
}
