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
    for (wish, known) in
        [("example=three", "one, two, none"), ("code=410", "200, 404"), ("code=x", "200, 404")]
    {
        let (status, problem) = get("/a", wish);
        let message = problem["violations"][0]["message"].as_str().unwrap();
        assert!(status == 400 && message.ends_with(known), "{problem}");
    }
}

#[test]
fn an_example_that_is_null_is_one() {
    assert_eq!(get("/null", "").1, json!({"end": null}));
}
