//! Media types that differ in their parameters alone.

use http::Request;
use serde_json::json;

use super::{answered, mock};

const VERSIONS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody:
        content:
          application/json; version=1: {schema: {type: integer}}
          application/json; version=2: {schema: {type: boolean}}
          application/*: {schema: {type: string}}
      responses:
        '200':
          description: It.
          content:
            application/json; version=1: {schema: {type: integer}}
            application/json; version=2: {schema: {type: boolean}}
";

#[test]
fn a_body_is_of_the_type_that_names_its_parameters() {
    let check = |kind: &str, body: &str, expected: u16| {
        let request = Request::post("/a").header("content-type", kind);
        let (status, problem) = answered(VERSIONS, &request.body(body.into()).unwrap());
        assert_eq!(status, expected, "{kind} {body}: {problem}");
    };
    check("application/json; version=1", "1", 200);
    check("application/json;version=\"2\"; charset=utf-8", "true", 200);
    check("application/json; version=1", "true", 400);
    check("application/json; version=2", "1", 400);
    // What says nothing is the first; what says something else is one of the range.
    check("application/json", "1", 200);
    check("application/json; version=3", "\"a\"", 200);
    check("text/json; version=1", "1", 415);
}

#[test]
fn the_answer_is_of_the_type_that_is_accepted() {
    let mock = mock(VERSIONS);
    let check = |accept: &str, kind: &str, value: serde_json::Value| {
        let request = Request::post("/a").header("accept", accept).body(Vec::new()).unwrap();
        let response = mock.answer(&request);
        assert_eq!(response.headers()["content-type"], kind, "{accept}");
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        if response.status().is_success() {
            assert_eq!(body, value, "{accept}");
        }
    };
    check("application/json; version=2", "application/json; version=2", json!(true));
    check("application/json; version=1", "application/json; version=1", json!(1));
    check("application/json", "application/json; version=1", json!(1));
    check(
        "application/json;version=1;q=0.1, */*;q=0.5",
        "application/json; version=2",
        json!(true),
    );
    check("application/json; version=3", "application/problem+json", json!(null));
}
