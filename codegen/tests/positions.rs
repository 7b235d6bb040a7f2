//! Entries of `specwright.toml` that name elements of lists: by what they are, or by their position.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, folder, run};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /widgets:
    get:
      operationId: listWidgets
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: region, in: query, schema: {type: string}}
      responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {oneOf: [{type: object, title: Cat, properties: {purrs: {type: boolean}}}, {type: string, enum: [dog, cow]}]}
";

/// The same, with something in front of every list.
fn reordered() -> String {
    DOCUMENT
        .replace(
            "        - {name: limit",
            "        - {name: all, in: query, schema: {type: boolean}}\n        - {name: limit",
        )
        .replace("enum: [dog", "enum: [bee, dog")
        .replace("oneOf: [", "oneOf: [{type: integer}, ")
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn configured(folder: &Path, keys: &str) -> Run {
    let head = "[[client]]\nspec = 'api.yaml'\nout = 'a'\nmodule-only = true\n";
    write(folder, "specwright.toml", &format!("{head}{keys}\n"));
    run(folder, &["--message-format", "json"])
}

fn module(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("a/api.rs")).unwrap()
}

const NAMED: &str = "\
drop-parameters = ['/paths/~1widgets/get/parameters/query=region']
[client.rename]
'/paths/~1widgets/get/parameters/query=limit' = 'most'
'/components/schemas/Pet/oneOf/title=Cat/properties/purrs' = 'content'
'/components/schemas/Pet/oneOf/type=string/enum/=dog' = 'Hound'
";

#[test]
fn a_name_means_the_same_wherever_it_stands() {
    let folder = folder(DOCUMENT);
    for text in [DOCUMENT.to_owned(), reordered()] {
        write(folder.path(), "api.yaml", &text);
        let done = configured(folder.path(), NAMED);
        assert_eq!((done.status, done.stdout.as_str()), (Some(0), ""), "{}", done.stderr);
        let code = module(folder.path());
        for had in ["pub fn most(", "pub content: ", "    Hound,"] {
            assert!(code.contains(had), "{had}: {code}");
        }
        assert!(!code.contains("pub fn region("), "{code}");
    }
    // What is compared is what the names mean in each, and nobody is told of an entry.
    write(folder.path(), "old.yaml", DOCUMENT);
    let diff = ["diff", "--config", "specwright.toml", "old.yaml", "api.yaml"];
    let compared = run(folder.path(), &diff);
    assert!(compared.stderr.is_empty(), "{}", compared.stderr);
    assert!(!compared.stdout.contains("region"), "{}", compared.stdout);
}

#[test]
fn a_position_is_told_with_the_name() {
    let folder = folder(DOCUMENT);
    let counted = "drop-parameters = ['/paths/~1widgets/get/parameters/1']";
    let done = configured(folder.path(), counted);
    assert_eq!(done.status, Some(0), "{}", done.stdout);
    let objects = done.objects();
    let [note] = objects.as_slice() else { panic!("{}", done.stdout) };
    assert_eq!((&note["severity"], &note["line"]), (&"note".into(), &5.into()), "{note}");
    let named = "write `/paths/~1widgets/get/parameters/query=region`, which stays what it is";
    assert_eq!(note["help"], named);
    assert!(!module(folder.path()).contains("pub fn region("));
    // It fails no run, not even a strict one.
    assert_eq!(configured(folder.path(), &format!("{counted}\nstrict = true")).status, Some(0));
    // In another version it is another parameter, and `diff` says which in each.
    write(folder.path(), "new.yaml", &reordered());
    let diff = ["diff", "--config", "specwright.toml", "api.yaml", "new.yaml"];
    let compared = run(folder.path(), &diff);
    let told = "by its position, which is `/paths/~1widgets/get/parameters/query=region` in `api.yaml` \
                and `/paths/~1widgets/get/parameters/query=limit` in `new.yaml`";
    assert!(compared.stderr.contains(told), "{}", compared.stderr);
}

/// In Swagger 2.0 and OpenAPI 3.1, where the tree is rewritten before anything is looked up.
#[test]
fn names_are_those_of_the_document_as_it_is_written() {
    let swagger = "\
swagger: '2.0'
info: {title: Shop, version: '1'}
host: example.com
paths:
  /widgets:
    post:
      operationId: addWidget
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {name: size, in: formData, type: integer}
        - {name: colour, in: formData, type: string, enum: [red, blue]}
        - {name: region, in: query, type: string}
      responses: {204: {description: d}}
";
    let folder = folder(swagger);
    let post = "/paths/~1widgets/post/parameters";
    let keys = format!(
        "drop-parameters = ['{post}/query=region']\n[client.rename]\n'{post}/formData=colour' = 'paint'\n\
         '{post}/formData=colour/enum/=red' = 'Rouge'"
    );
    let done = configured(folder.path(), &keys);
    assert_eq!((done.status, done.stdout.as_str()), (Some(0), ""), "{}", done.stderr);
    let code = module(folder.path());
    assert!(code.contains("pub paint: ") && code.contains("    Rouge,"), "{code}");
    assert!(!code.contains("fn region("), "{code}");

    let newer = DOCUMENT.replace("openapi: 3.0.3", "openapi: 3.1.0").replace(
        "{type: string, enum: [dog, cow]}",
        "{type: [string, 'null'], enum: [dog, cow, null]}",
    );
    write(folder.path(), "api.yaml", &newer);
    let keys = "rename = { '/components/schemas/Pet/oneOf/1/enum/=cow' = 'Kine' }";
    let done = configured(folder.path(), keys);
    assert_eq!(done.status, Some(0), "{}", done.stdout);
    assert!(module(folder.path()).contains("    Kine,"), "{}", module(folder.path()));
}

/// What is written where it cannot be followed is told with the way to write it.
#[test]
fn an_entry_that_leads_nowhere_is_told_where_it_ends() {
    let folder = folder(DOCUMENT);
    let told = |key: &str| {
        let done = configured(folder.path(), key);
        assert_eq!(done.status, Some(2), "{key}");
        let objects = done.objects();
        let [error] = objects.as_slice() else { panic!("{key}: {}", done.stdout) };
        assert_eq!(error["line"], 5, "{error}");
        error["help"].as_str().unwrap().to_owned()
    };
    let get = "/paths/~1widgets/get/parameters";
    let two = format!("there are 2 in `{get}`: `query=limit`, `query=region`");
    assert_eq!(told(&format!("drop-parameters = ['{get}/2']")), two);
    assert_eq!(told(&format!("fixed-parameters = {{ '{get}/cookie=team' = 1 }}")), two);
    let limit = format!("did you mean `{get}/query=limit`?");
    assert_eq!(told("rename = { '/paths/~1widgets/gett/parameters/0' = 'x' }"), limit);
    assert_eq!(told(&format!("rename = {{ '{get}/limit' = 'x' }}")), limit);
    // An operation that is not there is no parameter that is called otherwise.
    let has = "`/paths/~1widgets` has `get`";
    assert_eq!(told("rename = { '/paths/~1widgets/delete/parameters/0' = 'x' }"), has);
    let twice = format!("rename = {{ '{get}/query=limit' = 'x', '{get}/0' = 'y' }}");
    let done = configured(folder.path(), &twice);
    assert_eq!(done.status, Some(2));
    assert!(done.stdout.contains("names the same place twice"), "{}", done.stdout);
}

/// Messages that say what to write into the configuration say it without positions.
#[test]
fn a_collision_is_told_with_an_entry_that_lasts() {
    let folder = folder(&DOCUMENT.replace("enum: [dog, cow]", "enum: [dog, Dog]"));
    let done = configured(folder.path(), "");
    assert_eq!(done.status, Some(0));
    let entry = "`rename = { \"/components/schemas/Pet/oneOf/type=string/enum/=dog\" = \"…\" }`";
    let told = done.objects();
    assert!(told.iter().any(|one| one["help"].as_str().unwrap().contains(entry)), "{told:#?}");
    // So are alternatives that have become something else by the time.
    let newer = DOCUMENT
        .replace("openapi: 3.0.3", "openapi: 3.1.0")
        .replace("{type: string, enum: [dog, cow]}", "{oneOf: [{const: dog}, {const: Dog}]}");
    write(folder.path(), "api.yaml", &newer);
    let told = configured(folder.path(), "").objects();
    let entry = "`rename = { \"/components/schemas/Pet/oneOf/1/oneOf/const=dog\" = \"…\" }`";
    assert!(told.iter().any(|one| one["help"].as_str().unwrap().contains(entry)), "{told:#?}");
}

/// Alternatives become one list of values, each of which stays where it is written.
#[test]
fn values_of_alternatives_have_places_of_their_own() {
    let named = |schema: &str, version: &str, place: &str, keys: &str| {
        let text = format!(
            "openapi: {version}\ninfo: {{title: Shop, version: '1'}}\npaths: {{}}\ncomponents: \
             {{schemas: {{Pet: {schema}}}}}\n"
        );
        let folder = folder(&text);
        let run = configured(folder.path(), keys);
        let told = run.objects();
        let mut told = told.iter().filter(|one| one["code"] == "name-collision");
        let at = told.next().map(|one| one["pointer"].as_str().unwrap().to_owned());
        assert_eq!(at.as_deref(), keys.is_empty().then_some(place), "{schema}");
        module(folder.path())
    };
    for (schema, version, place) in [
        ("{anyOf: [{const: Bay}, {const: bay}, {type: string}]}", "3.1.0", "anyOf/1/const"),
        ("{oneOf: [{const: Bay}, {const: bay}, {type: integer}]}", "3.1.0", "oneOf/1/const"),
        ("{anyOf: [{enum: [a, Bay]}, {enum: [b, bay]}]}", "3.0.3", "anyOf/1/enum/1"),
    ] {
        let place = format!("/components/schemas/Pet/{place}");
        named(schema, version, &place, "");
        let module = named(schema, version, &place, &format!("rename = {{ '{place}' = 'Brown' }}"));
        assert!(module.contains("    Brown,"), "{module}");
    }
}
