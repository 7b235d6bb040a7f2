//! The token endpoint: OAuth 2.0 client credentials (RFC 6749, section 4.4).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use specwright_runtime::serde_json::json;

use super::State;
use super::http::{Answer, Request};

const JSON: &str = "application/json;charset=utf-8";

/// A token for the service account. The demo's id and secret need no form encoding.
pub(super) fn grant(state: &State, request: &Request) -> Answer {
    let accounts = &state.accounts;
    let pair = format!("{}:{}", accounts.client_id, accounts.client_secret);
    if request.header("authorization") != format!("Basic {}", STANDARD.encode(pair)) {
        let refused = json!({ "error": "invalid_client" });
        return Answer::json(401, JSON, &refused, "no such service account");
    }
    let is_form = request.header("content-type").starts_with("application/x-www-form-urlencoded");
    if !is_form || request.body != "grant_type=client_credentials" {
        let refused = json!({ "error": "unsupported_grant_type" });
        return Answer::json(400, JSON, &refused, "not a request for a token");
    }
    let token = state.fresh();
    state.memory().tokens.push(token.clone());
    let granted = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 });
    Answer::json(200, JSON, &granted, "an access token, good for an hour")
}
