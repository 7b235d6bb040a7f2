//! What serde_yaml and openapiv3 lose without a word, and this generator tells.
//!
//! Each document of the table is one that the two read as if nothing were wrong with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::Path;

use specwright::Options;
use specwright::source::{Disk, Memory};

/// What is lost, the document of `tests/bad` that shows it, and the code that tells.
const LOSSES: &[(&str, &str, &str)] = &[
    ("a path given twice", "names/path-twice", "duplicate-key"),
    ("a schema given twice", "names/schema-twice", "duplicate-key"),
    ("a property given twice", "names/property-twice", "duplicate-key"),
    ("a status given twice", "names/status-twice", "duplicate-key"),
    ("a key of an example given twice", "names/key-twice-in-an-example", "duplicate-key"),
    ("a merge key", "syntax/merge-key", "merge-key"),
    ("a merge key with an alias", "syntax/merge-key-with-alias", "merge-key"),
    ("a misspelt key of the document", "keys/root", "unknown-key"),
    ("a misspelt key of the info object", "keys/info", "unknown-key"),
    ("a misspelt section of the components", "keys/components", "unknown-key"),
    ("a misspelt key of an operation", "keys/operation", "unknown-key"),
    ("a misspelt key of a parameter", "keys/parameter", "unknown-key"),
    ("a misspelt key of a response", "keys/response", "unknown-key"),
    ("a misspelt key of a schema", "keys/schema", "unknown-key"),
    ("a misspelt key of a discriminator", "keys/discriminator", "unknown-key"),
    ("a misspelt key of a tag", "keys/tag", "unknown-key"),
    ("a method in upper case", "keys/path-item-upper-case", "unknown-key"),
    ("a method that is none", "keys/path-item", "unknown-key"),
    ("an OAuth flow that is none", "keys/oauth-flows", "unknown-key"),
    ("a status that is none", "statuses/abc", "invalid-document"),
    ("a status of four digits", "statuses/2000", "invalid-document"),
    ("a range of statuses", "statuses/range", "invalid-document"),
    ("`Default` for `default`", "statuses/default", "invalid-document"),
    ("a path without a slash", "structure/path-without-slash", "invalid-document"),
    ("`const` in 3.0", "misplaced/const-in-30", "misplaced-key"),
    ("`definitions` in 3.0", "misplaced/definitions-in-30", "misplaced-key"),
    ("the schema of a response in 3.0", "misplaced/schema-of-response-in-30", "misplaced-key"),
    ("a keyword of a schema on a parameter", "misplaced/nullable-of-parameter", "misplaced-key"),
    ("an operation beside `$ref`", "misplaced/operation-beside-reference", "misplaced-key"),
    ("a flag beside `$ref`", "misplaced/beside-parameter-reference", "misplaced-key"),
    ("words beside `$ref`", "misplaced/beside-response-reference", "misplaced-key"),
    ("a tag on a path item", "misplaced/tags-of-path-item", "misplaced-key"),
    ("`$ref: 5`", "references/number", "faulty-document"),
    ("`$ref` as a list", "references/list", "faulty-document"),
    ("a media type that is a reference", "misplaced/reference-of-media-type", "misplaced-key"),
    ("a schema for a response", "references/schema-as-response", "unresolved-reference"),
    ("a type that is none", "schemas/type-unknown", "faulty-document"),
    ("properties of a text", "schemas/properties-of-text", "faulty-document"),
    ("a value that goes neither way", "schemas/both-ways", "faulty-document"),
];

#[test]
fn what_others_lose_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/bad");
    for (what, document, code) in LOSSES {
        let path = folder.join(format!("{document}.yaml"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {document}"));
        let read = serde_yaml::from_str::<openapiv3::OpenAPI>(&text);
        assert!(read.is_ok(), "{what} is no silent loss: {read:?}");
        let options = Options { spec: path, module_only: true, ..Options::default() };
        let told = match specwright::generate(&options, &Disk) {
            Ok(generated) => generated.warnings,
            Err(errors) => errors,
        };
        let codes: Vec<&str> = told.iter().map(|one| one.code.as_str()).collect();
        assert!(codes.contains(code), "{what}: {codes:?}");
    }
}

/// Where `components` has as many names for a thing as it likes, an operation has the thing itself.
#[test]
fn long_chains_of_references_end_where_they_lead() {
    let chain = |section: &str, last: &str| {
        let link = |index: usize| {
            let next = index + 1;
            format!("    L{index}: {{$ref: '#/components/{section}/L{next}'}}\n")
        };
        let links: String = (0..100).map(link).collect();
        format!("  {section}:\n{links}    L100: {last}\n")
    };
    let text = [
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: a\n\
         \x20     parameters: [{$ref: '#/components/parameters/L0'}]\n\
         \x20     requestBody: {$ref: '#/components/requestBodies/L0'}\n\
         \x20     responses: {'200': {$ref: '#/components/responses/L0'}}\ncomponents:\n"
            .to_owned(),
        chain("parameters", "{name: far, in: query, schema: {type: string}}"),
        chain("requestBodies", "{content: {text/plain: {schema: {type: string}}}}"),
        chain("responses", "{description: Over there., headers: {X-A: {$ref: '#/components/headers/L0'}}}"),
        chain("headers", "{schema: {type: integer}}"),
    ]
    .concat();
    let files = Memory::default().with("a.yaml", text);
    let options = Options { spec: "a.yaml".into(), module_only: true, ..Options::default() };
    let generated = specwright::generate(&options, &files).unwrap();
    assert_eq!(generated.warnings.to_string(), "");
    let code: String = generated.files.iter().map(|file| file.text.as_str()).collect();
    for expected in ["pub fn far(", "pub fn body(", "Over there.", "X_A: Header<i64>"] {
        assert!(code.contains(expected), "{expected}");
    }
}

/// A double holds none of these, and shows the first with an exponent.
#[test]
fn listed_numbers_are_shown_with_the_digits_that_are_written() {
    let numbers =
        ["100000000000000000000000000", "123456789012345678901234567", "9007199254740993"];
    for (version, schema) in [
        ("3.0.3", "{enum: [LIST]}"),
        ("3.0.3", "{type: number, enum: [LIST]}"),
        ("3.1.0", "{type: [number, boolean], enum: [true, LIST]}"),
        ("3.1.0", "{oneOf: [{const: LIST}, {type: string}]}"),
    ] {
        let list =
            if schema.contains("const") { numbers[1].to_owned() } else { numbers.join(", ") };
        let text = format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: \
             {}}}}}\n",
            schema.replace("LIST", &list)
        );
        let files = Memory::default().with("a.yaml", text);
        let options = Options { spec: "a.yaml".into(), module_only: true, ..Options::default() };
        let generated = specwright::generate(&options, &files).unwrap();
        let code: String = generated.files.iter().map(|file| file.text.as_str()).collect();
        for number in list.split(", ") {
            assert!(code.contains(&format!("`{number}`")), "{number} of {schema}: {code}");
        }
    }
}
