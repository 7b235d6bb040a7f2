//! Logins: the security schemes of the document, each with test credentials that are no secret.

mod digest;
mod given;
mod token;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::Value;

use super::parameter::{cookie, pairs};
use super::problem::{Problem, Violation};
use super::tree::Place;
use crate::pointer::Pointer;

pub(super) use self::given::Given;
pub(super) use self::token::answer as token_answer;

/// Name of the user, the client or the public half of a key.
pub(super) const USER: &str = "test-user";
/// The secret half.
pub(super) const SECRET: &str = "test-secret";
/// What is sent as it is: a key, a token.
pub(super) const KEY: &str = "test-key";
/// What the token endpoint gives.
pub(super) const TOKEN: &str = "test-token";

/// A security scheme of the document.
#[derive(Clone, Debug)]
pub(super) struct Scheme {
    name: String,
    kind: Kind,
    /// Variables of the environment that a client reads its credentials from.
    variables: Vec<String>,
    at: Pointer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Key {
        part: &'static str,
        name: String,
    },
    Basic,
    Digest,
    Bearer,
    /// A token, got by client credentials at this path if the document says so.
    Token {
        path: Option<String>,
    },
    /// One that is not played: every request passes.
    Unknown,
}

/// A request as far as logins go.
pub(super) struct Sent<'r> {
    pub(super) method: &'r Method,
    /// Path and query, as sent.
    pub(super) target: &'r str,
    pub(super) query: &'r str,
    pub(super) headers: &'r HeaderMap,
}

/// The schemes of a document.
pub(super) fn schemes(root: &Value) -> Vec<Scheme> {
    let schemes = Place::root(root).get("components").and_then(|all| all.get("securitySchemes"));
    let members = schemes.as_ref().map(Place::members).unwrap_or_default();
    members.into_iter().map(|(name, scheme)| read(name, &scheme)).collect()
}

fn read(name: &str, scheme: &Place<'_>) -> Scheme {
    let http = scheme.text("scheme").unwrap_or_default().to_ascii_lowercase();
    let kind = match (scheme.text("type"), http.as_str()) {
        (Some("apiKey"), _) => Kind::Key {
            part: match scheme.text("in") {
                Some("query") => "query",
                Some("cookie") => "cookie",
                _ => "header",
            },
            name: scheme.text("name").unwrap_or_default().to_owned(),
        },
        (Some("http"), "basic") => Kind::Basic,
        (Some("http"), "digest") => Kind::Digest,
        (Some("http"), "bearer") => Kind::Bearer,
        (Some("oauth2"), _) => {
            let flow = scheme.get("flows").and_then(|flows| flows.get("clientCredentials"));
            Kind::Token { path: flow.and_then(|flow| path_of(flow.text("tokenUrl")?)) }
        }
        (Some("openIdConnect"), _) => Kind::Token { path: None },
        _ => Kind::Unknown,
    };
    let named = scheme.get("x-specwright-credentials").and_then(|named| named.get("env"));
    let variables = named.map(|env| env.elements()).unwrap_or_default();
    let variables =
        variables.iter().filter_map(|name| Some(name.value.as_str()?.to_owned())).collect();
    Scheme { name: name.to_owned(), kind, variables, at: scheme.at.clone() }
}

/// The path of a URL, which may be relative.
pub(super) fn path_of(url: &str) -> Option<String> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => url,
    };
    let path = path.split(['?', '#']).next()?;
    Some(format!("/{}", path.trim_matches('/')))
}

impl Scheme {
    /// Whether this path is where its tokens come from.
    pub(super) fn gives_tokens_at(&self, path: &str) -> bool {
        matches!(&self.kind, Kind::Token { path: Some(known) } if known == path)
    }

    /// One line for a person: the scheme, and what to log in with.
    pub(super) fn line(&self) -> String {
        let values: &[&str] = match &self.kind {
            Kind::Key { .. } => &[KEY],
            Kind::Basic | Kind::Digest | Kind::Token { path: Some(_) } => &[USER, SECRET],
            Kind::Bearer | Kind::Token { path: None } => &[TOKEN],
            Kind::Unknown => return format!("{}: not checked", self.name),
        };
        let how = match &self.kind {
            Kind::Key { part, name } => format!("{part} {name}"),
            Kind::Basic => "basic".to_owned(),
            Kind::Digest => "digest".to_owned(),
            Kind::Bearer | Kind::Token { path: None } => "bearer".to_owned(),
            Kind::Token { path: Some(path) } => format!("client credentials at {path}"),
            Kind::Unknown => String::new(),
        };
        let values: Vec<String> = if self.variables.len() == values.len() {
            let pairs = self.variables.iter().zip(values);
            pairs.map(|(name, value)| format!("{name}={value}")).collect()
        } else {
            values.iter().map(|value| (*value).to_owned()).collect()
        };
        format!("{} ({how}): {}", self.name, values.join(" "))
    }

    /// Whether an answer may hold what logs in by this scheme.
    pub(super) fn takes_what_is_given(&self) -> bool {
        match &self.kind {
            Kind::Key { .. } | Kind::Bearer | Kind::Token { .. } => true,
            Kind::Basic | Kind::Digest | Kind::Unknown => false,
        }
    }

    /// Whether the request is logged in by this scheme; if not, why.
    fn check(&self, sent: &Sent<'_>, given: &Given) -> Result<(), String> {
        match &self.kind {
            Kind::Key { part, name } => {
                let value = match *part {
                    "query" => pairs(sent.query).find(|(key, _)| key == name).map(|(_, it)| it),
                    "cookie" => cookie(sent.headers, name),
                    _ => sent.headers.get(name).and_then(|it| Some(it.to_str().ok()?.to_owned())),
                };
                match value {
                    None => Err(format!("no key was sent, in the {part} `{name}`")),
                    Some(value) if value == KEY || given.has(&value) => Ok(()),
                    Some(_) => Err("the key is not the test key".to_owned()),
                }
            }
            Kind::Basic => {
                let text = credentials(sent.headers, "Basic", "no login was sent")?;
                let known = STANDARD.encode(format!("{USER}:{SECRET}"));
                let why = || "user and password are not the test ones".to_owned();
                (text == known).then_some(()).ok_or_else(why)
            }
            Kind::Digest => {
                credentials(sent.headers, "Digest", "no login was sent")?;
                digest::check(sent).map_err(str::to_owned)
            }
            Kind::Bearer | Kind::Token { .. } => {
                let text = credentials(sent.headers, "Bearer", "no token was sent")?;
                let why = || "the token was not given by this server".to_owned();
                (text == TOKEN || given.has(text)).then_some(()).ok_or_else(why)
            }
            Kind::Unknown => Ok(()),
        }
    }

    /// What a 401 asks for (RFC 9110, section 11.6.1); a key has no challenge.
    fn challenge(&self) -> Option<String> {
        match &self.kind {
            Kind::Basic => Some("Basic realm=\"specwright\"".to_owned()),
            Kind::Digest => Some(digest::challenge()),
            Kind::Bearer | Kind::Token { .. } => Some("Bearer realm=\"specwright\"".to_owned()),
            Kind::Key { .. } | Kind::Unknown => None,
        }
    }
}

/// The names under which keys are sent: they are no parameters.
pub(super) fn names(schemes: &[Scheme]) -> Vec<&str> {
    let named = schemes.iter().filter_map(|scheme| match &scheme.kind {
        Kind::Key { name, .. } => Some(name.as_str()),
        Kind::Basic | Kind::Digest | Kind::Bearer | Kind::Token { .. } | Kind::Unknown => None,
    });
    named.collect()
}

/// What stands behind the name of a scheme in `Authorization`.
pub(super) fn authorization<'r>(headers: &'r HeaderMap, scheme: &str) -> Option<&'r str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (name, rest) = text.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then_some(rest.trim())
}

/// The same, or what is sent in its place, in words. A text without a scheme may be a secret, and is not
/// repeated.
fn credentials<'r>(headers: &'r HeaderMap, scheme: &str, none: &str) -> Result<&'r str, String> {
    if let Some(text) = authorization(headers, scheme) {
        return Ok(text);
    }
    let sent = headers.get(header::AUTHORIZATION).map(|text| text.to_str().unwrap_or_default());
    let Some(sent) = sent else { return Err(none.to_owned()) };
    Err(match sent.split_once(' ') {
        Some((other, _)) if other.len() < 20 && other.bytes().all(|c| c.is_ascii_alphabetic()) => {
            format!("`Authorization` is a login by {other}, and {scheme} is asked for")
        }
        _ => format!("`Authorization` has no scheme, and `{scheme}` has to stand in front"),
    })
}

/// Checks what an operation asks for: one of the alternatives, all of it (OpenAPI 3.0, section
/// 4.7.30).
///
/// # Errors
/// None of them is met.
pub(super) fn check(
    schemes: &[Scheme],
    root: &Place<'_>,
    operation: &Place<'_>,
    sent: &Sent<'_>,
    given: &Given,
) -> Result<(), Problem> {
    let Some(asked) = operation.get("security").or_else(|| root.get("security")) else {
        return Ok(());
    };
    let mut problem = Problem::new(StatusCode::UNAUTHORIZED, "A login is needed");
    let mut challenges: Vec<String> = Vec::new();
    let alternatives = asked.elements();
    for alternative in &alternatives {
        let names = alternative.members();
        let found = names.iter().filter_map(|(name, _)| schemes.iter().find(|s| s.name == *name));
        let mut is_met = true;
        for scheme in found {
            let Err(message) = scheme.check(sent, given) else { continue };
            is_met = false;
            challenges.extend(scheme.challenge().filter(|one| !challenges.contains(one)));
            problem.violations.push(Violation {
                part: "header",
                place: scheme.name.clone(),
                message,
                rule: Some(scheme.at.clone()),
            });
        }
        if is_met {
            return Ok(());
        }
    }
    if alternatives.is_empty() {
        return Ok(());
    }
    Err(challenges
        .into_iter()
        .fold(problem, |problem, one| problem.with_header("www-authenticate", one)))
}
