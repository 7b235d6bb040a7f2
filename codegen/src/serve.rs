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
mod vary;
mod waits;
mod wish;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::{Method, Request, Response, StatusCode, Uri};
use serde_json::Value;

use self::answer::Asked;
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
    /// Paths of the servers, of operations too, the longest first; without the root.
    bases: Vec<String>,
    /// The path of the server that a client calls by itself.
    base: String,
    /// Whether that of a server is in front of every path.
    is_prefixed: bool,
    /// Whether it was told that a request came without.
    is_told: AtomicBool,
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

/// So many schemas are written to look at the answers of a document before anybody asks for them.
const LOOK: usize = 10_000;

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
        let own = route::bases(&Place::root(&root)).unwrap_or_default();
        let base = own.first().cloned().unwrap_or_default();
        let all = own.iter().chain(routes.iter().flat_map(|route| &route.bases));
        let all: BTreeSet<&String> = all.filter(|base| !base.is_empty()).collect();
        let mut bases: Vec<String> = all.into_iter().cloned().collect();
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        let is_prefixed = !routes.is_empty() && routes.iter().all(|route| !is_bare(&route.bases));
        let mock = Self {
            routes,
            schemes: login::schemes(&root),
            checks,
            bases,
            base,
            is_prefixed,
            is_told: AtomicBool::new(false),
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
        let mut found = unanswered(&self.root, &self.checks, &self.routes);
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
        let response = self.play(request, &operation, &asked)?;
        if response.status().is_success() && self.schemes.iter().any(Scheme::takes_what_is_given) {
            self.given.keep(&response);
        }
        Ok(response)
    }

    /// The answer to a sound request: that of the page it asks for, or of how far something is.
    fn play(
        &self,
        request: &Request<Vec<u8>>,
        operation: &Place<'_>,
        asked: &Asked<'_>,
    ) -> Result<Response<Vec<u8>>, Problem> {
        let fails = self.waits.wish(&operation.at, request.headers())?;
        if asked.wish.code.is_some() {
            return answer::success(&self.checks, operation, asked, &|_, _| ());
        }
        let page =
            self.pages.get(&operation.at).map(|paging| Page::of(paging, request, self.page_count));
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

    /// The operation, with or without the path of its server in front. That the server itself knows no path
    /// without is told once.
    fn find(&self, request: &Request<Vec<u8>>) -> Result<Match<'_>, Problem> {
        let (method, path) = (request.method(), request.uri().path());
        // As the server has it first: `/{a}/{b}` would take the path of a server for a value.
        let mut inner = None;
        for base in &self.bases {
            let Some(rest) = below(base, path) else { continue };
            match route::find(&self.routes, method, rest, base) {
                Ok(found) => return Ok(found),
                Err(problem) => inner = inner.or(Some(problem)),
            }
        }
        if let Some(problem) = inner.take_if(|one| one.status == StatusCode::METHOD_NOT_ALLOWED) {
            return Err(problem);
        }
        let found = route::find(&self.routes, method, path, "");
        match (found, inner) {
            (Ok(found), inner) => {
                let bases = &found.route.bases;
                let is_odd = inner.is_none() && !is_bare(bases);
                if is_odd && !self.is_told.swap(true, Ordering::Relaxed) {
                    let prefixes = prefixes(bases);
                    self.tell(&format!(
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
                    first.message.push_str(&prefixes(&self.bases));
                }
                Err(problem)
            }
        }
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

/// What cannot be answered as the document says: where neither an example nor a value that was made is what
/// the schema says, and examples whose values are in other files. Answers are looked at as far as
/// [`LOOK`] goes.
fn unanswered(root: &Value, checks: &Checks, routes: &[Route]) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut left = 0_usize;
    for route in routes {
        let Some(operation) = Place::at(root, &route.operation) else { continue };
        for (name, example) in answer::elsewhere(&operation) {
            let message = format!("the example `{name}` is not answered: its value is elsewhere");
            let help = "write its `value` in place of `externalValue`";
            let at = example.at.push("externalValue");
            found.push(Diagnostic::warning(Code::Ignored, message).at(&at).help(help));
        }
        if checks.cost() > LOOK {
            left += 1;
        } else if let Some((media, faults)) = answer::faults(checks, &operation) {
            let first = faults.first().map(|fault| format!("{}: {}", fault.at, fault.message));
            let first = first.unwrap_or_default();
            let message = format!(
                "no value was made that is what the schema says, and one that is not is answered: {}",
                first.trim_start_matches(": ")
            );
            let help = "write an `example` that is, or correct the schema";
            found.push(Diagnostic::warning(Code::Ignored, message).at(&media.at).help(help));
        }
    }
    if left > 0 {
        let message = format!(
            "whether the answers of {left} more operations are what their schemas say is not looked at"
        );
        let help = "nothing has to be done: it would take long, and where there is an `example` that is, they are";
        found.push(Diagnostic::note(Code::Ignored, message).at(&Pointer::root()).help(help));
    }
    found
}

/// The operations whose answers come in pages.
fn pages_of(api: ir::Api) -> BTreeMap<Pointer, Paging> {
    let paged = |operation: ir::Operation| Some((operation.at, operation.paging?));
    api.operations.into_iter().filter_map(paged).collect()
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

#[cfg(test)]
mod tests;
