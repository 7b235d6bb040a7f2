//! Documents and schemas of OpenAPI 3.1, said in the words of 3.0.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::{Value, json};
use specwright::source::Memory;
use specwright::{Options, Stage};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { return Corpus::Reject };
    match value.as_object_mut() {
        Some(document) if document.contains_key("openapi") => {
            document.insert("openapi".to_owned(), json!("3.1.0"));
        }
        _ => {
            value = json!({
                "openapi": "3.1.0",
                "info": {"title": "A schema", "version": "1"},
                "components": {"schemas": {"Fuzzed": value, "Other": {"type": "object"}}},
            });
        }
    }
    let files = Memory::default().with("a.json", value.to_string());
    let options = Options { spec: "a.json".into(), ..Options::default() };
    if let Err(refused) = specwright::inspect(&options, Stage::Document, None, &files) {
        assert!(refused.has_errors(), "refused without a word");
    }
    Corpus::Keep
});
