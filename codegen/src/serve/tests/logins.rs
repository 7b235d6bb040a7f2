//! Logins: by the test credentials, and by what an operation of the document hands out.

use http::{Request, request};
use serde_json::Value;

use super::super::Mock;
use super::mock;

const LOGINS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /login:
    post:
      security: []
      responses:
        '200':
          description: x
          headers: {Set-Cookie: {schema: {type: string, example: 'sid=abc; Path=/; HttpOnly'}}}
          content: {application/json: {schema: {type: object, properties: {auth: {type: object, properties: {jwt: {type: string, example: a.b.c}}}}}}}
  /bearer: {get: {security: [{bearer: []}], responses: {'204': {description: x}}}}
  /session: {get: {security: [{session: []}], responses: {'204': {description: x}}}}
  /basic: {get: {security: [{basic: []}], responses: {'204': {description: x}}}}
  /digest: {get: {security: [{digest: []}], responses: {'204': {description: x}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    digest: {type: http, scheme: digest}
    session: {type: apiKey, in: cookie, name: sid}
";

/// The status, and what is wrong.
fn answer(mock: &Mock, request: request::Builder) -> (u16, String) {
    let response = mock.answer(&request.body(Vec::new()).unwrap());
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let why = body["violations"][0]["message"].as_str().unwrap_or_default();
    (response.status().as_u16(), why.to_owned())
}

#[test]
fn what_a_login_hands_out_logs_in() {
    let mock = mock(LOGINS);
    let bearer = |token: &str| {
        let token = format!("Bearer {token}");
        answer(&mock, Request::get("/bearer").header("authorization", token)).0
    };
    let session = |sid: &str| {
        answer(&mock, Request::get("/session").header("cookie", format!("sid={sid}"))).0
    };
    assert_eq!((bearer("a.b.c"), session("abc")), (401, 401), "not given yet");
    assert_eq!((bearer("test-token"), session("test-key")), (204, 204));
    assert_eq!(answer(&mock, Request::post("/login")).0, 200);
    assert_eq!((bearer("a.b.c"), session("abc")), (204, 204));
    assert_eq!((bearer("other"), session("other")), (401, 401));
    assert_eq!((bearer("test-token"), session("test-key")), (204, 204));
}

#[test]
fn another_login_than_is_asked_for_is_told_as_that() {
    let mock = mock(LOGINS);
    let check = |path: &str, sent: &str, expected: &str| {
        let (status, why) = answer(&mock, Request::get(path).header("authorization", sent));
        assert_eq!((status, why.as_str()), (401, expected), "{path} {sent}");
    };
    let basic = "Basic dGVzdC11c2VyOnRlc3Qtc2VjcmV0";
    check("/bearer", basic, "`Authorization` is a login by Basic, and Bearer is asked for");
    check("/digest", basic, "`Authorization` is a login by Basic, and Digest is asked for");
    check("/basic", "Bearer x", "`Authorization` is a login by Bearer, and Basic is asked for");
    // What has no scheme may be the secret itself.
    let bare = "`Authorization` has no scheme, and `Bearer` has to stand in front";
    check("/bearer", "test-token", bare);
    check("/bearer", "my5ecret other", bare);
    check("/bearer", "Bearer x", "the token was not given by this server");
    assert_eq!(answer(&mock, Request::get("/bearer")).1, "no token was sent");
    assert_eq!(answer(&mock, Request::get("/session")).1, "no key was sent, in the cookie `sid`");
}
