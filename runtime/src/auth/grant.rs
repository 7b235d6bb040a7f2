//! One token request and its answer (RFC 6749, sections 4.4 and 5).

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::{AuthError, AuthErrorKind, StoreTurn, StoredToken, basic, sensitive};
use crate::clock;
use crate::transport::{CollectError, RequestBody, ResponseBody, Transport, TransportError};

/// No token answer is longer than this many bytes.
const MAX_ANSWER: u64 = 256 * 1024;
/// A token endpoint that is silent for longer holds up every call, so the request is given up.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Servers announce lifetimes of 0 and less; a token is worth at least one burst of calls, and a
/// token that is really dead is found out by a 401.
const MIN_LIFETIME: Duration = Duration::from_secs(10);
/// Asking once a month costs nothing, and a longer lifetime is a mistake of the server's.
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// A stored token that ends sooner than this would be renewed at once.
const MIN_STORED: Duration = Duration::from_secs(60);
/// The longest wait that is reported, whatever `Retry-After` says.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Who asks, and for what.
pub(super) struct Login {
    pub(super) client_id: SecretString,
    pub(super) client_secret: SecretString,
    pub(super) scope: Option<String>,
}

/// A token, ready to be sent.
pub(super) struct Grant {
    pub(super) header: HeaderValue,
    /// How long it lives; `None` when the server does not say so in a way we understand.
    pub(super) lifetime: Option<Duration>,
    /// It comes from a store, and need not be saved there.
    pub(super) stored: bool,
    /// Nobody else asks until this is saved.
    pub(super) _turn: Option<StoreTurn>,
}

impl Grant {
    /// A token from a store, if it lives long enough to be worth using.
    ///
    /// Its end is a time of day, because nothing else means the same to two runs of a program; from
    /// here on the remaining life is measured by a clock that nobody sets.
    pub(super) fn from_store(token: &StoredToken) -> Option<Self> {
        let lifetime = match token.expires() {
            Some(end) => Some(end.duration_since(clock::today()).ok()?.min(MAX_LIFETIME)),
            None => None,
        };
        if lifetime.is_some_and(|left| left < MIN_STORED) {
            return None;
        }
        Some(Self {
            header: sensitive::bearer(token.expose())?,
            lifetime,
            stored: true,
            _turn: None,
        })
    }

    /// What a store gets to keep.
    pub(super) fn to_store(&self) -> StoredToken {
        let token = String::from_utf8_lossy(sensitive::bare(&self.header)).into_owned();
        let end = self.lifetime.and_then(|life| clock::today().checked_add(life));
        StoredToken::new(token, end)
    }
}

/// Asks `endpoint` for a token, in the name of `agent`.
pub(super) async fn request(
    transport: &dyn Transport,
    endpoint: &Url,
    login: &Login,
    agent: Option<HeaderValue>,
) -> Result<Grant, AuthError> {
    let mut form = String::from("grant_type=client_credentials");
    if let Some(scope) = &login.scope {
        form.push_str("&scope=");
        form.extend(form_urlencoded::byte_serialize(scope.as_bytes()));
    }
    let request = build(endpoint, login, form, agent)?;
    in_time(async {
        let (status, body) = exchange(transport, request, login).await?;
        read_grant(&read_body(body).await?).map_err(|error| error.with_status(status))
    })
    .await
}

/// Tells the server at `url` that `token`, a header made by [`request`], is no longer used.
///
/// A token the server does not know is as good as revoked, and answered like one (RFC 7009, section
/// 2.2).
pub(super) async fn revoke(
    transport: &dyn Transport,
    url: &Url,
    login: &Login,
    token: &HeaderValue,
    agent: Option<HeaderValue>,
) -> Result<(), AuthError> {
    let token = sensitive::bare(token);
    let mut form = String::from("token_type_hint=access_token&token=");
    form.extend(form_urlencoded::byte_serialize(token));
    let request = build(url, login, form, agent)?;
    in_time(async { exchange(transport, request, login).await.map(|_| ()) }).await
}

async fn in_time<T>(work: impl Future<Output = Result<T, AuthError>>) -> Result<T, AuthError> {
    clock::timeout(TIMEOUT, work).await.unwrap_or_else(|_| {
        let elapsed = TransportError::exchange("the token endpoint did not answer").timed_out();
        Err(AuthError::transport(elapsed))
    })
}

/// The answer to `request`, if it is a success.
async fn exchange(
    transport: &dyn Transport,
    request: Request<RequestBody>,
    login: &Login,
) -> Result<(StatusCode, ResponseBody), AuthError> {
    let (head, body) = transport.send(request).await.map_err(AuthError::transport)?.into_parts();
    if head.status.is_success() {
        return Ok((head.status, body));
    }
    let body = read_body(body).await.unwrap_or_default();
    Err(refusal(head.status, &head.headers, error_code(&body, login)))
}

fn build(
    endpoint: &Url,
    login: &Login,
    form: String,
    agent: Option<HeaderValue>,
) -> Result<Request<RequestBody>, AuthError> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.as_str())
        .header(AUTHORIZATION, client_login(login)?)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(RequestBody::from(Bytes::from(form)))
        .map_err(|_| AuthError::configuration("the token URL is not a URL"))?;
    if let Some(agent) = agent {
        request.headers_mut().insert(USER_AGENT, agent);
    }
    Ok(request)
}

/// RFC 6749, section 2.3.1: both parts are form-encoded before they are joined.
fn client_login(login: &Login) -> Result<HeaderValue, AuthError> {
    let encode = |secret: &SecretString| -> String {
        form_urlencoded::byte_serialize(secret.expose_secret().as_bytes()).collect()
    };
    basic::header(&encode(&login.client_id), &encode(&login.client_secret))
}

async fn read_body(body: ResponseBody) -> Result<Bytes, AuthError> {
    match body.collect(MAX_ANSWER).await {
        Ok(bytes) => Ok(bytes),
        Err(CollectError::Transport(error)) => Err(AuthError::transport(error)),
        Err(_) => Err(AuthError::malformed("the token answer is too large")),
    }
}

#[derive(Deserialize)]
struct TokenAnswer<'a> {
    access_token: String,
    token_type: Option<String>,
    #[serde(borrow)]
    expires_in: Option<&'a RawValue>,
}

fn read_grant(body: &[u8]) -> Result<Grant, AuthError> {
    let answer: TokenAnswer<'_> = serde_json::from_slice(body)
        .map_err(|_| AuthError::malformed("the token answer is not the JSON of RFC 6749"))?;
    if !answer.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer")) {
        return Err(AuthError::unsupported(
            "the token endpoint gave a token that is no bearer token",
        ));
    }
    let header = sensitive::bearer(&answer.access_token)
        .ok_or_else(|| AuthError::malformed("the token has characters that no header can carry"))?;
    let lifetime = answer.expires_in.and_then(|raw| lifetime(raw.get()));
    Ok(Grant { header, lifetime, stored: false, _turn: None })
}

/// `expires_in` as servers send it: a number, a fraction, a number in quotes, out of any range.
///
/// What is no number at all counts as missing: the token is used until a 401.
fn lifetime(json: &str) -> Option<Duration> {
    let seconds: f64 = json.trim().trim_matches('"').trim().parse().ok()?;
    if seconds.is_nan() {
        return None;
    }
    let bounds = (MIN_LIFETIME.as_secs_f64(), MAX_LIFETIME.as_secs_f64());
    Some(Duration::from_secs_f64(seconds.clamp(bounds.0, bounds.1)))
}

/// The error for an answer that is no success.
fn refusal(status: StatusCode, headers: &HeaderMap, code: Option<Box<str>>) -> AuthError {
    let access_denied = code.as_deref() == Some("access_denied");
    let error = match status {
        StatusCode::TOO_MANY_REQUESTS => {
            AuthError::new(AuthErrorKind::RateLimited, "too many token requests").retryable()
        }
        StatusCode::FORBIDDEN if access_denied => AuthError::new(
            AuthErrorKind::AccessDenied,
            "the token endpoint gives this client no token",
        ),
        _ if status.is_client_error() => AuthError::new(
            AuthErrorKind::Rejected,
            "the token endpoint refuses the client's credentials",
        ),
        _ if status.is_server_error() => {
            AuthError::new(AuthErrorKind::Unavailable, "the token endpoint is in trouble")
                .retryable()
        }
        _ => AuthError::malformed("the token endpoint gave neither a token nor an error"),
    };
    error.with_status(status).with_code(code).with_retry_after(retry_after(headers))
}

/// RFC 9110, section 10.2.3: seconds or a date. A date in the past means now.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let delay = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let date = httpdate::parse_http_date(text).ok()?;
        date.duration_since(clock::today()).unwrap_or_default()
    };
    Some(delay.min(MAX_RETRY_AFTER))
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
}

/// The codes of RFC 6749, sections 4.1.2.1 and 5.2, which anybody may show.
const REGISTERED: [&str; 9] = [
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_grant_type",
];

/// The `error` of the answer, if it is a plain word.
///
/// Codes are lower-case words with underscores; anything else could be an echo of what we sent, in
/// clear or encoded, and is dropped.
fn error_code(body: &[u8], login: &Login) -> Option<Box<str>> {
    let code = serde_json::from_slice::<ErrorAnswer>(body).ok()?.error;
    let plain = (1..=40).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let echo = [&login.client_id, &login.client_secret].into_iter().any(|secret| {
        let secret = secret.expose_secret();
        code.contains(secret) || secret.contains(&code)
    });
    (REGISTERED.contains(&&*code) || plain && !echo).then(|| code.into_boxed_str())
}

#[cfg(test)]
mod tests;
