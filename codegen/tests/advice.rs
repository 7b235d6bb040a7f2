//! What is said of slips in the configuration and in the arguments: each once, with the way out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, SOUND, folder, run};

const HEAD: &str = "[[client]]\nspec = 'api.yaml'\nout = 'a'\ncrate-name = 'a'\n";

fn configured(folder: &Path, keys: &str) -> Run {
    std::fs::write(folder.join("specwright.toml"), format!("{HEAD}{keys}\n")).unwrap();
    run(folder, &["--message-format", "json"])
}

/// `line: message` of everything that is told.
fn told(run: &Run) -> Vec<String> {
    let line =
        |one: &serde_json::Value| format!("{}: {}", one["line"], one["message"].as_str().unwrap());
    run.objects().iter().map(line).collect()
}

#[test]
fn a_flag_of_another_command() {
    let folder = folder(SOUND);
    let check = |args: &[&str], tip: &str| {
        let refused = run(folder.path(), args);
        assert_eq!(refused.status, Some(2), "{args:?}");
        assert!(
            refused.stderr.contains(&format!("\n  tip: {tip}")),
            "{args:?}: {}",
            refused.stderr
        );
        let usage = refused.stderr.lines().find(|line| line.starts_with("Usage: ")).unwrap();
        let command =
            args.iter().find(|word| !word.starts_with("--")).filter(|_| args[0] != "--strct");
        let command = command.map(|name| format!("{name} ")).unwrap_or_default();
        let called = format!("Usage: specwright {command}[OPTIONS]");
        assert!(usage.starts_with(&called), "{usage}");
    };
    let serve = "`--out` is for `generate`, `init`; `serve` takes `--config`, ";
    check(&["serve", "--out", "a"], serve);
    check(&["diff", "--spec", "api.yaml", "a", "b"], "`--spec` is for `generate`, `list`, ");
    check(&["serve", "--nothing"], "`serve` takes `--config`, ");
    check(&["serve", "--delai=2s"], "did you mean `--delay`?");
    check(&["--strct"], "did you mean `--strict`?");
}

#[test]
fn a_configuration_that_is_not_there() {
    let folder = folder(SOUND);
    for command in [&["--config", "no.toml"][..], &["diff", "--config", "no.toml", "a", "b"]] {
        let refused = run(folder.path(), command);
        let advice =
            "correct the path after `--config`, or make one: `specwright init --spec FILE`";
        assert!(refused.stderr.contains(advice), "{command:?}: {}", refused.stderr);
    }
}

#[test]
fn slips_of_several_stages_are_told_in_one_run() {
    let folder = folder(SOUND);
    let keys = "types = { '/components/schemas/Pong' = 'crate::Pong' }\n\
                drop-parameters = ['/paths/~1ping/get/parameters/0']\n\
                [client.rename]\n'/components/schemas/Pung' = 'Reply'\n'/paths/~1ping/get' = ' '";
    let refused = configured(folder.path(), keys);
    let expected = [
        "5: `types` names `crate::Pong`, and of a whole crate every file is generated",
        "6: `drop-parameters` names `/paths/~1ping/get/parameters/0`, where no parameter stands",
        "8: `rename` names `/components/schemas/Pung`, where nothing that has a name stands",
        "9: `rename` gives `/paths/~1ping/get` no name",
    ];
    assert_eq!(told(&refused), expected, "{}", refused.stdout);
    assert_eq!(refused.status, Some(2));
}

/// A crate of that name on crates.io is somebody else's.
#[test]
fn a_crate_of_the_users_own_is_added_by_its_path() {
    let folder = folder(SOUND);
    std::fs::create_dir_all(folder.path().join("crates/own-types")).unwrap();
    let manifest = "[package]\nname = 'own-types'\nversion = '0.1.0'\n";
    std::fs::write(folder.path().join("crates/own-types/Cargo.toml"), manifest).unwrap();
    let help = |path: &str| {
        let done = configured(
            folder.path(),
            &format!("types = {{ '/components/schemas/Pong' = '{path}' }}"),
        );
        assert_eq!(done.status, Some(0), "{}", done.stdout);
        let objects = done.objects();
        let warning = objects.iter().find(|one| one["line"] == 5).unwrap();
        warning["help"].as_str().unwrap().to_owned()
    };
    let own = help("own_types::Pong");
    assert!(
        own.ends_with(": `cargo add --path crates/own-types --manifest-path a/Cargo.toml`"),
        "{own}"
    );
    let other = help("pongs::Pong");
    assert!(
        other.contains("`cargo add pongs --features serde --manifest-path a/Cargo.toml`"),
        "{other}"
    );
    assert!(other.ends_with("or `cargo add --path DIR …` for a crate of your own"), "{other}");
}

/// A method and the call that it gives are one name to who reads of it.
#[test]
fn a_collision_in_a_group_is_told_once() {
    let operation = |path: &str, id: &str, tag: &str| {
        format!(
            "  {path}:\n    get: {{operationId: {id}, tags: [{tag}], responses: {{204: {{description: d}}}}}}\n"
        )
    };
    let text = SOUND.replace(
        "components:\n",
        &[
            operation("/a", "list", "a"),
            operation("/b", "List", "a"),
            operation("/c", "LIST", "c"),
            "components:\n".to_owned(),
        ]
        .concat(),
    );
    let folder = folder(&text);
    let told_of = |keys: &str| {
        let told = told(&configured(folder.path(), keys));
        let about = |one: &&String| one.contains("call") && !one.contains("published");
        told.iter().filter(about).cloned().collect::<Vec<_>>()
    };
    let expected = [
        "18: the operation `List` could be called `list`, but so could `list`",
        "20: the call of the operation `LIST` could be called `List`, but so could `list`, `List`",
    ];
    assert_eq!(told_of("group-by = 'tag'"), expected);
    // The accessor of a group is a tag's, and no operation's.
    let taken = "group-by = 'tag'\n[client.rename]\n'/paths/~1a/get/tags/=a' = 'c'";
    let refused = "7: `rename` calls `/paths/~1a/get/tags/=a` `c`, which is the name of the tag at \
                   `/paths/~1c/get/tags/=c`";
    assert!(told_of(taken).contains(&refused.to_owned()), "{:#?}", told_of(taken));
}
