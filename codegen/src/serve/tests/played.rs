//! Lists that end and waits that end.

use http::{Request, Response};
use serde_json::{Value, json};

use super::mock;
use crate::Options;
use crate::diagnostics::Code;
use crate::serve::{Behaviour, Mock};
use crate::source::Memory;

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
    check("/linked?page=2", json!({"results": ["a-2"], "links": [{"rel": "self"}]}));
    check("/after", json!({"data": [{"id": "x"}], "has_more": true}));
    check("/after?after=x", json!({"data": [{"id": "x-2"}], "has_more": false}));
    check("/cursor", json!({"data": [1], "meta": {"next": "text"}}));
    // What has to be there is null on the last page.
    check("/cursor?cursor=text", json!({"data": [2], "meta": {"next": null}}));
    let next = "http://localhost:4010/link?a=b&specwright-page=2";
    check("/link?a=b", json!({"data": [1], "next": next}));
    check("/link?a=b&specwright-page=2", json!({"data": [2]}));
    // Nothing but an empty page says that it is the last.
    check("/plain", json!({"data": [{"id": 1}]}));
    check("/plain?skip=1", json!({"data": []}));
    let link = |target: &str| get(&mock, target).headers().get("link").cloned();
    let next = "<http://localhost:4010/header?specwright-page=2>; rel=\"next\"";
    assert_eq!(link("/header").unwrap(), next);
    assert_eq!(link("/header?specwright-page=2"), None);
    check("/header", json!([1]));
    check("/header?specwright-page=2", json!([2]));
}

fn playing(text: &str, behaviour: &Behaviour) -> Mock {
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), ..Options::default() };
    Mock::new(&options, &files, behaviour).unwrap().0
}

#[test]
fn a_list_has_as_many_pages_as_wanted() {
    let of = |pages| playing(LISTS, &Behaviour { pages, ..Behaviour::default() });
    let mock = of(3);
    let check = |target: &str, expected: Value| {
        assert_eq!(json_of(&get(&mock, target)), expected, "{target}");
    };
    check(
        "/linked?page=2",
        json!({"results": ["a-2"], "links": [{"rel": "self"}, {"rel": "next"}]}),
    );
    check("/linked?page=3", json!({"results": ["a-3"], "links": [{"rel": "self"}]}));
    check("/after?after=x", json!({"data": [{"id": "x-2"}], "has_more": true}));
    check("/after?after=x-2", json!({"data": [{"id": "x-3"}], "has_more": false}));
    check("/after?after=unknown", json!({"data": [{"id": "x-3"}], "has_more": false}));
    check("/cursor?cursor=text", json!({"data": [2], "meta": {"next": "text-2"}}));
    check("/cursor?cursor=text-2", json!({"data": [3], "meta": {"next": null}}));
    let next = "http://localhost:4010/link?a=b&specwright-page=3";
    check("/link?a=b&specwright-page=2", json!({"data": [2], "next": next}));
    check("/link?a=b&specwright-page=3", json!({"data": [3]}));
    check("/plain?skip=1", json!({"data": [{"id": 2}]}));
    check("/plain?skip=2", json!({"data": []}));
    let link = |target: &str| get(&mock, target).headers().get("link").cloned();
    let next = "<http://localhost:4010/header?specwright-page=3>; rel=\"next\"";
    assert_eq!(link("/header?specwright-page=2").unwrap(), next);
    assert_eq!(link("/header?specwright-page=3"), None);
    assert_eq!(json_of(&get(&of(1), "/cursor")), json!({"data": [1], "meta": {"next": null}}));
    assert_eq!(json_of(&get(&of(1), "/plain")), json!({"data": [{"id": 1}]}));
}

/// A cursor that is a number starts somewhere: whoever asks for that asks for the first page.
#[test]
fn the_first_cursor_is_that_of_the_first_page() {
    let lists = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /list:
    get:
      x-specwright-pagination: {style: cursor, parameter: page, items: $.data, next: $.next}
      parameters: [{name: page, in: query, schema: {type: integer, minimum: 1SAID}}]
      responses:
        '200':
          description: A list.
          content:
            application/json:
              schema:
                type: object
                properties: {data: {type: array, items: {type: integer}}, next: {type: integer}}
";
    let mock = |said: &str| {
        let text = lists.replace("SAID", said);
        playing(&text, &Behaviour { pages: 3, ..Behaviour::default() })
    };
    let check = |said: &str, target: &str, expected: Value| {
        assert_eq!(json_of(&get(&mock(said), target)), expected, "{said} {target}");
    };
    for said in [", default: 1", ""] {
        let first = json!({"data": [1], "next": 2});
        check(said, "/list", first.clone());
        check(said, "/list?page=1", first);
        check(said, "/list?page=2", json!({"data": [2], "next": 3}));
        check(said, "/list?page=3", json!({"data": [3]}));
    }
    check(", default: 7", "/list?page=7", json!({"data": [1], "next": 1}));
    check(", default: 7", "/list?page=1", json!({"data": [2], "next": 2}));
}

const STRICT: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /short:
    get:
      x-specwright-pagination: {style: offset, parameter: skip, items: $.data}
      parameters: [{name: skip, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: A list, no page of which may be empty.
          content:
            application/json:
              schema: {type: object, properties: {data: {type: array, minItems: 2, items: {type: integer}}}}
  /never:
    get:
      x-specwright-pagination: {style: cursor, parameter: cursor, items: $.data, next: $.next}
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: A list of which no sound value can be made.
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties:
                  data: {type: array, minItems: 2, uniqueItems: true, items: {type: boolean, enum: [true]}}
                  next: {type: string}
  /fixed:
    get:
      x-specwright-pagination: {style: cursor, parameter: cursor, items: $.data, next: $.next}
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: A list with one cursor.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, items: {type: object, properties: {kind: {type: string, enum: [a]}, id: {type: string, pattern: '^[a-f]{3}$'}}}}
                  next: {type: string, enum: [more]}
";

#[test]
fn a_list_ends_whatever_its_schema_says() {
    let mock = playing(STRICT, &Behaviour { pages: 3, ..Behaviour::default() });
    let check = |target: &str, expected: Value| {
        assert_eq!(json_of(&get(&mock, target)), expected, "{target}");
    };
    check("/short", json!({"data": [1, 1]}));
    check("/short?skip=2", json!({"data": [3, 3]}));
    check("/short?skip=4", json!({"data": []}));
    check("/never", json!({"data": [true, true], "next": "text"}));
    check("/never?cursor=text-2", json!({"data": [true, true]}));
    // The cursor cannot be another, so that the second page is the last.
    check("/fixed", json!({"data": [{"kind": "a", "id": "aaa"}], "next": "more"}));
    check("/fixed?cursor=more", json!({"data": [{"kind": "a", "id": "aab"}]}));
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

/// What a job with these states is told to be, poll by poll; `wish` is that of the call that begins it.
fn states(states: &str, example: &str, wish: Option<&str>, behaviour: &Behaviour) -> Vec<String> {
    let text = JOBS
        .replace("enum: [failed, done, queued]", states)
        .replace("example: {id: 1, status: done}", example);
    let mock = playing(&text, behaviour);
    let mut request = Request::post("/jobs");
    if let Some(wish) = wish {
        request = request.header("x-specwright-wait", wish);
    }
    assert_eq!(mock.answer(&request.body(Vec::new()).unwrap()).status(), 200);
    let status = || json_of(&get(&mock, "/jobs/1"))["status"].as_str().unwrap_or("?").to_owned();
    vec![status(), status(), status()]
}

#[test]
fn what_has_no_value_for_being_on_its_way_is_at_the_end_at_once() {
    let usual = Behaviour::default();
    assert_eq!(states("enum: [failed, done]", "", None, &usual), ["done"; 3]);
    let example = "example: {id: 1, status: failed}";
    assert_eq!(states("enum: [failed, done]", example, None, &usual), ["done"; 3]);
    assert_eq!(states("enum: [failed, done]", "", Some("fail"), &usual), ["failed"; 3]);
}

#[test]
fn a_wait_may_be_asked_to_fail() {
    let (usual, failing) =
        (Behaviour::default(), Behaviour { fail_waits: true, ..Behaviour::default() });
    let all = "enum: [failed, done, queued]";
    let failed = ["queued", "failed", "failed"];
    assert_eq!(states(all, "", Some("fail"), &usual), failed);
    assert_eq!(states(all, "", None, &failing), failed);
    let mock = mock(JOBS);
    let ask = |method: &str, target: &str, wish: &str| {
        let request = Request::builder().method(method).uri(target);
        let request = request.header("x-specwright-wait", wish).body(Vec::new()).unwrap();
        mock.answer(&request)
    };
    // Who asks may want it as well, for this once; what begins anew ends well again.
    get(&mock, "/jobs/1");
    assert_eq!(json_of(&ask("GET", "/jobs/1", "fail"))["status"], "failed");
    assert_eq!(json_of(&get(&mock, "/jobs/1"))["status"], "done");
    for (method, target, wish) in
        [("POST", "/jobs", "fails"), ("GET", "/jobs/1", ""), ("DELETE", "/jobs/1", "fail")]
    {
        let response = ask(method, target, wish);
        let problem = json_of(&response);
        assert_eq!(response.status(), 400, "{problem}");
        assert_eq!(problem["violations"][0]["at"], "x-specwright-wait");
    }
}

#[test]
fn why_something_is_not_played_is_said() {
    let text = LISTS.replace("parameter: skip, items", "parameter: skop, items");
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), ..Options::default() };
    let (_, warnings) = Mock::new(&options, &files, &Behaviour::default()).unwrap();
    let codes: Vec<_> = warnings.iter().map(|one| (one.code, one.location.is_some())).collect();
    assert_eq!(codes, [(Code::Pagination, true)]);
}

/// The client has no parameter of such a name, so that none can be missing.
#[test]
fn headers_that_no_caller_says_are_not_asked_for() {
    for (name, expected) in
        [("Content-Length", 204), ("Host", 204), ("Accept", 204), ("X-Own", 400)]
    {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{parameters: [{{name: {name}, \
             in: header, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}}}\n"
        );
        let request = http::Request::get("/a").body(Vec::new()).unwrap();
        assert_eq!(super::answered(&text, &request).0, expected, "{name}");
    }
}
