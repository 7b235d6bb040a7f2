//! Failures before the first call: a client that cannot be built, credentials that are not there.

use std::fmt;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a client could not be built.
///
/// Never shows the base URL, which may have been given with a password in it.
pub struct BuildError {
    message: String,
    source: Option<Source>,
}

impl BuildError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    pub(super) fn into_parts(self) -> (String, Option<Source>) {
        (self.message, self.source)
    }

    /// reqwest could not be set up. Its error holds no URL at that point.
    #[cfg(feature = "reqwest")]
    pub(crate) fn http_client(error: ::reqwest::Error) -> Self {
        let source = Some(error.without_url().into());
        Self { message: "the HTTP client could not be set up".to_owned(), source }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuildError")
            .field("message", &self.message)
            .field("source", &self.source)
            .finish()
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// Credentials that should come from the environment and are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsError {
    missing: Vec<&'static str>,
}

impl CredentialsError {
    pub(crate) fn new(missing: Vec<&'static str>) -> Self {
        Self { missing }
    }

    /// The environment variables that are unset, empty or not Unicode.
    #[must_use]
    pub fn missing(&self) -> &[&'static str] {
        &self.missing
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.missing.join(", ");
        write!(f, "not set in the environment, or empty, or not Unicode: {names}")
    }
}

impl std::error::Error for CredentialsError {}
