//! Lists that end and waits that end.

use http::{Request, Response};
use serde_json::{Value, json};

use super::mock;
use crate::serve::Mock;

fn get(mock: &Mock, target: &str) -> Response<Vec<u8>> {
    let request = Request::get(target).header("host", "localhost:4010").body(Vec::new()).unwrap();
    mock.answer(&request)
}

fn json_of(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

const LISTS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /linked:
    get:
      x-specwright-pagination: {style: page-number, parameter: page, items: $.results, next: \"$.links[?@.rel=='next']\"}
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema:
                type: object
                properties:
                  results: {type: array, items: {type: string}}
                  links: {type: array, items: {type: object, properties: {rel: {type: string}}}}
              example: {results: [a], links: [{rel: self}]}
  /after:
    get:
      x-specwright-pagination: {style: cursor, parameter: after, items: $.data, next: '$.data[-1].id', more: $.has_more}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema:
                type: object
                required: [data, has_more]
                properties:
                  data: {type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}
                  has_more: {type: boolean}
              example: {data: [{id: x}], has_more: false}
  /cursor:
    get:
      x-specwright-pagination: {style: cursor, parameter: cursor, items: $.data, next: $.meta.next}
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, items: {type: integer}}
                  meta: {type: object, required: [next], properties: {next: {type: string, nullable: true}}}
  /link:
    get:
      x-specwright-pagination: {style: next-link, items: $.data, next: $.next}
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, items: {type: integer}}
                  next: {type: string, format: uri}
  /header:
    get:
      x-specwright-pagination: {style: link-header}
      responses:
        '200':
          description: A list.
          headers: {Link: {schema: {type: string}}}
          content: {application/json: {schema: {type: array, items: {type: integer}}}}
  /plain:
    get:
      x-specwright-pagination: {style: offset, parameter: skip, items: $.data}
      parameters: [{name: skip, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema: {type: object, properties: {data: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}
";

#[test]
fn a_list_has_two_pages() {
    let mock = mock(LISTS);
    let check = |target: &str, expected: Value| {
        assert_eq!(json_of(&get(&mock, target)), expected, "{target}");
    };
    check("/linked", json!({"results": ["a"], "links": [{"rel": "self"}, {"rel": "next"}]}));
    check("/linked?page=2", json!({"results": ["a"], "links": [{"rel": "self"}]}));
    check("/after", json!({"data": [{"id": "x"}], "has_more": true}));
    check("/after?after=x", json!({"data": [{"id": "x"}], "has_more": false}));
    check("/cursor", json!({"data": [1], "meta": {"next": "text"}}));
    // What has to be there is null on the last page.
    check("/cursor?cursor=text", json!({"data": [1], "meta": {"next": null}}));
    let next = "http://localhost:4010/link?a=b&specwright-page=2";
    check("/link?a=b", json!({"data": [1], "next": next}));
    check("/link?a=b&specwright-page=2", json!({"data": [1]}));
    // Nothing but an empty page says that it is the last.
    check("/plain", json!({"data": [{"id": 1}]}));
    check("/plain?skip=1", json!({"data": []}));
    let link = |target: &str| get(&mock, target).headers().get("link").cloned();
    let next = "<http://localhost:4010/header?specwright-page=2>; rel=\"next\"";
    assert_eq!(link("/header").unwrap(), next);
    assert_eq!(link("/header?specwright-page=2"), None);
}

const JOBS: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /jobs:
    post:
      operationId: addJob
      x-specwright-waiter:
        get: {operation-id: getJob, params: {id: 'body:$.id'}}
        expect: {match: {path: $.status, values: [done, failed], failure: [failed]}}
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
  /jobs/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      operationId: getJob
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
        '404': {description: There is none.}
    delete:
      operationId: removeJob
      x-specwright-waiter:
        get: {operation-id: getJob, params: {id: 'input:id'}}
        expect: {http-code: 404}
      responses: {'202': {description: It will go.}}
components:
  schemas:
    Job:
      type: object
      required: [id]
      properties:
        id: {type: integer}
        status: {type: string, enum: [failed, done, queued]}
      example: {id: 1, status: done}
";

#[test]
fn what_is_waited_for_is_there_at_the_second_poll() {
    let mock = mock(JOBS);
    let begin = |method: &str, target: &str| {
        let request = Request::builder().method(method).uri(target).body(Vec::new()).unwrap();
        assert!(mock.answer(&request).status().is_success());
    };
    let status = |target: &str| json_of(&get(&mock, target))["status"].clone();
    begin("POST", "/jobs");
    assert_eq!(
        [status("/jobs/1"), status("/jobs/1"), status("/jobs/1")],
        ["queued", "done", "done"]
    );
    // Each path has a count of its own, and what begins anew is waited for anew.
    assert_eq!(status("/jobs/2"), "queued");
    begin("POST", "/jobs");
    assert_eq!([status("/jobs/1"), status("/jobs/1")], ["queued", "done"]);
    begin("DELETE", "/jobs/1");
    let codes = [(); 3].map(|()| get(&mock, "/jobs/1").status().as_u16());
    assert_eq!(codes, [200, 404, 404]);
    begin("POST", "/jobs");
    assert_eq!(get(&mock, "/jobs/1").status(), 200);
}
