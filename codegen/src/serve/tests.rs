//! What is answered is what the document says, for every case that the generator is tested with.

use std::path::{Path, PathBuf};

use http::{Request, Response};
use serde_json::{Value, json};

use super::answer::Asked;
use super::sample::Sampler;
use super::schema::Fault;
use super::{Behaviour, Direction, Mock, Place, answer};
use crate::Options;
use crate::source::{Disk, Memory};

mod choices;
mod forms;
mod logins;
mod media;
mod paths;
mod played;
mod samples;
mod shapes;
mod texts;
mod wishes;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_document =
        |path: &PathBuf| path.extension().is_some_and(|it| it == "yaml" || it == "json");
    let mut found: Vec<PathBuf> = entries.filter(is_document).collect();
    found.sort();
    assert!(found.len() > 50, "{found:?}");
    found
}

/// Documents that no value fits, by what they are there to show.
const IMPOSSIBLE: [&str; 1] = ["contradictions.yaml"];

/// Checks every answer of one document by the schema that describes it; counts them, and gives
/// what is wrong.
fn check(mock: &Mock, name: &str, wrong: &mut Vec<String>) -> usize {
    let mut checked = 0;
    for route in &mock.routes {
        let operation = mock.place(&route.operation).unwrap();
        let response =
            answer::success(&mock.checks, &operation, &Asked::default(), &|_, _| ()).unwrap();
        let Some(schema) = schema_of(&operation, &response) else { continue };
        let value: Value = serde_json::from_slice(response.body()).unwrap_or_else(|error| {
            panic!("{name} {}: {error}", route.operation);
        });
        let faults = mock.checks.faults(&mock.root, &schema.at, Direction::Answer, &value);
        // Alternatives that a value does not tell apart are the document's own (`ambiguous-union`).
        let is_ours = |fault: &&Fault| !fault.message.contains("valid under more than one");
        let faults: Vec<String> = faults
            .iter()
            .filter(is_ours)
            .map(|fault| format!("{}: {}", fault.at, fault.message))
            .collect();
        if !faults.is_empty() {
            wrong.push(format!("{name} {}: {value} {faults:?}", route.operation));
        }
        checked += 1;
    }
    checked
}

fn schema_of<'d>(operation: &Place<'d>, response: &Response<Vec<u8>>) -> Option<Place<'d>> {
    let kind = response.headers().get("content-type")?.to_str().ok()?;
    let is_json = super::media::Media::parse(kind)?.is_json();
    if !is_json || crate::ir::Framing::of(kind).is_some() {
        return None;
    }
    let responses = operation.get("responses")?;
    let status = response.status().as_u16().to_string();
    let described =
        [status.as_str(), "2XX", "default"].iter().find_map(|key| responses.get(key))?;
    described.get("content")?.get(kind)?.get("schema")
}

#[test]
fn every_case_is_answered_as_its_document_says() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for path in cases() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if IMPOSSIBLE.contains(&name.as_str()) {
            continue;
        }
        let options = Options { spec: path.clone(), ..Options::default() };
        let (mock, _) = Mock::new(&options, &Disk, &Behaviour::default())
            .unwrap_or_else(|errors| panic!("{}: {errors}", path.display()));
        checked += check(&mock, &name, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 40, "{checked}");
}

/// The status and the JSON that a document answers a request with.
fn answered(text: &str, request: &Request<Vec<u8>>) -> (u16, Value) {
    let response = mock(text).answer(request);
    let body = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), body)
}

fn mock(text: &str) -> Mock {
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), ..Options::default() };
    Mock::new(&options, &files, &Behaviour::default()).unwrap().0
}

fn sampled(schema: &str) -> Value {
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: t, version: '1'}}, paths: {{}}, \
         components: {{schemas: {{A: {schema}, B: {{type: object, required: [b], \
         properties: {{b: {{type: boolean}}}}}}}}}}}}"
    );
    let mock = mock(&text);
    let schema = json!({"$ref": "#/components/schemas/A"});
    Sampler::new(&mock.root, &mock.checks).sample(&schema)
}

#[test]
fn values_are_made_of_schemas() {
    let check = |schema: &str, expected: Value| assert_eq!(sampled(schema), expected, "{schema}");
    check("{type: string, minLength: 6}", json!("textxx"));
    check("{type: string, maxLength: 2}", json!("te"));
    check("{type: string, pattern: '^[0-9]{2,}-x$'}", json!("00-x"));
    check("{type: string, format: date-time}", json!("2026-01-02T03:04:05Z"));
    check("{type: string, enum: [b, a]}", json!("b"));
    check("{type: string, enum: [b, a], default: a}", json!("a"));
    check("{type: string, maxLength: 3, example: too long}", json!("tex"));
    check("{type: integer, minimum: 5, exclusiveMinimum: true, multipleOf: 4}", json!(8));
    check("{type: integer, maximum: -3}", json!(-3));
    check("{type: number, minimum: 1, maximum: 2}", json!(1.5));
    check("{type: array, minItems: 2, items: {type: boolean}}", json!([true, true]));
    check(
        "{allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {c: {type: integer}}}]}",
        json!({"b": true, "c": 1}),
    );
    check(
        "{oneOf: [{$ref: '#/components/schemas/B'}], discriminator: {propertyName: t}}",
        json!({"b": true, "t": "B"}),
    );
    check(
        "{type: object, properties: {next: {$ref: '#/components/schemas/A'}, n: {type: integer}}}",
        json!({"n": 1}),
    );
    check(
        "{type: object, required: [next], properties: {next: {$ref: '#/components/schemas/A'}}}",
        Value::Null,
    );
    check("{type: object, additionalProperties: {type: integer}}", json!({"key1": 1}));
    check(
        "{type: object, properties: {w: {type: string, writeOnly: true}, r: {type: boolean}}}",
        json!({"r": true}),
    );
}

const STYLES: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
servers: [{url: 'https://example.com/v1'}]
paths:
  /a/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: list, in: query, schema: {type: array, maxItems: 2, items: {type: integer}}}
        - {name: flat, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {n: {type: integer}}}}
        - {name: rest, in: query, schema: {type: object, additionalProperties: {type: integer}}}
        - {name: spread, in: query, schema: {type: object, properties: {sx: {type: string}}}}
        - {name: flag, in: query, allowEmptyValue: true, schema: {type: boolean}}
        - {name: raw, in: query, content: {text/plain: {schema: {type: integer}}}}
        - {name: key, in: query, content: {application/json: {schema: {type: array, items: {type: integer}}}}}
        - {name: crumbs, in: cookie, schema: {type: array, items: {type: integer}}}
        - {name: crumb, in: cookie, schema: {type: integer}}
        - {name: X-Need, in: header, required: true, schema: {type: boolean}}
        - {name: X-Word, in: header, schema: {type: string, maxLength: 2}}
      responses: {'204': {description: Fine.}}
  /a/mine:
    get:
      responses: {'204': {description: Fine.}}
";

#[test]
fn parameters_are_read_by_their_styles() {
    let mock = mock(STYLES);
    let check = |path: &str, need: &str, expected: u16| {
        let request = Request::get(path).header("x-need", need).body(Vec::new()).unwrap();
        let response = mock.answer(&request);
        let body = String::from_utf8_lossy(response.body()).into_owned();
        assert_eq!(response.status().as_u16(), expected, "{path}: {body}");
    };
    check("/a/1", "true", 204);
    check("/v1/a/1", "true", 204);
    check("/a/mine", "nothing", 204);
    check("/a/x", "true", 400);
    check("/a/1", "maybe", 400);
    check("/a/1?list=1&list=2", "true", 204);
    check("/a/1?list=1&list=2&list=3", "true", 400);
    check("/a/1?flat=1,2", "true", 204);
    check("/a/1?flat=1,b", "true", 400);
    check("/a/1?deep[n]=1", "true", 204);
    check("/a/1?deep%5Bn%5D=x", "true", 400);
    check("/v2/a/1", "true", 404);
    // One value is sent once, as its style has it.
    check("/a/1?flat=1&flat=2", "true", 400);
    check("/a/1?raw=1", "true", 204);
    check("/a/1?raw=1&raw=2", "true", 400);
    check("/a/1?raw=x", "true", 400);
    check("/a/1?key=%5B1%5D", "true", 204);
    check("/a/1?key=1", "true", 400);
    // What no other parameter is called belongs to the one that takes the rest.
    check("/a/1?list=1&some=1&other=2", "true", 204);
    check("/a/1?list=1&some=x", "true", 400);
    check("/a/1?deep[n]=1&sx=x&some=1", "true", 204);
    // Nothing in place of a value, where the document lets it.
    check("/a/1?flag=", "true", 204);
    check("/a/1?flag", "true", 204);
    check("/a/1?flag=x", "true", 400);
    check("/a/1?raw=", "true", 400);
    // What is no text, whoever it is for.
    check("/a/1?sx=%C3%A4", "true", 204);
    check("/a/1?sx=%FF", "true", 400);
    check("/a/1?unknown=%FF", "true", 400);
    for (word, expected) in
        [(&b"\xc3\xa4"[..], 204), (b"\xc3\xa4\xc3\xa4\xc3\xa4", 400), (b"\xff", 400)]
    {
        let word = http::HeaderValue::from_bytes(word).unwrap();
        let request = Request::get("/a/1").header("x-need", "true").header("x-word", word);
        let response = mock.answer(&request.body(Vec::new()).unwrap());
        assert_eq!(response.status().as_u16(), expected);
    }
    let cookies = |line: &str| {
        let request = Request::get("/a/1").header("x-need", "true").header("cookie", line);
        mock.answer(&request.body(Vec::new()).unwrap()).status().as_u16()
    };
    assert_eq!(cookies("crumbs=1; crumb=2; crumbs=3; other=x"), 204);
    assert_eq!(cookies("crumbs=1; crumbs=x"), 400);
    assert_eq!(cookies("crumb=1; crumb=2"), 400);
}
