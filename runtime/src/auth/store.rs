//! Tokens that outlive the program: the trait [`TokenStore`], and one that keeps them in files.

use std::fmt;
use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::AuthError;
use crate::transport::BoxFuture;

#[cfg(not(target_family = "wasm"))]
mod file;
#[cfg(not(target_family = "wasm"))]
mod turn;

#[cfg(not(target_family = "wasm"))]
pub use self::file::FileTokenStore;

/// Keeps tokens between two runs of a program.
///
/// Servers allow only so many live tokens an account. A program that runs for a moment, again and
/// again, would ask for one each time; with a store the next run goes on with the last token.
///
/// A store that fails fails the login, with [`AuthErrorKind::Store`](super::AuthErrorKind::Store):
/// nobody would notice otherwise before the account's tokens are used up. A token that could not be
/// saved is used all the same by the calls that follow.
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// The token that was saved last under `key`. One that has expired may be given too.
    fn load<'a>(
        &'a self,
        key: TokenKey<'a>,
    ) -> BoxFuture<'a, Result<Option<StoredToken>, AuthError>>;

    /// Keeps `token` under `key`, in place of any other.
    fn save<'a>(
        &'a self,
        key: TokenKey<'a>,
        token: StoredToken,
    ) -> BoxFuture<'a, Result<(), AuthError>>;

    /// Waits for the turn to ask for a token under `key`, so that programs that start together do not
    /// all ask: whoever comes later finds the token of whoever came first. The turn is over when
    /// what is returned is dropped. A store that nobody shares need do nothing.
    fn turn<'a>(&'a self, key: TokenKey<'a>) -> BoxFuture<'a, Result<StoreTurn, AuthError>> {
        let _ = key;
        Box::pin(std::future::ready(Ok(StoreTurn::free())))
    }

    /// Forgets what is kept under `key`, because it was revoked. Nothing there is no failure.
    fn remove<'a>(&'a self, key: TokenKey<'a>) -> BoxFuture<'a, Result<(), AuthError>>;
}

/// The turn to ask for a token; see [`TokenStore::turn`].
#[must_use = "the turn is over when this is dropped"]
pub struct StoreTurn {
    _held: Option<Box<dyn Send + Sync>>,
}

impl StoreTurn {
    /// A turn for which nobody has to wait.
    pub fn free() -> Self {
        Self { _held: None }
    }

    /// A turn that lasts as long as `guard`, such as a file that is locked.
    pub fn held(guard: impl Send + Sync + 'static) -> Self {
        Self { _held: Some(Box::new(guard)) }
    }
}

impl fmt::Debug for StoreTurn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreTurn").finish_non_exhaustive()
    }
}

/// What a token is good for. It holds no secret, and does not print the client's id.
#[derive(Clone, Copy)]
pub struct TokenKey<'a> {
    endpoint: &'a Url,
    client_id: &'a SecretString,
    scope: Option<&'a str>,
}

impl<'a> TokenKey<'a> {
    pub(super) fn new(
        endpoint: &'a Url,
        client_id: &'a SecretString,
        scope: Option<&'a str>,
    ) -> Self {
        Self { endpoint, client_id, scope }
    }

    /// Where the token was asked for.
    #[must_use]
    pub fn endpoint(&self) -> &'a Url {
        self.endpoint
    }

    /// Who asked for it.
    #[must_use]
    pub fn client_id(&self) -> &'a str {
        self.client_id.expose_secret()
    }

    /// The scopes it was asked for with, separated by spaces.
    #[must_use]
    pub fn scope(&self) -> Option<&'a str> {
        self.scope
    }
}

impl fmt::Debug for TokenKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey").finish_non_exhaustive()
    }
}

/// A token and its end.
#[derive(Clone)]
pub struct StoredToken {
    token: SecretString,
    expires: Option<SystemTime>,
}

impl StoredToken {
    /// A token that was saved. Without `expires` it is used until the server refuses it.
    #[must_use]
    pub fn new(token: String, expires: Option<SystemTime>) -> Self {
        Self { token: token.into(), expires }
    }

    /// The token itself, in clear.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.token.expose_secret()
    }

    /// When it expires, by the clock of this machine.
    #[must_use]
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken").field("expires", &self.expires).finish_non_exhaustive()
    }
}
