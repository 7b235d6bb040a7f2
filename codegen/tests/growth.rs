//! What is written grows no faster than what is read, where a document would have it otherwise.
//!
//! Each document runs in a process of its own, with one gigabyte of memory and five seconds of
//! processor time: all that any may need. Those here needed many times as much.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

mod common;

const CHAIN: usize = 600;

const HEAD: &str = "\
openapi: 3.0.3
info: {title: Growth, version: '1'}
paths: {}
components:
  schemas:
";

/// Each schema adds a property to the last one, so that all of them have a square of properties.
fn chain() -> String {
    let mut text =
        format!("{HEAD}    Link0: {{type: object, properties: {{p0: {{type: string}}}}}}\n");
    for link in 1..CHAIN {
        let _ = writeln!(
            text,
            "    Link{link}: {{allOf: [{{$ref: '#/components/schemas/Link{}'}}, \
             {{properties: {{p{link}: {{type: string}}}}}}]}}",
            link - 1,
        );
    }
    text
}

/// Each schema is the next one, or that with a property more, so that each has twice the
/// alternatives of the next.
fn choices(depth: usize) -> String {
    let mut text = String::from(HEAD);
    for level in 0..depth {
        let next = format!("{{$ref: '#/components/schemas/Level{}'}}", level + 1);
        let _ = writeln!(
            text,
            "    Level{level}: {{oneOf: [{next}, {{allOf: [{next}, \
             {{properties: {{p{level}: {{type: string}}}}, required: [p{level}]}}]}}]}}",
        );
    }
    let _ =
        writeln!(text, "    Level{depth}: {{type: object, properties: {{a: {{type: string}}}}}}");
    text
}

fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let sizes = entries.map(|entry| match entry.metadata().unwrap() {
        kind if kind.is_dir() => bytes(&entry.path()),
        file => file.len(),
    });
    sizes.sum()
}

/// What is told of a document, and how many bytes it becomes.
fn generate(document: &str) -> (String, u64) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), document).unwrap();
    let output = run(folder.path(), &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{} {told}", output.status);
    (told, bytes(&folder.path().join("out")))
}

/// Generates `api.yaml` of a folder.
fn run(folder: &Path, more: &[&str]) -> Output {
    let mut command = common::limited();
    command.args(["generate", "--spec", "api.yaml", "--out", "out", "--crate-name", "grown"]);
    command.args(more).current_dir(folder).output().unwrap()
}

/// The code and the pointer of what a document is refused for.
fn refused(document: &str, more: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), document).unwrap();
    let output = run(folder.path(), &[&["--message-format", "json"], more].concat());
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{told}");
    let first = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let error = first.into_iter().find(|told| told["severity"] == "error").unwrap();
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("pointer"))
}

fn described(words: &str) -> String {
    format!("{HEAD}    Widget: {{type: object, description: '{words}'}}\n")
}

/// One operation in many versions, with parameters that all of them have.
fn answers(versions: usize, parameters: usize) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Growth, version: '1'}\npaths:\n  /a:\n    get:\n",
    );
    let list: Vec<String> = (0..parameters)
        .map(|index| format!("{{name: p{index}, in: query, schema: {{type: string}}}}"))
        .collect();
    let _ = writeln!(text, "      parameters: [{}]", list.join(", "));
    text.push_str(
        "      responses:\n        '200':\n          description: An answer.\n          content:\n",
    );
    for version in 0..versions {
        let _ = writeln!(
            text,
            "            application/vnd.a.v{version}+json: {{schema: {{type: string}}}}"
        );
    }
    text
}

#[test]
fn a_chain_of_all_of_is_merged_up_to_a_bound() {
    let (told, bytes) = generate(&chain());
    assert!(told.contains("repeat their members too often"), "{told}");
    // Unbounded they are 40 MB.
    assert!(bytes < 16 << 20, "{bytes}");
}

/// What the answers of operations declare counts as what components do.
#[test]
fn answers_in_place_may_repeat_what_components_may() {
    let properties = |prefix: char| {
        let each = (0..30).map(|index| format!("{prefix}{index}: {{type: string}}"));
        format!("properties: {{{}}}", each.collect::<Vec<_>>().join(", "))
    };
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: Growth, version: '1'}\npaths:\n");
    for index in 0..250 {
        let own = properties('b');
        let _ = writeln!(
            text,
            "  /a{index}: {{get: {{responses: {{'200': {{description: An answer., content: {{\
             application/json: {{schema: {{allOf: [{{$ref: '#/components/schemas/A'}}, \
             {{{own}}}]}}}}}}}}}}}}}}"
        );
    }
    let _ = writeln!(text, "components: {{schemas: {{A: {{{}}}}}}}", properties('a'));
    let (told, _) = generate(&text);
    assert!(!told.contains("repeat their members"), "{told}");
}

#[test]
fn choices_among_choices_are_written_out_up_to_a_bound() {
    let (told, shallow) = generate(&choices(6));
    assert!(!told.contains("repeat their alternatives"), "{told}");
    let (told, deep) = generate(&choices(25));
    assert!(told.contains("repeat their alternatives too often"), "{told}");
    // Unbounded each level doubles them.
    assert!(deep < 20 * shallow, "{shallow}, {deep}");
}

#[test]
fn a_long_name_stands_above_no_more_than_there_is_room_for() {
    let name = "N".repeat(100_000);
    let mut text = format!("{HEAD}    ? {name}\n    : type: object\n      properties:\n");
    for property in 0..2_000 {
        let _ = writeln!(
            text,
            "        p{property}: {{type: object, properties: {{q: {{type: string}}}}}}"
        );
    }
    let (code, pointer) = refused(&text, &[]);
    assert_eq!(code, "too-large");
    assert!(pointer.starts_with(&format!("/components/schemas/{name}/properties/p")));
}

#[test]
fn what_is_opened_and_never_closed_is_looked_for_once() {
    let runs: String = (1..600).map(|length| "`".repeat(length) + " ").collect();
    let openings = ["[".repeat(300_000), runs, "[a](b ".repeat(60_000), "[[[](".repeat(60_000)];
    for words in openings {
        let (_, bytes) = generate(&described(&words));
        assert!(bytes > words.len() as u64);
    }
}

#[test]
fn a_circle_of_references_is_gone_round_once() {
    let mut text = String::from(HEAD);
    for link in 0..5_000 {
        let next = (link + 1) % 5_000;
        let _ = writeln!(text, "    Link{link}: {{$ref: '#/components/schemas/Link{next}'}}");
    }
    let (told, _) = generate(&text);
    assert!(told.contains("goes in a circle"), "{told}");
}

/// Objects that may hold at once and hold themselves are one object, which holds itself.
#[test]
fn objects_at_once_that_hold_themselves_have_an_end() {
    let to = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let (tree, leaf) = (to("Tree"), to("Leaf"));
    for schemas in [
        format!(
            "    Tree: {{type: object, properties: {{u: {{anyOf: [{tree}, {leaf}]}}}}}}\n    \
             Leaf: {{type: object, properties: {{u: {leaf}}}}}\n"
        ),
        format!(
            "    Tree: {{properties: {{u: {{anyOf: [{tree}, {{type: object, properties: \
             {{u: {tree}}}}}]}}}}}}\n"
        ),
        format!(
            "    Either: {{anyOf: [{tree}, {leaf}]}}\n    \
             Tree: {{type: object, properties: {{u: {tree}, a: {{type: string}}}}}}\n    \
             Leaf: {{type: object, properties: {{u: {leaf}, b: {{type: string}}}}}}\n"
        ),
    ] {
        let (told, bytes) = generate(&format!("{HEAD}{schemas}"));
        assert!(bytes < 40_000, "{bytes} bytes of {schemas}");
        assert!(!told.contains("stays"), "{told}");
    }
}

/// What a schema that is only itself is merged with ends as well.
#[test]
fn second_names_in_a_circle_are_merged_with_nothing() {
    let merged = "{properties: {t: {$ref: '#/components/schemas/A'}}}";
    for circle in [
        "    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n",
        "    A: {allOf: [{$ref: '#/components/schemas/B'}]}\n    \
         B: {allOf: [{$ref: '#/components/schemas/A'}]}\n",
    ] {
        for other in ["{properties: {t: {type: string}}}", merged] {
            let text = format!("{HEAD}    M: {{allOf: [{merged}, {other}]}}\n{circle}");
            let (told, _) = generate(&text);
            assert!(told.contains("refers to itself"), "{told}");
        }
    }
}

/// In this very thread, whose stack is that of any test: a build script has little more.
#[test]
fn a_chain_of_references_does_not_nest_on_the_stack() {
    let mut text = String::from(HEAD);
    for link in 0..2_000 {
        let next = format!("{{$ref: '#/components/schemas/Link{}'}}", link + 1);
        let _ = match link % 4 {
            0 => writeln!(text, "    Link{link}: {{type: array, items: {next}}}"),
            1 => writeln!(text, "    Link{link}: {{properties: {{next: {next}}}}}"),
            2 => writeln!(text, "    Link{link}: {{additionalProperties: {next}}}"),
            _ => writeln!(text, "    Link{link}: {{oneOf: [{next}, {{type: string}}]}}"),
        };
    }
    text.push_str("    Link2000: {type: string}\n");
    let files = specwright::source::Memory::default().with("api.yaml", text);
    let options = specwright::Options { spec: "api.yaml".into(), ..Default::default() };
    let generated = specwright::generate(&options, &files).unwrap();
    assert!(generated.files.iter().any(|file| file.text.contains("pub struct Link1 ")));
}

/// The types of lists of lists are spelled out in one another, up to a bound, and whoever spells them
/// nests as deep.
#[test]
fn lists_of_lists_are_spelled_out_up_to_a_bound() {
    let lists = |number: usize| {
        let mut text = String::from(HEAD);
        for link in 0..number {
            let next = format!("{{$ref: '#/components/schemas/Link{}'}}", link + 1);
            let _ = writeln!(text, "    Link{link}: {{type: array, items: {next}}}");
        }
        let _ = writeln!(text, "    Link{number}: {{type: string}}");
        let files = specwright::source::Memory::default().with("api.yaml", text);
        let options = specwright::Options { spec: "api.yaml".into(), ..Default::default() };
        let generated = specwright::generate(&options, &files).unwrap();
        generated.files.iter().map(|file| file.text.len()).sum::<usize>()
    };
    let (some, more) = (lists(200), lists(400));
    assert!(more < 3 * some, "{some}, {more}");
}

#[test]
fn a_version_is_no_copy_of_all_versions() {
    let folder = tempfile::tempdir().unwrap();
    let sizes = [100, 200, 400].map(|versions| {
        std::fs::write(folder.path().join("api.yaml"), answers(versions, 1)).unwrap();
        let output = run(folder.path(), &["--all-versions"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        bytes(&folder.path().join("out"))
    });
    assert!(sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0]), "{sizes:?}");
    let (code, pointer) = refused(&answers(500, 200), &["--all-versions"]);
    assert_eq!((code.as_str(), pointer.as_str()), ("too-large", "/paths/~1a/get"));
}

/// What 3.1 says with a keyword of its own moves to where 3.0 has it. Were it copied, each level would be
/// twice as large as the one within it.
#[test]
fn keywords_of_31_within_one_another_do_not_double() {
    let levels = [
        "{type: object, if: {required: [t]}, then: {properties: {n: NEXT}}}",
        "{type: object, if: {required: [t]}, else: {properties: {n: NEXT}}}",
        "{type: object, dependentSchemas: {t: {properties: {n: NEXT}}}}",
        "{type: object, if: {required: [t]}, then: {oneOf: [{properties: {n: NEXT}}, {required: [t]}]}}",
        "{type: object, if: {required: [t]}, else: {allOf: [{properties: {n: NEXT}}]}}",
        "{type: object, if: {required: [t]}, then: {else: {properties: {n: NEXT}}}}",
        "{type: object, dependentSchemas: {t: {anyOf: [{properties: {n: NEXT}}]}}}",
        "{type: object, patternProperties: {^a: NEXT, ^b: {type: integer}}, additionalProperties: false}",
        "{type: object, patternProperties: {^b: {type: integer}}, unevaluatedProperties: NEXT}",
        "{type: array, prefixItems: [{type: string}, NEXT], items: false}",
        "{type: array, prefixItems: [{type: string}], items: NEXT}",
        "{type: object, unevaluatedProperties: NEXT}",
        "{type: [object, string], properties: {n: NEXT}}",
    ];
    for level in levels {
        let mut schema = "{type: object, properties: {leaf: {type: string}}}".to_owned();
        for _ in 0..15 {
            schema = level.replace("NEXT", &schema);
        }
        let head = HEAD.replace("3.0.3", "3.1.0");
        let (told, bytes) = generate(&format!("{head}    Nested: {schema}\n"));
        assert!(bytes < 60_000, "{bytes} bytes of {level}");
        // Nor is one place told as many: the keyword is there once at each level.
        let counts = told.split('(').filter_map(|rest| rest.split_once(" places")?.0.parse().ok());
        assert!(counts.max().unwrap_or(0) <= 17, "{told}");
    }
}
