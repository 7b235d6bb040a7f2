//! Trees of files, as the one tree they become.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::assemble;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::load::{Limits, load};
use crate::select::{Selection, select};
use crate::source::{Memory, Source};

/// The files, the first of which is the document, in a folder `api`.
fn files(files: &[(&str, &str)]) -> Memory {
    files.iter().fold(Memory::default(), |all, (path, text)| {
        all.with(super::plain(&Path::new("api").join(path)), *text)
    })
}

fn try_assemble(
    tree: &[(&str, &str)],
    allowed: &[&str],
) -> Result<(Source, Diagnostics), Diagnostics> {
    let files = files(tree);
    let source = load(&files, &Path::new("api").join(tree[0].0), Limits::default()).unwrap();
    let allowed: Vec<PathBuf> = allowed.iter().map(PathBuf::from).collect();
    assemble(&files, source, &allowed, Limits::default())
}

#[track_caller]
fn assembled(tree: &[(&str, &str)]) -> Source {
    match try_assemble(tree, &[]) {
        Ok((source, _)) => source,
        Err(errors) => panic!("{errors}"),
    }
}

fn line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, message, pointer, location, .. } = diagnostic;
    let place = location.as_ref().map(ToString::to_string).unwrap_or_default();
    let pointer = pointer.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{place} {code} #{pointer} {message}")
}

/// What is told of a tree, by `assemble` and by `select`.
fn told(tree: &[(&str, &str)], allowed: &[&str]) -> Vec<String> {
    let all = match try_assemble(tree, allowed) {
        Err(errors) => errors,
        Ok((source, mut all)) => {
            let found = select(&source, &Selection::default());
            all.extend(found.map_or_else(|errors| errors, |(_, warnings)| warnings));
            all.locate(&source);
            all
        }
    };
    all.iter().map(line).collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

fn document(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

#[test]
fn objects_become_components_and_all_else_is_written_out() {
    let root = document(
        "paths:\n  /pets:\n    get: {$ref: pets/list.yaml}\n    \
         description: {$ref: words.md}\n",
    );
    let source = assembled(&[
        ("api.yaml", &root),
        (
            "pets/list.yaml",
            "operationId: listPets\nparameters:\n- {$ref: '../shared.yaml#/page'}\nresponses:\n  \
             '200':\n    description: {$ref: ../words.md}\n    content:\n      application/json:\n        \
             schema: {type: array, items: {$ref: Pet.json}}\n",
        ),
        ("pets/Pet.json", r#"{"type": "object", "properties": {"$ref": "../shared.yaml#/own"}}"#),
        (
            "shared.yaml",
            "page: {in: query, name: page, schema: {type: integer}}\nown:\n  \
             owner: {$ref: '#/Owner'}\n  $ref: {type: string}\nOwner:\n  properties:\n    \
             pet: {$ref: pets/Pet.json}\n",
        ),
        ("words.md", "# Pets\n"),
    ]);
    let list = json!({
        "operationId": "listPets",
        "parameters": [{"$ref": "#/components/parameters/page"}],
        "responses": {"200": {"description": "# Pets\n", "content": {"application/json": {
            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        }}}},
    });
    assert_eq!(source.root["paths"], json!({"/pets": {"get": list, "description": "# Pets\n"}}));
    assert_eq!(
        source.root["components"],
        json!({
            "parameters": {"page": {"in": "query", "name": "page", "schema": {"type": "integer"}}},
            "schemas": {
                "Owner": {"properties": {"pet": {"$ref": "#/components/schemas/Pet"}}},
                "Pet": {"type": "object", "properties": {
                    "owner": {"$ref": "#/components/schemas/Owner"},
                    "$ref": {"type": "string"},
                }},
            },
        })
    );
    let place = |pointer: &str| {
        source.locate(&crate::pointer::Pointer::parse(pointer).unwrap()).to_string()
    };
    assert_eq!(place("/paths/~1pets/get/responses/200"), "api/pets/list.yaml:5:3");
    assert_eq!(place("/components/schemas/Pet/properties/owner"), "api/shared.yaml:3:3");
    assert_eq!(place("/components/schemas/Pet/type"), "api/pets/Pet.json:1:2");
    assert_eq!(place("/info/version"), "api/api.yaml:2:18");
    let read: Vec<_> = source.files().map(|path| path.display().to_string()).collect();
    let expected = [
        "api/api.yaml",
        "api/pets/list.yaml",
        "api/shared.yaml",
        "api/pets/Pet.json",
        "api/words.md",
    ];
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    assert_eq!(sorted(read), sorted(expected.map(str::to_owned).to_vec()));
}

#[test]
fn names_of_the_document_win() {
    let root = document(
        "paths: {}\ncomponents:\n  schemas:\n    Animal: {$ref: Pet.yaml}\n    \
         Other: {$ref: Pet.yaml}\n    Uses: {items: {$ref: Owner.yaml}}\n    \
         Same: {items: {$ref: a/Item.yaml}, not: {$ref: b/Item.yaml}}\n    \
         Taken: {items: {$ref: a/Taken.yaml}}\n",
    );
    let source = assembled(&[
        ("api.yaml", &root),
        ("Pet.yaml", "{type: string}"),
        (
            "Owner.yaml",
            "{properties: {pet: {$ref: Pet.yaml}, up: {$ref: 'api.yaml#/components/schemas/Uses'}}}",
        ),
        ("a/Item.yaml", "{type: integer}"),
        ("b/Item.yaml", "{type: boolean}"),
        ("a/Taken.yaml", "{type: integer}"),
    ]);
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        source.root["components"]["schemas"],
        json!({
            "Animal": {"type": "string"},
            "Other": to("Animal"),
            "Uses": {"items": to("Owner")},
            "Same": {"items": to("a_Item"), "not": to("b_Item")},
            "Taken": {"items": to("a_Taken")},
            "Owner": {"properties": {"pet": to("Animal"), "up": to("Uses")}},
            "a_Item": {"type": "integer"},
            "b_Item": {"type": "boolean"},
            "a_Taken": {"type": "integer"},
        })
    );
}

#[test]
fn sections_may_be_in_files_of_their_own() {
    let root =
        document("paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas/index.yaml}}\n");
    let source = assembled(&[
        ("api.yaml", &root),
        ("paths.yaml", "/a: {$ref: paths/a.yaml}\n"),
        (
            "paths/a.yaml",
            "get: {responses: {'200': {description: x, content: {a/json: {schema: {$ref: ../schemas/Pet.yaml}}}}}}",
        ),
        ("schemas/index.yaml", "Animal: {$ref: Pet.yaml}\nOwner: {items: {$ref: '#/Animal'}}\n"),
        ("schemas/Pet.yaml", "not: {$ref: 'index.yaml#/Owner'}\n"),
    ]);
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let answer = &source.root["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(answer["content"]["a/json"]["schema"], to("Animal"));
    assert_eq!(
        source.root["components"]["schemas"],
        json!({"Animal": {"not": to("Owner")}, "Owner": {"items": to("Animal")}})
    );
}

#[test]
fn the_middle_of_a_document_is_shared_too() {
    let schemas = |text: &str| {
        let root = document(&format!("paths: {{}}\ncomponents: {{schemas: {text}}}\n"));
        assembled(&[("api.yaml", &root)]).root["components"]["schemas"].clone()
    };
    assert_eq!(
        schemas(
            "{Tree: {properties: {node: {properties: {child: {$ref: \
             '#/components/schemas/Tree/properties/node'}}}}}}"
        ),
        json!({
            "Tree": {"properties": {"node": {"$ref": "#/components/schemas/Tree_node"}}},
            "Tree_node": {"properties": {"child": {"$ref": "#/components/schemas/Tree_node"}}},
        })
    );
    let unchanged = "{A: {items: {$ref: '#/components/schemas/B'}}, B: {$ref: '#/x'}}";
    assert_eq!(schemas(unchanged)["A"]["items"]["$ref"], "#/components/schemas/B");
    assert_eq!(schemas(unchanged)["B"]["$ref"], "#/x");
    let through = "{A: {items: {$ref: '#/components/schemas/B/not'}}, \
                   B: {not: {$ref: '#/components/schemas/C'}}, C: {}}";
    assert_eq!(schemas(through)["A"]["items"]["$ref"], "#/components/schemas/C");
}

#[test]
fn swagger_2_has_other_sections() {
    let source = assembled(&[
        (
            "api.yaml",
            "swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      \
             parameters: [{$ref: 'more.yaml#/parameters/Page'}]\n      \
             responses: {'200': {description: x, schema: {$ref: 'more.yaml#/definitions/A'}}}\n",
        ),
        (
            "more.yaml",
            "parameters: {Page: {in: query, name: page, type: integer}}\n\
             definitions: {A: {items: {$ref: '#/definitions/A'}}}\n",
        ),
    ]);
    assert_eq!(source.root["definitions"], json!({"A": {"items": {"$ref": "#/definitions/A"}}}));
    assert_eq!(source.root["parameters"]["Page"]["name"], "page");
    let get = &source.root["paths"]["/a"]["get"];
    assert_eq!(get["parameters"], json!([{"$ref": "#/parameters/Page"}]));
}

#[test]
fn schemas_of_3_1_have_other_keywords_and_names() {
    let root = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents:\n  schemas:\n    \
                A: {$defs: {Own: {type: string}}, prefixItems: [{$ref: 'b.yaml#/$defs/In'}], \
                not: {$ref: '#/components/schemas/A/$defs/Own'}}\n    \
                B: {items: {$ref: 'b.yaml#there'}, not: {$ref: 'https://x/b'}}\n";
    let source = assembled(&[
        ("api.yaml", root),
        ("b.yaml", "$id: https://x/b\n$defs:\n  In: {$anchor: there, if: {$ref: c.json}}\n"),
        ("c.json", "{\"const\": 1}"),
    ]);
    let schemas = &source.root["components"]["schemas"];
    assert_eq!(schemas["A"]["prefixItems"], json!([{"$ref": "#/components/schemas/In"}]));
    // What is in the document is left to the rewrite of 3.1.
    assert_eq!(schemas["A"]["not"]["$ref"], "#/components/schemas/A/$defs/Own");
    assert_eq!(schemas["B"]["items"]["$ref"], "#/components/schemas/In");
    assert_eq!(schemas["B"]["not"]["$ref"], "#/components/schemas/b");
    assert_eq!(schemas["In"]["if"]["$ref"], "#/components/schemas/c");
}

#[test]
fn an_example_is_a_reference_if_there_is_a_file() {
    let root = document(
        "paths: {}\ncomponents:\n  examples:\n    A: {value: {$ref: a.json}}\n    \
         B: {value: {$ref: none.json}}\n    C: {value: [{$ref: '#/components/x'}]}\n    \
         D: {value: {$ref: 'https://example.com/x'}}\n  \
         schemas: {S: {x-more: {$ref: a.json}, example: {deep: {$ref: a.json}}}}\n",
    );
    let source = assembled(&[("api.yaml", &root), ("a.json", "{\"a\": 1}")]);
    let examples = &source.root["components"]["examples"];
    assert_eq!(examples["A"]["value"], json!({"a": 1}));
    assert_eq!(examples["B"]["value"], json!({"$ref": "none.json"}));
    assert_eq!(examples["C"]["value"], json!([{"$ref": "#/components/x"}]));
    assert_eq!(examples["D"]["value"], json!({"$ref": "https://example.com/x"}));
    let schema = &source.root["components"]["schemas"]["S"];
    assert_eq!(*schema, json!({"x-more": {"$ref": "a.json"}, "example": {"deep": {"a": 1}}}));
}

#[test]
fn alternatives_keep_the_values_of_their_discriminator() {
    let root = document(
        "paths: {}\ncomponents:\n  schemas:\n    Cat: {type: object}\n    \
         Pet: {$ref: pets/Pet.yaml}\n",
    );
    let source = assembled(&[
        ("api.yaml", &root),
        (
            "pets/Pet.yaml",
            "oneOf: [{$ref: Cat.yaml}, {$ref: Dog.yaml}, {$ref: Cow.yaml}]\n\
             discriminator: {propertyName: kind, mapping: {moo: Cow.yaml}}\n",
        ),
        ("pets/Cat.yaml", "{type: object}"),
        ("pets/Dog.yaml", "{type: object}"),
        ("pets/Cow.yaml", "{type: object}"),
    ]);
    let pet = &source.root["components"]["schemas"]["Pet"];
    assert_eq!(
        pet["discriminator"]["mapping"],
        json!({"moo": "#/components/schemas/Cow", "Cat": "#/components/schemas/pets_Cat"})
    );
}

#[test]
fn what_is_not_followed_is_told_where_it_is_needed() {
    let root = document(
        "paths: {}\ncomponents:\n  schemas:\n    A: {items: {$ref: none.yaml}}\n    \
         B: {items: {$ref: '../out.yaml#/A'}}\n    C: {items: {$ref: 'https://x/y.yaml'}}\n    \
         D: {items: {$ref: 'b.yaml#/none'}}\n    E: {items: {$ref: 'b.yaml#/E'}}\n    \
         F: {items: {$ref: 'b.yaml#/F'}}\n    G: {properties: {$ref: none.yaml}}\n    \
         H: {items: {$ref: 'b.yaml#/H'}}\n    Root: {type: string}\n    \
         I: {discriminator: {propertyName: k, mapping: {k: none.yaml}}}\n",
    );
    let tree: &[(&str, &str)] = &[
        ("api.yaml", &root),
        (
            "b.yaml",
            "E: {$ref: '#/E'}\nF: {items: {$ref: '#nope'}}\n\
             H: {items: {$ref: '#/components/schemas/Root'}}\n",
        ),
        ("../out.yaml", "A: {type: string}"),
    ];
    let stays = ": the value stays `serde_json::Value`";
    let mut lines = told(tree, &[]);
    lines.sort();
    let mut expected = [
        "api/b.yaml:2:13 unsupported-reference #/F/items/$ref `b.yaml#nope` is not a reference: \
         after the `#` comes a JSON pointer, `/…`: the value stays `serde_json::Value`"
            .to_owned(),
        "api/b.yaml:3:5 faulty-document #/H/items the file has no such component; that of the \
         root document is taken"
            .to_owned(),
        format!(
            "api/api.yaml:6:17 unresolved-reference #/components/schemas/A/items/$ref there is no \
             file `none.yaml`{stays}"
        ),
        "api/api.yaml:15:52 unresolved-reference #/components/schemas/I/discriminator/mapping/k there \
         is no file `none.yaml`: the value is left out of the discriminator"
            .to_owned(),
        format!(
            "api/api.yaml:7:17 unsupported-reference #/components/schemas/B/items/$ref \
             `../out.yaml` is outside of the folder of the document{stays}"
        ),
        format!(
            "api/api.yaml:8:17 unsupported-reference #/components/schemas/C/items/$ref the \
             reference `https://x/y.yaml` leads to the network{stays}"
        ),
        format!(
            "api/api.yaml:9:17 unresolved-reference #/components/schemas/D/items/$ref \
             `b.yaml#/none` refers to nothing in that file{stays}"
        ),
        format!(
            "api/api.yaml:10:17 reference-cycle #/components/schemas/E/items/$ref the reference \
             `b.yaml#/E` never reaches a value: it goes in a circle, or through more than 64 others{stays}"
        ),
        "api/api.yaml:12:9 unresolved-reference #/components/schemas/G/properties there is no \
         file `none.yaml`: what it stands for is left out"
            .to_owned(),
    ];
    expected.sort();
    assert_eq!(lines, expected);
    let allowed = told(tree, &[""]);
    assert_eq!(allowed.len(), lines.len() - 1, "{allowed:#?}");
}

#[test]
fn a_call_needs_its_operation() {
    let root = document("paths: {/a: {get: {$ref: none.yaml}}}\n");
    let lines = told(&[("api.yaml", &root)], &[]);
    let expected = "api/api.yaml:3:20 unresolved-reference #/paths/~1a/get/$ref there is no file \
                    `none.yaml`";
    assert_eq!(lines, [expected]);
}

#[test]
fn files_that_cannot_be_read() {
    let root = document(
        "paths: {}\ncomponents: {schemas: {A: {$ref: a.yaml}}, examples: {E: {value: {$ref: b.json}}}}\n",
    );
    let twice = told(&[("api.yaml", &root), ("a.yaml", "a: 1\na: 2"), ("b.json", "<xml/>")], &[]);
    assert_eq!(
        twice,
        [
            "api/a.yaml:2:1 duplicate-key #/a the key `a` is given twice in the same mapping, first \
             in line 1, column 1",
            "api/api.yaml:4:59 ignored #/components/examples/E/value the file of the example is \
             neither JSON nor YAML: the reference stays as it is"
        ]
    );
    let example = told(&[("api.yaml", &root), ("a.yaml", "{}"), ("b.json", "<xml/>")], &[]);
    assert_eq!(
        example,
        ["api/api.yaml:4:59 ignored #/components/examples/E/value the file of the example is \
          neither JSON nor YAML: the reference stays as it is"]
    );
}

#[test]
fn references_that_multiply() {
    let levels: String = (0..40)
        .map(|level| {
            let next = level + 1;
            format!("L{level}: {{a: {{properties: {{$ref: '#/L{next}'}}}}, b: {{properties: {{$ref: '#/L{next}'}}}}}}\n")
        })
        .collect();
    let root =
        document("paths: {}\ncomponents: {schemas: {A: {properties: {$ref: 'b.yaml#/L0'}}}}\n");
    let levels = levels + "L40: {c: {type: string}}\n";
    let lines = told(&[("api.yaml", &root), ("b.yaml", &levels)], &[]);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains(" too-large "), "{lines:#?}");
    let deep = levels.replace("L40: {c: {type: string}}", "L40: {c: {properties: {$ref: '#/L0'}}}");
    let lines = told(&[("api.yaml", &root), ("b.yaml", &deep)], &[]);
    assert!(lines[0].contains(" too-"), "{lines:#?}");
}

#[test]
fn operations_that_contain_themselves() {
    let root =
        document("paths: {}\ncomponents: {schemas: {A: {properties: {$ref: 'b.yaml#/P'}}}}\n");
    let tree: &[(&str, &str)] =
        &[("api.yaml", &root), ("b.yaml", "P: {a: {properties: {$ref: '#/P'}}}")];
    let lines = told(tree, &[]);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("api/b.yaml:1:9 reference-cycle"), "{lines:#?}");
    let a = &assembled(tree).root["components"]["schemas"]["A"]["properties"]["a"];
    assert_eq!(*a, json!({}));
}

#[test]
fn one_file_is_left_as_it_is() {
    let root = document(
        "paths: {}\ncomponents: {schemas: {A: {properties: {$ref: {type: string}}, x-a: {$ref: b}}}}\n",
    );
    let before: Value =
        load(&files(&[("a.yaml", &root)]), Path::new("api/a.yaml"), Limits::default())
            .unwrap()
            .root;
    let source = assembled(&[("a.yaml", &root)]);
    assert_eq!(source.root, before);
    assert_eq!(source.files().count(), 1);
}

#[test]
fn a_path_item_is_what_it_says_and_what_its_reference_leads_to() {
    let item = "get: {operationId: far, responses: {}}\nput: {responses: {}}\nservers: []\n";
    let beside = "\n    get: {operationId: near, responses: {}}\n    parameters: []\n";
    let away = document(&format!("paths:\n  /a:\n    $ref: item.yaml{beside}"));
    let within = document(&format!(
        "paths:\n  /a:\n    $ref: '#/paths/~1b'{beside}  /b:\n    {}",
        item.replace('\n', "\n    ")
    ));
    for (document, told_at) in [(away, "api/api.yaml:6:5"), (within, "api/api.yaml:6:5")] {
        let tree = [("api.yaml", document.as_str()), ("item.yaml", item)];
        let source = assembled(&tree);
        let both = &source.root["paths"]["/a"];
        assert_eq!(both["get"]["operationId"], "near", "{document}");
        assert!(both["put"].is_object() && both["servers"].is_array(), "{document}");
        assert!(both["parameters"].is_array() && both.get("$ref").is_none(), "{document}");
        assert_eq!(
            told(&tree, &[]),
            [format!(
                "{told_at} misplaced-key #/paths/~1a/get `get` stands beside `$ref`, and in the path \
                 item that it leads to as well"
            )]
        );
    }
}
