//! A server that plays the API of a document.
//!
//! It reads the same normalised tree as the generator, so whatever a client can be generated from can
//! be played: Swagger 2.0, OpenAPI 3.1, several files. A request is checked first (path, method,
//! login, parameters, body) and refused as an RFC 9457 problem that names the place in the request
//! and in the document. A sound one is answered by the document's examples, or by values made of its
//! schemas; the same request always gets the same answer.
//!
//! [`Mock::answer`] is a function from a request to an answer; `network` puts it behind a port.

mod answer;
mod body;
mod failures;
mod login;
mod media;
mod network;
mod parameter;
mod problem;
mod route;
mod sample;
mod schema;
mod tree;

use std::collections::BTreeMap;
use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde_json::Value;

use self::answer::Asked;
use self::failures::Queue;
use self::login::Scheme;
use self::problem::Problem;
use self::route::{Match, Route};
use self::schema::Checks;
use self::tree::Place;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::{Files, Source};
use crate::{Options, normalise, read, select};

pub use self::failures::{Failures, parse_delay};
pub use self::network::MAX_BODY;

/// Which way a value travels: `readOnly` and `writeOnly` depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Request,
    Answer,
}

/// What is not said by the document.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    /// Answers that fail, before any that does not.
    pub failures: Failures,
    /// How long every answer takes.
    pub delay: Duration,
}

/// The API of a document, ready to answer.
pub struct Mock {
    root: Value,
    source: Source,
    routes: Vec<Route>,
    /// Paths of the servers, the longest first; without the root.
    bases: Vec<String>,
    /// The path of the server that a client calls by itself.
    base: String,
    schemes: Vec<Scheme>,
    checks: Checks,
    failures: Queue,
    delay: Duration,
}

impl Mock {
    /// Reads a document, only through `files`. Beside the mock come warnings, located.
    ///
    /// # Errors
    /// Whatever keeps a client from being generated up to `normalise`, located.
    pub fn new(
        options: &Options,
        files: &dyn Files,
        behaviour: &Behaviour,
    ) -> Result<(Self, Diagnostics), Diagnostics> {
        let (source, mut warnings) = read(options, files)?;
        let root = tree(&source, options, &mut warnings).map_err(|errors| {
            let mut errors = errors;
            errors.locate(&source);
            errors.sort();
            errors
        })?;
        let (checks, unread) = Checks::new(&root);
        let unread = unread.iter().map(|(at, pattern)| {
            Diagnostic::warning(Code::Ignored, format!("the pattern `{pattern}` is not checked"))
                .at(at)
                .help("it is no regular expression that this server can read")
        });
        warnings.extend(unread);
        warnings.locate(&source);
        warnings.sort();
        warnings.group();
        let mut bases = bases(&root);
        let base = bases.first().cloned().unwrap_or_default();
        bases.retain(|base| !base.is_empty());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        let mock = Self {
            routes: route::routes(&root),
            schemes: login::schemes(&root),
            checks,
            bases,
            base,
            failures: Queue::new(&behaviour.failures),
            delay: behaviour.delay,
            root,
            source,
        };
        Ok((mock, warnings))
    }

    /// How many operations are answered.
    pub fn operations(&self) -> usize {
        self.routes.len()
    }

    /// The path of the document's first server, which belongs to a client's base URL.
    pub fn base_path(&self) -> &str {
        &self.base
    }

    /// A line for each security scheme: how to log in, and with which test credentials.
    pub fn logins(&self) -> Vec<String> {
        self.schemes.iter().map(Scheme::line).collect()
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let is_token = |scheme: &Scheme| scheme.gives_tokens_at(request.uri().path());
        if self.schemes.iter().any(is_token) {
            return login::token_answer(request.method(), request.headers(), request.body());
        }
        self.respond(request).unwrap_or_else(|problem| self.refuse(problem))
    }

    fn respond(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Problem> {
        let asked = Asked::by(request.headers());
        let found = self.find(request);
        if let Some(violation) = failures::misspelt(request.headers()) {
            let problem = Problem::new(StatusCode::BAD_REQUEST, "No such failure");
            return Err(problem.because(violation));
        }
        if let Some(status) = self.failures.next(request.headers()) {
            let found = found.ok().and_then(|found| self.place(&found.route.operation));
            return answer::failure(&self.checks, found.as_ref(), status, &asked);
        }
        let found = found?;
        let unknown = || Problem::new(StatusCode::NOT_FOUND, "No such operation");
        let operation = self.place(&found.route.operation).ok_or_else(unknown)?;
        self.check(request, &found, &operation)?;
        answer::success(&self.checks, &operation, &asked)
    }

    /// Everything that the document says of a request, the login first.
    fn check(
        &self,
        request: &Request<Vec<u8>>,
        found: &Match<'_>,
        operation: &Place<'_>,
    ) -> Result<(), Problem> {
        let (headers, query) = (request.headers(), request.uri().query().unwrap_or_default());
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let sent = login::Sent { method: request.method(), target, query, headers };
        login::check(&self.schemes, &Place::root(&self.root), operation, &sent)?;
        let sent = parameter::Sent { path: &found.values, query, headers };
        parameter::check(&self.checks, &self.parameters(found.route, operation), &sent)?;
        body::check(&self.checks, operation, headers, request.body())
    }

    /// The parameters of an operation; its own before those of its path (OpenAPI 3.0, section
    /// 4.7.10).
    fn parameters<'d>(&'d self, route: &Route, operation: &Place<'d>) -> Vec<Place<'d>> {
        let shared = self.place(&route.item).and_then(|item| item.get("parameters"));
        let own = operation.get("parameters");
        let all = [shared, own].into_iter().flatten().flat_map(|list| list.elements());
        let mut known = BTreeMap::new();
        for parameter in all {
            known.insert((parameter.text("in"), parameter.text("name")), parameter);
        }
        known.into_values().collect()
    }

    /// The operation, with or without the path of a server in front.
    fn find(&self, request: &Request<Vec<u8>>) -> Result<Match<'_>, Problem> {
        let (method, path) = (request.method(), request.uri().path());
        let plain = match route::find(&self.routes, method, path) {
            Ok(found) => return Ok(found),
            Err(problem) => problem,
        };
        let inner = self.bases.iter().filter_map(|base| path.strip_prefix(base.as_str()));
        let inner = inner.filter(|rest| rest.starts_with('/'));
        let mut found = inner.map(|rest| route::find(&self.routes, method, rest));
        found.next().unwrap_or(Err(plain))
    }

    fn place(&self, at: &Pointer) -> Option<Place<'_>> {
        Place::at(&self.root, at)
    }

    fn refuse(&self, problem: Problem) -> Response<Vec<u8>> {
        problem.into_response(|rule| self.source.locate(rule).to_string())
    }
}

/// The normalised document as a tree again.
fn tree(
    source: &Source,
    options: &Options,
    warnings: &mut Diagnostics,
) -> Result<Value, Diagnostics> {
    let (reduced, found) = select::select(source, &options.selection)?;
    warnings.extend(found);
    let (document, found) = normalise::normalise(reduced)?;
    warnings.extend(found);
    serde_json::to_value(&document.openapi).map_err(|error| {
        Diagnostic::error(Code::Internal, format!("the document cannot be written: {error}")).into()
    })
}

/// The paths of the servers of a document, its variables at their defaults.
fn bases(root: &Value) -> Vec<String> {
    let servers = Place::root(root).get("servers").map(|all| all.elements()).unwrap_or_default();
    let base = |server: &Place<'_>| {
        let mut url = server.text("url")?.to_owned();
        for (name, variable) in server.get("variables").map(|all| all.members()).unwrap_or_default()
        {
            let value = variable.text("default").unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), value);
        }
        Some(login::path_of(&url)?.trim_end_matches('/').to_owned())
    };
    servers.iter().filter_map(base).collect()
}

#[cfg(test)]
mod tests;
