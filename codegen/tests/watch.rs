//! `generate --watch`: rounds that come of what is saved.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use common::{SOUND, run};

/// A run that goes on; ends with the test.
struct Watch {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watch {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_specwright"))
            .args(["generate", "--watch"])
            .args(args)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next line that has this in it.
    fn line(&mut self, with: &str) -> String {
        let mut lines = self.lines.by_ref().map(Result::unwrap);
        lines.find(|line| line.contains(with)).unwrap_or_else(|| panic!("no line with {with:?}"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const CONFIG: &str = "[[client]]\nspec = \"api.yaml\"\nout = \"client\"\noverlays = [\"o.yaml\"]\n";
const OVERLAY: &str = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n\
                       - {target: $.info, update: {title: Table Tennis}}\n";

#[test]
fn what_is_saved_is_generated() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(at(name), text).unwrap();
    write("api.yaml", SOUND);
    write("o.yaml", OVERLAY);
    write("specwright.toml", CONFIG);
    let mut watch = Watch::start(folder.path(), &[]);
    watch.line("Table Tennis: 1 operation");
    watch.line("Ctrl-C ends");
    let client = |name: &str| std::fs::read_to_string(at("client/src").join(name)).unwrap();
    assert!(client("operations.rs").contains("pub struct Ping"));

    write("api.yaml", &SOUND.replace("operationId: ping", "operationId: pong"));
    assert!(watch.line("api.yaml changed:").contains(" written, 0 removed, "));
    assert!(client("operations.rs").contains("pub struct Pong"));

    // Broken for a moment: nothing is touched, and the next round mends it.
    write("api.yaml", "openapi: [");
    assert!(watch.line("api.yaml changed:").contains("refused, 1 error"));
    assert!(client("operations.rs").contains("pub struct Pong"));
    write("api.yaml", SOUND);
    watch.line("api.yaml changed:");
    assert!(client("operations.rs").contains("pub struct Ping"));

    // Another file in the place of the old one, as editors save.
    write("new", &OVERLAY.replace("Table Tennis", "Ping"));
    std::fs::rename(at("new"), at("o.yaml")).unwrap();
    watch.line("o.yaml changed:");
    assert!(client("lib.rs").contains("Ping"), "{}", client("lib.rs"));
    std::fs::remove_file(at("o.yaml")).unwrap();
    assert!(watch.line("o.yaml changed:").contains("refused"));
    write("o.yaml", OVERLAY);
    watch.line("o.yaml changed:");

    write("specwright.toml", &format!("{CONFIG}both-directions = true\n"));
    watch.line("specwright.toml changed:");
    assert!(client("types.rs").contains("Encode"), "{}", client("types.rs"));
    drop(watch);
    assert_eq!(run(folder.path(), &["--check"]).status, Some(0));
}

/// A file that is referred to counts, and so does one that is not there yet.
#[test]
fn files_that_are_referred_to_are_watched() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let document = SOUND.replace("#/components/schemas/Pong", "parts/pong.yaml");
    std::fs::write(at("api.yaml"), document).unwrap();
    let args = ["--spec", "api.yaml", "--out", "client", "--runtime-path"];
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    let mut watch = Watch::start(folder.path(), &[&args[..], &[runtime]].concat());
    watch.line("Ctrl-C ends");
    std::fs::create_dir(at("parts")).unwrap();
    let part = "type: object\nproperties:\n  count: {type: integer}\n";
    std::fs::write(at("parts/new"), part).unwrap();
    std::fs::rename(at("parts/new"), at("parts/pong.yaml")).unwrap();
    assert!(watch.line("pong.yaml changed:").contains(" written"));
    std::fs::write(at("parts/pong.yaml"), part.replace("count", "tally")).unwrap();
    watch.line("pong.yaml changed:");
    let types = std::fs::read_to_string(at("client/src/types.rs")).unwrap();
    assert!(types.contains("pub tally:"), "{types}");
}

#[test]
fn watching_and_checking_do_not_go_together() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["--watch", "--check"]).status, Some(2));
}
