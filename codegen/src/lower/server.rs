//! Servers of the document and of single operations.

use openapiv3::{OpenAPI, Operation as Raw, PathItem, ReferenceOr, Server as RawServer};

use super::Lowerer;
use crate::diagnostics::Code;
use crate::ir::{Server, ServerVariable};
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// The servers of the document that a client can be made for. The URL of one that cannot is
    /// not repeated, since it may hold a password.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let document = self.document;
        let mut servers = Vec::with_capacity(document.servers.len());
        for (index, server) in document.servers.iter().enumerate() {
            let at = Pointer::root().push("servers").push(&index.to_string());
            if let Some(why) = unfit(&server.url) {
                self.warn(
                    Code::Ignored,
                    format!("a server is left out: its URL has {why}"),
                    &at.push("url"),
                    "write a URL of scheme, host and path; credentials go into the client",
                );
                continue;
            }
            let (url, description) = (server.url.clone(), server.description.clone());
            servers.push(Server { url, description });
        }
        servers
    }
}

/// What no base URL can have, because a path is put behind it and every request shows it.
fn unfit(url: &str) -> Option<&'static str> {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    if url.contains(['?', '#']) {
        Some("a query or a fragment")
    } else if url.contains("//") && authority.contains('@') {
        Some("a user name or password")
    } else {
        None
    }
}

/// The variables of every server. Of two with one name the first counts, so that a name means one
/// thing.
pub(super) fn variables(document: &OpenAPI) -> Vec<ServerVariable> {
    let items = document.paths.paths.values().filter_map(ReferenceOr::as_item);
    let below = items.flat_map(|item| {
        let own = item.iter().flat_map(|(_, operation)| &operation.servers);
        item.servers.iter().chain(own)
    });
    let mut all: Vec<ServerVariable> = Vec::new();
    for (name, variable) in
        document.servers.iter().chain(below).flat_map(|server| server.variables.iter().flatten())
    {
        if !all.iter().any(|known| known.name == *name) {
            all.push(ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone(),
            });
        }
    }
    all
}

/// The server of one operation: its own, else its path's; the first, if there are several.
/// One that the whole document has anyway is none.
pub(super) fn own(document: &OpenAPI, item: &PathItem, raw: &Raw) -> Option<String> {
    let server: &RawServer = raw.servers.first().or(item.servers.first())?;
    let usual = document.servers.first().is_some_and(|usual| usual.url == server.url);
    (!usual).then(|| server.url.clone())
}

#[cfg(test)]
mod tests {
    use super::unfit;

    #[test]
    fn what_no_base_url_can_have() {
        for url in ["https://a.example/v1", "/v1", "https://{host}:{port}/a@b", "a@b"] {
            assert_eq!(unfit(url), None, "{url}");
        }
        for url in ["https://a.example?x=1", "/v1#a", "https://u:p@a.example", "//u@a.example/v1"] {
            assert!(unfit(url).is_some(), "{url}");
        }
    }
}
