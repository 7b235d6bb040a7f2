//! The paths of servers (OpenAPI 3.0.4 section 4.7.5), in front of those of the document.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Request, StatusCode};
use serde_json::Value;

use super::problem::Problem;
use super::route::{self, Match, Route};
use super::tree::Place;

/// What may stand in front of a path.
pub(super) struct Bases {
    /// Paths of the servers, of operations too, the longest first; without the root.
    all: Vec<String>,
    /// The path of the server that a client calls by itself.
    own: String,
    /// Whether that of a server is in front of every path.
    is_prefixed: bool,
    /// Whether it was told that a request came without.
    is_told: AtomicBool,
}

impl Bases {
    pub(super) fn of(root: &Value, routes: &[Route]) -> Self {
        let own = route::bases(&Place::root(root)).unwrap_or_default();
        let all = own.iter().chain(routes.iter().flat_map(|route| &route.bases));
        let all: BTreeSet<&String> = all.filter(|base| !base.is_empty()).collect();
        let mut all: Vec<String> = all.into_iter().cloned().collect();
        all.sort_by_key(|base| Reverse(base.len()));
        Self {
            all,
            own: own.into_iter().next().unwrap_or_default(),
            is_prefixed: !routes.is_empty() && routes.iter().all(|route| !is_bare(&route.bases)),
            is_told: AtomicBool::new(false),
        }
    }

    pub(super) fn of_client(&self) -> &str {
        &self.own
    }

    /// The operation that a request calls, with or without the path of its server in front. That the server
    /// itself knows no path without is told once.
    pub(super) fn find<'r>(
        &self,
        routes: &'r [Route],
        request: &Request<Vec<u8>>,
        tell: &dyn Fn(&str),
    ) -> Result<Match<'r>, Problem> {
        let (method, path) = (request.method(), request.uri().path());
        // As the server has it first: `/{a}/{b}` would take the path of a server for a value.
        let mut inner = None;
        for base in &self.all {
            let Some(rest) = below(base, path) else { continue };
            match route::find(routes, method, rest, base) {
                Ok(found) => return Ok(found),
                Err(problem) => inner = inner.or(Some(problem)),
            }
        }
        if let Some(problem) = inner.take_if(|one| one.status == StatusCode::METHOD_NOT_ALLOWED) {
            return Err(problem);
        }
        let found = route::find(routes, method, path, "");
        match (found, inner) {
            (Ok(found), inner) => {
                let bases = &found.route.bases;
                let is_odd = inner.is_none() && !is_bare(bases);
                if is_odd && !self.is_told.swap(true, Ordering::Relaxed) {
                    let prefixes = prefixes(bases);
                    tell(&format!(
                        "{method} {path}: answered, but the paths of the document's server begin with {prefixes}",
                    ));
                }
                Ok(found)
            }
            (Err(_), Some(inner)) => Err(inner),
            (Err(mut problem), None) => {
                let first = problem.violations.first_mut().filter(|first| first.part == "path");
                if let Some(first) = first.filter(|_| self.is_prefixed) {
                    first.message.push_str("; those of its server begin with ");
                    first.message.push_str(&prefixes(&self.all));
                }
                Err(problem)
            }
        }
    }
}

/// Whether paths may be known without that of a server in front.
fn is_bare(bases: &[String]) -> bool {
    bases.is_empty() || bases.iter().any(String::is_empty)
}

/// What of a path is behind that of a server.
fn below<'p>(base: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(base).filter(|rest| rest.starts_with('/'))
}

/// The paths of servers, as in a sentence.
fn prefixes(bases: &[String]) -> String {
    let quoted: Vec<String> = bases.iter().map(|base| format!("`{base}`")).collect();
    quoted.join(" or ")
}
