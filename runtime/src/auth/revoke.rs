//! Giving a token back (RFC 7009).

use std::sync::Arc;

use http::HeaderValue;
use url::Url;

use super::grant::{self, Login};
use super::store::{TokenKey, TokenStore};
use super::{AuthContext, AuthError, endpoint};
use crate::transport::Transport;

/// Where a token came from: what it takes to go there once more, when no call is under way.
pub(super) struct Source {
    transport: Arc<dyn Transport>,
    endpoint: Url,
    base_url: Url,
    declared_server: Option<String>,
    store: Option<Arc<dyn TokenStore>>,
    agent: Option<HeaderValue>,
}

impl Source {
    pub(super) fn new(
        context: AuthContext<'_>,
        endpoint: &Url,
        agent: Option<HeaderValue>,
    ) -> Self {
        Self {
            transport: Arc::clone(context.transport),
            endpoint: endpoint.clone(),
            base_url: context.base_url.clone(),
            declared_server: context.declared_server.map(str::to_owned),
            store: context.token_store.map(Arc::clone),
            agent,
        }
    }

    /// Revokes `token` and forgets it.
    pub(super) async fn revoke(
        &self,
        url: &str,
        login: &Login,
        token: &HeaderValue,
    ) -> Result<(), AuthError> {
        let url = endpoint::resolve(url, self.context())?;
        grant::revoke(&*self.transport, &url, login, token, self.agent.clone()).await?;
        match &self.store {
            Some(store) => store.remove(login.key(&self.endpoint)).await,
            None => Ok(()),
        }
    }

    fn context(&self) -> AuthContext<'_> {
        AuthContext {
            transport: &self.transport,
            base_url: &self.base_url,
            server: &self.base_url,
            declared_server: self.declared_server.as_deref(),
            token_store: self.store.as_ref(),
        }
    }
}

impl Login {
    /// Under what a store keeps the tokens of this login.
    pub(super) fn key<'a>(&'a self, endpoint: &'a Url) -> TokenKey<'a> {
        TokenKey::new(endpoint, &self.client_id, self.scope.as_deref())
    }
}
