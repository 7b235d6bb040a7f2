//! Logging in: the [`Credentials`] trait, and the schemes that implement it.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, Method, Uri};
use url::Url;

use crate::transport::{BoxFuture, Transport};

mod basic;
mod bearer;
mod challenge;
mod client_credentials;
mod digest;
mod endpoint;
mod error;
mod external;
mod grant;
mod header_key;
mod nonces;
mod origin;
mod revoke;
mod sensitive;
mod store;
mod sync;
mod tokens;

pub use self::basic::Basic;
pub use self::bearer::Bearer;
pub use self::client_credentials::ClientCredentials;
pub use self::digest::Digest;
pub use self::error::{AuthError, AuthErrorKind};
pub use self::external::External;
pub use self::header_key::HeaderKey;
pub(crate) use self::origin::is_loopback;
#[cfg(not(target_family = "wasm"))]
pub use self::store::FileTokenStore;
pub use self::store::{StoreTurn, StoredToken, TokenKey, TokenStore};

/// What a scheme may use while it prepares a request.
#[derive(Clone, Copy, Debug)]
pub struct AuthContext<'a> {
    /// Sends token requests; the same transport the call uses.
    pub transport: &'a Arc<dyn Transport>,
    /// The base URL the client was built with, without a trailing slash.
    pub base_url: &'a Url,
    /// The server this call goes to: `base_url`, unless the operation has a server of its own.
    pub server: &'a Url,
    /// The first server the document declares, to tell a token URL on the API's own origin (which
    /// follows `base_url`) from a foreign one (which stays as it is).
    pub declared_server: Option<&'a str>,
    /// Where tokens are kept between runs of the program.
    pub token_store: Option<&'a Arc<dyn TokenStore>>,
}

/// The request that is about to be sent, as far as a scheme may see and change it.
pub struct AuthRequest<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// The absolute URI. A scheme that signs the target reads it here.
    pub uri: &'a mut Uri,
    /// The headers so far; a scheme adds its own.
    pub headers: &'a mut HeaderMap,
}

impl fmt::Debug for AuthRequest<'_> {
    /// Prints neither the query, which may hold a key, nor the headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRequest").field("method", self.method).finish_non_exhaustive()
    }
}

/// How the request goes out once [`Credentials::authorize`] has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// As it is.
    Send,
    /// Without its body, because an answer other than a challenge would be an accident.
    Probe,
}

/// What to do about a 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeResponse {
    /// Authorize again and send again: the scheme learned something.
    Replay,
    /// The 401 is the answer.
    GiveUp,
}

/// One way of logging in.
///
/// The call asks [`authorize`](Self::authorize) before every attempt, and
/// [`challenged`](Self::challenged) after a 401. It replays at most twice a call (a digest probe and
/// one stale nonce), however often the scheme asks.
pub trait Credentials: fmt::Debug + Send + Sync + 'static {
    /// Adds what the request needs: a header, a query parameter, nothing yet.
    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>>;

    /// Whether a 401 can teach the scheme anything. Only then are the headers that went out kept for
    /// [`challenged`](Self::challenged), which is not asked otherwise.
    fn takes_challenges(&self) -> bool {
        true
    }

    /// Looks at a 401. `sent` are the headers that went out with the refused request. Most schemes
    /// learn nothing from it, and give up.
    fn challenged<'a>(
        &'a self,
        context: AuthContext<'a>,
        sent: &'a HeaderMap,
        answer: &'a HeaderMap,
        uri: &'a Uri,
    ) -> BoxFuture<'a, Result<ChallengeResponse, AuthError>> {
        let _ = (context, sent, answer, uri);
        Box::pin(std::future::ready(Ok(ChallengeResponse::GiveUp)))
    }

    /// Gives back what the scheme got from the server, as [`Credential::revoke`] says. Most schemes
    /// get nothing.
    fn revoke<'a>(&'a self, revocation_url: &'a str) -> BoxFuture<'a, Result<(), AuthError>> {
        let _ = revocation_url;
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Credentials together with the security scheme of the document they are for.
#[derive(Clone, Debug)]
pub struct Credential {
    pub(crate) scheme: Option<&'static str>,
    pub(crate) inner: Arc<dyn Credentials>,
}

impl Credential {
    /// Credentials for the security scheme that the document calls `scheme`.
    ///
    /// An operation that asks for other schemes is sent without them.
    #[must_use]
    pub fn for_scheme(scheme: &'static str, credentials: impl Credentials) -> Self {
        Self { scheme: Some(scheme), inner: Arc::new(credentials) }
    }

    /// Revokes the tokens that these credentials fetched (RFC 7009), for all clients and clones.
    ///
    /// Keep a clone of the credential that the client is given:
    ///
    /// ```
    /// # use specwright_runtime::auth::{AuthError, ClientCredentials, Credential};
    /// # async fn done(service_account: ClientCredentials) -> Result<(), AuthError> {
    /// let credential = Credential::from(service_account);
    /// // … Client::builder().credentials(credential.clone()) …
    /// credential.revoke("https://cloud.example/oauth/revoke").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A URL on the origin of the document's server follows the client's base URL, as the token URL
    /// does. A call that comes later fetches a new token. Credentials that fetch no tokens have
    /// nothing to revoke.
    ///
    /// # Errors
    /// The first failure; the token is then still good, and used.
    pub async fn revoke(&self, revocation_url: &str) -> Result<(), AuthError> {
        self.inner.revoke(revocation_url).await
    }
}

impl<C: Credentials> From<C> for Credential {
    /// Credentials for every operation that asks for any login.
    fn from(credentials: C) -> Self {
        Self { scheme: None, inner: Arc::new(credentials) }
    }
}
