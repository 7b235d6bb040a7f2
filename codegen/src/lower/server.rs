//! Servers of the document and of single operations.

use openapiv3::{OpenAPI, Operation as Raw, PathItem, ReferenceOr, Server};

/// The variables of every server with their defaults. Of two with one name the first counts, so
/// that a name means one thing.
pub(super) fn variables(document: &OpenAPI) -> Vec<(String, String)> {
    let items = document.paths.paths.values().filter_map(ReferenceOr::as_item);
    let below = items.flat_map(|item| {
        let own = item.iter().flat_map(|(_, operation)| &operation.servers);
        item.servers.iter().chain(own)
    });
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, variable) in
        document.servers.iter().chain(below).flat_map(|server| server.variables.iter().flatten())
    {
        if !all.iter().any(|(known, _)| known == name) {
            all.push((name.clone(), variable.default.clone()));
        }
    }
    all
}

/// The server of one operation: its own, else its path's; the first, if there are several.
/// One that the whole document has anyway is none.
pub(super) fn own(document: &OpenAPI, item: &PathItem, raw: &Raw) -> Option<String> {
    let server: &Server = raw.servers.first().or(item.servers.first())?;
    let usual = document.servers.first().is_some_and(|usual| usual.url == server.url);
    (!usual).then(|| server.url.clone())
}
