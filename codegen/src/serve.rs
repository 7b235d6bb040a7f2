//! A server that plays the API of a document.
//!
//! It reads the same normalised tree as the generator, so whatever a client can be generated from can
//! be played: Swagger 2.0, OpenAPI 3.1, several files. A request is checked first (path, method,
//! login, parameters, body) and refused as an RFC 9457 problem that names the place in the request
//! and in the document. A sound one is answered by the document's examples, or by values made of its
//! schemas. The same request always gets the same answer, but for what can be waited for (`waits`):
//! lists have further pages (`pages`), and what is on its way is there after some polls.
//!
//! [`Mock::answer`] is a function from a request to an answer; `network` puts it behind a port.

mod answer;
mod bases;
mod body;
mod charset;
mod choice;
mod failures;
mod fields;
mod format;
mod login;
mod media;
mod network;
mod nulls;
mod pages;
mod pairs;
mod parameter;
mod parts;
mod problem;
mod route;
mod sample;
mod schema;
mod steps;
mod style;
mod told;
mod tree;
mod unanswered;
mod vary;
mod waits;
mod wish;

use std::collections::BTreeMap;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode, Uri};
use serde_json::Value;

use self::answer::Asked;
use self::bases::Bases;
use self::failures::Queue;
use self::login::{Given, Scheme};
use self::pages::Page;
use self::problem::Problem;
use self::route::{Match, Route};
use self::schema::Checks;
use self::tree::Place;
use self::waits::Waits;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::Paging;
use crate::plain::one_line;
use crate::pointer::Pointer;
use crate::source::{Files, Source};
use crate::{Options, ir, lower, normalise, read, select};

pub use self::failures::{Failures, parse_delay};
pub use self::network::MAX_BODY;

/// Which way a value travels: `readOnly` and `writeOnly` depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Request,
    Answer,
}

/// What is not said by the document.
#[derive(Clone, Debug)]
pub struct Behaviour {
    /// Answers that fail, before any that does not.
    pub failures: Failures,
    /// How long every answer takes.
    pub delay: Duration,
    /// Which poll finds what is waited for; before, it is on its way.
    pub polls: u32,
    /// Whether what is waited for fails in the end, where it can.
    pub fail_waits: bool,
    /// How many pages a list has.
    pub pages: u32,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            failures: Failures::default(),
            delay: Duration::ZERO,
            polls: POLLS,
            fail_waits: false,
            pages: PAGES,
        }
    }
}

/// The second poll finds what is waited for, unless somebody says otherwise.
pub const POLLS: u32 = 2;

/// A list has two pages, unless somebody says otherwise.
pub const PAGES: u32 = 2;

/// The API of a document, ready to answer.
pub struct Mock {
    root: Value,
    source: Source,
    routes: Vec<Route>,
    bases: Bases,
    schemes: Vec<Scheme>,
    given: Given,
    checks: Checks,
    failures: Queue,
    delay: Duration,
    /// How the answers of an operation lead on to one another.
    pages: BTreeMap<Pointer, Paging>,
    /// How many of them there are of a list.
    page_count: u32,
    waits: Waits,
    /// Who is told of requests that are refused.
    tell: Option<Teller>,
}

/// What takes a line.
type Teller = Box<dyn Fn(&str) + Send + Sync>;

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
        let (root, api) = tree(&source, options, &mut warnings).map_err(|errors| {
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
        let routes = route::routes(&root);
        warnings.locate(&source);
        warnings.sort();
        warnings.group();
        let mock = Self {
            schemes: login::schemes(&root),
            checks,
            bases: Bases::of(&root, &routes),
            routes,
            given: Given::default(),
            failures: Queue::new(&behaviour.failures),
            delay: behaviour.delay,
            waits: api
                .as_ref()
                .map(|api| Waits::new(api, behaviour.polls, behaviour.fail_waits))
                .unwrap_or_default(),
            page_count: behaviour.pages,
            pages: api.map(pages_of).unwrap_or_default(),
            tell: None,
            root,
            source,
        };
        Ok((mock, warnings))
    }

    /// What cannot be answered as the document says, located. It takes a while, and may be looked for while the
    /// server answers.
    pub fn look(&self) -> Diagnostics {
        let mut found = unanswered::look(&self.root, &self.checks, &self.routes);
        found.locate(&self.source);
        found.sort();
        found.group();
        found
    }

    /// How many operations are answered.
    pub fn operations(&self) -> usize {
        self.routes.len()
    }

    /// The path of the document's first server, which belongs to a client's base URL.
    pub fn base_path(&self) -> &str {
        self.bases.of_client()
    }

    /// A line for each security scheme: how to log in, and with which test credentials.
    pub fn logins(&self) -> Vec<String> {
        self.schemes.iter().map(Scheme::line).collect()
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let is_token = |scheme: &Scheme| scheme.gives_tokens_at(request.uri().path());
        if self.schemes.iter().any(is_token) {
            let given = login::token_answer(request.method(), request.headers(), request.body());
            return given.unwrap_or_else(|refused| {
                self.told(request.method(), request.uri(), &refused.in_words());
                refused.into_response()
            });
        }
        let refused = |problem| self.refuse(request.method(), request.uri(), problem);
        self.respond(request).unwrap_or_else(refused)
    }

    fn respond(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Problem> {
        let asked = Asked::by(request.headers())?;
        let found = self.bases.find(&self.routes, request, &|line| self.tell(line));
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
        let response = self.play(request, &found, &operation, &asked)?;
        if response.status().is_success() && self.schemes.iter().any(Scheme::takes_what_is_given) {
            self.given.keep(&response);
        }
        Ok(response)
    }

    /// The answer to a sound request: that of the page it asks for, or of how far something is.
    fn play(
        &self,
        request: &Request<Vec<u8>>,
        found: &Match<'_>,
        operation: &Place<'_>,
        asked: &Asked<'_>,
    ) -> Result<Response<Vec<u8>>, Problem> {
        let fails = self.waits.wish(&operation.at, request.headers())?;
        if asked.wish.code.is_some() {
            return answer::success(&self.checks, operation, asked, &|_, _| ());
        }
        let page = self.pages.get(&operation.at).map(|paging| {
            let first = pages::first(paging, &self.parameters(found.route, operation));
            Page::of(paging, first, request, self.page_count)
        });
        let look = self.waits.look(&operation.at, request.uri().path(), fails);
        if let Some(status) = look.as_ref().and_then(|look| look.status) {
            return answer::failure(&self.checks, Some(operation), status, asked);
        }
        let amend = |value: &mut Value, schema: &Place<'_>| {
            if let Some(page) = &page {
                page.write(&self.checks, value, schema);
            }
            if let Some(look) = &look {
                look.write(&self.checks, value, schema);
            }
        };
        let mut response = answer::success(&self.checks, operation, asked, &amend)?;
        if let Some(page) = &page {
            page.head(&mut response);
        }
        self.waits.begin(&operation.at, fails);
        Ok(response)
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
        login::check(&self.schemes, &Place::root(&self.root), operation, &sent, &self.given)?;
        let logins = login::names(&self.schemes);
        let sent = parameter::Sent::new(&found.values, query, headers, logins);
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

    fn place(&self, at: &Pointer) -> Option<Place<'_>> {
        Place::at(&self.root, at)
    }

    /// Has `tell` called with a line for each request that is refused, since its client may not show the
    /// answer, and for what else a user should know of one.
    #[must_use]
    pub fn telling(mut self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.tell = Some(Box::new(tell));
        self
    }

    /// The answer to a request that is refused, of which it is told.
    fn refuse(&self, method: &Method, uri: &Uri, problem: Problem) -> Response<Vec<u8>> {
        let locate = |rule: &Pointer| self.source.locate(rule).to_string();
        let rule = problem.violations.first().and_then(|first| first.rule.as_ref());
        let rule = rule.map(|rule| format!(" ({})", locate(rule))).unwrap_or_default();
        self.told(method, uri, &format!("{}{rule}", problem.in_words()));
        problem.into_response(locate)
    }

    /// Tells of a request that is refused, and why.
    fn told(&self, method: &Method, uri: &Uri, why: &str) {
        self.tell(&format!("refused: {method} {}: {why}", uri.path()));
    }

    fn tell(&self, line: &str) {
        if let Some(tell) = &self.tell {
            tell(&one_line(line));
        }
    }
}

/// The normalised document as a tree again, with what the generator knows of it, if it knows
/// anything: a document may be played of which no client can be made.
fn tree(
    source: &Source,
    options: &Options,
    warnings: &mut Diagnostics,
) -> Result<(Value, Option<ir::Api>), Diagnostics> {
    let (reduced, found) = select::select(source, &options.selection)?;
    warnings.extend(found);
    let read = reduced.root.clone();
    let (document, found) = normalise::normalise(reduced)?;
    warnings.extend(found);
    let mut root = serde_json::to_value(&document.openapi).map_err(|error| {
        Diagnostic::error(Code::Internal, format!("the document cannot be written: {error}"))
    })?;
    nulls::restore(&mut root, &read);
    let label = options.operation_name.as_deref();
    let asked = options.asked(source.as_written());
    let (api, found) = lower::lower(&document, label, &options.selection.versions, &asked);
    if !found.has_errors() {
        // What it says besides is for who makes a client; these say why something is not played.
        let is_played = |one: &Diagnostic| matches!(one.code, Code::Pagination | Code::Waiter);
        warnings.extend(found.into_iter().filter(is_played));
        return Ok((root, Some(api)));
    }
    let message =
        "no client can be made of the document, so that its pages and waits are not played";
    warnings.push(
        Diagnostic::warning(Code::Ignored, message)
            .help("`specwright generate` says what is wrong"),
    );
    Ok((root, None))
}

/// The operations whose answers come in pages.
fn pages_of(api: ir::Api) -> BTreeMap<Pointer, Paging> {
    let paged = |operation: ir::Operation| Some((operation.at, operation.paging?));
    api.operations.into_iter().filter_map(paged).collect()
}

#[cfg(test)]
mod tests;
