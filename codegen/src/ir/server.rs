//! Servers.

/// A server of the whole document.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Its URL as written, variables in braces.
    pub(crate) url: String,
    /// Prose.
    pub(crate) description: Option<String>,
}

/// A variable in the URLs of servers.
#[derive(Clone, Debug)]
pub(crate) struct ServerVariable {
    /// Its name between the braces.
    pub(crate) name: String,
    /// The value it has unless told otherwise.
    pub(crate) default: String,
    /// The values it may have, where the document lists them.
    pub(crate) values: Vec<String>,
    /// Prose.
    pub(crate) description: Option<String>,
}
