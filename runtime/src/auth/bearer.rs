//! A token that the caller already has.

use std::fmt;
use std::future::ready;

use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};

use super::{AuthContext, AuthError, AuthRequest, Credentials, Readiness, origin, sensitive};
use crate::transport::BoxFuture;

/// Sends `Authorization: Bearer <token>` (RFC 6750), for tokens whose life the caller looks after.
///
/// A token that no header can carry, such as one read with its line break, is refused when a call
/// is sent, with [`AuthErrorKind::Configuration`](super::AuthErrorKind::Configuration).
#[derive(Clone)]
pub struct Bearer {
    token: SecretString,
}

impl Bearer {
    /// Credentials that send `token`.
    #[must_use]
    pub fn new(token: String) -> Self {
        Self { token: token.into() }
    }

    fn apply(&self, context: AuthContext<'_>, request: AuthRequest<'_>) -> Result<(), AuthError> {
        origin::own(context, request.uri)?;
        let value = sensitive::bearer(self.token.expose_secret()).ok_or_else(|| {
            AuthError::configuration(
                "the bearer token is empty or has characters other than visible ASCII",
            )
        })?;
        request.headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

impl Credentials for Bearer {
    fn takes_challenges(&self) -> bool {
        false
    }

    fn authorize<'a>(
        &'a self,
        context: AuthContext<'a>,
        request: AuthRequest<'a>,
    ) -> BoxFuture<'a, Result<Readiness, AuthError>> {
        Box::pin(ready(self.apply(context, request).map(|()| Readiness::Send)))
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bearer").finish_non_exhaustive()
    }
}
