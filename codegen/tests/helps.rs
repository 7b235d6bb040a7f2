//! What a command says it needs, to who has given it too little or the right thing in the wrong place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{SOUND, folder, run};

#[test]
fn each_command_says_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str], help: &str| {
        let refused = run(folder.path(), args);
        assert_eq!(refused.status, Some(2), "{args:?}: {}", refused.stdout);
        assert!(refused.stderr.contains(help), "{args:?}: {}", refused.stderr);
    };
    let init = "or have a `specwright.toml`, which `specwright init --spec FILE` writes";
    let client = format!("help: say `--spec FILE --out DIR`, {init}");
    let document = format!("help: say `--spec FILE`, {init}");
    check(&[], &client);
    check(&["generate"], &client);
    check(&["list"], &document);
    check(&["inspect", "--stage", "ir"], &document);
    #[cfg(feature = "serve")]
    check(&["serve"], &document);
    #[cfg(feature = "preview")]
    check(&["preview"], &document);
    let path =
        "help: correct the path after `--config`, or make one: `specwright init --spec FILE`";
    check(&["diff", "a.yaml", "b.yaml", "--config", "no.toml"], path);
    std::fs::write(folder.path().join("specwright.toml"), [0xff, 0xfe]).unwrap();
    check(&[], "help: a configuration is text, in UTF-8");
}

/// What takes its documents without a flag has no flag to advise.
#[test]
fn a_document_too_many_is_told_what_there_is() {
    let folder = folder(SOUND);
    for (command, tip) in [
        (&["diff", "api.yaml", "api.yaml"][..], "`diff` takes `OLD` and `NEW` and no more"),
        (&["explain", "unknown-key"][..], "`explain` takes `CODE` and no more"),
        (&["schema"][..], "`schema` takes no document"),
    ] {
        let refused = run(folder.path(), &[command, &["api.yaml"]].concat());
        assert_eq!(refused.status, Some(2), "{command:?}");
        assert!(refused.stderr.contains(&format!("\n  tip: {tip}\n")), "{}", refused.stderr);
        assert!(!refused.stderr.contains("--spec"), "{}", refused.stderr);
    }
}

#[test]
fn a_document_without_its_flag_is_told_the_flag() {
    let folder = folder(SOUND);
    let tip = "a document is named by a flag: `--spec api.yaml`";
    let commands: [&[&str]; 7] = [
        &[],
        &["generate"],
        &["list"],
        &["inspect", "--stage", "ir"],
        &["init"],
        #[cfg(feature = "serve")]
        &["serve"],
        #[cfg(not(feature = "serve"))]
        &["list"],
        #[cfg(feature = "preview")]
        &["preview"],
        #[cfg(not(feature = "preview"))]
        &["list"],
    ];
    for command in commands {
        let refused = run(folder.path(), &[command, &["api.yaml"]].concat());
        assert_eq!(refused.status, Some(2), "{command:?}");
        assert!(refused.stderr.contains(&format!("\n  tip: {tip}\n")), "{}", refused.stderr);
        let json =
            run(folder.path(), &[command, &["api.yaml", "--message-format", "json"]].concat());
        assert_eq!(json.objects()[0]["help"], tip, "{command:?}: {}", json.stdout);
    }
    // A word that is no document is none, and a slip in a command is that.
    let other = run(folder.path(), &["generate", "everything"]);
    assert!(!other.stderr.contains("--spec everything"), "{}", other.stderr);
    let slip = run(folder.path(), &["genrate"]);
    assert!(
        slip.stderr.contains("'generate'") && !slip.stderr.contains("--spec"),
        "{}",
        slip.stderr
    );
}

/// One is looked at, and the configuration has two.
#[test]
fn of_several_clients_one_is_named_by_its_document() {
    let folder = folder(SOUND);
    std::fs::write(folder.path().join("other.yaml"), SOUND.replace("/ping", "/pong")).unwrap();
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'a'\n\n\
                  [[client]]\nspec = 'other.yaml'\nout = 'b'\noverlays = ['o.yaml']\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let overlay =
        "overlay: 1.0.0\nactions:\n  - {target: \"$.paths['/pong'].get\", update: {tags: [New]}}\n";
    std::fs::write(folder.path().join("o.yaml"), overlay).unwrap();
    let which = "say which by its document, `--config specwright.toml --spec FILE`: `api.yaml`, \
                 `other.yaml`";
    let commands: [&str; 2] = [
        if cfg!(feature = "serve") { "serve" } else { "list" },
        if cfg!(feature = "preview") { "preview" } else { "list" },
    ];
    for command in commands.into_iter().filter(|command| *command != "list") {
        let refused = run(folder.path(), &[command]);
        assert_eq!(refused.status, Some(2), "{command}");
        assert!(refused.stderr.contains(which), "{command}: {}", refused.stderr);
    }
    // Its overlays count, since the configuration is named.
    let with = ["list", "--config", "specwright.toml", "--spec"];
    let one = run(folder.path(), &[&with[..], &["./other.yaml"]].concat());
    assert_eq!(one.stdout, "GET /pong ping Table, Tennis, New\n", "{}", one.stderr);
    let neither = run(folder.path(), &[&with[..], &["third.yaml"]].concat());
    let message = "not one client of the configuration reads `third.yaml`";
    assert!(neither.stderr.contains(message), "{}", neither.stderr);
}

#[test]
fn a_command_without_flags_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(folder.path(), &["schema", "--format", "x"]);
    let tip = "`--format` is for `diff`; `schema` takes no flags of its own\n";
    assert!(refused.stderr.contains(tip), "{}", refused.stderr);
}

/// A page has a free port unless one is named; a server has one that is known.
#[test]
fn a_port_that_is_taken_is_told_with_the_way_to_a_free_one() {
    let folder = folder(SOUND);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = |command: &str| {
        run(folder.path(), &[command, "--spec", "api.yaml", "--port", &port]).stderr
    };
    #[cfg(feature = "serve")]
    assert!(refused("serve").contains("help: `--port 0` takes a port that is free"));
    #[cfg(feature = "preview")]
    assert!(refused("preview").contains("help: leave `--port` away, and it is one that is free"));
}

#[cfg(feature = "preview")]
#[test]
fn a_document_that_is_missing_is_told_as_elsewhere() {
    let folder = folder(SOUND);
    let told = |flags: &[&str]| {
        let [list, preview] =
            ["list", "preview"].map(|command| run(folder.path(), &[&[command], flags].concat()));
        assert_eq!((list.status, preview.status), (Some(2), Some(2)));
        assert_eq!(list.stderr, preview.stderr);
        preview.stderr
    };
    let flag = told(&["--spec", "nope.yaml"]);
    assert!(flag.contains("--> nope.yaml\n") && flag.contains("help: "), "{flag}");
    let config = "[[client]]\nspec = 'nope.yaml'\nout = 'a'\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let key = told(&[]);
    assert!(key.contains("--> specwright.toml:2:1\n"), "{key}");
}
