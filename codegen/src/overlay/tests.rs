use std::path::Path;

use serde_json::{Value, json};

use super::apply;
use crate::diagnostics::Diagnostics;
use crate::load::{self, Limits};
use crate::pointer::Pointer;
use crate::source::{Memory, Source};

const DOCUMENT: &str = "\
paths:
  /a:
    get: {tags: [one, two, three], parameters: [{name: p}]}
    post: {summary: Old}
  /b:
    get: {tags: [one]}
";

fn run(actions: &str) -> Result<(Source, Diagnostics), Diagnostics> {
    run_as("1.0.0", actions)
}

fn run_as(version: &str, actions: &str) -> Result<(Source, Diagnostics), Diagnostics> {
    let overlay =
        format!("overlay: {version}\ninfo: {{title: T, version: '1'}}\nactions:\n{actions}");
    let files = Memory::default().with("api.yaml", DOCUMENT).with("o.yaml", overlay);
    let source = load::load(&files, Path::new("api.yaml"), Limits::default()).unwrap();
    apply(&files, source, &["o.yaml".into()], Limits::default())
}

fn tree(actions: &str) -> Value {
    run(actions).map(|(source, _)| source.root).unwrap_or_else(|refused| panic!("{refused}"))
}

fn refused(actions: &str) -> String {
    run(actions).map(|(source, _)| source.root).unwrap_err().to_string()
}

#[test]
fn mappings_are_merged_and_lists_grow() {
    let root = tree(
        "  - target: $.paths['/a'].*\n    update: {summary: New, tags: [four], x-a: {b: 1}}\n\
         \x20 - target: $.paths['/a'].post\n    update: {x-a: {c: 2}}\n\
         \x20 - target: $.paths['/b'].get.tags\n    update: last\n",
    );
    assert_eq!(
        root["paths"],
        json!({
            "/a": {
                "get": {
                    "tags": ["one", "two", "three", "four"], "parameters": [{"name": "p"}],
                    "summary": "New", "x-a": {"b": 1},
                },
                "post": {"summary": "New", "tags": ["four"], "x-a": {"b": 1, "c": 2}},
            },
            "/b": {"get": {"tags": ["one", "last"]}},
        })
    );
}

#[test]
fn what_is_removed_is_gone() {
    let root = tree(
        "  - {target: \"$.paths['/a'].get.tags[0,1]\", remove: true, update: {ignored: true}}\n\
         \x20 - {target: $..parameters, remove: true}\n\
         \x20 - {target: \"$.paths['/b']\", remove: true}\n",
    );
    assert_eq!(
        root["paths"],
        json!({"/a": {"get": {"tags": ["three"]}, "post": {"summary": "Old"}}})
    );
}

#[test]
fn every_part_knows_where_it_is_written() {
    let (source, _) =
        run("  - target: $.paths['/a'].get\n    update:\n      x-a: {b: 1}\n      tags: [four]\n\
         \x20 - {target: \"$.paths['/a'].get.tags[1]\", remove: true}\n")
        .unwrap();
    let check = |pointer: &str, file: &str, line: usize| {
        let place = source.locate(&Pointer::parse(pointer).unwrap());
        assert_eq!((place.file.to_str().unwrap(), place.line), (file, line), "{pointer}");
    };
    check("/paths/~1a/get/x-a/b", "o.yaml", 6);
    check("/paths/~1a/get/tags/0", "api.yaml", 3);
    // What stood behind the removed one has moved up.
    check("/paths/~1a/get/tags/1", "api.yaml", 3);
    check("/paths/~1a/get/tags/2", "o.yaml", 7);
    check("/paths/~1b/get", "api.yaml", 6);
    let files: Vec<_> = source.files().collect();
    assert_eq!(files, [Path::new("api.yaml"), Path::new("o.yaml")]);
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let check = |actions: &str, expected: &str| {
        let told = refused(actions);
        assert!(told.contains(expected), "{told}");
        assert!(told.starts_with("o.yaml:"), "{told}");
    };
    check(
        "  - {target: $.paths.x, update: {a: 1}}",
        "4:6: error[overlay]: the document has nothing",
    );
    check("  - {target: paths, update: {a: 1}}", "is no JSONPath");
    check("  - {target: $, remove: true}", "cannot be removed");
    check("  - {target: \"$.paths['/a'].post.summary\", update: {a: 1}}", "neither a mapping nor");
    check("  - {target: $.paths, update: 1}", "what updates a mapping is a mapping");
    check("  - {target: $.paths}", "the action does nothing");
    check("  - {update: {a: 1}}", "an action has a target");
    check("  - {target: $.paths, remove: 1}", "`remove` is true or false");
    check("  - {target: $.paths, copy: {a: 1}}", "`copy` is the path to what is copied");
    check("  - {target: $.paths, copy: paths}", "`paths` is no JSONPath");
    check("  - {target: $.paths, copy: $.x}", "4:23: error[overlay]: the document has nothing");
    check("  - {target: $.paths, copy: $.paths.*}", "means several values, `/paths/~1a` and");
    check("  - {target: $.paths, copy: \"$.paths['/a'].post.summary\"}", "what updates a mapping");
    check("  - {target: $.paths, copy: $.paths, update: {a: 1}}", "cancel each other out");
    // Two of them are told of both.
    assert_eq!(
        refused("  - {target: $.x, remove: true}\n  - {target: $.y, remove: true}")
            .matches("error[")
            .count(),
        2
    );
}

/// What 1.1 has that 1.0 has not, and where the same words mean something else.
#[test]
fn version_1_1() {
    let tree = |actions: &str| {
        let done = run_as("1.1.0", actions);
        let (source, warnings) = done.unwrap_or_else(|refused| panic!("{refused}"));
        assert_eq!(warnings.iter().count(), 0, "{warnings}");
        source.root["paths"].clone()
    };
    // A list is put behind a list, one entry at a time; in 1.0 it is an entry.
    let longer = "  - {target: \"$.paths['/b'].get.tags\", update: [two, three]}\n";
    assert_eq!(tree(longer)["/b"]["get"]["tags"], json!(["one", "two", "three"]));
    assert_eq!(self::tree(longer)["paths"]["/b"]["get"]["tags"], json!(["one", ["two", "three"]]));
    // A text takes the place of another; in 1.0 a target is a mapping or a list.
    let summary = "  - {target: \"$.paths['/a'].post.summary\", update: New}\n";
    assert_eq!(tree(summary)["/a"]["post"]["summary"], "New");
    assert!(refused(summary).contains("`overlay: 1.1.0`, whose updates replace it"));
    let mapping = "  - {target: \"$.paths['/a'].post.summary\", update: {a: 1}}\n";
    let told = run_as("1.1.0", mapping).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("4:44: error[overlay]: `/paths/~1a/post/summary` is neither"), "{told}");
    // What is there is moved by a copy; a list grows by what is copied.
    let moved = tree(
        "  - {target: $.paths, update: {/c: {x-new: true}}}\n\
         \x20 - {target: \"$.paths['/c']\", copy: \"$.paths['/a']\"}\n\
         \x20 - {target: \"$.paths['/c'].get.tags\", copy: \"$.paths['/b'].get.tags\"}\n\
         \x20 - {target: \"$.paths['/c'].post.summary\", copy: \"$.paths['/c'].get.tags[1]\"}\n\
         \x20 - {target: \"$.paths['/a']\", remove: true}\n",
    );
    assert_eq!(
        moved,
        json!({
            "/b": {"get": {"tags": ["one"]}},
            "/c": {
                "x-new": true,
                "get": {"tags": ["one", "two", "three", "one"], "parameters": [{"name": "p"}]},
                "post": {"summary": "two"},
            },
        })
    );
}

#[test]
fn what_is_copied_knows_where_it_was_written() {
    let (source, _) = run_as(
        "1.1.0",
        "  - target: $.paths['/a'].get\n    update:\n      x-a: {b: 1}\n\
         \x20 - {target: \"$.paths['/b']\", copy: \"$.paths['/a']\"}\n\
         \x20 - {target: \"$.paths['/a']\", remove: true}\n",
    )
    .unwrap();
    let check = |pointer: &str, file: &str, line: usize| {
        let place = source.locate(&Pointer::parse(pointer).unwrap());
        assert_eq!((place.file.to_str().unwrap(), place.line), (file, line), "{pointer}");
    };
    check("/paths/~1b/get/tags/0", "api.yaml", 6);
    check("/paths/~1b/get/tags/1", "api.yaml", 3);
    check("/paths/~1b/get/x-a/b", "o.yaml", 6);
    check("/paths/~1b/post/summary", "api.yaml", 4);
}

#[test]
fn a_copy_in_an_overlay_of_1_0_is_made_and_told() {
    let (source, warnings) =
        run("  - {target: \"$.paths['/b'].get.tags\", copy: \"$.paths['/a'].get.tags\"}").unwrap();
    assert_eq!(source.root["paths"]["/b"]["get"]["tags"], json!(["one", "one", "two", "three"]));
    let told = warnings.to_string();
    assert!(told.contains("o.yaml:4:") && told.contains("warning[misplaced-key]"), "{told}");
}

#[test]
fn a_change_of_what_is_removed_is_told() {
    let told = |action: &str| {
        let (source, warnings) = run_as("1.1.0", action).unwrap();
        assert_eq!(source.root["paths"].get("/b"), None);
        warnings.to_string()
    };
    let both =
        told("  - {target: \"$.paths['/b']\", update: {x-a: 1}, copy: $.nowhere, remove: true}");
    assert!(
        both.contains("o.yaml:4:31: warning[ignored]: `update` beside `remove: true`"),
        "{both}"
    );
    assert!(both.contains("o.yaml:4:49: warning[ignored]: `copy` beside `remove: true`"), "{both}");
    assert_eq!(told("  - {target: \"$.paths['/b']\", remove: true}"), "");
}

#[test]
fn what_is_no_overlay() {
    let check = |text: &str, expected: &str| {
        let files = Memory::default().with("api.yaml", DOCUMENT).with("o.yaml", text);
        let source = load::load(&files, Path::new("api.yaml"), Limits::default()).unwrap();
        let told = apply(&files, source, &["o.yaml".into()], Limits::default())
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(told.contains(expected), "{told}");
    };
    check("openapi: 3.0.0", "this is no overlay");
    check("overlay: 2.0.0\nactions: []", "overlays of version `2.0.0` are not read");
    check("overlay: 1.0.0", "an overlay has a list of actions");
    check("[]", "has to be a mapping");
    check("a: [", "o.yaml");
}

#[test]
fn an_unknown_key_is_a_warning() {
    let (_, warnings) =
        run("  - {target: $.paths, update: {}, describtion: d, x-why: so}").unwrap();
    let told = warnings.to_string();
    assert!(told.contains("o.yaml:4:35: warning[unknown-key]: `describtion`"), "{told}");
    assert_eq!(warnings.iter().count(), 1);
}

#[test]
fn overlays_that_grow_without_end() {
    let check = |grow: &str, expected: &str| {
        let document = "paths: {}\n";
        let overlay =
            format!("overlay: 1.1.0\nactions:\n  - {{target: $, update: {{x: {{}}}}}}\n{grow}");
        let files = Memory::default().with("api.yaml", document).with("o.yaml", overlay);
        let source = load::load(&files, Path::new("api.yaml"), Limits::default()).unwrap();
        let told = apply(&files, source, &["o.yaml".into()], Limits::default())
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(told.contains(expected), "{told}");
    };
    let update = "  - {target: '$..*', update: {a: {}, b: {}, c: {}, d: {}}}\n";
    check(&update.repeat(20), "too-large");
    // A list that is put behind itself is twice as long, a mapping in itself one level deeper.
    let twice = "  - {target: $.l, copy: $.l}\n".repeat(20);
    check(&format!("  - {{target: $, update: {{l: [1]}}}}\n{twice}"), "too-large");
    let deeper = "  - {target: $.x, update: {n: {}}}\n  - {target: $.x.n, copy: $.x}\n";
    check(&deeper.repeat(200), "too-deep");
}
