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
    assert_eq!(rename["help"], "it holds in `api.yaml`; did you mean `/components/schemas/Pang`?");
    assert!(diff(&["--quiet"]).stderr.is_empty());
    // In neither, it is a mistake.
    write("specwright.toml", &CONFIG.replace("/Pong", "/Pung"));
    let wrong = diff(&[]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (Some(2), ""));
    assert!(wrong.stderr.contains("(neither in `api.yaml` nor in `new.yaml`)"), "{}", wrong.stderr);
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
    let documents = "under its own name, `api.yaml`, `other.yaml`; or give";
    assert!(neither.stderr.contains(documents), "{}", neither.stderr);
}
