use openapiv3::OpenAPI;
use serde_json::{Value, json};

use super::document;

/// A document with one schema, and nearly nothing else.
fn with_schema(schema: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {"S": schema}},
    })
}

/// A document with one operation.
fn with_operation(operation: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/": {"get": operation}},
    })
}

fn by_openapiv3(root: Value) -> Result<OpenAPI, String> {
    serde_json::from_value(root).map_err(|error| error.to_string())
}

/// Both read it, and to the same.
fn assert_same(root: &Value) {
    let theirs = by_openapiv3(root.clone()).unwrap_or_else(|error| panic!("{error}: {root}"));
    let ours = document(root.clone()).unwrap_or_else(|unfit| panic!("{unfit:?}: {root}"));
    assert_eq!(ours, theirs, "{root}");
    // Two maps are equal in whatever order their keys are.
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{root}");
}

/// A schema of each kind, and mixtures of them.
const SCHEMAS: &str = r##"[
    {},
    {"$ref": "#/components/schemas/T"},
    {"$ref": "#/components/schemas/T", "type": "string", "description": "beside"},
    {"$ref": 5, "type": "string"},
    {"type": "string"},
    {"type": "string", "format": "date-time", "minLength": 1, "maxLength": 2, "pattern": "a"},
    {"type": "string", "format": "own"},
    {"type": "string", "enum": ["a", null, "b"], "nullable": true},
    {"type": "string", "enum": []},
    {"type": "string", "enum": ["a", 1]},
    {"type": "string", "minimum": 1},
    {"type": "string", "pattern": null, "minimum": null, "enum": null},
    {"type": "number", "format": "double", "multipleOf": 0.5, "minimum": 1, "maximum": 2.5},
    {"type": "number", "exclusiveMinimum": true, "minimum": 0, "enum": [1, 2.5, null]},
    {"type": "number", "pattern": "1"},
    {"type": "integer", "format": "int32", "minimum": -1, "maximum": 10, "multipleOf": 2},
    {"type": "integer", "format": "uint8", "exclusiveMaximum": true, "enum": [1, null]},
    {"type": "integer", "minimum": 1.5},
    {"type": "integer", "maximum": 18446744073709551615},
    {"type": "integer", "enum": [1, 1.5]},
    {"type": "boolean", "enum": [true, null]},
    {"type": "boolean", "format": "own"},
    {"type": "object"},
    {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}, "a": {}}},
    {"type": "object", "additionalProperties": true, "minProperties": 1, "maxProperties": 2},
    {"type": "object", "additionalProperties": {"type": "object", "properties": {"c": {}}}},
    {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/T"}},
    {"type": "object", "additionalProperties": null, "required": null},
    {"type": "object", "oneOf": [{"required": ["a"]}]},
    {"type": "object", "enum": [{}]},
    {"type": "array", "items": {"type": "array", "items": {}}, "uniqueItems": true},
    {"type": "array", "items": {"$ref": "#/components/schemas/T"}, "minItems": 1, "maxItems": 2},
    {"type": "array", "items": null},
    {"type": "array", "properties": {}},
    {"type": "strange", "format": "own"},
    {"type": null, "oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/T"}]},
    {"oneOf": []},
    {"anyOf": [{"type": "string"}, {}], "discriminator": {"propertyName": "kind"}},
    {"allOf": [{"$ref": "#/components/schemas/T"}, {"type": "object"}]},
    {"allOf": [{}], "oneOf": [{}]},
    {"allOf": [{}], "properties": {"a": {}}},
    {"allOf": [], "enum": []},
    {"not": {"type": "string"}},
    {"not": {"$ref": "#/components/schemas/T"}, "type": "object"},
    {"properties": {"a": {}}},
    {"enum": [1, "a", null, {"b": []}]},
    {"minimum": 1, "maximum": 2, "multipleOf": 0.1, "minLength": 1, "minItems": 2},
    {
        "type": "string", "title": "T", "description": "D", "nullable": true, "readOnly": true,
        "writeOnly": false, "deprecated": true, "example": "e", "default": "d",
        "externalDocs": {"url": "https://example.org/", "x-a": 1}, "x-b": {"c": null}, "other": 1
    },
    {"title": null, "description": null, "example": null, "default": null, "externalDocs": null},
    {"x-a": null, "x-b": 1},
    {"discriminator": {"propertyName": "k", "mapping": {"b": "#/b", "a": "#/a"}}}
]"##;

#[test]
fn schemas_are_what_openapiv3_makes_of_them() {
    let schemas: Vec<Value> = serde_json::from_str(SCHEMAS).expect("a list");
    for schema in schemas {
        assert_same(&with_schema(schema));
    }
}

#[test]
fn operations_are_what_openapiv3_makes_of_them() {
    let schema = json!({"type": "string"});
    let media = json!({
        "application/json": {
            "schema": {"$ref": "#/components/schemas/T"}, "example": 1, "x-a": 2,
            "examples": {
                "b": {"value": {"c": null}, "summary": "s"}, "a": {"$ref": "#/a"},
                "n": {"value": null, "externalValue": "https://example.org/", "description": "d"},
            },
            "encoding": {"p": {"contentType": "text/plain", "explode": true, "style": "form"}},
        },
        "text/plain": {"schema": null},
    });
    let operations = json!([
        {"responses": {}},
        {"responses": {
            "default": {"$ref": "#/components/responses/R"}, "200": {"description": "d"},
            "4XX": {"description": "", "content": media}, "5xx": {"description": ""},
            "x-a": 1, "other": {"description": ""}, "+20": {}, "99": {}, "2XY": {},
        }},
        {"responses": {"default": null, "204": {"description": "d", "headers": {
            "A": {"schema": schema, "required": true, "style": "simple", "explode": true},
            "B": {"$ref": "#/components/headers/B"},
            "C": {"content": media, "description": "d", "deprecated": true, "x-a": 1},
        }, "links": {"l": {"operationId": "o", "parameters": {"p": "$request.body"}}}}}},
        {
            "tags": ["b", "a"], "summary": "s", "description": null, "operationId": "o",
            "deprecated": true, "security": [{"k": ["s"]}, {}], "servers": [{"url": "/"}],
            "externalDocs": {"url": "/"}, "x-a": [1], "callbacks": {}, "other": 1,
            "requestBody": {"content": media, "required": true, "description": "d", "x-a": 1},
            "responses": {"200": {"description": "d"}},
        },
        {"requestBody": {"$ref": "#/components/requestBodies/B"}, "responses": {}},
        {"requestBody": {}, "security": null, "responses": {}},
        {"responses": {}, "parameters": [
            {"$ref": "#/components/parameters/P"},
            {"name": "a", "in": "query", "schema": schema, "style": "deepObject", "explode": false},
            {"name": "b", "in": "query", "content": media, "allowReserved": true, "required": true},
            {"name": "c", "in": "query", "schema": schema, "allowEmptyValue": true, "x-a": 1},
            {"name": "d", "in": "header", "schema": schema, "example": 1, "deprecated": false},
            {"name": "e", "in": "path", "schema": schema, "style": "matrix", "allowReserved": 5},
            {"name": "f", "in": "cookie", "schema": schema, "examples": {"e": {"value": 1}}},
            {"name": "g", "in": "query", "content": media, "schema": schema},
        ]},
    ]);
    for operation in operations.as_array().into_iter().flatten() {
        assert_same(&with_operation(operation.clone()));
    }
}

#[test]
fn documents_are_what_openapiv3_makes_of_them() {
    assert_same(&json!({
        "openapi": "3.0.3", "x-a": 1, "other": 2, "externalDocs": {"url": "/"},
        "info": {"title": "t", "version": "1", "contact": {"name": "n"}, "x-b": null},
        "servers": [{"url": "{v}", "variables": {"v": {"default": "a", "enum": ["a", "b"]}}}],
        "tags": [{"name": "b"}, {"name": "a", "description": "d"}],
        "security": [{"k": []}],
        "paths": {
            "x-c": 1, "other": {}, "/b": {"$ref": "#/paths/~1a"},
            "/a": {
                "summary": "s", "description": "d", "x-d": 1, "servers": [],
                "parameters": [{"$ref": "#/components/parameters/P"}],
                "put": {"responses": {}}, "delete": null, "trace": {"responses": {}},
            },
        },
        "components": {
            "x-e": 1, "schemas": {"b": {}, "a": {"$ref": "#/components/schemas/b"}},
            "responses": {"R": {"description": ""}, "S": {"$ref": "#/components/responses/R"}},
            "parameters": {"P": {"name": "p", "in": "query", "schema": {}}},
            "examples": {"E": {"value": 1}}, "requestBodies": {"B": {"content": {}}},
            "headers": {"H": {"schema": {}}}, "links": {"L": {"operationRef": "#/paths/~1a/put"}},
            "securitySchemes": {"k": {"type": "http", "scheme": "basic"}, "r": {"$ref": "#/k"}},
            "callbacks": {},
        },
    }));
    assert_same(&json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
        "components": null, "security": null, "externalDocs": null}));
}

#[test]
fn what_openapiv3_refuses_is_refused_at_its_place() {
    let table = [
        (json!({"openapi": "3.0.3", "paths": {}}), ""),
        (json!([]), ""),
        (with_schema(json!(5)), "/components/schemas/S"),
        (with_schema(json!({"nullable": null})), "/components/schemas/S/nullable"),
        (with_schema(json!({"type": ["string"]})), "/components/schemas/S/type"),
        (with_schema(json!({"minLength": -1})), "/components/schemas/S/minLength"),
        (with_schema(json!({"maxItems": 1.5})), "/components/schemas/S/maxItems"),
        (
            with_schema(json!({"properties": {"a": {"allOf": [{}, {"title": 1}]}}})),
            "/components/schemas/S/properties/a/allOf/1/title",
        ),
        (with_schema(json!({"required": ["a", 1]})), "/components/schemas/S/required/1"),
        (with_operation(json!({})), "/paths/~1/get"),
        (with_operation(json!({"responses": {"200": {}}})), "/paths/~1/get/responses/200"),
        (
            with_operation(json!({"responses": {}, "parameters": [{"in": "query", "name": "a"}]})),
            "/paths/~1/get/parameters/0",
        ),
        (
            with_operation(json!({"responses": {}, "parameters": [
                {"in": "body", "name": "a", "schema": {}}]})),
            "/paths/~1/get/parameters/0",
        ),
    ];
    for (root, place) in table {
        assert!(by_openapiv3(root.clone()).is_err(), "{root}");
        let unfit = document(root.clone()).map(drop).expect_err(&root.to_string());
        assert_eq!(unfit.below(&crate::pointer::Pointer::root()).as_str(), place, "{root}");
        assert!(!unfit.message.is_empty());
    }
}

/// A document nests a hundred levels at most, of which a schema takes two.
#[test]
fn a_caller_needs_little_stack() {
    let nested = (0..50).fold(json!({"type": "string"}), |inner, level| match level % 3 {
        0 => json!({"type": "array", "items": inner}),
        1 => json!({"properties": {"a": inner}}),
        _ => json!({"allOf": [inner]}),
    });
    let read = || document(with_schema(nested)).map(drop);
    let thread = std::thread::Builder::new().stack_size(1 << 19).spawn(read).expect("a thread");
    thread.join().expect("enough stack").expect("a document");
}
