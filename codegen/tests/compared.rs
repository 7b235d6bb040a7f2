//! `diff` by a configuration: the client of one of the two documents, and what the other lacks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{SOUND, folder, run};

const CONFIG: &str = "\
[[client]]
spec = 'api.yaml'
out = 'a'
operations = ['ping', 'pong']

[client.rename]
'/components/schemas/Pong' = 'Reply'
";

#[test]
fn what_one_document_lacks_is_a_note() {
    let folder = folder(SOUND);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("specwright.toml", CONFIG);
    write("new.yaml", &SOUND.replace("Pong", "Pang").replace("ping", "pong"));
    let diff = |more: &[&str]| {
        let args = ["diff", "--config", "specwright.toml", "api.yaml", "new.yaml"];
        run(folder.path(), &[&args[..], more].concat())
    };
    let done = diff(&[]);
    assert_eq!(done.status, Some(1), "{}", done.stderr);
    assert!(done.stdout.contains("  Client::ping: the method is gone"), "{}", done.stdout);
    assert!(done.stdout.contains("  Client::pong: a new method"), "{}", done.stdout);
    // The call of a method is told with it.
    assert!(!done.stdout.contains("operations::"), "{}", done.stdout);
    let told = diff(&["--message-format", "json"]);
    let notes: Vec<_> = told.stdout.lines().filter(|line| line.starts_with("{\"code\"")).collect();
    let notes: Vec<serde_json::Value> =
        notes.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |line: u64| notes.iter().find(|note| note["line"] == line).unwrap();
    assert_eq!(notes.len(), 3, "{}", told.stdout);
    let rename = of(7);
    assert_eq!((&rename["severity"], &rename["file"]), (&"note".into(), &"specwright.toml".into()));
    assert_eq!(
        rename["message"],
        "`rename` names `/components/schemas/Pong`, where nothing that has a name stands (in \
         `new.yaml`)"
    );
    assert_eq!(
        rename["help"],
        "it holds in `api.yaml`; `generate` refuses it with `new.yaml`, until it is corrected or \
         removed: specwright.toml:7:1"
    );
    // So it does.
    let generate = ["--config", "specwright.toml", "--spec", "new.yaml", "--operation", "pong"];
    let refused = run(folder.path(), &generate);
    assert_eq!(refused.status, Some(2));
    assert!(refused.stderr.contains("--> specwright.toml:7:1"), "{}", refused.stderr);
    // In a pull request nobody sees what was said beside.
    let markdown = diff(&["--format", "markdown"]).stdout;
    let note = "\n### Of the configuration and the overlays\n\n";
    assert!(markdown.contains(note), "{markdown}");
    let entry = "- `rename` names `/components/schemas/Pong`, where nothing that has a name stands (in \
                 `new.yaml`); it holds in `api.yaml`;";
    assert!(markdown.contains(entry), "{markdown}");
    assert!(diff(&["--quiet"]).stderr.is_empty());
    // In neither, it is a mistake.
    write("specwright.toml", &CONFIG.replace("/Pong", "/Pung"));
    let wrong = diff(&[]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (Some(2), ""));
    assert!(wrong.stderr.contains("(in `api.yaml` as in `new.yaml`)"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("--> specwright.toml:7:1"), "{}", wrong.stderr);
    assert_eq!(wrong.stderr.matches("error[").count(), 1, "{}", wrong.stderr);
}

#[test]
fn of_several_clients_it_is_that_of_the_document() {
    let folder = folder(SOUND);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("other.yaml", &SOUND.replace("/ping", "/pong"));
    write("new.yaml", &SOUND.replace("count:", "number:"));
    let other = "\n[[client]]\nspec = 'other.yaml'\nout = 'b'\n";
    write("specwright.toml", &(CONFIG.replace(", 'pong'", "") + other));
    let diff =
        |old: &str| run(folder.path(), &["diff", "--config", "specwright.toml", old, "new.yaml"]);
    let named = diff("./api.yaml");
    assert!(named.stdout.contains("  types::Reply::count: "), "{}{}", named.stdout, named.stderr);
    assert!(diff("other.yaml").stdout.contains("  types::Pong::count: "));
    let neither = diff("new.yaml");
    assert_eq!(neither.status, Some(2));
    let documents = "under its own name, `api.yaml`, `other.yaml`\n";
    assert!(neither.stderr.contains(documents), "{}", neither.stderr);
}

/// Whatever the format of messages: stdout is one value, and what is told of the configuration is in it.
#[test]
fn json_is_one_value() {
    let folder = folder(SOUND);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("specwright.toml", &format!("{CONFIG}\n").replace(", 'pong'", ""));
    let new = SOUND.replace("Pong'}", "Pang'}").replace("    Pong:", "    Pang:");
    write(
        "new.yaml",
        &new.replace(
            "operationId: ping\n",
            "operationId: ping\n      parameters: [{name: a, in: query, schema: {type: string}}]\n",
        ),
    );
    for more in [&[][..], &["--message-format", "json"], &["--quiet"]] {
        let args =
            ["diff", "--config", "specwright.toml", "api.yaml", "new.yaml", "--format", "json"];
        let done = run(folder.path(), &[&args[..], more].concat());
        assert_eq!(done.stderr, "", "{more:?}");
        let value: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        let notes = value["notes"].as_array().unwrap();
        let [note] = notes.as_slice() else { panic!("{value:#}") };
        assert_eq!((&note["line"], &note["severity"]), (&7.into(), &"note".into()));
        let changes = value["changes"].as_array().unwrap();
        let of_call =
            |one: &&serde_json::Value| one["path"].as_str().unwrap().starts_with("operations::");
        let calls: Vec<_> = changes.iter().filter(of_call).collect();
        assert!(!calls.is_empty());
        assert!(calls.iter().all(|one| one["pointer"] == "/paths/~1ping/get"), "{value:#}");
    }
    let args = ["diff", "api.yaml", "none.yaml", "--format", "json", "--message-format", "json"];
    let refused = run(folder.path(), &args);
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(2), ""));
    assert!(refused.stderr.starts_with("{\"code\":\"io\""), "{}", refused.stderr);
}

/// Methods of a group, and their calls, have their place as those of the client do.
#[test]
fn changes_in_a_group_have_their_place() {
    let folder = folder(SOUND);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let client = "[[client]]\nspec = 'api.yaml'\nout = 'a'\ngroup-by = 'tag'\n";
    write("specwright.toml", client);
    write("new.yaml", &SOUND.replace("operationId: ping", "operationId: pung"));
    let args = ["diff", "--config", "specwright.toml", "api.yaml", "new.yaml", "--format", "json"];
    let done = run(folder.path(), &args);
    let value: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let changes = value["changes"].as_array().unwrap();
    let method =
        changes.iter().find(|one| one["path"].as_str().unwrap().ends_with("::ping")).unwrap();
    assert_eq!(method["pointer"], "/paths/~1ping/get", "{value:#}");
    assert!(method["what"].as_str().unwrap().contains("is called `"), "{value:#}");
}
