//! One token request and its answer (RFC 6749, sections 4.4 and 5).

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::{AuthError, AuthErrorKind, basic, sensitive};
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
}

/// Asks `endpoint` for a token, in the name of `agent`.
pub(super) async fn request(
    transport: &dyn Transport,
    endpoint: &Url,
    login: &Login,
    agent: Option<HeaderValue>,
) -> Result<Grant, AuthError> {
    let mut request = build(endpoint, login)?;
    if let Some(agent) = agent {
        request.headers_mut().insert(USER_AGENT, agent);
    }
    tokio::time::timeout(TIMEOUT, exchange(transport, request, login)).await.unwrap_or_else(|_| {
        let elapsed = TransportError::exchange("the token endpoint did not answer").timed_out();
        Err(AuthError::transport(elapsed))
    })
}

async fn exchange(
    transport: &dyn Transport,
    request: Request<RequestBody>,
    login: &Login,
) -> Result<Grant, AuthError> {
    let (head, body) = transport.send(request).await.map_err(AuthError::transport)?.into_parts();
    if head.status.is_success() {
        return read_grant(&read_body(body).await?).map_err(|e| e.with_status(head.status));
    }
    let body = read_body(body).await.unwrap_or_default();
    Err(refusal(head.status, &head.headers, error_code(&body, login)))
}

fn build(endpoint: &Url, login: &Login) -> Result<Request<RequestBody>, AuthError> {
    let mut form = String::from("grant_type=client_credentials");
    if let Some(scope) = &login.scope {
        form.push_str("&scope=");
        form.extend(form_urlencoded::byte_serialize(scope.as_bytes()));
    }
    Request::builder()
        .method(Method::POST)
        .uri(endpoint.as_str())
        .header(AUTHORIZATION, client_login(login)?)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(RequestBody::from(Bytes::from(form)))
        .map_err(|_| AuthError::configuration("the token URL is not a URL"))
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
    Ok(Grant { header, lifetime: answer.expires_in.and_then(|raw| lifetime(raw.get())) })
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
        date.duration_since(SystemTime::now()).unwrap_or_default()
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_answer_panics(
            body in prop::collection::vec(any::<u8>(), 0..64),
            number in "[-+0-9.eE\"a-z]{0,24}",
        ) {
            let _ = read_grant(&body);
            let _ = lifetime(&number);
        }
    }

    #[test]
    fn lifetimes() {
        let seconds = Duration::from_secs;
        for (json, expected) in [
            ("3600", Some(seconds(3600))),
            ("\"3600\"", Some(seconds(3600))),
            ("\" 3600 \"", Some(seconds(3600))),
            ("3600.5", Some(Duration::from_millis(3_600_500))),
            ("\"3600.5\"", Some(Duration::from_millis(3_600_500))),
            ("3.6e3", Some(seconds(3600))),
            ("0", Some(MIN_LIFETIME)),
            ("-0.0", Some(MIN_LIFETIME)),
            ("-1", Some(MIN_LIFETIME)),
            ("-9223372036854775808", Some(MIN_LIFETIME)),
            ("18446744073709551616", Some(MAX_LIFETIME)),
            ("1e400", Some(MAX_LIFETIME)),
            ("-1e400", Some(MIN_LIFETIME)),
            ("\"NaN\"", None),
            ("\"soon\"", None),
            ("\"\"", None),
            ("null", None),
            ("true", None),
            ("[3600]", None),
            ("{\"s\": 3600}", None),
        ] {
            assert_eq!(lifetime(json), expected, "{json}");
            let answer = format!(r#"{{"access_token":"t","expires_in":{json}}}"#);
            assert_eq!(read_grant(answer.as_bytes()).unwrap().lifetime, expected, "{json}");
        }
        assert_eq!(read_grant(br#"{"access_token":"t"}"#).unwrap().lifetime, None);
    }

    #[test]
    fn answers_that_are_no_grant() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            "{}",
            r#"{"access_token":null}"#,
            r#"{"access_token":7}"#,
            r#"{"access_token":""}"#,
            r#"{"access_token":"a b"}"#,
            r#"{"access_token":"a\r\nX: y"}"#,
            r#"{"access_token":"é"}"#,
            r#"{"access_token":"t"} trailing"#,
        ] {
            let error = read_grant(body.as_bytes()).err().unwrap();
            assert_eq!(error.kind(), AuthErrorKind::Malformed, "{body}");
        }
        let error = read_grant(br#"{"access_token":"t","token_type":"mac"}"#).err().unwrap();
        assert_eq!(error.kind(), AuthErrorKind::Unsupported);
        assert!(read_grant(br#"{"access_token":"t","token_type":"BEARER"}"#).is_ok());
    }

    #[test]
    fn waits() {
        for (text, expected) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("99999999999999999999999999", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(86_400)),
            ("-5", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            assert_eq!(retry_after(&headers).map(|delay| delay.as_secs()), expected, "{text}");
        }
    }

    #[test]
    fn only_plain_error_codes_are_kept() {
        let login = Login {
            client_id: "client".to_owned().into(),
            client_secret: "hush_hush".to_owned().into(),
            scope: None,
        };
        let long = "a".repeat(41);
        for (code, kept) in [
            ("invalid_client", true),
            ("access_denied", true),
            ("slow_down", true),
            ("hush_hush", false),
            ("unknown_client", false),
            ("was_hush_hush_wrong", false),
            ("aHVzaF9odXNo", false),
            ("687573685f68757368", false),
            ("invalid client", false),
            ("", false),
            (&long, false),
        ] {
            let body = serde_json::json!({ "error": code }).to_string();
            assert_eq!(error_code(body.as_bytes(), &login).is_some(), kept, "{code}");
        }
        assert_eq!(error_code(br#"{"error":400}"#, &login), None);
    }
}
