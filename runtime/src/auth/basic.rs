//! User name and password in every request.

use std::fmt;
use std::future::ready;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use secrecy::{ExposeSecret, SecretString};

use super::{AuthContext, AuthError, AuthRequest, Credentials, Readiness, origin, sensitive};
use crate::transport::BoxFuture;

/// Sends `Authorization: Basic …` (RFC 7617), in UTF-8.
///
/// A user name with a colon, and control characters anywhere, are refused when a call is sent, with
/// [`AuthErrorKind::Configuration`](super::AuthErrorKind::Configuration): RFC 7617, section 2,
/// leaves no way to send them.
#[derive(Clone)]
pub struct Basic {
    user: SecretString,
    password: SecretString,
}

impl Basic {
    /// Credentials for `user`.
    #[must_use]
    pub fn new(user: String, password: String) -> Self {
        Self { user: user.into(), password: password.into() }
    }

    fn apply(&self, context: AuthContext<'_>, request: AuthRequest<'_>) -> Result<(), AuthError> {
        origin::own(context, request.uri)?;
        let (user, password) = (self.user.expose_secret(), self.password.expose_secret());
        if user.contains(':') {
            return Err(AuthError::configuration("the user name contains a colon"));
        }
        if user.chars().chain(password.chars()).any(char::is_control) {
            return Err(AuthError::configuration(
                "the user name or the password contains a control character",
            ));
        }
        request.headers.insert(AUTHORIZATION, header(user, password)?);
        Ok(())
    }
}

/// The header for a user name and a password that contain nothing RFC 7617 forbids.
pub(super) fn header(user: &str, password: &str) -> Result<HeaderValue, AuthError> {
    let encoded = STANDARD.encode(format!("{user}:{password}"));
    sensitive::header_value("the login", &format!("Basic {encoded}"))
}

impl Credentials for Basic {
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

impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Basic").finish_non_exhaustive()
    }
}
