use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::Value;

#[test]
fn a_query_in_the_template_is_one() {
    let got = super::expand("", "/a/{v}?x=y%20z&w={v}", &[("v", text("b c"))]);
    let query = vec!["x=y%20z".to_owned(), "w=b%20c".to_owned()];
    let expected = super::Expanded { url: "/a/b%20c".to_owned(), is_plain: false, query };
    assert_eq!(got, Ok(expected));
}

fn expand(template: &str, values: &[(&str, Value)]) -> Result<String, String> {
    let prefix = "http://127.0.0.1/./%2e/";
    let (whole, _) = super::expand_path(prefix, template, values)?;
    Ok(whole.strip_prefix(prefix).unwrap().to_owned())
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn one(template: &str, value: &str) -> Result<String, String> {
    expand(template, &[("v", text(value))])
}

#[test]
fn template_is_filled_in() {
    let values = [("groupId", text("32b6")), ("clusterName", text("Cluster0"))];
    let path = expand("/groups/{groupId}/clusters/{clusterName}:pin", &values);
    assert_eq!(path.as_deref(), Ok("/groups/32b6/clusters/Cluster0:pin"));
    assert_eq!(expand("/{clusterName}.{groupId}/", &values).as_deref(), Ok("/Cluster0.32b6/"));
    assert_eq!(expand("/", &[]).as_deref(), Ok("/"));
    assert_eq!(expand("/a%2Fb/c d/{x", &[]).as_deref(), Ok("/a%2Fb/c%20d/%7Bx"));
}

#[test]
fn values_are_one_segment() {
    for (value, expected) in [
        ("a/b", "/x/a%2Fb"),
        ("a\\b", "/x/a%5Cb"),
        ("%2e%2e", "/x/%252e%252e"),
        ("?#[]{}", "/x/%3F%23%5B%5D%7B%7D"),
        ("a;b=c+d&e", "/x/a%3Bb%3Dc%2Bd%26e"),
        ("user@host:8080", "/x/user@host%3A8080"),
        ("…", "/x/%E2%80%A6"),
        ("...", "/x/..."),
        (" ", "/x/%20"),
    ] {
        assert_eq!(one("/x/{v}", value).as_deref(), Ok(expected), "{value}");
    }
}

#[test]
fn a_value_is_not_taken_for_the_verb_behind_it() {
    let job = |template: &str, id: &str| expand(template, &[("id", text(id))]);
    assert_eq!(job("/jobs/{id}", "a:cancel").as_deref(), Ok("/jobs/a%3Acancel"));
    assert_eq!(job("/jobs/{id}:cancel", "a").as_deref(), Ok("/jobs/a:cancel"));
    assert_eq!(job("/jobs/{id}:cancel", "a:b").as_deref(), Ok("/jobs/a%3Ab:cancel"));
}

#[test]
fn dangerous_values_are_refused() {
    for value in ["", ".", "..", "a\nb", "\0", "\u{7f}", "\u{85}"] {
        let refusal = one("/x/{v}", value).unwrap_err();
        assert!(refusal.starts_with("path parameter `v` "), "{refusal}");
    }
    assert!(one("/x/.{v}", "%2e").is_ok());
    assert!(expand("/{a}", &[]).is_err());
    assert!(expand("/a/../b", &[]).is_err());
    assert!(expand("/%2e%2E/b", &[]).is_err());
    // Two values that are harmless alone.
    assert!(expand("/{a}{b}", &[("a", text("x")), ("b", text("y"))]).is_ok());
}

/// The value as a server sees it: the URI goes through both parsers a request meets.
fn received(path: &str, segments: usize, at: usize) -> Vec<u8> {
    let text = format!("https://host.example{path}");
    let url = url::Url::parse(&text).unwrap();
    assert_eq!(url.as_str(), text, "a parser changed the path");
    let uri: http::Uri = text.parse().unwrap();
    assert_eq!(uri.path(), path);
    assert!(uri.query().is_none());
    let parts: Vec<&str> = path[1..].split('/').collect();
    assert_eq!(parts.len(), segments);
    percent_decode_str(parts[at]).collect()
}

/// How many texts each property is tried with; `SPECWRIGHT_PATH_CASES` says another number.
fn cases() -> u32 {
    let chosen = std::env::var("SPECWRIGHT_PATH_CASES").ok();
    chosen.and_then(|chosen| chosen.parse().ok()).unwrap_or(10_000)
}

#[test]
fn any_text_is_refused_or_arrives() {
    let texts = prop_oneof![".*", "[./%2eE\\\\?#;:@ ]{0,6}"];
    proptest!(ProptestConfig::with_cases(cases()), |(value in texts)| {
        if let Ok(path) = one("/a/{v}/b", &value) {
            prop_assert_eq!(received(&path, 3, 1), value.as_bytes());
        }
    });
    told("values of a path parameter");
}

#[test]
fn any_text_beside_literals_is_refused_or_arrives() {
    let texts = prop_oneof![".*", "[./%2e]{0,4}"];
    proptest!(ProptestConfig::with_cases(cases()), |(value in texts)| {
        if let Ok(path) = one("/a/.{v}", &value) {
            prop_assert_eq!(received(&path, 2, 1), format!(".{value}").into_bytes());
        }
        if let Ok(path) = one("/{v}:pin", &value) {
            prop_assert_eq!(received(&path, 1, 0), format!("{value}:pin").into_bytes());
        }
    });
    told("values beside literals");
}

/// A row of the table in the README, once nothing was found.
#[allow(clippy::print_stdout, reason = "seen with `--nocapture` only")]
fn told(what: &str) {
    println!("| {what}, as one segment or refused | {} | 0 |", cases());
}
