use super::*;
use crate::config::{Config, SCHEMA};

const PATH: &str = "specwright.toml";

fn told(text: &str) -> Vec<String> {
    let tell = |one: &Diagnostic| {
        let at = one.location.as_ref().map(|at| format!("{}:{}", at.line, at.column));
        let help = one.help.as_deref().unwrap_or_default();
        format!("{}: {}; {help}", at.unwrap_or_default(), one.message)
    };
    problems(text, Path::new(PATH)).iter().map(tell).collect()
}

/// A client with one more line, the fourth.
fn client(line: &str) -> String {
    format!("[[client]]\nspec = 'a'\nout = 'b'\n{line}\n")
}

#[test]
fn all_of_it_is_told_at_once() {
    let text = "\
[[client]]
out = 1
strcit = true
tags = ['a', 2]
derives = ['Hash', 'a b']

[[client]]
spec = 'b'
out = 'b'
strict = 'yes'
rename = { '/a' = 1, '/b' = 'B' }
formats = 'chrono'

[client.type-derives]
'/x' = 'Hash'
";
    let expected = [
        "1:1: the client has no `spec`; add it: `spec = \"openapi/api.yaml\"`",
        "2:7: `out` is a text, and this is a number; write it like `out = \"client\"`",
        "3:1: `strcit` is no key of a client; did you mean `strict`?",
        "4:14: an entry of `tags` is a text, and this is a number; write it like `tags = [\"widgets\"]`",
        "5:20: `a b` is no path of Rust, such as `crate::Money`; write it like `derives = [\"Hash\"]`",
        "10:10: `strict` is `true` or `false`, and this is a text; write it like `strict = true`",
        "11:19: an entry of `rename` is a text, and this is a number; write it like `rename = \
         { \"/components/schemas/widget_v2\" = \"Widget\" }`",
        "12:11: `formats` is a table of paths of Rust, and this is a text; write it like `formats = \
         { date-time = \"chrono::DateTime<chrono::Utc>\" }`",
        "15:8: an entry of `type-derives` is a list of paths of Rust, and this is a text; write it like \
         `type-derives = { \"/components/schemas/Widget\" = [\"Hash\"] }`",
    ];
    assert_eq!(told(text), expected);
}

#[test]
fn clients_are_a_list() {
    let check = |text: &str, expected: &[&str]| assert_eq!(told(text), expected, "{text}");
    let brackets = "write `[[client]]`, in two brackets: each begins a client";
    let is_table = format!("1:2: `client` is a list of tables, and this is a table; {brackets}");
    check("[client]\nspec = 'a'\nout = 'b'\n", &[&is_table]);
    check(
        "[client]\nspec = 'a'\nout = 'b'\nstrict = 1\n",
        &[
            &is_table,
            "4:10: `strict` is `true` or `false`, and this is a number; write it like `strict = true`",
        ],
    );
    check(
        "client = ['a']",
        &[&format!("1:11: a client is a table, and this is a text; {brackets}")],
    );
    let none = "the configuration has no client; add a `[[client]]` table, or let `specwright init \
                --spec FILE` write one";
    check("", &[&format!("1:1: {none}")]);
    check("client = []", &[&format!("1:1: {none}")]);
    check(
        "[[clients]]\nspec = 'a'\nout = 'b'\n",
        &["1:3: `clients` stands outside of a client; did you mean `[[client]]`?"],
    );
    // Whatever is below it, and what is wrong in it is told as ever.
    check(
        "[[clients]]\nspec = 'a'\nout = 'b'\nstrict = 1\n[client.rename]\n[client.types]\n",
        &[
            "1:3: `clients` stands outside of a client; did you mean `[[client]]`?",
            "4:10: `strict` is `true` or `false`, and this is a number; write it like `strict = true`",
        ],
    );
    check(
        "[[client]]\nspec = 'a'\nout = 'b'\n[clients.rename]\n",
        &["4:2: `clients` stands outside of a client; did you mean `[client.…]`, a table of the \
             client above?"],
    );
    check(
        "spec = 'a'\nout = 'b'\nstrict = true\n[rename]\n",
        &[
            "1:1: `spec`, `out`, `strict` stand outside of a client; a client begins with `[[client]]`, \
             and its keys follow",
            "4:2: `rename` stands outside of a client; write `[client.rename]`, below the `[[client]]` \
             that it is of",
        ],
    );
    check(
        "spec = 'a'",
        &[
            "1:1: `spec` stands outside of a client; a client begins with `[[client]]`, and its keys \
           follow",
        ],
    );
    check(
        "[package]",
        &[
            "1:2: `package` stands outside of a client; there is nothing but `[[client]]` tables; the \
           README lists every key of specwright.toml",
        ],
    );
    check("client = [{ spec = 'a', out = 'b' }]", &[]);
}

#[test]
fn what_is_no_toml_is_told_alone() {
    let told = told("[[client]\nspec = 1\n");
    assert!(matches!(told.as_slice(), [one] if one.ends_with("as https://toml.io describes it")));
}

#[test]
fn a_client_in_one_bracket_beside_another() {
    for text in ["[[client]]\nspec = 'a'\n[client] # two\n", "spec = 1\n\n[client]\n[client]\n"] {
        let told = told(text);
        let line = text.lines().position(|line| line.starts_with("[client]")).map(|at| at + 1);
        let expected = format!(
            "{}:1: `client` is a list of tables; write `[[client]]`, in two brackets: each begins a client",
            line.unwrap_or_default()
        );
        assert_eq!(told, [expected]);
    }
}

#[test]
fn what_stands_twice_is_told_as_what_it_is() {
    let check = |text: &str, expected: &str| assert_eq!(told(text), [expected], "{text}");
    let help = "a client begins with `[[client]]`, in front of all that is said of it: is one missing \
                above?";
    let one = "[[client]]\nspec = 'a'\nout = 'b'\n";
    // The header of the second is forgotten.
    check(
        &format!("{one}spec = 'c'\nout = 'd'\n"),
        &format!("4:1: `spec` stands twice in one client; {help}"),
    );
    let renames = "[client.rename] # names\n'/a' = 'A'\n";
    check(
        &format!("{one}{renames}{renames}"),
        &format!("6:9: `[client.rename]` stands twice in one client; {help}"),
    );
    check(
        &format!("{one}{renames}'/a' = 'B'\n"),
        "6:1: `'/a'` stands twice in one table; remove one of the two",
    );
    // Tables below a list that is misspelt are of no client.
    let misspelt = one.replace("client", "clients");
    check(
        &format!("{misspelt}{renames}\n{misspelt}{renames}"),
        "10:9: `[client.rename]` stands twice in one client; `[[clients]]` begins none: did you mean \
         `[[client]]`?",
    );
}

#[test]
fn words_of_others_are_understood() {
    let check = |line: &str, expected: &str| assert_eq!(told(&client(line)), [expected], "{line}");
    check("name = 'x'", "4:1: `name` is no key of a client; did you mean `crate-name`?");
    check(
        "group-by = 'tags'",
        "4:12: `group-by` is `\"tag\"` or `\"nothing\"`, and this is `\"tags\"`; did you mean `tag`?",
    );
    check(
        "group-by = 'path'",
        "4:12: `group-by` is `\"tag\"` or `\"nothing\"`, and this is `\"path\"`; write it like \
         `group-by = \"tag\"`",
    );
}

#[test]
fn the_keys_are_those_that_are_read() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let client = &schema["$defs"]["ClientConfig"];
    let mut known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    known.sort_unstable();
    let mut read: Vec<&String> = client["properties"].as_object().unwrap().keys().collect();
    read.sort_unstable();
    assert_eq!(known, read);
    let required = KEYS.iter().filter(|key| key.is_required).map(|key| key.name);
    assert_eq!(serde_json::json!(required.collect::<Vec<_>>()), client["required"]);
}

/// The examples are taken, and whatever serde refuses is told here, in other words.
#[test]
fn what_is_let_through_can_be_read() {
    let values = [
        "1",
        "-1",
        "4294967296",
        "1.5",
        "true",
        "''",
        "'x'",
        "'tag'",
        "[]",
        "['Hash']",
        "['a::B']",
        "[1]",
        "[['x']]",
        "{}",
        "{ a = 'x' }",
        "{ a = 'a::B' }",
        "{ a = 1 }",
        "{ a = 1.5 }",
        "{ a = true }",
        "{ a = ['Hash'] }",
        "{ a = [1] }",
        "{ a = {} }",
    ];
    for key in KEYS.iter().filter(|key| !key.is_required) {
        let is_fine = |value: &str| {
            let text = client(&format!("{} = {value}", key.name));
            let told = told(&text);
            let read = toml_edit::de::from_str::<Config>(&text);
            assert_eq!(told.is_empty(), read.is_ok(), "{} = {value}: {told:?} {read:?}", key.name);
            told.is_empty()
        };
        assert!(is_fine(key.example), "{}", key.line());
        let fine = values.iter().filter(|value| is_fine(value)).count();
        assert!((1..values.len() / 2).contains(&fine), "{}: {fine}", key.name);
    }
}

/// TOML takes what follows a header for part of that table.
#[test]
fn keys_of_a_client_below_one_of_its_tables() {
    let check =
        |lines: &str, expected: &[&str]| assert_eq!(told(&client(lines)), expected, "{lines}");
    let above = "move it above `[client.rename]`, where the keys of the client stand";
    let pointer = |of: &str| format!("an entry of `{of}` is a JSON pointer, and begins with `/`");
    let misplaced = |at: &str, key: &str, of: &str| {
        format!(
            "{at}: `{key}` is a key of the client, and stands in `{of}`; {above}; {}",
            pointer(of)
        )
    };
    check(
        "[client.rename]\n'/a' = 'A'\ntags = ['orders']\ngroup-by = 'tag'\n[client.types]\nreport = 'r.json'\n\
         '/b' = 'a b'",
        &[
            &misplaced("6:1", "tags", "rename"),
            &misplaced("7:1", "group-by", "rename"),
            &misplaced("9:1", "report", "types"),
            "10:8: `a b` is no path of Rust, such as `crate::Money`; write it like `types = \
             { \"/components/schemas/Money\" = \"money::Money\" }`",
        ],
    );
    check(
        "rename = { '/a' = 'A', strict = true }",
        &[&format!(
            "4:24: `strict` is a key of the client, and stands in `rename`; move it out of `rename`, beside \
             it; {}",
            pointer("rename")
        )],
    );
    // A format may be called as a key is.
    check("[client.formats]\nreport = 'own::Report'\n", &[]);
    check(
        "[client.formats]\nreport = 'r.json'\n",
        &["5:1: `report` is a key of the client, and stands in `formats`; move it above \
           `[client.formats]`, where the keys of the client stand"],
    );
    // The required ones are there, and not missing as well.
    let told = told("[[client]]\n[client.fixed-parameters]\nspec = 'a'\nout = 'b'\n");
    assert!(
        matches!(told.as_slice(), [spec, out] if spec.starts_with("3:1: `spec` is a key") && out.starts_with("4:1: `out`")),
        "{told:#?}"
    );
}

#[test]
fn tables_of_a_client_stand_below_it() {
    let check = |text: &str, expected: &[&str]| assert_eq!(told(text), expected, "{text}");
    let one = client("");
    check(
        &format!("{one}[rename]\n'/a' = 'A'\n"),
        &[
            "5:2: `rename` stands outside of a client; write `[client.rename]`, below the `[[client]]` that \
           it is of",
        ],
    );
    let bracket = "write `[client.rename]`, in one bracket: a client has one of it";
    check(
        &format!("{one}[[client.rename]]\n'/a' = 'A'\n"),
        &[&format!("5:1: `rename` is a table of texts, and this is a list of tables; {bracket}")],
    );
    let above = "stands above the client that it is of; move it below: a client begins with `[[client]]`, \
                 and its tables follow its keys";
    check(
        &format!("# mine\n[client.rename] # names\n'/a' = 'A'\n\n{one}"),
        &[&format!("2:1: `[client.rename]` {above}")],
    );
}

#[test]
fn a_key_under_another_name_is_not_missing_as_well() {
    let check = |text: &str, expected: &str| assert_eq!(told(text), [expected], "{text}");
    check(
        "[[client]]\nSpec = 'a'\nout = 'b'\n",
        "2:1: `Spec` is no key of a client; did you mean `spec`?",
    );
    check(
        "[[client]]\nspec = 'a'\noutput = 'b'\n",
        "3:1: `output` is no key of a client; did you mean `out`?",
    );
}
