//! What is told of which key; and that no key is passed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::walk::{Fate, Walk};
use super::{check, is_reached};
use crate::load::{Limits, load};
use crate::pointer::Pointer;
use crate::shape::{Dialect, Trail};
use crate::source::{Disk, Format, Source};

fn source(root: Value) -> Source {
    let text = root.to_string();
    Source::new("a.json".into(), text.into(), Format::Json, root)
}

/// Everything that is told of a document, as `code pointer: message (help)`.
fn told(root: Value) -> Vec<String> {
    let diagnostics = check(&source(root));
    let line = |d: &crate::diagnostics::Diagnostic| {
        let pointer = d.pointer.as_ref().map(Pointer::as_str).unwrap_or_default();
        let help = d.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {pointer}: {}{help}", d.code, d.message)
    };
    diagnostics.iter().map(line).collect()
}

/// A document of this version whose only schema is this one.
fn with_schema(version: &str, schema: Value) -> Value {
    match version {
        "2.0" => json!({"swagger": version, "definitions": {"S": schema}}),
        _ => json!({"openapi": version, "components": {"schemas": {"S": schema}}}),
    }
}

#[track_caller]
fn schema(version: &str, schema: Value, expected: &[&str]) {
    let place = if version == "2.0" { "/definitions/S" } else { "/components/schemas/S" };
    let told: Vec<String> = told(with_schema(version, schema))
        .into_iter()
        .map(|line| line.replacen(place, "", 1))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn words_of_closed_lists() {
    let document = json!({
        "swagger": "2.0",
        "schemes": ["https", "htps"],
        "paths": {"/a": {"get": {"parameters": [
            {"name": "a", "in": "query", "type": "array", "items": {"collectionFormat": "tabs"}},
        ]}}},
    });
    assert_eq!(
        told(document),
        [
            "wrong-value /schemes/1: `schemes` in an OpenAPI document has to be one of `http`, `https`, `ws`, \
         `wss` (did you mean `https`?)",
            "wrong-value /paths/~1a/get/parameters/0/items/collectionFormat: `collectionFormat` in the \
         items of a parameter has to be one of `csv`, `ssv`, `tsv`, `pipes`, `multi` (write one of these)",
        ]
    );
}

#[test]
fn keys_that_nobody_knows() {
    schema(
        "3.0.3",
        json!({"propertys": {}, "x-propertys": 1}),
        &["unknown-key /propertys: `propertys` is no key of a schema (did you mean `properties`?)"],
    );
    schema(
        "3.0.3",
        json!({"internal": true}),
        &["unknown-key /internal: `internal` is no key of a schema (nothing reads it: remove it, \
           or begin it with `x-`)"],
    );
    assert_eq!(
        told(json!({"openapi": "3.0.0", "paths": {"a": {}, "/b": {"GET": {}, "get": {
            "responses": {"20": {}, "2xx": {}},
        }}}})),
        [
            "unknown-key /paths/a: the path `a` has to begin with `/` (mend the path)",
            "unknown-key /paths/~1b/GET: `GET` is no key of a path item (did you mean `get`?)",
            "unknown-key /paths/~1b/get/responses/20: `20` is no status (a status is one like \
             `404` or `4XX`, or `default`)",
        ]
    );
}

#[test]
fn keys_of_other_objects_and_versions() {
    schema(
        "3.0.3",
        json!({"const": 1}),
        &[
            "misplaced-key /const: `const` is no key of a schema in OpenAPI 3.0, but in OpenAPI 3.1 \
           (say it as this version does, or give the document the version it is written in)",
        ],
    );
    schema("3.1.0", json!({"const": 1, "nullable": true, "items": false}), &[]);
    schema("2.0", json!({"nullable": true, "items": [{"type": ["string", "null"]}]}), &[]);
    assert_eq!(
        told(json!({"openapi": "3.0.0", "components": {
            "schema": {},
            "parameters": {"P": {"nullable": true, "schema": {}}, "Old": {"type": "string"}},
            "responses": {"R": {"in": "header"}, "S": {"$ref": "#", "description": ""}},
            "securitySchemes": {"O": {"flows": {"implicit": {"$ref": "#"}}}},
        }})),
        [
            "unknown-key /components/schema: `schema` is no key of the components object (did you \
             mean `schemas`?)",
            "misplaced-key /components/parameters/P/nullable: `nullable` is no key of a parameter, \
             but of a schema (move it there)",
            "misplaced-key /components/responses/S/description: `description` beside `$ref` is not \
             read (write it where the reference leads to, or write that out here)",
            "misplaced-key /components/responses/R/in: `in` is no key of a response, but of a \
             parameter or a security scheme (move it there)",
            "misplaced-key /components/securitySchemes/O/flows/implicit/$ref: an OAuth flow cannot \
             be a reference (write it out here)",
        ]
    );
}

#[test]
fn extensions_of_ours_are_held_to_their_word() {
    assert_eq!(
        told(json!({"openapi": "3.0.0", "x-specwright-error-code": 5, "components": {
            "parameters": {"P": {"x-specwright-envelop": true, "x-other": 1}},
            "responses": {"R": {"x-specwright-envelope": true}},
        }})),
        [
            "wrong-value /x-specwright-error-code: `x-specwright-error-code` in an OpenAPI document \
             has to be text, not a number (put quotation marks around it)",
            "unknown-key /components/parameters/P/x-specwright-envelop: `x-specwright-envelop` is \
             no key of a parameter (did you mean `x-specwright-envelope`?)",
            "misplaced-key /components/responses/R/x-specwright-envelope: `x-specwright-envelope` \
             is no key of a response, but of a parameter (move it there)",
        ]
    );
}

#[test]
fn values_of_another_kind() {
    schema(
        "3.1.0",
        json!({"$defs": [], "if": 1, "properties": {"a": "text", "b": true, "c": null}}),
        &[
            "wrong-value /$defs: `$defs` in a schema has to be a mapping, not a list (write members, each with a key of its own: `name: …`)",
            "wrong-value /if: `if` in a schema has to be `true`, `false` or a schema, not a number (write `true`, `false` or the members of a schema)",
            "wrong-value /properties/a: a schema has to be a mapping, not text (write its keys and their values, such as `title: …`)",
        ],
    );
    schema("3.0.3", json!({"title": 5, "maxLength": 5.0, "required": ["a", 1]}), &[]);
    schema(
        "3.0.3",
        json!({"$ref": 5}),
        &[
            "wrong-value /$ref: `$ref` in a schema has to be text, not a number (put quotation marks around it)",
        ],
    );
    assert_eq!(
        told(json!({"swagger": "2.0", "schemes": "https", "host": ["a"]})),
        [
            "wrong-value /schemes: `schemes` in an OpenAPI document has to be a list of text, not text (begin each element with `- `, or put brackets around them: `[…]`)",
            "wrong-value /host: `host` in an OpenAPI document has to be text, not a list (write one text)",
        ]
    );
}

#[test]
fn many_unknown_keys_of_one_object_are_one_mistake() {
    let keys: serde_json::Map<String, Value> =
        (0..40).map(|index| (format!("Name{index}"), json!({}))).collect();
    schema(
        "3.0.3",
        Value::Object(keys),
        &["unknown-key /Name0: `Name0`, `Name1`, `Name2` and 37 more are no keys of a schema \
           (nothing reads them: move them to where they belong, or begin them with `x-`)"],
    );
    schema(
        "3.0.3",
        json!({"k".repeat(1000): 1}),
        &[&format!(
            "unknown-key /{}: `{}…` is no key of a schema (nothing reads it: remove it, or begin \
             it with `x-`)",
            "k".repeat(1000),
            "k".repeat(60)
        )],
    );
}

#[test]
fn only_what_was_chosen_is_told_of() {
    let reduced = json!({
        "paths": {"/a": {"get": {}}, "/r": {"get": {}}}, "components": {"schemas": {"S": {}}},
    });
    let whole = json!({"paths": {"/r": {"$ref": "#/paths/~1a", "put": {}}}});
    let check = |pointer: &str, expected| {
        let pointer = Pointer::parse(pointer).unwrap();
        assert_eq!(is_reached(&pointer, &whole, &reduced), expected, "{pointer}");
    };
    check("/info/logo", true);
    check("/components/schema", true);
    check("/components/schemas/S/propertys", true);
    check("/components/schemas/T/propertys", false);
    check("/paths/~1a/get/tag", true);
    check("/paths/~1a/put/tag", false);
    check("/paths/~1a/fetch", true);
    check("/paths/~1b/fetch", false);
    check("/paths/~1r/put", true);
}

/// How many keys of a document have which fate.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ledger {
    known: usize,
    named: usize,
    free: usize,
    extensions: usize,
    reported: usize,
    /// What is below a key that is free, an extension or reported.
    below: usize,
    lost: Vec<String>,
}

/// Balances the fates of the walk with the keys that the tree has, counted without the grammar.
fn balance(root: &Value) -> Ledger {
    let mut fates: BTreeMap<Pointer, Fate> = BTreeMap::new();
    if let Some(dialect) = Dialect::of(root) {
        Walk::new(dialect, &mut |fate, trail: &Trail<'_>| {
            fates.insert(trail.pointer(), fate);
        })
        .document(root);
    }
    let mut ledger = Ledger::default();
    count(root, &Pointer::root(), false, &fates, &mut ledger);
    ledger
}

fn count(
    value: &Value,
    at: &Pointer,
    is_below: bool,
    fates: &BTreeMap<Pointer, Fate>,
    ledger: &mut Ledger,
) {
    // A list, too, may stand where a mapping is due.
    let is_below = is_below || matches!(fates.get(at), Some(Fate::NoMapping { .. }));
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        count(value, &at.index(index), is_below, fates, ledger);
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        let at = at.push(key);
        let is_closed = match fates.get(&at) {
            _ if is_below => {
                ledger.below += 1;
                true
            }
            None => {
                ledger.lost.push(at.to_string());
                true
            }
            Some(Fate::Known) => {
                ledger.known += 1;
                false
            }
            Some(Fate::Named) => {
                ledger.named += 1;
                false
            }
            Some(Fate::Free) => {
                ledger.free += 1;
                true
            }
            Some(Fate::Extension) => {
                ledger.extensions += 1;
                true
            }
            Some(
                Fate::Unknown(_)
                | Fate::Beside
                | Fate::Wrong { .. }
                | Fate::NoWord { .. }
                | Fate::NoMapping { .. },
            ) => {
                ledger.reported += 1;
                true
            }
        };
        count(value, &at, is_closed, fates, ledger);
    }
}

/// Documents below a folder, as far as they can be read.
fn documents(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "yaml" || end == "json")
            && let Ok(source) = load(&Disk, &path, Limits::default())
        {
            found.push((path, source.root));
        }
    }
    found
}

/// `SPECWRIGHT_DOCUMENTS` names a folder of more of them.
#[test]
fn every_key_of_a_document_is_known_or_reported() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases")];
    folders.extend(std::env::var_os("SPECWRIGHT_DOCUMENTS").map(PathBuf::from));
    for folder in folders {
        let documents = documents(&folder);
        assert!(documents.len() > 10, "{}", folder.display());
        for (path, root) in documents.iter().filter(|(_, root)| Dialect::of(root).is_some()) {
            let ledger = balance(root);
            assert!(ledger.lost.is_empty(), "{}: {:#?}", path.display(), ledger.lost);
            let is_told = !check(&source(root.clone())).is_empty();
            assert!(is_told || ledger.reported == 0, "{}", path.display());
        }
    }
}

/// A key that nobody knows is reported wherever the specification says what an object holds.
#[test]
fn a_key_that_is_added_anywhere_is_reported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut added = 0;
    for (path, root) in documents(&folder) {
        let Some(dialect) = Dialect::of(&root) else { continue };
        let mut mappings = Vec::new();
        Walk::new(dialect, &mut |fate, trail| {
            if let (Fate::Known, Trail::Key(holder, _)) = (fate, trail) {
                mappings.push(holder.pointer());
            }
        })
        .document(&root);
        mappings.dedup();
        for at in mappings {
            let mut changed = root.clone();
            let Some(Value::Object(map)) = changed.pointer_mut(at.as_str()) else { continue };
            map.insert("nobodyKnowsThis".to_owned(), json!({"below": 1}));
            let before = balance(&root).reported;
            assert_eq!(balance(&changed).reported, before + 1, "{} {at}", path.display());
            added += 1;
        }
    }
    assert!(added > 1000, "{added}");
}
