//! A table of edits to a document, and what each asks of the client's version.

use super::*;
use crate::source::Memory;
use crate::{Options, generate};

const BASE: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      responses:
        '200': {description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
        '404': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
    post:
      operationId: createPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses:
        '201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /pets/{id}:
    delete:
      operationId: deletePet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: x}}
components:
  schemas:
    Pet:
      description: A pet.
      type: object
      required: [id, name]
      properties:
        id: {type: string}
        name: {type: string}
        age: {type: integer, format: int32}
        kind: {$ref: '#/components/schemas/Kind'}
    NewPet:
      type: object
      required: [name]
      properties: {name: {type: string}, tag: {type: string, default: none}}
    Kind: {type: string, enum: [cat, dog]}
    Problem: {type: object, properties: {detail: {type: string}}}
";

fn client(text: &str) -> Generated {
    let files = Memory::default().with("api.yaml", text);
    let options = Options { spec: "api.yaml".into(), module_only: true, ..Options::default() };
    generate(&options, &files).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// An edit: what is replaced, by what, and the bump.
type Edit = (&'static str, &'static str, Bump);

const EDITS: &[Edit] = &[
    // Nothing that a user could notice.
    ("A pet.", "An animal.", Bump::Patch),
    ("title: Pets", "title: Animals", Bump::Patch),
    (
        "Problem: {type: object,",
        "Problem: {type: object, description: What is wrong.,",
        Bump::Patch,
    ),
    ("id: {type: string}\n", "id: {type: string, minLength: 1}\n", Bump::Patch),
    // Operations.
    ("operationId: deletePet", "operationId: removePet", Bump::Major),
    ("    delete:", "    put:", Bump::Minor),
    ("/pets/{id}:", "/animals/{id}:", Bump::Minor),
    (
        "      responses: {'204': {description: x}}\n",
        "      responses: {'204': {description: x}}\n  /more: {get: {operationId: more, responses: {'204': {description: x}}}}\n",
        Bump::Minor,
    ),
    (
        "      operationId: deletePet",
        "      operationId: deletePet\n      deprecated: true",
        Bump::Minor,
    ),
    ("https://example.com", "https://example.org", Bump::Minor),
    // Parameters.
    ("{name: limit, in: query,", "{name: limit, in: query, required: true,", Bump::Major),
    ("{name: limit, in: query,", "{name: max, in: query,", Bump::Major),
    ("{name: limit, in: query,", "{name: limit, in: header,", Bump::Minor),
    ("schema: {type: integer}}", "schema: {type: string}}", Bump::Major),
    ("schema: {type: integer}}", "schema: {type: integer, format: int32}}", Bump::Major),
    ("        - {name: limit, in: query, schema: {type: integer}}\n", "", Bump::Major),
    (
        "        - {name: limit, in: query, schema: {type: integer}}\n",
        "        - {name: limit, in: query, schema: {type: integer}}\n        - {name: page, in: query, schema: {type: integer}}\n",
        Bump::Minor,
    ),
    (
        "{name: id, in: path, required: true, schema: {type: string}}",
        "{name: id, in: path, required: true, schema: {type: integer}}",
        Bump::Major,
    ),
    (
        "/pets/{id}:\n    delete:\n      operationId: deletePet\n      parameters: [{name: id,",
        "/pets/{key}:\n    delete:\n      operationId: deletePet\n      parameters: [{name: key,",
        Bump::Patch,
    ),
    // Bodies and answers.
    ("requestBody: {required: true,", "requestBody: {required: false,", Bump::Major),
    (
        "{application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}",
        "{application/vnd.pets+json: {schema: {$ref: '#/components/schemas/NewPet'}}}",
        Bump::Minor,
    ),
    ("'201': {", "'202': {", Bump::Minor),
    (
        "responses: {'204': {description: x}}",
        "responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}",
        Bump::Major,
    ),
    (
        "schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}",
        "schema: {$ref: '#/components/schemas/Pet'}",
        Bump::Major,
    ),
    (
        "'404': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}",
        "'404': {description: x}",
        Bump::Major,
    ),
    ("        '404':", "        '410':", Bump::Major),
    ("        '404':", "        '500': {description: x}\n        '404':", Bump::Minor),
    // Properties.
    ("        age: {type: integer, format: int32}\n", "", Bump::Major),
    (
        "        age: {type: integer, format: int32}\n",
        "        age: {type: integer, format: int32}\n        colour: {type: string}\n",
        Bump::Minor,
    ),
    ("age: {type: integer, format: int32}", "age: {type: integer, format: int64}", Bump::Major),
    (
        "age: {type: integer, format: int32}",
        "age: {type: integer, format: int32, nullable: true}",
        Bump::Patch,
    ),
    ("age: {type: integer, format: int32}", "years: {type: integer, format: int32}", Bump::Major),
    ("required: [id, name]", "required: [id]", Bump::Major),
    ("required: [id, name]", "required: [id, name, age]", Bump::Major),
    (
        "required: [name]\n      properties: {name: {type: string}, tag",
        "required: [name, tag]\n      properties: {name: {type: string}, tag",
        Bump::Major,
    ),
    ("tag: {type: string, default: none}", "tag: {type: string, default: some}", Bump::Minor),
    ("tag: {type: string, default: none}", "tag: {type: string}", Bump::Major),
    (
        "tag: {type: string, default: none}",
        "tag: {type: string, default: none}, owner: {type: string}",
        Bump::Minor,
    ),
    (
        "tag: {type: string, default: none}",
        "tag: {type: array, items: {type: string}}",
        Bump::Major,
    ),
    // Types.
    ("enum: [cat, dog]", "enum: [cat, dog, fish]", Bump::Minor),
    ("enum: [cat, dog]", "enum: [cat]", Bump::Major),
    ("enum: [cat, dog]", "enum: [cat, Dog]", Bump::Minor),
    ("Kind: {type: string, enum: [cat, dog]}", "Kind: {type: string}", Bump::Major),
    ("Kind: {type: string, enum: [cat, dog]}", "Kind: {type: integer, enum: [1, 2]}", Bump::Major),
    ("components/schemas/Problem'", "components/schemas/Trouble'", Bump::Major),
    (
        "    Problem: {",
        "    Unused: {type: object, properties: {a: {type: string}}}\n    Problem: {",
        Bump::Minor,
    ),
];

fn edited(from: &str, to: &str) -> String {
    let text = BASE.replace(from, to);
    // Whoever is referred to under another name is called so.
    if to.contains("Trouble") { text.replace("    Problem: {", "    Trouble: {") } else { text }
}

#[test]
fn edits() {
    let before = client(BASE);
    let mut told = String::new();
    for (from, to, bump) in EDITS {
        assert!(BASE.contains(from), "{from}");
        let difference = compare(&before, &client(&edited(from, to))).unwrap();
        assert_eq!(difference.bump(), *bump, "{from} -> {to}: {difference:#?}");
        told.push_str(&format!("{:?} -> {:?}: {}\n", from, to, bump.as_str()));
        for Change { impact, path, what, pointer: _ } in &difference.changes {
            told.push_str(&format!("    {} {path}: {what}\n", impact.as_str()));
        }
    }
    assert!(EDITS.len() >= 40);
    insta::assert_snapshot!(told);
}

#[test]
fn a_client_is_no_different_from_itself() {
    let difference = compare(&client(BASE), &client(BASE)).unwrap();
    assert_eq!((difference.changes.len(), difference.bump()), (0, Bump::Patch));
}

/// Both ways: what is new one way is gone the other.
#[test]
fn what_breaks_one_way_is_new_the_other() {
    let without = BASE.replace("        age: {type: integer, format: int32}\n", "");
    let back = compare(&client(&without), &client(BASE)).unwrap();
    assert_eq!(back.bump(), Bump::Minor);
    let field = back.changes.iter().find(|one| one.path == "types::Pet::age").unwrap();
    assert_eq!(field.pointer.as_ref().map(Pointer::as_str), Some("/components/schemas/Pet"));
}
