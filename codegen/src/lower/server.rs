//! Servers of the document and of single operations.
//!
//! ```yaml
//! servers:
//!   - url: https://{region}.example.com/{version}
//!     variables: {region: {default: eu}, version: {default: v1}}
//! ```
//! A server without a URL that calls could go to is told, and the client asks for one in its place.

pub(super) mod url;

use openapiv3::{
    OpenAPI, Operation as Raw, PathItem, ReferenceOr, Server as RawServer,
    ServerVariable as ServerValue,
};

use super::Lowerer;
use super::path::is_path;
use super::versions::Placed;
use crate::diagnostics::Code;
use crate::faults::is_placeholder;
use crate::ir::{Located, Server, ServerVariable};
use crate::pointer::Pointer;

const FIT: &str = "write a URL of scheme, host and path; credentials go into the client";

impl<'d> Lowerer<'d> {
    /// The servers of the document that a client can be made for. The URL of one that cannot is
    /// not repeated, since it may hold a password.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let document = self.document;
        let list = self.fit(&document.servers, &Pointer::root());
        let server = |server: &RawServer| Server {
            url: server.url.clone(),
            description: server.description.clone(),
        };
        list.into_iter().map(server).collect()
    }

    /// Where an operation is called.
    pub(super) fn located(
        &mut self,
        placed: &'d Placed<'d>,
        path_at: &Pointer,
        site: &Pointer,
    ) -> Located {
        if !is_path(placed.path) {
            return Located::Caller;
        }
        match self.own_server(placed.item, &placed.raw, path_at, site) {
            None => Located::Client,
            Some(url) => Located::Own(url),
        }
    }

    /// The server of one operation: its own, else its path's; the first that is fit, if there are
    /// several. One that the whole document has anyway is none. Where none is fit the first stands
    /// for what the caller has to say.
    fn own_server(
        &mut self,
        item: &'d PathItem,
        raw: &'d Raw,
        path_at: &Pointer,
        site: &Pointer,
    ) -> Option<String> {
        let (list, at) = match (&*raw.servers, &*item.servers) {
            ([], []) => return None,
            ([], shared) => (shared, path_at),
            (own, _) => (own, site),
        };
        let fit = self.fit(list, at);
        let url = match fit.first() {
            Some(server) => server.url.clone(),
            None => url::without_secrets(&list.first()?.url).to_owned(),
        };
        let usual = self.document.servers.first().is_some_and(|usual| usual.url == url);
        (!usual).then_some(url)
    }

    /// Those of a list of servers that a client can be made for; the others are told.
    fn fit(&mut self, list: &'d [RawServer], at: &Pointer) -> Vec<&'d RawServer> {
        let mut fit = Vec::with_capacity(list.len());
        for (index, server) in list.iter().enumerate() {
            let values: Vec<(String, String)> =
                defaults(server).map(|(name, value)| (name.clone(), value.clone())).collect();
            match url::unfit(&server.url, &values) {
                None => fit.push(server),
                Some(why) => {
                    let place = at.push("servers").push(&index.to_string()).push("url");
                    self.warn(
                        Code::Ignored,
                        format!("a server is left out: its URL {why}"),
                        &place,
                        FIT,
                    );
                }
            }
        }
        fit
    }

    /// The variables of every server. Of two with one name the first counts, so that a name means
    /// one thing.
    pub(super) fn server_variables(&mut self) -> Vec<ServerVariable> {
        let mut all: Vec<ServerVariable> = Vec::new();
        for (server, at) in every(self.document) {
            for (name, variable) in server.variables.iter().flatten() {
                let at = at.push("variables").push(name);
                self.tell_of_default(server, name, &variable.default, &at);
                let own = ServerVariable {
                    name: name.clone(),
                    default: default(server, name, variable).cloned(),
                    values: variable.enumeration.clone(),
                    description: variable.description.clone(),
                };
                match all.iter().find(|known| known.name == own.name) {
                    None => all.push(own),
                    Some(known) if known.default == own.default => {}
                    Some(_) => self.warn(
                        Code::Ignored,
                        format!("the server variable `{name}` has another default elsewhere"),
                        &at,
                        "the first one counts for all servers; give the variables different names",
                    ),
                }
            }
            for name in url::names(&server.url) {
                if all.iter().all(|known| known.name != name) {
                    self.warn(
                        Code::FaultyDocument,
                        format!("the server variable `{name}` is not declared"),
                        &at.push("url"),
                        "clients ask for its value; declare it under `variables`, with a default",
                    );
                    all.push(ServerVariable {
                        name: name.to_owned(),
                        default: None,
                        values: Vec::new(),
                        description: None,
                    });
                }
            }
        }
        all
    }

    /// A default that no client could be made with. It is not repeated, since it may hold a
    /// password.
    fn tell_of_default(&mut self, server: &RawServer, name: &str, value: &str, at: &Pointer) {
        let why = url::spoils(&server.url, name, value).filter(|_| !is_placeholder(value));
        if let Some(why) = why {
            self.warn(
                Code::FaultyDocument,
                format!("the default of the server variable `{name}` {why}"),
                &at.push("default"),
                "clients ask for its value; write one that keeps to its place in the URL",
            );
        }
    }
}

/// The variables of a server that have a value.
fn defaults(server: &RawServer) -> impl Iterator<Item = (&String, &String)> {
    let variables = server.variables.iter().flatten();
    variables.filter_map(|(name, variable)| Some((name, default(server, name, variable)?)))
}

/// The value that a variable has unless the caller gives it another.
fn default<'v>(server: &RawServer, name: &str, variable: &'v ServerValue) -> Option<&'v String> {
    let value = Some(&variable.default).filter(|value| !is_placeholder(value));
    value.filter(|value| url::spoils(&server.url, name, value).is_none())
}

/// Every server that a call may go to, with its place: the document's, then those of paths and operations.
/// An operation's own take the place of its path's.
fn every(document: &OpenAPI) -> Vec<(&RawServer, Pointer)> {
    fn list<'s>(
        servers: &'s [RawServer],
        at: &Pointer,
    ) -> impl Iterator<Item = (&'s RawServer, Pointer)> {
        let at = at.push("servers");
        servers.iter().enumerate().map(move |(index, server)| (server, at.push(&index.to_string())))
    }
    let mut all: Vec<_> = list(&document.servers, &Pointer::root()).collect();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        let at = Pointer::root().push("paths").push(path);
        if item.iter().any(|(_, operation)| operation.servers.is_empty()) {
            all.extend(list(&item.servers, &at));
        }
        for (method, operation) in item.iter() {
            all.extend(list(&operation.servers, &at.push(method)));
        }
    }
    all
}
