//! Values that the plainest would not be: what is answered is what the schema says, or it is told.

use http::Request;
use serde_json::{Value, json};

use super::super::{Behaviour, Mock};
use super::answered;
use crate::Options;
use crate::source::Memory;

/// A document whose answer has this schema.
fn document(schema: &str) -> String {
    format!(
        "{{openapi: 3.0.3, info: {{title: t, version: '1'}}, paths: {{/a: {{get: {{responses: {{'200': \
         {{description: It., content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}}}"
    )
}

/// What is told of the answers.
fn told(text: &str) -> Vec<String> {
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), ..Options::default() };
    let (mock, _) = Mock::new(&options, &files, &Behaviour::default()).unwrap();
    let ours =
        |line: &String| line.contains("no value was made") || line.contains("is not answered");
    mock.look().iter().map(ToString::to_string).filter(ours).collect()
}

#[test]
fn a_value_is_what_its_schema_says() {
    let check = |schema: &str, expected: Value| {
        let text = document(schema);
        let request = Request::get("/a").body(Vec::new()).unwrap();
        assert_eq!(answered(&text, &request), (200, expected), "{schema}");
        assert_eq!(told(&text), [""; 0], "{schema}");
    };
    // Of what has no value there is none, and of the rest there is.
    check(
        "{type: object, properties: {a: {type: string, minLength: 9, maxLength: 1}, b: {type: integer, \
         minimum: 5, maximum: 1}, c: {type: boolean}, d: {type: integer}}}",
        json!({"c": true, "d": 1}),
    );
    check(
        "{type: array, minItems: 3, uniqueItems: true, items: {type: boolean, nullable: true}}",
        json!([true, false, null]),
    );
    check(
        "{type: array, minItems: 3, uniqueItems: true, items: {type: string, enum: [a, b, c]}}",
        json!(["a", "b", "c"]),
    );
    check(
        "{type: array, minItems: 2, uniqueItems: true, items: {type: string, maxLength: 4}}",
        json!(["text", "ufyu"]),
    );
    check(
        "{type: array, minItems: 2, uniqueItems: true, items: {type: object, required: [id], properties: {id: {type: integer}}}}",
        json!([{"id": 1}, {"id": 2}]),
    );
    check("{type: string, not: {enum: [text]}}", json!("ufyu"));
    check("{type: object, properties: {a: {type: integer}}, not: {required: [a]}}", json!({}));
    check("{not: {type: object}}", json!("text"));
    check("{type: number, multipleOf: 0.3}", json!(1.5));
    check(
        "{type: number, multipleOf: 0.01, minimum: 19.98, maximum: 20, exclusiveMinimum: true, exclusiveMaximum: true}",
        json!(19.99),
    );
    check("{type: integer, minimum: 18446744073709551615}", json!(u64::MAX));
    check("{type: string, pattern: '^(?=.*[A-Z])(?=.*[0-9])(?=.*[!#]).{8,}$'}", json!("A0!aaaaa"));
    check("{type: string, pattern: '^(?!0)[0-9]{3}$'}", json!("111"));
    check(
        "{allOf: [{type: string, pattern: '^a'}, {type: string, pattern: '1$'}], minLength: 1, enum: [b, a1]}",
        json!("a1"),
    );
    check(
        "{oneOf: [{type: object, properties: {a: {type: integer}, b: {type: boolean}}}, {type: object, required: [b], properties: {b: {type: integer}}}]}",
        json!({"a": 1, "b": true}),
    );
    check("{oneOf: [{type: integer}, {type: number, multipleOf: 0.5}]}", json!(1.5));
    let (card, bank) = ("{required: [c], properties: {c: {type: integer}}}", "{required: [b]}");
    let (once, monthly) = ("{required: [o], properties: {o: {type: boolean}}}", "{required: [m]}");
    check(
        &format!("{{allOf: [{{oneOf: [{card}, {bank}]}}, {{oneOf: [{once}, {monthly}]}}]}}"),
        json!({"c": 1, "o": true}),
    );
    check(
        &format!("{{oneOf: [{card}, {bank}], anyOf: [{once}, {monthly}]}}"),
        json!({"c": 1, "o": true}),
    );
    check(
        "{allOf: [{oneOf: [{type: string, enum: [a]}, {type: integer}]}, {anyOf: [{type: integer}, {type: string}]}]}",
        json!("a"),
    );
}

#[test]
fn what_cannot_be_made_is_told() {
    let text = document("{type: string, pattern: '^(?=a)b$'}");
    let [line] = told(&text).try_into().unwrap();
    assert!(line.contains("ignored") && line.contains("no value was made"), "{line}");
    let text = document("{type: integer, enum: [1], minimum: 2}");
    assert_eq!(told(&text).len(), 1, "{:?}", told(&text));
}

#[test]
fn an_example_that_stands_elsewhere_is_told() {
    let text = document("{type: integer}").replace(
        "schema: {",
        "examples: {far: {externalValue: far.json}, here: {value: 7}}, schema: {",
    );
    let [line] = told(&text).try_into().unwrap();
    assert!(line.contains("the example `far` is not answered"), "{line}");
    let request = Request::get("/a").body(Vec::new()).unwrap();
    assert_eq!(answered(&text, &request), (200, json!(7)));
}

/// What is made for the first answer is there for the others, of a header and an item of a stream too.
#[test]
fn nothing_is_checked_anew_for_every_request() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        '200':
          description: x
          headers: {X-A: {schema: {type: string, enum: [a, b]}}}
          content: {application/json: {schema: {type: object, properties: {n: {oneOf: [{type: integer, example: 7}, {type: string}]}}}}}
  /b: {get: {responses: {'200': {description: x, content: {application/jsonl: {schema: {type: object, properties: {n: {type: integer, example: 7}}}}}}}}}
";
    let mock = super::mock(text);
    for path in ["/a", "/b"] {
        let ask = || mock.answer(&Request::get(path).body(Vec::new()).unwrap());
        let first = ask();
        let cost = mock.checks.cost();
        assert_eq!(first.body(), ask().body());
        assert_eq!(mock.checks.cost(), cost, "{path}");
    }
}

#[test]
fn of_what_contradicts_itself_a_listed_value_is_answered() {
    for (schema, expected) in [
        ("{type: integer, enum: [a, b]}", json!("a")),
        ("{type: boolean, enum: [5]}", json!(5)),
        ("{type: integer, enum: [3, 4], maximum: 1}", json!(3)),
    ] {
        let request = Request::get("/a").body(Vec::new()).unwrap();
        assert_eq!(answered(&document(schema), &request), (200, expected), "{schema}");
    }
}

#[test]
fn a_choice_within_one_that_is_told_by_a_name_has_that_name() {
    let text = document(
        "{discriminator: {propertyName: kind}, anyOf: [{oneOf: [{$ref: '#/components/schemas/A'}]}, \
         {$ref: '#/components/schemas/B'}]}",
    );
    let object = "{type: object, required: [kind], properties: {kind: {type: string}}}";
    let text = text.trim_end_matches('}').to_owned() + "}}}}}}}}, components: {schemas: {";
    let text = format!("{text}A: {object}, B: {object}}}}}}}");
    let request = Request::get("/a").body(Vec::new()).unwrap();
    assert_eq!(answered(&text, &request), (200, json!({"kind": "A"})));
}
