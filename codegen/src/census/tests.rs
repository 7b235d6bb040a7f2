//! Small documents, and what is counted in them.

use super::{Cause, Census, Travel};
use crate::Options;
use crate::source::Memory;

fn census(text: &str, operations: &[&str]) -> Census {
    let files = Memory::default().with("api.yaml", text);
    let mut options = Options { spec: "api.yaml".into(), ..Options::default() };
    options.selection.operations = operations.iter().map(ToString::to_string).collect();
    crate::generate(&options, &files).unwrap().census
}

fn pointers(census: &Census, cause: Cause) -> Vec<&str> {
    census.untyped_by(cause).map(|place| place.pointer.as_str()).collect()
}

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Census, version: '1'}
paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}
      responses:
        '200': {description: '', content: {text/csv: {schema: {type: string}}}}
        default: {$ref: '#/components/responses/Problem'}
  /b:
    get:
      operationId: b
      parameters: [{name: q, in: query, schema: {}}]
      responses:
        '204': {description: ''}
        default: {$ref: '#/components/responses/Problem'}
components:
  responses:
    Problem: {description: '', content: {application/json: {schema: {type: object}}}}
  schemas:
    Sent:
      type: object
      properties:
        id: {readOnly: true}
        lists: {type: array, items: {type: array, items: {}}}
        shared: {$ref: '#/components/schemas/Shared'}
        again: {$ref: '#/components/schemas/Shared'}
        both: {allOf: [{type: string}, {type: object, properties: {a: {type: string}}}]}
    Shared: {type: array, items: {type: object}}
";

#[test]
fn every_place_is_counted_once_and_in_document_order() {
    let census = census(DOCUMENT, &[]);
    let expected = [
        "/paths/~1b/get/parameters/0",
        "/components/responses/Problem/content/application~1json",
        "/components/schemas/Sent/properties/lists/items/items",
        "/components/schemas/Shared/items",
    ];
    assert_eq!(pointers(&census, Cause::Document), expected);
    assert_eq!(pointers(&census, Cause::Generator), ["/components/schemas/Sent/properties/both"]);
    // The body and the CSV of `a`; `lists` and its items, `shared` and `again`; `Shared` itself.
    assert_eq!(census.typed, 7);
}

#[test]
fn what_is_not_chosen_does_not_count() {
    let census = census(DOCUMENT, &["b"]);
    assert_eq!(census.operations.len(), 1);
    assert_eq!(census.types, []);
    assert_eq!(census.untyped.len(), 2);
}

#[test]
fn operations_and_types_lead_back_to_the_document() {
    let census = census(DOCUMENT, &[]);
    let a = &census.operations[0];
    assert_eq!((a.pointer.as_str(), a.method.as_str()), ("/paths/~1a/post", "a"));
    assert_eq!(a.sends, ["application/json"]);
    assert_eq!(a.accepts, ["text/csv"]);
    let sent = &census.types[0];
    assert_eq!((sent.pointer.as_str(), sent.name.as_str()), ("/components/schemas/Sent", "Sent"));
    assert_eq!(sent.travel, Travel::Sent);
}

#[test]
fn rules_are_no_type_and_yet_more_than_nothing() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n\
                \x20   Any: {}\n    Bound: {minimum: 4}\n    Open: {type: object}\n\
                \x20   Sized: {type: object, minProperties: 1}\n";
    let census = census(text, &[]);
    let reasons: Vec<&str> =
        census.untyped_by(Cause::Document).map(|place| place.reason.as_str()).collect();
    let expected = [
        "any value is allowed",
        "there are rules, but no type",
        "any object is allowed",
        "there are rules, but no properties",
    ];
    assert_eq!(reasons, expected);
}
