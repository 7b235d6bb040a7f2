//! Paths: with and without that of a server in front, and templates of several names.

use std::sync::{Arc, Mutex};

use http::Request;

use super::{answered, mock};

const PREFIXED: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
servers: [{url: 'https://example.com/v1/'}]
paths:
  /pets: {get: {responses: {'204': {description: x}}}}
";

#[test]
fn a_path_without_that_of_the_server_is_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&told);
    let mock = mock(PREFIXED).telling(move |line| lines.lock().unwrap().push(line.to_owned()));
    let check = |path: &str, expected: u16, line: &str| {
        let status = mock.answer(&Request::get(path).body(Vec::new()).unwrap()).status();
        assert_eq!(status.as_u16(), expected, "{path}");
        assert_eq!(told.lock().unwrap().pop().unwrap_or_default(), line, "{path}");
    };
    let none = "404: No such path: path";
    check("/v1/pets", 204, "");
    check(
        "/pets",
        204,
        "GET /pets: answered, but the paths of the document's server begin with `/v1`",
    );
    // Once is enough.
    check("/pets", 204, "");
    check(
        "/v1/dogs",
        404,
        &format!("refused: GET /v1/dogs: {none} /dogs: the document has no such path"),
    );
    check(
        "/v2/pets",
        404,
        &format!(
            "refused: GET /v2/pets: {none} /v2/pets: the document has no such path; those of its server \
             begin with `/v1`"
        ),
    );
    let bare = PREFIXED.replace("servers: [", "servers: [{url: 'https://other.com'}, ");
    let why = answered(&bare, &Request::get("/v2/pets").body(Vec::new()).unwrap()).1;
    assert_eq!(why["violations"][0]["message"], "the document has no such path", "{why}");
}

#[test]
fn the_template_with_more_text_comes_first() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a/{id}: {get: {responses: {'200': {description: x}}}}
  /a/{id}:cancel: {get: {responses: {'201': {description: x}}}}
  /a/{x}.{y}: {get: {responses: {'202': {description: x}}}}
  /a/b.c: {get: {responses: {'203': {description: x}}}}
";
    let check = |path: &str, expected: u16| {
        let request = Request::get(path).body(Vec::new()).unwrap();
        assert_eq!(answered(text, &request).0, expected, "{path}");
    };
    check("/a/1", 200);
    check("/a/1:cancel", 201);
    check("/a/1.2", 202);
    check("/a/b.c", 203);
    check("/a/b%2Ec", 203);
    // Escaped, it is a part of the value.
    check("/a/1%3Acancel", 200);
    check("/a/:cancel", 200);
}

#[test]
fn an_operation_has_the_path_of_its_own_server() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
servers: [{url: /v1}]
paths:
  /a: {get: {responses: {'200': {description: x}}}}
  /b:
    servers: [{url: 'https://b.com/{v}', variables: {v: {default: v2}}}]
    get: {responses: {'200': {description: x}}}
    put: {servers: [{url: 'https://c.com'}], responses: {'200': {description: x}}}
  /{x}/{y}: {get: {responses: {'201': {description: x}}}, put: {responses: {'201': {description: x}}}}
";
    let check = |method: &str, path: &str, expected: u16| {
        let request = Request::builder().method(method).uri(path).body(Vec::new()).unwrap();
        assert_eq!(answered(text, &request).0, expected, "{method} {path}");
    };
    check("GET", "/v1/a", 200);
    check("GET", "/v1/a/b", 201);
    check("GET", "/v2/a", 201);
    check("GET", "/v2/a/c", 404);
    check("GET", "/v2/b", 200);
    check("GET", "/v1/b", 201);
    check("PUT", "/b", 200);
    check("PUT", "/v2/b", 405);
    // Without any in front, whatever the server.
    check("GET", "/a", 200);
    check("GET", "/b", 200);
}
