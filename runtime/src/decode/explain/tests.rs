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
    let text = explain(json.as_bytes(), &error);
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
    check(r#"{"id":"canary"}"#, "id: invalid type: string, expected u8");
    check(r#"{"id":"canary, expected , x"}"#, "id: invalid type: string, expected u8");
    check(r#"{"id":4711}"#, "id: invalid value: integer, expected u8");
    check(r#"{"id":{"canary":1}}"#, "id: invalid type: map, expected u8");
    check(r#"{"kind":"canary"}"#, "kind: unknown variant (");
    check(r#"{"at":"canary"}"#, "at: a value does not fit (");
    check("[]", "the body: invalid length, expected");
    check("7", "the body: invalid type: integer, expected struct Root");
}

#[test]
fn paths_go_through_lists_and_lines() {
    check(r#"{"members":[{"name":"a"},{"name":1}]}"#, "members[1].name: invalid type: integer");
    check(r#"{"members":[{"name":"a,\"b]}"},{}]}"#, "members[1]: missing field `name`");
    check(
        "{\n \"members\": [\n  {\"name\": \"a\",\n   \"pair\": [1, true]}]}",
        "members[0].pair[1]: ",
    );
    check(r#"{"members":[{"name":"a","pair":[1]}]}"#, "members[0].pair: invalid length");
    check(r#"{"id":1,"members":3,"kind":"Known"}"#, "members: invalid type: integer");
    check(r#"{"id":1,"id":2}"#, "id: duplicate field `id`");
}

#[test]
fn any_truncation_is_explained() {
    let whole = r#"{"members":[{"name":"a\"\u00e9","pair":[1,2]}],"id":1,"kind":"Known"}"#;
    for end in 0..whole.len() {
        let cut = &whole.as_bytes()[..end];
        let error = serde_json::from_slice::<Root>(cut).unwrap_err();
        assert!(!explain(cut, &error).is_empty());
    }
}
