//! Overlays: what they change, by flag and by configuration, and what is said where they do not fit.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::{Run, run};

const ROOT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.10}
servers: [{url: 'https://example.com'}]
paths:
  /pets: {$ref: pets.yaml}
";

const PETS: &str = "\
get:
  operationId: listPets
  responses: {'200': {description: The pets.}}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Better, version: 1.0.0}
actions:
  - target: $.paths['/pets'].get
    update:
      operationId: findPets
      responses: {'404': {description: None.}}
";

const WRONG: &str = "\
overlay: 1.0.0
info: {title: Worse, version: 1.0.0}
actions:
  - target: $.paths['/pets'].get
    update: {deprecatd: true}
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("api.yaml", ROOT), ("pets.yaml", PETS), ("o.yaml", OVERLAY), ("w.yaml", WRONG)]
    {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn generate(folder: &Path, more: &[&str]) -> Run {
    let args = ["generate", "--spec", "api.yaml", "--message-format", "json"];
    run(folder, &[&args[..], more].concat())
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_flag_changes_the_document_and_not_its_file() {
    let folder = folder();
    let at = folder.path();
    let done =
        generate(at, &["--out", "client", "--overlay", "o.yaml", "--effective-spec", "e.yaml"]);
    assert_eq!(done.status, Some(0), "{}{}", done.stdout, done.stderr);
    assert!(read(at, "client/src/client.rs").contains("pub fn find_pets("));
    assert!(read(at, "client/src/operations.rs").contains("NotFound"));
    assert_eq!(read(at, "pets.yaml"), PETS);
    let effective = read(at, "e.yaml");
    assert!(effective.contains("operationId: findPets") && effective.contains("version: '1.10'"));
    // What is written is what the client is made of.
    let again = run(at, &["generate", "--spec", "e.yaml", "--out", "again"]);
    assert_eq!(again.status, Some(0), "{}", again.stderr);
    let client =
        |out: &str| read(at, &format!("{out}/src/operations.rs")).replace("from e.", "from api.");
    assert_eq!(client("again"), client("client"));
}

#[test]
fn the_configuration_has_them_too_and_other_commands_see_them() {
    let folder = folder();
    let at = folder.path();
    let config = "[[client]]\nspec = 'api.yaml'\nout = 'client'\noverlays = ['o.yaml']\n";
    std::fs::write(at.join("specwright.toml"), config).unwrap();
    assert_eq!(run(at, &["generate"]).status, Some(0));
    assert!(read(at, "client/src/client.rs").contains("pub fn find_pets("));
    assert_eq!(run(at, &["list"]).stdout, "GET /pets findPets\n");
    assert!(run(at, &["inspect", "--stage", "names"]).stdout.contains("find_pets"));
    let listed = run(at, &["list", "--spec", "api.yaml", "--overlay", "o.yaml"]);
    assert_eq!(listed.stdout, "GET /pets findPets\n");
}

#[test]
fn the_effective_document_alone() {
    let folder = folder();
    let at = folder.path();
    let args = ["--overlay", "o.yaml", "--effective-spec", "e.json", "--bundle", "b.json"];
    assert_eq!(generate(at, &args).status, Some(0));
    assert!(read(at, "e.json").contains("findPets") && read(at, "b.json").contains("listPets"));
    let check = |expected| {
        let args = ["--check", "--overlay", "o.yaml", "--effective-spec", "e.json"];
        assert_eq!(generate(at, &args).status, Some(expected));
    };
    check(0);
    std::fs::write(at.join("o.yaml"), OVERLAY.replace("findPets", "seekPets")).unwrap();
    check(1);
}

#[test]
fn messages_name_the_overlay() {
    let folder = folder();
    let at = folder.path();
    let place = |run: &Run, code: &str| {
        let objects = run.objects();
        let found = objects.iter().find(|object| object["code"] == code);
        let object = found.unwrap_or_else(|| panic!("{}", run.stdout));
        format!("{}:{}:{} {}", object["file"], object["line"], object["column"], object["pointer"])
    };
    let warned = generate(at, &["--out", "client", "--overlay", "o.yaml", "--overlay", "w.yaml"]);
    assert_eq!(warned.status, Some(0));
    assert_eq!(place(&warned, "unknown-key"), "\"w.yaml\":5:14 \"/actions/0/update/deprecatd\"");

    std::fs::write(at.join("o.yaml"), OVERLAY.replace("/pets", "/pest")).unwrap();
    let refused = generate(at, &["--out", "other", "--overlay", "o.yaml"]);
    assert_eq!(refused.status, Some(2));
    assert_eq!(place(&refused, "overlay"), "\"o.yaml\":4:5 \"/actions/0/target\"");
    assert!(!at.join("other").exists());

    let absent = generate(at, &["--out", "other", "--overlay", "absent.yaml"]);
    assert_eq!(
        (absent.status, place(&absent, "io").starts_with("\"absent.yaml\"")),
        (Some(2), true)
    );
}
