//! Servers.

/// A server of the whole document.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Its URL as written, variables in braces.
    pub(crate) url: String,
    /// Prose.
    pub(crate) description: Option<String>,
}

/// Who knows where the calls of an operation go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Located {
    /// The client: the path is put behind its base URL.
    Client,
    /// The document, which gives the operation a server of its own.
    Own(String),
    /// Nobody but the caller: the document has no path that a URL could have.
    Caller,
}

/// A variable in the URLs of servers.
#[derive(Clone, Debug)]
pub(crate) struct ServerVariable {
    /// Its name between the braces.
    pub(crate) name: String,
    /// The value it has unless told otherwise; without one the caller has to say it.
    pub(crate) default: Option<String>,
    /// The values it may have, where the document lists them.
    pub(crate) values: Vec<String>,
    /// Prose.
    pub(crate) description: Option<String>,
}
