//! Texts that want to be names, one a line: as properties, enum values, schemas, parameters and
//! operations. Each gets one, and no two in the same place have the same.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::{Map, Value, json};
use specwright::Options;
use specwright::source::Memory;

fuzz_target!(|text: &str| -> Corpus {
    let words: BTreeSet<&str> = text.split('\n').take(12).collect();
    let files = Memory::default().with("a.json", document(&words).to_string());
    let options = Options { spec: "a.json".into(), module_only: true, ..Options::default() };
    let generated = match specwright::generate(&options, &files) {
        Ok(generated) => generated,
        Err(refused) => {
            let bug = refused.iter().find(|one| one.code.as_str() == "internal");
            assert!(bug.is_none(), "{bug:?}");
            return Corpus::Reject;
        }
    };
    let [file] = &generated.files[..] else { panic!("one module is one file") };
    let file = syn::parse_file(&file.text).expect("it is Rust");
    let types = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    for item in &types.expect("there are types").1 {
        let names: Vec<&syn::Ident> = match item {
            syn::Item::Struct(item) if item.ident == "TheFields" => {
                item.fields.iter().filter_map(|field| field.ident.as_ref()).collect()
            }
            syn::Item::Enum(item) if item.ident == "TheValues" => {
                item.variants.iter().map(|variant| &variant.ident).collect()
            }
            _ => continue,
        };
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "twice the same name");
        // One more: what is not listed.
        assert_eq!(names.len(), words.len() + 1, "a name is missing");
    }
    Corpus::Keep
});

fn document(words: &BTreeSet<&str>) -> Value {
    let each = |value: fn(&str) -> Value| -> Map<String, Value> {
        words.iter().map(|word| ((*word).to_owned(), value(word))).collect()
    };
    let paths = words.iter().enumerate().map(|(number, word)| {
        let parameter = json!({"name": word, "in": "query", "schema": {"type": "string"}});
        let answers = json!({"204": {"description": "Done."}});
        let get = json!({"operationId": word, "parameters": [parameter], "responses": answers});
        (format!("/{number}"), json!({"get": get}))
    });
    let mut paths: Map<String, Value> = paths.collect();
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let content = json!({"application/json": {"schema": {
        "type": "object",
        "properties": {"fields": reference("TheFields"), "values": reference("TheValues")},
    }}});
    let answers = json!({"200": {"description": "Both.", "content": content}});
    paths.insert(
        "/all".to_owned(),
        json!({"get": {"operationId": "all of it", "responses": answers}}),
    );
    let mut schemas = json!({
        "TheFields": {
            "type": "object",
            "properties": each(|_| json!({"type": "boolean"})),
            "additionalProperties": {"type": "boolean"},
        },
        "TheValues": {"type": "string", "enum": words},
    });
    if let Some(schemas) = schemas.as_object_mut() {
        for (name, schema) in each(|word| json!({"type": "object", "properties": {word: {}}})) {
            schemas.entry(name).or_insert(schema);
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}
