//! The token endpoint: client credentials (RFC 6749, section 4.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::{SECRET, TOKEN, USER, authorization};

/// For so many seconds a token is good, says the answer.
const LIFE: u32 = 3600;

/// Why there is no token (RFC 6749, section 5.2).
pub(in crate::serve) struct Refused {
    status: StatusCode,
    error: &'static str,
    why: String,
}

impl Refused {
    fn new(status: StatusCode, error: &'static str, why: impl Into<String>) -> Self {
        Self { status, error, why: why.into() }
    }

    /// Status, code and reason.
    pub(in crate::serve) fn in_words(&self) -> String {
        format!("{}: {}: {}", self.status.as_u16(), self.error, self.why)
    }

    pub(in crate::serve) fn into_response(self) -> Response<Vec<u8>> {
        let mut response =
            reply(self.status, &json!({"error": self.error, "error_description": self.why}));
        let headers = response.headers_mut();
        match self.status {
            StatusCode::UNAUTHORIZED => {
                let challenge = HeaderValue::from_static("Basic realm=\"specwright\"");
                headers.insert(header::WWW_AUTHENTICATE, challenge);
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            _ => {}
        }
        response
    }
}

/// Answers a request for a token.
///
/// # Errors
/// It is none, or not by the test credentials.
pub(in crate::serve) fn answer(
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response<Vec<u8>>, Refused> {
    if method != Method::POST {
        let why = "a token is asked for by POST";
        return Err(Refused::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", why));
    }
    let field = |wanted: &str| {
        let mut fields = form_urlencoded::parse(body);
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let bad = |error, why: String| Err(Refused::new(StatusCode::BAD_REQUEST, error, why));
    match field("grant_type").as_deref() {
        Some("client_credentials") => {}
        Some(other) => {
            let why = format!("grant_type is {other}, and client_credentials is played");
            return bad("unsupported_grant_type", why);
        }
        None => return bad("invalid_request", "the form has no grant_type".to_owned()),
    }
    let in_body = (field("client_id"), field("client_secret"));
    let given = match in_body {
        (Some(id), Some(secret)) => Some((id, secret)),
        _ => in_header(headers),
    };
    let why = match given {
        None => "no client id and secret were sent, neither by HTTP Basic nor in the form",
        Some((id, _)) if id != USER => "the client id is not the test one",
        Some((_, secret)) if secret != SECRET => "the client secret is not the test one",
        Some(_) => {
            let token = json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": LIFE});
            return Ok(reply(StatusCode::OK, &token));
        }
    };
    Err(Refused::new(StatusCode::UNAUTHORIZED, "invalid_client", why))
}

/// Id and secret by HTTP Basic, each form-encoded (section 2.3.1).
fn in_header(headers: &HeaderMap) -> Option<(String, String)> {
    let bytes = STANDARD.decode(authorization(headers, "basic")?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |text: &str| {
        form_urlencoded::parse(text.as_bytes()).next().map(|(text, _)| text.into_owned())
    };
    Some((decoded(id)?, decoded(secret)?))
}

fn reply(status: StatusCode, body: &Value) -> Response<Vec<u8>> {
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CACHE_CONTROL, "no-store");
    response.body(body.to_string().into_bytes()).unwrap_or_default()
}
