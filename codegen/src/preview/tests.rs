//! What a preview knows of a document, and what it answers to whom.

use std::collections::BTreeSet;
use std::path::Path;

use http::Request;
use serde_json::Value;

use super::{Call, Preview, Viewer};
use crate::Options;
use crate::source::{Disk, Memory};

const SOUND: &str = "\
openapi: 3.0.3
info: {title: Shop, version: 1.2.0}
paths:
  /widgets/{id}:
    parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getWidget
      summary: One widget.
      tags: [Widgets]
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Widget'}}}
        '404':
          description: None.
          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
    put:
      operationId: putWidget
      deprecated: true
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Draft'}}}
      responses: {'204': {description: Done.}}
  /ping:
    get:
      operationId: ping
      responses: {'204': {description: Pong.}}
components:
  schemas:
    Draft: {type: object, required: [colour], properties: {colour: {$ref: '#/components/schemas/Colour'}}}
    Widget: {type: object, properties: {colour: {$ref: '#/components/schemas/Colour'}, odd: {typo: text}}}
    Colour: {type: string, enum: [red, blue]}
    Problem: {type: object, properties: {title: {type: string}}}
";

fn options() -> Options {
    Options { spec: "api.yaml".into(), ..Options::default() }
}

fn preview(document: &str) -> Preview {
    Preview::of(&options(), &Memory::default().with("api.yaml", document))
}

fn viewer(document: &str) -> Viewer<Memory> {
    Viewer::new(Memory::default().with("api.yaml", document), |_| Ok(options()))
}

/// Status, the headers as one text, the body as text.
fn ask(viewer: &Viewer<Memory>, method: &str, uri: &str, host: &str) -> (u16, String, String) {
    let request = Request::builder().method(method).uri(uri).header("host", host).body(()).unwrap();
    let response = viewer.answer(&request);
    let headers = format!("{:?}", response.headers());
    (response.status().as_u16(), headers, String::from_utf8(response.into_body()).unwrap())
}

#[test]
fn the_list_has_every_operation_and_how_it_is_called() {
    let preview = preview(SOUND);
    let document = preview.document();
    assert_eq!((document.title.as_str(), document.refused), ("Shop", false));
    let listed: Vec<String> = document
        .operations
        .iter()
        .map(|one| format!("{} {} {} {}", one.method, one.path, one.calls.join("+"), one.place))
        .collect();
    assert_eq!(
        listed,
        [
            "GET /widgets/{id} client.get_widget api.yaml:7:5",
            "PUT /widgets/{id} client.put_widget api.yaml:18:5",
            "GET /ping client.ping api.yaml:26:5",
        ]
    );
    assert!(document.operations[1].deprecated && !document.operations[0].deprecated);
    assert_eq!(document.operations[0].summary.as_deref(), Some("One widget."));
}

#[test]
fn an_operation_is_shown_with_all_that_it_is_made_of() {
    let shown = preview(SOUND).operation("get", "/widgets/{id}").unwrap();
    let [call] = shown.calls.as_slice() else { panic!("{shown:?}") };
    let titles: Vec<&str> = call.parts.iter().map(|part| part.title).collect();
    assert_eq!(titles, ["Method", "Call", "Errors"]);
    assert!(call.parts[0].code.contains("pub fn get_widget(&self, id: impl AsRef<str>)"));
    assert!(call.parts[1].code.contains("pub struct GetWidget {"));
    assert!(call.parts[2].code.contains("NotFound(specwright_runtime::ErrorBody<"));
    let types: Vec<_> = call.types.iter().map(|one| (one.name.as_str(), one.role)).collect();
    let expected = [("Widget", Some("answer")), ("Problem", Some("error")), ("Colour", None)];
    assert_eq!(types, expected);
    assert!(call.types[2].code.contains("pub enum Colour {"));
    let shown = preview(SOUND).operation("PUT", "/widgets/{id}").unwrap();
    assert_eq!(shown.calls[0].types[0].name, "Draft");
    assert_eq!(shown.calls[0].types[0].role, Some("request"));
    assert!(preview(SOUND).operation("get", "/nowhere").is_none());
}

/// The same text as in the files, so that nobody reads something else than is generated; and nothing that
/// an operation is made of is missing.
#[test]
fn the_code_is_that_of_the_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let spec = entry.unwrap().path();
        if spec.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let options = Options { spec: spec.clone(), ..Options::default() };
        let Ok(generated) = crate::generate(&options, &Disk) else { continue };
        let all: String = generated.files.iter().map(|file| file.text.as_str()).collect();
        let preview = Preview::of(&options, &Disk);
        for entry in &preview.document().operations {
            let shown = preview.operation(&entry.method, &entry.path).unwrap();
            let at = format!("{} {} {}", spec.display(), entry.method, entry.path);
            assert!(!shown.calls.is_empty() && shown.problems.is_empty(), "{at}");
            seen += shown.calls.len();
            for call in &shown.calls {
                // The block of a method has others beside it in a file.
                let parts = call.parts.iter().filter(|part| part.title == "Call");
                let codes =
                    parts.map(|part| &part.code).chain(call.types.iter().map(|one| &one.code));
                for code in codes {
                    assert!(all.contains(code.as_str()), "{at}: {code}");
                }
                missing(call, &at);
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

/// Fails where code speaks of a type of the document that is not shown.
fn missing(call: &Call, at: &str) {
    let known: BTreeSet<&str> = call.types.iter().map(|one| one.name.as_str()).collect();
    for part in call.parts.iter().filter(|part| part.title != "Method") {
        let code = part.code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for rest in line.split("types::").skip(1) {
                let end =
                    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                assert!(known.contains(&rest[..end]), "{at}: {} of {line}", &rest[..end]);
            }
        }
    }
}

#[test]
fn a_problem_is_told_at_every_operation_that_it_concerns() {
    let preview = preview(SOUND);
    let document = preview.document();
    let at = |code: &str| document.problems.iter().find(|one| one.code == code).unwrap();
    // In a schema of the answer of one operation.
    assert_eq!(at("unknown-key").operations, [0]);
    assert!(
        document.operations[0].problems.len() == 1 && document.operations[2].problems.is_empty()
    );
    // In a schema that two reach, one of them through another.
    let odd = SOUND.replace("[red, blue]}", "[red, blue], typo: 1}");
    let preview = self::preview(&odd);
    let told: Vec<&[usize]> =
        preview.document().problems.iter().map(|one| one.operations.as_slice()).collect();
    assert!(told.contains(&[0, 1].as_slice()), "{told:?}");
    // In what the operations of a path share.
    let odd = SOUND.replace("in: path,", "in: path, typo: 1,");
    let preview = self::preview(&odd);
    let first = &preview.document().problems[0];
    assert_eq!((first.code, first.operations.as_slice()), ("unknown-key", [0, 1].as_slice()));
}

#[test]
fn an_operation_of_a_refused_document_is_tried_by_itself() {
    let broken = SOUND
        .replace("{'204': {description: Done.}}", "{'204': {$ref: '#/components/responses/Nope'}}");
    let preview = preview(&broken);
    let document = preview.document();
    assert!(document.refused && document.operations.len() == 3);
    let error = document.problems.iter().position(|one| one.severity == "error").unwrap();
    assert_eq!(document.problems[error].operations, [1]);
    let shown = preview.operation("get", "/widgets/{id}").unwrap();
    assert!(shown.alone && shown.calls[0].types.len() == 3);
    let shown = preview.operation("put", "/widgets/{id}").unwrap();
    assert!(shown.calls.is_empty() && shown.problems[0].severity == "error", "{shown:?}");
}

#[test]
fn what_is_no_document_is_a_page_of_problems() {
    for broken in ["a: [", "openapi: 4.0.0\n", "[]", ""] {
        let preview = preview(broken);
        let document = preview.document();
        assert!(document.refused && !document.problems.is_empty(), "{broken:?}");
    }
}

#[test]
fn every_answer_forbids_what_the_page_does_not_need() {
    let viewer = viewer(SOUND);
    for path in ["/", "/page.css", "/page.js", "/api/document", "/nowhere"] {
        let (_, headers, _) = ask(&viewer, "GET", path, "localhost:1");
        assert!(headers.contains("default-src 'none'") && headers.contains("nosniff"), "{headers}");
        assert!(!headers.contains("unsafe"), "{headers}");
    }
    assert_eq!(ask(&viewer, "POST", "/", "localhost:1").0, 405);
    assert_eq!(ask(&viewer, "GET", "/nowhere", "localhost:1").0, 404);
    assert_eq!(ask(&viewer, "GET", "/api/operation?method=get&path=/nowhere", "localhost").0, 404);
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let viewer = viewer(SOUND);
    for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4711", "[::1]:9"] {
        assert_eq!(ask(&viewer, "GET", "/api/document", host).0, 200, "{host}");
    }
    for host in ["", "evil.example", "localhost.evil.example", "127.0.0.1:1.evil", "a@b@c"] {
        let (status, _, body) = ask(&viewer, "GET", "/api/document", host);
        assert!(status == 421 && !body.contains("Shop"), "{host}");
    }
    let unnamed = Request::builder().uri("/").body(()).unwrap();
    assert_eq!(viewer.answer(&unnamed).status(), 421);
}

#[test]
fn a_path_of_any_spelling_is_found_again() {
    let odd = SOUND.replace("/ping:", "'/pi ng&+%41/é?x=1#y':");
    let viewer = viewer(&odd);
    let (_, _, body) = ask(&viewer, "GET", "/api/document", "localhost");
    let document: Value = serde_json::from_str(&body).unwrap();
    let path = document["operations"][2]["path"].as_str().unwrap();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("path", path)
        .append_pair("method", "GET")
        .finish();
    let (status, _, body) = ask(&viewer, "GET", &format!("/api/operation?{query}"), "localhost");
    assert!(status == 200 && body.contains("pub fn ping"), "{body}");
}

/// The script makes nothing of a text but text, and the styles are read from the same origin.
#[test]
fn the_page_has_no_way_from_text_to_markup() {
    let script = include_str!("page.js");
    for way in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("]
    {
        assert!(!script.contains(way), "{way}");
    }
    let html = include_str!("page.html");
    assert!(!html.contains("://") && !html.contains(" style=") && !html.contains(" on"));
    assert!(!include_str!("page.css").contains("url("));
}

/// WCAG 2.2, success criterion 1.4.3: a contrast of 4.5.
#[test]
fn every_colour_of_text_can_be_read() {
    let css = include_str!("page.css");
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").unwrap();
    for (name, scheme) in [("light", light), ("dark", dark)] {
        let colour = |wanted: &str| {
            let from = scheme.split_once(&format!("--{wanted}: #")).unwrap().1;
            u32::from_str_radix(&from[..6], 16).unwrap()
        };
        for text in [
            "text",
            "quiet",
            "accent",
            "error",
            "warning",
            "keyword",
            "type",
            "string",
            "number",
            "attribute",
        ] {
            for ground in ["page", "panel", "chosen"] {
                let contrast = contrast(colour(text), colour(ground));
                assert!(contrast >= 4.5, "{name}: {text} on {ground} is {contrast:.2}");
            }
        }
    }
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: u32) -> f64 {
    let part = |shift: u32| {
        let value = f64::from(colour >> shift & 0xff) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}
