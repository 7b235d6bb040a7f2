//! What goes where, what is said about it, and the way back.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::upgrade;
use crate::diagnostics::Diagnostics;
use crate::load::{Limits, load};
use crate::pointer::Pointer;
use crate::source::{Memory, Source};
use crate::{Options, generate};

const HEAD: &str = "swagger: '2.0'\ninfo: {title: t, version: '1'}\n";

fn upgraded(rest: &str) -> (Source, Diagnostics) {
    let files = Memory::default().with("a.yaml", format!("{HEAD}{rest}"));
    upgrade(load(&files, Path::new("a.yaml"), Limits::default()).unwrap())
}

/// What stands at `pointer` once the document is upgraded, and nothing was said.
#[track_caller]
fn check(rest: &str, pointer: &str, expected: Value) {
    let (source, found) = upgraded(rest);
    assert_eq!(found.to_string(), "", "{rest}");
    assert_eq!(source.root.pointer(pointer), Some(&expected), "{rest}");
}

#[test]
fn other_versions_pass_as_they_are() {
    let files = Memory::default().with("a.yaml", "swagger: '1.2'\ndefinitions: {}");
    let (source, _) = upgrade(load(&files, Path::new("a.yaml"), Limits::default()).unwrap());
    assert_eq!(source.root, json!({"swagger": "1.2", "definitions": {}}));
    let files = Memory::default().with("a.yaml", "swagger: 2.0\ndefinitions: {}");
    let (source, found) = upgrade(load(&files, Path::new("a.yaml"), Limits::default()).unwrap());
    assert_eq!(found.counts(), BTreeMap::from([("invalid-document", 1)]));
    let expected = json!({"openapi": "3.0.3", "paths": {}, "components": {"schemas": {}}});
    assert_eq!(source.root, expected);
}

#[test]
fn servers() {
    let servers = |rest: &str, expected: Value| check(rest, "/servers", expected);
    servers(
        "host: a.b\nbasePath: /c\nschemes: [ws, http, https]",
        json!([{"url": "https://a.b/c"}, {"url": "http://a.b/c"}]),
    );
    servers("host: a.b:81\nschemes: [http]", json!([{"url": "http://a.b:81"}]));
    servers("host: a.b\nbasePath: c", json!([{"url": "https://a.b/c"}]));
    servers("basePath: /c\nschemes: [http]", json!([{"url": "/c"}]));
    assert_eq!(upgraded("schemes: [http]").0.root.get("servers"), None);
    check(
        "host: a.b\npaths: {/a: {get: {schemes: [http], responses: {}}}}",
        "/paths/~1a/get/servers",
        json!([{"url": "http://a.b"}]),
    );
}

#[test]
fn lists() {
    let parameter = |text: &str, expected: Value| {
        let rest = format!(
            "paths: {{/a: {{get: {{parameters: [{{name: p, type: array, items: {{type: string}}, \
             {text}}}]}}}}}}"
        );
        let (source, found) = upgraded(&rest);
        let mut converted = source.root.pointer("/paths/~1a/get/parameters/0").unwrap().clone();
        let members = converted.as_object_mut().unwrap();
        members.retain(|key, _| matches!(key.as_str(), "style" | "explode" | "schema"));
        let schema = members.remove("schema").unwrap();
        let is_text = schema == json!({"type": "string"});
        assert_eq!(is_text, found.len() == 1, "{text}");
        assert!(is_text || schema == json!({"type": "array", "items": {"type": "string"}}));
        assert_eq!(converted, expected, "{text}");
    };
    parameter("in: query", json!({"style": "form", "explode": false}));
    parameter("in: query, collectionFormat: csv", json!({"style": "form", "explode": false}));
    let spaces = json!({"style": "spaceDelimited", "explode": false});
    parameter("in: query, collectionFormat: ssv", spaces);
    let pipes = json!({"style": "pipeDelimited", "explode": false});
    parameter("in: query, collectionFormat: pipes", pipes);
    parameter("in: query, collectionFormat: multi", json!({"explode": true}));
    parameter("in: query, collectionFormat: tsv", json!({}));
    parameter("in: path, required: true", json!({"explode": false}));
    parameter("in: path, required: true, collectionFormat: ssv", json!({}));
    parameter("in: header, collectionFormat: csv", json!({"explode": false}));
    parameter("in: header, collectionFormat: pipes", json!({}));
}

#[test]
fn bodies() {
    let rest = "consumes: [text/a, text/b]
parameters: {B: {in: body, name: b, required: true, schema: {$ref: '#/definitions/S'}}}
definitions: {S: {type: string}}
paths:
  /a:
    parameters: [{in: query, name: q, type: string}, {$ref: '#/parameters/B'}]
    put: {responses: {}}
    post: {consumes: [text/c], responses: {}}
    delete: {parameters: [{in: body, name: b, schema: {}}], responses: {}}
";
    let schema = json!({"schema": {"$ref": "#/components/schemas/S"}});
    let shared =
        json!({"required": true, "content": {"text/a": schema.clone(), "text/b": schema.clone()}});
    check(rest, "/components/requestBodies/B", shared);
    let reference = json!({"$ref": "#/components/requestBodies/B"});
    check(rest, "/paths/~1a/put/requestBody", reference);
    let own = json!({"required": true, "content": {"text/c": schema}});
    check(rest, "/paths/~1a/post/requestBody", own);
    let any = json!({"content": {"text/a": {"schema": {}}, "text/b": {"schema": {}}}});
    check(rest, "/paths/~1a/delete/requestBody", any);
    let query = json!([{"in": "query", "name": "q", "schema": {"type": "string"}}]);
    check(rest, "/paths/~1a/parameters", query);
}

#[test]
fn forms() {
    let form = |fields: &str, media_type: &str, expected: Value| {
        let rest = format!("paths: {{/a: {{post: {{parameters: [{fields}], responses: {{}}}}}}}}");
        let (source, found) = upgraded(&rest);
        assert_eq!(found.to_string(), "");
        let content = &source.root["paths"]["/a"]["post"]["requestBody"]["content"];
        assert_eq!(content, &json!({media_type: expected}));
    };
    form(
        "{in: formData, name: a, type: string, required: true}, \
         {in: formData, name: b, type: array, items: {}}",
        "application/x-www-form-urlencoded",
        json!({
            "schema": {"type": "object", "required": ["a"], "properties": {
                "a": {"type": "string"}, "b": {"type": "array", "items": {}},
            }},
            "encoding": {"b": {"style": "form", "explode": false}},
        }),
    );
    form(
        "{in: formData, name: f, type: file, description: d}",
        "multipart/form-data",
        json!({"schema": {"type": "object", "properties": {
            "f": {"type": "string", "format": "binary", "description": "d"},
        }}}),
    );
}

#[test]
fn schemas() {
    let schema = |text: &str, expected: Value| {
        let rest = format!("definitions: {{S: {text}}}");
        check(&format!("{rest}\npaths: {{}}"), "/components/schemas/S", expected);
    };
    schema("{items: []}", json!({}));
    schema("{type: string, x-nullable: true}", json!({"type": "string", "nullable": true}));
    schema("{discriminator: kind}", json!({"discriminator": {"propertyName": "kind"}}));
    schema("{type: file}", json!({"type": "string", "format": "binary"}));
    schema("{type: ['null', string]}", json!({"type": "string", "nullable": true}));
    schema(
        "{type: [object, array], items: {$ref: '#/definitions/S'}, title: t}",
        json!({"title": "t", "anyOf": [
            {"type": "object"},
            {"items": {"$ref": "#/components/schemas/S"}, "type": "array"},
        ]}),
    );
    schema(
        "{items: [{type: string}, {type: 'null'}]}",
        json!({"anyOf": [{"type": "string"}], "nullable": true}),
    );
    let list = json!({"type": "array", "items": {"anyOf": [{"type": "string"}, {}]}});
    schema("{type: array, items: [{type: string}, {}]}", list);
}

#[test]
fn answers_and_logins() {
    let rest = "produces: [application/json, text/xml]
responses: {R: {description: r, schema: {}}}
paths:
  /a:
    get:
      responses:
        200: {description: d, headers: {H: {type: integer, description: h}}}
        201: {description: d, schema: {type: file}}
        400: {description: d, schema: {}}
        401: {$ref: '#/responses/R'}
    put: {produces: [text/csv], responses: {401: {$ref: '#/responses/R'}}}
securityDefinitions:
  b: {type: basic, description: d, x-a: 1}
  o: {type: oauth2, flow: application, tokenUrl: u}
";
    let header = json!({"H": {"description": "h", "schema": {"type": "integer"}}});
    let answers = json!({
        "200": {"description": "d", "headers": header},
        "201": {"description": "d", "content": {
            "text/xml": {"schema": {"type": "string", "format": "binary"}},
        }},
        "400": {"description": "d", "content": {"application/json": {"schema": {}}}},
        "401": {"$ref": "#/components/responses/R"},
    });
    check(rest, "/paths/~1a/get/responses", answers);
    let copy = json!({"401": {"description": "r", "content": {"text/csv": {"schema": {}}}}});
    check(rest, "/paths/~1a/put/responses", copy);
    let schemes = json!({
        "b": {"description": "d", "x-a": 1, "type": "http", "scheme": "basic"},
        "o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "u", "scopes": {}}}},
    });
    check(rest, "/components/securitySchemes", schemes);
}

#[test]
fn pointers_lead_back() {
    let rest = "paths:
  /a:
    post:
      parameters:
        - {in: body, name: b, schema: {properties: {x: {}}}}
        - {in: query, name: q, type: array, items: {type: string}}
";
    let (source, _) = upgraded(rest);
    let back = |pointer: &str, expected: &str, line: usize| {
        let pointer = Pointer::parse(pointer).unwrap();
        assert!(pointer.lookup(&source.root).is_some(), "{pointer}");
        assert_eq!(source.origins().of(&pointer).as_str(), expected);
        assert_eq!(source.locate(&pointer).line, line);
    };
    let post = "/paths/~1a/post";
    let body = format!("{post}/parameters/0");
    let schema = format!("{post}/requestBody/content/application~1json/schema/properties/x");
    back(&format!("{post}/requestBody"), &body, 7);
    back(&schema, &format!("{body}/schema/properties/x"), 7);
    let query = format!("{post}/parameters/1");
    back(&format!("{post}/parameters/0/schema/items"), &format!("{query}/items"), 8);
    back(&format!("{post}/parameters/0"), &query, 8);
}

/// The one file that comes of it, or whatever there is to say.
fn generated(rest: &str, rename: &[(&str, &str)]) -> Result<String, Diagnostics> {
    let files = Memory::default().with("a.yaml", format!("{HEAD}{rest}"));
    let rename = rename.iter().map(|&(at, name)| (at.to_owned(), name.to_owned())).collect();
    let options = Options {
        spec: "a.yaml".into(),
        rename,
        module_only: true,
        strict: true,
        ..Options::default()
    };
    generate(&options, &files).map(|generated| generated.files[0].text.clone())
}

#[test]
fn users_speak_of_the_document_as_it_is_written() {
    let rest = "definitions:\n  Thing: {type: object, properties: {a: {type: string}}}\npaths:\n  \
                /a: {post: {operationId: o, responses: {}, parameters: [{in: body, name: b, \
                schema: {type: object, properties: {c: {type: string}}}}]}}\n";
    let names =
        [("/definitions/Thing", "Gadget"), ("/paths/~1a/post/parameters/0/schema", "Order")];
    let text = generated(rest, &names).unwrap();
    assert!(text.contains("struct Gadget") && text.contains("struct Order"), "{text}");
    let stale = generated(rest, &[("/components/schemas/Thing", "Gadget")]);
    assert!(stale.unwrap_err().to_string().contains("nothing that has a name stands"));
}

#[test]
fn refusals_name_the_place_in_the_document() {
    let refused = |rest: &str| generated(rest, &[]).unwrap_err().to_string();
    let lost = refused(
        "paths:\n  /a: {get: {responses: {200: {description: d, schema: {$ref: \
         '#/definitions/Lost'}}}}}\n",
    );
    assert!(lost.starts_with("a.yaml:4:"), "{lost}");
    assert!(lost.contains("/paths/~1a/get/responses/200/schema/$ref"), "{lost}");
    assert!(lost.contains("`#/definitions/Lost` refers to nothing"), "{lost}");
    let wrong = refused("paths: {}\ndefinitions:\n  A: {properties: [1]}\n");
    assert!(wrong.starts_with("a.yaml:5:7: "), "{wrong}");
    assert!(wrong.contains("(at #/definitions/A/properties)"), "{wrong}");
    let wrong = refused("paths: {/a: {get: {parameters: {}, responses: [1]}}}\n");
    assert!(
        wrong.contains("`parameters` in an operation has to be a list, not a mapping"),
        "{wrong}"
    );
}
