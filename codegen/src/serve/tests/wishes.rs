//! Examples that are asked for by name, and those that are null.

use http::Request;
use serde_json::{Value, json};

use super::answered;

const NAMED: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        '200':
          description: It.
          content:
            application/json:
              schema: {type: object, properties: {n: {type: integer}}}
              examples: {one: {value: {n: 1}}, two: {value: {n: 2}}, none: {value: null}}
        '404':
          description: There is none.
          content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}
        5XX:
          description: Broken.
          content:
            application/json: {schema: {type: string}, examples: {sp ace: {value: no room}}}
    delete:
      responses: {'204': {description: It is gone.}, default: {description: It is not.}}
  /null:
    get:
      responses:
        '200':
          description: It.
          content:
            application/json:
              schema: {type: object, properties: {end: {type: string, nullable: true, example: null}}}
";

fn get(path: &str, prefer: &str) -> (u16, Value) {
    let request = Request::get(path).header("prefer", prefer).body(Vec::new()).unwrap();
    answered(NAMED, &request)
}

#[test]
fn a_request_may_say_which_answer_it_prefers() {
    assert_eq!(get("/a", "respond-async"), (200, json!({"n": 1})));
    assert_eq!(get("/a", "example=two"), (200, json!({"n": 2})));
    assert_eq!(get("/a", "code=200, example=\"none\""), (200, Value::Null));
    assert_eq!(get("/a", "code=404"), (404, json!({"message": "text"})));
    for (wish, known) in [
        ("example=three", "one, two, none"),
        ("code=410", "200, 404, 5XX"),
        ("code=x", "200, 404, 5XX"),
    ] {
        let (status, problem) = get("/a", wish);
        let message = problem["violations"][0]["message"].as_str().unwrap();
        assert!(status == 400 && message.ends_with(known), "{problem}");
    }
}

/// RFC 7240, section 2.
#[test]
fn preferences_are_tokens_or_quoted_and_the_first_counts() {
    assert_eq!(get("/a", "code=503, example=\"sp ace\""), (503, json!("no room")));
    assert_eq!(get("/a", "code=5XX; , Code=404"), (500, json!("no room")));
    assert_eq!(get("/a", "CODE=5xx").0, 500);
    assert_eq!(get("/a", "code=404, code=200").0, 404);
    assert_eq!(get("/a", "example=one, example=two").1, json!({"n": 1}));
    assert_eq!(get("/a", "code=\"\\404\"").0, 404);
    assert_eq!(get("/a", "timezone=Europe/Paris; code=404, wait=\"1").0, 200);
    let lines = Request::get("/a").header("prefer", "code=404").header("prefer", "code=200");
    assert_eq!(answered(NAMED, &lines.body(Vec::new()).unwrap()).0, 404);
}

#[test]
fn a_preference_that_makes_no_sense_is_refused() {
    let told = |method: &str, wish: &str| {
        let request = Request::builder().method(method).uri("/a").header("prefer", wish);
        let (status, problem) = answered(NAMED, &request.body(Vec::new()).unwrap());
        assert_eq!(status, 400, "{wish}");
        assert_eq!(problem["violations"][0]["at"], "prefer");
        problem["violations"][0]["message"].as_str().unwrap().to_owned()
    };
    let check = |method: &str, wish: &str, expected: &str| {
        let message = told(method, wish);
        assert!(message.contains(expected), "{wish}: {message}");
    };
    check("GET", "code", "`code` has no value");
    check("GET", "example=\"\"", "`example` has no value");
    check("GET", "example=\"one", "nothing closes");
    check("GET", "code=200; example=two", "a comma is between preferences");
    check("GET", "code=4XX", "`4XX` is none of the responses");
    check("GET", "code=404, example=one", "`one` is none of the examples: there are none");
    check("DELETE", "example=one", "`one` is no example of 204");
    check("DELETE", "code=404, example=one", "`one` is no example of 404");
    check("DELETE", "code=default", "`default` is any status from 200 to 599");
    check("DELETE", "code=101", "`101` is none of the responses");
}

#[test]
fn an_example_that_is_null_is_one() {
    assert_eq!(get("/null", "").1, json!({"end": null}));
}

/// JSON Schema, section 9.5: schemas of OpenAPI 3.1 list their examples.
#[test]
fn a_schema_may_list_its_examples() {
    let answer = |schema: &str| {
        let text = format!(
            "{{openapi: 3.1.0, info: {{title: t, version: '1'}}, paths: {{/a: {{get: {{responses: \
             {{'200': {{description: It., content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}}}"
        );
        answered(&text, &Request::get("/a").body(Vec::new()).unwrap())
    };
    let check = |schema: &str, expected: Value| assert_eq!(answer(schema), (200, expected));
    check("{type: [string, 'null'], examples: [null]}", Value::Null);
    check("{type: string, examples: [5, shown, other]}", json!("shown"));
    check(
        "{type: object, properties: {a: {type: [integer, 'null'], examples: [null, 2]}}}",
        json!({"a": null}),
    );
    check("{type: string, example: first, examples: [second]}", json!("first"));
    check("{type: object, properties: {examples: {type: integer}}}", json!({"examples": 1}));
}

/// A client may show no body of an answer that it does not expect.
#[test]
fn who_plays_the_server_is_told_of_what_is_refused() {
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let lines = std::sync::Arc::clone(&told);
    let mock = super::mock(NAMED).telling(move |line| lines.lock().unwrap().push(line.to_owned()));
    for (path, prefer) in [("/a", "code=404"), ("/a", "code=410"), ("/gone", "")] {
        let request = Request::get(path).header("prefer", prefer).body(Vec::new()).unwrap();
        mock.answer(&request);
    }
    let told = told.lock().unwrap();
    let [wish, path] = told.as_slice() else { panic!("{told:?}") };
    assert!(
        wish.starts_with("refused: GET /a: 400: ")
            && wish.ends_with("200, 404, 5XX (api.yaml:6:5)"),
        "{wish}"
    );
    assert!(path.starts_with("refused: GET /gone: 404: "), "{path}");
}

#[test]
fn who_plays_the_server_is_told_of_tokens_that_are_not_given() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  securitySchemes:
    o: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
";
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let lines = std::sync::Arc::clone(&told);
    let mock = super::mock(text).telling(move |line| lines.lock().unwrap().push(line.to_owned()));
    let ask = |method: &str, body: &str, expected: u16, why: &str| {
        let request = Request::builder().method(method).uri("/token");
        let response = mock.answer(&request.body(body.as_bytes().to_vec()).unwrap());
        assert_eq!(response.status().as_u16(), expected, "{body}");
        let line = told.lock().unwrap().pop().unwrap_or_default();
        assert!(line.contains(why), "{body}: {line}");
        assert!(!line.contains("hidden"), "{line}");
    };
    let by = "grant_type=client_credentials";
    ask("GET", "", 405, "GET /token: 405: invalid_request: a token is asked for by POST");
    ask("POST", "", 400, "POST /token: 400: invalid_request: the form has no grant_type");
    ask("POST", "grant_type=password", 400, "grant_type is password");
    ask("POST", by, 401, "invalid_client: no client id and secret were sent");
    let wrong = format!("{by}&client_id=test-user&client_secret=hidden");
    ask("POST", &wrong, 401, "the client secret is not the test one");
    ask("POST", &format!("{by}&client_id=a&client_secret=hidden"), 401, "the client id is not");
    ask("POST", &format!("{by}&client_id=test-user&client_secret=test-secret"), 200, "");
    assert!(told.lock().unwrap().is_empty());
}

/// Clients accept what they hope for, and read failures all the same.
#[test]
fn a_failure_is_of_its_own_type_whatever_is_accepted() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: x, content: {text/csv: {schema: {type: string}}}}
        4XX: {description: x, content: {application/problem+json: {schema: {type: object, properties: {why: {type: string}}}}}}
";
    let mock = super::mock(text);
    for (name, value) in [("x-specwright-fail", "409"), ("prefer", "code=409")] {
        let request = Request::get("/a").header("accept", "text/csv").header(name, value);
        let response = mock.answer(&request.body(Vec::new()).unwrap());
        assert_eq!(response.status().as_u16(), 409, "{name}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.body(), b"{\"why\":\"text\"}", "{name}");
    }
}
