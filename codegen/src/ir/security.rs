//! Security schemes.

use crate::pointer::Pointer;

/// A security scheme that can be used.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    /// Where it is written.
    pub(crate) at: Pointer,
    /// Its key in the document.
    pub(crate) name: String,
    /// What it does.
    pub(crate) kind: SchemeKind,
    /// Prose.
    pub(crate) description: Option<String>,
    /// `x-specwright-credentials`: the type's name.
    pub(crate) type_name: Option<String>,
    /// `x-specwright-credentials`: environment variables, one for each argument.
    pub(crate) env: Vec<String>,
    /// `x-specwright-credentials`: names of the constructor's arguments.
    pub(crate) fields: Vec<String>,
}

/// The schemes the runtime can speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// OAuth 2.0 client credentials, with the token URL.
    ClientCredentials {
        /// Absolute, or relative to the server.
        token_url: String,
    },
    /// HTTP Digest.
    Digest,
    /// HTTP Basic.
    Basic,
    /// HTTP Bearer.
    Bearer,
    /// A key in a header.
    HeaderKey(String),
    /// A key in the query.
    QueryKey(String),
    /// A key in a cookie.
    CookieKey(String),
}

impl SchemeKind {
    /// Of how many parts its credentials are: a key or a token, or a name and what proves it.
    pub(crate) fn secrets(&self) -> usize {
        match self {
            Self::ClientCredentials { .. } | Self::Digest | Self::Basic => 2,
            Self::Bearer | Self::HeaderKey(_) | Self::QueryKey(_) | Self::CookieKey(_) => 1,
        }
    }
}
