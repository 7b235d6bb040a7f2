use serde::Deserialize;

use super::explain;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only decoding matters")]
struct Root {
    id: Option<u8>,
    members: Option<Vec<Member>>,
    kind: Option<Kind>,
    at: Option<uuid::Uuid>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only decoding matters")]
struct Member {
    name: String,
    pair: Option<(u8, u8)>,
}

#[derive(Debug, Deserialize)]
enum Kind {
    Known,
}

fn explained(json: &str) -> String {
    let error = serde_json::from_str::<Root>(json).unwrap_err();
    let text = explain(json.as_bytes(), &error, "a::b::Root");
    assert!(!text.contains("canary"), "{text}");
    text
}

#[track_caller]
fn check(json: &str, expected: &str) {
    let text = explained(json);
    assert!(text.starts_with(expected), "{json}: {text}");
}

#[test]
fn the_place_is_named_and_the_value_is_not() {
    check(r#"{"id":"canary"}"#, "Root.id: expected u8, found a string (");
    check(r#"{"id":"canary, expected , x"}"#, "Root.id: expected u8, found a string (");
    check(r#"{"id":4711}"#, "Root.id: expected u8, found another integer (");
    check(r#"{"id":{"canary":1}}"#, "Root.id: expected u8, found an object (");
    check(r#"{"kind":"canary"}"#, "Root.kind: expected `Known`, found another string (");
    check(r#"{"at":"canary"}"#, "Root.at: found a string that is not what its type takes (");
    check(r#"{"at":4711}"#, "Root.at: expected a formatted UUID string, found an integer (");
    check(r#"{"members":{"canary":1}}"#, "Root.members: expected a list, found an object (");
    check("[]", "Root: expected struct Root with 4 elements, found another number of items (");
    check("7", "Root: expected struct Root, found an integer (");
}

#[test]
fn paths_go_through_lists_and_lines() {
    check(
        r#"{"members":[{"name":"a"},{"name":1}]}"#,
        "Root.members[1].name: expected a string, found an integer (",
    );
    check(r#"{"members":[{"name":"a,\"b]}"},{}]}"#, "Root.members[1]: missing field `name`");
    check(
        "{\n \"members\": [\n  {\"name\": \"a\",\n   \"pair\": [1, true]}]}",
        "Root.members[0].pair[1]: expected u8, found a boolean (",
    );
    check(
        r#"{"members":[{"name":"a","pair":[1]}]}"#,
        "Root.members[0].pair: expected a tuple of size 2, found another number of items (",
    );
    check(
        r#"{"id":1,"members":3,"kind":"Known"}"#,
        "Root.members: expected a list, found an integer (",
    );
    check(r#"{"id":1,"id":2}"#, "Root.id: duplicate field `id`");
}

#[test]
fn types_go_by_their_names() {
    let places = [
        ("app::types::Snapshot", "Snapshot"),
        ("alloc::vec::Vec<app::types::Snapshot>", "Vec<Snapshot>"),
        ("(u8, core::option::Option<a::B>)", "(u8, Option<B>)"),
        ("", ""),
    ];
    for (name, expected) in places {
        assert_eq!(super::short(name), expected);
    }
    let error = serde_json::from_str::<Vec<u8>>("[1,-2]").unwrap_err();
    let text = explain(b"[1,-2]", &error, "alloc::vec::Vec<u8>");
    assert!(text.starts_with("Vec<u8>[1]: expected u8, found another integer ("), "{text}");
}

#[test]
fn any_truncation_is_explained() {
    let whole = r#"{"members":[{"name":"a\"\u00e9","pair":[1,2]}],"id":1,"kind":"Known"}"#;
    for end in 0..whole.len() {
        let cut = &whole.as_bytes()[..end];
        let error = serde_json::from_slice::<Root>(cut).unwrap_err();
        assert!(!explain(cut, &error, "").is_empty());
    }
}
