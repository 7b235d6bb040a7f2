//! Several clients in one `specwright.toml`: one of them alone, and what is wrong with another.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, SOUND, contents, folder, run};

const TWO: &str = "\
[[client]]
spec = 'api.yaml'
out = 'clients/pings'
crate-name = 'ping-pong'
runtime-path = 'runtime'

[[client]]
spec = 'other.yaml'
out = 'clients/others'
runtime-path = 'runtime'
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn two() -> tempfile::TempDir {
    let folder = folder(SOUND);
    let other = SOUND.replace("ping", "pong").replace("Ping Pong", "Pong");
    write(folder.path(), "other.yaml", &other);
    let runtime = "[package]\nname = 'specwright-runtime'\nversion = '0.1.0'\n";
    write(folder.path(), "runtime/Cargo.toml", runtime);
    write(folder.path(), "specwright.toml", TWO);
    folder
}

fn said(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr)
}

#[test]
fn one_of_them_is_generated() {
    let check = |flags: &[&str], expected: [bool; 2]| {
        let folder = two();
        let done = run(folder.path(), flags);
        assert_eq!(done.status, Some(0), "{flags:?}: {}", said(&done));
        let has = ["pings", "others"].map(|out| folder.path().join("clients").join(out).exists());
        assert_eq!(has, expected, "{flags:?}");
    };
    check(&[], [true, true]);
    check(&["--client", "ping-pong"], [true, false]);
    check(&["--client", "others"], [false, true]);
    check(&["generate", "--client", "clients/others"], [false, true]);
    check(&["--config", "specwright.toml", "--spec", "./other.yaml"], [false, true]);
    // Flags about one client are about that.
    check(&["--client", "others", "--crate-name", "third", "--report", "r.json"], [false, true]);
}

#[test]
fn other_commands_take_it_too() {
    let folder = two();
    let listed = run(folder.path(), &["list", "--client", "others"]);
    assert_eq!(listed.stdout, "GET /pong pong Table, Tennis\n", "{}", said(&listed));
    let inspect = ["inspect", "--stage", "names", "--client", "others"];
    assert!(run(folder.path(), &inspect).stdout.contains("pong"));
    let renames = "[client.rename]\n'/components/schemas/Pong' = 'Reply'\n";
    write(folder.path(), "specwright.toml", &format!("{TWO}{renames}"));
    write(folder.path(), "new.yaml", &SOUND.replace("count:", "number:"));
    let diff = ["diff", "--config", "specwright.toml", "new.yaml", "new.yaml"];
    let unclear = run(folder.path(), &diff);
    assert_eq!(unclear.status, Some(2));
    assert!(unclear.stderr.contains("name the client, `--client NAME`"), "{}", unclear.stderr);
    let named = [&diff[..3], &["api.yaml", "new.yaml", "--client", "others"]].concat();
    let told = run(folder.path(), &named);
    assert!(told.stdout.contains("  types::Reply::count: "), "{}", said(&told));
}

/// Two clients of one document: it names neither, and each has a name.
#[test]
fn a_document_of_two_clients_names_none_of_them() {
    let folder = two();
    write(folder.path(), "specwright.toml", &TWO.replace("other.yaml", "api.yaml"));
    let new = SOUND.replace("count:", "number:");
    write(folder.path(), "new.yaml", &new);
    let check = |flags: &[&str], message: &str| {
        let refused = run(folder.path(), flags);
        assert_eq!(refused.status, Some(2), "{flags:?}: {}", said(&refused));
        let message = format!("error[config]: {message}\n");
        assert!(refused.stderr.contains(&message), "{flags:?}: {}", refused.stderr);
        let help = "`--client NAME`: `ping-pong`, `clients/others`\n";
        assert!(refused.stderr.contains(help), "{flags:?}: {}", refused.stderr);
        assert!(!refused.stderr.contains("--spec FILE"), "{flags:?}: {}", refused.stderr);
    };
    let of_spec = ["--config", "specwright.toml", "--spec", "api.yaml"];
    let mut commands = vec!["generate", "list"];
    commands.extend(cfg!(feature = "serve").then_some("serve"));
    commands.extend(cfg!(feature = "preview").then_some("preview"));
    for command in commands {
        let flags = [&[command], &of_spec[..]].concat();
        check(&flags, "2 clients of the configuration read `api.yaml`");
    }
    #[cfg(feature = "serve")]
    check(&["serve"], "the configuration has several clients, and one is served");
    let diff = ["diff", "--config", "specwright.toml", "api.yaml", "new.yaml"];
    check(&diff, "2 clients of the configuration read one of the two documents");
    // The configuration that lies here is the one that the name is of, as for any other command.
    let named = run(folder.path(), &["diff", "api.yaml", "new.yaml", "--client", "others"]);
    assert!(named.stdout.contains("  types::Pong::count: "), "{}", said(&named));
    let wrong = run(folder.path(), &["diff", "api.yaml", "new.yaml", "--client", "nobody"]);
    assert!(wrong.stderr.contains("has no client `nobody`"), "{}", said(&wrong));
    // So it is where each document is another client's.
    write(folder.path(), "specwright.toml", &TWO.replace("other.yaml", "new.yaml"));
    check(&diff, "2 clients of the configuration read one of the two documents");
}

/// A slip in `--out` or in a key, and the client that was there would be gone.
#[test]
fn a_client_is_not_written_over_another() {
    let folder = two();
    let config = TWO.replace("other.yaml", "api.yaml");
    let config =
        config.replace("out = 'clients/others'", "out = 'clients/others'\ncrate-name = 'b'");
    write(folder.path(), "specwright.toml", &config);
    assert_eq!(run(folder.path(), &[]).status, Some(0));
    let before = contents(folder.path());
    let refused = |flags: &[&str], expected: &[&str]| {
        let before = contents(folder.path());
        let refused = run(folder.path(), flags);
        assert_eq!(refused.status, Some(2), "{flags:?}: {}", said(&refused));
        for expected in expected {
            assert!(refused.stderr.contains(expected), "{flags:?}: {}", refused.stderr);
        }
        assert!(contents(folder.path()) == before, "{flags:?}");
    };
    let taken = "error[output-not-ours]: `clients/others` is where another client of \
                 `specwright.toml` goes: `b`";
    refused(&["--client", "ping-pong", "--out", "clients/others"], &[taken]);
    refused(&["--client", "ping-pong", "--out", "clients/others/in"], &[taken]);
    // Two folders that have changed places.
    let swapped = config.replace("pings", "x").replace("others", "pings");
    write(folder.path(), "specwright.toml", &swapped.replace("clients/x", "clients/others"));
    let moved = [
        "`clients/others` holds `b`, which is another client of `specwright.toml` than `ping-pong`",
        "--> specwright.toml:3:1",
        "`clients/pings` holds `ping-pong`, which is another client of `specwright.toml` than `b`",
    ];
    refused(&[], &moved);
    refused(&["--client", "b"], &moved[2..]);
    // A package that has another name by now is still this client's.
    let renamed = config.replace("'b'", "'c'");
    write(folder.path(), "specwright.toml", &renamed);
    let kept = run(folder.path(), &["--quiet"]);
    assert_eq!(kept.status, Some(0), "{}", said(&kept));
    assert!(kept.stderr.contains("the package keeps its name `b`"), "{}", kept.stderr);
    write(folder.path(), "specwright.toml", &config);
    assert!(contents(folder.path()) == before);
}

#[test]
fn a_configuration_that_is_not_followed_is_told() {
    let folder = two();
    let generate = |flags: &[&str]| {
        let flags =
            [&["--spec", "api.yaml", "--runtime-path", "runtime", "--quiet"], flags].concat();
        let done = run(folder.path(), &flags);
        assert_eq!(done.status, Some(0), "{}", said(&done));
        done.stderr
    };
    let told = generate(&["--out", "clients/pings"]);
    let message = "warning[config]: `specwright.toml` has a client in `clients/pings`, and nothing is \
                   followed of what it says of that";
    assert!(told.contains(message), "{told}");
    assert!(told.contains("or add `--config specwright.toml`"), "{told}");
    assert_eq!(generate(&["--out", "clients/third"]), "");
}

#[test]
fn a_client_that_is_not_there() {
    let folder = two();
    let check = |flags: &[&str], expected: &str| {
        let refused = run(folder.path(), flags);
        assert_eq!(refused.status, Some(2), "{flags:?}");
        assert!(refused.stderr.contains(expected), "{flags:?}: {}", refused.stderr);
        assert!(!folder.path().join("clients").exists());
    };
    check(&["--client", "ping-pang"], "has no client `ping-pang`");
    check(&["--client", "ping-pang"], "help: did you mean `ping-pong`?");
    check(&["--client", "nobody"], "its `crate-name` or its `out`: `ping-pong`, `clients/others`");
    check(
        &["--client", "a", "--spec", "api.yaml"],
        "`--client a` names a client of a configuration",
    );
    check(&["--crate-name", "x"], "help: say which by `--client NAME`");
    check(&["--config", "specwright.toml", "--spec", "third.yaml"], "reads `third.yaml`");
}

#[test]
fn a_document_that_is_missing_hides_nothing_of_the_other() {
    let folder = two();
    std::fs::remove_file(folder.path().join("api.yaml")).unwrap();
    let listed = run(folder.path(), &["list", "--message-format", "json"]);
    assert_eq!(listed.status, Some(2));
    assert!(listed.stdout.starts_with("GET /pong pong"), "{}", listed.stdout);
    assert!(
        listed.stdout.contains("\"file\":\"specwright.toml\",\"line\":2,"),
        "{}",
        listed.stdout
    );
    let renames = "[client.rename]\n'/components/schemas/Pung' = 'Reply'\n";
    write(folder.path(), "specwright.toml", &format!("{TWO}{renames}"));
    let refused = run(folder.path(), &["--message-format", "json"]);
    let told: Vec<_> = refused.objects();
    let told: Vec<_> = told.iter().map(|one| (&one["code"], &one["line"], &one["file"])).collect();
    let config = &"specwright.toml".into();
    let expected = [(&"io".into(), &2.into(), config), (&"config".into(), &12.into(), config)];
    assert_eq!(told, expected);
    // An overlay is a file that is named, too; one that a flag names stands in no line.
    let overlays = TWO.replace("api.yaml'", "other.yaml'\noverlays = ['none.yaml']");
    write(folder.path(), "specwright.toml", &overlays);
    let refused = run(folder.path(), &[]);
    assert!(refused.stderr.contains("--> specwright.toml:3:13"), "{}", refused.stderr);
    let flag = ["--client", "others", "--config", "specwright.toml", "--overlay", "none.yaml"];
    let refused = run(folder.path(), &flag);
    assert!(refused.stderr.contains("--> none.yaml\n"), "{}", refused.stderr);
}

#[test]
fn values_of_the_wrong_kind_hide_no_names() {
    let folder = two();
    let keys = "strict = 'yes'\noperations = ['pongg']\n[client.rename]\n'/components/schemas/Pung' = \
                'A'\n'/components/schemas/Pong' = 1\n";
    write(folder.path(), "specwright.toml", &format!("{TWO}{keys}"));
    let refused = run(folder.path(), &["--message-format", "json"]);
    assert_eq!(refused.status, Some(2));
    let lines: Vec<_> = refused.objects().iter().map(|one| one["line"].as_u64()).collect();
    assert_eq!(lines, [Some(11), Some(12), Some(14), Some(15)], "{}", refused.stdout);
    assert!(!folder.path().join("clients").exists());
}

/// The title of a document is the name of a package where the configuration gives none.
#[test]
fn packages_that_are_named_after_one_title_are_refused() {
    let folder = two();
    let config = TWO.replace("other.yaml", "api.yaml").replace("crate-name = 'ping-pong'\n", "");
    write(folder.path(), "specwright.toml", &config);
    let refused = |expected: &[&str]| {
        let before = contents(folder.path());
        let refused = run(folder.path(), &[]);
        assert_eq!(refused.status, Some(2), "{}", said(&refused));
        for expected in expected {
            assert!(refused.stderr.contains(expected), "{}", refused.stderr);
        }
        assert!(contents(folder.path()) == before);
    };
    let message = "error[config]: two clients would be the package `ping-pong`: `clients/pings`, \
                   `clients/others`";
    let help = "help: give each `[[client]]` a `crate-name` of its own";
    refused(&[message, help, "--> specwright.toml:7:1"]);
    // One that says what the title of the other says.
    let named = config.replace("'clients/others'", "'clients/others'\ncrate-name = 'ping_pong'");
    write(folder.path(), "specwright.toml", &named);
    refused(&["two clients would be the package `ping_pong`", "--> specwright.toml:9:1"]);
    write(folder.path(), "specwright.toml", &named.replace("ping_pong", "pong"));
    assert_eq!(run(folder.path(), &[]).status, Some(0));
    // What the manifests say by now is what counts.
    write(folder.path(), "specwright.toml", &config);
    assert_eq!(run(folder.path(), &[]).status, Some(0));
    let manifest = folder.path().join("clients/others/Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("name = \"pong\"", "name = \"ping-pong\"")).unwrap();
    refused(&[message, "help: change `name` in `clients/others/Cargo.toml`, which is yours"]);
    // A module has no name.
    let module = config.replace("'clients/others'", "'src'\nmodule-only = true");
    write(folder.path(), "specwright.toml", &module);
    assert_eq!(run(folder.path(), &[]).status, Some(0));
}

#[test]
fn a_document_is_listed_once_and_a_client_has_its_own() {
    let folder = two();
    let pang = "  /pang:\n    get:\n      operationId: pang\n      tags: [Golf]\n      responses: {204: \
                {description: d}}\ncomponents:\n";
    write(folder.path(), "api.yaml", &SOUND.replace("components:\n", pang));
    let config = format!("{}tags = ['Golf']\n", TWO.replace("other.yaml", "api.yaml"));
    write(folder.path(), "specwright.toml", &config);
    let listed = |flags: &[&str]| {
        let done = run(folder.path(), &[&["list"], flags].concat());
        assert_eq!(done.status, Some(0), "{}", said(&done));
        done.stdout
    };
    let all = "GET /ping ping Table, Tennis\nGET /pang pang Golf\n";
    assert_eq!(listed(&[]), all);
    assert_eq!(listed(&["--client", "ping-pong"]), all);
    assert_eq!(listed(&["--client", "others"]), "GET /pang pang Golf\n");
    write(folder.path(), "specwright.toml", &config.replace("Golf", "Gulf"));
    let refused = run(folder.path(), &["list", "--client", "others"]);
    assert_eq!(refused.status, Some(2), "{}", said(&refused));
    assert!(refused.stderr.contains("help: did you mean `Golf`?"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--> specwright.toml:11:9"), "{}", refused.stderr);
    assert_eq!(listed(&[]), all);
}

/// The manifest beside is another client's, and nothing is added to that.
#[test]
fn no_crate_is_asked_for_in_the_folder_of_another() {
    let folder = two();
    let types = "types = { '/components/schemas/Pong/properties/count' = 'counts::Count' }\n";
    let config = format!("{}crate-name = 'b'\n{types}", TWO.replace("other.yaml", "api.yaml"));
    write(folder.path(), "specwright.toml", &config);
    let done = run(folder.path(), &["--quiet"]);
    assert!(done.stderr.contains("--manifest-path clients/others/Cargo.toml"), "{}", said(&done));
    let swapped = config.replace("pings", "x").replace("others", "pings").replace("/x", "/others");
    write(folder.path(), "specwright.toml", &swapped);
    let refused = run(folder.path(), &[]);
    assert_eq!(refused.status, Some(2), "{}", said(&refused));
    assert!(refused.stderr.contains("`clients/pings` holds `ping-pong`"), "{}", refused.stderr);
    assert!(!refused.stderr.contains("cargo add"), "{}", refused.stderr);
}
