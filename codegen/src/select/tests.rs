//! Broken references and what they are called; what a selection keeps.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::diagnostics::Diagnostic;
use crate::source::Format;

/// A document around the given members, written as JSON.
fn document(members: Value) -> Source {
    let mut root = json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}});
    for (key, value) in members.as_object().unwrap() {
        root[key] = value.clone();
    }
    let text = serde_json::to_string_pretty(&root).unwrap();
    Source::new(PathBuf::from("a.json"), Arc::from(text), Format::Json, root)
}

/// Each diagnostic as `code pointer message [help]`, warnings too.
fn refusals(members: Value, operations: &[&str]) -> Vec<String> {
    let selection = Selection {
        operations: operations.iter().map(|&id| id.to_owned()).collect(),
        ..Selection::default()
    };
    let diagnostics = match select(&document(members), &selection) {
        Ok((_, warnings)) => warnings,
        Err(all) => all,
    };
    let line = |d: &Diagnostic| {
        let pointer = d.pointer.as_ref().unwrap();
        let help = d.help.as_ref().map(|help| format!(" [{help}]")).unwrap_or_default();
        format!("{} {pointer} {}{help}", d.code, d.message)
    };
    diagnostics.iter().map(line).collect()
}

fn schemas(schemas: Value) -> Value {
    json!({"components": {"schemas": schemas}})
}

#[test]
fn references_that_lead_nowhere() {
    assert_eq!(
        refusals(
            schemas(json!({
                "Snapshot": {"items": {"$ref": "#/components/schemas/Snapshto"}},
                "Other": {"$ref": "#/components/schemas/Snapshto"},
                "Odd": {"not": {"$ref": "#Anchor"}},
                "Deep": {"$ref": "#/components/schemas/Snapshot/items/x"},
            })),
            &[]
        ),
        [
            "unresolved-reference /components/schemas/Snapshot/items/$ref \
             `#/components/schemas/Snapshto` refers to nothing in the document: \
             the value stays `serde_json::Value` [did you mean `Snapshot`?; 2 references lead there]",
            "unsupported-reference /components/schemas/Odd/not/$ref \
             `#Anchor` is not a reference: after the `#` comes a JSON pointer, `/…`: \
             the value stays `serde_json::Value` [within the document it is one like \
             `#/components/schemas/…`, to a file its path]",
            "unresolved-reference /components/schemas/Deep/$ref \
             `#/components/schemas/Snapshot/items/x` refers to nothing in the document: \
             the value stays `serde_json::Value` [add what it names to the document, or \
             correct the reference]",
        ]
    );
}

#[test]
fn what_a_broken_reference_leaves() {
    let broken = |section: &str| json!({"$ref": format!("#/components/{section}/Gone")});
    let answer = json!({
        "description": "x",
        "headers": {"A": broken("headers"), "B": {"schema": broken("schemas")}},
        "links": {"next": broken("links")},
    });
    let paths = |responses: Value| json!({"paths": {"/a": {"get": {"responses": responses}}}});
    let (source, warnings) =
        select(&document(paths(json!({"200": answer}))), &Selection::default()).unwrap();
    assert_eq!(warnings.len(), 3);
    let left = &source.root["paths"]["/a"]["get"]["responses"]["200"];
    let why = "`#/components/schemas/Gone` refers to nothing in the document";
    let marked = json!({"schema": {"x-specwright-fault": why}});
    assert_eq!(*left, json!({"description": "x", "headers": {"B": marked}, "links": {}}));
    assert_eq!(
        refusals(paths(json!({"200": broken("responses")})), &[]),
        ["unresolved-reference /paths/~1a/get/responses/200/$ref \
          `#/components/responses/Gone` refers to nothing in the document [add what it names to the document, or \
             correct the reference]"]
    );
    assert!(
        select(&document(paths(json!({"200": broken("responses")}))), &Selection::default())
            .is_err()
    );
}

#[test]
fn a_choice_is_not_refused_for_what_it_does_not_reach() {
    let answer = |id: &str, section: &str| {
        json!({"get": {"operationId": id, "responses": {
            "200": {"$ref": format!("#/components/responses/{section}")},
        }}})
    };
    let members = json!({
        "paths": {"/a": answer("a", "Here"), "/b": answer("b", "Gone")},
        "components": {"responses": {"Here": {"description": "x"}}},
    });
    assert_eq!(refusals(members.clone(), &["a"]), [""; 0]);
    assert_eq!(refusals(members, &["b"]).len(), 1);
}

#[test]
fn references_in_a_circle() {
    let circle = refusals(
        schemas(json!({
            "A": {"$ref": "#/components/schemas/B"},
            "B": {"$ref": "#/components/schemas/A"},
            "Self": {"$ref": "#/components/schemas/Self"},
            "ToA": {"$ref": "#/components/schemas/A"},
        })),
        &[],
    );
    let message = "the reference goes in a circle and never reaches a value:";
    let left = ": the value stays `serde_json::Value` [let one of them say what it is, rather than \
                refer to another]";
    assert_eq!(
        circle,
        [
            format!(
                "reference-cycle /components/schemas/A/$ref {message} \
                 `#/components/schemas/B` → `#/components/schemas/A` → `#/components/schemas/B`{left}"
            ),
            format!(
                "reference-cycle /components/schemas/Self/$ref {message} \
                 `#/components/schemas/Self` → `#/components/schemas/Self`{left}"
            ),
        ]
    );
    let recursive = schemas(json!({
        "Tree": {"properties": {"left": {"$ref": "#/components/schemas/Alias"}}},
        "Alias": {"$ref": "#/components/schemas/Tree"},
    }));
    assert!(select(&document(recursive), &Selection::default()).is_ok());
}

#[test]
fn a_chain_costs_its_length_once() {
    let links = (0..20_000)
        .map(|i| (format!("S{i}"), json!({"$ref": format!("#/components/schemas/S{}", i + 1)})));
    let mut chain: serde_json::Map<String, Value> = links.collect();
    chain.insert("S20000".to_owned(), json!({"type": "string"}));
    assert!(select(&document(schemas(Value::Object(chain))), &Selection::default()).is_ok());
}

#[test]
fn references_are_checked_behind_references() {
    let mut root = schemas(json!({"A": {"$ref": "#/x-schemas/B"}}));
    root["x-schemas"] = json!({"B": {"items": {"$ref": "#/nowhere"}}, "C": {"$ref": "#/nowhere"}});
    assert_eq!(
        refusals(root, &[]),
        ["unresolved-reference /x-schemas/B/items/$ref `#/nowhere` refers to nothing in the \
             document: the value stays `serde_json::Value` [add what it names to the document, or \
             correct the reference]"]
    );
}

#[test]
fn discriminators_map_to_schemas() {
    let mapping = json!({
        "a": "#/components/schemas/A",
        "b": "A",
        "c": "#/components/schemas/C",
        "d": "D",
    });
    let base = json!({"discriminator": {"propertyName": "p", "mapping": mapping}});
    assert_eq!(
        refusals(schemas(json!({"A": {}, "Base": base})), &[]),
        [
            "unresolved-reference /components/schemas/Base/discriminator/mapping/c \
             `#/components/schemas/C` refers to nothing in the document: \
             the value is left out of the discriminator [add what it names to the document, or \
             correct the reference]",
            "unresolved-reference /components/schemas/Base/discriminator/mapping/d \
             the document has no schema `D`: the value is left out of the discriminator [add what it names to the document, or \
             correct the reference]",
        ]
    );
}

#[test]
fn operations_that_do_not_exist() {
    let operation = |id: &str| json!({"get": {"operationId": id, "responses": {}}});
    let paths =
        json!({"paths": {"/a": operation("takeSnapshot"), "/b": operation("takeSnapshots")}});
    assert_eq!(
        refusals(paths, &["takeSnapshto", "x"]),
        [
            "unknown-operation /paths the document has no operation `takeSnapshto` \
             [did you mean `takeSnapshot` or `takeSnapshots`?]",
            "unknown-operation /paths the document has no operation `x` \
             [`specwright list` shows the operations of a document]",
        ]
    );
}

/// A document of which the operation `take` reaches every component named `Kept…`.
fn large() -> Value {
    let schema = |name: &str| json!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
    json!({
        "tags": [{"name": "Zeta"}, {"name": "Unused"}, {"name": "Alpha"}],
        "security": [{"KeptScheme": []}, {"KeptScheme": [], "KeptOther": []}],
        "servers": [{"url": "https://a"}],
        "x-extra": true,
        "paths": {
            "/unused": {"get": {"operationId": "unused", "tags": ["Unused"], "security": [],
                "responses": {"200": {"$ref": "#/components/responses/Gone"}}}},
            "/z/{id}": {
                "summary": "kept",
                "parameters": [{"$ref": "#/components/parameters/KeptId"}],
                "get": {"operationId": "other", "responses": {"200": {"$ref": "#/components/responses/Gone"}}},
                "post": {
                    "operationId": "take",
                    "tags": ["Alpha", "Zeta"],
                    "requestBody": {"$ref": "#/components/requestBodies/KeptBody"},
                    "responses": {"200": {"description": "",
                        "headers": {"X": {"$ref": "#/components/headers/KeptHeader"}},
                        "content": {"application/json": schema("KeptBase")}}},
                },
            },
        },
        "components": {
            "schemas": {
                "KeptVariant": {"allOf": [{"$ref": "#/components/schemas/KeptBase"}]},
                "Gone": {"type": "string"},
                "KeptBare": {"type": "string"},
                "KeptBase": {"discriminator": {"propertyName": "p", "mapping":
                    {"v": "#/components/schemas/KeptVariant", "b": "KeptBare"}}},
                "KeptDeep": {"properties": {"a": {"$ref": "#/components/schemas/KeptFar"}}},
                "KeptFar": {"type": "string", "example": {"$ref": "#/components/schemas/Gone"}},
            },
            "parameters": {"KeptId": {"name": "id", "in": "path", "required": true,
                "schema": {"$ref": "#/components/schemas/KeptDeep/properties/a"}}, "Gone": {}},
            "requestBodies": {"KeptBody": {"content": {"application/json": schema("KeptBase")}}},
            "responses": {"Gone": {"description": "", "content": {"a/b": schema("Gone")}}},
            "headers": {"KeptHeader": schema("KeptBare")},
            "securitySchemes": {"KeptOther": {"type": "http", "scheme": "basic"}, "GoneScheme": {},
                "KeptScheme": {"type": "http", "scheme": "bearer"}},
        },
    })
}

#[test]
fn a_selection_keeps_what_it_reaches() {
    let source = document(large());
    let take = Selection { operations: vec!["take".to_owned()], ..Selection::default() };
    let (pruned, warnings) = select(&source, &take).unwrap();
    assert!(warnings.is_empty());
    let mut expected = source.root.clone();
    let remove = |root: &mut Value, pointer: &str, keys: &[&str]| {
        let map = root.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        keys.iter().for_each(|key| assert!(map.shift_remove(*key).is_some(), "{key}"));
    };
    remove(&mut expected, "/paths", &["/unused"]);
    remove(&mut expected, "/paths/~1z~1{id}", &["get"]);
    remove(&mut expected, "/components", &["responses"]);
    remove(&mut expected, "/components/schemas", &["Gone"]);
    remove(&mut expected, "/components/parameters", &["Gone"]);
    remove(&mut expected, "/components/securitySchemes", &["GoneScheme"]);
    expected["tags"] = json!([{"name": "Zeta"}, {"name": "Alpha"}]);
    // As text, because equal maps may differ in order.
    assert_eq!(pruned.root.to_string(), expected.to_string());

    let unused = Selection { operations: vec!["unused".to_owned()], ..Selection::default() };
    let (pruned, _) = select(&source, &unused).unwrap();
    assert_eq!(pruned.root.get("security"), None, "the operation says it needs none");
    assert_eq!(pruned.root.pointer("/components/securitySchemes"), None);

    let (whole, _) = select(&source, &Selection::default()).unwrap();
    assert_eq!(whole.root, source.root);
}

#[test]
fn path_items_behind_references() {
    let item = json!({
        "get": {"operationId": "get", "responses": {}},
        "put": {"operationId": "put", "responses": {}},
    });
    let members = json!({"paths": {"/a": {"$ref": "#/x-items/a"}}, "x-items": {"a": item}});
    let source = document(members);
    let ids: Vec<_> = operations(&source.root).into_iter().map(|op| op.id.unwrap()).collect();
    assert_eq!(ids, ["get", "put"]);
    let put = Selection { operations: vec!["put".to_owned()], ..Selection::default() };
    let (pruned, _) = select(&source, &put).unwrap();
    let expected = json!({"/a": {"put": {"operationId": "put", "responses": {}}}});
    assert_eq!(pruned.root["paths"], expected);
}

#[test]
fn references_into_operations_that_are_gone() {
    let members = json!({"paths": {
        "/a": {"get": {"operationId": "a", "responses": {"200": {"$ref": "#/paths/~1b/get/responses/200"}}}},
        "/b": {"get": {"operationId": "b", "responses": {"200": {"description": ""}}}},
    }});
    assert_eq!(
        refusals(members.clone(), &["a"]),
        ["unsupported-reference /paths/~1a/get/responses/200/$ref \
          `#/paths/~1b/get/responses/200` is part of an operation that is not chosen \
          [choose that operation too, or make the target a component]"]
    );
    let both =
        Selection { operations: vec!["a".to_owned(), "b".to_owned()], ..Selection::default() };
    assert!(select(&document(members), &both).is_ok());
}

/// The ids of the operations that a choice by tags and paths leaves, or the refusals.
fn chosen(tags: &[&str], paths: &[&str]) -> Result<Vec<String>, Vec<String>> {
    let document = document(json!({"paths": {
        "/a": {"get": {"operationId": "listA", "tags": ["A", "Both"], "responses": {}}},
        "/a/{id}": {"get": {"operationId": "getA", "tags": ["A"], "responses": {}}},
        "/a/{id}/b": {"put": {"operationId": "putB", "tags": ["B", "Both"], "responses": {}}},
    }}));
    let owned = |list: &[&str]| list.iter().map(|&one| one.to_owned()).collect();
    let selection = Selection { tags: owned(tags), paths: owned(paths), ..Selection::default() };
    match select(&document, &selection) {
        Ok((source, _)) => {
            let left = super::operations(&source.root).into_iter();
            Ok(left.filter_map(|operation| operation.id.map(str::to_owned)).collect())
        }
        Err(refused) => Err(refused.iter().map(|d| d.message.clone()).collect()),
    }
}

#[test]
fn operations_are_chosen_by_tag_and_path() {
    let check = |tags: &[&str], paths: &[&str], expected: &[&str]| {
        assert_eq!(chosen(tags, paths).unwrap(), expected, "{tags:?} {paths:?}");
    };
    check(&["A"], &[], &["listA", "getA"]);
    check(&["B", "A"], &[], &["listA", "getA", "putB"]);
    check(&[], &["/a"], &["listA"]);
    check(&[], &["/a/*"], &["getA"]);
    check(&[], &["/a/{id}"], &["getA"]);
    check(&[], &["/a/**"], &["getA", "putB"]);
    check(&[], &["/**/b"], &["putB"]);
    check(&["Both"], &["/a/*"], &["listA", "getA", "putB"]);
}

#[test]
fn a_choice_that_names_nothing_is_refused() {
    assert_eq!(chosen(&["C"], &[]).unwrap_err(), ["the document has no tag `C`"]);
    assert_eq!(chosen(&[], &["/b/*"]).unwrap_err(), ["no path of the document matches `/b/*`"]);
    assert_eq!(chosen(&[], &["***"]).unwrap_err().len(), 1);
}

#[test]
fn a_discriminator_without_a_list_keeps_whoever_merges_it() {
    let merges =
        |parent: &str| json!({"allOf": [{"$ref": format!("#/components/schemas/{parent}")}]});
    let answer = json!({"description": "x", "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/Pet"},
    }}});
    let members = json!({
        "paths": {"/pet": {"get": {"operationId": "pet", "responses": {"200": answer}}}},
        "components": {"schemas": {
            "Pet": {"type": "object", "discriminator": {"propertyName": "type"}},
            "Cat": merges("Pet"),
            "Lion": merges("Cat"),
            "Car": merges("Vehicle"),
            "Vehicle": {"type": "object"},
        }},
    });
    let selection = Selection { operations: vec!["pet".to_owned()], ..Selection::default() };
    let (source, _) = select(&document(members), &selection).unwrap();
    let schemas = source.root["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Pet", "Cat", "Lion"]);
}
