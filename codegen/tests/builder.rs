//! What a build script tells cargo: every input, every problem with its line. What it says goes to the
//! standard output of the process, so that each case is a process of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;
use std::process::Command;

use common::SOUND;
use specwright::{Builder, Failure};

/// Says what to do to the process that does it.
const CASE: &str = "SPECWRIGHT_BUILDER_CASE";

fn parts(builder: Builder) -> Builder {
    builder
        .overlay("overlay.yaml")
        .report("report.json")
        .bundle("one.json")
        .effective_spec("all.yaml")
}

fn case(name: &str) -> Result<(), Failure> {
    match name {
        "parts" => parts(Builder::new("parts.yaml")).generate(),
        "config" => Builder::from_config("specwright.toml")?
            .into_iter()
            .try_for_each(|client| client.out_dir("out").generate()),
        "stale config" => Builder::from_config("stale.toml")?
            .into_iter()
            .try_for_each(|client| client.operation("nobody").out_dir("out").generate()),
        "rivals" => {
            Builder::from_config("rivals.toml")?.into_iter().try_for_each(Builder::generate)
        }
        "apart" => Builder::from_config("rivals.toml")?
            .into_iter()
            .enumerate()
            .try_for_each(|(index, client)| client.out_dir(format!("out/{index}")).generate()),
        "bad config" => Builder::from_config("bad.toml").map(drop),
        "faulty" => Builder::new("faulty.yaml").generate(),
        "absent" => Builder::new("absent.yaml").generate(),
        "absent below" => Builder::new("api/absent.yaml").generate(),
        "problems" => {
            Builder::new("api.yaml").derive("JsonSchema").format_type("x", "Y").generate()
        }
        other => panic!("there is no case {other}"),
    }
}

/// The child: what it says is for the parent.
#[test]
fn the_output_is_for_the_parent() {
    if let Ok(name) = std::env::var(CASE) {
        case(&name).unwrap();
    }
}

/// The instructions that a case gives cargo, and whether its script succeeds.
fn said(folder: &Path, name: &str) -> (Vec<String>, bool) {
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_output_is_for_the_parent", "--nocapture"])
        .current_dir(folder)
        .envs([(CASE, name), ("OUT_DIR", "out"), ("RUST_BACKTRACE", "0")])
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    // The harness does not end its own line before a test begins.
    let lines = text.lines().filter_map(|line| Some(&line[line.find("cargo::")?..]));
    (lines.map(str::to_owned).collect(), done.status.success())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("api.yaml", SOUND);
    let schema = "schema: {$ref: '#/components/schemas/Pong'}";
    write("parts.yaml", &SOUND.replace(schema, "schema: {$ref: 'Part.yaml'}"));
    write("Part.yaml", "type: object\nproperties: {count: {$ref: 'count.yaml'}}\n");
    write("count.yaml", "type: integer\n");
    let overlay = "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n  \
                   - {target: $.info, update: {title: Overlaid}}\n";
    write("overlay.yaml", overlay);
    write(
        "faulty.yaml",
        &SOUND.replace("'#/components/schemas/Pong'", "'#/components/schemas/Gone'"),
    );
    let client = "[[client]]\nspec = 'api.yaml'\nout = 'elsewhere'\n";
    let other = "[[client]]\nspec = 'parts.yaml'\nout = 'elsewhere'\nreport = 'r.json'\n";
    write("specwright.toml", &format!("{client}\n{other}"));
    write("stale.toml", &format!("{client}tags = ['Tennis', 'Golf']\n"));
    write("bad.toml", &format!("{client}formats = {{ uuid = 'Id' }}\n"));
    let absent = SOUND.replace("'#/components/schemas/Pong'", "'more/absent-part'");
    std::fs::create_dir(folder.path().join("api")).unwrap();
    write("absent.yaml", &absent);
    write("api/absent.yaml", &absent);
    std::fs::create_dir(folder.path().join("out")).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_file_that_is_read_is_watched() {
    let folder = folder();
    let (said, is_done) = said(folder.path(), "parts");
    assert!(is_done, "{said:?}");
    let watched = ["parts.yaml", "Part.yaml", "count.yaml", "overlay.yaml"];
    assert_eq!(said, watched.map(|path| format!("cargo::rerun-if-changed={path}")));
    let out = folder.path().join("out");
    assert_eq!(files(&out), ["all.yaml", "one.json", "parts.rs", "report.json"]);
    let all = std::fs::read_to_string(out.join("all.yaml")).unwrap();
    assert!(all.contains("title: Overlaid"), "{all}");
    let one = std::fs::read_to_string(out.join("one.json")).unwrap();
    assert!(one.contains("Ping Pong"), "{one}");
}

/// A reference that leads to nothing yet keeps no client from being made, and has to be followed once
/// there is something.
#[test]
fn what_is_not_there_yet_is_watched_too() {
    let folder = folder();
    let (said, is_done) = said(folder.path(), "absent below");
    assert!(is_done && said.contains(&"cargo::rerun-if-changed=api".to_owned()), "{said:?}");
    // The folder has the output in it, and changes with every build.
    let (said, is_done) = self::said(folder.path(), "absent");
    let path = "cargo::rerun-if-changed=more/absent-part".to_owned();
    assert!(is_done && said.contains(&path), "{said:?}");
    assert!(!said.contains(&"cargo::rerun-if-changed=.".to_owned()), "{said:?}");
}

#[test]
fn a_configuration_has_a_builder_for_each_client() {
    let folder = folder();
    let (said, is_done) = said(folder.path(), "config");
    assert!(is_done, "{said:?}");
    for path in ["specwright.toml", "api.yaml", "parts.yaml", "Part.yaml", "count.yaml"] {
        assert!(said.contains(&format!("cargo::rerun-if-changed={path}")), "{path}: {said:?}");
    }
    assert_eq!(files(&folder.path().join("out")), ["api.rs", "parts.rs"]);
    assert!(!folder.path().join("elsewhere").exists() && !folder.path().join("r.json").exists());
}

#[test]
fn problems_are_errors_of_cargo_with_their_line() {
    let folder = folder();
    let check = |name: &str, expected: &[&str]| {
        let (said, is_done) = said(folder.path(), name);
        assert!(!is_done, "{name}: {said:?}");
        assert_eq!(said, expected, "{name}");
    };
    let wrong = "error[config]: `Id` does not say where it is: `some_crate::Id`, or `crate::Id` for a module of your crate";
    check(
        "bad config",
        &[
            "cargo::rerun-if-changed=bad.toml",
            &format!(
                "cargo::error=bad.toml:4:20: {wrong}   help: write it like `formats = {{ date-time = \"chrono::DateTime<chrono::Utc>\" }}`"
            ),
        ],
    );
    // What the script says besides stands nowhere.
    let none = "error[unknown-operation]: the document has no";
    let help = "  help: `specwright list` shows the operations of a document";
    check(
        "stale config",
        &[
            "cargo::rerun-if-changed=stale.toml",
            "cargo::rerun-if-changed=stale.toml",
            "cargo::rerun-if-changed=api.yaml",
            &format!("cargo::error=api.yaml:4:1: {none} operation `nobody` (at #/paths) {help}"),
            &format!("cargo::error=stale.toml:4:19: {none} tag `Golf` {help}"),
        ],
    );
    check(
        "problems",
        &[
            "cargo::rerun-if-changed=api.yaml",
            "cargo::error=error[config]: `JsonSchema` does not say where it is: `some_crate::JsonSchema`",
            "cargo::error=error[config]: `Y` does not say where it is: `some_crate::Y`, or `crate::Y` for a module of your crate",
        ],
    );
    std::fs::write(folder.path().join("faulty.yaml"), "openapi: 3.0.1\npaths: [\n").unwrap();
    let (said, is_done) = said(folder.path(), "faulty");
    assert!(!is_done && said.len() == 2, "{said:?}");
    assert_eq!(said[0], "cargo::rerun-if-changed=faulty.yaml");
    assert!(said[1].starts_with("cargo::error=faulty.yaml:3:1: error[syntax]: "), "{said:?}");
}

#[test]
fn two_documents_of_one_name_are_no_two_modules() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for version in ["v1", "v2"] {
        std::fs::create_dir_all(at.join(version)).unwrap();
        std::fs::write(at.join(version).join("api.yaml"), SOUND).unwrap();
    }
    std::fs::create_dir(at.join("out")).unwrap();
    let client =
        |version: &str| format!("[[client]]\nspec = \"{version}/api.yaml\"\nout = \"{version}\"\n");
    std::fs::write(at.join("rivals.toml"), client("v1") + &client("v2")).unwrap();
    let (lines, is_well) = said(at, "rivals");
    let wrong = lines.iter().find(|line| line.starts_with("cargo::error=")).unwrap();
    assert!(
        wrong.contains("two clients would write one module, `api.rs`: `v1/api.yaml`"),
        "{wrong}"
    );
    assert!(!is_well);
    assert!(said(at, "apart").1);
    assert!(at.join("out/0/api.rs").is_file() && at.join("out/1/api.rs").is_file());
}
