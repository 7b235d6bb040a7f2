//! Versions, repairs and refusals.

use std::path::Path;

use openapiv3::{ReferenceOr, SchemaKind, Type};
use serde_json::Value;

use super::*;
use crate::load::{Limits, load};
use crate::source::Memory;

fn source(text: &str) -> Source {
    let name = if text.starts_with('{') { "a.json" } else { "a.yaml" };
    load(&Memory::default().with(name, text), Path::new(name), Limits::default()).unwrap()
}

/// Each diagnostic as `line:column code pointer message`.
fn lines(diagnostics: &Diagnostics) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let place = d.location.as_ref().unwrap();
        let pointer = d.pointer.as_ref().unwrap();
        format!("{}:{} {} {pointer} {}", place.line, place.column, d.code, d.message)
    };
    diagnostics.iter().map(line).collect()
}

#[track_caller]
fn refused(text: &str, expected: &[&str]) {
    let source = source(text);
    let mut errors = normalise(source.clone()).unwrap_err();
    errors.locate(&source);
    errors.sort();
    assert_eq!(lines(&errors), expected, "{text}");
}

const HEAD: &str = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\n";

/// The schema of this YAML flow text, through the whole stage.
fn schema(text: &str) -> openapiv3::Schema {
    let text = format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{S: {text}}}}}");
    let (document, _) = normalise(source(&text)).unwrap();
    match &document.openapi.components.unwrap().schemas["S"] {
        ReferenceOr::Item(schema) => schema.clone(),
        ReferenceOr::Reference { reference } => panic!("{reference}"),
    }
}

#[test]
fn versions() {
    let supported = |version: &str| {
        let text = format!("info: {{title: t, version: 1}}\npaths: {{}}\nopenapi: {version}");
        normalise(source(&text)).is_ok()
    };
    assert!(supported("3.0.0") && supported("'3.0.4'") && supported("3.0"));
    assert!(supported("3.1.0") && supported("'3.2.0'") && supported("3.1"));
    refused(
        "info: {}\nopenapi: 3.3.0",
        &["2:1 unsupported-version /openapi OpenAPI 3.3.0 is not supported"],
    );
    refused("openapi: 3.10", &["1:1 unsupported-version /openapi OpenAPI 3.10 is not supported"]);
    refused("openapi: 3.01", &["1:1 unsupported-version /openapi OpenAPI 3.01 is not supported"]);
    refused("swagger: 1.2", &["1:1 unsupported-version /swagger Swagger 1.2 is not supported"]);
    refused(
        "{\n \"swagger\": \"1.2\"}",
        &["2:2 unsupported-version /swagger Swagger 1.2 is not supported"],
    );
    refused("openapi: [3]", &["1:1 invalid-document /openapi `openapi` is not a version number"]);
    refused(
        "paths: {}",
        &["1:1 invalid-document  the document does not say which version of \
                            OpenAPI it is written in"],
    );
}

#[test]
fn rules_of_another_type_are_left_out() {
    let kind = schema("{type: string, minItems: 3, maxProperties: 2, required: [a], minLength: 2}");
    match kind.schema_kind {
        SchemaKind::Type(Type::String(text)) => {
            assert_eq!(text.min_length, Some(2));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn text_is_taken_as_written() {
    let text = "openapi: 3.0.1\ninfo: {title: 2024, version: 1.10, description: }\n\
                paths: {/a: {get: {tags: [1.0, yes], operationId: true, responses: {200: \
                {description: 0x1F}}}}}";
    let (document, _) = normalise(source(text)).unwrap();
    assert_eq!(document.openapi.info.version, "1.10");
    assert_eq!(document.openapi.info.title, "2024");
    assert_eq!(document.openapi.info.description, None);
    let (_, _, operation) = document.openapi.operations().next().unwrap();
    assert_eq!(operation.tags, ["1.0", "yes"]);
    assert_eq!(operation.operation_id.as_deref(), Some("true"));
    let response = operation.responses.responses.values().next().unwrap().as_item().unwrap();
    assert_eq!(response.description, "0x1F");
}

#[test]
fn texts_without_quotation_marks_are_told() {
    let text = "openapi: 3.0.1\ninfo: {title: a, version: b}\npaths: {}\ncomponents: {schemas: {\
                A: {type: string, enum: [a, 5, true]}, B: {type: string, enum: ['5', null]}, \
                C: {type: integer, enum: [5]}}}";
    let (_, told) = normalise(source(text)).unwrap();
    let told: Vec<String> = told
        .iter()
        .map(|one| format!("{} {}", one.pointer.as_ref().unwrap(), one.message))
        .collect();
    assert_eq!(
        told,
        [
            "/components/schemas/A/enum/1 `type` says text, and `enum` lists 5, which is none: it is \
          read as one"
        ]
    );
}

#[test]
fn null_is_no_default_of_what_is_never_null() {
    for (written, is_told) in [
        ("{type: string, default: null}", true),
        ("{type: integer, enum: [1], default: null}", true),
        ("{type: string, nullable: true, default: null}", false),
        ("{type: string, enum: [a, null], default: null}", false),
        ("{default: null}", false),
        ("{type: object, allOf: [{nullable: true}], default: null}", false),
        ("{type: string, default: 'null'}", false),
    ] {
        let text = format!(
            "openapi: 3.0.1\ninfo: {{title: a, version: b}}\npaths: {{}}\ncomponents: {{schemas: {{A: \
             {written}}}}}"
        );
        let (_, told) = normalise(source(&text)).unwrap();
        let told = told.iter().filter(|one| one.message.starts_with("the default is null"));
        assert_eq!(told.count() == 1, is_told, "{written}");
    }
}

#[test]
fn bounds_keep_their_digits() {
    for (written, kept) in [
        ("0.1000000000000000055511151231257827", true),
        ("12345678901234567890.5", true),
        ("0.10", false),
        ("1.5e3", false),
        ("-2.25", false),
    ] {
        let schema = schema(&format!("{{type: number, minimum: {written}}}"));
        let exact = schema.schema_data.extensions.get(EXACT).and_then(|all| all.get("minimum"));
        assert_eq!(exact.and_then(Value::as_str), kept.then_some(written), "{written}");
    }
    let number = schema(
        "{type: number, default: 12345678901234567890123, minimum: 1, maximum: 12345678901234567890}",
    );
    let exact = number.schema_data.extensions.get(EXACT);
    let kept = serde_json::json!({
        "default": "12345678901234567890123", "maximum": "12345678901234567890"
    });
    assert_eq!(exact, Some(&kept));
    // The library reads a whole bound of more than 63 bits as a double.
    let schema = schema("{type: integer, minimum: 9223372036854775808, maximum: 20.0}");
    let exact = schema.schema_data.extensions.get(EXACT);
    assert_eq!(exact, Some(&serde_json::json!({"minimum": "9223372036854775808"})));
}

#[test]
fn values_of_an_enum_keep_their_digits() {
    for (written, kept) in [
        ("{enum: [1, 18446744073709551617, 1.5]}", Some(r#"{"1":"18446744073709551617"}"#)),
        ("{type: integer, enum: [-9223372036854775809]}", Some(r#"{"0":"-9223372036854775809"}"#)),
        ("{type: number, enum: [9007199254740993]}", Some(r#"{"0":"9007199254740993"}"#)),
        ("{enum: [0.10000000000000000001]}", Some(r#"{"0":"0.10000000000000000001"}"#)),
        // These are whole numbers of 64 bits, and those doubles as they are.
        ("{enum: [9007199254740993, 18446744073709551615]}", None),
        ("{type: integer, enum: [18446744073709551615, 2.0]}", None),
        ("{enum: [0.1, 1.50, 1e30, 18446744073709552000]}", None),
        ("{type: string, enum: [18446744073709551617]}", None),
    ] {
        let schema = schema(written);
        let exact = schema.schema_data.extensions.get(EXACT).and_then(|all| all.get("enum"));
        assert_eq!(exact.map(ToString::to_string).as_deref(), kept, "{written}");
    }
}

#[test]
fn a_number_that_no_double_holds_is_told() {
    for (written, at) in [
        ("{enum: [1e400, 2]}", Some("/components/schemas/A/enum/0")),
        ("{enum: [1, -2.5e+999]}", Some("/components/schemas/A/enum/1")),
        ("{enum: ['1e400']}", None),
        ("{enum: [\"1e400\"]}", None),
        ("{enum: [1e300, inf, a1e400]}", None),
        // What the type says of it, a later stage tells.
        ("{type: number, enum: [1e400]}", None),
        ("{type: string, enum: [1e400]}", None),
    ] {
        let text = format!(
            "openapi: 3.0.1\ninfo: {{title: a, version: b}}\npaths: {{}}\ncomponents: {{schemas: {{A: \
             {written}}}}}"
        );
        let (_, told) = normalise(source(&text)).unwrap();
        let mut told = told.iter().filter(|one| one.message.contains("64 bits"));
        let place = told.next().and_then(|one| one.pointer.as_ref());
        assert_eq!(place.map(|place| place.as_str()), at, "{written}");
    }
}

#[test]
fn whole_numbers_stay_integers() {
    let integer = schema("{type: integer, minimum: 1.0, maximum: 1e3, enum: [2.0, 3]}");
    let SchemaKind::Type(Type::Integer(integer)) = integer.schema_kind else { panic!() };
    assert_eq!((integer.minimum, integer.maximum), (Some(1), Some(1000)));
    assert_eq!(integer.enumeration, [Some(2), Some(3)]);
    let string = schema("{type: string, maxLength: 10.0, enum: [1.0, 2.50, null], pattern: 1}");
    let SchemaKind::Type(Type::String(string)) = string.schema_kind else { panic!() };
    assert_eq!(string.max_length, Some(10));
    assert_eq!(string.enumeration, [Some("1.0".to_owned()), Some("2.50".to_owned()), None]);
    assert_eq!(string.pattern.as_deref(), Some("1"));
    let number = schema("{type: number, minimum: 1.0}");
    assert!(matches!(number.schema_kind, SchemaKind::Type(Type::Number(_))));
    let object = schema("{type: object, required: [200, a], properties: , nullable: null}");
    let SchemaKind::Type(Type::Object(object)) = object.schema_kind else { panic!() };
    assert_eq!(object.required, ["200", "a"]);
}

#[test]
fn every_misfit_is_named_at_once() {
    let text = format!(
        "{HEAD}paths:
  a: {{}}
  /a:
    get:
      parameters: {{}}
      responses:
        20: {{description: x}}
        200: {{}}
  /b:
    get: [1]
    put:
      parameters:
        - {{name: x, in: body, schema: {{}}}}
        - {{name: y, in: query, style: simple}}
        - {{name: y, in: query, schema: {{}}, content: {{}}}}
      responses: {{}}
components:
  schemas:
    A: {{required: true, type: [string], items: [], minimum: a, maxLength: -1}}
    B: {{properties: [], additionalProperties: 1, allOf: [1, {{$ref: 2}}], enum: x}}
    C: text
  securitySchemes:
    K: {{type: apiKey}}
    O: {{type: oauth2, flows: {{clientCredentials: {{scopes: {{a: [], b: 1}}}}}}}}
    U: {{type: mutualTLS}}
"
    );
    refused(
        &text,
        &[
            "4:3 invalid-document /paths/a the path `a` has to begin with `/`",
            "7:7 invalid-document /paths/~1a/get/parameters `parameters` in an operation has to be a \
             list, not a mapping",
            "9:9 invalid-document /paths/~1a/get/responses/20 `20` is no status: expected one like \
             `404` or `4XX`, or `default`",
            "10:9 faulty-document /paths/~1a/get/responses/200 a response needs `description`",
            "12:5 invalid-document /paths/~1b/get an operation has to be a mapping, not a list",
            "15:21 invalid-document /paths/~1b/put/parameters/0/in `in` has to be one of `path`, `query`, \
             `header`, `cookie`, not `body`",
            "16:12 faulty-document /paths/~1b/put/parameters/1 there is neither `schema` nor \
             `content`: any value is allowed",
            "16:32 faulty-document /paths/~1b/put/parameters/1/style there is no style `simple` \
             here: the usual one is taken",
            "17:12 invalid-document /paths/~1b/put/parameters/2 a parameter has either `schema` or \
             `content`, not both",
            "21:41 faulty-document /components/schemas/A/items `items` in a schema has to be a mapping: the \
             value stays `serde_json::Value`",
            "22:9 faulty-document /components/schemas/B/properties `properties` in a schema has to be a mapping: the \
             value stays `serde_json::Value`",
            "23:5 faulty-document /components/schemas/C a schema has to be a mapping: the value stays \
             `serde_json::Value`",
            "26:51 faulty-document /components/securitySchemes/O/flows/clientCredentials/scopes \
             `scopes` in an OAuth flow has to be a mapping to text",
        ],
    );
}

#[test]
fn hooks_are_carried_beside_the_document() {
    let text = format!(
        "{HEAD}paths:
  /a:
    post:
      callbacks: {{done: {{$ref: '#/components/callbacks/Done'}}, x-no: {{}}, bad: 1}}
      responses: {{200: {{description: x}}}}
  /b:
    put:
      callbacks: {{own: {{$ref: '#/components/callbacks/Done'}}, u: {{'{{$url}}': {{get: {{tags: 1}}}}}}}}
      responses: {{200: {{description: x}}}}
webhooks: {{w: {{patch: {{parameters: 1, operationId: 2}}, head: 3}}}}
components:
  callbacks: {{Done: {{x-a: 1, http://x: {{post: {{security: no}}}}}}}}
"
    );
    let source = source(&text);
    let (document, mut warnings) = normalise(source.clone()).unwrap();
    warnings.locate(&source);
    warnings.sort();
    assert_eq!(
        lines(&warnings),
        [
            "6:74 faulty-document /paths/~1a/post/callbacks/bad a callback has to be a mapping: it is \
             left out",
            "12:56 faulty-document /webhooks/w/head an operation has to be a mapping: it is left out",
        ]
    );
    let hooks: Vec<String> = document
        .hooks
        .iter()
        .map(|hook| match &hook.cause {
            Cause::Webhook => format!("{} {} {}", hook.at, hook.name, hook.method),
            Cause::Callback { expression, owners } => {
                let owners: Vec<&str> = owners.iter().map(|at| at.as_str()).collect();
                format!("{} {} {} {expression} {owners:?}", hook.at, hook.name, hook.method)
            }
        })
        .collect();
    assert_eq!(
        hooks,
        [
            "/webhooks/w/patch w patch",
            "/components/callbacks/Done/http:~1~1x/post Done post http://x \
             [\"/paths/~1a/post\", \"/paths/~1b/put\"]",
            "/paths/~1b/put/callbacks/u/{$url}/get u get {$url} [\"/paths/~1b/put\"]",
        ]
    );
    assert_eq!(document.hooks[0].operation.operation_id.as_deref(), Some("2"));
    assert!(document.openapi.components.unwrap().callbacks.is_empty());
}

#[test]
fn a_webhook_may_be_a_path_that_the_client_calls() {
    let text = format!(
        "{HEAD}paths:
  /a:
    post:
      parameters: [{{$ref: '#/components/parameters/P'}}]
      callbacks: {{done: {{$ref: '#/components/callbacks/Done'}}}}
      responses: {{200: {{$ref: '#/components/responses/R'}}}}
webhooks: {{w: {{$ref: '#/paths/~1a'}}}}
components:
  parameters: {{P: {{name: p, in: query, schema: {{}}}}}}
  responses: {{R: {{description: x}}}}
  callbacks: {{Done: {{http://x: {{post: {{responses: {{}}}}}}}}}}
"
    );
    let (document, _) = normalise(source(&text)).unwrap();
    let hook = &document.hooks[0];
    assert_eq!((hook.at.as_str(), &*hook.method), ("/webhooks/w/post", "post"));
    assert!(hook.operation.callbacks.is_empty() && hook.operation.parameters.is_empty());
    // The operation keeps what the webhook does not need.
    let paths = document.openapi.paths.paths;
    let called = paths["/a"].as_item().unwrap().post.as_ref().unwrap();
    assert_eq!((called.parameters.len(), called.responses.responses.len()), (1, 1));
}

#[test]
fn deep_schemas_fit_on_the_stack() {
    let depth = 90;
    let text = format!("{}{{}}{}", "{not: ".repeat(depth), "}".repeat(depth));
    let SchemaKind::Not { .. } = schema(&text).schema_kind else { panic!() };
}

/// What is told of one schema in a document of this version.
fn told_of(version: &str, schema: &str) -> Vec<String> {
    let text = format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: \
         {schema}}}}}"
    );
    let (source, _) = upgrade(source(&text));
    let (_, told) = normalise(source).unwrap();
    told.iter().map(|one| one.message.clone()).collect()
}

#[test]
fn a_list_without_items_is_a_fault_where_the_specification_requires_them() {
    for (version, schema, is_told) in [
        ("3.0.3", "{type: array}", true),
        ("3.0.3", "{type: array, items: {}}", false),
        ("3.1.0", "{type: array}", false),
        ("3.1.0", "{type: [array, string]}", false),
        ("3.1.0", "{oneOf: [{type: array}, {type: string}]}", false),
    ] {
        let told = told_of(version, schema);
        let is_one = |message: &String| message.starts_with("a list needs `items`");
        assert_eq!(told.iter().any(is_one), is_told, "{version} {schema} {told:?}");
    }
}

#[test]
fn contents_are_those_of_texts() {
    for (schema, expected) in [
        ("{type: string, contentSchema: {type: object}}", "`contentSchema` is not read"),
        ("{type: ['null', string], contentSchema: {type: object}}", "`contentSchema` is not read"),
        ("{contentSchema: {type: object}}", "`contentSchema` is not read"),
        (
            "{type: object, contentSchema: {type: object}}",
            "`contentSchema` beside a type that is no",
        ),
    ] {
        let told = told_of("3.1.0", schema);
        assert!(matches!(told.as_slice(), [one] if one.starts_with(expected)), "{schema} {told:?}");
    }
}
