//! What a new user's first minutes are made of: `init`, and what shells and editors ask for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{SOUND, contents, folder, run};

#[test]
fn from_a_document_to_a_client_that_is_up_to_date() {
    let folder = folder(SOUND);
    let made = run(folder.path(), &["init", "--spec", "api.yaml"]);
    assert_eq!(made.status, Some(0), "{}", made.stderr);
    let first =
        "specwright.toml: 1 operation of Ping Pong, to become the crate ping-pong in client";
    assert_eq!(made.stdout.lines().next(), Some(first));
    assert!(made.stdout.contains("  cargo add --path client    lets a program"), "{}", made.stdout);
    let generated = run(folder.path(), &[]);
    assert_eq!(generated.status, Some(0), "{}", generated.stderr);
    assert_eq!(run(folder.path(), &["--check"]).status, Some(0));
    let config = std::fs::read_to_string(folder.path().join("specwright.toml")).unwrap();
    assert!(config.contains("\n# tags = [\"Table\"]\n"), "{config}");
    assert!(config.contains("\n# runtime-path = \"../specwright/runtime\"\n"), "{config}");
    std::fs::write(
        folder.path().join("specwright.toml"),
        config.replace("# tags", "tags").replace("# strict", "strict"),
    )
    .unwrap();
    let chosen = run(folder.path(), &["--check"]);
    assert_eq!(chosen.status, Some(0), "{}", chosen.stderr);
}

/// What is commented out can be taken as it stands, whatever the names are.
#[test]
fn init_names_a_parameter_by_its_name() {
    let parameters = "      parameters:
        - {name: must, in: query, required: true, schema: {type: string}}
        - {name: 'a/\"b\"', in: query, schema: {type: string}}
      responses:";
    let folder = folder(&SOUND.replace("      responses:", parameters));
    assert_eq!(run(folder.path(), &["init", "--spec", "api.yaml"]).status, Some(0));
    let path = folder.path().join("specwright.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    assert!(config.contains("/paths/~1ping/get/parameters/query=a~1"), "{config}");
    std::fs::write(&path, config.replace("# drop-parameters", "drop-parameters")).unwrap();
    let done = run(folder.path(), &["--message-format", "json"]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    assert!(!done.stdout.contains("drop-parameters"), "{}", done.stdout);
    let code = std::fs::read_to_string(folder.path().join("client/src/operations.rs")).unwrap();
    assert!(code.contains("must: ") && !code.contains("pub fn a"), "{code}");
}

#[test]
fn what_comes_next_can_be_typed() {
    let folder = folder(SOUND);
    let made = run(folder.path(), &["init", "--spec", "api.yaml", "--out", "my client's"]);
    assert_eq!(made.status, Some(0), "{}", made.stderr);
    assert!(made.stdout.contains(r"  cargo add --path 'my client'\''s'  lets"), "{}", made.stdout);
    assert!(
        made.stdout.contains("\n  specwright --check                 fails"),
        "{}",
        made.stdout
    );
}

#[test]
fn a_configuration_that_is_there_stays() {
    let folder = folder(SOUND);
    std::fs::write(folder.path().join("specwright.toml"), "mine").unwrap();
    let before = contents(folder.path());
    let refused = run(folder.path(), &["init", "--spec", "api.yaml"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.stderr.contains("there is a `specwright.toml` here already"));
    assert!(contents(folder.path()) == before);
}

#[test]
fn nothing_of_a_strange_document_gets_out_of_its_place() {
    let title = r#""A\n[[client]]\u202e\u001b[31m \"quoted\"""#;
    let document = SOUND
        .replace("Ping Pong", title)
        .replace("[Table, Tennis]", "[\"a\\nout = '/tmp/b'\\\"\"]");
    let folder = folder(&document);
    let made = run(folder.path(), &["init", "--spec", "api.yaml", "--crate-name", "mine"]);
    assert_eq!(made.status, Some(0), "{}", made.stderr);
    assert!(!made.stdout.contains(['\u{202e}', '\u{1b}']), "{}", made.stdout);
    assert_eq!(made.stdout.lines().count(), 8, "{}", made.stdout);
    let config = std::fs::read_to_string(folder.path().join("specwright.toml")).unwrap();
    assert_eq!(config.matches("\nout = ").count(), 1, "{config}");
    assert_eq!(run(folder.path(), &["list"]).status, Some(0));
}

#[test]
fn init_without_a_document_writes_nothing() {
    let folder = folder("openapi: 3.0.1\npaths: [");
    let refused = run(folder.path(), &["init", "--spec", "api.yaml"]);
    assert_eq!(refused.status, Some(2));
    assert!(refused.stderr.contains("error[syntax]"), "{}", refused.stderr);
    assert_eq!(run(folder.path(), &["init", "--spec", "no.yaml"]).status, Some(2));
    let bad = run(folder.path(), &["init", "--spec", "api.yaml", "--crate-name", "a b"]);
    assert_eq!(bad.status, Some(2));
    assert!(!folder.path().join("specwright.toml").exists());
}

#[test]
fn looking_at_what_is_no_document_of_a_known_version() {
    for text in ["{\"openapi\": \"4.0.0\", \"paths\": {}}", "{\"swagger\": \"1.2\"}", "{\"a\": 1}"]
    {
        let folder = folder(text);
        for words in [&["list", "--spec", "api.yaml"][..], &["init", "--spec", "api.yaml"]] {
            let refused = run(folder.path(), words);
            assert_eq!(refused.status, Some(2), "{text}: {}", refused.stdout);
            assert!(refused.stderr.contains("--> api.yaml:1:"), "{text}: {}", refused.stderr);
        }
    }
}

#[test]
fn shells_manuals_and_editors_are_served() {
    let folder = folder(SOUND);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(folder.path(), &["completions", shell]);
        assert_eq!(script.status, Some(0), "{shell}: {}", script.stderr);
        assert!(script.stdout.contains("runtime-path"), "{shell}");
    }
    let page = run(folder.path(), &["man"]).stdout;
    assert!(page.contains(".TH specwright 1") && page.contains("Examples:"), "{page}");
    let page = run(folder.path(), &["man", "inspect"]).stdout;
    assert!(page.contains(".TH specwright-inspect 1"), "{page}");
    assert_eq!(run(folder.path(), &["man", "no"]).status, Some(2));
    let schema: serde_json::Value =
        serde_json::from_str(&run(folder.path(), &["schema"]).stdout).unwrap();
    assert_eq!(schema["additionalProperties"], false);
    assert!(schema["$defs"]["ClientConfig"]["properties"]["crate-name"].is_object());
}

#[test]
fn what_a_new_version_breaks() {
    let folder = folder(SOUND);
    let new = SOUND.replace("count: {type: integer", "number: {type: integer");
    std::fs::write(folder.path().join("new.yaml"), new).unwrap();
    let same = run(folder.path(), &["diff", "api.yaml", "api.yaml"]);
    assert_eq!((same.status, same.stdout.lines().count()), (Some(0), 1), "{}", same.stdout);
    let breaks = run(folder.path(), &["diff", "api.yaml", "new.yaml"]);
    assert_eq!(breaks.status, Some(1), "{}", breaks.stderr);
    let first = "  types::Pong::count: the field is gone  (at #/components/schemas/Pong)";
    assert_eq!(breaks.stdout.lines().nth(1), Some(first));
    let json = run(folder.path(), &["diff", "api.yaml", "new.yaml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&json["bump"], &json["changes"][0]["impact"]),
        (&"major".into(), &"breaking".into())
    );
    let markdown = run(folder.path(), &["diff", "api.yaml", "new.yaml", "--format", "markdown"]);
    assert!(markdown.stdout.contains("- `types::Pong::count`: the field is gone\n"));
    // By the names of the configuration.
    let config = "[[client]]\nspec = 'x'\nout = 'y'\n\
                  [client.rename]\n'/components/schemas/Pong' = 'Reply'\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let named =
        run(folder.path(), &["diff", "api.yaml", "new.yaml", "--config", "specwright.toml"]);
    assert!(named.stdout.contains("  types::Reply::count: "), "{}{}", named.stdout, named.stderr);
    let wrong = run(folder.path(), &["diff", "api.yaml", "no.yaml"]);
    assert_eq!(wrong.status, Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is written");
}
