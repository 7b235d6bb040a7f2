//! How problems are told: formats, colours, statuses, how much of it, and what explains a code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::{MODULE, SOUND, folder, run, with};
use specwright::Options;
use specwright::source::Disk;

/// A document with so many schemas that have an unknown key each.
fn faulty(number: usize, key: impl Fn(usize) -> String) -> String {
    let schema = |index: usize| format!("    S{index}: {{type: object, {}: 1}}\n", key(index));
    format!("{SOUND}{}", (0..number).map(schema).collect::<String>())
}

#[test]
fn arguments_that_make_no_sense_are_told_as_json_too() {
    let folder = folder(SOUND);
    let check = |args: &[&str], code: &str, message: &str| {
        let done = run(folder.path(), args);
        assert_eq!(done.status, Some(2), "{args:?}");
        let objects = done.objects();
        let [object] = objects.as_slice() else { panic!("{args:?}: {}", done.stdout) };
        assert_eq!(object["code"], code, "{object}");
        assert!(object["message"].as_str().unwrap().contains(message), "{object}");
        let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
        let all = ["code", "severity", "message", "file", "line", "column", "pointer", "help"];
        assert_eq!(keys.len(), all.len());
        assert!(all.iter().all(|key| object.get(key).is_some()), "{object}");
        assert_eq!(done.stderr, "", "{args:?}");
    };
    check(&["--nonsense", "--message-format", "json"], "config", "'--nonsense'");
    check(&["--message-format=json", "frobnicate"], "config", "'frobnicate'");
    check(&["--message-format=json", "inspect"], "config", "--stage");
    check(&["--message-format=json"], "config", "specwright.toml");
    check(&["list", "--spec", "no.yaml", "--message-format=json"], "io", "cannot read `no.yaml`");
    check(&["explain", "no", "--message-format=json"], "config", "there is no code `no`");
}

#[test]
fn colours_are_as_asked_for() {
    let folder = folder(&faulty(1, |_| "propertys".to_owned()));
    let is_coloured = |args: &[&str], no_color: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.args(args).current_dir(folder.path()).env_remove("NO_COLOR");
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let stderr = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(stderr.contains("propertys"), "{stderr}");
        stderr.contains("\u{1b}[")
    };
    assert!(!is_coloured(&MODULE, None), "no terminal");
    assert!(is_coloured(&with(&["--color", "always"]), None));
    assert!(
        is_coloured(&with(&["--color", "always"]), Some("1")),
        "the flag was said for this run"
    );
    assert!(!is_coloured(&with(&["--color", "never"]), None));
}

#[test]
fn strict_says_that_it_is_why() {
    let folder = folder(&faulty(9, |_| "propertys".to_owned()));
    assert_eq!(run(folder.path(), &MODULE).status, Some(0));
    let strict = run(folder.path(), &with(&["--strict"]));
    assert_eq!(strict.status, Some(2));
    assert!(strict.stderr.contains("error[strict]: warnings fail this run (9 of them)"));
    assert!(strict.stderr.contains("`--strict`"), "{}", strict.stderr);
    let sound = self::folder(SOUND);
    assert_eq!(run(sound.path(), &with(&["--strict"])).status, Some(0));
}

#[test]
fn a_refused_run_ends_with_its_sum() {
    let broken = faulty(9, |_| "propertys".to_owned()).replacen("get:", "get: []\n    put:", 1);
    let folder = folder(&broken);
    let refused = run(folder.path(), &MODULE);
    assert!(refused.stderr.contains("\n1 error and 9 warnings\n"), "{}", refused.stderr);
    let json = run(folder.path(), &with(&["--message-format", "json"]));
    let sum = serde_json::json!({"summary": {"errors": 1, "warnings": 9}});
    assert_eq!(json.lines().last(), Some(&sum));
    let alone = run(folder.path(), &["explain", "no-such-code"]);
    assert!(alone.stderr.contains("\n1 error\n"), "{}", alone.stderr);
    let sound = self::folder(&faulty(1, |_| "propertys".to_owned()));
    let done = run(sound.path(), &with(&["--message-format", "json"]));
    assert_eq!(done.lines(), done.objects(), "a run that goes well has its own last line");
}

#[test]
fn what_a_terminal_does_not_show_is_written_out() {
    let folder = folder(&faulty(1, |_| "'a\u{202e}b\u{200b}c'".to_owned()));
    let done = run(folder.path(), &MODULE);
    assert!(done.stderr.contains(r"`a\u{202e}b\u{200b}c` is no key"), "{}", done.stderr);
    assert!(done.stderr.contains(r"{type: object, 'a\u{202e}b\u{200b}c': 1}"), "{}", done.stderr);
    assert!(!done.stderr.contains(['\u{202e}', '\u{200b}']), "{}", done.stderr);
}

#[test]
fn what_is_not_there_has_no_lines() {
    let folder = folder(SOUND);
    let done = run(folder.path(), &["--spec", "no.yaml", "--out", "out"]);
    assert!(done.stderr.contains("--> no.yaml\n"), "{}", done.stderr);
}

#[test]
fn a_page_of_warnings_is_a_page() {
    let equal = folder(&faulty(200, |_| "propertys".to_owned()));
    let told = |folder: &Path, more: &[&str]| {
        let done = run(folder, &with(more));
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        (done.stderr.matches("warning[").count(), done.stderr)
    };
    let (number, text) = told(equal.path(), &[]);
    assert_eq!(number, 1, "{text}");
    assert!(text.contains("`propertys` is no key of a schema (200 places)"), "{text}");
    assert!(text.contains("also in line 22, 23, 24 and 196 more"), "{text}");
    assert_eq!(told(equal.path(), &["--verbose"]).0, 200);

    let different = folder(&faulty(80, |index| format!("vendor-{index}-key")));
    let (number, text) = told(different.path(), &[]);
    assert_eq!(number, 50, "{text}");
    assert!(text.contains("30 more warnings; `--verbose` shows all"), "{text}");
    assert_eq!(told(different.path(), &["--verbose"]).0, 80);
    let json = run(different.path(), &with(&["--message-format", "json"]));
    assert_eq!(json.objects().len(), 80, "programs read everything");
}

#[test]
fn problems_are_told_in_the_order_of_the_document() {
    let document = faulty(2, |index| format!("k{index}: 1, a{}", 9 - index));
    let folder = folder(&document.replace("  /ping:\n", "  /ping:\n    fetch: {}\n"));
    let done = run(folder.path(), &with(&["--message-format", "json"]));
    let places: Vec<(u64, u64)> = done
        .objects()
        .iter()
        .map(|one| (one["line"].as_u64().unwrap(), one["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(places.len(), 5, "{}", done.stdout);
    assert!(places.is_sorted(), "{places:?}");
}

/// A stage that refuses something hides nothing that a later one finds elsewhere.
#[test]
fn faults_of_every_stage_are_told_in_one_run() {
    let document = "\
openapi: 3.0.3
info: {title: Faulty, version: '1'}
servers: [{url: 'https://example.com'}]
paths:
  /select:
    get: {parameters: [{$ref: '#/components/parameters/No'}], responses: {'200': {description: x}}}
  /normalise:
    get: {responses: {soon: {description: x}}}
  /lower:
    get: {parameters: [{name: x, in: query, required: true, content: {text/csv: {schema: {type: object}}}}], responses: {'200': {description: x}}}
  /sound:
    get: {responses: {'200': {description: x}}}
";
    let folder = folder(document);
    let places = |more: &[&str]| {
        let args = ["--spec", "api.yaml", "--out", "x", "--message-format", "json"];
        let done = run(folder.path(), &[&args[..], more].concat());
        let errors = done.objects().into_iter().filter(|one| one["severity"] == "error");
        errors
            .map(|one| (one["code"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap()))
            .collect::<Vec<_>>()
    };
    let expected =
        [("unresolved-reference", 6), ("invalid-document", 8), ("unsupported-parameter", 10)];
    let mut expected = expected.map(|(code, line)| (code.to_owned(), line)).to_vec();
    expected.sort_by_key(|(_, line)| *line);
    assert_eq!(places(&[]), expected);
    expected.retain(|(_, line)| *line == 10);
    assert_eq!(places(&["--path", "/lower"]), expected);
}

#[test]
fn the_code_that_is_explained_is_that_of_an_error() {
    let sound = SOUND.replace("count:", "xnt: {nonsense: 1}\n        count:");
    let folder = folder(&sound.replace("#/components/schemas/Pong", "#/components/responses/No"));
    let done = run(folder.path(), &["--spec", "api.yaml", "--out", "x", "--strict"]);
    assert!(done.stderr.contains("`specwright explain strict`"), "{}", done.stderr);
}

#[test]
fn what_is_wrong_with_every_client_is_told_at_once() {
    let folder = folder(SOUND);
    for name in ["a.yaml", "b.yaml"] {
        std::fs::write(folder.path().join(name), "swagger: '1.2'\n").unwrap();
    }
    let client = |name: &str| format!("[[client]]\nspec = \"{name}.yaml\"\nout = \"{name}\"\n");
    let config = ["a", "api", "b"].map(client).concat();
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    assert_eq!(done.status, Some(2));
    let errors: Vec<serde_json::Value> =
        done.objects().into_iter().filter(|one| one["severity"] == "error").collect();
    let files: Vec<&str> = errors.iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.yaml", "b.yaml"]);
    assert!(!folder.path().join("api").exists(), "nothing is written");
}

/// What may be told without a word of what to do: nothing.
#[test]
fn everything_that_is_told_of_the_cases_has_a_help() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut told = 0;
    for path in std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|ending| ending != "yaml" && ending != "json") {
            continue;
        }
        let options = Options { spec: path, verbose: true, ..Options::default() };
        let all = match specwright::generate(&options, &Disk) {
            Ok(generated) => generated.warnings,
            Err(refused) => refused,
        };
        let dumb: Vec<_> = all.iter().filter(|one| one.help.is_none()).collect();
        assert!(dumb.is_empty(), "{}: {dumb:#?}", options.spec.display());
        told += all.len();
    }
    assert!(told > 100, "{told}");
}

#[test]
fn codes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let explain = |args: &[&str]| run(folder.path(), &[&["explain"], args].concat());
    let list = explain(&[]);
    assert_eq!(list.status, Some(0));
    let codes: Vec<&str> =
        list.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.contains(&"unknown-key") && codes.contains(&"internal"), "{}", list.stdout);
    for code in codes {
        let page = explain(&[code]);
        assert_eq!(page.status, Some(0), "{code}");
        assert!(page.stdout.starts_with(&format!("# {code}\n")), "{code}");
    }
    assert_eq!(explain(&["error[syntax]:"]).stdout, explain(&["syntax"]).stdout);
    let unknown = explain(&["unknown-kye"]);
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.stderr.contains("did you mean `unknown-key`?"), "{}", unknown.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn what_does_not_arrive_is_a_failure() {
    let folder = folder(&faulty(1, |_| "propertys".to_owned()));
    let full = |args: &[&str]| {
        let stdout = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        let command = command.args(args).current_dir(folder.path()).stdout(Stdio::from(stdout));
        let done = command.output().unwrap();
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("cannot write to the standard output"), "{args:?}: {stderr}");
    };
    full(&["list", "--spec", "api.yaml"]);
    full(&["inspect", "--spec", "api.yaml", "--stage", "names"]);
    full(&["explain"]);
    full(&with(&["--message-format", "json"]));
    full(&MODULE);
}

#[test]
fn names_that_rust_does_not_have() {
    let folder = folder(SOUND);
    let config = "[[client]]\nspec = \"api.yaml\"\nout = \"client\"\nmodule-only = true\n\
                  [client.rename]\n\"/components/schemas/Pong\" = \"a pong!\"\n\
                  \"/paths/~1ping/get\" = \"type\"\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    assert_eq!(done.status, Some(0), "{}", done.stdout);
    let told: Vec<String> =
        done.objects().iter().map(|one| one["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, ["`a pong!` is no Rust name: it is called `APong`"]);
}

#[test]
fn names_that_are_taken_and_names_of_nothing() {
    let folder = folder(SOUND);
    let told = |renames: &str| -> Vec<String> {
        let config = format!(
            "[[client]]\nspec = \"api.yaml\"\nout = \"client\"\nmodule-only = true\n\
             [client.rename]\n{renames}\n"
        );
        std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
        let done = run(folder.path(), &["--message-format", "json"]);
        let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
        done.objects().iter().map(|one| text(one, "message") + "; " + &text(one, "help")).collect()
    };
    assert_eq!(
        told("\"/components/schemas/Pang\" = \"Pong\""),
        [
            "`rename` names `/components/schemas/Pang`, where nothing that has a name stands; did you \
          mean `/components/schemas/Pong`?"
        ]
    );
    let two = SOUND.replace(
        "    Pong:",
        "    Ping: {type: object, properties: {a: {type: string}}}\n    Pong:",
    );
    assert_ne!(two, SOUND);
    std::fs::write(folder.path().join("api.yaml"), two).unwrap();
    assert_eq!(
        told("\"/components/schemas/Ping\" = \"Pong\""),
        ["`rename` calls `/components/schemas/Ping` `Pong`, which is the name of the schema at \
         `/components/schemas/Pong`; choose another name for one of the two"]
    );
    assert_eq!(
        told("'/components/schemas/Ping' = 'Both'\n'/components/schemas/Pong' = 'Both'"),
        ["`rename` calls `/components/schemas/Pong` `Both`, which is the name of the schema at \
         `/components/schemas/Ping`; choose another name for one of the two"]
    );
    assert_eq!(
        told("'/components/schemas/Ping' = 'Option'"),
        [
            "`rename` calls the schema `/components/schemas/Ping` `Option`, and that name has a meaning; \
         choose another name"
        ]
    );
    // Two that change places are in nobody's way.
    let swapped = "'/components/schemas/Ping' = 'Pong'\n'/components/schemas/Pong' = 'Ping'";
    assert!(told(swapped).is_empty());
}

/// Methods of a group are the group's, and the client has those of the groups and of no group.
#[test]
fn names_that_are_taken_in_a_group() {
    const GROUPS: &str = "\
openapi: 3.0.3
info: {title: Groups, version: '1'}
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {'204': {description: d}}}
    post: {operationId: getPet, tags: [pets], responses: {'204': {description: d}}}
  /orders:
    get: {operationId: listOrders, tags: [orders], responses: {'204': {description: d}}}
    post: {operationId: health, responses: {'204': {description: d}}}
";
    let folder = folder(GROUPS);
    let told = |renames: &str| -> Vec<String> {
        let config = format!(
            "[[client]]\nspec = \"api.yaml\"\nout = \"client\"\nmodule-only = true\n\
             group-by = \"tag\"\n[client.rename]\n{renames}\n"
        );
        std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
        let done = run(folder.path(), &["--message-format", "json"]);
        let errors = done.objects().into_iter().filter(|one| one["severity"] == "error");
        errors.map(|one| one["message"].as_str().unwrap().to_owned()).collect()
    };
    for (renames, expected) in [
        (
            "'/paths/~1pets/get' = 'getPet'",
            Some(("/paths/~1pets/get", "getPet", "/paths/~1pets/post")),
        ),
        ("'/paths/~1pets/get' = 'list_orders'", None),
        ("'/paths/~1orders/post' = 'list_pets'", None),
        (
            "'/paths/~1orders/post' = 'pets'",
            Some(("/paths/~1orders/post", "pets", "/paths/~1pets/get/tags/=pets")),
        ),
    ] {
        let expected = expected.map(|(renamed, name, other)| {
            let name = name.replace("getPet", "get_pet");
            let what = if other.contains("tags") { "tag" } else { "operation" };
            format!(
                "`rename` calls `{renamed}` `{name}`, which is the name of the {what} at `{other}`"
            )
        });
        assert_eq!(told(renames), Vec::from_iter(expected), "{renames}");
    }
}

#[test]
fn a_crate_keeps_its_name_and_says_so() {
    let folder = folder(SOUND);
    let generate = |more: &[&str]| {
        let args = [&["generate", "--spec", "api.yaml", "--out", "client"], more].concat();
        let done = run(folder.path(), &args);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        done
    };
    assert!(!generate(&[]).stdout.contains("the package keeps"));
    assert!(!generate(&[]).stdout.contains("the package keeps"));
    let other = SOUND.replace("Ping Pong", "Badminton");
    std::fs::write(folder.path().join("api.yaml"), other).unwrap();
    let again = generate(&[]);
    assert!(again.stdout.contains("  the package keeps the name it has, ping-pong\n"));
    let named = generate(&["--crate-name", "badminton"]);
    let message = "the package keeps its name `ping-pong` and does not become `badminton`";
    assert!(named.stderr.contains(message), "{}", named.stderr);
}

/// A document of Swagger 2.0 is read as one of OpenAPI 3.0, which need not concern its author.
#[test]
fn references_are_told_as_the_document_writes_them() {
    let misfit = include_str!("../../tests/bad/swagger/misfit.yaml");
    let folder = folder(misfit);
    let done = run(folder.path(), &MODULE);
    assert!(
        done.stderr.contains("`#/definitions/A` does not lead to a parameter"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("`#/responses/C` → `#/responses/D`"), "{}", done.stderr);
    assert!(!done.stderr.contains("#/components/schemas"), "{}", done.stderr);
}

/// A `const` is read as an `enum` of one value, which need not concern the author of the document.
#[test]
fn a_const_is_called_that() {
    let size = "size: {type: integer, const: big}\n        kind: {type: integer, enum: [a, b]}\n        count:";
    let folder = folder(&SOUND.replace("3.0.1", "3.1.0").replace("count:", size));
    let done = run(folder.path(), &with(&["--message-format", "json"]));
    let told: Vec<String> = done
        .objects()
        .iter()
        .map(|one| format!("{} {}", one["pointer"], one["message"]).replace('"', ""))
        .collect();
    let expected = [("size", "const"), ("kind", "enum")].map(|(name, key)| {
        format!(
            "/components/schemas/Pong/properties/{name}/{key} `type` says a whole number, but each value of \
             `{key}` is text: that is what it is taken for"
        )
    });
    assert_eq!(told, expected);
}

#[test]
fn an_entry_of_the_configuration_for_nothing_is_told_where_it_stands() {
    let folder = folder(SOUND);
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\n[[client]]\nspec = 'api.yaml'\nout = 'b'\n\
                  formats = { money = 'crate::Money' }\ntags = ['Tennis']\n\
                  drop-parameters = ['/x', '/y']\n[client.rename]\n'/components/schemas/Pang' = 'P'\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let told = |more: &[&str]| -> Vec<String> {
        let done = run(folder.path(), &[&["--message-format", "json"], more].concat());
        assert_eq!(done.status, Some(2), "{}", done.stdout);
        let place =
            |one: &serde_json::Value| format!("{}:{}:{}", one["file"], one["line"], one["column"]);
        done.objects().iter().filter(|one| one["severity"] == "error").map(place).collect()
    };
    let at = |places: &[&str]| -> Vec<String> {
        places.iter().map(|place| format!("\"specwright.toml\":{place}")).collect()
    };
    // What the names would have told is told of places that the document does not have.
    // That of `formats` makes no sense twice: no text has the format, and a crate has no such type.
    assert_eq!(told(&[]), at(&["8:13", "8:13", "10:20", "10:26", "12:1"]));
    let config = config.replace("formats = { money", "# ").replace("drop-parameters", "#");
    std::fs::write(folder.path().join("specwright.toml"), &config).unwrap();
    assert_eq!(told(&[]), at(&["12:1"]));
    let config = config.replace("'Tennis'", "'Golf'");
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    assert_eq!(told(&[]), at(&["9:9", "12:1"]));
    // What a flag says stands nowhere.
    let nowhere = "\"api.yaml\":4:1".to_owned();
    let told = told(&["--tag", "Squash"]);
    assert_eq!(told, [vec![nowhere.clone(), nowhere], at(&["12:1"])].concat());
}

/// What is wrong with one file says nothing of another, nor of the configuration.
#[test]
fn a_broken_file_hides_nothing() {
    let broken = "        broken: {$ref: 'broken.yaml'}\n        list: {$ref: './x/../broken.yaml'}\n        \
                  size: {type: nonsense}\n        count:";
    let responses = "  /gone: {get: {responses: {'200': {$ref: 'broken.yaml'}}}}\n  \
                     /odd: {get: {responses: {soon: {description: x}}}}\ncomponents:";
    let sound = SOUND.replace("        count:", broken).replace("components:", responses);
    let folder = folder(&sound);
    std::fs::write(folder.path().join("broken.yaml"), "type: object\na: [1\nb: 2\n").unwrap();
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\
                  rename = { '/components/schemas/Pang' = 'P', '/components/schemas/Pong' = 'Q' }\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    assert_eq!(done.status, Some(2));
    let place = |one: &serde_json::Value| {
        format!("{} {}:{}", one["code"], one["file"], one["line"]).replace('"', "")
    };
    let told: Vec<String> = done.objects().iter().map(place).collect();
    let line = |text: &str| sound.lines().position(|line| line.contains(text)).unwrap() + 1;
    let expected = [
        format!("invalid-document api.yaml:{}", line("soon")),
        format!("faulty-document api.yaml:{}", line("nonsense")),
        "syntax broken.yaml:3".to_owned(),
        "config specwright.toml:4".to_owned(),
    ];
    assert_eq!(told, expected, "{}", done.stdout);
    assert!(done.stdout.contains("did you mean `/components/schemas/Pong`?"), "{}", done.stdout);
}
