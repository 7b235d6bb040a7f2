//! Pointers to line and column, through both halves.

use super::*;
use crate::load::{Limits, load};
use crate::source::Memory;

fn check(format: Format, text: &str, expected: &[(&str, usize, usize)]) {
    let pointers: Vec<Pointer> =
        expected.iter().map(|(pointer, ..)| Pointer::parse(pointer).unwrap()).collect();
    let refs: Vec<&Pointer> = pointers.iter().collect();
    let places: Vec<(&str, usize, usize)> = locations(Path::new("f"), text, format, None, &refs)
        .iter()
        .zip(expected)
        .map(|(place, (pointer, ..))| (*pointer, place.line, place.column))
        .collect();
    assert_eq!(places, expected);
    if format == Format::Yaml {
        let searched = locations(Path::new("f"), text, format, None, &refs);
        // A text that breaks off has no tree, and only a search finds places in it.
        assert_eq!(noted(text, &refs).unwrap_or(searched.clone()), searched);
    }
}

/// The same from what was noted while the text was read.
fn noted(text: &str, pointers: &[&Pointer]) -> Option<Vec<Location>> {
    let files = Memory::default().with("f", text);
    let source = load(&files, Path::new("f"), Limits::default()).ok()?;
    Some(source.locate_all(pointers))
}

#[test]
fn json() {
    let text = r##"{
  "openapi": "3.0.1", "a\/b": {"ü": 1, "x": [ {"y": null}, [2,
    "s"], 7 ]},
  "\u0061": {}
}"##;
    check(
        Format::Json,
        text,
        &[
            ("", 1, 1),
            ("/openapi", 2, 3),
            ("/a~1b", 2, 23),
            ("/a~1b/x", 2, 40),
            ("/a~1b/x/0", 2, 47),
            ("/a~1b/x/0/y", 2, 48),
            ("/a~1b/x/1/1", 3, 5),
            ("/a~1b/x/2", 3, 11),
            ("/a", 4, 3),
            // Nearest ancestors.
            ("/a~1b/x/9", 2, 40),
            ("/nowhere/at/all", 1, 1),
        ],
    );
}

#[test]
fn yaml() {
    let text = "\
# a comment
openapi: 3.0.1
'quoted': &anchor
  200: {x: 1}
  list:
    - name: a
      in: path
    - plain
    - \"two\"
    - - deep
alias: *anchor
\"esc\\u0061ped\":
  inner: 1
numbers: [1, 2]
";
    check(
        Format::Yaml,
        text,
        &[
            ("/openapi", 2, 1),
            ("/quoted", 3, 1),
            ("/quoted/200", 4, 3),
            ("/quoted/200/x", 4, 9),
            ("/quoted/list/0", 6, 7),
            ("/quoted/list/0/in", 7, 7),
            ("/quoted/list/1", 8, 7),
            ("/quoted/list/2", 9, 7),
            ("/quoted/list/3/0", 10, 9),
            ("/alias/list/0/in", 7, 7),
            ("/escaped", 13, 3),
            ("/numbers/1", 14, 1),
            ("/nowhere", 1, 1),
        ],
    );
}

#[test]
fn a_text_that_breaks_off_is_searched_up_to_there() {
    check(Format::Json, "{\"a\": 1,\n \"b\": [", &[("/b", 2, 2), ("/b/0", 2, 2)]);
    check(Format::Yaml, "a: 1\nb: 2\nc: [", &[("/b", 2, 1), ("/c/0", 3, 1)]);
}

#[test]
fn scalars_as_written() {
    let check = |format, text, expected: &[(&str, Option<&str>)]| {
        let pointers: Vec<Pointer> =
            expected.iter().map(|(pointer, _)| Pointer::parse(pointer).unwrap()).collect();
        let refs: Vec<&Pointer> = pointers.iter().collect();
        let found = scalars(text, format, &refs);
        let expected: Vec<Option<&str>> = expected.iter().map(|(_, text)| *text).collect();
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
    };
    check(
        Format::Yaml,
        "a: {version: 1.10}\nb:\n- '1.0'\n- 2.00 # x\n- yes",
        &[
            ("/a/version", Some("1.10")),
            ("/b/0", Some("1.0")),
            ("/b/1", Some("2.00")),
            ("/b/2", Some("yes")),
            ("/c", None),
        ],
    );
    check(
        Format::Json,
        r#"{"a": [0, {"b" : 1.10}], "c": "x"}"#,
        &[("/a/1/b", Some("1.10")), ("/c", Some("x")), ("/d", None)],
    );
}

#[test]
fn what_was_read_to_its_end_needs_no_search() {
    let pointer = Pointer::parse("/b/0/c").unwrap();
    let places = noted("a: 1\nb:\n  - \"c\": x\n", &[&pointer]).unwrap();
    assert_eq!((places[0].line, places[0].column), (3, 5));
}
