//! The token endpoint: client credentials (RFC 6749, section 4.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::{SECRET, TOKEN, USER, authorization};

/// For so many seconds a token is good, says the answer.
const LIFE: u32 = 3600;

/// Answers a request for a token.
pub(in crate::serve) fn answer(
    method: &Method,
    headers: &HeaderMap,
    body: &[u8],
) -> Response<Vec<u8>> {
    if method != Method::POST {
        return reply(StatusCode::METHOD_NOT_ALLOWED, &json!({"error": "invalid_request"}));
    }
    let field = |wanted: &str| {
        let mut fields = form_urlencoded::parse(body);
        fields.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    if field("grant_type").as_deref() != Some("client_credentials") {
        return reply(StatusCode::BAD_REQUEST, &json!({"error": "unsupported_grant_type"}));
    }
    let in_body = (field("client_id"), field("client_secret"));
    let known = (USER.to_owned(), SECRET.to_owned());
    let given = match in_body {
        (Some(id), Some(secret)) => Some((id, secret)),
        _ => in_header(headers),
    };
    if given != Some(known) {
        return reply(StatusCode::UNAUTHORIZED, &json!({"error": "invalid_client"}));
    }
    reply(
        StatusCode::OK,
        &json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": LIFE}),
    )
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
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CACHE_CONTROL, "no-store");
    if status == StatusCode::UNAUTHORIZED {
        response = response.header(header::WWW_AUTHENTICATE, "Basic realm=\"specwright\"");
    }
    response.body(body.to_string().into_bytes()).unwrap_or_default()
}
