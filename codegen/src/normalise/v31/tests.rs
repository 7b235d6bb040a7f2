//! Each rule on one schema, then what concerns the whole document.

use std::path::Path;

use serde_json::{Value, json};

use super::*;
use crate::load::{Limits, load};
use crate::source::Memory;

fn rewritten(text: &str) -> (Source, Diagnostics) {
    let source =
        load(&Memory::default().with("a.yaml", text), Path::new("a.yaml"), Limits::default())
            .unwrap();
    upgrade(source)
}

/// What becomes of the components' schemas that this YAML flow text holds.
fn schemas(text: &str) -> Value {
    let text = format!("openapi: 3.1.0\ncomponents: {{schemas: {text}}}");
    rewritten(&text).0.root["components"]["schemas"].clone()
}

#[track_caller]
fn check(schema: &str, expected: Value) {
    assert_eq!(schemas(&format!("{{S: {schema}}}"))["S"], expected, "{schema}");
}

#[test]
fn types() {
    check("{type: [string, 'null']}", json!({"type": "string", "nullable": true}));
    check("{type: [integer, number]}", json!({"type": "number"}));
    check(
        "{type: 'null', enum: [a, null]}",
        json!({"enum": [null], "nullable": true, "x-specwright-null": "all"}),
    );
    check("{type: 'null', const: null}", json!({"enum": [null], "nullable": true}));
    check(
        "{type: [string], const: null}",
        json!({"type": "string", "enum": [null], "x-specwright-null": "none"}),
    );
    check(
        "{type: [string], nullable: true, enum: [null]}",
        json!({"type": "string", "enum": [null], "nullable": true}),
    );
    check("{type: string, enum: [a, null]}", json!({"type": "string", "enum": ["a", null]}));
    check("{type: 'null'}", json!({"enum": [null], "nullable": true}));
    check("{type: []}", json!({}));
    check("{const: a}", json!({"enum": ["a"]}));
    check("{const: null}", json!({"enum": [null]}));
    check("{const: a, enum: [a, b]}", json!({"enum": ["a"]}));
    check("{const: a, enum: [b]}", json!({"enum": ["a"], "allOf": [{"enum": ["b"]}]}));
    check("{type: [integer, string], enum: [true]}", json!({"type": "integer", "enum": [true]}));
    check(
        "{type: [string, integer], title: T, maxLength: 3, format: int32}",
        json!({
            "title": "T",
            "anyOf": [
                {"type": "string", "maxLength": 3},
                {"type": "integer", "format": "int32"},
            ],
        }),
    );
    // What is of none of the types is listed all the same.
    check(
        "{type: [integer, boolean], enum: [2.0, a, true]}",
        json!({
            "anyOf": [
                {"type": "integer", "enum": [2.0, "a"]},
                {"type": "boolean", "enum": [true]},
            ],
        }),
    );
    check(
        "{type: [string, boolean, array], enum: [a, true, null]}",
        json!({
            "nullable": true,
            "anyOf": [
                {"type": "string", "enum": ["a"]},
                {"type": "boolean", "enum": [true]},
            ],
        }),
    );
    check("{type: [string, number, boolean, object, array]}", json!({}));
    // What says more of the value than a list of types keeps the word.
    check("{type: [string, object], anyOf: [{}, {}]}", json!({"anyOf": [{}, {}]}));
    // What is no type at all is left for those who refuse it.
    check("{type: [1]}", json!({"type": [1]}));
}

#[test]
fn bounds() {
    let exclusive = json!({"minimum": 3, "exclusiveMinimum": true});
    check("{exclusiveMinimum: 3}", exclusive.clone());
    check("{minimum: 1, exclusiveMinimum: 3}", exclusive.clone());
    check("{minimum: 3, exclusiveMinimum: 3}", exclusive);
    check("{minimum: 5, exclusiveMinimum: 3}", json!({"minimum": 5}));
    check("{maximum: 5, exclusiveMaximum: 9}", json!({"maximum": 5}));
    // The spelling of 3.0, which many documents of 3.1 kept.
    check("{minimum: 1, exclusiveMinimum: true}", json!({"minimum": 1, "exclusiveMinimum": true}));
}

#[test]
fn contents() {
    let format = |name: &str| json!({"type": "string", "format": name});
    let without = |schema: &str| {
        let mut schema = schemas(&format!("{{S: {schema}}}"))["S"].clone();
        let map = schema.as_object_mut().unwrap();
        map.retain(|key, _| !key.starts_with("content"));
        schema
    };
    assert_eq!(without("{type: string, contentEncoding: base64}"), format("byte"));
    assert_eq!(without("{contentEncoding: base64url}"), format("base64url"));
    assert_eq!(without("{contentMediaType: application/octet-stream}"), format("binary"));
    let content = |name: &str| json!({"x-specwright-content": name});
    assert_eq!(without("{contentMediaType: application/json}"), content("application/json"));
    assert_eq!(
        without("{contentMediaType: text/csv; charset=x, format: csv}"),
        json!({"format": "csv", "x-specwright-content": "text/csv; charset=x"})
    );
}

#[test]
fn collections() {
    let items = |schema: &str| schemas(&format!("{{S: {schema}}}"))["S"]["items"].clone();
    let (a, b) = (json!({"type": "string"}), json!({"type": "integer"}));
    assert_eq!(items("{prefixItems: [{type: string}, {type: string}], items: false}"), a);
    assert_eq!(
        items("{prefixItems: [{type: string}], items: {type: integer}}"),
        json!({"anyOf": [a, b]})
    );
    assert_eq!(items("{prefixItems: [{type: string}], maxItems: 1}"), a);
    assert_eq!(items("{prefixItems: [{type: string}]}"), json!({}));
    let values =
        |schema: &str| schemas(&format!("{{S: {schema}}}"))["S"]["additionalProperties"].clone();
    assert_eq!(values("{patternProperties: {a: {type: string}}, additionalProperties: false}"), a);
    assert_eq!(
        values("{patternProperties: {a: {type: string}}, additionalProperties: {type: integer}}"),
        json!({"anyOf": [a, b]})
    );
    assert_eq!(values("{patternProperties: {a: true}}"), json!({}));
    // What no pattern matches may be anything, unless the schema says otherwise.
    assert_eq!(values("{patternProperties: {a: {type: string}}}"), json!({}));
    assert_eq!(
        values("{patternProperties: {a: {type: string}}, additionalProperties: true}"),
        json!({})
    );
    assert_eq!(values("{patternProperties: {^.*$: {type: string}}}"), a);
    assert_eq!(values("{patternProperties: {^.$: {type: string}}}"), json!({}));
    assert_eq!(values("{patternProperties: {'': {type: string}, x: {type: string}}}"), a);
    assert_eq!(values("{patternProperties: {a: {type: string}}, unevaluatedProperties: false}"), a);
    assert_eq!(
        values("{patternProperties: {a: {type: string}, b: false}, additionalProperties: false}"),
        a
    );
    assert_eq!(
        values("{patternProperties: {a: {type: string}}, unevaluatedProperties: {type: integer}}"),
        json!({"anyOf": [a, b]})
    );
    assert_eq!(values("{unevaluatedProperties: {type: string}}"), a);
    assert_eq!(values("{unevaluatedProperties: false}"), Value::Null);
}

#[test]
fn what_a_condition_declares_may_be_missing() {
    let schema = schemas(
        "{S: {properties: {a: {type: string}}, if: {}, then: {properties: {a: {}, b: {const: 1}}}, \
         dependentSchemas: {a: {properties: {c: true}}}}}",
    )["S"]
        .clone();
    assert_eq!(schema["properties"], json!({"a": {"type": "string"}, "b": {"enum": [1]}, "c": {}}));
    assert_eq!(schema.get("required"), None);
}

#[test]
fn what_several_conditions_declare_is_any_of_it() {
    let properties = |schema: &str| schemas(&format!("{{S: {schema}}}"))["S"]["properties"].clone();
    let (a, b) = (json!({"type": "string"}), json!({"type": "integer"}));
    for (schema, expected) in [
        (
            "{then: {properties: {x: {type: string}}}, else: {properties: {x: {type: integer}}}}",
            json!({"anyOf": [a, b]}),
        ),
        ("{then: {properties: {x: {type: string}}}, else: {properties: {x: {type: string}}}}", {
            a.clone()
        }),
        ("{then: {properties: {x: {type: string}}}, else: {properties: {x: true}}}", json!({})),
        ("{then: {properties: {x: {type: string}}}, else: {properties: {x: false}}}", a.clone()),
        ("{then: {properties: {x: false}}}", json!({"not": {}})),
        (
            "{dependentSchemas: {k: {properties: {x: {type: string}}}, \
             l: {properties: {x: {type: integer}}}}}",
            json!({"anyOf": [a, b]}),
        ),
        ("{properties: {x: {type: string}}, then: {properties: {x: {minLength: 1}}}}", a.clone()),
    ] {
        assert_eq!(properties(schema)["x"], expected, "{schema}");
    }
}

#[test]
fn conditions_of_several_members_declare_any_of_it() {
    let (a, b) = (json!({"type": "string"}), json!({"type": "integer"}));
    let when = |kind: &str| format!("{{if: {{}}, then: {{properties: {{x: {{type: {kind}}}}}}}}}");
    let members = |first: &str, second: &str, beside: &str| {
        let schema =
            schemas(&format!("{{S: {{allOf: [{first}, {second}]{beside}}}}}"))["S"].clone();
        let x = |holder: &Value| holder["properties"].get("x").cloned();
        (x(&schema), x(&schema["allOf"][0]), x(&schema["allOf"][1]))
    };
    let (text, number) = (when("string"), when("integer"));
    assert_eq!(
        members(&text, &number, ""),
        (None, Some(json!({"anyOf": [a, b]})), None),
        "each holds for some values"
    );
    assert_eq!(members(&text, &text, ""), (None, Some(a.clone()), None));
    // What is declared for all values is what that says.
    let firm = "{properties: {x: {type: string}}}";
    assert_eq!(members(firm, &number, ""), (None, Some(a.clone()), None));
    let beside = ", properties: {x: {type: string}}";
    assert_eq!(members(&text, &number, beside), (Some(a.clone()), None, None));
    let dependent = "{dependentSchemas: {k: {properties: {x: {type: string}}}}}";
    assert_eq!(members(dependent, &number, "").1, Some(json!({"anyOf": [a, b]})));
    // Without a condition both hold.
    let other = "{properties: {x: {type: integer}}}";
    assert_eq!(members(firm, other, ""), (None, Some(a), Some(b)));
}

#[test]
fn what_a_condition_brings_along_by_reference_is_declared() {
    let text = "{X: {properties: {q: {type: string}, e: {enum: [a]}}}, Y: {allOf: [{$ref: \
                '#/components/schemas/X'}], then: {$ref: '#/components/schemas/Y'}}, ";
    for (schema, names) in [
        ("{then: {$ref: '#/components/schemas/X'}}", vec!["q", "e"]),
        ("{else: {$ref: '#/components/schemas/Y'}}", vec!["q", "e"]),
        ("{dependentSchemas: {a: {$ref: '#/components/schemas/X'}}}", vec!["q", "e"]),
        ("{then: {allOf: [{properties: {w: {}}}, {$ref: '#/components/schemas/X'}]}}", {
            vec!["w", "q", "e"]
        }),
        ("{then: {oneOf: [{properties: {v: {}}}, {properties: {w: {}}}]}}", vec!["v", "w"]),
        ("{then: {anyOf: [{properties: {v: {}}}, {properties: {w: {}}}]}}", vec!["v", "w"]),
        ("{then: {properties: {v: {}}}}", vec!["v"]),
    ] {
        let all = schemas(&format!("{text}S: {schema}}}"));
        let properties = all["S"]["properties"].as_object().unwrap();
        assert_eq!(properties.keys().collect::<Vec<_>>(), names, "{schema}");
        if names.contains(&"e") {
            // One enum for both.
            assert_eq!(properties["q"], json!({"type": "string"}));
            assert_eq!(properties["e"], all["X"]["properties"]["e"], "{schema}");
            assert!(properties["e"].get("$ref").is_some());
        }
    }
    // A reference from elsewhere takes nothing away.
    let all = schemas(
        "{B: {then: {properties: {t: {type: string}}}}, U: {$ref: '#/components/schemas/B/then'}}",
    );
    assert_eq!(all["B"]["properties"], json!({"t": {"type": "string"}}));
}

#[test]
fn conditions_within_what_a_condition_brings_along_are_read() {
    let inner = "{properties: {n: {then: {oneOf: [{properties: {deep: {type: string}}}]}}}}";
    for branch in [
        inner.to_owned(),
        format!("{{oneOf: [{{}}, {inner}]}}"),
        format!("{{allOf: [{{anyOf: [{inner}]}}]}}"),
        format!("{{then: {inner}}}"),
        format!("{{oneOf: [{{else: {{allOf: [{inner}]}}}}]}}"),
        format!("{{anyOf: [{{dependentSchemas: {{k: {inner}}}}}]}}"),
    ] {
        for key in ["then", "else"] {
            let schema = schemas(&format!("{{S: {{{key}: {branch}}}}}"))["S"].clone();
            let deep = &schema["properties"]["n"]["properties"]["deep"];
            assert_eq!(*deep, json!({"type": "string"}), "{branch}");
        }
    }
    // By reference as well, and the schema that has it is the same for both.
    let all = schemas(&format!("{{S: {{then: {{$ref: '#/components/schemas/X'}}}}, X: {inner}}}"));
    assert_eq!(all["S"]["properties"]["n"], all["X"]["properties"]["n"]);
    let target = all["X"]["properties"]["n"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
    assert_eq!(all[target]["properties"]["deep"], json!({"type": "string"}));
}

/// What holds beside an alternative says of a property what that says, or less.
#[test]
fn what_a_branch_declares_itself_is_what_it_says() {
    let text = json!({"type": "string"});
    for word in ["oneOf", "anyOf", "allOf"] {
        let schema = schemas(&format!(
            "{{S: {{then: {{properties: {{x: {{type: string}}}}, {word}: [{{properties: {{x: {{const: \
             a}}, y: {{}}}}}}]}}}}}}"
        ))["S"]
            .clone();
        assert_eq!(schema["properties"], json!({"x": text, "y": {}}), "{word}");
    }
}

#[test]
fn what_conditions_bring_along_has_a_bound_that_is_told() {
    let properties: Vec<String> = (0..300).map(|index| format!("p{index}: {{}}")).collect();
    let told = |branches: usize| {
        let each =
            (0..branches).map(|index| format!("k{index}: {{$ref: '#/components/schemas/B'}}"));
        let each: Vec<String> = each.collect();
        let (source, _) = rewritten(&format!(
            "openapi: 3.1.0
components:
  schemas:
    S: {{dependentSchemas: {{{}}}}}
    T: {{then: {{$ref: '#/components/schemas/B'}}}}
    B: {{properties: {{{}}}}}
",
            each.join(", "),
            properties.join(", ")
        ));
        let places = report(&source.root);
        let cut =
            places.iter().filter(|told| told.message.contains("by reference is not declared"));
        cut.map(|told| told.pointer.as_ref().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told(300), [""; 0]);
    assert_eq!(told(340), ["/components/schemas/T/then", "/components/schemas/S/dependentSchemas"]);
}

/// References may lead on as long as they like.
#[test]
fn what_a_long_chain_leads_to_is_declared() {
    let links = (0..200).map(|link| {
        format!("L{link}: {{allOf: [{{$ref: '#/components/schemas/L{}'}}]}}, ", link + 1)
    });
    let text = format!(
        "{{{}L200: {{properties: {{q: {{type: string}}}}}}, S: {{then: {{$ref: \
         '#/components/schemas/L0'}}}}}}",
        links.collect::<String>()
    );
    assert_eq!(schemas(&text)["S"]["properties"], json!({"q": {"type": "string"}}));
}

#[test]
fn a_schema_is_found_behind_a_holder_that_moved() {
    let (source, _) = rewritten(
        "openapi: 3.1.0
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}}
components:
  parameters: {P: {name: p, in: query, schema: {enum: [x]}}}
  schemas:
    S: {$ref: '#/paths/~1a/get/parameters/0/schema'}
    N: {$ref: '#/paths/~1a/get/parameters/0/nothing'}
",
    );
    let schemas = &source.root["components"]["schemas"];
    let moved = &source.root["components"]["parameters"]["P"]["schema"];
    assert_eq!(schemas["S"], *moved);
    let target = moved["$ref"].as_str().unwrap().trim_start_matches('#');
    assert_eq!(source.root.pointer(target), Some(&json!({"enum": ["x"]})));
    assert_eq!(schemas["N"]["$ref"], "#/paths/~1a/get/parameters/0/nothing");
}

#[test]
fn maps_without_a_word_about_other_keys_are_told() {
    let (source, _) = rewritten(
        "openapi: 3.1.0
components: {schemas: {
  A: {patternProperties: {a: {type: string}}, additionalProperties: false},
  B: {patternProperties: {a: {type: string}}},
  C: {patternProperties: {a: {}}}}}
",
    );
    let told: Vec<String> = report(&source.root)
        .iter()
        .map(|d| format!("{} {}", d.pointer.as_ref().unwrap(), d.message))
        .collect();
    let (a, b) =
        ("/components/schemas/A/patternProperties", "/components/schemas/B/patternProperties");
    let places = "(2 places, of which this is the first)";
    assert_eq!(
        told,
        [
            format!(
                "{a} the patterns of `patternProperties` are not checked: any key may have such a \
                 value {places}"
            ),
            format!(
                "{b} a key that no pattern of `patternProperties` matches may have any value here, \
                 so that the values stay JSON"
            ),
        ]
    );
}

#[test]
fn values_with_words_of_their_own() {
    check(
        "{oneOf: [{const: a, title: A}, {const: b, description: The b.}, {type: 'null'}]}",
        json!({
            "enum": ["a", "b"],
            "x-enum-varnames": ["A", ""],
            "x-enum-descriptions": ["", "The b."],
            "nullable": true,
        }),
    );
    check(
        "{oneOf: [{const: a}, {const: b, title: B, deprecated: true, example: b}]}",
        json!({"enum": ["a", "b"], "x-enum-varnames": ["", "B"], "x-enum-deprecated": [false, true]}),
    );
    let open = json!({"anyOf": [{"enum": ["a"]}, {"type": "string"}]});
    check("{anyOf: [{const: a}, {type: string}]}", open);
}

#[test]
fn what_stands_beside_a_reference_counts() {
    let both = json!({"title": "T", "allOf": [{"$ref": "#/components/schemas/A"}]});
    let found = schemas("{S: {$ref: '#/components/schemas/A', title: T}, A: {type: string}}");
    assert_eq!(found["S"], both);
    let alone = schemas("{S: {$ref: '#/components/schemas/A', $comment: c}, A: {type: string}}");
    assert_eq!(alone["S"], json!({"$ref": "#/components/schemas/A", "$comment": "c"}));
}

#[test]
fn what_is_referred_to_becomes_a_component() {
    let found = schemas(
        "{A: {properties: {x: {$ref: '#/components/schemas/A/$defs/B'}, y: {type: string}}, \
         $defs: {B: {items: {$ref: '#/components/schemas/A/$defs/B/$defs/C'}, \
         $defs: {C: {$ref: '#/components/schemas/A/properties/y'}}}}}, C: {type: integer}}",
    );
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(found["A"]["properties"], json!({"x": reference("B"), "y": reference("A y")}));
    assert_eq!(found["B"]["items"], reference("A B C"));
    assert_eq!(found["A B C"], reference("A y"));
    assert_eq!(found["A y"], json!({"type": "string"}));
}

/// What stands under a key of someone's own is found from what refers to it, however long the way; a
/// response is no schema, and stays whole.
#[test]
fn schemas_are_found_under_any_key() {
    let found = schemas(
        "{C: {$ref: '#/components/schemas/A/x-own/one'}, D: {$ref: '#/components/responses/R'}, \
         A: {items: {$ref: '#/components/schemas/A/definitions/B'}, definitions: {B: {type: string}}, \
         x-own: {one: {items: {$ref: '#/components/schemas/A/x-own/two'}, properties: {p: {}}}, \
         two: {not: {$ref: '#/components/schemas/A/x-own/one/properties/p'}}}}}",
    );
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(found["A"]["items"], reference("B"));
    assert_eq!(found["C"], reference("A x-own one"));
    assert_eq!(found["A x-own one"]["items"], reference("A x-own two"));
    assert_eq!(found["A x-own two"]["not"], reference("A x-own one p"));
    assert_eq!(found["D"], json!({"$ref": "#/components/responses/R"}));
}

#[test]
fn names_of_schemas_lead_to_their_places() {
    let found = schemas(
        "{A: {$id: 'https://a/a', $dynamicAnchor: top, items: {$dynamicRef: '#top'}, \
         properties: {b: {$ref: '#/$defs/B'}}, $defs: {B: {type: string}}}, \
         C: {items: {$ref: 'https://a/a'}, not: {$ref: 'https://a/a#/$defs/B'}}, \
         D: {$ref: 'https://elsewhere/'}}",
    );
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(found["A"]["items"]["$ref"], reference("A")["$ref"]);
    assert_eq!(found["A"]["properties"]["b"], reference("B"));
    assert_eq!(found["C"], json!({"items": reference("A"), "not": reference("B")}));
    assert_eq!(found["D"], json!({"$ref": "https://elsewhere/"}));
}

#[test]
fn documents_do_without_paths_and_responses() {
    let (source, warnings) = rewritten(
        "openapi: 3.1.0
webhooks: {a: {get: {responses: {'200': {}}}}}
components:
  securitySchemes: {T: {type: mutualTLS}, K: {type: http, scheme: basic}}
  pathItems: {P: {get: {security: [{T: [], K: []}, {T: []}]}}}
paths: {/p: {$ref: '#/components/pathItems/P', summary: s}}
",
    );
    let root = source.root;
    let get = json!({"security": [{"K": []}, {}], "responses": {}});
    assert_eq!(root["paths"]["/p"], json!({"get": get, "summary": "s"}));
    assert_eq!(root["webhooks"]["a"]["get"]["responses"]["200"]["description"], "");
    assert_eq!(
        root["components"]["securitySchemes"],
        json!({"K": {"type": "http", "scheme": "basic"}})
    );
    let pointers: Vec<&str> =
        warnings.iter().filter_map(|d| d.pointer.as_ref()).map(|at| at.as_str()).collect();
    assert_eq!(pointers, ["/components/securitySchemes/T"]);
}

#[test]
fn what_loses_meaning_is_said_once_for_each_keyword() {
    let (source, _) = rewritten(
        "openapi: 3.1.0
components: {schemas: {A: {prefixItems: [{}], contains: {}}, B: {contains: {const: 1}, if: {const: 2}},
  C: {type: object, prefixItems: [{}], dependentSchemas: {a: false}},
  D: {type: object, prefixItems: [{}], dependentSchemas: {a: {minProperties: 2}, b: false}}}}
",
    );
    let lines: Vec<String> = report(&source.root)
        .iter()
        .map(|d| format!("{} {}", d.pointer.as_ref().unwrap(), d.message))
        .collect();
    assert_eq!(
        lines,
        [
            "/components/schemas/B/if conditions (`if`) are not checked: what they bring along may \
             be missing",
            "/components/schemas/D/dependentSchemas `dependentSchemas` is not checked: the properties it \
             brings along may be missing",
            "/components/schemas/C/dependentSchemas `dependentSchemas` is not checked: properties that it \
             excludes may be there",
            "/components/schemas/B/contains `contains` is not checked",
            "/components/schemas/A/prefixItems the places of this list (`prefixItems`) are not told \
             apart: some may be missing, or more may follow",
            "/components/schemas/C/prefixItems `prefixItems` beside a type that is no list means nothing (2 \
             places, of which this is the first)",
        ]
    );
}

#[test]
fn values_beside_a_type_of_null_are_told() {
    let (source, _) = rewritten(
        "openapi: 3.1.0
components: {schemas: {A: {type: 'null', enum: [null]}, B: {type: 'null', enum: [a]},
  C: {type: 'null', const: 5}, D: {type: integer, const: null}}}
",
    );
    let told: Vec<(String, bool)> = report(&source.root)
        .iter()
        .map(|told| {
            let at = source.written(told.pointer.as_ref().unwrap());
            (at.to_string(), told.message.contains("(2 places"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("/components/schemas/B/enum".to_owned(), true),
            ("/components/schemas/D/const".to_owned(), false),
        ]
    );
}

#[test]
fn documents_of_3_0_are_left_alone() {
    let text = "openapi: 3.0.3\ncomponents: {schemas: {A: {const: 1, type: [string, 'null']}}}";
    let source =
        load(&Memory::default().with("a.yaml", text), Path::new("a.yaml"), Limits::default())
            .unwrap();
    assert_eq!(upgrade(source.clone()).0.root, source.root);
}

#[test]
fn places_are_those_that_are_written() {
    let text = "openapi: 3.2.0
paths:
  /a:
    get:
      responses:
        '200':
          content:
            text/event-stream:
              itemSchema:
                properties:
                  pair: {prefixItems: [{type: string}, {const: b}], items: false, minItems: 2}
components:
  schemas:
    Loose: {prefixItems: [{type: string}, {type: string}, {type: integer}], items: {type: boolean}}
    Above: {type: number, minimum: 1, exclusiveMinimum: 2}
    Alike: {prefixItems: [{type: string}], items: false}
    Split: {type: [object, string], properties: {a: {const: b}}}
    Divided: {type: [boolean, integer], enum: [1, true, a, 2]}
    Then: {then: {properties: {a/b: {enum: [c]}}}}
    Else: {then: {properties: {a: {enum: [c]}}}, else: {properties: {a: {const: 1}}}}
    Part: {then: {oneOf: [{properties: {a: {const: 1}}}]}}
    Twice: {then: {allOf: [{else: {properties: {a: {const: 1}}}}]}}
    Member: {allOf: [{then: {properties: {a: {const: 1}}}}, {then: {properties: {a: {const: 2}}}}]}
    Files: {patternProperties: {'^/': {type: string}}, additionalProperties: false}
    Rest: {type: object, unevaluatedProperties: {type: string}}
    Listed: {oneOf: [{const: 1}, {const: 2}]}
    Beside: {description: It., $ref: '#/components/schemas/Rest'}
    Holder: {$defs: {Inner: {prefixItems: [{}], items: false, minItems: 1}}, $ref: '#/components/schemas/Holder/$defs/Inner'}
";
    let (source, _) = rewritten(text);
    let stream = "/paths/~1a/get/responses/200/content/text~1event-stream";
    for (tree, written) in [
        ("{stream}/schema", "{stream}/itemSchema"),
        ("{stream}/schema/items/properties/pair", "{stream}/itemSchema/properties/pair"),
        (
            "{stream}/schema/items/properties/pair/items/anyOf/1/enum/0",
            "{stream}/itemSchema/properties/pair/prefixItems/1/const",
        ),
        ("{schemas}/Loose/items/anyOf/1", "{schemas}/Loose/prefixItems/2"),
        ("{schemas}/Above/minimum", "{schemas}/Above/exclusiveMinimum"),
        ("{schemas}/Loose/items/anyOf/2/type", "{schemas}/Loose/items/type"),
        ("{schemas}/Alike/items", "{schemas}/Alike/prefixItems/0"),
        ("{schemas}/Split/anyOf/0/properties/a/enum", "{schemas}/Split/properties/a/const"),
        ("{schemas}/Divided/anyOf/0/enum/0", "{schemas}/Divided/enum/1"),
        ("{schemas}/Divided/anyOf/0/enum/1", "{schemas}/Divided/enum/2"),
        ("{schemas}/Divided/anyOf/1/enum/0", "{schemas}/Divided/enum/0"),
        ("{schemas}/Divided/anyOf/1/enum/1", "{schemas}/Divided/enum/3"),
        ("{schemas}/Then/properties/a~1b/enum", "{schemas}/Then/then/properties/a~1b/enum"),
        ("{schemas}/Else/properties/a/anyOf/1/enum", "{schemas}/Else/else/properties/a/const"),
        ("{schemas}/Part/properties/a/enum", "{schemas}/Part/then/oneOf/0/properties/a/const"),
        (
            "{schemas}/Twice/properties/a/enum",
            "{schemas}/Twice/then/allOf/0/else/properties/a/const",
        ),
        (
            "{schemas}/Member/allOf/0/properties/a/anyOf/1/enum",
            "{schemas}/Member/allOf/1/then/properties/a/const",
        ),
        ("{schemas}/Files/additionalProperties", "{schemas}/Files/patternProperties/^~1"),
        ("{schemas}/Rest/additionalProperties", "{schemas}/Rest/unevaluatedProperties"),
        ("{schemas}/Listed/enum/1", "{schemas}/Listed/oneOf/1"),
        ("{schemas}/Beside/allOf/0/$ref", "{schemas}/Beside/$ref"),
        ("{schemas}/Inner/items/anyOf/0", "{schemas}/Holder/$defs/Inner/prefixItems/0"),
    ] {
        let spelled = |text: &str| {
            let text = text.replace("{stream}", stream).replace("{schemas}", "/components/schemas");
            crate::pointer::Pointer::parse(&text).unwrap()
        };
        assert!(spelled(tree).lookup(&source.root).is_some(), "{tree}");
        assert_eq!(source.written(&spelled(tree)), spelled(written), "{tree}");
    }
}
