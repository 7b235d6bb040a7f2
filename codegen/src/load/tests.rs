//! What is refused, with which words and where; and what the tree of a sound document looks like.

use serde_json::json;

use super::*;
use crate::source::Memory;

fn load_as(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Source, Diagnostics> {
    load(&Memory::default().with(name, bytes), Path::new(name), Limits::default())
}

/// Expects one diagnostic and gives it as `line:column code pointer message`.
fn refusal(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let diagnostics = load_as(name, bytes).unwrap_err();
    let [diagnostic] = diagnostics.iter().as_slice() else { panic!("{diagnostics}") };
    let place = diagnostic.location.as_ref().unwrap();
    assert_eq!(place.file, Path::new(name));
    let pointer = diagnostic.pointer.as_ref().unwrap();
    let Diagnostic { code, message, .. } = diagnostic;
    format!("{}:{} {code} #{pointer} {message}", place.line, place.column)
}

#[track_caller]
fn check(name: &str, bytes: impl Into<Vec<u8>>, expected: &str) {
    assert_eq!(refusal(name, bytes), expected);
}

#[track_caller]
fn yaml(text: &str, expected: &str) {
    check("a.yaml", text, expected);
}

#[track_caller]
fn json(text: &str, expected: &str) {
    check("a.json", text, expected);
}

#[test]
fn files_that_are_no_text() {
    let missing = load(&Memory::default(), Path::new("no.yaml"), Limits::default()).unwrap_err();
    assert!(missing.to_string().contains("io]: cannot read `no.yaml`: "), "{missing}");
    check("a.yaml", "", "1:1 encoding # the file is empty");
    check("a.json", " \n", "1:1 encoding # the file is empty");
    let wide = "1:1 encoding # the file is UTF-16 or UTF-32 text, not UTF-8";
    check("a.yaml", b"\xFF\xFEa\0:\0", wide);
    check("a.yaml", b"\0a\0:", wide);
    check("a.json", b"{\0\"\0", wide);
    let broken = "2:4 encoding # the file is not UTF-8: byte 0xFF at offset 9";
    check("a.yaml", b"a: b\n\xC3\xA9: \xFF", broken);
}

#[test]
fn files_that_are_neither_json_nor_yaml() {
    yaml(
        "# nothing",
        "1:1 invalid-document # an OpenAPI document has to be a mapping, and this one is empty",
    );
    yaml(
        "- a",
        "1:1 invalid-document # an OpenAPI document has to be a mapping, and this one is a list",
    );
    yaml(
        "Dear all,\nsee below",
        "1:1 invalid-document # an OpenAPI document has to be a mapping, and this one is plain text",
    );
    yaml(
        "a: 1\nb: [1,\n  2\nc: 3",
        "4:2 syntax #/b/2 not YAML: did not find expected ',' or ']', \
         while parsing a flow sequence at line 2 column 4",
    );
    yaml("a: *b", "1:4 syntax #/a not YAML: unknown anchor");
    yaml("a: 1\n---\nb: 2", "2:1 syntax # the file holds more than one YAML document");
    yaml("---\na: 1\n...\n---\n", "4:1 syntax # the file holds more than one YAML document");
    yaml(
        "a:\n  - !secret x",
        "2:5 syntax #/a/0 the YAML tag `!secret` means nothing in an OpenAPI document",
    );
    json("openapi: 3.0.1", "1:1 syntax # not JSON: expected value");
    json("{\"a\": [1,\n 2,\n ],}", "2:3 syntax #/a/2 not JSON: trailing comma");
    json("{\"a\": {\"ü\": 1, }}", "1:14 syntax #/a not JSON: trailing comma");
    json("{\"a\": 1", "1:7 syntax # not JSON: EOF while parsing an object");
    json("{} {}", "1:4 syntax # not JSON: trailing characters");
    json("{\"a\": 1e999}", "1:7 not-a-number #/a the number is too great for 64 bits");
    check("spec", "{\"a\": 1,}", "1:8 syntax # not JSON: trailing comma");
}

#[test]
fn keys_given_twice() {
    json(
        "{\"a\": {\"b\": 1,\n \"b\": 2}}",
        "2:2 duplicate-key #/a/b the key `b` is given twice in the same mapping, first in line 1, \
         column 8",
    );
    json(
        "{\"a\": 1, \"\\u0061\": 2}",
        "1:10 duplicate-key #/a the key `a` is given twice in the same mapping, first in line 1, \
         column 2",
    );
    yaml(
        "a:\n- b: 1\n  c: 2\n  \"b\": 3",
        "4:3 duplicate-key #/a/0/b the key `b` is given twice in the same mapping, first in line 2, \
         column 3",
    );
    yaml(
        "200: a\n'200': b",
        "2:1 duplicate-key #/200 the key `200` is given twice in the same mapping, first in line 1, \
         column 1",
    );
    check(
        "a.yml",
        "{\"a\": 1, \"a\": 2}",
        "1:10 duplicate-key #/a the key `a` is given twice in the same mapping, first in line 1, \
         column 2",
    );
    yaml(
        "a: &a {b: 1, b: 2}\nc: [*a, *a]",
        "1:14 duplicate-key #/a/b the key `b` is given twice in the same mapping, first in line 1, \
         column 8",
    );
}

/// What is told of a text, as `line:column code`.
fn all(name: &str, text: &str) -> Vec<String> {
    let told = load_as(name, text).unwrap_err();
    let place = |one: &Diagnostic| one.location.clone().unwrap();
    told.iter()
        .map(|one| format!("{}:{} {}", place(one).line, place(one).column, one.code))
        .collect()
}

#[test]
fn a_key_given_twice_hides_nothing() {
    let yaml = "a: 1\na: {c: 2}\na: 3\nb: {c: 1, c: 2}\nd: [1";
    let expected = ["2:1 duplicate-key", "3:1 duplicate-key", "4:11 duplicate-key", "5:6 syntax"];
    assert_eq!(all("a.yaml", yaml), expected);
    let json = "{\"a\": 1, \"a\": 2,\n\"b\": {\"c\": 1, \"c\": 2},\n}";
    assert_eq!(all("a.json", json), ["1:10 duplicate-key", "2:15 duplicate-key", "2:22 syntax"]);
    let deep = format!("{{\"a\": 1, \"a\": {}", "[".repeat(100_000));
    assert_eq!(all("a.json", &deep), ["1:10 duplicate-key", "1:114 too-deep"]);
    let many = "a: 1\n".repeat(301);
    let told = all("a.yaml", &many);
    assert_eq!((told.len(), told[0].as_str()), (101, "1:1 duplicate-key"));
}

#[test]
fn what_no_document_can_mean_hides_nothing() {
    let yaml = "é: .nan\nb: !x {c: .inf}\n<<: {d: !y z}\n? [e]\n: .nan\nf: 1\nf: 2\n? {g: h}\n: 1\n\
                i: [-.inf, !z a]\nj: {";
    let expected = [
        "1:4 not-a-number",
        "2:4 syntax",
        "2:11 not-a-number",
        "3:1 merge-key",
        "3:9 syntax",
        "4:3 syntax",
        "5:3 not-a-number",
        "7:1 duplicate-key",
        "8:4 syntax",
        "10:5 not-a-number",
        "10:12 syntax",
        "11:5 syntax",
    ];
    assert_eq!(all("a.yaml", yaml), expected);
    let twice = "a: 1\na: .nan\n---\nb: 1";
    let expected = ["2:1 duplicate-key", "2:4 not-a-number", "3:1 syntax"];
    assert_eq!(all("a.yaml", twice), expected);
    let json = "{\"a\": [1e400, -1E+999],\n\"b\": \"1e400\", \"c\": 1e400, \"c\": 2,\n\"d\": 1,}";
    let expected = [
        "1:8 not-a-number",
        "1:15 not-a-number",
        "2:20 not-a-number",
        "2:27 duplicate-key",
        "3:7 syntax",
    ];
    assert_eq!(all("a.json", json), expected);
    let aliases = "a: &a {b: .nan}\nc: [*a, *a]\n";
    assert_eq!(all("a.yaml", aliases), ["1:11 not-a-number"]);
    let many = format!("a: [{}]", ".nan,".repeat(3_000));
    let told = all("a.yaml", &many);
    assert_eq!((told.len(), told[0].as_str()), (101, "1:1 syntax"));
}

#[test]
fn what_is_left_is_what_was_meant() {
    let left = |name: &str, text: &str| {
        let files = Memory::default().with(name, text);
        look(&files, Path::new(name), Limits::default()).unwrap().0.root
    };
    let yaml = "a: {b: .nan, c: 1}\nd: &d {e: 1, f: 2}\ng: {e: 3, <<: *d}\nh: {<<: [*d, {i: 4}]}\n\
                j: !k {l: 5}\n? [m]\n: 6\n0x10: [.nan, 7]\n1.0: 8";
    let expected = json!({
        "a": {"c": 1}, "d": {"e": 1, "f": 2}, "g": {"e": 3, "f": 2},
        "h": {"e": 1, "f": 2, "i": 4}, "j": {"l": 5}, "16": [null, 7], "1.0": 8,
    });
    assert_eq!(left("a.yaml", yaml), expected);
    let json = "{\"a\": {\"b\": 1e400, \"c\": 1}, \"d\": [1e400, 2]}";
    assert_eq!(left("a.json", json), json!({"a": {"c": 1}, "d": [2]}));
    // In YAML it is a text.
    assert_eq!(left("a.yaml", "{\"a\": 1e400}"), json!({"a": "1e400"}));
}

#[test]
fn of_two_values_of_a_key_there_is_what_either_has() {
    let files = Memory::default().with("a.yaml", "a: {b: 1, c: 2}\na: {c: 3, d: 4}\na: 5");
    let (source, errors) = look(&files, Path::new("a.yaml"), Limits::default()).unwrap();
    assert_eq!(errors.len(), 2);
    assert_eq!(source.root, json!({"a": {"b": 1, "c": 2, "d": 4}}));
    assert_eq!(source.locate(&Pointer::root().push("a").push("d")).line, 2);
}

#[test]
fn yaml_beyond_json() {
    yaml("a: &a {b: 1}\nc:\n  <<: *a", "3:3 merge-key #/c/<< YAML merge keys (`<<`) are not read");
    assert!(load_as("a.yaml", "'<<': 1").is_ok());
    assert!(load_as("a.json", "{\"<<\": 1}").is_ok());
    let nan = "1:13 not-a-number #/a/minimum NaN is not a number that JSON can express";
    yaml("a: {minimum: .nan}", &nan.replace("1:13", "1:14"));
    let infinity = "2:3 not-a-number #/a/0 an infinity is not a number that JSON can express";
    yaml("a:\n- -.inf", infinity);
    yaml("? [a]\n: 1", "1:3 syntax # a key is a list or a mapping, and keys are text");
}

#[test]
fn nesting_and_bombs() {
    let flow = "1:1004 too-deep # mappings and lists nest deeper than 100 levels";
    yaml(&format!("a: {}", "[".repeat(100_000)), flow);
    let brackets = refusal("a.json", "[".repeat(100_000));
    assert!(brackets.contains("too-deep #/0/0/0/"), "{brackets}");
    assert!(brackets.starts_with("1:101 "), "{brackets}");
    let dashes = refusal("a.yaml", "- ".repeat(100_000));
    assert!(dashes.starts_with("1:201 too-deep #/0/0/"), "{dashes}");
    let itself = refusal("a.yaml", "a: &a [*a]");
    assert!(itself.contains("too-deep #/a/0/0/"), "{itself}");
    let exponential: String = (0..30)
        .map(|i| format!("a{}: &a{} [*a{i}, *a{i}, *a{i}]\n", i + 1, i + 1))
        .fold("a0: &a0 lol\n".to_owned(), |text, line| text + &line);
    let bomb = refusal("a.yaml", exponential);
    assert!(bomb.contains(" too-large #/a"), "{bomb}");
    let quadratic = format!("a: &a \"{}\"\nb: [{}]", "x".repeat(50_000), "*a,".repeat(50_000));
    let bomb = refusal("a.yaml", quadratic);
    assert!(bomb.starts_with("1:4 too-large #/b/"), "{bomb}");
    for nothing in ["[],", "{},", "{a: },", "~,", "'',"] {
        let (many, aliases) = (nothing.repeat(20_000), "*a,".repeat(20_000));
        let bomb = refusal("a.yaml", format!("a: &a [{many}]\nb: [{aliases}]"));
        assert!(bomb.contains(" too-large #/b/"), "{bomb}");
    }
    check(
        "a.yaml",
        vec![b' '; Limits::default().file + 1],
        "1:1 too-large # the file has more than 33554432 bytes",
    );
}

#[test]
fn sound_documents() {
    let tree = |name, text: &str| load_as(name, text).unwrap().root;
    assert_eq!(
        tree("a.json", "\u{FEFF}{\"b\": \"\\ud83d\\ude00\", \"a\": 1}").to_string(),
        r#"{"b":"😀","a":1}"#
    );
    assert_eq!(
        tree("a.yaml", "200: {x: yes}\ntrue: 0x10\n1.0: ~\nn: 1e400\nz: &z 1.10\ny: [*z, '1']"),
        json!({"200": {"x": "yes"}, "true": 16, "1.0": null, "n": "1e400", "z": 1.1, "y": [1.1, "1"]})
    );
    // A document of YAML's flow style is not JSON, one that calls itself YAML may be.
    assert_eq!(load_as("a.yaml", "{a: 1,}").unwrap().format, Format::Yaml);
    assert_eq!(load_as("a.yaml", "{\"a\": 1}").unwrap().format, Format::Json);
    assert_eq!(load_as("a.txt", "a: 1").unwrap().format, Format::Yaml);
    assert_eq!(
        tree("a.yaml", "a: 340282366920938463463374607431768211456\nb: 99999999999999999999")
            .to_string(),
        r#"{"a":3.402823669209385e+38,"b":1e+20}"#
    );
}
